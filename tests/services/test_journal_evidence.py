"""The journal as evidence: an edit, a cut, another order, a replacement, an older file are each seen, and by what."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Connection
from tests.conftest import PASSPHRASE
from tests.services.erasing_people import CASEWORKER, HEAD, SECOND, desk_of, office
from tests.services.test_erasing import family, note

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Task
from panoh.services import cases, journal, people, seal, summaries, vault
from panoh.services.journal import Filter
from panoh.services.records import keep
from panoh.store import journal as chain
from panoh.store.folder import VaultFolder
from panoh.store.keys import unlock as open_keys


def edited(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE journal SET actor = 'x' WHERE seq = 5")


def said_otherwise(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE journal_value SET new = '\"x\"' WHERE seq = 5")


def deleted(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = 5")
    connection.exec_driver_sql("DELETE FROM journal WHERE seq = 5")


def emptied(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM journal_value WHERE seq = 5")


def in_another_order(connection: Connection) -> None:
    for table in ("journal", "journal_value"):
        for old, new in ((5, -1), (6, 5), (-1, 6)):
            connection.exec_driver_sql(f"UPDATE {table} SET seq = {new} WHERE seq = {old}")


def replaced(connection: Connection) -> None:
    copied = (
        "SELECT 5, device, actor, at, change, record_class, record_id, field, digest, mac FROM journal WHERE seq = 6"
    )
    connection.exec_driver_sql(f"INSERT OR REPLACE INTO journal {copied}")


def tamper(opened: vault.OpenVault, how: Callable[[Connection], None]) -> None:
    with opened.desk.writing() as unit:
        unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
        for name in chain.TRIGGERS:
            unit.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        how(unit.connection)


@pytest.mark.parametrize("how", [edited, said_otherwise, deleted, emptied, in_another_order, replaced])
def test_the_chain_shows_what_was_done_by_hand(
    tmp_path: Path, clock: FixedClock, how: Callable[[Connection], None]
) -> None:
    with office(tmp_path / "vault", clock) as opened:
        family(opened.desk, "Каримова Зулфия", "Каримова Азиза")
        assert opened.check_journal().whole
        tamper(opened, how)
        found = opened.check_journal()
        assert not found.whole
        assert found.problems()
        assert set(found.problems()) <= set(opened.check().problems)
        assert found.broken_at in ((None,) if how is emptied else (5, 6))


def cut_tail(connection: Connection) -> None:
    for table in ("journal_value", "journal"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE seq > (SELECT max(seq) - 3 FROM journal)")


def test_a_cut_tail_is_seen_by_the_head_on_a_paper(tmp_path: Path, clock: FixedClock) -> None:
    """The chain alone fits after a cut: the head that was printed, or kept with a backup, is what shows it."""
    with office(tmp_path / "vault", clock) as opened:
        family(opened.desk, "Каримова Зулфия", "Каримова Азиза")
        printed = journal.head(opened.desk)
        assert journal.stands_in(opened.desk, printed.code)
        tamper(opened, cut_tail)
        assert opened.check_journal().whole
        assert not journal.stands_in(opened.desk, printed.code)
        keep(opened.desk, *(Task(id=new_id(), what="x", owner_id=opened.desk.user.id) for _ in range(9)))
        assert journal.head(opened.desk).count > printed.count  # grown over, and still seen
        assert not journal.stands_in(opened.desk, printed.code)


def test_an_older_file_is_seen_by_the_head_on_a_paper_and_in_a_backup(tmp_path: Path, clock: FixedClock) -> None:
    place = tmp_path / "vault"
    office(place, clock).close()
    shutil.copytree(place, tmp_path / "older")
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock) as opened:
        family(opened.desk, "Каримова Зулфия")
        code = journal.head(opened.desk).code
        kept = opened.backup(tmp_path / "stick")
    shutil.copy(tmp_path / "older" / "vault.db", place / "vault.db")
    with pytest.raises(AppError) as met:  # it does not reach the mark that locking left
        vault.unlock(place, HEAD, PASSPHRASE, clock=clock)
    assert met.value.code == "vault.damaged"
    shutil.copy(tmp_path / "older" / "vault.mark", place / "vault.mark")  # whoever brings it knows of the mark
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock) as opened:
        assert opened.check_journal().whole
        assert not journal.stands_in(opened.desk, code)
    with vault.unlock(kept, HEAD, PASSPHRASE, clock=clock) as opened:
        assert journal.stands_in(opened.desk, code)
    assert open_keys(VaultFolder(kept), HEAD, PASSPHRASE)


@pytest.mark.parametrize(
    "code", ["", "x", "5-", "-1-00000000", "0-00000000", "99999999-01234567", "5-0123456g", "1'--5"]
)
def test_a_code_that_was_misread_stands_nowhere(desk_opened: vault.OpenVault, code: str) -> None:
    assert not journal.stands_in(desk_opened.desk, code)


@pytest.fixture
def desk_opened(opened: vault.OpenVault) -> vault.OpenVault:
    return opened


def test_the_walk_stops_when_the_vault_is_locked(tmp_path: Path, clock: FixedClock) -> None:
    opened = office(tmp_path / "vault", clock)
    opened.close()
    with pytest.raises(AppError, match="locked"):
        opened.check_journal()


def test_the_viewer_filters(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk, second = opened.desk, desk_of(opened, SECOND)
        person, other = family(desk, "Каримова Зулфия")[0], family(desk, "Юсупова Насиба")[0]
        clock.at = clock.at.replace(day=16)
        written = note(second, person, "one")
        note(desk, other, "two")
        cases.take(desk, other.id)
        everything = journal.page(desk, Filter(), 0, 999)
        assert [entry.seq for entry in everything] == list(range(journal.count(desk, Filter()), 0, -1))
        assert [entry.seq for entry in journal.page(desk, Filter(), 2, 3)] == [entry.seq for entry in everything[2:5]]
        for wanted, is_so in (
            (Filter(user_id=second.user.id), lambda e: e.actor == second.user.id),
            (Filter(record_class="Note"), lambda e: e.record_class == "Note"),
            (Filter(change="changed"), lambda e: e.change == "changed"),
            (Filter(since=date(2010, 6, 16)), lambda e: e.at.date() >= date(2010, 6, 16)),
            (Filter(until=date(2010, 6, 15)), lambda e: e.at.date() <= date(2010, 6, 15)),
        ):
            told = journal.page(desk, wanted, 0, 999)
            assert told == [entry for entry in everything if is_so(entry)]
            assert told
            assert journal.count(desk, wanted) == len(told)
        mine = journal.page(desk, Filter(number=person.number), 0, 999)
        assert {entry.record_id for entry in mine} >= {person.id, written.id, written.case_id}
        assert "two" not in repr(mine)
        assert journal.about_whom(desk, mine)[written.id] == person.number
        with pytest.raises(AppError, match="number"):
            journal.page(desk, Filter(number="KX7-99999-9"), 0, 9)


def test_it_is_for_those_who_decide(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        caseworker = desk_of(opened, CASEWORKER)
        for ask in (
            lambda: journal.page(caseworker, Filter(), 0, 9),
            lambda: journal.count(caseworker, Filter()),
            lambda: journal.about_whom(caseworker, []),
        ):
            with pytest.raises(AppError, match="role"):
                ask()


def test_of_what_is_sealed_it_tells_who_and_why_and_no_word(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        person = family(desk, "Каримова Зулфия")[0]
        seal.seal(desk, person.id, "whereabouts", {"text": "WITH HER AUNT"})
        line = seal.lines(desk, person.id)[0]
        seal.open_sealed(desk, line.id, "a car goes there today")
        told = [entry for entry in journal.page(desk, Filter(), 0, 99) if entry.record_class in ("Sealed", "SealKey")]
        assert {entry.change for entry in told} == {"made", "read"}
        assert all(entry.old is None and (entry.new is None or entry.change == "read") for entry in told)
        assert [(entry.actor, entry.new) for entry in told if entry.change == "read"] == [
            (desk.user.id, "a car goes there today")
        ]
        assert "AUNT" not in repr(told)


def test_a_private_task_is_its_owner_s_here_too(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        second = desk_of(opened, SECOND)
        task = Task(id=new_id(), what="SEE A DOCTOR", owner_id=second.user.id, private=True)
        keep(second, task)
        assert "DOCTOR" not in repr(journal.page(opened.desk, Filter(), 0, 99))
        assert "DOCTOR" in repr(journal.page(second, Filter(), 0, 99))
        keep(second, without=(task,))
        assert "DOCTOR" not in repr(journal.page(opened.desk, Filter(), 0, 99))


def test_a_list_that_was_taken_out_is_in_it(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        journal.took_list(opened.desk, "people", 12)
        entry = journal.page(opened.desk, Filter(change="exported"), 0, 9)[0]
        assert (entry.record_class, entry.record_id, entry.new, entry.actor) == (
            "List",
            "people",
            "12",
            opened.desk.user.id,
        )
        assert people.count(opened.desk) == 0
        assert cases.users(opened.desk)


@pytest.mark.parametrize(("level", "printed"), [("supervisor", True), ("named", True), ("carry", False)])
def test_a_paper_shows_where_the_journal_stood(tmp_path: Path, clock: FixedClock, level: str, printed: bool) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person = family(opened.desk, "Каримова Зулфия")[0]
        wanted = summaries.Wanted(level=level, plain=True, reason="to look at it", recipient="unhcr")
        made = summaries.export_case(opened.desk, person.id, wanted)
        read = pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_bounded()
        codes = re.findall(r"Journal (\d+-[0-9a-f]{8})", read)
        assert bool(codes) is printed
        assert all(journal.stands_in(opened.desk, code) for code in codes)
