"""A laptop was lost: the list of whom it exposes, from a backup that is only read, for those who may know."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CHEAP, PASSPHRASE
from tests.migrations.freeze import PASSPHRASE as FROZEN_PASSPHRASE
from tests.migrations.freeze import PLACE as FROZEN
from tests.migrations.freeze import USER as FROZEN_USER
from tests.services.access_people import GROUPS, Office, bring_in, office, words_of

from panoh.base import paths
from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Reporting
from panoh.domain import exposed as groups
from panoh.domain.erasing import Erasure
from panoh.domain.household import Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.domain.triage.levels import LEVELS
from panoh.services import aside, erasing, exposed, seal, users, vault
from panoh.services.desk import Desk
from panoh.services.journal import Filter, page
from panoh.services.records import keep
from panoh.store.migrate import head_revision

HEAD = exposed.Way("dilbar", PASSPHRASE)
PASSWORD = "the list"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: a copy of an older backup grows there."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP"):
        (tmp_path / "home").mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


@dataclass
class Lost:
    """An office whose laptop is lost, and the backup that is left."""

    at: Office
    backup: Path
    people: dict[str, Person]

    def make(self, way: exposed.Way = HEAD, **how: object) -> exposed.Exposed:
        """The list."""
        return exposed.make(self.backup, way, clock=self.at.clock, password=PASSWORD, **how)  # type: ignore[arg-type]

    def text(self, made: exposed.Exposed) -> str:
        """Everything on it, one space between words."""
        return text_of(made.pdf)


def text_of(pdf: bytes) -> str:
    clear = BytesIO()
    with pikepdf.open(BytesIO(pdf), password=PASSWORD) as document:
        document.save(clear)
    return re.sub(r"\s+", " ", " ".join(words_of(clear.getvalue())))


@pytest.fixture
def lost(tmp_path: Path, clock: FixedClock) -> Iterator[Lost]:
    """An exile in hiding, a survivor, a child alone, a man in good order; and one who was set aside."""
    at = office(tmp_path / "vault", clock)
    with at.opened:
        kinds = {kind.name: kind for kind in (*GROUPS["critical"], *GROUPS["high"])}
        desk = at.supervisor
        site = Site(id=new_id(), number="KX7-70000-1", name="Sports hall")
        keep(desk, site)
        exile = bring_in(at, kinds["T02 feared State is ahead"])
        survivor = bring_in(at, kinds["T10 recent"])
        exile = replace(exile, family_name="Каримов", given_name="Акмал", sex="M", site_id=site.id)
        survivor = replace(survivor, family_name="Юсупова", given_name="Нигора")
        child = _person("KX7-80001-1", "Исакова", "Айсулуу", years=9)
        plain = _person("KX7-80002-1", "Ким", "Борис", years=41)
        gone = _person("KX7-80003-1", "Мусаев", "Тимур", years=30)
        keep(desk, exile, survivor, child, plain, gone)
        keep(desk, SpecificNeed(id=new_id(), person_id=child.id, code="SC-UC"))
        keep(desk, IdentityDocument(id=new_id(), person_id=exile.id, kind="passport", document_no="A1234567"))
        keep(desk, PersonName(id=new_id(), person_id=exile.id, kind="nickname", text="Соловей"))
        seal.seal(desk, exile.id, "whereabouts", {"text": "the house behind the mill"})
        aside.set_aside(desk, gone.id, "not_here" if "not_here" in desk.vocabularies["removal_why"] else "mistake")
        backup = at.opened.backup(tmp_path / "stick")
        people = {"exile": exile, "survivor": survivor, "child": child, "plain": plain, "aside": gone}
        yield Lost(at, backup, people)


def _person(number: str, family: str, given: str, years: int) -> Person:
    day = date(2010 - years, 1, 2)
    return Person(
        id=new_id(), number=number, family_name=family, given_name=given, sex="M", urgent="none", presence="here",
        birth_precision="day", birth_earliest=day, birth_latest=day, fled_from="KG", country_now="KG", phone="",
    )  # fmt: skip


def digests(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(file.relative_to(folder)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_everyone_stands_on_it_the_most_endangered_first(lost: Lost) -> None:
    made = lost.make()
    assert made.people == 5
    told = {group: count for group, count in made.counts.items() if count}
    assert told == {groups.RETURN: 1, groups.CRITICAL: 1, groups.CHILDREN: 1, groups.UNKNOWN: 1, groups.ASIDE: 1}
    text = lost.text(made)
    order = [text.index(lost.people[who].number) for who in ("exile", "survivor", "child", "plain", "aside")]
    assert order == sorted(order)
    for person in lost.people.values():
        assert person.full_name in text
    assert "Sports hall" in text


def test_it_tells_what_the_laptop_tells_and_whose_passphrase_opens_what_is_sealed(lost: Lost) -> None:
    text = lost.text(lost.make())
    of_exile = text[text.index(lost.people["exile"].number) : text.index(lost.people["survivor"].number)]
    for part in ("CRITICAL", "whom they fear", "phone", "number of a paper", "another name", "case: Feruza"):
        assert part in of_exile
    assert "Sealed: Where the person is (opens to dilbar, Feruza)" in of_exile


def test_no_sealed_word_no_state_no_number_and_no_phone_stands_on_it(lost: Lost) -> None:
    text = lost.text(lost.make())
    for words in ("mill", "A1234567", "Соловей", "0555", "Uzbekistan", "Tajikistan"):
        assert words not in text, words


def test_the_first_page_is_to_decide_from(lost: Lost) -> None:
    made = lost.make()
    text = lost.text(made)
    head = text[: text.index("Page 2 of")]
    for words in (
        "5 people were on it. 1 of them is in danger of being sent back.", "2 critical", "1 unknown", "device KX7",
        lost.at.supervisor.store.journal_head().code, "dilbar (Head of office)", "Feruza (Caseworker)",
        "Still with a passphrase that somebody else made: Bakyt, Feruza", "and the recovery paper", "Argon2id",
        "The key was never changed", "after the backup", made.export_no, "Move them today", "new questions",
    ):  # fmt: skip
        assert words in head, words


def test_the_backup_is_as_it_was_and_nothing_else_was_written(lost: Lost, home: Path) -> None:
    before = digests(lost.backup)
    entries = lost.at.supervisor.store.journal_head()
    lost.make()
    assert digests(lost.backup) == before
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert lost.at.supervisor.store.journal_head() == entries


def test_it_is_under_aes_256_and_its_password_opens_it(lost: Lost) -> None:
    made = exposed.make(lost.backup, HEAD, clock=lost.at.clock)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(made.pdf))
    with pikepdf.open(BytesIO(made.pdf), password=made.password) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert not document.docinfo
    assert made.file_name == f"{made.export_no}.pdf"
    assert "Каримов" not in repr(made)
    assert made.password not in repr(made)


@pytest.mark.parametrize("name", ["Feruza", "Bakyt"])
def test_a_caseworker_is_refused(lost: Lost, name: str) -> None:
    """Also one who holds a case on it: the list is of everyone."""
    with pytest.raises(AppError, match="role") as refused:
        lost.make(exposed.Way(name, f"{PASSPHRASE} {name}"))
    assert refused.value.code == "access.denied"


def test_who_never_chose_a_passphrase_of_their_own_is_refused(lost: Lost, tmp_path: Path) -> None:
    users.add(lost.at.opened, "Gulnara", f"{PASSPHRASE} new", "supervisor")
    lost.backup = lost.at.opened.backup(tmp_path / "later")
    with pytest.raises(AppError) as refused:
        lost.make(exposed.Way("Gulnara", f"{PASSPHRASE} new"))
    assert refused.value.code == "vault.choose_passphrase"


def test_a_supervisor_gets_it(lost: Lost, tmp_path: Path) -> None:
    users.add(lost.at.opened, "Gulnara", f"{PASSPHRASE} new", "supervisor")
    lost.at.opened.close()
    with vault.unlock(tmp_path / "vault", "Gulnara", f"{PASSPHRASE} new", clock=lost.at.clock) as hers:
        users.change_passphrase(hers, f"{PASSPHRASE} new", f"{PASSPHRASE} hers")
        lost.backup = hers.backup(tmp_path / "later")
    assert lost.make(exposed.Way("Gulnara", f"{PASSPHRASE} hers")).people == 5


@pytest.mark.parametrize("way", [exposed.Way("dilbar", "wrong"), exposed.Way("nobody", PASSPHRASE)])
def test_a_wrong_name_or_passphrase_opens_nothing(lost: Lost, way: exposed.Way) -> None:
    with pytest.raises(AppError) as refused:
        lost.make(way)
    assert refused.value.code == "vault.wrong_passphrase"


def test_the_recovery_paper_opens_it(tmp_path: Path, clock: FixedClock) -> None:
    made = vault.create(tmp_path / "vault", "dilbar", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP)
    with made.open as opened:
        keep(opened.desk, _person("KX7-80002-1", "Ким", "Борис", years=41))
        backup = opened.backup(tmp_path / "stick")
    assert exposed.make(backup, exposed.Way(recovery=made.recovery), clock=clock).people == 1
    with pytest.raises(AppError) as refused:
        exposed.make(backup, exposed.Way(recovery="AAAA-BBBB"), clock=clock)
    assert refused.value.code == "vault.wrong_recovery"


def test_of_a_folder_of_backups_the_newest_that_opens_is_taken(lost: Lost, tmp_path: Path) -> None:
    lost.at.clock.at = lost.at.clock.now().replace(hour=15)
    keep(lost.at.supervisor, _person("KX7-80009-1", "Ли", "Анна", years=33))
    newest = lost.at.opened.backup(tmp_path / "stick")
    lost.backup = tmp_path / "stick"
    made = lost.make()
    assert (made.backup, made.people) == (newest, 6)
    lost.backup = tmp_path / "home"
    with pytest.raises(AppError) as refused:
        lost.make()
    assert refused.value.code == "vault.missing"


def test_whoever_was_erased_since_is_not_brought_back_by_it(lost: Lost, tmp_path: Path) -> None:
    at, plain = lost.at, lost.people["plain"]
    users.add(at.opened, "Gulnara", f"{PASSPHRASE} new", "supervisor")
    erasing.ask(at.supervisor, plain.id, "request")
    with at.supervisor.reading() as reading:
        other = next(user for user in reading.all(users.User) if user.name == "Gulnara")
        wanted = reading.all(Erasure)[0]
    erasing.agree(at.supervisor.of(other), wanted.id, {})
    erasing.keep_list(at.supervisor, lost.backup.parent)
    made = lost.make()
    assert made.people == 4
    assert plain.number not in lost.text(made)


def test_it_is_called_off_between_two_steps(lost: Lost) -> None:
    with pytest.raises(AppError) as refused:
        lost.make(progress=Reporting(lambda *_told: None, lambda: True))
    assert refused.value.code == "cancelled"


def test_the_own_vault_notes_that_it_was_made_and_of_nobody(lost: Lost) -> None:
    made = lost.make()
    exposed.note(lost.at.supervisor, made)
    entry = page(lost.at.supervisor, Filter(), 0, 1)[0]
    assert (entry.change, entry.record_class) == ("exported", exposed.LIST_OF_EXPOSED)
    assert made.export_no in str(entry.new)
    assert "Каримов" not in str(entry.new)


def test_an_open_vault_is_no_backup(lost: Lost, tmp_path: Path) -> None:
    lost.backup = tmp_path / "vault"
    with pytest.raises(AppError) as refused:
        lost.make()
    assert refused.value.code == "vault.in_use"


def test_a_copied_folder_with_a_log_is_read_whole(lost: Lost, tmp_path: Path, home: Path) -> None:
    """IT's copy of a vault that was killed: what stands in its log is on the laptop too."""
    copied = tmp_path / "copied"
    shutil.copytree(tmp_path / "vault", copied, ignore=shutil.ignore_patterns("lock*", "backups", "*-shm"))
    assert (copied / "vault.db-wal").stat().st_size > 0
    before = digests(copied)
    lost.backup = copied
    assert lost.make().people == 5
    assert digests(copied) == before
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("frozen", sorted(path.name for path in FROZEN.iterdir() if path.is_dir()))
def test_a_backup_of_an_older_panoh_is_read_from_a_copy_that_goes_again(
    frozen: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, expected = tmp_path / "old", json.loads((FROZEN / frozen / "expected.json").read_text("utf-8"))
    shutil.copytree(FROZEN / frozen, place)
    before = digests(place)
    seen: list[bytes] = []
    whole = exposed._assess_anew

    def look(desk: Desk, progress: Progress) -> None:
        seen.extend(file.read_bytes() for file in home.rglob("*") if file.is_file())
        whole(desk, progress)
        seen.extend(file.read_bytes() for file in home.rglob("*") if file.is_file())

    monkeypatch.setattr(exposed, "_assess_anew", look)
    clock = FixedClock(datetime.fromisoformat(expected["now"]))
    made = exposed.make(place, exposed.Way(FROZEN_USER, FROZEN_PASSPHRASE), clock=clock, password=PASSWORD)
    text = text_of(made.pdf)
    assert made.people >= len(expected["names"])
    for number, name in expected["names"].items():
        assert number in text
        assert all(part in text for part in name.split())
    assert made.counts[groups.RETURN] >= len(expected["at_risk_of_return"])
    assert digests(place) == before
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert bool(seen) == (frozen != head_revision(vault.MIGRATIONS))
    for content in seen:
        assert not content.startswith(b"SQLite format 3")
        for name in expected["names"].values():
            assert not name or name.encode() not in content


def test_a_newer_backup_is_told_and_left(lost: Lost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.store.looking.head_revision", lambda _place: "0000")
    monkeypatch.setattr("panoh.store.looking._schema", lambda *_args: "9999")
    with pytest.raises(AppError) as refused:
        lost.make()
    assert refused.value.code == "vault.newer"


def test_a_damaged_backup_is_told_as_one(lost: Lost) -> None:
    with (lost.backup / "vault.db").open("r+b") as file:
        file.seek(40_000)
        file.write(os.urandom(4096 * 20))
    with pytest.raises(AppError) as refused:
        lost.make()
    assert refused.value.code == "vault.damaged"


def test_the_copy_grows_outside_the_vaults(home: Path) -> None:
    assert home in paths.vaults_folder().parents


@given(level=st.sampled_from(["", *LEVELS]), shielded=st.booleans(), child=st.booleans(), gone=st.booleans())
def test_everyone_is_in_one_group_and_danger_never_comes_later(
    level: str, *, shielded: bool, child: bool, gone: bool
) -> None:
    def place(*, shielded: bool, child: bool) -> int:
        return groups.GROUPS.index(groups.group_of(level, shielded=shielded, child_alone=child, set_aside=gone))

    now = place(shielded=shielded, child=child)
    assert place(shielded=True, child=child) <= now
    assert place(shielded=shielded, child=True) <= now
    assert set(groups.PLANS) == set(groups.GROUPS)
