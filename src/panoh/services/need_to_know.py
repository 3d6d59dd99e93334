"""Need to know: what a record tells those who may not see restricted facts. The one place where records are withheld.

Restricted is what a code list flags so, the refoulement assessment, and the legal status as a whole: were it left out
for some people only, its absence would tell as much as its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from panoh.base.errors import AppError
from panoh.domain.cases import Case
from panoh.domain.casework import Referral, Service
from panoh.domain.incidents import IncidentPerson
from panoh.domain.lines import FamilyLine, PersonLine, RequestLine
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.sealing import Sealed
from panoh.domain.shield import Shield
from panoh.domain.triage.facts import FactRead
from panoh.services.desk import Desk
from panoh.store import incidents
from panoh.store.drafts import Draft
from panoh.store.history import Happened
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading

STATUS = "legal_status"  # every field of a person that begins with it: the status, and what was said beside it
_STATUS_FIELDS: dict[str, Any] = {f.name: f.default for f in fields(Person) if f.name.startswith(STATUS)}
_OF_MASKED = (
    "id", "number", "household_id", "sex", "birth_precision", "birth_earliest", "birth_latest", "presence", "urgent",
    "depth", "registered_at", "interviewed_alone_on", "languages", "interpreter",
)  # fmt: skip
_CODED = {
    "SpecificNeed": ("code", "specific_needs"),
    "IdentityDocument": ("kind", "document_kind"),
    "Service": ("kind", "service_kind"),
    "Referral": ("service_kind", "service_kind"),
}
_ASSESSED = frozenset(f.name for f in fields(RefoulementAssessment)) - {
    "id", "person_id", "source", "sure", "asked_at", "asked_by",
}  # fmt: skip
_SAYS_NOTHING = ("", None, (), "none", "no")
_WORDS_OF_NEED = frozenset({"note", "review_why"})  # typed by somebody: they may tell what is restricted
# Of an incident an entry of one field does not tell the kind; so no entry of any is shown.
_BY_ROLE = frozenset(
    {"RefoulementAssessment", "Sealed", "SealKey", "Shield", "Incident", "IncidentPerson", "IncidentReport"}
)
# Facts of open reasons that may come from what is withheld: from the legal status, or from a paper of a refugee.
_HALF_OPEN = frozenset({STATUS, "nationality", "document_state"})


def is_restricted(desk: Desk, record: Record) -> bool:
    """Whether a whole record is shown by role only: the refoulement assessment; needs, papers, services of a restricted kind."""
    if isinstance(record, RefoulementAssessment | Sealed | Shield | IncidentPerson):
        return True
    field, code_list = _CODED.get(type(record).__name__, ("", ""))
    return bool(field) and desk.vocabularies[code_list].restricted(getattr(record, field))


def restricted_kind(desk: Desk, kind: str) -> bool:
    """Whether whom an incident of this kind touched is shown by role; also of a kind that no list knows."""
    return desk.vocabularies["incident_kind"].restricted(kind)


def open_ones(desk: Desk, records: Iterable[Any], may_see: bool) -> tuple[Any, ...]:
    """Those of these records that the reader may see."""
    return tuple(record for record in records if may_see or not is_restricted(desk, record))


def told_needs(needs: Iterable[SpecificNeed], words_withheld: bool) -> tuple[SpecificNeed, ...]:
    """Needs that the reader may see, without their words where the words of the case are withheld."""
    return tuple(replace(need, note="", review_why="") if words_withheld else need for need in needs)


def kept_need(before: SpecificNeed, after: SpecificNeed) -> SpecificNeed:
    """The need to be written when somebody changes it who does not see its words: theirs are added to those that stand."""

    note, why = both_words(before.note, after.note), both_words(before.review_why, after.review_why)
    return replace(after, note=note, review_why=why)


def both_words(old: str, new: str) -> str:
    """Words that stand, and below them what somebody typed who does not see them."""
    return old if new in ("", old) else f"{old}\n{new}" if old else new


def holds_restricted(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether anything restricted is recorded about a person, standing or not: what was typed beside it may tell it.

    Asked of the facts, not of the level: a need that was met, or a death, lowers the level and opens nothing.
    """
    person = reading.first(Person, table(Person).c.id == person_id)
    if person is None:
        return False
    words = desk.vocabularies
    if words[STATUS].restricted(person.legal_status) or words["presence"].restricted(person.presence):
        return True
    if is_masked(reading, person_id):
        return True
    if any(restricted_kind(desk, kind) for kind in incidents.kinds_of_person(reading, person_id)):
        return True
    needs = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
    papers = reading.all(IdentityDocument, table(IdentityDocument).c.person_id == person_id)
    if any(is_restricted(desk, need) for need in needs) or any(is_restricted(desk, paper) for paper in papers):
        return True
    if _restricted_service(desk, reading, person_id):
        return True
    assessments = reading.all(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id)
    return any(getattr(one, name) not in _SAYS_NOTHING for one in assessments for name in _ASSESSED)


