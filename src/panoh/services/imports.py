"""Bringing in lists: every valid row is kept together with the others, or nothing is when interrupted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from panoh.base.errors import AppError
from panoh.base.garbage import no_pauses
from panoh.base.i18n import gettext as _
from panoh.base.i18n import language
from panoh.base.progress import Progress, Silent
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.domain.triage.site_rules import in_force
from panoh.exchange.people_rows import PEOPLE_COLUMNS
from panoh.exchange.refused_rows import as_csv, as_workbook
from panoh.exchange.spreadsheets import Layout, read_rows
from panoh.services import backups, caseload, import_profiles, returning
from panoh.services.deriving import settings_of
from panoh.services.desk import Changes, Desk
from panoh.services.import_options import (
    ListKind,
    Options,
    Refusal,
    Result,
    Typed,
    ids_by_theirs,
    parse_dates,
    parse_mapping,
)
from panoh.services.import_requests import import_tracing
from panoh.services.prepare import Request, returning_row
from panoh.services.preparing_process import messages
from panoh.services.same_people import registered
from panoh.services.vault import write_file
from panoh.store import bulk
from panoh.store.units import Reading, Unit

__all__ = [
    "PEOPLE_COLUMNS",
    "ListKind",
    "Options",
    "Refusal",
    "Result",
    "Typed",
    "bring_in",
    "bring_in_as_typed",
    "import_people",
    "import_tracing",
    "parse_dates",
    "parse_mapping",
    "settle",
    "write_refused",
]


def import_people(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in registrations, one row a person. A known person_id updates that person with what the row says.

    A long list is read and prepared by another process, so that the two share the work: this one only writes. Before
    many people are added, or any is changed, a backup is made of the vault as it was.
    Raises AppError: file.*, import.strict, backup.not_first, cancelled, disk.full. Nothing is kept then.
    """
    watch = progress or Silent()
    heard = _Heard(
        watch, (lambda: None) if options.without_backup else partial(backups.before, desk, backups.IMPORT, watch)
    )
    if options.dry_run:
        with desk.reading() as reading:
            asked = _request(desk, reading, path, options, None)
        for message in messages(asked, watch):
            heard.hear(message)
        return heard.result(options, Changes(frozenset()))
    with no_pauses(), desk.writing() as unit:
        unit.progress = watch
        heard.unit = unit
        for message in messages(_request(desk, unit, path, options, astuple(desk.store.seed(unit))), watch):
            heard.hear(message)
        return heard.result(options, Changes.of(unit))


def bring_in(desk: Desk, kind: ListKind, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in a list of this kind. A reading that somebody chose is remembered for the next list with these columns."""
    way = import_people if kind is ListKind.PEOPLE else import_tracing
    result = way(desk, path, options, progress)
    if not options.dry_run and (options.mapping or options.dates):
        import_profiles.save(desk, kind.value, result.columns, options.mapping, options.dates, options.layout)
    return result


def bring_in_as_typed(desk: Desk, kind: ListKind, path: Path, typed: Typed, progress: Progress | None = None) -> Result:
    """The same by options as they are typed at a command line.

    Raises AppError: import.map, import.dates, import.not_before, import.interrupted by Ctrl+C, and what bringing in raises.
    """
    mapping, dates = parse_mapping(typed.mapping), parse_dates(typed.dates)
    layout = Layout(before=typed.rows_before)
    if typed.as_before:
        saved = import_profiles.find(desk, kind.value, read_rows(path, None, layout).columns)
        if saved is None:
            raise AppError("import.not_before")
        mapping, dates = {**saved.mapping, **mapping}, {**saved.dates, **dates}
    options = Options(
        mapping=mapping,
        dates=dates,
        layout=layout,
        dry_run=typed.dry_run,
        strict=typed.strict,
        without_backup=typed.without_backup,
    )
    try:
        return bring_in(desk, kind, path, options, progress)
    except KeyboardInterrupt:
        raise AppError("import.interrupted") from None


def write_refused(result: Result, path: Path) -> None:
    """Write the refused rows with their reasons as xlsx or, for any other ending, as csv. Raises AppError: file.*, disk.*."""
    with no_pauses():
        write = as_workbook if path.suffix.lower() == ".xlsx" else as_csv
        content = write(result.columns, ((each.row, each.reason, each.cells) for each in result.refused))
    write_file(path, content)


def settle(desk: Desk) -> None:
    """What may follow a long import once its result was told: carry its log over into the vault's file."""
    desk.store.settle()


def _request(desk: Desk, reading: Reading, path: Path, options: Options, seed: tuple[Any, ...] | None) -> Request:
    """What whoever reads the list must know of the vault."""
    people, homes = (ids_by_theirs(reading, kind) for kind in (Person, Household))
    sites = reading.all(Site)
    own = caseload.only_site(reading)
    return Request(
        path=str(path.absolute()),
        layout=astuple(options.layout),
        mapping=options.mapping,
        dates={column: (form.order, form.calendar) for column, form in options.dates.items()},
        today=desk.clock.today().isoformat(),
        now=int(desk.clock.now().timestamp()),
        language=language(),
        people=frozenset(people),
        homes=homes,
        sites=tuple((site.id, site.name, site.closing_on.isoformat() if site.closing_on else "") for site in sites),
        registered=registered(reading),
        settings=tuple((s.site_id, s.rule, s.variant, s.level, s.clock) for s in in_force(settings_of(reading))),
        seed=seed,
        only_site=(own.name, caseload.refusal(own)) if own else ("", ""),
    )


class _Heard:
    """What is heard of a list, message by message, and done with it when there is a unit to write into."""

    def __init__(self, watch: Progress, secure: Callable[[], object]) -> None:
        self.unit: Unit | None = None
        self._watch = watch
        self._secure, self._secured = secure, False
        self._columns: tuple[str, ...] = ()
        self._left_out: tuple[str, ...] = ()
        self._notes: tuple[str, ...] = ()
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

    def result(self, options: Options, changes: Changes) -> Result:
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
            notes=self._notes,
            changes=changes,
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
            self._secure_first()
            returning.update(self.unit, [returning_row(row) for row in rows])

    def _take_portion(self, portion: bulk.Portion) -> None:
        if self.unit is not None:
            if self._written + len(portion.get("Person", ())) > backups.MANY:
                self._secure_first()
            bulk.write(self.unit, portion)
            self._written += len(portion.get("Person", ()))
            self._watch.step(self._written, 0, _("Registering"))

    def _secure_first(self) -> None:
        """A backup, once: it holds what is committed, so nothing of this write, however far that is."""
        if not self._secured:
            self._secured = True
            self._secure()

    def _take_end(self, added: int, counter: int, left_to_vault: list[str], notes: list[str]) -> None:
        self._added, self._notes = added, tuple(notes)
        if self.unit is not None:
            bulk.end(self.unit, counter)
            self.unit.touched[Person].update(left_to_vault)
