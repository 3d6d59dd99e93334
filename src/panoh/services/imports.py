"""Bringing in lists: every valid row is kept together with the others, or nothing is when interrupted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import language
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.exchange.columns import Refused, match_columns
from panoh.exchange.date_forms import DateForm
from panoh.exchange.people_rows import PEOPLE_COLUMNS
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import read_rows
from panoh.exchange.tracing_rows import TRACING_COLUMNS, TracingRow, parse_tracing
from panoh.services import returning
from panoh.services.desk import Changes, Desk
from panoh.services.prepare import Request, returning_row
from panoh.services.preparing_process import messages
from panoh.services.registration import birth_fields
from panoh.store import bulk
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

STEP = 500  # rows between two reports of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read a file: their column names as ours, how dates are written, the encoding of a csv ('' finds it out);
    only a trial; all or nothing."""

    mapping: dict[str, str] = field(default_factory=dict)
    dates: dict[str, DateForm] = field(default_factory=dict)
    encoding: str = ""
    dry_run: bool = False
    strict: bool = False


class Refusal(NamedTuple):
    """A row that was not taken: its number in the file, why, and its cells as they stand there."""

    row: int
    reason: str
    cells: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of every row: added + updated + refused = rows."""

    added: int
    updated: int
    refused: tuple[Refusal, ...]
    warnings: tuple[tuple[int, str], ...]
    columns: tuple[str, ...]  # as the file calls them
    left_out: tuple[str, ...]  # of these, the ones that Panoh does not know
    changes: Changes


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """'THEIRS=OURS' options as a mapping; AppError('import.map') for a column that Panoh does not know."""
    mapping = {}
    for pair in pairs:
        theirs, _equals, ours = pair.partition("=")
        if not theirs.strip() or ours.strip() not in {*PEOPLE_COLUMNS, *TRACING_COLUMNS}:
            raise AppError("import.map", text=pair[:60])
        mapping[theirs.strip()] = ours.strip()
    return mapping


def import_people(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in registrations, one row a person. A known person_id updates that person with what the row says.

    A long list is read and prepared by another process, so that the two share the work: this one only writes.
    Raises AppError: file.*, import.strict, cancelled, disk.full. Nothing is kept then.
    """
    watch = progress or Silent()
    heard = _Heard(watch)
    if options.dry_run:
        with desk.reading() as reading:
            asked = _request(desk, reading, path, options, None)
        for message in messages(asked, watch):
            heard.hear(message)
        return heard.result(options, frozenset())
    with _no_pauses(), desk.writing() as unit:
        unit.progress = watch
        heard.unit = unit
        for message in messages(_request(desk, unit, path, options, astuple(desk.store.seed(unit))), watch):
            heard.hear(message)
        return heard.result(options, unit.changes())


def settle(desk: Desk) -> None:
    """What may follow a long import once its result was told: carry its log over into the vault's file."""
    desk.store.settle()