def _restricted_service(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether the kind of a service that is given or asked for tells what happened."""
    case = reading.first(Case, table(Case).c.person_id == person_id)
    kinds: tuple[type[Any], ...] = (Service, Referral) if case is not None else ()
    return case is not None and any(
        is_restricted(desk, row) for kind in kinds for row in reading.all(kind, table(kind).c.case_id == case.id)
    )


def told_person(desk: Desk, person: Person, may_see: bool, *, masked: bool = False) -> Person:
    """The person without the legal status and, of someone held by an authority, only that they are elsewhere.

    Of somebody masked little more than the number is left.
    """
    if may_see:
        return person
    if masked:
        person = Person(**{name: getattr(person, name) for name in _OF_MASKED}, given_name=person.number)
    return replace(person, presence=desk.vocabularies["presence"].shown(person.presence), **_STATUS_FIELDS)


def kept_person(desk: Desk, before: Person, after: Person) -> Person:
    """The person to be written when a reader who may not see restricted facts changes one: what they do not see stays."""
    status = {name: getattr(before, name) for name in _STATUS_FIELDS}
    unchanged = after.presence == desk.vocabularies["presence"].shown(before.presence)
    return replace(after, presence=before.presence if unchanged else after.presence, **status)


def may_know(desk: Desk, line: PersonLine) -> bool:
    """Whether this user may know who this is: nobody is masked for supervisors and for whoever holds the case."""
    return not line.masked or desk.may_see_restricted(line.owner_id)


def known_to(desk: Desk, shown: Mapping[str, PersonLine]) -> dict[str, PersonLine]:
    """Those of these lines of whom the user may know who they are."""
    return {person_id: line for person_id, line in shown.items() if may_know(desk, line)}


def knows(desk: Desk, reading: Reading, person_id: str) -> bool:
    """Whether the user may know who this person is, as `may_know` for a line."""
    return not is_masked(reading, person_id) or desk.may_see_restricted(reading.holder_of(person_id))


def require_known(desk: Desk, reading: Reading, *person_ids: str) -> None:
    """Raise AppError('shield.withheld') when one of these people is masked for this user."""
    if not all(knows(desk, reading, person_id) for person_id in person_ids):
        raise AppError("shield.withheld")


def told_line(desk: Desk, line: PersonLine) -> PersonLine:
    """A line of a list as this user may read it; the stored reasons go no further.

    Somebody masked goes by their number, and without a level: critical beside high would tell who of a household is meant.
    """
    if desk.may_see_restricted(line.owner_id):
        return replace(line, reasons="[]")
    if line.masked:
        nameless = replace(line, external_id="", site_name="", given_name=line.number, family_name="", patronymic="")
        line = replace(nameless, level="", told_due=None, waiting_since=None, restricted=False)
    return replace(
        line, reasons="[]", due_at=line.told_due, presence=desk.vocabularies["presence"].shown(line.presence)
    )


def told_family(desk: Desk, line: FamilyLine) -> FamilyLine:
    """A household in a list; the name of its head gives way to the number where a shield covers somebody of it."""
    if not line.masked or desk.may_see_restricted(line.head_owner_id):
        return line
    return replace(line, head_name=line.number, site_name="")


def told_request(desk: Desk, line: RequestLine) -> RequestLine:
    """A tracing request in a list; without names where a shield covers either side."""
    if not line.masked or desk.may_see_restricted(line.owner_id):
        return line
    return replace(line, sought_name=line.number, inquirer_name="", external_id="")


def told_unanswered(unanswered: Iterable[Unanswered], may_see: bool) -> tuple[Unanswered, ...]:
    """Questions without an answer; whether the legal status or a fear was asked is shown by role."""
    return tuple(one for one in unanswered if may_see or not (one.field.startswith(STATUS) or one.field in _ASSESSED))


def told_facts(desk: Desk, facts: Sequence[FactRead], may_see: bool) -> tuple[FactRead, ...]:
    """The facts of a reason that may be read, without those that come from what is withheld."""
    if may_see:
        return tuple(facts)
    told: list[FactRead] = []
    withheld_need = False
    for fact in facts:
        if fact.name not in ("event_on", "due_on"):  # the days of a need follow it
            withheld_need = fact.name == "need" and desk.vocabularies["specific_needs"].restricted(str(fact.value))
        if withheld_need or fact.name in _HALF_OPEN or fact.name in _ASSESSED:
            continue
        if fact.name == "presence":
            fact = replace(fact, value=desk.vocabularies["presence"].shown(str(fact.value)))  # noqa: PLW2901
        told.append(fact)
    return tuple(told)


def told_history(desk: Desk, entries: Iterable[Happened], may_see: bool) -> list[Happened]:
    """Entries of the journal as this reader may read them."""
    if may_see:
        return list(entries)
    return [told for entry in entries if (told := _told_entry(desk, entry)) is not None]


def _told_entry(desk: Desk, entry: Happened) -> Happened | None:
    if entry.record_class in _BY_ROLE:
        return None
    if entry.record_class == "Unanswered":
        return None if _names_restricted(entry.old, entry.new) else entry
    if entry.record_class in _CODED:
        field, code_list = _CODED[entry.record_class]
        values = (entry.old, entry.new) if entry.field in ("", field) else ()
        codes = [value.get(field, "") if isinstance(value, dict) else value or "" for value in values]
        if entry.field in _WORDS_OF_NEED or any(desk.vocabularies[code_list].restricted(code) for code in codes):
            return None
        return replace(entry, old=_without_words(entry.old), new=_without_words(entry.new))
    return _told_person_entry(desk, entry) if entry.record_class == "Person" else entry


def _without_words(image: Any) -> Any:
    return (
        {name: each for name, each in image.items() if name not in _WORDS_OF_NEED} if isinstance(image, dict) else image
    )


def _names_restricted(*values: Any) -> bool:
    named = (str(value.get("field", "")) if isinstance(value, dict) else "" for value in values)
    return any(name.startswith(STATUS) or name in _ASSESSED for name in named)


def _told_person_entry(desk: Desk, entry: Happened) -> Happened | None:
    if entry.field.startswith(STATUS):
        return None
    shown = desk.vocabularies["presence"].shown
    if entry.field == "presence":
        told = replace(entry, old=shown(entry.old or ""), new=shown(entry.new or ""))
        return None if told.old == told.new else told
    return entry if entry.field else replace(entry, old=_image(shown, entry.old), new=_image(shown, entry.new))


def _image(shown: Any, image: Any) -> Any:
    if not isinstance(image, dict):
        return image
    kept = {name: value for name, value in image.items() if not name.startswith(STATUS)}
    return kept | {"presence": shown(kept["presence"])} if kept.get("presence") else kept


def told_draft(desk: Desk, draft: Draft) -> Draft:
    """A draft of a record without what its writer may not see any more, for example since the case went to another."""
    return replace(draft, payload=_told_values(desk, draft.payload))


def _told_values(desk: Desk, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _told_values(desk, each)
            for name, each in value.items()
            if not (name.startswith(STATUS) or name in _ASSESSED or (name in _WORDS_OF_NEED and "code" in value))
        }
    return [_told_values(desk, each) for each in value if not _coded(desk, each)] if isinstance(value, list) else value


def _coded(desk: Desk, row: Any) -> bool:
    """Whether a row of a draft is about a restricted code; rows of other lists have codes that these do not know."""
    if not isinstance(row, dict):
        return False
    terms = (desk.vocabularies[code_list].get(str(row.get(field, ""))) for field, code_list in _CODED.values())
    return any(term is not None and term.restricted for term in terms)
