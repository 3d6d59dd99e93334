"""A workbook brought in with everything that Panoh makes of it, against reading and inserting its bare cells."""

from __future__ import annotations

import csv
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.measure import Line, milliseconds, raced
from tests.bench.races.import_people import import_into_new_vault
from tests.bench.window import Window

PEOPLE = 100_000
_INDEXED = ("family_name", "birth_date", "household_id", "document_no", "phone")


def run(count: int, source: Path) -> Line:
    """Import on the window's worker, against calamine + indexed executemany, and openpyxl + SQLModel add_all (once)."""
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        book = _workbook(source, Path(folder) / "people.xlsx")
        window = Window()
        ours, peer = partial(import_into_new_vault, window, book), partial(milliseconds, partial(_quick, book))
        mine, floor, noise = raced(ours, peer, 3)
        naive = milliseconds(partial(_usual, book))
        window.end()
    told = window.told()
    more = {"seconds": round(mine / 1000, 1), "openpyxl_sqlmodel_seconds": round(naive / 1000, 1), **told}
    wanted = {
        "times as quick as openpyxl + SQLModel": (round(naive / mine, 2), 4.0),
        "gaps within 50 ms": (-float(str(told["gaps_over_50_ms"])), 0.0),
    }
    name = "calamine + SQLCipher executemany, 5 indexes, FTS5"
    return Line("import_xlsx", count, mine, name, floor, mine / floor, 4.0, noise, more, wanted)


def _workbook(source: Path, target: Path) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    with source.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            page.write_row(number, 0, row)
    book.close()
    return target


def _opened(folder: str) -> Any:
    from sqlcipher3 import dbapi2

    db = dbapi2.connect(str(Path(folder) / "bare.db"))
    db.execute(f"PRAGMA key = \"x'{'00' * 48}'\"")
    db.execute("PRAGMA journal_mode = wal")
    return db


def _quick(book: Path) -> None:
    from python_calamine import CalamineWorkbook

    header, *rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        db = _opened(folder)
        columns = ",".join(map(str, header))
        db.execute(f"CREATE TABLE person (id INTEGER PRIMARY KEY, {columns})")
        db.execute("CREATE VIRTUAL TABLE words USING fts5(name, content='', prefix='2 3')")
        for column in _INDEXED:
            db.execute(f"CREATE INDEX i_{column} ON person ({column})")
        names = [header.index(column) for column in ("given_name", "family_name", "patronymic")]
        with db:
            db.executemany(f"INSERT INTO person ({columns}) VALUES ({','.join('?' * len(header))})", rows)
            spoken = ((number, " ".join(str(row[at]) for at in names)) for number, row in enumerate(rows, start=1))
            db.executemany("INSERT INTO words (rowid, name) VALUES (?, ?)", spoken)
        db.close()


def _usual(book: Path) -> None:
    from openpyxl import load_workbook
    from sqlalchemy import create_engine
    from sqlmodel import Field, Session, SQLModel

    lines = load_workbook(book, read_only=True).worksheets[0].iter_rows(values_only=True)
    header = [str(cell) for cell in next(lines)]
    fields = {
        "__annotations__": {"id": int | None, **dict.fromkeys(header, str | None)},
        "id": Field(default=None, primary_key=True),
        "__module__": __name__,
    }
    made: Any = type(SQLModel)
    person = made("UsualPerson", (SQLModel,), fields, table=True)
    with tempfile.TemporaryDirectory(prefix="panoh-bench-") as folder:
        engine = create_engine("sqlite://", creator=lambda: _opened(folder))
        SQLModel.metadata.create_all(engine, [person.__table__])
        with Session(engine) as session:
            session.add_all([person(**dict(zip(header, row, strict=False))) for row in lines])
            session.commit()
        engine.dispose()