@contextmanager
def _no_pauses() -> Iterator[None]:
    """Inside, Python looks for no cycles of objects: with a window in the same process that takes a tenth of a second
    each time, during which the window stands still, and rows make none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _request(desk: Desk, reading: Reading, path: Path, options: Options, seed: tuple[Any, ...] | None) -> Request:
    """What whoever reads the list must know of the vault."""
    people, homes = (_ids_by_theirs(reading, kind) for kind in (Person, Household))
    sites = reading.all(Site)
    return Request(
        path=str(path.absolute()),
        encoding=options.encoding,
        mapping=options.mapping,
        dates={column: (form.order, form.calendar) for column, form in options.dates.items()},
        today=desk.clock.today().isoformat(),
        now=int(desk.clock.now().timestamp()),
        language=language(),
        people=frozenset(people),
        homes=homes,
        sites=tuple((site.id, site.name, site.closing_on.isoformat() if site.closing_on else "") for site in sites),
        seed=seed,
    )


def _ids_by_theirs(reading: Reading, kind: type) -> dict[str, str]:
    """Ids by the ids of whoever sent the records."""
    return reading.pairs(table(kind).c.external_id, table(kind).c.id)


class _Heard:
    """What is heard of a list, message by message, and done with it when there is a unit to write into."""

    def __init__(self, watch: Progress) -> None:
        self.unit: Unit | None = None
        self._watch = watch
        self._columns: tuple[str, ...] = ()
        self._left_out: tuple[str, ...] = ()
        self._refused: list[Refusal] = []
        self._warnings: list[tuple[int, str]] = []
        self._added = self._updated = self._written = 0
        self._takers: dict[str, Callable[..., None]] = {
            "head": self._take_head,
            "refused": self._take_refused,
            "warned": self._take_warned,
            "returning": self._take_returning,
            "portion": self._take_portion,
            "done": self._take_end,
        }

    def hear(self, message: tuple[Any, ...]) -> None:
        """Take one message of `prepare`."""
        name, *told = message
        self._takers[name](*told)

    def result(self, options: Options, changed: frozenset[str]) -> Result:
        """What became of the rows. Raises AppError('import.strict')."""
        if options.strict and self._refused:
            raise AppError("import.strict", refused=len(self._refused))
        return Result(
            added=self._added,
            updated=self._updated,
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
            columns=self._columns,
            left_out=self._left_out,
            changes=Changes(changed),
        )

    def _take_head(self, columns: list[str], left_out: list[str]) -> None:
        self._columns, self._left_out = tuple(columns), tuple(left_out)

    def _take_refused(self, rows: list[list[Any]]) -> None:
        self._refused += [Refusal(*row) for row in rows]

    def _take_warned(self, rows: list[list[Any]]) -> None:
        self._warnings += [(row, words) for row, words in rows]

    def _take_returning(self, rows: list[list[Any]]) -> None:
        self._updated += len(rows)
        if self.unit is not None:
            returning.update(self.unit, [returning_row(row) for row in rows])

    def _take_portion(self, portion: bulk.Portion) -> None:
        if self.unit is not None:
            bulk.write(self.unit, portion)
            self._written += len(portion.get("Person", ()))
            self._watch.step(self._written, 0, _("Registering"))

    def _take_end(self, added: int, counter: int, left_to_vault: list[str]) -> None:
        self._added = added
        if self.unit is not None:
            bulk.end(self.unit, counter)
            self.unit.touched[Person].update(left_to_vault)


def import_tracing(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in tracing requests, one row a sought person. A known request_id updates that request.

    Whether one may look for them was not asked: they are matched inside the vault only.
    """
    watch = progress or Silent()
    sheet = read_rows(path, watch, options.encoding)
    unknown = match_columns(sheet.columns, TRACING_COLUMNS, options.mapping).unknown
    wanted = Wanted(mapping=options.mapping, dates=options.dates)
    refused: list[Refusal] = []
    warnings: list[tuple[int, str]] = []
    rows: list[TracingRow] = []
    with _no_pauses():
        for row in parse_tracing(sheet, wanted, desk.clock.today(), desk.vocabularies):
            warnings += [(row.number, words) for words in row.warnings]
            if isinstance(row.values, Refused):
                refused.append(Refusal(row.number, row.values.reason, row.values.cells))
            else:
                rows.append(row.values)
        if options.strict and refused:
            raise AppError("import.strict", refused=len(refused))
        if options.dry_run:
            with desk.reading() as reading:
                known = _ids_by_theirs(reading, TracingRequest)
            updated, changed = sum(row.external_id in known for row in rows), frozenset[str]()
        else:
            with desk.writing() as unit:
                unit.progress = watch
                updated = _bring_in_requests(desk, unit, rows, watch)
                changed = unit.changes()
    return Result(
        added=len(rows) - updated,
        updated=updated,
        refused=tuple(refused),
        warnings=tuple(warnings),
        columns=sheet.columns,
        left_out=unknown,
        changes=Changes(changed),
    )


def _bring_in_requests(desk: Desk, unit: Unit, rows: list[TracingRow], watch: Progress) -> int:
    """Write the requests; returns how many of them stood in the vault already."""
    known = {r.external_id: r for r in unit.where_in(TracingRequest, "external_id", (row.external_id for row in rows))}
    numbers = iter(unit.next_numbers(sum(not row.external_id or row.external_id not in known for row in rows)))
    made: list[TracingRequest] = []
    updated = 0
    for count, row in enumerate(rows):
        if count % STEP == 0:
            watch.step(count, len(rows), _("Registering"))
            unit.add(*made)
            made.clear()
        before = known.get(row.external_id) if row.external_id else None
        fields: dict[str, Any] = {
            **birth_fields(row.birth),
            **{
                name: getattr(row, name)
                for name in ("given_name", "family_name", "patronymic", "sex", "origin", "relatives")
            },
        }
        if before:
            unit.save(replace(before, **fields), before)
            updated += 1
        else:
            now = desk.clock.now()
            made.append(
                TracingRequest(id=new_id(), number=next(numbers), external_id=row.external_id, opened_at=now, **fields)
            )
    unit.add(*made)
    return updated
