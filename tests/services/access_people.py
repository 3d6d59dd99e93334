"""People who differ in one restricted fact alone, and every door through which it could be read."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHEAP, PASSPHRASE, START

import panoh
from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, Note
from panoh.domain.casework import BestInterests, CareArrangement, FollowUp, PlanRow, Referral, Service
from panoh.domain.check_codes import new_export_no
from panoh.domain.description import Description
from panoh.domain.lines import QueueFilter
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.services import (
    after_reunification,
    approvals,
    assistance,
    attachments,
    cases,
    casework,
    closing,
    completing,
    descriptions,
    drafts,
    due,
    duplicates,
    explaining,
    families,
    incidents,
    match_sides,
    matches,
    merging,
    needs,
    paper_decisions,
    papers,
    people,
    person_edit,
    queue_filters,
    refoulement,
    search,
    summaries,
    tracing,
    tracing_inquiry,
    transfers,
    triage,
    users,
    vault,
)
from panoh.services.desk import Desk
from panoh.services.records import keep

TODAY = date(2010, 6, 14)
NAME = ("Каримова", "Лола")
NUMBERS = ("A2B-3C4", "77")
TYPED = "What she said when we were alone"


@dataclass(frozen=True)
class Kind:
    """One restricted fact: fields of the person that hold it, and records beside them."""

    name: str
    person: dict[str, Any]
    records: tuple[Callable[[Person], Record], ...]


def need(code: str, **fields: Any) -> Callable[[Person], Record]:
    """A need of the person."""
    return lambda person: SpecificNeed(
        id=new_id(), person_id=person.id, code=code, source="own_account", noticed_at=person.registered_at, **fields
    )


def told(**fields: Any) -> Callable[[Person], Record]:
    """A refoulement assessment."""
    return lambda person: RefoulementAssessment(id=new_id(), person_id=person.id, source="own_account", **fields)


def paper(kind: str, state: str = "stated") -> Callable[[Person], Record]:
    """An identity paper."""
    return lambda person: IdentityDocument(
        id=new_id(), person_id=person.id, kind=kind, document_no="X-4711", state=state
    )


def copy_of_paper(person: Person) -> Record:
    """A picture of a paper, without its bytes."""
    return Attachment(id=new_id(), person_id=person.id, kind="document_copy", title=TYPED)


def kind(name: str, *records: Callable[[Person], Record], **person: Any) -> Kind:
    """A kind of restricted fact."""
    return Kind(name, person, records)


RECOGNISED = {"legal_status": "previously_recognised_refugee"}
GONE = {"presence": "missing"}
# Every field of the assessment that no rule reads, so that none of them may be met anywhere.
EVERYTHING_ELSE: dict[str, Any] = {
    "harm_agents": ("police", "security_service"), "fear_basis": ("religion",), "fear_words": TYPED,
    "recognised_on": date(2006, 5, 4), "claim_authority": TYPED, "claim_on": date(2010, 5, 4),
    "claim_deadline": date(2010, 7, 4), "extradition_state": "CN", "extradition_on": date(2010, 5, 5),
    "extradition_charge": TYPED, "extradition_stage": "appeal", "extradition_hearing_on": date(2010, 7, 5), "lawyer": TYPED,
    "detained_at": TYPED, "detained_by": TYPED, "detained_since": date(2010, 5, 6), "detention_basis": TYPED,
    "detention_access": ("lawyer",), "detention_seen_on": date(2010, 5, 7), "hiding_since": date(2010, 5, 8),
    "signals": ("unknown_cars",), "authorities_wish": "ask_first", "unhcr_told_on": date(2010, 5, 9), "unhcr_told_by": TYPED,
    "leave_by": date(2010, 7, 6), "outcome": "ongoing", "outcome_on": date(2010, 5, 10), "reassess_on": date(2010, 7, 7),
    "asked_by": "somebody", "sure": "stated",
}  # fmt: skip
# Within a group everything that is open is the same, and so is the level.
GROUPS: dict[str, tuple[Kind, ...]] = {
    "critical": (
        kind("T01 return threatened", told(return_threatened_on=TODAY)),
        kind("T02 feared State is here", told(feared_country="KG")),
        kind("T02 feared State is ahead", told(feared_country="UZ")),
        kind("T02 extradition", told(extradition="yes")),
        kind("T02 listed", told(named_on_list="yes", feared_country="none")),
        kind("T02 agents", told(approached_by_agents="yes")),
        kind("T02 hiding", told(hiding_from="state")),
        kind("T02 with everything that can be asked", told(feared_country="CN", **EVERYTHING_ELSE)),
        kind("T01 order to hand over", told(extradition_stage="allowed")),
        kind("T02 unknown men", told(signals=("unknown_men",))),
        kind("T02 leaves soon", told(feared_country="UZ", leave_by=TODAY)),
        kind("T02 recognised", told(feared_country="UZ", recognised_by="UNHCR"), paper("refugee_certificate"), copy_of_paper, **RECOGNISED),
        kind("T10 recent", need("SV-VF")),
        kind("T10 declined", need("SV-VF", care_refused=True)),
        kind("T10 and torture", need("SV-VA"), need("TR-PI"), need("PX-DT")),
    ),
    "high": (
        kind("T02x stated", told(feared_country="CN")),
        kind("T02x with a note", need("LP-RR", note=TYPED, review_why=TYPED, severity="severe", until=TODAY)),
        kind("T02x recognised", told(recognised_by="KG")),
        kind("T02x by status", **RECOGNISED),
        kind("T02x mandate", paper("travel_document"), legal_status="mandate_refugee"),
        kind("T02x claim", legal_status="asylum_seeker"),
        kind("T02x claim stage", told(claim_stage="appeal")),
        kind("T02x refused", told(signals=("final_refusal",))),
        kind("T02x code", need("LP-RR")),
        kind("T02x in hiding", need("LP-IH")),
        kind("T04 distress", need("TR-PI"), need("PX-DT")),
        kind("T05 hides from others", told(hiding_from="other")),
        kind("T08 trafficking", need("PX-TS")),
        kind("T11 earlier", need("SV-GM")),
        kind("T11 declined", need("SV-HK", care_refused=True)),
    ),
    "medium": (kind("T04 torture", need("TR-WV")), kind("T17 threat", need("PX-TH"), need("SM-MI"), need("LP-CR"))),
    "held": (
        kind("T03 held", presence="detained"),
        kind("T03 told", told(detained_since=TODAY), presence="elsewhere"),
        kind("T03 coded", need("LP-DA"), presence="elsewhere"),
        kind("T02 elsewhere", told(extradition="yes"), presence="elsewhere"),
        kind("T10 elsewhere", need("SV-VO"), presence="elsewhere"),
    ),
    "gone": (
        kind("T17 exile", told(extradition="yes"), **GONE),
        kind("T17 survivor", need("SV-VF"), **GONE),
        kind("T17 in hiding", told(hiding_from="state"), **GONE),
    ),
    "papers": (
        kind("T15 refugee's paper lost", paper("refugee_certificate", "lost"), **RECOGNISED),
        kind("T15 stateless survivor", need("SV-GM"), legal_status="stateless"),
    ),
    "bleeding": (
        kind("T12 exile", need("PX-WL"), told(extradition="yes")),
        kind("T12 survivor", need("PX-WL"), need("SV-VF")),
        kind("T12 tortured", need("PX-WL"), need("TR-PI")),
        kind("T12 in hiding", need("PX-WL"), need("LP-IH")),
    ),
}  # fmt: skip


@dataclass
class Office:
    """A vault with a supervisor, the caseworker who holds every case of a group, and another caseworker."""

    opened: vault.OpenVault
    clock: FixedClock
    supervisor: Desk
    holder: Desk
    other: Desk


def office(place: Path, clock: FixedClock) -> Office:
    """Make it."""
    opened = vault.create(place, "dilbar", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP).open
    return Office(opened, clock, opened.desk, desk_of(opened, "Feruza"), desk_of(opened, "Bakyt"))


@pytest.fixture(scope="module")
def at_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with nobody registered, the same for all tests of a module, which do not mind what the others left."""
    made = office(tmp_path_factory.mktemp("office") / "vault", FixedClock(START))
    with made.opened:
        yield made


