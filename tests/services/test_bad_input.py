"""Bad input, one case after another: a sentence that says what happened, and nothing lost or half written."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import Connection, event
from tests.conftest import CHEAP, PASSPHRASE
from tests.exchange.sheets import write_xlsx
from tests.store.small_vault import fill, flip, mounted

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption
from panoh.domain.cases import Export as ExportRecord
from panoh.domain.household import Household
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.services import cases, duplicates, imports, people, search, summaries, triage, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, check_family, save_family
from panoh.services.vault import OpenVault
from panoh.store import keys
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder

LOLA = FamilyForm(rows=(FamilyRow(name="Каримова Лола", sex="F", birth="1990", relation="head"),))
MARKUP = ("<b>x", '<img src="/etc/hostname">')
LONG = "Каримова " * 1111 + "я"  # 10,000 characters


def told(call: Callable[..., object], *args: object, **named: object) -> AppError:
    """The refusal of this call, with a sentence that says what happened, what was kept and what to do."""
    with pytest.raises(AppError) as caught:
        call(*args, **named)
    sentence = caught.value.sentence()
    assert sentence.count(". ") >= 1
    assert "{" not in sentence
    return caught.value


def unlock(place: Path, clock: FixedClock, passphrase: str = PASSPHRASE, user: str = "feruza") -> OpenVault:
    return vault.unlock(place, user, passphrase, clock=clock)


@pytest.fixture
def place(opened: OpenVault) -> Path:
    """A locked vault with one person in it and one backup."""
    save_family(opened.desk, LOLA)
    opened.backup()
    opened.close()
    return opened.desk.folder


def whole(place: Path, clock: FixedClock, count: int = 1) -> None:
    """The vault opens, everything fits and these people are in it."""
    with unlock(place, clock) as opened:
        found = opened.check()
        assert (found.problems, found.people) == ((), count)


# --- keys and vaults ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user", "passphrase"), [("feruza", "wrong"), ("nobody", PASSPHRASE), ("", ""), ("feruza", "")]
)
def test_a_wrong_passphrase(place: Path, clock: FixedClock, user: str, passphrase: str) -> None:
    assert told(unlock, place, clock, passphrase, user).code == "vault.wrong_passphrase"
    whole(place, clock)


@pytest.mark.parametrize("name", ["vault.key", "vault.key.mirror"])
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone", "emptied"])
def test_one_damaged_key_file_is_repaired_from_the_other(
    place: Path, clock: FixedClock, name: str, damage: str
) -> None:
    file, good = place / name, (place / name).read_bytes()
    _harm(file, damage)
    with unlock(place, clock) as opened:
        assert opened.repaired
    assert file.read_bytes() == good
    whole(place, clock)


def _harm(file: Path, damage: str) -> None:
    if damage == "flipped":
        flip(file, file.stat().st_size // 2)
    elif damage == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if damage == "emptied" else file.read_bytes()[:100])


def test_both_key_files_damaged(place: Path, clock: FixedClock) -> None:
    good = (place / "vault.key").read_bytes()
    for name in ("vault.key", "vault.key.mirror"):
        _harm(place / name, "flipped")
    error = told(unlock, place, clock)
    assert error.code == "vault.key_damaged"
    assert "backup" in error.sentence()
    (place / "vault.key").write_bytes(good)  # what the sentence asks for
    whole(place, clock)


@pytest.mark.parametrize("damage", ["first page", "cut in half", "emptied", "noise"])
def test_a_damaged_vault_names_its_newest_backup(place: Path, clock: FixedClock, tmp_path: Path, damage: str) -> None:
    db, good = place / "vault.db", (place / "vault.db").read_bytes()
    bad = {
        "first page": good[:200] + bytes([good[200] ^ 1]) + good[201:],
        "cut in half": good[: len(good) // 2],
        "emptied": b"",
        "noise": random.Random(7).randbytes(len(good)),
    }
    db.write_bytes(bad[damage])
    error = told(unlock, place, clock)
    backup = next((place / "backups").iterdir())
    assert error.code == "vault.damaged"
    assert backup.name in error.sentence()
    assert db.read_bytes() == bad[damage]  # kept for whoever may still save something from it
    vault.restore(backup, tmp_path / "again", "feruza", PASSPHRASE, clock=clock)
    whole(tmp_path / "again", clock)


def test_damage_without_a_backup_says_where_to_look(opened: OpenVault, clock: FixedClock) -> None:
    opened.close()
    (opened.desk.folder / "vault.db").write_bytes(b"")
    assert "none lies in the vault's folder" in told(unlock, opened.desk.folder, clock).sentence()


def test_a_flipped_byte_anywhere_is_found_by_the_check_or_stops_the_unlocking(place: Path, clock: FixedClock) -> None:
    db, chance = place / "vault.db", random.Random(20100610)
    good = db.read_bytes()
    for at in (chance.randrange(len(good)) for _ in range(12)):
        flip(db, at)
        try:
            with unlock(place, clock) as opened:
                assert opened.check().problems
        except AppError as error:
            assert error.code == "vault.damaged"  # noqa: PT017
        for file in place.glob("vault.db-*"):
            file.unlink()
        db.write_bytes(good)
    whole(place, clock)


def test_a_vault_of_a_newer_panoh(place: Path, clock: FixedClock) -> None:
    _set_revision(place, "9999")
    before = (place / "vault.db").read_bytes()
    error = told(unlock, place, clock)
    assert (error.code, error.params["found"]) == ("vault.newer", "9999")
    assert (place / "vault.db").read_bytes() == before
    _set_revision(place, str(error.params["known"]))
    whole(place, clock)


def _set_revision(place: Path, revision: str) -> None:
    folder = VaultFolder(place)
    with closing(connect(folder.db, keys.unlock(folder, "feruza", PASSPHRASE).key)) as store:
        store.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_second_window_is_told_since_when(opened: OpenVault, clock: FixedClock) -> None:
    error = told(unlock, opened.desk.folder, clock)
    assert error.code == "vault.in_use"
    assert clock.now().astimezone().strftime("%H:%M") in error.sentence()
    save_family(opened.desk, LOLA)  # the first window goes on


def test_recovery(tmp_path: Path, clock: FixedClock) -> None:
    made = vault.create(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock, kdf=CHEAP)
    made.open.close()
    here, new = tmp_path / "vault", "olma daryo bulut qalam"
    before = (here / "vault.key").read_bytes()
    wrong = "0000-" + made.recovery[5:]
    assert told(vault.recover, here, wrong, "feruza", new, clock=clock).code == "vault.wrong_recovery"
    assert told(vault.recover, here, made.recovery, "nobody", new, clock=clock).code == "vault.no_such_user"
    assert told(vault.recover, here, made.recovery, "feruza", "short", clock=clock).code == "vault.weak_passphrase"
    assert (here / "vault.key").read_bytes() == before
    again = vault.recover(here, made.recovery.lower(), "feruza", new, clock=clock)
    again.open.close()
    assert again.recovery != made.recovery
    assert told(unlock, here, clock).code == "vault.wrong_passphrase"
    assert told(vault.recover, here, made.recovery, "feruza", new, clock=clock).code == "vault.wrong_recovery"
    unlock(here, clock, new).close()


def test_a_restore_never_writes_over_anything(place: Path, clock: FixedClock, tmp_path: Path) -> None:
    backup = next((place / "backups").iterdir())
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    for target in (full, place, full / "letter.txt"):
        assert told(vault.restore, backup, target, "feruza", PASSPHRASE, clock=clock).code == "vault.exists"
    assert [path.name for path in full.iterdir()] == ["letter.txt"]
    assert told(vault.restore, backup, tmp_path / "a", "feruza", "wrong", clock=clock).code == "vault.wrong_passphrase"
    flip(backup / "vault.db", 5000)
    assert told(vault.restore, backup, tmp_path / "a", "feruza", PASSPHRASE, clock=clock).code == "backup.unreadable"
    assert not list(tmp_path.glob("a*"))
    whole(place, clock)


def test_a_vault_needs_a_place_a_name_and_a_code_that_can_be_said(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "file").write_text("mine")

    def make(at: Path, user: str = "feruza", device: str = "") -> None:
        vault.create(at, user, PASSPHRASE, clock=clock, device=device, kdf=CHEAP)

    assert told(make, tmp_path / "file" / "vault").code == "vault.not_readable"
    for device in ("KL7", "K", "KX7KX", "К17"):
        assert told(make, tmp_path / "vault", device=device).code == "vault.bad_device"
    with pytest.raises(FieldProblem):
        make(tmp_path / "vault", user="  ")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# --- a full disk -------------------------------------------------------------------------------------------------


Room = tuple[OpenVault, Callable[[], None], Callable[[], None]]


@pytest.fixture(params=["small disk", "store that may not grow"])
def room(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    """An open vault with one person, a way to leave it no room, and a way to give it room again."""
    if request.param == "small disk":
        with mounted(tmp_path / "disk", "6m") as disk, _with_lola(disk, clock) as opened:
            yield opened, lambda: fill(disk), (disk / "filler").unlink
        return
    with _with_lola(tmp_path, clock) as opened:
        engine = opened.desk.store._engine
        most = [1 << 30]

        def limit(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most[0]}")

        def leave_none() -> None:
            with opened.desk.reading() as reading:
                most[0] = int(reading.connection.exec_driver_sql("PRAGMA page_count").scalar_one())

        event.listen(engine, "begin", limit)
        yield opened, leave_none, lambda: most.__setitem__(0, 1 << 30)


def _with_lola(place: Path, clock: FixedClock) -> OpenVault:
    made = vault.create(place / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    save_family(made.open.desk, LOLA)
    return made.open


def _family(count: int) -> FamilyForm:
    return FamilyForm(rows=tuple(FamilyRow(name=f"Синов Азиз{n} {'я' * 150}", sex="M") for n in range(count)))


def test_a_full_disk_while_saving_and_importing(room: Room, tmp_path: Path, clock: FixedClock) -> None:
    opened, leave_none, give = room
    desk, head = opened.desk, opened.desk.store.journal_head()
    rows = [{"person_id": f"P{n}", "given_name": "Лола " + "я" * 150, "household_id": f"H{n}"} for n in range(300)]
    path = _csv(tmp_path / "people.csv", rows)
    leave_none()
    for call in (lambda: save_family(desk, _family(200)), lambda: imports.import_people(desk, path, imports.Options())):
        error = told(call)
        assert error.code == "disk.full"
        assert "Everything saved before is kept" in error.sentence()
        assert people.count(desk) == 1
        assert desk.store.journal_head() == head
        assert len(search.people(desk, "Lola Karimova")) == 1  # reading goes on
    give()
    assert save_family(desk, _family(200)).people[0].number  # what the sentence asks for
    assert imports.import_people(desk, path, imports.Options()).added == 300
    opened.close()
    whole(desk.folder, clock, 501)


def test_a_backup_and_a_paper_onto_a_full_disk(opened: OpenVault, tmp_path: Path) -> None:
    person = save_family(opened.desk, LOLA).people[0]
    made = summaries.export_case(opened.desk, person.id, summaries.Wanted())
    with mounted(tmp_path / "stick", "2m") as stick:
        fill(stick)
        assert told(opened.backup, stick / "panoh").code == "disk.full"
        assert told(vault.write_file, stick / "paper.pdf", made.pdf).code == "disk.full"
        assert [path.name for path in stick.rglob("*") if path.is_file()] == ["filler"]
    assert opened.check().problems == ()
    assert opened.backup(tmp_path / "elsewhere").is_dir()


def test_a_backup_to_a_place_that_is_none(opened: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert told(opened.backup, tmp_path / "file").code == "vault.not_readable"
    assert (tmp_path / "file").read_text() == "mine"


# --- files that come in ------------------------------------------------------------------------------------------


def _csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _zip(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.no_columns"),
        (b"\n\n", "file.no_columns"),
        (b"colour,taste\nred,sweet\n", "file.no_columns"),
        (random.Random(1).randbytes(5000), "file.unreadable"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "file.unreadable"),
        (b"PK\x03\x04" + random.Random(2).randbytes(5000), "file.unreadable"),
        (_zip(letter=b"this is no workbook"), "file.unreadable"),
        (b"%PDF-1.7\n" + bytes(range(32)) * 50, "file.unreadable"),
    ],
    ids=["empty", "blank", "other columns", "noise", "old office", "broken zip", "other zip", "pdf"],
)
def test_an_unreadable_file(desk: Desk, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(content)
    head = desk.store.journal_head()
    for bring_in in (imports.import_people, imports.import_tracing):
        assert told(bring_in, desk, path, imports.Options()).code == code
    assert desk.store.journal_head() == head


def test_a_missing_file_and_a_workbook_that_was_cut(desk: Desk, tmp_path: Path) -> None:
    assert told(imports.import_people, desk, tmp_path / "none.csv", imports.Options()).code == "file.missing"
    path = write_xlsx(tmp_path / "people.xlsx", [["given_name", "sex"], *([f"Лола{n}", "F"] for n in range(500))])
    path.write_bytes(path.read_bytes()[:-600])
    assert told(imports.import_people, desk, path, imports.Options()).code == "file.unreadable"
    assert people.count(desk) == 0


def test_a_half_garbage_file_gives_its_good_rows(desk: Desk, tmp_path: Path) -> None:
    chance = random.Random(3)
    lines = ["person_id,given_name,sex,birth_date,feared_country"]
    lines += [f"G{n},Лола,F,1990-01-01,UZ" for n in range(40)]
    raw = "\n".join(lines).encode().split(b"\n")
    for at in range(
        2, 40, 2
    ):  # every second row: bytes that are no text, a wrong country, a quotation mark, cells too many
        raw[at] = [chance.randbytes(60).replace(b"\n", b"").replace(b"\r", b"") + b",x,F", b"B,Lola,F,,Atlantis",
                   b'B,"Lola,F,,', b"B,Lola,F,,UZ,more,and,more"][at % 4]  # fmt: skip
    path = tmp_path / "people.csv"
    path.write_bytes(b"\n".join(raw))
    result = imports.import_people(desk, path, imports.Options())
    assert result.added + len(result.refused) == 40
    assert result.added >= 21
    assert people.count(desk) == result.added
    assert all(each.reason.strip().endswith(".") for each in result.refused)


def test_a_half_garbage_workbook_gives_its_good_rows(desk: Desk, tmp_path: Path) -> None:
    rows = [["given_name", "sex", "birth_date"], ["Лола", "F", "1990-01-01"], ["Лола", "#REF!", ""], ["Лола", "F", 1e300],
            [True, 17, "F"], [None, "F", "1990"], ["Азиз", "M", 32874.5], ["=1+1", "M", "1990"]]  # fmt: skip
    result = imports.import_people(desk, write_xlsx(tmp_path / "people.xlsx", rows), imports.Options())
    assert result.added + len(result.refused) == len(rows) - 1
    assert people.count(desk) == result.added >= 1


# --- what people type --------------------------------------------------------------------------------------------


def _words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def _plain(desk: Desk, person_id: str, level: str) -> str:
    wanted = summaries.Wanted(level=level, plain=True, reason="a test")
    wanted, _open = summaries.answer_all(desk, person_id, wanted, because="a test")  # the origin is the same text
    return _words(summaries.export_case(desk, person_id, wanted).pdf)


@pytest.mark.parametrize("name", MARKUP)
def test_markup_is_text(desk: Desk, tmp_path: Path, name: str) -> None:
    typed = save_family(desk, FamilyForm(rows=(FamilyRow(name=name, sex="F"),), address_before=name)).people[0]
    assert all(part in typed.full_name for part in name.split())
    path = _csv(tmp_path / "people.csv", [{"person_id": name, "given_name": name, "family_name": name, "origin": name}])
    assert imports.import_people(desk, path, imports.Options()).added == 1
    read = people.person(desk, people.by_number(desk, name)).person
    assert (read.given_name, read.family_name, read.external_id, read.origin) == (name, name, name, name)
    assert {found.line.id for found in search.people(desk, name)} == {read.id}  # by the sender's id
    case = Case(id=new_id(), person_id=read.id, question=name, wish=name, recommendation=name, without_answer=name)
    option = CaseOption(id=new_id(), case_id=case.id, letter="A", what=name, consequence=name)
    action = CaseAction(id=new_id(), case_id=case.id, done_on=desk.clock.today(), what=name, result=name)
    keep(desk, case, option, action)
    cases.add_task(desk, read.id, name, None)
    for level in summaries.LEVELS:
        assert _plain(desk, read.id, level)
    assert name in _plain(desk, read.id, summaries.NAMED)


def test_ten_thousand_characters_in_the_grid_are_refused_and_nothing_is_cut(desk: Desk) -> None:
    row = FamilyRow(name=LONG, sex="F", birth="9" * 10_000)
    form = FamilyForm(rows=(row,), address_before=LONG, phone=LONG)
    fields = {problem.field for problem in check_family(desk, form)}
    assert fields == {"address_before", "phone", "rows.0.name", "rows.0.birth"}
    with pytest.raises(FormProblems):
        save_family(desk, form)
    assert people.count(desk) == 0


def test_ten_thousand_characters_in_a_file_refuse_their_row(desk: Desk, tmp_path: Path) -> None:
    columns = [name for name in imports.PEOPLE_COLUMNS if name not in ("given_name", "needs")]
    rows = [dict.fromkeys([*columns, "given_name"], "") | {"given_name": "Лола", name: LONG} for name in columns]
    rows.append(dict.fromkeys([*columns, "given_name"], "") | {"given_name": "Лола"})
    for path in (_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", [[*rows[0]], *([*row.values()] for row in rows)])):  # fmt: skip
        result = imports.import_people(desk, path, imports.Options())
        assert (result.added, len(result.refused)) == (1, len(columns))
    assert people.count(desk) == 2


@pytest.mark.parametrize("level", summaries.LEVELS)
def test_ten_thousand_characters_in_a_record(desk: Desk, level: str) -> None:
    """Forms that set no limit keep every character; search finds them; the paper is made or says what to shorten."""
    person = replace(save_family(desk, LOLA).people[0], family_name=LONG, patronymic=LONG, origin=LONG, phone=LONG)
    case = Case(id=new_id(), person_id=person.id, without_answer=LONG, recommendation=LONG, wish=LONG, child_view=LONG)
    keep(desk, person, case)
    keep(desk, PersonName(id=new_id(), person_id=person.id, kind="nickname", text=LONG),
         IdentityDocument(id=new_id(), person_id=person.id, kind="passport", document_no=LONG, state="lost"),
         CaseOption(id=new_id(), case_id=case.id, letter="A", what=LONG, consequence=LONG, ready=LONG),
         CaseAction(id=new_id(), case_id=case.id, done_on=desk.clock.today(), what=LONG, result=LONG))  # fmt: skip
    cases.add_task(desk, person.id, LONG, desk.clock.now())
    assert people.person(desk, person.id).person.family_name == LONG
    assert [found.line.id for found in search.people(desk, "Karimova Lola")] == [person.id]
    assert {found.line.id for found in search.people(desk, LONG)} <= {person.id}
    assert search.people(desk, " ".join(f"имя{n:04}" for n in range(1250))) == []
    assert triage.whole_queue(desk, 5)
    assert _plain(desk, person.id, level)


def test_a_29_february_that_never_was(desk: Desk, tmp_path: Path) -> None:
    row = FamilyRow(name="Каримова Лола", sex="F", birth="29.02.2007")
    problem = check_family(desk, FamilyForm(rows=(row,)))[0]
    assert problem.field == "rows.0.birth"
    assert "2007" in problem.text
    with pytest.raises(FormProblems):
        save_family(desk, FamilyForm(rows=(row,)))
    rows = [{"person_id": "A", "given_name": "Лола", "birth_date": "2007-02-29"},
            {"person_id": "B", "given_name": "Лола", "birth_date": "2008-02-29"}]  # fmt: skip
    for path in (_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", [[*rows[0]], *([*r.values()] for r in rows)])):  # fmt: skip
        result = imports.import_people(desk, path, imports.Options())
        assert [each.row for each in result.refused] == [2]
        assert "2007" in result.refused[0][1]
    leap = search.people(desk, "B")[0].line.birth.earliest
    assert leap is not None
    assert (leap.month, leap.day) == (2, 29)
    assert save_family(desk, FamilyForm(rows=(replace(row, birth="29.02.2008"),))).people


def test_two_people_with_the_same_everything_are_two_people(desk: Desk, tmp_path: Path) -> None:
    first, second = save_family(desk, LOLA).people[0], save_family(desk, LOLA).people[0]
    twice = [{"given_name": "Лола", "family_name": "Каримова", "sex": "F", "birth_date": "1990"}] * 2
    assert imports.import_people(desk, _csv(tmp_path / "people.csv", twice), imports.Options()).added == 2
    assert people.count(desk) == 4
    assert len({found.line.number for found in search.people(desk, "Karimova Lola")}) == 4
    shown = duplicates.probable(desk, "Каримова Лола", "F", "1990", "", limit=9)
    assert {first.id, second.id} <= {found.line.id for found in shown}
    assert len(shown) == 4


# --- papers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (summaries.Wanted(password="я" * 64), "report.password"),
        (summaries.Wanted(password="   "), "report.password"),
        (summaries.Wanted(language="ru"), "report.no_such_language"),
        (summaries.Wanted(language="../.."), "report.no_such_language"),
        (summaries.Wanted(level="loud"), "report.no_such_level"),
        (summaries.Wanted(level="named", reason=" "), "report.reason_needed"),
        (summaries.Wanted(plain=True), "report.reason_needed"),
    ],
)
def test_a_paper_that_cannot_be_made_is_not_recorded(desk: Desk, wanted: summaries.Wanted, code: str) -> None:
    person = save_family(desk, LOLA).people[0]
    assert told(summaries.export_case, desk, person.id, wanted).code == code
    with desk.reading() as reading:
        assert reading.all(ExportRecord) == []
        assert len(reading.all(Person)) == len(reading.all(Household)) == 1


def test_the_longest_password_that_a_pdf_can_hold(desk: Desk) -> None:
    made = summaries.export_case(desk, save_family(desk, LOLA).people[0].id, summaries.Wanted(password="x" * 127))
    with pypdfium2.PdfDocument(made.pdf, password="x" * 127) as document:
        assert len(document) >= 1
