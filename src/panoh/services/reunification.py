"""Reunification: who was handed over to whom, on whose signature, and what follows from it by itself.

It needs a verification of that pair that a supervisor signed, and the handing over approved. Where it could not wait, the
reason stands in the record for ever and another supervisor is told at once. People who came together by themselves, with
no request, are noted as such. How it goes on is in `after_reunification`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.casework import CareArrangement, FollowUp
from panoh.domain.dates import child_possible
from panoh.domain.person import Person
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import VERIFIED, Verification
from panoh.services import care, households
from panoh.services.approvals import ask_in
from panoh.services.casework import open_case
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known
from panoh.services.records import is_withheld, keep_in
from panoh.services.resources import case_times
from panoh.services.verification import pair_in
from panoh.services.verification_asking import HAND_OVER, hand_over_happened, hand_over_stands
from panoh.services.verification_state import Stand, require_forward, warned_of
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

AFTER = "after_reunification"  # vocab follow_up_kind
SPONTANEOUS = "spontaneous"  # vocab reunification_kind
_LEAST_REASON = 10  # letters of a reason that stands for ever
# What the person is in a household whose head is this to them (vocab relation).
_SEEN_FROM_HEAD = {
    "parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent", "sibling": "sibling",
    "spouse": "spouse", "aunt_uncle": "niece_nephew", "niece_nephew": "aunt_uncle", "step_parent": "step_child",
    "cousin": "cousin", "other_relative": "other_relative", "not_related": "not_related",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """A handing over as it was typed."""

    person_id: str
    request_id: str = ""  # '' for people who came together by themselves
    reunified_on: date | None = None
    place: str = ""
    transport: str = ""
    handed_to_id: str = ""
    handed_to: str = ""
    relation: str = ""  # of that adult to the person
    identity_shown: str = ""
    witness: str = ""
    kind: str = ""
    verified_adult: str = ""
    other_adult_why: str = ""
    emergency_why: str = ""
    care: str = ""  # vocab care: who looks after a child from that day; '' changes nothing
    lives_with: bool = False  # the person now belongs to the household of that adult


def record(desk: Desk, said: HandingOver) -> tuple[Reunification, Changes]:
    """Note a handing over, with all that follows: the request, the visits, the care of a child, the household.

    Raises FormProblems, AppError reunification.not_signed, verification.supervisor, shield.withheld, record.not_found.
    """
    with desk.writing() as unit:
        request = unit.get(TracingRequest, said.request_id) if said.request_id else None
        ids = (said.person_id, said.handed_to_id, request.inquirer_id if request else "")
        require_known(desk, unit, *(one for one in ids if one))
        person = unit.get(Person, said.person_id)
        signed = signed_in(unit, said.request_id, said.person_id) if request else None
        said = _with_adult(request, said, verified=signed is not None)
        _check(desk, said, verified=signed is not None)
        _require_signed(desk, unit, said, request, signed)
        made = _made(desk, said, signed)
        unit.add(made)
        _visits(desk, unit, made)
        if request is not None and request.status != "closed":
            unit.save(replace(request, status="reunified"))
        for other in asked_back(unit, made):
            unit.save(replace(other, status="reunified"))
        if said.care:
            care.arrange_in(desk, unit, said.person_id, _care(said, made))
        if said.lives_with and said.handed_to_id:
            _live_with(desk, unit, said)
        if request is not None and (verified := pair_in(unit, request.id, person.id)) is not None:
            hand_over_happened(desk, unit, verified)
        if made.emergency or (request is None and child_possible(person.birth, desk.clock.today())):
            ask_in(desk, unit, person.id, HAND_OVER, _told_supervisor(made), made.id, beside=True)
        return made, Changes.of(unit)


def correct(desk: Desk, reunification_id: str, said: HandingOver) -> Changes:
    """Correct what was noted; visits that were not made come sooner with the day, never later. What it rested on, or that it could not wait, stays.

    Raises FormProblems, AppError shield.withheld, access.denied where the case is withheld.
    """
    with desk.writing() as unit:
        before = unit.get(Reunification, reunification_id)
        sides = [one for one in (before.person_id, before.handed_to_id, said.handed_to_id) if one]
        require_known(desk, unit, *sides)
        if any(is_withheld(desk, unit, one) for one in sides):
            raise AppError("access.denied")
        request = unit.get(TracingRequest, before.request_id) if before.request_id else None
        verified = bool(before.verification_id)
        said = replace(
            said, person_id=before.person_id, request_id=before.request_id, emergency_why=before.emergency_why
        )
        said = _with_adult(request, said, verified=verified)
        _check(desk, said, verified=verified)
        if (
            said.verified_adult == "no"
            and before.verified_adult != "no"
            and not (desk.is_supervisor or before.emergency)
        ):
            raise AppError("reunification.not_signed")
        unit.save(
            replace(
                before, reunified_on=said.reunified_on, place=said.place.strip(), transport=said.transport.strip(),
                handed_to_id=said.handed_to_id, handed_to=said.handed_to.strip(), relation=said.relation,
                identity_shown=said.identity_shown.strip(), witness=said.witness.strip(), kind=said.kind,
                verified_adult=said.verified_adult, other_adult_why=said.other_adult_why,
            )
        )  # fmt: skip
        if before.reunified_on and said.reunified_on and said.reunified_on < before.reunified_on:
            by = said.reunified_on - before.reunified_on
            waiting = [one for one in visits_of(unit, before.id) if one.done_on is None and one.due_on is not None]
            keep_in(desk, unit, [replace(one, due_on=one.due_on + by) for one in waiting if one.due_on])
        return Changes.of(unit)


# --- the signature --------------------------------------------------------------------------------------------------------


def is_signed(desk: Desk, request_id: str, person_id: str) -> bool:
    """Whether a handing over of this pair may be noted without a reason. Raises AppError shield.withheld."""
    with desk.reading() as reading:
        require_known(desk, reading, person_id, reading.get(TracingRequest, request_id).inquirer_id)
        return signed_in(reading, request_id, person_id) is not None


def signed_in(reading: Reading, request_id: str, person_id: str) -> Verification | None:
    """The verification of this pair on which a handing over may be noted: signed, the hand-over approved, and not used yet.

    A signature does not outlive what it was given for: a consent taken back, a match ruled out, a record joined to either.
    """
    v, r = table(Verification).c, table(Reunification).c
    pair = (v.request_id == request_id, v.person_id == person_id, v.result == VERIFIED)
    for one in sorted(reading.all(Verification, *pair), key=lambda each: each.id, reverse=True):
        granted = hand_over_stands(reading, one)
        used = reading.all(Reunification, r.verification_id == one.id)
        if granted is not None and all(each.id < granted.id for each in used):
            return one
    return None


def _require_alone(desk: Desk, reading: Reading, person_id: str) -> None:
    """Raise FormProblems where somebody asks for this person, as far as the user may know: that has a signature, or a reason."""
    d, v, r = table(MatchDecision).c, table(Verification).c, table(TracingRequest).c
    found = reading.all(MatchDecision, d.person_id == person_id, d.state.in_(("under_review", "waiting", "confirmed")))
    begun = reading.all(Verification, v.person_id == person_id, v.result.in_(("", VERIFIED)))
    ids = [*(one.request_id for one in found), *(one.request_id for one in begun)]
    asked = [
        *reading.where_in(TracingRequest, "id", ids),
        *reading.all(TracingRequest, r.sought_person_id == person_id),
    ]
    looked_for = [one for one in asked if one.status not in ("closed", "reunified") and one.consent_to_trace != "no"]
    if any(not one.inquirer_id or knows(desk, reading, one.inquirer_id) for one in looked_for):
        raise FormProblems([FieldProblem("kind", _("Somebody asks for this person: note it at that request."))])


def _require_signed(
    desk: Desk, unit: Unit, said: HandingOver, request: TracingRequest | None, signed: Verification | None
) -> None:
    """Raise AppError where this may not be noted: by nobody without a signature or a reason, by no caseworker past a warning."""
    if request is None:
        _require_alone(desk, unit, said.person_id)
        return
    if signed is not None:
        require_forward(desk, unit, Stand(unit, signed))
    elif not desk.is_supervisor and warned_of(desk, unit, request, said.person_id):
        raise AppError("verification.supervisor")
    other_adult = said.verified_adult == "no" and not desk.is_supervisor
    if (signed is None or other_adult) and not said.emergency_why.strip():
        raise AppError("reunification.not_signed")


def _made(desk: Desk, said: HandingOver, signed: Verification | None) -> Reunification:
    why = said.emergency_why.strip() if said.request_id else ""
    now = desk.clock.now()
    return Reunification(
        id=new_id(), person_id=said.person_id, request_id=said.request_id, verification_id=signed.id if signed else "",
        reunified_on=said.reunified_on, place=said.place.strip(), transport=said.transport.strip(),
        handed_to_id=said.handed_to_id, handed_to=said.handed_to.strip(), relation=said.relation,
        identity_shown=said.identity_shown.strip(), witness=said.witness.strip(), kind=said.kind,
        verified_adult=said.verified_adult if said.request_id else "", other_adult_why=said.other_adult_why,
        emergency_why=why, emergency_by=desk.user.id if why else "", emergency_at=now if why else None,
        noted_by=desk.user.id, noted_at=now,
    )  # fmt: skip


def _told_supervisor(made: Reunification) -> str:
    if made.emergency:
        return _("Handed over without a signed verification, because: {why}").format(why=made.emergency_why)
    return _("Noted as come together by themselves, without a request: look whether the child is safe there.")


# --- what follows ---------------------------------------------------------------------------------------------------------


def _visits(desk: Desk, unit: Unit, made: Reunification) -> None:
    """The visits after it, on the days of resources/casework.toml."""
    case, on = open_case(desk, unit, made.person_id), made.reunified_on or desk.clock.today()
    days = case_times().after_reunification
    unit.add(
        *(
            FollowUp(id=new_id(), case_id=case.id, kind=AFTER, due_on=on + timedelta(days=n), reunification_id=made.id)
            for n in days
        )
    )


def visits_of(reading: Reading, reunification_id: str) -> list[FollowUp]:
    """The visits after a reunification, the first due first."""
    found = reading.all(FollowUp, table(FollowUp).c.reunification_id == reunification_id)
    return sorted(found, key=lambda one: (one.due_on or date.max, one.id))


def asked_back(reading: Reading, made: Reunification) -> list[TracingRequest]:
    """Requests in which the person looked for that very adult: they are at their end, or go on, together with this one."""
    if not made.handed_to_id:
        return []
    r, d = table(TracingRequest).c, table(MatchDecision).c
    own = reading.all(TracingRequest, r.inquirer_id == made.person_id, r.status != "closed", r.id != made.request_id)
    confirmed = {
        one.request_id for one in reading.all(MatchDecision, d.person_id == made.handed_to_id, d.state == "confirmed")
    }
    return [one for one in own if one.sought_person_id == made.handed_to_id or one.id in confirmed]


def _care(said: HandingOver, made: Reunification) -> CareArrangement:
    return CareArrangement(
        id="", person_id=said.person_id, kind=said.care, carer_id=said.handed_to_id, carer=said.handed_to.strip(),
        since=made.reunified_on,
    )  # fmt: skip


def _live_with(desk: Desk, unit: Unit, said: HandingOver) -> None:
    adult, person = unit.get(Person, said.handed_to_id), unit.get(Person, said.person_id)
    if adult.household_id and adult.household_id == person.household_id:
        return
    relation = _SEEN_FROM_HEAD.get(said.relation, "") if adult.relation in ("", "head") else ""
    households.join_in(desk, unit, person.id, adult.id, relation)


# --- checks ---------------------------------------------------------------------------------------------------------------


def _with_adult(request: TracingRequest | None, said: HandingOver, *, verified: bool) -> HandingOver:
    """Whether it was the verified adult is no question where they are registered, and none where nobody was verified.

    A name that is typed instead of a registered asker is another adult.
    """
    if not verified:
        return replace(said, verified_adult="", other_adult_why="")
    if request is not None and request.inquirer_id:
        same = said.handed_to_id == request.inquirer_id
        return replace(said, verified_adult="yes" if same else "no")
    return said


def _check(desk: Desk, said: HandingOver, *, verified: bool) -> None:
    wrong, today = [], desk.clock.today()
    if said.reunified_on is None:
        wrong.append(FieldProblem("reunified_on", _("Say on which day.")))
    elif said.reunified_on > today:
        wrong.append(FieldProblem("reunified_on", _("This day is still to come.")))
    if not said.handed_to_id and not said.handed_to.strip():
        wrong.append(FieldProblem("handed_to", _("Say to whom: choose somebody registered, or write the name.")))
    if said.handed_to_id == said.person_id:
        wrong.append(FieldProblem("handed_to", _("This is the same person.")))
    for name, code_list in (("kind", "reunification_kind"), ("relation", "relation")):
        if getattr(said, name) not in desk.vocabularies[code_list]:
            wrong.append(FieldProblem(name, _("Choose one of the answers.")))
    if said.care and said.care not in desk.vocabularies["care"]:
        wrong.append(FieldProblem("care", _("Choose who looks after them.")))
    if not said.request_id and said.kind != SPONTANEOUS:
        wrong.append(
            FieldProblem("kind", _("Without a request only people who came together by themselves are noted."))
        )
    if said.request_id:
        wrong += _check_handing(desk, said, verified=verified)
    if wrong:
        raise FormProblems(wrong)


def _check_handing(desk: Desk, said: HandingOver, *, verified: bool) -> list[FieldProblem]:
    """What stands on the certificate, where somebody was handed over."""
    asked = (
        ("place", _("Say where.")),
        ("identity_shown", _("Say which paper the adult showed, with its number, or that there was none.")),
        ("witness", _("Say who saw it.")),
    )
    wrong = [FieldProblem(name, words) for name, words in asked if not getattr(said, name).strip()]
    if verified and said.verified_adult not in ("yes", "no"):
        wrong.append(FieldProblem("verified_adult", _("Say whether it is the adult who was verified.")))
    if verified and said.verified_adult == "no" and said.other_adult_why not in desk.vocabularies["other_adult_why"]:
        wrong.append(FieldProblem("other_adult_why", _("Say why it is another adult.")))
    if said.emergency_why.strip() and len(said.emergency_why.strip()) < _LEAST_REASON:
        wrong.append(FieldProblem("emergency_why", _("Say why it could not wait, so that it is understood in years.")))
    return wrong
