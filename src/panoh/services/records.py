"""Keeping records: the one way in which a form's records are written, with the rule of who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panoh.base.errors import AppError
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.cases import Case, CaseAction, CaseOption, Export, LevelOverride, Note, Task, User
from panoh.domain.casework import (
    Approval,
    BestInterests,
    CareArrangement,
    FollowUp,
    PlanRow,
    Referral,
    Service,
    Transfer,
)
from panoh.domain.description import Description
from panoh.domain.erasing import Erasure, Removal
from panoh.domain.family import KinLink
from panoh.domain.incidents import Incident, IncidentReport
from panoh.domain.merging import Merge
from panoh.domain.needs import REVIEWED, SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.records import Record
from panoh.domain.reunification import Reunification
from panoh.domain.sealing import Sealed, SealKey
from panoh.domain.shield import Shield
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.domain.verification import Verification, VerificationQuestion
from panoh.domain.workflow import CLOSED
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import holds_restricted, is_restricted, kept_need, kept_person, require_known
from panoh.services.tracing_hold import asked_by_named, held_with, hold_renamed
from panoh.store import derived
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_OF_CASE = (
    CaseOption,
    CaseAction,
    Note,
    PlanRow,
    Service,
    Referral,
    FollowUp,
    Transfer,
    CareArrangement,
    BestInterests,
)  # rows of a case, whose words are withheld with the case's own
_OF_IDENTITY = (
    Person,
    PersonName,
    PersonPhone,
    IdentityDocument,
    KinLink,
    TracingRequest,
)  # of whom is masked: untouched
_OF_NEEDS = (BasicNeed, Assistance, Description)  # whose words are withheld as those of the case
_NAMES_WHOM = ("person_id", "inquirer_id", "sought_person_id", "from_person_id", "to_person_id")
_BY_SUPERVISORS = (
    User,
    LevelOverride,
    Incident,
    IncidentReport,
)  # others come to them by verbs of their own, which ask more
# Written by verbs of their own alone, which ask who decides, and most of them for a second person: by no form or list, and
# neither given back nor undone.
BY_VERBS = (
    Approval, Erasure, Export, MatchDecision, Merge, Removal, Reunification, Sealed, SealKey, Shield, Transfer, Verification,
    VerificationQuestion,
)  # fmt: skip

# Of a tracing request: what is decided about it by verbs of their own (tracing_consent, tracing_hold, tracing_actions).
OF_REQUEST_BY_VERBS = frozenset({
    "held_why", "held_by", "held_on", "status", "closed_on", "closed_why", "closed_words", "inquiry", "consent_withdrawn_on",
})  # fmt: skip


def owner_of(reading: Reading, person_id: str) -> str:
    """The user who holds this person's case; '' is nobody."""
    return reading.holder_of(person_id)


def keep(desk: Desk, *records: Record, without: Sequence[Record] = ()) -> Changes:
    """Make or change these records, and take away the rows `without`, in one write.

    A row taken away (a paper typed by mistake) stays in the journal with its image. Of a person, what this user may not
    see stays as it is, whatever the form said.

    Raises AppError('access.denied') for restricted facts of a case that this user does not hold, for words that are
    withheld, for taking a case out of another's hands, and for users and levels set by hand, unless by a supervisor; to
    everyone for what takes a verb of its own (BY_VERBS).
    """
    with desk.writing() as unit:
        keep_in(desk, unit, records, without)
        return Changes.of(unit)


def keep_in(desk: Desk, unit: Unit, records: Sequence[Record], without: Sequence[Record] = ()) -> None:
    """The same as part of a write that does more."""
    asked = asked_by_named(unit, records)
    for wanted in records:
        before = _stored(unit, wanted)
        guard(desk, unit, wanted, before)
        record = _with_hold(desk, unit, wanted, before)
        if before is None:
            unit.add(_signed(desk, record, None) if isinstance(record, SpecificNeed) else record)
        else:
            unit.save(_kept(desk, unit, record, before))
    for record in without:
        before = _stored(unit, record)
        guard(desk, unit, record, before, gone=True)
        unit.remove(before or record)
    hold_renamed(unit, asked)