def desk_of(opened: vault.OpenVault, name: str, role: str = "caseworker") -> Desk:
    """Another user at the same vault."""
    desk, user = opened.desk, users.add(opened, name, f"{PASSPHRASE} {name}", role)
    return desk.of(user)


def bring_in(at: Office, facts: Kind, *, held: bool = True) -> Person:
    """Register someone with this restricted fact, who then gets a phone; the holder has written into the case.

    Without `held` nobody holds the case, and nothing stands in it.
    """
    desk, now = at.supervisor, at.clock.now()
    with desk.reading() as reading:
        serial = len(reading.all(Person))
    usual: dict[str, Any] = {
        "family_name": NAME[0], "given_name": NAME[1], "sex": "F", "urgent": "none", "fled_from": "TJ",
        "country_now": "KG", "intends_to_go": "UZ", "presence": "here", "origin": "Ўш", "registered_at": now,
        "birth_earliest": at.clock.today() - timedelta(days=12_000),
        "birth_latest": at.clock.today() - timedelta(days=12_000), "birth_precision": "day",
    }  # fmt: skip
    if facts.person.get("presence") == "missing":
        usual["disappeared_on"] = at.clock.today()
    first = Person(id=new_id(), number=f"KX7-9{serial:04}-1", **{**usual, **facts.person})
    told_later = "by status" in facts.name  # the journal then holds a change in place of an image
    keep(desk, replace(first, legal_status="") if told_later else first, *_unknown(first))
    person = replace(first, phone="0555 12 34 56")
    keep(desk, person, *(make(person) for make in facts.records))
    if held:
        _hold(at, person)
    return person


