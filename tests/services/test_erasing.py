"""Whoever is erased is found nowhere again: not in a table, the journal, a draft, a backup made after, an older one put back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE
from tests.services.erasing_people import (
    CASEWORKER,
    HEAD,
    SECOND,
    bring_in,
    desk_of,
    erased,
    everything_in,
    office,
    raw_pages,
)

from panoh.base import logs, paths
from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.cases import Case, Note
from panoh.domain.erasing import Erasure
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services import aside, drafts, erasing, journal, merging, people, search, summaries, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.services.vault import OpenVault
from panoh.store import erased_list
from panoh.store import erasing as store
from panoh.store.folder import VaultFolder
from panoh.store.tables import TABLES, field_names, table


def erase(opened: OpenVault, person_id: str, why: str = "request") -> None:
    """Asked by the one, agreed to by the other; the name goes from every other place."""
    second = desk_of(opened, SECOND)
    erasing.ask(opened.desk, person_id, why)
    wanted = next(one for one in erasing.waiting(second) if one.erasure.subject_id == person_id)
    places = erasing.mentioned(second, person_id).places
    erasing.agree(second, wanted.erasure.id, {}, [place.key for place in places])


def family(desk: Desk, *names: str) -> list[Person]:
    rows = [FamilyRow(name=name, sex="F", relation="head" if at == 0 else "child") for at, name in enumerate(names)]
    return list(save_family(desk, FamilyForm(rows=rows, phone="+996 555 010 203")).people)


def note(desk: Desk, person: Person, text: str) -> Note:
    case = Case(id=new_id(), person_id=person.id, opened_at=desk.clock.now())
    made = Note(id=new_id(), case_id=case.id, written_at=desk.clock.now(), author_id=desk.user.id, text=text)
    keep(desk, case, made)
    return made


def test_fifty_people_erased_are_found_nowhere(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    logs.start(paths.logs_folder())
    place = tmp_path / "vault"
    with office(place, clock) as opened:
        found = [bring_in(opened.desk) for _ in range(50)]
        kept_id, kept_markers = bring_in(opened.desk)
        before = opened.backup(tmp_path / "stick")
        entries = opened.desk.store.journal_head().count
        for person_id, _markers in found:
            erase(opened, person_id)
        assert all(erased(opened.desk, person_id) for person_id, _markers in found)
        chain = journal.check(opened.desk)
        assert chain.whole
        assert chain.head.count > entries
        assert not opened.check().problems
        after = opened.backup(tmp_path / "stick")
        assert people.line(opened.desk, kept_id) is not None
    markers = [marker for _person, mine in found for marker in mine]
    for folder in (place, after):
        told = everything_in(folder)
        assert not [marker for marker in markers if marker in told]
        assert all(marker in told for marker in kept_markers)
    assert any(marker in everything_in(before) for marker in markers)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert "Канарейка".encode() not in path.read_bytes(), path.name

    restored = tmp_path / "restored"  # an older backup: erased again before it is there
    vault.restore(before, restored, HEAD, PASSPHRASE, clock=clock)
    told = everything_in(restored)
    assert not [marker for marker in markers if marker in told]
    assert all(marker in told for marker in kept_markers)
    with vault.unlock(restored, CASEWORKER, PASSPHRASE, clock=clock) as again:
        assert all(erased(again.desk, person_id) for person_id, _markers in found)
        assert journal.check(again.desk).whole


@pytest.mark.skipif(shutil.which("openssl") is None, reason="reads the pages with openssl")
def test_no_old_page_of_the_file_holds_them(tmp_path: Path, clock: FixedClock) -> None:
    place = tmp_path / "vault"
    with office(place, clock) as opened:
        person_id, markers = bring_in(opened.desk)
    before = raw_pages(place)
    assert sum(marker.encode() in before for marker in markers) > len(markers) * 0.9  # some lie across two pages
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock) as opened:
        erase(opened, person_id)
    assert "Канарейка".encode() not in raw_pages(place)


def test_an_older_vault_put_back_is_erased_again_whoever_unlocks(tmp_path: Path, clock: FixedClock) -> None:
    place, kept = tmp_path / "vault", tmp_path / "kept"
    with office(place, clock) as opened:
        person_id, markers = bring_in(opened.desk)
    shutil.copytree(place, kept)
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock) as opened:
        erase(opened, person_id)
    older = VaultFolder(kept)
    for file in (older.db, older.key, older.mirror, older.mark):  # the list beside it stays
        shutil.copy(file, place / file.name)
    assert markers[0] in everything_in(place)
    with vault.unlock(place, CASEWORKER, PASSPHRASE, clock=clock) as opened:
        assert erased(opened.desk, person_id)
    told = everything_in(place)
    assert not [marker for marker in markers if marker in told]


def test_an_older_list_put_back_undoes_nothing(tmp_path: Path, clock: FixedClock) -> None:
    place = tmp_path / "vault"
    with office(place, clock) as opened:
        first, second = (bring_in(opened.desk)[0] for _ in range(2))
        erase(opened, first)
        older = (place / erased_list.NAME).read_bytes()
        erase(opened, second)
        whole = (place / erased_list.NAME).read_bytes()
    assert (place / erased_list.NAME).read_text("ascii").count("\n") == 2
    (place / erased_list.NAME).write_bytes(older)
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock):
        assert (place / erased_list.NAME).read_bytes() == whole  # united with what the vault itself holds
    (place / erased_list.NAME).unlink()
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock):
        assert (place / erased_list.NAME).read_bytes() == whole


@pytest.mark.parametrize("forged", ["signature", "subject"])
def test_a_line_that_nobody_signed_erases_nobody(tmp_path: Path, clock: FixedClock, forged: str) -> None:
    place = tmp_path / "vault"
    with office(place, clock) as opened:
        gone, kept = (bring_in(opened.desk)[0] for _ in range(2))
        erase(opened, gone)
    text = (place / erased_list.NAME).read_text("ascii")
    new = text.replace(gone, kept) if forged == "subject" else f"{new_id()} {kept} request - - 1276506000 {'0' * 64}\n"
    (place / erased_list.NAME).write_text(text + new, "ascii")
    with vault.unlock(place, HEAD, PASSPHRASE, clock=clock) as opened:
        assert people.line(opened.desk, kept) is not None


def test_it_takes_two_supervisors(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person = family(opened.desk, "Каримова Зулфия")[0]
        caseworker = desk_of(opened, CASEWORKER)
        asking = (
            lambda: erasing.ask(caseworker, person.id, "request"),
            lambda: erasing.waiting(caseworker),
            lambda: erasing.mentioned(caseworker, person.id),
            lambda: aside.set_aside(caseworker, person.id, "mistake"),
            lambda: aside.listed(caseworker),
        )
        for ask in asking:
            with pytest.raises(AppError, match="role"):
                ask()
        erasing.ask(opened.desk, person.id, "request")
        with pytest.raises(AppError, match="asked for this already"):
            erasing.ask(desk_of(opened, SECOND), person.id, "request")
        wanted = erasing.waiting(opened.desk)[0]
        assert wanted.mine
        for desk, words in ((opened.desk, "two people"), (caseworker, "role")):
            with pytest.raises(AppError, match=words):
                erasing.agree(desk, wanted.erasure.id, {})
        assert people.line(opened.desk, person.id) is not None
        erasing.refuse(desk_of(opened, SECOND), wanted.erasure.id)
        assert erasing.waiting(opened.desk) == []
        with pytest.raises(AppError, match="joined to another one, or is erased"):
            erasing.agree(desk_of(opened, SECOND), wanted.erasure.id, {})


def test_where_else_the_name_stands_is_decided_place_by_place(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk, second = opened.desk, desk_of(opened, SECOND)
        mother, daughter = family(desk, "Каримова Зулфия Анваровна", "Каримова Азиза")
        stranger = family(desk, "Турсунов Бек")[0]
        of_daughter = note(desk, daughter, "Her mother Zulfiya left on Monday; Karimova said so.")
        of_stranger = note(desk, stranger, "Came with Каримова Зулфия from the school.")
        namesake = note(desk, family(desk, "Юсупова Зулфия")[0], "Зулфия is well.")
        own = note(desk, mother, "She fears for Azizа, her daughter Азиза.")
        request = TracingRequest(
            id=new_id(), number="KX7-90002-1", inquirer_id=stranger.id, given_name="Зулфия", sought_person_id=mother.id
        )
        keep(desk, request)
        drafts.keep(desk, new_id(), "family", {"rows": [{"name": "Зулфия Каримова"}]})
        erasing.ask(desk, mother.id, "request")
        found = erasing.mentioned(second, mother.id)
        told = {(place.record_class, place.record_id): place for place in found.places}
        assert set(told) >= {("Note", of_daughter.id), ("Note", of_stranger.id), ("TracingRequest", request.id)}
        assert ("Note", namesake.id) not in told  # one name alone, of nobody linked
        assert told["Note", of_daughter.id].words == "Zulfiya"  # the family's name is the daughter's too
        assert told["Note", of_daughter.id].number == daughter.number
        assert any(place.record_class == "draft" for place in found.places)
        assert [place.record_id for place in found.takes_along] == [own.id]

        wanted = erasing.waiting(second)[0].erasure.id
        keys = {place.key for place in found.places}
        kept = next(place.key for place in found.places if place.record_id == of_stranger.id)
        with pytest.raises(AppError, match=f"{len(keys)} other places"):
            erasing.agree(second, wanted, {})
        with pytest.raises(AppError, match="without the name"):
            erasing.agree(second, wanted, {kept: "Зулфия matters here"}, keys - {kept})
        assert people.line(desk, mother.id) is not None
        erasing.agree(second, wanted, {kept: "the way they came"}, keys - {kept})

        with desk.reading() as reading:
            assert reading.get(Note, of_daughter.id).text == "Her mother […] left on Monday; Karimova said so."
            assert "Зулфия" in reading.get(Note, of_stranger.id).text
            assert reading.get(Note, namesake.id).text == "Зулфия is well."
            assert reading.get(TracingRequest, request.id) == replace(request, given_name="", sought_person_id="")
            assert reading.get(Person, daughter.id).household_id == daughter.household_id
        assert drafts.mine(desk) == []
        assert journal.check(desk).whole
        assert search.people(desk, "Зулфия Каримова", 5) == [] or all(
            hit.line.id != mother.id for hit in search.people(desk, "Зулфия Каримова", 5)
        )
    told_after = everything_in(tmp_path / "vault")
    assert "Zulfiya left" not in told_after
    assert "the way they came" in told_after


def test_who_was_joined_goes_with_the_record_that_goes_on(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        kept, gone = family(desk, "Каримова Зулфия")[0], family(desk, "Karimova Zulfiya Anvarovna")[0]
        clock.at += timedelta(minutes=1)
        merging.merge(desk, kept.id, gone.id)
        with pytest.raises(AppError, match="joined to another"):
            erasing.ask(desk, gone.id, "request")
        erase(opened, kept.id)
        assert erased(desk, kept.id)
        assert erased(desk, gone.id)
        with desk.reading() as reading:
            assert len(reading.all(Erasure)) == 2
        assert journal.check(desk).whole
    assert "Anvarovna" not in everything_in(tmp_path / "vault")


def test_a_merge_that_was_undone_leaves_nothing_in_the_other_s_journal(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        kept, gone = family(desk, "Каримова Зулфия")[0], family(desk, "Юсупова Насиба Шавкатовна")[0]
        note(desk, kept, "hers")
        note(desk, gone, "what was told of Nasiba")
        clock.at += timedelta(minutes=1)
        made, _changes = merging.merge(desk, kept.id, gone.id, [("Person", "given_name")])
        clock.at += timedelta(minutes=1)
        merging.undo(desk, made.id)
        clock.at += timedelta(minutes=1)
        erase(opened, gone.id)
        assert people.line(desk, kept.id) is not None
        assert journal.check(desk).whole
    told = everything_in(tmp_path / "vault")
    assert not [word for word in ("Насиба", "Nasiba", "Шавкатовна") if word in told]


def test_records_taken_away_before_are_erased_from_the_journal_too(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        person = family(desk, "Каримова Зулфия")[0]
        written = note(desk, person, "MARKED-AND-GONE")
        with desk.reading() as reading:
            case = reading.get(Case, written.case_id)
        keep(desk, without=(written,))
        keep(desk, without=(case,))
        assert "MARKED-AND-GONE" in everything_in(tmp_path / "vault")
        erase(opened, person.id)
    assert "MARKED-AND-GONE" not in everything_in(tmp_path / "vault")


def test_the_household_goes_with_the_last_of_it_and_stays_for_the_others(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        mother, daughter = family(desk, "Каримова Зулфия", "Каримова Азиза")
        erase(opened, mother.id)
        assert people.person(desk, daughter.id).household is not None
        aside.set_aside(desk, daughter.id, "request")
        clock.at += timedelta(days=31)
        erase(opened, daughter.id)
        with desk.reading() as reading:
            assert reading.all(Person) == []
    assert "555 010 203" not in everything_in(tmp_path / "vault")


def test_a_value_taken_out_of_the_journal_by_hand_is_seen(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        desk = opened.desk
        first, second = family(desk, "Каримова Зулфия")[0], family(desk, "Юсупова Насиба")[0]
        erase(opened, first.id)
        assert journal.check(desk).whole
        with desk.writing() as unit:
            store.forget_values(unit.connection, [second.id])
        found = journal.check(desk)
        assert found.emptied > 0
        assert "lost what they said" in " ".join(opened.check().problems)


def test_every_field_that_names_another_record_is_known(opened: OpenVault) -> None:
    """A new class that points at a person by a field that is no reference would be left behind."""
    no_references = {("Unanswered", "record_id"), ("SealKey", "holder_id"), ("Erasure", "subject_id")}
    theirs = "external_id"  # of whoever sent a list
    for kind in TABLES:
        for name in field_names(kind):
            if name.endswith("_id") and name != theirs and (kind.__name__, name) not in no_references:
                assert table(kind).c[name].foreign_keys, (kind.__name__, name)


def test_a_paper_of_the_erased_is_no_export_any_more(tmp_path: Path, clock: FixedClock) -> None:
    with office(tmp_path / "vault", clock) as opened:
        person = family(opened.desk, "Каримова Зулфия")[0]
        summaries.export_case(opened.desk, person.id, summaries.Wanted(recipient="MARKED-OFFICE"))
        clock.at = datetime(2010, 6, 15, tzinfo=UTC)
        erase(opened, person.id)
    assert "MARKED-OFFICE" not in everything_in(tmp_path / "vault")
