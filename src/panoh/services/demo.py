"""The demo vault: invented people, made fresh, so that every date is as old as on the day of the story."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from panoh.base.clock import Clock, FixedClock
from panoh.base.ids import new_id
from panoh.base.paths import resource
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.border import BorderPoint, BorderPointState, Movement
from panoh.domain.cases import Case, CaseAction, CaseOption, LevelOverride, Note, Task, User
from panoh.domain.casework import Approval
from panoh.domain.consent import Consent
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.exchange.moved_dates import moved_copy
from panoh.services import imports, users, vault
from panoh.services.desk import CASEWORKER
from panoh.services.passphrases import new_passphrase
from panoh.store.keyfile import STANDARD, Kdf
from panoh.store.tables import table
from panoh.store.units import Unit

USER = "Feruza A."
SUPERVISOR = "Dilbar S."
HELD_FOR = timedelta(hours=4, minutes=40)  # the facts are that old, so that some first actions are overdue
DEVICE = "KX7"
R = TypeVar("R", bound=Record)
_ROWS: tuple[tuple[str, type[Any]], ...] = (
    ("name", PersonName),
    ("document", IdentityDocument),
    ("consent", Consent),
    ("task", Task),
    ("approval", Approval),
)


def make(path: Path, clock: Clock, *, kdf: Kdf = STANDARD) -> vault.OpenVault:
    """Make a demo vault at `path` and open it as its caseworker.

    Raises AppError as `vault.create` does. The passphrases are made by chance and forgotten: nobody unlocks it again.
    """
    passphrase, earlier = new_passphrase(), FixedClock(clock.now() - HELD_FOR)
    made = vault.create(path, SUPERVISOR, new_passphrase(), clock=earlier, device=DEVICE, demo=True, kdf=kdf)
    with made.open as opened:
        stories = tomllib.loads(resource("demo/stories.toml").read_text("utf-8"))
        for name, bring_in in (("people.csv", imports.import_people), ("requests.csv", imports.import_tracing)):
            moved = (
                path / name
            )  # invented people: the only list that a vault folder ever holds in the clear, and not for long
            moved_copy(resource("demo") / name, moved, clock.today() - stories["reference_day"])
            bring_in(opened.desk, moved, imports.Options())
            moved.unlink()
        caseworker = users.add(opened, USER, passphrase, CASEWORKER, one_time=False)
        with opened.desk.writing() as unit:
            _Stories(unit, clock.now(), {"dilbar": opened.desk.user.id, "feruza": caseworker.id}).tell(stories)
    return vault.unlock(path, USER, passphrase, clock=clock)


class _Stories:
    """Lays stories.toml on top of the imported people; the format is told in resources/demo/README.md."""

    def __init__(self, unit: Unit, now: datetime, users: dict[str, str]) -> None:
        self._unit, self._now, self._users = unit, now, users
        self._people = {person.external_id: person for person in unit.all(Person)}

    def tell(self, stories: dict[str, Any]) -> None:
        """Write everything that the stories add."""
        for user in stories["user"]:
            if user["key"] not in self._users:
                made = User(id=new_id(), name=user["name"], role=user["role"])
                self._unit.add(made)
                self._users[user["key"]] = made.id
        self._sites(stories["site"])
        self._border(stories["border_point"], stories["movement"])
        homes = {home.external_id: home for home in self._unit.all(Household)}
        for home in stories["household"]:
            self._unit.save(replace(homes[home["id"]], **self._values(Household, home)))
        told = {person["id"]: person for person in stories["person"]}
        for external_id, person in self._people.items():
            self._person(person, told.get(external_id, {}))
        self._needs(stories["site"], stories["walk"], stories["distribution"])
        requests = {request.external_id: request for request in self._unit.all(TracingRequest)}
        for request in stories["tracing"]:
            self._unit.save(replace(requests[request["request_id"]], **self._values(TracingRequest, request)))

    def _sites(self, stories: list[dict[str, Any]]) -> None:
        known = {site.name: site for site in self._unit.all(Site)}
        for told in stories:
            values = self._values(Site, told)
            if told["name"] in known:
                self._unit.save(replace(known[told["name"]], **values))
            else:
                self._unit.add(Site(**{"id": new_id(), "number": self._unit.next_numbers()[0], **values}))

    def _border(self, points: list[dict[str, Any]], movements: list[dict[str, Any]]) -> None:
        sites = {site.name: site.id for site in self._unit.all(Site)}
        for told in points:
            point = self._record(BorderPoint, told)
            self._unit.add(point)
            for state in told.get("state", ()):
                self._unit.add(self._record(BorderPointState, state, border_point_id=point.id))
        for told in movements:
            ends = {f"{end}_site_id": sites[told[end]] for end in ("from", "to") if end in told}
            self._unit.add(self._record(Movement, told, **ends))

    def _needs(
        self, places: list[dict[str, Any]], walks: list[dict[str, Any]], distributions: list[dict[str, Any]]
    ) -> None:
        """How sites stand, what their households said when somebody went from one to the next, what they were given."""
        sites = {site.name: site.id for site in self._unit.all(Site)}
        homes = {
            name: [home.id for home in self._unit.where_in(Household, "site_id", [one])] for name, one in sites.items()
        }
        for told in places:
            for row in told.get("basic_need", ()):
                self._unit.add(self._record(BasicNeed, row, site_id=sites[told["name"]]))
            for row in told.get("given", ()):
                self._unit.add(self._record(Assistance, row, site_id=sites[told["name"]]))
        for told in walks:
            for at, home in enumerate(sorted(homes[told["site"]])):
                for sector, states in told["states"].items():
                    row = {"sector": sector, "state": states[at % len(states)], **told}
                    self._unit.add(self._record(BasicNeed, row, household_id=home))
        for told in distributions:
            for home in homes[told["site"]]:
                self._unit.add(self._record(Assistance, told, household_id=home))

    def _person(self, person: Person, told: dict[str, Any]) -> None:
        arrived = person.arrival_on
        noon = datetime.combine(arrived, time(6), UTC) if arrived else self._now
        values = {"registered_at": min(noon, self._now), **self._values(Person, told)}
        self._unit.save(replace(person, **values))
        for key, kind in _ROWS:
            for row in told.get(key, ()):
                self._unit.add(self._record(kind, row, person_id=person.id))
        for need in told.get("need", ()):
            self._merge(SpecificNeed, need, person, lambda known, row: known.code == row["code"])
        if "refoulement" in told:
            self._merge(RefoulementAssessment, told["refoulement"], person, lambda known, row: True)
        for row in told.get("unanswered", ()):
            self._unit.add(self._record(Unanswered, row, record_id=self._record_id(row["record"], person)))
        if "case" in told:
            self._case(person, told["case"])
        if "override" in told:
            self._unit.add(self._record(LevelOverride, told["override"], person_id=person.id))

    def _record_id(self, record: str, person: Person) -> str:
        if record == "person":
            return person.id
        found = self._unit.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person.id)
        return found.id if found else person.id

    def _merge(self, kind: type[Any], row: dict[str, Any], person: Person, same: Any) -> None:
        """Fill in what the import made already, or add it."""
        for known in self._unit.all(kind, table(kind).c.person_id == person.id):
            if same(known, row):
                self._unit.save(replace(known, **self._values(kind, row)))
                return
        self._unit.add(self._record(kind, row, person_id=person.id))

    def _case(self, person: Person, told: dict[str, Any]) -> None:
        case = self._record(Case, told, person_id=person.id)
        self._unit.add(case)
        for key, kind in (("option", CaseOption), ("action", CaseAction), ("note", Note)):
            for row in told.get(key, ()):
                self._unit.add(self._record(kind, row, case_id=case.id))

    def _record(self, kind: type[R], row: dict[str, Any], **pointers: str) -> R:
        return kind(**{"id": new_id(), **self._values(kind, row), **pointers})

    def _values(self, kind: type[Any], row: dict[str, Any]) -> dict[str, Any]:
        """The fields that a table of the story says, with distances turned into days and moments."""
        known, values = {f.name for f in fields(kind)}, {}
        for key, said in row.items():
            if key in known and key != "id":
                values[key] = self._plain(key, said)
                continue
            name, _underscore, unit = key.rpartition("_")
            if name in known and unit in ("days", "hours", "years"):
                values[name] = self._moved(unit, said)
        return values

    def _plain(self, key: str, said: Any) -> Any:
        if key in ("owner_id", "author_id", "set_by", "asked_by", "decided_by", "noted_by"):
            return self._users[said]
        if key in ("inquirer_id", "sought_person_id"):
            return self._people[said].id
        return tuple(said) if isinstance(said, list) else said

    def _moved(self, unit: str, distance: float) -> Any:
        if unit == "days":
            return (self._now + timedelta(days=distance)).astimezone().date()
        if unit == "hours":
            return (self._now + timedelta(hours=distance)).replace(microsecond=0)
        return self._now.year + int(distance)