def is_withheld(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether the words of this person's case are withheld: they may tell restricted facts that the user may not see."""
    if desk.may_see_restricted(owner_of(reading, person_id)):
        return False
    level = derived.level_of(reading, person_id)
    return bool(level and level.restricted) or holds_restricted(desk, reading, person_id)


def _stored(unit: Unit, record: Record) -> Record | None:
    return unit.first(type(record), table(type(record)).c.id == record.id)


def _with_hold(desk: Desk, unit: Unit, record: Record, before: Record | None) -> Record:
    """The record; a request of one who may be held back is held back, also where a name is given back to it."""
    if not isinstance(record, TracingRequest):
        return record
    if not desk.is_supervisor:
        _require_undecided(record, before)
    return held_with(unit, record, before if isinstance(before, TracingRequest) else None)


def _kept(desk: Desk, unit: Unit, record: Record, before: Record) -> Record:
    if isinstance(record, Person) and isinstance(before, Person):
        return record if desk.may_see_restricted(owner_of(unit, record.id)) else kept_person(desk, before, record)
    if isinstance(record, SpecificNeed) and isinstance(before, SpecificNeed):
        told = kept_need(before, record) if is_withheld(desk, unit, before.person_id) else record
        return _signed(desk, told, before)
    return record


def _signed(desk: Desk, need: SpecificNeed, before: SpecificNeed | None) -> SpecificNeed:
    """The need with who noticed it and who reviewed it, and when. What it is and whose never changes: it would be lost."""
    me, now = desk.user.id, desk.clock.now()
    if before is None:
        need = replace(need, noticed_at=need.noticed_at or now, noticed_by=need.noticed_by or me)
    elif (need.code, need.person_id) != (before.code, before.person_id):
        raise AppError("access.denied")
    looked_at = need.status in REVIEWED and (before is None or before.status != need.status)
    return replace(need, reviewed_at=now, reviewed_by=me) if looked_at else need


def guard(desk: Desk, unit: Unit, record: Record, before: Record | None, *, gone: bool = False) -> None:
    """Raise AppError('access.denied') when this user may not bring a record from what it was `before` to this state."""
    if isinstance(record, BY_VERBS):
        raise AppError("access.denied")
    if (
        isinstance(record, _BY_SUPERVISORS)
        or (gone and isinstance(record, Case))
        or _protects(record, before, gone=gone)
    ):
        desk.require_supervisor()
    if isinstance(before, _OF_IDENTITY) and (gone or record != before):
        require_known(desk, unit, *_whom(before))
    if isinstance(record, Case) and record != before:
        _guard_case(desk, unit, record, before)
    if isinstance(before, _OF_CASE) and (gone or record != before):
        about = _about(unit, before)
        if about and is_withheld(desk, unit, about):
            raise AppError("access.denied")
    if isinstance(before, _OF_NEEDS) and (gone or record != before) and is_withheld(desk, unit, before.person_id):
        raise AppError("access.denied")
    if isinstance(before, TracingAction) and (gone or record != before) and _is_another_s_action(desk, unit, before):
        raise AppError("access.denied")
    if isinstance(before, Task) and (gone or record != before) and _is_another_s(desk, unit, before):
        raise AppError("access.denied")
    versions = (record, before) if before else (record,)  # no change brings a record out of the restricted ones
    for owner_id in [owner_of(unit, _about(unit, v)) for v in versions if is_restricted(desk, v)]:
        if not desk.may_see_restricted(owner_id):
            raise AppError("access.denied")


def _require_undecided(record: TracingRequest, before: Record | None) -> None:
    """Raise AppError('access.denied') where a form would decide about a request, or bring back a consent that was refused."""
    stood = before or TracingRequest(id=record.id)
    changed = any(getattr(record, name) != getattr(stood, name) for name in OF_REQUEST_BY_VERBS)
    if changed or (getattr(stood, "consent_to_trace", "") == "no" and record.consent_to_trace != "no"):
        raise AppError("access.denied")


def _protects(record: Record, before: Record | None, *, gone: bool) -> bool:
    """Whether this takes away what protects somebody: a request with its No and its hold, a visit after a reunification."""
    if isinstance(before, TracingRequest):
        return gone or bool(before.held_why and not getattr(record, "held_why", ""))
    return isinstance(before, FollowUp) and bool(before.reunification_id) and (gone or _loses_visit(record, before))


def _loses_visit(record: Record, before: FollowUp) -> bool:
    """Whether a visit after a reunification would be none any more, or come later than it is due, or hide how often it waited."""
    if not isinstance(record, FollowUp) or record.reunification_id != before.reunification_id:
        return True
    later = before.due_on is not None and (record.due_on is None or record.due_on > before.due_on)
    return later or not (record.done_on or record.not_seen_why.startswith(before.not_seen_why))


def _whom(record: Record) -> tuple[str, ...]:
    """The people of whom a record tells who they are."""
    return (record.id,) if isinstance(record, Person) else tuple(getattr(record, name, "") for name in _NAMES_WHOM)


def _about(unit: Unit, record: Record) -> str:
    """Whom a record is about, also one that hangs on a case."""
    case_id = getattr(record, "case_id", "")
    case = unit.first(Case, table(Case).c.id == case_id) if case_id else None
    return case.person_id if case else getattr(record, "person_id", "")


def _is_another_s(desk: Desk, unit: Unit, task: Task) -> bool:
    """Whether a task is somebody else's and private, or may tell what is withheld."""
    if task.owner_id in ("", desk.user.id):
        return False
    return task.private or bool(task.person_id and is_withheld(desk, unit, task.person_id))


def _is_another_s_action(desk: Desk, unit: Unit, action: TracingAction) -> bool:
    """Whether somebody else noted what was done, in words that are withheld with those of either side."""
    request = unit.get(TracingRequest, action.request_id)
    sides = (one for one in (request.inquirer_id, request.sought_person_id) if one)
    return action.noted_by != desk.user.id and any(is_withheld(desk, unit, one) for one in sides)


def _guard_case(desk: Desk, unit: Unit, record: Case, before: Record | None) -> None:
    """From another's hands, and while a shield is up, only a supervisor gives a case, and only one closes it; withheld words stay."""
    owner_id = record.owner_id
    if record.status == CLOSED and getattr(before, "status", "") != CLOSED:
        desk.require_supervisor()  # closing.py: a caseworker asks
    if owner_id != getattr(before, "owner_id", "") and is_masked(unit, record.person_id):
        desk.require_supervisor()
    if not isinstance(before, Case):
        return
    if record.person_id != before.person_id:  # only a merge brings it to another record
        raise AppError("access.denied")
    if before.owner_id not in ("", desk.user.id) and owner_id != before.owner_id:
        desk.require_supervisor()
    if replace(before, owner_id=owner_id) != record and is_withheld(desk, unit, before.person_id):
        raise AppError("access.denied")
