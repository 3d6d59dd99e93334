"""What the verbs of a verification ask of it first: who may take it further, what warns, whose answers may be read.

A danger, a request that is held back, a side that is shielded or in danger from a State: a caseworker goes no further,
and a supervisor decides with the warning on top. Whoever may not read the facts of a side goes no further either, and is
told the same of everybody, so that being stopped tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.dates import child_possible
from panoh.domain.merging import Merge
from panoh.domain.person import Person
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.verification import Verification, VerificationQuestion, both_done, dangers
from panoh.services.desk import Desk
from panoh.services.need_to_know import require_known
from panoh.services.records import is_withheld
from panoh.services.stored_reasons import load
from panoh.services.tracing_consent import YES, tracing_refused
from panoh.store import derived
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading

DEAD = frozenset({"dead", "died_reported"})  # vocab presence
_FROM_A_STATE = "T02"
# What is noted once both sides were compared.
NOTED = (
    "papers_seen", "referee", "child_view", "child_told", "can_care", "care_words", "other_carer", "danger_state",
    "danger_violence", "danger_trafficking", "danger_words", "recommendation", "recommendation_words",
)  # fmt: skip


class Stand:
    """One verification with its request, both people and its questions, as they stand in the vault."""

    def __init__(self, reading: Reading, one: Verification) -> None:
        self.one = one
        self.request = reading.get(TracingRequest, one.request_id)
        self.found = reading.get(Person, one.person_id)  # side A
        self.asker = reading.get(Person, self.request.inquirer_id) if self.request.inquirer_id else None  # side B
        q = table(VerificationQuestion).c
        questions = reading.all(VerificationQuestion, q.verification_id == one.id)
        self.questions = sorted(questions, key=lambda each: (each.position, each.id))

    @property
    def sides(self) -> tuple[Person, ...]:
        """The registered people of both sides."""
        return tuple(one for one in (self.found, self.asker) if one is not None)

    @property
    def goes_on(self) -> bool:
        """Whether it has no result yet."""
        return not self.one.result


def stand_of(desk: Desk, reading: Reading, verification_id: str) -> Stand:
    """A verification for somebody who may know both sides. Raises AppError record.not_found, shield.withheld."""
    found = Stand(reading, reading.get(Verification, verification_id))
    require_sides_known(desk, reading, found.request, found.one.person_id)
    return found


def require_sides_known(desk: Desk, reading: Reading, request: TracingRequest, person_id: str) -> None:
    """Raise AppError('shield.withheld') when either side is masked for this user."""
    require_known(desk, reading, person_id, *(one for one in (request.inquirer_id, request.sought_person_id) if one))


def require_consent(request: TracingRequest) -> None:
    """Raise AppError('verification.consent') unless whoever asks agreed that we look, and did not take it back."""
    if request.consent_to_trace != YES:
        raise AppError("verification.consent")


def require_standing(reading: Reading, stand: Stand) -> None:
    """Raise AppError where what a decision rests on is gone since it was asked: consent of either side, the request, the match.

    Raises AppError verification.consent, .refused, .closed, .rejected, .same.
    """
    require_consent(stand.request)
    if tracing_refused(reading, [stand.found.id]):
        raise AppError("verification.refused")
    if stand.request.status == "closed":
        raise AppError("verification.closed")
    if stand.found.id == stand.request.inquirer_id:
        raise AppError("verification.same")
    d = table(MatchDecision).c
    pair = (d.request_id == stand.request.id, d.person_id == stand.found.id)
    if reading.first(MatchDecision, *pair, d.state == "rejected") is not None:
        raise AppError("verification.rejected")


def joined_since(reading: Reading, stand: Stand, at: datetime | None) -> bool:
    """Whether another record was joined to one of the two since then: who was verified may be another one now."""
    m = table(Merge).c
    made = reading.all(Merge, m.kept_id.in_([one.id for one in stand.sides]), m.undone_at.is_(None))
    return any(at is None or one.merged_at is None or one.merged_at >= at for one in made)


def words_withheld(desk: Desk, reading: Reading, stand: Stand) -> bool:
    """Whether what was written of either side may tell restricted facts that this user may not see."""
    return any(is_withheld(desk, reading, one.id) for one in stand.sides)


def bare(one: Verification, *, withheld: bool) -> Verification:
    """A verification without whom a side picked out of the photos, and where words are withheld without all that was noted."""
    names = ("photo_choice_a", "photo_choice_b", *(NOTED if withheld else ()))
    blank: dict[str, Any] = dict.fromkeys(names, "")
    return replace(one, **blank)


def may_be_child(desk: Desk, stand: Stand) -> bool:
    """Whether either side may be under 18: then nothing is decided without the child's own view."""
    today = desk.clock.today()
    return any(child_possible(one.birth, today) for one in stand.sides)


def warnings(desk: Desk, reading: Reading, stand: Stand) -> tuple[str, ...]:
    """What speaks against contact and hand-over, in words, the gravest first. Of facts shown by role only that there may be some."""
    shown = both_done(stand.one) and not words_withheld(desk, reading, stand)
    told = [_danger_words(name) for name in dangers(stand.one)] if shown else []
    held, rest = _of_sides(desk, reading, stand.request, stand.sides)
    return (*held, *told, *rest)


def warned_of(desk: Desk, reading: Reading, request: TracingRequest, person_id: str) -> tuple[str, ...]:
    """The same of a pair of which there is no verification."""
    found = reading.where_in(Person, "id", [person_id, request.inquirer_id])
    held, rest = _of_sides(desk, reading, request, found)
    return (*held, *rest)


def _of_sides(
    desk: Desk, reading: Reading, request: TracingRequest, sides: Sequence[Person]
) -> tuple[list[str], list[str]]:
    held = [_("The request is held back: the one who asks may be the danger.")] if request.held_why else []
    told = []
    if any(is_withheld(desk, reading, one.id) for one in sides):
        told.append(_("Facts of one side are shown by role: whoever holds the case, or a supervisor, goes on with it."))
    elif any(in_danger(reading, one.id) for one in sides):
        told.append(_("One side is shielded or in danger from a State: contact may show where they are."))
    if any(one.presence in DEAD for one in sides):
        told.append(_("One of the two is recorded as dead."))
    return held, told


def in_danger(reading: Reading, person_id: str) -> bool:
    """Whether this person is shielded, or triage says that a State is a danger to them."""
    if is_masked(reading, person_id):
        return True
    level = derived.level_of(reading, person_id)
    return level is not None and any(reason.rule == _FROM_A_STATE for reason in load(level).reasons)


def require_forward(desk: Desk, reading: Reading, stand: Stand) -> None:
    """Raise AppError('verification.supervisor') for a caseworker where something warns."""
    if not desk.is_supervisor and warnings(desk, reading, stand):
        raise AppError("verification.supervisor")


def _danger_words(name: str) -> str:
    return {
        "danger_state": _("There are signs of danger from a State."),
        "danger_violence": _("There are signs of violence at home."),
        "danger_trafficking": _("There are signs of trafficking."),
    }[name]