def _unknown(person: Person) -> tuple[Unanswered, ...]:
    """Questions without an answer: the language of everyone, the legal status of whoever has none."""
    fields = ("languages",) if person.legal_status else ("languages", "legal_status")
    return tuple(Unanswered(id=new_id(), record_id=person.id, field=field, answer="refused") for field in fields)


def _hold(at: Office, person: Person) -> None:
    now, holder = at.clock.now(), at.holder.user.id
    case = Case(id=new_id(), person_id=person.id, owner_id=holder, opened_at=now, question=TYPED, wish=TYPED)
    keep(at.supervisor, case, Note(id=new_id(), case_id=case.id, written_at=now, author_id=holder, text=TYPED))
    keep(at.supervisor, *_casework(at, case.id))
    every = [assistance.Said(sector, "open", TYPED) for sector in assistance.sectors(at.holder)]
    assistance.note(at.holder, assistance.PERSON, person.id, every)
    for sector in ("nfi", "legal"):
        gift = assistance.Assistance(id="", sector=sector, what=TYPED, unit=TYPED, given_by=TYPED)
        assistance.give(at.holder, assistance.PERSON, person.id, gift)
    cases.add_task(at.supervisor, person.id, "Bring a blanket", now, at.other.user.id)
    triage.escalate(at.holder, person.id, TYPED)
    closing.ask(at.holder, person.id, "detained", TYPED)
    transfers.ask(at.holder, person.id, at.supervisor.user.id, TYPED)
    keep(at.holder, *_care(at, person.id))
    drafts.keep(at.holder, f"{person.id}.needs", "person", {"person_id": person.id, "tab": "needs", "values": {}})


def _casework(at: Office, case_id: str) -> tuple[Record, ...]:
    """A row of every kind in the case, with words that somebody typed."""
    today, now = at.clock.today(), at.clock.now()
    return (
        PlanRow(id=new_id(), case_id=case_id, goal=TYPED, action=TYPED, by_when=today),
        Service(id=new_id(), case_id=case_id, kind="health", frame="now", asked_at=now, note=TYPED),
        Referral(id=new_id(), case_id=case_id, reference=new_export_no(), why=TYPED, known=TYPED, answer_by=now),
        FollowUp(id=new_id(), case_id=case_id, kind="visit", due_on=today, found=TYPED),
    )


def _care(at: Office, person_id: str) -> tuple[Record, ...]:
    """Who cares, and a best interests procedure, with words that somebody typed."""
    today = at.clock.today()
    return (
        CareArrangement(id=new_id(), person_id=person_id, kind="kinship", carer=TYPED, since=today),
        BestInterests(id=new_id(), person_id=person_id, kind="assessment", child_view=TYPED, review_on=today),
        Description(id=new_id(), person_id=person_id, marks=TYPED, kin_said=(TYPED,), says=TYPED),
    )


# --- the doors --------------------------------------------------------------------------------------------------------

Door = Callable[[Desk, Person], Any]


def _in_queue(desk: Desk, person: Person) -> Any:
    return [item for item in triage.whole_queue(desk, 999) if item.line.id == person.id]


def _counts(desk: Desk, person: Person) -> Any:
    """Each filter of the queue, for this person alone."""
    wanted = [QueueFilter(overdue=True), QueueFilter(nobody=True), QueueFilter(children_alone=True)]
    wanted += [QueueFilter(lapsed=True), QueueFilter(escalated=True), QueueFilter(sex="F", age="adult")]
    wanted += [QueueFilter(reason=code) for code, _words in queue_filters.offers(desk).reasons]
    wanted += [QueueFilter(reason=f"{rule}.{variant}") for rule, variant in sorted(desk.rulebook.entries)]
    return [[item.line.id for item in triage.queue(desk, each, 0, 999) if item.line.id == person.id] for each in wanted]


