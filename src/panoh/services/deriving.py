"""Keeping up what is worked out from records: levels and name keys, in the same transaction as any change that feeds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain import find_keys
from panoh.domain.cases import LevelOverride
from panoh.domain.household import Household, Site
from panoh.domain.name_keys import name_keys
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage.assess import Assessment, assess, with_override
from panoh.domain.triage.facts import Facts
from panoh.domain.triage.gather import facts_of, household_facts
from panoh.domain.triage.rulebook import Key, Rulebook
from panoh.domain.triage.withheld import told_due
from panoh.services import resources
from panoh.services.stored_reasons import dump
from panoh.store import derived
from panoh.store.derived import StoredLevel
from panoh.store.units import Reading, Unit

T = TypeVar("T")
STEP = 500  # people between two reports of progress
_FEEDS = (SpecificNeed, RefoulementAssessment, IdentityDocument, LevelOverride, TracingRequest, Unanswered)


class Deriver:
    """Called by the store before each commit; reads what was touched and refreshes what rests on it."""

    def __init__(self, rulebook: Rulebook, clock: Clock) -> None:
        self._rulebook = rulebook
        self._clock = clock

    def __call__(self, unit: Unit) -> None:
        """Refresh name keys and levels of whomever this write touched."""
        renamed = unit.touched[Person] | unit.people_of[PersonName]
        renamed |= unit.people_of[PersonPhone] | unit.people_of[IdentityDocument]
        if renamed:
            _refresh_name_keys(unit, renamed)
        affected = _affected(unit)
        if affected:
            self.refresh(unit, affected)

    def refresh(self, unit: Unit, person_ids: Iterable[str]) -> None:
        """Assess these people and everyone of their households anew."""
        now, today = self._clock.now(), self._clock.today()
        known = _Records(unit, person_ids)
        derived.drop_levels(unit, known.joined)
        held = derived.first_held_of(unit, known.ids)
        before = derived.waiting_since(unit, known.ids)
        levels: list[StoredLevel] = []
        first: dict[tuple[str, str], datetime] = {}
        for household_id, members in known.homes:
            home = household_facts(known.households.get(household_id), members, known.needs, known.assessments, today)
            for person in members:
                facts = facts_of(
                    person,
                    home,
                    documents=known.documents.get(person.id, ()),
                    requests=known.requests.get(person.id, ()),
                    unanswered=known.unanswered.get(person.id, ()),
                    site=known.sites.get(person.site_id),
                )
                mine = {_key(text): at for text, at in held.get(person.id, {}).items()}
                level, reasons = assessed(
                    facts, self._rulebook, now, mine, known.overrides.get(person.id), before.get(person.id)
                )
                first.update({(person.id, reason): since for reason, since in reasons})
                levels.append(level)
                if len(levels) % STEP == 0:
                    unit.progress.step(len(levels), len(known.ids), _("Triage"))
        derived.put_levels(unit, levels)
        derived.put_first_held(unit, first)


NOTHING_HELD: Mapping[Key, datetime] = {}


def assessed(
    facts: Facts,
    rulebook: Rulebook,
    now: datetime,
    held: Mapping[Key, datetime] = NOTHING_HELD,
    override: LevelOverride | None = None,
    before: tuple[str, datetime] | None = None,
) -> tuple[StoredLevel, list[tuple[str, datetime]]]:
    """A person's level as it is stored, and since when each of its reasons is held.

    `held` tells since when the vault held reasons before, `before` the level until now and since when it stood.
    """
    result = assess(facts, rulebook, now, held)
    since = [(f"{reason.rule} {reason.variant}", reason.since) for reason in result.reasons]
    result = with_override(result, override, now) if override else result
    told = told_due(result, rulebook, held, facts.site_closing_on)
    return _stored(facts.member.person_id, result, told, before, now), since


def _key(text: str) -> Key:
    rule, _space, variant = text.partition(" ")
    return rule, variant


def _stored(
    person_id: str, result: Assessment, told: datetime | None, before: tuple[str, datetime] | None, now: datetime
) -> StoredLevel:
    return StoredLevel(
        person_id=person_id,
        level=result.level,
        rank=result.rank,
        due_at=result.due,
        told_due=told,
        waiting_since=before[1] if before and before[0] == result.level else now,
        restricted=result.restricted,
        alone_child=result.child_alone,
        next_change_at=result.next_change,
        reasons=dump(result),
    )


class _Records:
    """Everything that feeds the levels of some people and their households, read in few queries."""

    def __init__(self, reading: Reading, person_ids: Iterable[str]) -> None:
        found = reading.where_in(Person, "id", person_ids)
        self.joined = [person.id for person in found if person.merged_into_id]
        people = [person for person in found if not person.merged_into_id]
        home_ids = {person.household_id for person in people if person.household_id}
        members = reading.where_in(Person, "household_id", home_ids)
        alone = [person for person in people if not person.household_id]
        grouped = _grouped(members, lambda person: person.household_id)
        self.homes: list[tuple[str, Sequence[Person]]] = [*grouped.items(), *(("", [person]) for person in alone)]
        self.ids = [person.id for person in (*members, *alone)]
        self.households = {home.id: home for home in reading.where_in(Household, "id", home_ids)}
        self.sites = {site.id: site for site in reading.all(Site)}
        self.needs = _grouped(reading.where_in(SpecificNeed, "person_id", self.ids), lambda need: need.person_id)
        self.documents = _grouped(
            reading.where_in(IdentityDocument, "person_id", self.ids), lambda paper: paper.person_id
        )
        self.assessments = {a.person_id: a for a in reading.where_in(RefoulementAssessment, "person_id", self.ids)}
        self.requests = _by_both_sides(reading, self.ids)
        self.unanswered = self._unanswered(reading)
        open_overrides = [o for o in reading.where_in(LevelOverride, "person_id", self.ids) if o.ended_at is None]
        self.overrides = {override.person_id: override for override in sorted(open_overrides, key=lambda o: o.set_at)}

    def _unanswered(self, reading: Reading) -> dict[str, list[Unanswered]]:
        whose = {person_id: person_id for person_id in self.ids} | {
            a.id: a.person_id for a in self.assessments.values()
        }
        return _grouped(reading.where_in(Unanswered, "record_id", whose), lambda each: whose[each.record_id])


def _grouped(records: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return groups


def _by_both_sides(reading: Reading, ids: list[str]) -> dict[str, list[TracingRequest]]:
    found: dict[str, list[TracingRequest]] = defaultdict(list)
    for side in ("inquirer_id", "sought_person_id"):
        for request in reading.where_in(TracingRequest, side, ids):
            found[getattr(request, side)].append(request)
    return found


def _affected(unit: Unit) -> set[str]:
    """Everyone whose facts this write may have changed, apart from the others of their households."""
    people = set(unit.touched[Person]).union(*(unit.people_of[kind] for kind in _FEEDS))
    people |= {one.id for one in unit.where_in(Person, "household_id", unit.touched[Household] | unit.homes)}
    people |= {one.id for one in unit.where_in(Person, "site_id", _closing_changed(unit))}
    people |= {one.person_id for one in unit.where_in(RefoulementAssessment, "id", unit.people_of[Unanswered])}
    return people - {""}


def _closing_changed(unit: Unit) -> set[str]:
    """Sites whose day of closing changed: the one thing about a site that a rule reads (T21)."""
    return {entry.record_id for entry in unit.entries if entry.record_class == "Site" and entry.field == "closing_on"}


def refresh_all_keys(unit: Unit, progress: Progress) -> None:
    """Give everyone new keys when the way they are made is another than when this vault was last open."""
    if unit.meta("keys_of_people") == find_keys.VERSION:
        return
    ids = derived.everyone(unit)
    for at in range(0, len(ids), STEP):
        progress.step(at, len(ids), _("Making the keys of the search anew"))
        _refresh_name_keys(unit, set(ids[at : at + STEP]))
    unit.set_meta("keys_of_people", find_keys.VERSION)


def _refresh_name_keys(unit: Unit, person_ids: set[str]) -> None:
    derived.put_name_keys(unit, fresh_keys(unit, person_ids))


def fresh_keys(reading: Reading, person_ids: set[str]) -> dict[str, Iterable[str]]:
    """The keys of these people as they would be made now; none for who was joined to another record."""
    others = _grouped(reading.where_in(PersonName, "person_id", person_ids), lambda name: name.person_id)
    papers = _grouped(reading.where_in(IdentityDocument, "person_id", person_ids), lambda paper: paper.person_id)
    phones = _grouped(reading.where_in(PersonPhone, "person_id", person_ids), lambda phone: phone.person_id)
    keys: dict[str, Iterable[str]] = {}
    for person in reading.where_in(Person, "id", person_ids):
        told = keys_of(person, others.get(person.id, ()), phones.get(person.id, ()), papers.get(person.id, ()))
        keys[person.id] = () if person.merged_into_id else told
    return keys


def keys_of(
    person: Person,
    others: Iterable[PersonName] = (),
    phones: Iterable[PersonPhone] = (),
    papers: Sequence[IdentityDocument] = (),
) -> frozenset[str]:
    """The keys under which a person is found and compared with others."""
    name = (person.given_name, person.family_name, person.patronymic, [other.text for other in others])
    withheld = resources.vocabularies()["document_kind"].restricted
    return name_keys(*name) | find_keys.person_keys(
        *name,
        phones=[person.phone, *(phone.phone_no for phone in phones)],
        papers=[paper.document_no for paper in papers if not withheld(paper.kind)],
        withheld_papers=[paper.document_no for paper in papers if withheld(paper.kind)],
    )
