"""What a disk may fail under: each operation on a small vault, from what is laid out before it to what is looked at after.

`lay` makes the vault once; of each try a copy is made. `ready` does what comes before the operation (usually the
unlocking), `run` is the operation itself: only its calls are counted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.conftest import CHEAP, PASSPHRASE
from tests.migrations import freeze
from tests.store.small_vault import flip

from panoh.base.clock import FixedClock
from panoh.services import drafts, erasing, imports, merging, people, recovery, registration, users, vault
from panoh.services.vault import OpenVault
from panoh.store.folder import listed

NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)
HEAD, SECOND, LEAVES, COMES = "feruza", "gulnara", "nurlan", "aziza"
NEW = "olma daryo bulut qalam"
FROZEN = sorted(path.name for path in freeze.PLACE.iterdir() if path.is_dir())
# Every way in that any of the operations gives or takes.
WAYS = {
    "head": (HEAD, PASSPHRASE), "head, new": (HEAD, NEW), "second": (SECOND, PASSPHRASE), "leaves": (LEAVES, NEW),
    "comes": (COMES, NEW), "frozen": (freeze.USER, freeze.PASSPHRASE),
}  # fmt: skip


def clock() -> FixedClock:
    """The same moment for everything, so that nothing but the operation changes the vault."""
    return FixedClock(NOW)


def at(place: Path) -> Path:
    """Where the vault of a try lies."""
    return place / "vault"


def unlock(place: Path, way: str = "head") -> OpenVault:
    """The vault of a try, opened."""
    return vault.unlock(at(place), *WAYS[way], clock=clock())


def family(name: str, *children: str) -> registration.FamilyForm:
    """A family as a form holds it."""
    head = registration.FamilyRow(name=name, sex="F", birth="34", relation="head", needs=("WR-PY",))
    rows = [registration.FamilyRow(name=child, sex="M", birth="8", relation="child") for child in children]
    return registration.FamilyForm(rows=(head, *rows), fled_from="KG", country_now="UZ")


def lay_people(place: Path) -> None:
    """A locked vault of three users and ten people; somebody's erasing was asked for by the second user."""
    with vault.create(at(place), HEAD, PASSPHRASE, clock=clock(), device="KX7", kdf=CHEAP).open as opened:
        users.add(opened, SECOND, PASSPHRASE, "supervisor", one_time=False)
        users.add(opened, LEAVES, NEW, "caseworker", one_time=False)
        for n in range(5):
            registration.save_family(opened.desk, family(f"Намунаева Гулнора{'а' * n}", f"Намунаев Шерзод{'а' * n}"))
    with unlock(place, "second") as opened:
        erasing.ask(opened.desk, person(opened, 9), "request")


def lay_backed_up(place: Path) -> None:
    """The same with a backup."""
    lay_people(place)
    with unlock(place) as opened:
        opened.backup()


def lay_damaged(place: Path) -> None:
    """The same, and the store is damaged since."""
    lay_backed_up(place)
    flip(at(place) / "vault.db", 9000)


def lay_list(place: Path) -> None:
    """The same with a list of thirty people beside it."""
    lay_people(place)
    rows = [f"P{n},H{n // 3},Намуна{n},Намунаев,M,{20 + n},KG" for n in range(30)]
    text = "\n".join(["person_id,household_id,given_name,family_name,sex,age,fled_from", *rows])
    (place.parent / "list.csv").write_text(text, "utf-8")


def lay_known_list(place: Path) -> None:
    """A list whose people are in the vault already and have grown older: a backup comes first."""
    lay_list(place)
    path = place.parent / "list.csv"
    with unlock(place) as opened:
        imports.import_people(opened.desk, path, imports.Options())
    path.write_text(path.read_text("utf-8").replace(",M,", ",F,"), "utf-8")


