"""Every cell of the table of access, tried by writing: role, record class, action. What it does not grant is refused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from sqlalchemy.exc import IntegrityError
from tests.services.erasing_people import CASEWORKER, HEAD, SECOND, SHARED_INCIDENT, bring_in, desk_of, office

import panoh
from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.access import CHANGE, MAKE, REMOVE, ROLES, load_access
from panoh.domain.border import BorderPoint, BorderPointState, Movement
from panoh.domain.cases import Case
from panoh.domain.casework import QueueView
from panoh.domain.erasing import Erasure
from panoh.domain.incidents import IncidentReport
from panoh.domain.leads import Lead, LeadNote, Publication
from panoh.domain.records import RECORDS, Record
from panoh.domain.triage.settings import RuleSetting
from panoh.services import aside, cases, erasing, journal, key_sheets, merging, people, retention, seal, users
from panoh.services.desk import Desk
from panoh.services.resources import access
from panoh.services.vault import OpenVault
from panoh.store.tables import table
from panoh.store.units import Unit

HOLDER = "holder"
WHO = {HEAD: "head", SECOND: "supervisor", HOLDER: "caseworker", CASEWORKER: "caseworker"}


class _TriedError(Exception):
    """Nothing that is tried is kept."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenVault, dict[type, Record]]]:
    """An office, and one record of every class about a person whose case the holder holds."""
    with office(
        tmp_path_factory.mktemp("table") / "vault", FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    ) as opened:
        users.add(opened, HOLDER, "apricot ladder seven rivers", "caseworker", one_time=False)
        person_id, _markers = bring_in(opened.desk)
        with opened.desk.store.writing(opened.desk.user.id) as unit:
            case = unit.first(Case, table(Case).c.person_id == person_id)
            assert case is not None
            unit.save(replace(case, owner_id=users.named(opened, HOLDER).id))
            point = BorderPoint(id=new_id(), name="Дўстлик")
            unit.add(point)
            since = opened.desk.clock.today()
            unit.add(
                BorderPointState(id=new_id(), border_point_id=point.id, since=since, state="open"),
                Movement(id=new_id()),
            )
            unit.add(
                Erasure(id=new_id(), subject_id=person_id, why="asked"),
                IncidentReport(id=new_id(), incident_id=SHARED_INCIDENT),
                QueueView(id=new_id(), owner_id=opened.desk.user.id, name="mine", filter="{}"),
                RuleSetting(id=new_id(), rule="T14", variant="shelter"),
            )
            lead = Lead(id=new_id(), public_no="example.org/1")
            unit.add(lead, LeadNote(id=new_id(), lead_id=lead.id, note_no="example.org/n1"))
            unit.add(Publication(id=new_id(), public_no="example.org/2", person_id=person_id))
        with opened.desk.reading() as reading:
            found = {kind: reading.first(kind) for kind in RECORDS}
        yield opened, {kind: record for kind, record in found.items() if record is not None}


def _attempt(action: str, record: Any) -> Callable[[Unit], object]:
    if action == MAKE:
        return lambda unit: unit.add(replace(record, id=new_id()))
    if action == REMOVE:
        return lambda unit: unit.remove(record)
    return lambda unit: unit.save(_changed(record))


def _changed(record: Any) -> Any:
    """The same with another value somewhere."""
    hints = get_type_hints(type(record))
    of_no_other = {name for name in hints if name == "id" or table(type(record)).c[name].foreign_keys}
    for field in fields(record):
        kind, value = hints[field.name], getattr(record, field.name)
        if field.name in of_no_other or field.name in ("person_id", "owner_id"):
            continue
        if kind is str:
            return replace(record, **{field.name: value + "x"})
        if kind is bool:
            return replace(record, **{field.name: not value})
        if kind is bytes:
            return replace(record, **{field.name: value + b"x"})
    raise AssertionError(type(record))


def _refused(desk: Desk, work: Callable[[Unit], object]) -> bool:
    try:
        with desk.writing() as unit:
            work(unit)
            raise _TriedError
    except AppError as error:
        return error.code == "access.denied"
    except (_TriedError, IntegrityError):  # what the tables make of such a record stands behind the table of access
        return False


@pytest.mark.parametrize("action", [MAKE, CHANGE, REMOVE])
@pytest.mark.parametrize("name", WHO)
def test_writing_agrees_with_the_table(tried: tuple[OpenVault, dict[type, Record]], name: str, action: str) -> None:
    opened, records = tried
    desk = desk_of(opened, name)
    wrong = []
    for kind, record in records.items():
        own = name == HOLDER and bool(getattr(record, "person_id", ""))
        granted = access().may(WHO[name], kind.__name__, action, own=own)
        if _refused(desk, _attempt(action, record)) == granted:
            wrong.append(f"{kind.__name__}: {'granted and refused' if granted else 'not granted and done'}")
    assert wrong == []


