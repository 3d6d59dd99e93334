"""Risk levels in words: why a person has one, what to do first, what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.base.i18n import gettext as _
from panoh.domain.cases import LevelOverride
from panoh.domain.lines import PersonLine
from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.wording import (
    advice,
    fact_label,
    fact_text,
    question_texts,
    reason_text,
    shown_facts,
    why_text,
)
from panoh.services.desk import Desk
from panoh.services.stored_reasons import load, load_reasons
from panoh.store import derived
from panoh.store.derived import StoredLevel
from panoh.store.tables import table
from panoh.store.units import Reading

REFRESH_AT_ONCE = 200  # people assessed anew in one write: a tenth of a second, for which other work waits


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that a rule read, in words, with where it comes from."""

    label: str
    value: str
    source: str
    sure: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason in words. A restricted one, for those who may not see it, has no rule and no facts."""

    rule: str
    level: str
    text: str
    why: str
    facts: tuple[FactView, ...]
    due_at: datetime | None
    restricted: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """A person's level with its reasons, the weightiest first."""

    level: str
    computed_level: str
    override: LevelOverride | None
    due_at: datetime | None
    since: datetime | None
    reasons: tuple[ReasonView, ...]
    questions: tuple[str, ...]
    first_action: str
    do: tuple[str, ...]
    dont: tuple[str, ...]
    shielded: bool  # at risk of return, or living with someone who is; never told to those who may not see it


NOTHING = LevelView("unknown", "unknown", None, None, None, (), (), "", (), (), False)


def of_line(line: PersonLine) -> Assessment:
    """The assessment behind a line of a list."""
    return load_reasons(line.level, line.due_at, line.reasons)


def stored(reading: Reading, person_id: str) -> tuple[StoredLevel, Assessment] | None:
    """The level in the vault with its assessment."""
    found = derived.level_of(reading, person_id)
    return (found, load(found)) if found else None


def view(desk: Desk, reading: Reading, person_id: str, may_see: bool) -> LevelView:
    """The level of a person as this reader may know it."""
    found = stored(reading, person_id)
    if found is None:
        return NOTHING
    level, assessment = found
    told = advice(assessment.reasons, desk.rulebook, may_see_restricted=may_see)
    return LevelView(
        level=level.level,
        computed_level=assessment.computed_level,
        override=_override(desk, reading, person_id, hidden=level.restricted and not may_see),
        due_at=level.due_at,
        since=level.waiting_since,
        reasons=reasons_in_words(desk, assessment.reasons, may_see),
        questions=question_texts(assessment, desk.rulebook, may_see_restricted=may_see),
        first_action=told.first_action,
        do=told.do,
        dont=told.dont,
        shielded=may_see and assessment.shielded,
    )


def reasons_in_words(desk: Desk, reasons: tuple[Reason, ...], may_see: bool) -> tuple[ReasonView, ...]:
    """Reasons as this reader may know them: all restricted ones together are one 'Restricted reason', without a count."""
    told: list[ReasonView] = []
    hidden = False
    for reason in reasons:
        if reason.sensitive and not may_see:
            if not hidden:
                told.append(_hidden(desk, reason))
            hidden = True
        else:
            told.append(_shown(desk, reason, may_see))
    return tuple(told)


def _hidden(desk: Desk, reason: Reason) -> ReasonView:
    text = reason_text(reason, desk.rulebook, may_see_restricted=False)
    return ReasonView("", reason.level, text, text, (), None, True)


def _shown(desk: Desk, reason: Reason, may_see: bool) -> ReasonView:
    facts = tuple(
        FactView(
            fact_label(fact.name),
            fact_text(fact, desk.name_of),
            desk.name_of("source", fact.source),
            desk.name_of("sure", fact.sure),
            fact.on,
        )
        for fact in shown_facts(reason, may_see_restricted=may_see)
    )
    text = reason_text(reason, desk.rulebook, may_see_restricted=may_see, naming=desk.name_of)
    why = why_text(reason, desk.rulebook, may_see_restricted=may_see, naming=desk.name_of)
    return ReasonView(reason.rule, reason.level, text, why, facts, reason.due, reason.sensitive)


def _override(desk: Desk, reading: Reading, person_id: str, *, hidden: bool) -> LevelOverride | None:
    """The level set by hand that is in force; what was typed as its reason may tell a restricted one."""
    c = table(LevelOverride).c
    found = reading.all(LevelOverride, c.person_id == person_id, c.ended_at.is_(None), order=c.set_at.desc(), limit=1)
    if not found or found[0].review_on <= desk.clock.today():
        return None
    return replace(found[0], reason=_(desk.rulebook.restricted.reason)) if hidden else found[0]


def refresh_due(desk: Desk) -> int:
    """Assess anew everyone whose level time has changed, or all when the rules did. Returns how many were assessed."""
    done = 0
    while True:
        count = refresh_some(desk)
        done += count
        if count < REFRESH_AT_ONCE:
            return done


def refresh_some(desk: Desk) -> int:
    """Assess anew the first of those whom `refresh_due` would, at most REFRESH_AT_ONCE. Fewer than that were the last."""
    with desk.writing() as unit:
        if unit.meta("rules") != desk.rulebook.edition:
            derived.all_due_for_refresh(unit)
            unit.set_meta("rules", desk.rulebook.edition)
        ids = derived.due_for_refresh(unit, desk.clock.now(), REFRESH_AT_ONCE)
        desk.derive(unit, ids)
    return len(ids)