def lay_frozen(schema: str) -> Callable[[Path], None]:
    """A vault that an earlier Panoh left behind."""

    def lay(place: Path) -> None:
        shutil.copytree(freeze.PLACE / schema, at(place))
        at(place).chmod(0o700)
        for file in at(place).iterdir():
            file.chmod(0o600)

    return lay


def person(opened: OpenVault, number: int) -> str:
    """The id of one of the people."""
    return people.by_number(opened.desk, number_of(opened, number))


def number_of(opened: OpenVault, number: int) -> str:
    """The full number of one of the people, in the order of their registration."""
    with opened.desk.reading() as reading:
        rows = reading.connection.exec_driver_sql("SELECT number FROM person ORDER BY number").scalars().all()
    return str(rows[number])


# --- the operations ----------------------------------------------------------------------------------------------


def save(opened: OpenVault) -> None:
    registration.save_family(opened.desk, family("Саломова Лола", "Саломов Анвар"))


def bring_in(opened: OpenVault) -> None:
    imports.import_people(opened.desk, opened.desk.folder.parent.parent / "list.csv", imports.Options())


def merge(opened: OpenVault) -> None:
    merging.merge(opened.desk, person(opened, 0), person(opened, 2))


def backup(opened: OpenVault) -> None:
    opened.backup()


def restore(place: Path) -> None:
    source = listed(at(place) / "backups")[0].path
    vault.restore(source, place / "restored", HEAD, PASSPHRASE, clock=clock())


def create(place: Path) -> None:
    vault.create(place / "restored", HEAD, PASSPHRASE, clock=clock(), device="KX7", kdf=CHEAP).open.close()


def put_back(place: Path) -> None:
    found = recovery.look(at(place), HEAD, PASSPHRASE, clock=clock())
    assert found.best is not None
    recovery.put_back(at(place), found.best, HEAD, PASSPHRASE, clock=clock())


def change_passphrase(opened: OpenVault) -> None:
    users.change_passphrase(opened, PASSPHRASE, NEW)


def add_user(opened: OpenVault) -> None:
    users.add(opened, COMES, NEW, "caseworker")


def remove_user(opened: OpenVault) -> None:
    users.remove(opened, users.named(opened, LEAVES).id)


def erase(opened: OpenVault) -> None:
    (asked,) = erasing.waiting(opened.desk)
    found = erasing.mentioned(opened.desk, asked.erasure.subject_id)
    erasing.agree(opened.desk, asked.erasure.id, {}, [place.key for place in found.places])


def lock(opened: OpenVault) -> None:
    drafts.keep(opened.desk, "0" * 32, "family", {"rows": [{"name": "Ярим ном"}]})
    opened.close()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `ends`: whether the vault is locked once it is done; `way`: who looks at it afterwards."""

    lay: Callable[[Path], None]
    run: Callable[[Any], object]
    ready: Callable[[Path], Any] = unlock
    ends: bool = False


OPERATIONS = {
    "save": Operation(lay_people, save),
    "import": Operation(lay_list, bring_in),
    "import over": Operation(lay_known_list, bring_in),
    "merge": Operation(lay_people, merge),
    "backup": Operation(lay_backed_up, backup),
    "restore": Operation(lay_backed_up, restore, ready=Path, ends=True),
    "create": Operation(lay_people, create, ready=Path, ends=True),
    "put back": Operation(lay_damaged, put_back, ready=Path, ends=True),
    "rekey": Operation(lay_people, users.change_key, ends=True),
    "passphrase": Operation(lay_people, change_passphrase),
    "add user": Operation(lay_people, add_user),
    "remove user": Operation(lay_people, remove_user, ends=True),
    "erase": Operation(lay_people, erase),
    "lock": Operation(lay_people, lock, ends=True),
    "unlock": Operation(lay_people, lambda place: unlock(place).close(), ready=Path, ends=True),
    **{
        f"migrate {schema}": Operation(
            lay_frozen(schema), lambda place: unlock(place, "frozen").close(), ready=Path, ends=True
        )
        for schema in FROZEN
    },
}
