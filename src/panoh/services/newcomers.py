"""People who come in by a list: rows become sites, households and people, new or updated, in one write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.exchange.columns import ParsedRow, Refused
from panoh.exchange.people_rows import PersonRow
from panoh.services.desk import Desk
from panoh.services.registration import birth_fields
from panoh.store.tables import table
from panoh.store.units import Unit

STEP = 500  # rows between two reports of progress
Row = TypeVar("Row")
_ORDER = {Site: 0, Household: 1, Person: 2}  # what others point at comes first
_ALWAYS = (
    "sex",
    "origin",
    "arrival_on",
    "phone",
    "nationalities",
    "legal_status",
    "fled_from",
    "country_now",
    "intends_to_go",
    "border_status",
)
_ASSESSED = ("feared_country", "hiding_from", "extradition", "recognised_by")


class Tally:
    """Counts what became of the rows while they are read."""

    def __init__(self, progress: Progress) -> None:
        self.refused: list[tuple[int, str]] = []
        self.warnings: list[tuple[int, str]] = []
        self.added = self.updated = 0
        self._progress = progress

    def taken(self, parsed: Iterator[ParsedRow[Row]]) -> Iterator[Row]:
        """The rows that can be taken; the others are noted with their reasons."""
        for count, row in enumerate(parsed):
            if count % STEP == 0:
                self._progress.step(count, 0, _("Reading"))
            self.warnings += [(row.number, warning) for warning in row.warnings]
            if isinstance(row.values, Refused):
                self.refused.append((row.number, row.values.reason))
            else:
                yield row.values


class Newcomers:
    """Turns rows into records: sites and households once each, people new or updated."""

    def __init__(self, desk: Desk, unit: Unit, tally: Tally, watch: Progress) -> None:
        self._unit, self._tally, self._watch = unit, tally, watch
        self._now, self._today = desk.clock.now(), desk.clock.today()
        self._sites = {site.name.casefold(): site for site in unit.all(Site)}
        self._homes: dict[str, Household] = {}
        self._numbers: Iterator[str] = iter(())
        self._made: list[Record] = []

    def bring_in(self, rows: list[PersonRow]) -> None:
        """Write all rows, in portions, inside the one transaction."""
        known = {
            p.external_id: p for p in self._unit.where_in(Person, "external_id", (row.external_id for row in rows))
        }
        homes = self._unit.where_in(Household, "external_id", (row.household for row in rows))
        self._homes = {home.external_id: home for home in homes}
        self._numbers = iter(self._unit.next_numbers(self._count_new(rows, known)))
        for count, row in enumerate(rows):
            if count % STEP == 0:
                self._watch.step(count, len(rows), _("Registering"))
                self._write()
            before = known.get(row.external_id) if row.external_id else None
            if before is None:
                self._add(row)
            else:
                self._update(row, before)
        self._write()

    def _count_new(self, rows: list[PersonRow], known: dict[str, Person]) -> int:
        people = sum(not row.external_id or row.external_id not in known for row in rows)
        homes = {row.household for row in rows if row.household} - self._homes.keys()
        sites = {row.site.casefold() for row in rows if row.site} - self._sites.keys()
        return people + len(homes) + len(sites)

    def _write(self) -> None:
        if self._made:
            self._unit.add(*sorted(self._made, key=lambda record: _ORDER.get(type(record), 3)))
            self._made = []

    def _site(self, row: PersonRow) -> str:
        key = row.site.casefold()
        if key and key not in self._sites:
            country = row.country_now if row.border_status != "waiting" else ""
            site = Site(id=new_id(), number=next(self._numbers), name=row.site, kind=row.site_kind, country=country)
            self._sites[key] = site
            self._made.append(site)
        return self._sites[key].id if key else ""

    def _household(self, row: PersonRow, site_id: str) -> str:
        if not row.household:
            return ""
        if row.household not in self._homes:
            home = Household(
                id=new_id(),
                number=next(self._numbers),
                external_id=row.household,
                address_before=row.origin,
                site_id=site_id,
                shelter=row.shelter,
            )
            self._homes[row.household] = home
            self._made.append(home)
        return self._homes[row.household].id

    def _fields(self, row: PersonRow) -> dict[str, Any]:
        return {
            **birth_fields(row.birth),
            **{name: getattr(row, name) for name in ("given_name", "family_name", "patronymic", *_ALWAYS)},
            "urgent": "none" if row.needs_asked else "",  # what was found stands as a need
        }

    def _add(self, row: PersonRow) -> None:
        site_id = self._site(row)
        person = Person(
            id=new_id(),
            number=next(self._numbers),
            external_id=row.external_id,
            household_id=self._household(row, site_id),
            relation=row.relation,
            site_id=site_id,
            presence_since=row.arrival_on,
            registered_at=self._now,
            **self._fields(row),
        )
        self._made.append(person)
        self._made += [self._need(person.id, code) for code in row.needs]
        if row.document_no:
            self._made.append(
                IdentityDocument(
                    id=new_id(), person_id=person.id, document_no=row.document_no, state="stated", noted_on=self._today
                )
            )
        if any(getattr(row, name) for name in _ASSESSED):
            told = {name: getattr(row, name) for name in _ASSESSED}
            self._made.append(RefoulementAssessment(id=new_id(), person_id=person.id, asked_at=self._now, **told))
        self._tally.added += 1

    def _need(self, person_id: str, code: str) -> SpecificNeed:
        return SpecificNeed(id=new_id(), person_id=person_id, code=code, source="other_person", noticed_at=self._now)

    def _update(self, row: PersonRow, before: Person) -> None:
        """What the row says replaces what was there; what it does not say stays."""
        said = {name: value for name, value in self._fields(row).items() if value not in ("", None, ())}
        if "birth_precision" not in said:
            said = {name: value for name, value in said.items() if not name.startswith("birth_")}
        self._unit.save(replace(before, **said))
        codes = {need.code for need in self._unit.all(SpecificNeed, table(SpecificNeed).c.person_id == before.id)}
        self._made += [self._need(before.id, code) for code in row.needs if code not in codes]
        told = {name: getattr(row, name) for name in _ASSESSED if getattr(row, name)}
        known = self._unit.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == before.id)
        if told and known:
            self._unit.save(replace(known, **told))
        elif told:
            self._made.append(RefoulementAssessment(id=new_id(), person_id=before.id, asked_at=self._now, **told))
        self._tally.updated += 1
