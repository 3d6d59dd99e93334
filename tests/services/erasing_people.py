"""People with a marker in every field of every record about them, an office of two supervisors, and a look at everything."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from tests.conftest import CHEAP, PASSPHRASE

from panoh.base.clock import Clock
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.erasing import Erasure
from panoh.domain.household import Site
from panoh.domain.incidents import Incident
from panoh.domain.person import Person
from panoh.domain.records import RECORDS
from panoh.services import drafts, users, vault
from panoh.services.desk import Desk
from panoh.services.vault import OpenVault
from panoh.store import contents, keys
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder
from panoh.store.tables import table

HEAD, SECOND, CASEWORKER = "feruza", "gulnara", "nurlan"
OF_NOBODY = {
    "Site", "User", "Erasure", "BorderPoint", "BorderPointState", "Movement",
    "Incident", "IncidentReport", "QueueView", "RuleSetting", "Lead", "LeadNote", "Publication",
}  # fmt: skip
SHARED_INCIDENT = new_id()
_counter = itertools.count()


def mark() -> str:
    """A word that stands nowhere else."""
    return f"Канарейка{next(_counter):06d}zz"


def office(place: Path, clock: Clock) -> OpenVault:
    """A vault with a head of office, a supervisor and a caseworker, opened by the first."""
    opened = vault.create(place, HEAD, PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP).open
    users.add(opened, SECOND, PASSPHRASE, "supervisor", one_time=False)
    users.add(opened, CASEWORKER, PASSPHRASE, "caseworker", one_time=False)
    return opened


def desk_of(opened: OpenVault, name: str) -> Desk:
    """The same vault as another user sees it."""
    return opened.desk.of(users.named(opened, name))


def bring_in(desk: Desk) -> tuple[str, list[str]]:  # noqa: C901
    """One person with a record of every class about them: their id, and the markers in it all."""
    markers: list[str] = []

    def marked() -> str:
        markers.append(mark())
        return markers[-1]

    ids = {kind.__name__: new_id() for kind in RECORDS}
    of_table = {table(kind).name: kind for kind in RECORDS}
    with desk.writing() as unit:
        site = unit.first(Site)
        ids["Site"] = site.id if site else ids["Site"]
        if site is None:
            unit.add(Site(id=ids["Site"], number="KX7-90001-1", name="School"))
            unit.add(Incident(id=SHARED_INCIDENT, number="KX7-90002-1", kind="arson"))
        ids["Incident"] = SHARED_INCIDENT
        for kind in RECORDS:
            if kind.__name__ in OF_NOBODY:
                continue
            values: dict[str, Any] = {"id": ids[kind.__name__]}
            for field in fields(kind):
                hint = get_type_hints(kind)[field.name]
                if field.name == "id":
                    continue
                if points := table(kind).c[field.name].foreign_keys:
                    target = of_table[next(iter(points)).column.table.name]
                    if target is User:
                        values[field.name] = desk.user.id
                    elif target is not kind and target.__name__ != "BorderPoint":
                        values[field.name] = ids[target.__name__]
                elif field.name == "record_id":
                    values[field.name] = ids["Person"]
                elif hint is str:
                    values[field.name] = marked()
                elif hint == tuple[str, ...]:
                    values[field.name] = ('{"did": "x", "id": "x", "what": "' + marked() + '"}',)
                elif "datetime" in str(hint):
                    values[field.name] = desk.clock.now()
                elif "date" in str(hint):
                    values[field.name] = desk.clock.today()
                elif hint is int or "int" in str(hint):
                    values[field.name] = None if field.name.endswith("_told") else 3
                else:
                    values[field.name] = True
            unit.add(kind(**values))
        contents.put(unit, ids["Attachment"], marked().encode(), marked().encode())
    drafts.keep(desk, new_id(), "person", {"person_id": ids["Person"], "words": marked()})
    return ids["Person"], markers


def everything_in(folder: Path, name: str = HEAD) -> str:
    """Every value of every table of a vault or backup, read past all doors."""
    place = VaultFolder(folder)
    with closing(connect(place.db, keys.unlock(place, name, PASSPHRASE).key)) as store:
        return "\n".join(_told(store))


def _told(store: Any) -> Iterator[str]:
    for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in store.execute(f'SELECT * FROM "{name}"'):
            yield " ".join(each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in row)


def raw_pages(folder: Path) -> bytes:
    """Every page of the store in the clear, the free ones included: as whoever holds the key reads the file itself.

    SQLCipher 4: AES-256-CBC, and at the end of each page of 4096 bytes its IV, then an HMAC of 64 bytes.
    """
    place = VaultFolder(folder)
    key = keys.unlock(place, HEAD, PASSPHRASE).key.key
    assert not place.wal.exists()
    content, pages = place.db.read_bytes(), []
    for at in range(0, len(content), 4096):
        page = content[at : at + 4096]
        command = ["openssl", "enc", "-d", "-aes-256-cbc", "-nopad", "-K", key.hex(), "-iv", page[-80:-64].hex()]
        body = page[16 if at == 0 else 0 : -80]
        pages.append(subprocess.run(command, input=body, capture_output=True, check=True).stdout)
    return b"".join(pages)


def erased(desk: Desk, person_id: str) -> bool:
    """Whether a person is gone and only the row of the erasure is left."""
    with desk.reading() as reading:
        done = reading.first(Erasure, table(Erasure).c.subject_id == person_id, table(Erasure).c.done_at.is_not(None))
        return done is not None and reading.first(Person, table(Person).c.id == person_id) is None
