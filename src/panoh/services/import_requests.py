"""Bringing in tracing requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from panoh.base.errors import AppError
from panoh.base.garbage import no_pauses
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.exchange.columns import Refused, match_columns
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import read_rows
from panoh.exchange.tracing_rows import MORE, READ_NAMES, TracingRow, parse_tracing
from panoh.services import backups
from panoh.services.desk import Changes, Desk
from panoh.services.import_options import Options, Refusal, Result, ids_by_theirs
from panoh.services.need_to_know import knows
from panoh.services.registration import birth_fields
from panoh.services.tracing_consent import NO, follow, share
from panoh.services.tracing_hold import Holds, hold_together
from panoh.store.units import Unit

STEP = 500  # rows between two reports of progress


def import_tracing(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in tracing requests, one row a sought person. A known request_id updates that request.

    Where the file does not say whether one may look for them it was not asked: matched inside the vault only.
    """
    watch = progress or Silent()
    sheet = read_rows(path, watch, options.layout)
    unknown = match_columns(sheet.columns, READ_NAMES, options.mapping).unknown
    wanted = Wanted(mapping=options.mapping, dates=options.dates)
    refused, warnings, rows = list[Refusal](), list[tuple[int, str]](), list[TracingRow]()
    with no_pauses():
        for row in parse_tracing(sheet, wanted, desk.clock.today(), desk.vocabularies):
            warnings += [(row.number, words) for words in row.warnings]
            if isinstance(row.values, Refused):
                refused.append(Refusal(row.number, row.values.reason, row.values.cells))
            else:
                rows.append(row.values)
        if options.strict and refused:
            raise AppError("import.strict", refused=len(refused))
        with desk.reading() as reading:
            known = ids_by_theirs(reading, TracingRequest)
        updated, changes = sum(row.external_id in known for row in rows), Changes(frozenset())
        if not options.dry_run:
            if (updated or len(rows) > backups.MANY) and not options.without_backup:
                backups.before(desk, backups.IMPORT, watch)
            with desk.writing() as unit:
                unit.progress = watch
                updated = _bring_in_requests(desk, unit, rows, watch)
                changes = Changes.of(unit)
    return Result(
        added=len(rows) - updated,
        updated=updated,
        refused=tuple(refused),
        warnings=tuple(warnings),
        columns=sheet.columns,
        left_out=unknown,
        notes=tuple(sheet.about.notes),
        changes=changes,
    )


def _bring_in_requests(desk: Desk, unit: Unit, rows: list[TracingRow], watch: Progress) -> int:
    """Write the requests; returns how many of them stood in the vault already."""
    known = {r.external_id: r for r in unit.where_in(TracingRequest, "external_id", (row.external_id for row in rows))}
    numbers = iter(unit.next_numbers(sum(not row.external_id or row.external_id not in known for row in rows)))
    people = _registered(unit, (row.inquirer_id for row in rows))
    made: list[TracingRequest] = []
    updated, holds = 0, Holds(unit)
    for count, row in enumerate(rows):
        if count % STEP == 0:
            watch.step(count, len(rows), _("Registering"))
            unit.add(*made)
            made.clear()
        before = known.get(row.external_id) if row.external_id else None
        fields = _told(row, people)
        if before:
            updated += 1
            _bring_up(desk, unit, holds, before, fields)
        else:
            now = desk.clock.now()
            request = TracingRequest(
                id=new_id(), number=next(numbers), external_id=row.external_id, opened_at=now, **fields
            )
            made.append(holds.over(request))
    unit.add(*made)
    return updated


def _bring_up(desk: Desk, unit: Unit, holds: Holds, before: TracingRequest, fields: dict[str, Any]) -> None:
    """Bring a request to what the list tells. A No stands: a list is older than it; nobody masked is changed by a list."""
    sides = (before.inquirer_id, before.sought_person_id)
    if not all(knows(desk, unit, one) for one in sides if one):
        return
    if before.consent_to_trace == NO:
        fields.pop("consent_to_trace", None)
    now = holds.over(replace(before, **fields), before)
    unit.save(now, before)
    if not before.held_why:
        hold_together(unit, now)
    if now.consent_to_trace != before.consent_to_trace:
        follow(unit, now.id, now.consent_to_trace)
        share(unit, now, ("consent_to_trace",))


def _registered(unit: Unit, theirs: Iterable[str]) -> dict[str, str]:
    """The ids of registered people by the sender's numbers."""
    found = unit.where_in(Person, "external_id", theirs)
    return {person.external_id: person.id for person in found if not person.merged_into_id}


def _told(row: TracingRow, people: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a request that a row tells. Of the later columns only what stands there: a file may lack them."""
    told: dict[str, Any] = {
        **birth_fields(row.birth),
        **{
            name: getattr(row, name)
            for name in ("given_name", "family_name", "patronymic", "sex", "origin", "relatives")
        },
    }
    told |= {column.name: value for column in MORE if (value := getattr(row, column.name))}
    inquirer = people.get(told.pop("inquirer_id", ""))
    return told | ({"inquirer_id": inquirer} if inquirer else {})