def test_every_class_was_tried_and_every_role_differs(tried: tuple[OpenVault, dict[type, Record]]) -> None:
    _opened, records = tried
    assert {kind.__name__ for kind in RECORDS} - {kind.__name__ for kind in records} <= {"SealKey"}
    table_of = access()
    each = [
        {(kind.__name__, action) for kind in RECORDS for action in (MAKE, CHANGE, REMOVE)
         if table_of.may(role, kind.__name__, action)}
        for role in ROLES
    ]  # fmt: skip
    assert each[0] < each[1] < each[2]


def test_a_role_that_the_table_does_not_know_may_nothing() -> None:
    for kind in RECORDS:
        for action in ("read", MAKE, CHANGE, REMOVE):
            assert not access().may("visitor", kind.__name__, action)
            assert not access().may("visitor", "Unheard", action)


def test_a_class_without_its_entry_fails_at_the_start() -> None:
    names = [kind.__name__ for kind in RECORDS]
    whole = "\n".join(f'[{name}]\neveryone = ["read"]' for name in names)
    load_access(whole, "access.toml", names)
    for text in (
        whole.replace(f"[{names[3]}]\n", "[Nobody]\n"),
        whole + '\n[Other]\neveryone = ["read"]',
        whole.replace("everyone", "anyone", 1),
        whole.replace("read", "reed", 1),
    ):
        with pytest.raises(AppError):
            load_access(text, "access.toml", names)


READING = {
    "Sealed": seal.lines,
    "Erasure": lambda desk, _person_id: erasing.waiting(desk),
    "Removal": lambda desk, _person_id: aside.listed(desk),
    "journal": lambda desk, _person_id: journal.page(desk, journal.Filter(), 0, 10),
    "retention": lambda desk, _person_id: retention.preview(desk),
    "key sheets": lambda desk, _person_id: key_sheets.sheets(desk),
}


@pytest.mark.parametrize("what", READING)
def test_what_not_everyone_reads_is_read_by_nobody_else(tried: tuple[OpenVault, dict[type, Record]], what: str) -> None:
    opened, _records = tried
    person_id = people.page(opened.desk, 0, 1)[0].id
    told: dict[str, bool] = {}
    for name in WHO:
        try:
            found = READING[what](desk_of(opened, name), person_id)
            told[name] = bool(found) or what != "Sealed"
        except AppError as error:
            told[name] = error.code not in ("access.denied", "record.role")
    assert told == {HEAD: True, SECOND: True, HOLDER: what == "Sealed", CASEWORKER: False}


@pytest.mark.parametrize("name", [HEAD, HOLDER])
def test_a_merge_takes_everything_along_for_whoever_may_merge(tmp_path: Path, name: str) -> None:
    with office(tmp_path / "vault", FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))) as opened:
        users.add(opened, HOLDER, "apricot ladder seven rivers", "caseworker", one_time=False)
        kept, gone = bring_in(opened.desk)[0], bring_in(opened.desk)[0]
        desk = desk_of(opened, name)
        cases.assign(opened.desk, kept, desk.user.id)
        cases.assign(opened.desk, gone, desk.user.id)
        made, _changes = merging.merge(desk, kept, gone)
        with desk.reading() as reading:
            left = {
                kind.__name__
                for kind in RECORDS
                if "person_id" in table(kind).c and reading.all(kind, table(kind).c.person_id == gone)
            }
        assert left <= {"Case", "RefoulementAssessment"}  # of which a person has one: joined, and kept as they were
        assert merging.undo(desk, made.id).changed_since == 0
        assert desk.store.verify_journal()[1] is None


def test_past_the_table_write_only_those_whose_rule_is_another() -> None:
    """Whoever writes in a user's name goes through Desk.writing; these few say why not where they do it."""
    source = Path(panoh.__file__).parent
    found = set()
    for file in sorted(source.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(call, ast.Call) and ast.unparse(call.func).endswith("store.writing")
                for call in ast.walk(function)
            ):
                found.add(f"{file.stem}.{function.name}")
    assert found == {
        "desk.writing", "vault._lay_tables", "believed_clock.look",
        "desk.writing_as",  # granted as a whole: merges
        "exposed._assess_anew",  # levels, in a copy of a backup
        "users.change_passphrase", "users.tell",  # their own
        "undoing.undo_save",  # takes back what its user has just written
        "erasing.replay", "retention.look_at_clock",  # at unlocking, whoever unlocks
        "seal.hand_out", "seal.pass_on",  # the rule decides who gets a key, not who happens to unlock
    }  # fmt: skip