def _beside_the_case(desk: Desk, person: Person) -> Any:
    found = person_edit.opened(desk, person.id)
    return found.closing, found.transfers, found.care, found.best_interests


def _history(desk: Desk, person: Person) -> Any:
    return people.what_happened(desk, people.person(desk, person.id))


def _stale_history(desk: Desk, person: Person) -> Any:
    """The journal asked for with a view in which one has put everything that can be had."""
    with desk.reading() as reading:
        case = cases.case_of(reading, person.id)
    view = replace(people.person(desk, person.id), may_see_restricted=True, case=case, case_withheld=False)
    return people.what_happened(desk, view)


def _found(desk: Desk, person: Person) -> Any:
    by_name = [found for found in search.people(desk, " ".join(NAME), 999) if found.line.id == person.id]
    every = search.everything(desk, " ".join(NAME), 999)
    by_name += [found for found in every.people if found.line.id == person.id]
    return by_name, search.people(desk, person.number), people.line(desk, person.id)


def _listed(desk: Desk, person: Person) -> Any:
    return [line for line in people.page(desk, 0, 999) if line.id == person.id]


def _record(desk: Desk, person: Person) -> Any:
    opened = person_edit.opened(desk, person.id)
    return opened.view, opened.unanswered


def _candidate(desk: Desk, person: Person) -> Any:
    with desk.reading() as reading:
        request = reading.all(TracingRequest)[0]
        again = reading.all(TracingRequest)[1]
    found = [one for one in tracing.candidates(desk, again.id, 999) if one.person.id == person.id]
    assert found
    decided = [
        one for each in (request, again) for one in matches.standing(desk, each.id) if one.number == person.number
    ]
    ids = {one.decision.id for one in decided}
    entries = [one for one in matches.what_happened(desk, request.id) if one.record_id in ids]
    before = replace(matches.beforehand(desk, again.id, person.id), waiting=())  # of all the others the numbers
    beside = match_sides.sides(desk, again.id, person.id), before
    return found, decided, entries, beside


def _twice(desk: Desk, person: Person) -> object:
    duplicates.sweep(desk)
    mine = [pair for pair in duplicates.worklist(desk, 0, 9999) if person.id in (pair.a.id, pair.b.id)]
    return {pair.a if pair.a.id == person.id else pair.b for pair in mine}, sorted({str(pair.match) for pair in mine})


def _to_review(desk: Desk, person: Person) -> Any:
    mine = [row for row in needs.to_review(desk, 0, 999) if row.line.id == person.id]
    return mine, needs.count(desk) == len(needs.to_review(desk, 0, 999))


def _refused(work: Callable[[], object]) -> Any:
    """What it gives, or the code of the error that it raises."""
    try:
        return work()
    except AppError as error:
        return error.code


def _asked(desk: Desk, person: Person) -> Any:
    """What this user asked of supervisors, what there is to decide from, and the paper that the holder made."""
    mine = [one for one in approvals.page(desk, 0, 999, decided=False) if one.approval.person_id == person.id]
    codes = [made.check_code for made in summaries.exports_of(desk, [person.id])]
    papers_found = [_refused(lambda code=code: paper_decisions.find(desk, code)) for code in codes]  # type: ignore[misc]
    return mine, [approvals.to_decide(desk, one.approval.id) for one in mine], papers_found


def _assessment(desk: Desk, person: Person) -> Any:
    return _refused(lambda: refoulement.opened(desk, person.id))


def _answering(desk: Desk, person: Person) -> Any:
    """Whoever may not see the assessment is refused alike, whether there is one or not; nothing is written by whoever may."""
    if desk.is_supervisor or desk.user.name == "Feruza":
        return ""
    return _refused(lambda: refoulement.answer(desk, person.id, {"extradition": "yes"}, {}))


def _paper(level: str) -> Door:
    return lambda desk, person: summaries.preview(desk, person.id, summaries.Wanted(level=level), NUMBERS)


