"""Deciding what is asked of supervisors, and what each decision does: one table of kind and effect.

Whoever asked never decides (design: a second person is another slot that unlocks, or a paper decision keyed in and
marked so). A paper decision comes through `paper_decisions`, which calls `decide_in` as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.casework import Approval
from panoh.domain.triage.levels import RANK
from panoh.services import closing, overrides, shield, verification_asking
from panoh.services.approvals import SHIELD, open_one
from panoh.services.cases import case_of
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.records import is_withheld
from panoh.services.triage_words import level_name
from panoh.store.tables import table
from panoh.store.units import Unit

DECISIONS = ("approve", "amend", "refuse", "discuss")  # vocab approval_decision, without what the asker does
YES = ("approve", "amend")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision as it was made; the last four only of one on paper."""

    decision: str
    words: str = ""
    instead: str = (
        ""  # what is granted in place of what was asked: a level, a reason of closing, the letter of an option
    )
    review_on: date | None = None
    export_no: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    note: str = ""  # stands after the words: what was corrected


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision of one kind does besides standing in the record."""

    granted: Callable[[Desk, Unit, Approval, Verdict], None]
    refused: Callable[[Desk, Unit, Approval, Verdict], None] = lambda _desk, _unit, _approval, _verdict: None
    undone: Callable[[Desk, Unit, Approval], None] | None = (
        None  # for a paper that was keyed in wrongly; None: it stays
    )
    no_undone: Callable[[Desk, Unit, Approval], None] | None = None  # the same where the paper said no


def decide(desk: Desk, approval_id: str, verdict: Verdict) -> Changes:
    """Decide on the screen what waits, as a supervisor who did not ask for it.

    Raises AppError access.denied, approval.own, approval.decided, record.not_found; FormProblems.
    """
    desk.require_supervisor()
    with desk.writing() as unit:
        found = open_one(unit, approval_id)
        if found.asked_by == desk.user.id:
            raise AppError("approval.own")
        answered = replace(verdict, export_no="", signed_by="", signed_at=None, note="")
        wrong = problems(desk, unit, found, answered)
        if (
            found.kind == "advice"
            and answered.decision == "approve"
            and not (answered.words.strip() or answered.instead)
        ):
            wrong.append(FieldProblem("words", _("Write the answer.")))
        if answered.decision == "refuse" and not answered.words.strip():
            wrong.append(FieldProblem("words", _("Say why not: the reason stands in the record.")))
        if wrong:
            raise FormProblems(wrong)
        decide_in(desk, unit, found, answered)
        return Changes.of(unit)


def decide_in(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> Approval:
    """Write a decision, and do what follows from it, within a write that asked whether it may be made.

    Raises AppError shield.withheld, approval.gone, and what the effect raises.
    """
    require_known(desk, unit, approval.person_id)
    effect = EFFECTS.get(approval.kind)
    if effect is not None and verdict.decision in YES:
        effect.granted(desk, unit, approval, verdict)
    elif effect is not None and verdict.decision == "refuse":
        effect.refused(desk, unit, approval, verdict)
    if verdict.review_on is not None and approval.kind != "lowering":
        _review(desk, unit, approval.person_id, verdict.review_on)
    decided = replace(
        approval,
        decision=verdict.decision,
        decided_by=desk.user.id,
        decided_at=verdict.signed_at or desk.believed.now(),
        words="\n".join(part for part in (_in_words(desk, approval, verdict), verdict.note) if part),
        export_no=verdict.export_no,
        decided_name=verdict.signed_by.strip(),
    )
    if unit.first(Approval, table(Approval).c.id == decided.id) is None:
        if decided.kind == SHIELD:  # was asked in the shield alone
            decided = replace(decided, id=new_id())
        unit.add(decided)
    else:
        unit.save(decided)
    return decided


def undo_in(desk: Desk, unit: Unit, approval: Approval) -> None:
    """Take back what a decision did, for a paper that was keyed in wrongly. Raises AppError approval.done."""
    effect = EFFECTS.get(approval.kind)
    if effect is not None and approval.decision == "refuse" and effect.no_undone is not None:
        effect.no_undone(desk, unit, approval)
    if effect is None or approval.decision not in YES:
        return
    if effect.undone is None:
        raise AppError("approval.done")
    effect.undone(desk, unit, approval)


def problems(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> list[FieldProblem]:
    """What is missing in a decision, by field: decision, instead, words, review_on."""
    if verdict.decision not in DECISIONS:
        return [FieldProblem("decision", _("Choose what was decided."))]
    wrong = []
    if verdict.decision == "amend" and not (verdict.instead or verdict.words.strip()):
        wrong.append(FieldProblem("words", _("Say what changes: an option, or in words.")))
    if approval.kind == SHIELD and verdict.decision in ("amend", "discuss"):
        wrong.append(FieldProblem("decision", _("A shield is taken down or stays up: approve or refuse.")))
    if approval.kind == "lowering" and verdict.decision in YES:
        wrong += overrides.wrong_review(desk, verdict.review_on)
        if (verdict.instead or approval.proposed) not in RANK:
            wrong.append(FieldProblem("instead", _("Choose a level.")))
    elif verdict.review_on is not None and verdict.review_on < desk.clock.today():
        wrong.append(FieldProblem("review_on", _("This day is past.")))
    if approval.kind == verification_asking.CONTACT and verdict.decision == "refuse" and not verdict.words.strip():
        wrong.append(FieldProblem("words", _("Say why it is not a match: the reason stands beside the candidate.")))
    if verdict.decision == "approve" and not verdict.words.strip() and verification_asking.warned(desk, unit, approval):
        wrong.append(FieldProblem("words", _("Something warns against this: say why it is granted all the same.")))
    if approval.kind == "closure" and verdict.decision in YES and _reason(desk, approval, verdict) is None:
        wrong.append(FieldProblem("instead", _("Choose why the case is closed.")))
    return wrong


# --- the effects ------------------------------------------------------------------------------------------------------


def _lower(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> None:
    """The level is set as by hand, until the review date."""
    on = verdict.review_on or desk.believed.today()  # problems() saw to it that there is one
    on_paper = _("Paper {number}, {name}").format(number=verdict.export_no, name=verdict.signed_by.strip())
    parts = (approval.why, verdict.words.strip(), on_paper if verdict.export_no else "")
    reason = "; ".join(part for part in parts if part)
    overrides.set_in(desk, unit, approval.person_id, verdict.instead or approval.proposed, reason, on)


def _lower_no_more(desk: Desk, unit: Unit, approval: Approval) -> None:
    """The level that a paper had set counts no more."""
    set_by_it = [one for one in overrides.standing(unit, approval.person_id) if approval.export_no in one.reason]
    overrides.end(unit, set_by_it, desk.believed.now())


def _close(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> None:
    """The case is closed, for the reason that is granted."""
    closing.close_in(desk, unit, approval.person_id, _reason(desk, approval, verdict) or "", approval.why)


def _close_no_more(desk: Desk, unit: Unit, approval: Approval) -> None:
    """The case that a paper had closed is open as before."""
    words = _("paper {number} was keyed in wrongly").format(number=approval.export_no)
    closing.not_closed_in(desk, unit, approval.person_id, words)


def _take_shield_off(desk: Desk, unit: Unit, approval: Approval, _verdict: Verdict) -> None:
    shield.agree_off_in(desk, unit, approval.person_id)


def _leave_shield_on(desk: Desk, unit: Unit, approval: Approval, _verdict: Verdict) -> None:
    shield.keep_on_in(desk, unit, approval.person_id)


def _contact(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> None:
    verification_asking.contact_granted(desk, unit, approval, verdict.decision, verdict.words)


def _no_contact(desk: Desk, unit: Unit, approval: Approval, verdict: Verdict) -> None:
    verification_asking.contact_refused(desk, unit, approval, verdict.words)


def _hand_over(_desk: Desk, unit: Unit, approval: Approval, _verdict: Verdict) -> None:
    verification_asking.handing_granted(unit, approval)


# Kind of what was asked (vocab approval_kind) → what the decision does. Assessment, plan and advice stand in the record and
# do nothing more; by the one about a reunification the handing over is noted (services/reunification.py).
EFFECTS: dict[str, Effect] = {
    "lowering": Effect(_lower, undone=_lower_no_more),
    "closure": Effect(_close, undone=_close_no_more),
    SHIELD: Effect(_take_shield_off, refused=_leave_shield_on),
    verification_asking.CONTACT: Effect(
        _contact,
        refused=_no_contact,
        undone=verification_asking.contact_undone,
        no_undone=verification_asking.contact_undone,
    ),
    verification_asking.HAND_OVER: Effect(_hand_over, undone=lambda _desk, _unit, _approval: None),
}


# --- small helpers ----------------------------------------------------------------------------------------------------


def _reason(desk: Desk, approval: Approval, verdict: Verdict) -> str | None:
    """The reason of closing that is granted, a code of the list; None when it is none."""
    code = verdict.instead or approval.proposed
    return code if code in desk.vocabularies["closing_why"] else None


def _in_words(desk: Desk, approval: Approval, verdict: Verdict) -> str:
    """The words of the decision, with what was granted in place of what was asked."""
    words = verdict.words.strip()
    if not verdict.instead or verdict.instead == approval.proposed:
        return words
    told = instead_words(desk, approval.kind, verdict.instead)
    return _("{what}: {words}").format(what=told, words=words) if words else told


def instead_words(desk: Desk, kind: str, value: str) -> str:
    """What is asked for, or granted, in words: a level, a reason of closing, an option."""
    if kind in (verification_asking.CONTACT, verification_asking.HAND_OVER):
        return ""  # it holds which verification is meant
    if kind == "closure":
        return desk.name_of("closing_why", value)
    if kind == "lowering" and value in RANK:
        return level_name(value)
    return _("Option {letter}").format(letter=value) if kind == "advice" and value else value


def _review(desk: Desk, unit: Unit, person_id: str, on: date) -> None:
    """The day of review is the one that was decided; whoever may not read the case keys in none that puts it off."""
    case = case_of(unit, person_id)
    if case is None:
        return
    if case.review_on is None or on < case.review_on or not is_withheld(desk, unit, person_id):
        unit.save(replace(case, review_on=on))
