"""Bringing in lists: every valid row is kept together with the others, or nothing is when interrupted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.tracing import TracingRequest
from panoh.exchange.columns import match_columns
from panoh.exchange.people_rows import PEOPLE_COLUMNS, parse_people
from panoh.exchange.spreadsheets import read_rows
from panoh.exchange.tracing_rows import TRACING_COLUMNS, TracingRow, parse_tracing
from panoh.services.desk import Changes, Desk
from panoh.services.newcomers import Newcomers, Tally
from panoh.services.registration import birth_fields
from panoh.store.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read a file: their column names as ours, only a trial, all or nothing."""

    mapping: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of every row: added + updated + refused = rows."""

    added: int
    updated: int
    refused: tuple[tuple[int, str], ...]
    warnings: tuple[tuple[int, str], ...]
    left_out: tuple[str, ...]  # columns that Panoh does not know
    changes: Changes


class _DryRun(Exception):  # not an error: it rolls the trial back
    """Ends a trial so that nothing of it is kept."""


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

    Raises AppError: file.*, import.strict, cancelled, disk.full. Nothing is kept then.
    """
    watch = progress or Silent()
    sheet = read_rows(path, watch)
    columns = match_columns(sheet.columns, PEOPLE_COLUMNS, options.mapping)
    tally = Tally(watch)
    rows = list(tally.taken(parse_people(sheet, options.mapping, desk.clock.today(), desk.vocabularies)))
    changes = _kept(desk, options, tally, watch, lambda unit: Newcomers(desk, unit, tally, watch).bring_in(rows))
    return _result(tally, columns.unknown, changes)


def import_tracing(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in tracing requests, one row a sought person. A known request_id updates that request.

    Whether one may look for them was not asked: they are matched inside the vault only.
    """
    watch = progress or Silent()
    sheet = read_rows(path, watch)
    columns = match_columns(sheet.columns, TRACING_COLUMNS, options.mapping)
    tally = Tally(watch)
    rows = list(tally.taken(parse_tracing(sheet, options.mapping, desk.clock.today(), desk.vocabularies)))
    changes = _kept(desk, options, tally, watch, lambda unit: _bring_in_requests(desk, unit, tally, rows))
    return _result(tally, columns.unknown, changes)


def _kept(desk: Desk, options: Options, tally: Tally, watch: Progress, write: Callable[[Unit], None]) -> Changes:
    if options.strict and tally.refused:
        raise AppError("import.strict", refused=len(tally.refused))
    try:
        with desk.writing() as unit:
            unit.progress = watch
            write(unit)
            changes = Changes.of(unit)
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return Changes(frozenset())
    return changes


def _result(tally: Tally, left_out: tuple[str, ...], changes: Changes) -> Result:
    return Result(
        added=tally.added,
        updated=tally.updated,
        refused=tuple(tally.refused),
        warnings=tuple(tally.warnings),
        left_out=left_out,
        changes=changes,
    )


def _bring_in_requests(desk: Desk, unit: Unit, tally: Tally, rows: list[TracingRow]) -> None:
    known = {r.external_id: r for r in unit.where_in(TracingRequest, "external_id", (row.external_id for row in rows))}
    numbers = iter(unit.next_numbers(sum(not row.external_id or row.external_id not in known for row in rows)))
    made: list[TracingRequest] = []
    for row in rows:
        before = known.get(row.external_id) if row.external_id else None
        fields: dict[str, Any] = {
            **birth_fields(row.birth),
            **{
                name: getattr(row, name)
                for name in ("given_name", "family_name", "patronymic", "sex", "origin", "relatives")
            },
        }
        if before:
            unit.save(replace(before, **fields))
            tally.updated += 1
        else:
            now = desk.clock.now()
            made.append(
                TracingRequest(id=new_id(), number=next(numbers), external_id=row.external_id, opened_at=now, **fields)
            )
            tally.added += 1
    unit.add(*made)
