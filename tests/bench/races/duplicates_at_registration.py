"""While a row is typed: who of 100,000 people is perhaps the one who stands at the desk again."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from panoh.services import duplicates
from panoh.services.desk import Desk
from tests.bench.duplicate_peer import fold, key
from tests.bench.measure import Line, milliseconds, quantile
from tests.bench.registered_twice import Row, Twice, read_twice, write
from tests.bench.vaults import vault_of

PEOPLE = 100_000
MOST_ASKED = 1000


def run(count: int, source: Path) -> Line:
    """Each second registration typed into a vault of the first ones, against a table of sound keys and rapidfuzz."""
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        twice = read_twice(source)
        first = [row for row in twice.rows if not row["noise"]]
        path = Path(folder) / "people_once.csv"
        write(path, first)
        asked = random.Random(4).sample(twice.again, min(MOST_ASKED, len(twice.again)))
        peer = _SoundKeys(first, Path(folder) / "keys.db")
        with vault_of(path) as desk:
            duplicates.probable(desk, "Азиз Каримов", "M", "1980", "Osh")  # what is read once for all is read
            ours, theirs = [], []
            found: list[list[str]] = []
            for row in asked:
                ours.append(milliseconds(lambda row=row: found.append(_found(desk, row))))
                theirs.append(milliseconds(lambda row=row: peer.look_up(row)))
        peer.close()
    mine, scan = quantile(ours, 0.95), quantile(theirs, 0.95)
    hits = [row["true_person_id"] in ids for row, ids in zip(asked, found, strict=True)]
    more = {
        "asked": len(asked),
        "panoh_p50_ms": round(quantile(ours, 0.5), 2),
        "peer_p50_ms": round(quantile(theirs, 0.5), 2),
        "first": round(
            sum(ids[:1] == [row["true_person_id"]] for row, ids in zip(asked, found, strict=True)) / len(asked), 4
        ),
        "in_five_by_noise": _by_noise(twice, asked, found),
    }
    return Line(
        "duplicates_at_registration", count, mine, "sound keys, rapidfuzz, rows", scan, mine / scan, 3.0, 0.0, more,
        {"in_five": (round(sum(hits) / len(hits), 4), 0.99)},
    )  # fmt: skip


def _by_noise(twice: Twice, asked: list[Row], found: list[list[str]]) -> dict[str, float]:
    of_asked = Twice(
        twice.path,
        [],
        [],
        {frozenset((row["person_id"], row["true_person_id"])): set(row["noise"].split(";")) for row in asked},
    )
    return of_asked.by_noise((row["person_id"], one) for row, ids in zip(asked, found, strict=True) for one in ids)


def _found(desk: Desk, row: Row) -> list[str]:
    """The sender's ids of the five who are shown."""
    name = " ".join(part for part in (row["family_name"], row["given_name"], row["patronymic"]) if part)
    shown = duplicates.probable(desk, name, row["sex"], _birth(row), row["origin"])
    return [one.line.external_id for one in shown]


def _birth(row: Row) -> str:
    if row["birth_date"] or not row["age"]:
        return row["birth_date"]
    told = date.fromisoformat(row["arrival_date"])
    return f"{row['age']} (on {told.day} {told:%b} {told.year})"


class _SoundKeys:
    """A table of consonants of names in SQLCipher; what shares them is ranked by rapidfuzz, and twenty rows are read."""

    def __init__(self, rows: list[Row], path: Path) -> None:
        from sqlcipher3 import dbapi2

        names = ("given_name", "family_name", "patronymic")
        self._names = [" ".join(row[name] for name in names if row[name]) for row in rows]
        self._db: Any = dbapi2.connect(str(path))
        self._db.execute(f"PRAGMA key = \"x'{'00' * 48}'\"")
        self._db.execute("PRAGMA cache_size = -65536")
        self._db.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, code, given, family, patronymic, born)")
        self._db.execute("CREATE TABLE sound (k TEXT, id INTEGER, PRIMARY KEY (k, id)) WITHOUT ROWID")
        columns = ("person_id", "given_name", "family_name", "patronymic", "birth_date")
        people = ((n, *(row[column] for column in columns)) for n, row in enumerate(rows))
        self._db.executemany("INSERT INTO person VALUES (?,?,?,?,?,?)", people)
        keys = ((k, n) for n, row in enumerate(rows) for k in {key(row["given_name"]), key(row["family_name"])} if k)
        self._db.executemany("INSERT INTO sound VALUES (?,?)", keys)
        self._db.commit()

    def look_up(self, row: Row) -> list[Any]:
        """The twenty people whose names are nearest."""
        from rapidfuzz import fuzz, process

        a, b = key(row["given_name"]), key(row["family_name"])
        found = self._read("SELECT id FROM sound WHERE k = ? INTERSECT SELECT id FROM sound WHERE k = ?", a, b)
        if len(found) < 5:
            found += self._read("SELECT id FROM sound WHERE k = ? LIMIT 3000", b)
            found += self._read("SELECT id FROM sound WHERE k = ? LIMIT 1500", a)
        ids = list(dict.fromkeys(n for (n,) in found))
        wanted = fold(f"{row['given_name']} {row['family_name']}")
        best = process.extract(wanted, [fold(self._names[n]) for n in ids], scorer=fuzz.token_set_ratio, limit=20)
        chosen = [ids[at] for _name, _score, at in best]
        return self._read(f"SELECT * FROM person WHERE id IN ({','.join('?' * len(chosen))})", *chosen)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _read(self, statement: str, *values: object) -> list[Any]:
        return list(self._db.execute(statement, values).fetchall())
