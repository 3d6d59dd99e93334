"""What a supervisor is asked of a verification, and what the answer does: contact first, then the handing over.

Two questions, each decided by somebody who did not ask it: `verification` (may they speak with each other?) and
`reunification` (may the person be handed over?). Both hang on the verification: a "yes" about another pair is worth nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.domain import tracing_decisions as matching
from panoh.domain.casework import Approval
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import (
    NOT_VERIFIED,
    VERIFIED,
    Verification,
    headline,
    missing,
    tally,
    uncleared,
)
from panoh.services import matches
from panoh.services.approvals import OPEN, ask_in
from panoh.services.desk import Changes, Desk
from panoh.services.records import is_withheld
from panoh.services.verification import going_on, require_unasked
from panoh.services.verification_heard import asked_words, before, before_words, heard, names
from panoh.services.verification_state import Stand, joined_since, may_be_child, require_standing, stand_of, warnings
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

CONTACT, HAND_OVER = "verification", "reunification"  # vocab approval_kind
GRANTED = ("approve", "amend")  # of a handing over; of contact "amend" is "ask again"
_YES = "approve"


# --- asking -------------------------------------------------------------------------------------------------------------


def ask_contact(desk: Desk, verification_id: str, why: str = "") -> tuple[Approval, Changes]:
    """Ask a supervisor whether the two may speak with each other.

    Raises FormProblems with everything that is missing, AppError verification.over, .waits, access.denied, shield.withheld.
    """
    with desk.writing() as unit:
        made = ask_contact_in(desk, unit, verification_id, why)
        return made, Changes.of(unit)


def ask_contact_in(desk: Desk, unit: Unit, verification_id: str, why: str = "") -> Approval:
    """The same as part of a write that does more, as printing the sheet does."""
    stand = going_on(desk, unit, verification_id)
    require_unasked(unit, stand.one)
    require_standing(unit, stand)
    _require_words(desk, unit, stand)
    wrong = missing(stand.one, stand.questions, child=may_be_child(desk, stand))
    if wrong:
        raise FormProblems([FieldProblem(one.field, one.words) for one in wrong])
    made = ask_in(desk, unit, stand.found.id, CONTACT, _why(desk, unit, stand, why), stand.one.id, beside=True)
    unit.save(replace(stand.one, approval_id=made.id))
    return made


def ask_hand_over(
    desk: Desk, verification_id: str, why: str, cleared: Mapping[str, str] | None = None
) -> tuple[Approval, Changes]:
    """Ask a supervisor whether the person may be handed over to the adult who was verified.

    `cleared` tells, by the id of a question, how it was cleared that the two differ there; it is kept as a remark.
    Raises FormProblems without words or while a differing answer is not cleared ('cleared.ID'), AppError
    verification.not_complete before contact was signed, shield.withheld.
    """
    wrong = (
        [] if why.strip() else [FieldProblem("why", _("Say when, where and to whom: a supervisor decides from it."))]
    )
    with desk.writing() as unit:
        stand = stand_of(desk, unit, verification_id)
        if stand.one.result != VERIFIED:
            raise AppError("verification.not_complete")
        require_standing(unit, stand)
        _require_words(desk, unit, stand)
        said = {key: words.strip() for key, words in (cleared or {}).items()}
        still = [one for one in uncleared(stand.questions) if not said.get(one.id)]
        wrong += [
            FieldProblem(f"cleared.{one.id}", _("Say how it was cleared that the two differ here.")) for one in still
        ]
        if wrong:
            raise FormProblems(wrong)
        for one in uncleared(stand.questions):
            unit.save(replace(one, remark=said[one.id]))
        made = ask_in(desk, unit, stand.found.id, HAND_OVER, _why(desk, unit, stand, why), stand.one.id, beside=True)
        return made, Changes.of(unit)


def _require_words(desk: Desk, reading: Reading, stand: Stand) -> None:
    """Who may not read what was written asks nobody to decide from it."""
    if any(is_withheld(desk, reading, one.id) for one in stand.sides):
        raise AppError("access.denied")


def _why(desk: Desk, reading: Reading, stand: Stand, why: str) -> str:
    """What stands above the decision: the warnings first, who saw answers before, how many agree, who asked, what is recommended, what was typed."""
    counted = headline(tally(stand.questions))
    advice = desk.name_of("verification_advice", stand.one.recommendation) if stand.one.recommendation else ""
    told = [_("Careful: {what}").format(what=one) for one in warnings(desk, reading, stand)]
    earlier, called = before(reading, stand.request, stand.one.person_id, stand.one.id), names(reading)
    told += before_words(desk, earlier, called)
    told += [_("Request {number}: {headline}.").format(number=stand.request.number, headline=counted)]
    told += [asked_words(heard(reading, stand.one), called)]
    told += [_("Recommended: {letter}").format(letter=advice)] if advice else []
    return "\n".join(part for part in (*told, why.strip()) if part)


# --- reading ------------------------------------------------------------------------------------------------------------


def hand_over_granted(reading: Reading, one: Verification) -> Approval | None:
    """The answer by which the person of this verification may be handed over; of many answers the newest counts."""
    a = table(Approval).c
    found = reading.all(Approval, a.person_id == one.person_id, a.kind == HAND_OVER, a.proposed == one.id)
    decided = [each for each in found if each.decision in (*GRANTED, "refuse")]
    newest = max(decided, key=lambda each: each.id, default=None)
    return newest if newest is not None and newest.decision in GRANTED else None


def hand_over_stands(reading: Reading, one: Verification) -> Approval | None:
    """The same while what it was given for is as it was: the signature, both consents, the match, both records."""
    granted, stand = hand_over_granted(reading, one), Stand(reading, one)
    if granted is None or one.result != VERIFIED or joined_since(reading, stand, granted.decided_at):
        return None
    try:
        require_standing(reading, stand)
    except AppError:
        return None
    return granted


def hand_over_happened(desk: Desk, unit: Unit, one: Verification) -> None:
    """What still waits about this handing over is taken back: it has happened."""
    a = table(Approval).c
    waiting = (a.person_id == one.person_id, a.kind == HAND_OVER, a.proposed == one.id, a.decision.in_(OPEN))
    for each in unit.all(Approval, *waiting):
        unit.save(replace(each, decision="withdrawn", decided_by=desk.user.id, decided_at=desk.believed.now()))


def warned(desk: Desk, reading: Reading, approval: Approval) -> bool:
    """Whether something warns against what is asked: who grants it says why, and a paper is keyed in by a supervisor alone."""
    if approval.kind not in (CONTACT, HAND_OVER) or not approval.proposed:
        return False
    one = reading.first(Verification, table(Verification).c.id == approval.proposed)
    return one is not None and bool(warnings(desk, reading, Stand(reading, one)))


# --- what the decision does, within its write (EFFECTS in decisions.py) -----------------------------------------------------


def contact_granted(desk: Desk, unit: Unit, approval: Approval, decision: str, words: str) -> None:
    """They may speak: the pair is verified. "Amend" is "ask again": it goes on, with what the supervisor wants to know."""
    one = _of(unit, approval)
    if one is None or one.result:
        raise AppError("verification.over")
    if decision != _YES:
        unit.save(replace(one, approval_id=""))
        return
    _look_again(unit, one, approval)
    unit.save(replace(one, result=VERIFIED, ended_on=desk.clock.today()))
    _set_status(unit, one, "verified")
    _decide_match(desk, unit, one, "confirmed", words)


def contact_refused(desk: Desk, unit: Unit, approval: Approval, words: str) -> None:
    """Not a match: the candidate is ruled out for this request, for the reason that the supervisor gave."""
    one = _of(unit, approval)
    if one is None or one.result:
        raise AppError("verification.over")
    unit.save(replace(one, result=NOT_VERIFIED, ended_on=desk.clock.today()))
    _set_status(unit, one, "in_progress")
    _decide_match(desk, unit, one, "rejected", words)


def handing_granted(unit: Unit, approval: Approval) -> None:
    """What a handing over rests on is looked at once more. Raises AppError verification.not_complete, .consent and the like."""
    one = _of(unit, approval)
    if one is None:  # tells of one that has happened
        return
    if one.result != VERIFIED:
        raise AppError("verification.not_complete")
    _look_again(unit, one, approval)


def _look_again(unit: Unit, one: Verification, approval: Approval) -> None:
    """Raise AppError where it is not any more what a supervisor was asked about."""
    stand = Stand(unit, one)
    require_standing(unit, stand)
    if joined_since(unit, stand, approval.asked_at):
        raise AppError("verification.joined")


def contact_undone(desk: Desk, unit: Unit, approval: Approval) -> None:
    """A paper was keyed in wrongly: the verification goes on as it was. Raises AppError verification.signed after a hand-over."""
    one = _of(unit, approval)
    if one is None:
        return
    r = table(Reunification).c
    if unit.first(Reunification, r.verification_id == one.id) is not None:
        raise AppError("verification.signed")
    unit.save(replace(one, result="", ended_on=None, approval_id=approval.id))
    _set_status(unit, one, "in_progress")
    _decide_match(desk, unit, one, "under_review", "")


def _of(reading: Reading, approval: Approval) -> Verification | None:
    return reading.first(Verification, table(Verification).c.id == approval.proposed) if approval.proposed else None


def _set_status(unit: Unit, one: Verification, status: str) -> None:
    request = unit.get(TracingRequest, one.request_id)
    if request.status not in ("closed", "reunified"):
        unit.save(replace(request, status=status))


def _decide_match(desk: Desk, unit: Unit, one: Verification, state: str, reason: str) -> None:
    """What the decision says about the candidate, by the verbs of candidates: others wait, and a No is remembered.

    Raises AppError match.another where somebody else is confirmed for the request.
    """
    pair = (one.request_id, one.person_id)
    d = table(MatchDecision).c
    known = unit.first(MatchDecision, d.request_id == pair[0], d.person_id == pair[1])
    now = known.state if known else ""
    if now == state:
        return
    if now in (matching.CONFIRMED, matching.REJECTED):
        matches.decide_in(desk, unit, *pair, matching.opened_again, reason)
    if state == matching.CONFIRMED:
        matches.decide_in(desk, unit, *pair, matching.confirmed, reason)
    elif state == matching.REJECTED:
        matches.decide_in(desk, unit, *pair, matching.rejected, reason)