DOORS: dict[str, Door] = {
    "queue": _in_queue,
    "filters of the queue": _counts,
    "each rule explained": lambda desk, person: explaining.explain_person(desk, person.id),
    "reasons panel": lambda desk, person: triage.why(desk, person.id),
    "record": _record,
    "history": _history,
    "history, asked with a forged view": _stale_history,
    "search": _found,
    "list of everyone": _listed,
    "tasks of today": lambda desk, person: [
        one.person for one in due.mine(desk, 0, 999) if one.person and one.person.id == person.id
    ],
    "what is due for one": lambda desk, person: due.of_person(desk, person.id),
    "casework": lambda desk, person: casework.of_person(desk, person.id),
    "closing, handing over, care": _beside_the_case,
    "look-alikes": lambda desk, person: [
        one for one in duplicates.probable(desk, " ".join(NAME), "F", "", "Ўш", 999) if one.line.id == person.id
    ],
    "pairs that look like one person": _twice,
    "tracing": _candidate,
    "how somebody can be known again": lambda desk, person: descriptions.of_person(desk, person.id),
    "whether a child asks": lambda desk, person: tracing_inquiry.child_asks(desk, person.id),
    "lost papers of one": lambda desk, person: papers.of_person(desk, person.id),
    "files": lambda desk, person: attachments.of_person(desk, person.id),
    "reunifications": lambda desk, person: after_reunification.of_person(desk, person.id),
    "merges": lambda desk, person: merging.merges_of(desk, person.id),
    "case": lambda desk, person: cases.case_or_new(desk, person.id),
    "needs beside the record": lambda desk, person: needs.about(desk, person.id),
    "needs to review": _to_review,
    "assessment": _assessment,
    "answering the assessment": _answering,
    "papers made": lambda desk, person: summaries.exports_of(desk, [person.id]),
    "drafts": lambda desk, person: drafts.mine(desk),
    "asked and decided about one": lambda desk, person: approvals.of_person(desk, person.id),
    "what waits for a decision": _asked,
    "needs of everyone": lambda desk, person: assistance.of_person(desk, person.id),
    "incidents": lambda desk, person: incidents.of_person(desk, person.id),
    "family": lambda desk, person: [one.line for one in families.family_of(desk, person.id).relatives],
    "list of families": lambda desk, person: [
        one
        for one in (*families.page(desk, 0, 999), *families.search(desk, " ".join(NAME), 999))
        if one.head_id == person.id
    ],
    "to complete": lambda desk, person: [one for one in completing.page(desk, 0, 999) if one.line.id == person.id],
    "what a registration lacks": lambda desk, person: completing.of_record(person_edit.opened(desk, person.id)),
    "lost papers": lambda desk, person: [
        (one.line, one.document.state) for one in papers.page(desk, 0, 999) if one.line.id == person.id
    ],
    "paper at level supervisor": _paper("supervisor"),
    "paper at level carry": _paper("carry"),
    "paper at level named": _paper("named"),
}


def seen(door: Door, desk: Desk, person: Person) -> str:
    """Everything that a door tells about someone, without what differs between any two people."""
    text = _text(door(desk, person))
    for own, word in ((person.id, "PERSON"), (person.number, "NUMBER")):
        text = text.replace(own, word)
    for chance in (r"\bseq=\d+", r"\b[0-9a-f]{32}\b", r"\b[0-9a-f]{64}\b", r"\b[2-9AEKMT]{4}-[2-9AEKMT]{2,3}\b"):
        text = re.sub(chance, "…", text)
    return text


def _text(value: Any) -> str:
    """A value as text, with the words of a page in place of its bytes."""
    if isinstance(value, bytes):
        return "\n".join(words_of(value))
    if isinstance(value, summaries.Preview):
        return _text((value.summary, value.pdf, value.leaks))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return "\n".join(map(_text, value))
    return repr(value)


def words_of(pdf: bytes) -> Iterable[str]:
    """The words of a paper, page by page."""
    import pypdfium2

    for page in pypdfium2.PdfDocument(pdf):
        yield page.get_textpage().get_text_range()


def called_services() -> set[str]:
    """Every function of the services that a screen or the command line names, as 'search.people'."""
    called: set[str] = set()
    root = Path(panoh.__file__).parent
    for file in [*(root / "ui").rglob("*.py"), *root.glob("cli*.py"), root / "app.py"]:
        tree = ast.parse(file.read_text("utf-8"))
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("panoh.services"):
                for name in node.names:
                    if node.module == "panoh.services":
                        modules[name.asname or name.name] = name.name
                    else:
                        called.add(f"{node.module.rpartition('.')[2]}.{name.name}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                called.add(f"{modules[node.value.id]}.{node.attr}")
    return {name for each in called if (name := _function(*each.split("."))) is not None}


def _function(module: str, name: str) -> str | None:
    found = getattr(importlib.import_module(f"panoh.services.{module}"), name)
    return f"{found.__module__.rpartition('.')[2]}.{found.__name__}" if inspect.isfunction(found) else None
