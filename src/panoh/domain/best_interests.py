"""The best interests procedure: when it is called for, what a decision needs, by when, and how a child is asked.

Sources: UNHCR, Best Interests Procedure Guidelines (2021): an assessment before any action for a child at risk, a
determination by a panel of several functions for the durable solution of a child alone, for temporary care and
reunification in doubt, and for a parting from parents against their will; field guide section 3.4. A review of care
every three months: UN Guidelines for the Alternative Care of Children (2010), paragraph 67.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.casework import BestInterests

ASSESSMENT, DETERMINATION = "assessment", "determination"  # vocab best_interests
# Decisions for which one caseworker is not enough (vocab best_interests_why).
BY_PANEL = frozenset({"durable_solution", "reunification", "separation"})
LEAST_PANEL = 2  # different functions
_REVIEW_AFTER = {ASSESSMENT: timedelta(days=90), DETERMINATION: timedelta(days=365)}
_SMALL, _OLDER = 6, 12  # years: how one asks a child changes about then


def waits(one: BestInterests) -> bool:
    """Whether it was begun and not decided."""
    return one.decided_on is None


def called_for(procedures: Iterable[BestInterests], *, alone: bool) -> bool:
    """Whether an assessment has to be begun before anything is done: of a child alone, none was."""
    return alone and not list(procedures)


def decide_by(kind: str, since: date, assess: Mapping[str, int], plan: Mapping[str, int], level: str) -> date:
    """By when one begun on this day is decided: the days of the case's level until its assessment, or until its plan."""
    return since + timedelta(days=(plan if kind == DETERMINATION else assess)[level])


def review_after(kind: str, decided_on: date) -> date:
    """The day that is proposed for looking at a decision again."""
    return decided_on + _REVIEW_AFTER.get(kind, _REVIEW_AFTER[ASSESSMENT])


def hint_for(age: int | None) -> str:
    """How a child of this age is asked, in a sentence."""
    if age is not None and age < _SMALL:
        return _("A small child tells by what it does: play, draw, watch to whom it goes. Write what was seen.")
    if age is not None and age < _OLDER:
        return _("Alone, in simple words, with time; drawing and stories help. Write the child's own words.")
    return _("Alone, like an adult: what they want, what they fear, whom they trust. Say what becomes of it.")


def missing(one: BestInterests) -> list[FieldProblem]:
    """What a decision lacks, each at its field: the child's own view always, a panel for a determination."""
    problems = []
    if not one.child_view.strip():
        told = _(
            "Ask the child first. Of a child who cannot or will not say, write what was seen and how it was tried."
        )
        problems.append(FieldProblem("child_view", told))
    if not one.options.strip():
        problems.append(FieldProblem("options", _("Say which ways out were weighed.")))
    if one.kind == DETERMINATION and len({part.casefold() for part in one.panel}) < LEAST_PANEL:
        told = _("A panel decides: write at least {n} functions, with commas between them.").format(n=LEAST_PANEL)
        problems.append(FieldProblem("panel", told))
    if not one.decision.strip():
        problems.append(FieldProblem("decision", _("Say what was decided, and why.")))
    return problems
