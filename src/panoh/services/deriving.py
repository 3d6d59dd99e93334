"""Keeping up what is worked out from records: levels and name keys, in the same transaction as any change that feeds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from panoh.base.clock import Clock
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain import find_keys
from panoh.domain.cases import LevelOverride
from panoh.domain.name_keys import name_keys
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.triage.assess import Assessment, assess, with_override
from panoh.domain.triage.clocks import local_day
from panoh.domain.triage.facts import Facts, HouseholdFacts
from panoh.domain.triage.gather import NO_CASEWORK, facts_of, household_facts
from panoh.domain.triage.rulebook import Key, Rulebook
from panoh.domain.triage.settings import RuleSetting
from panoh.domain.triage.site_rules import SiteRules
from panoh.domain.triage.withheld import told_due
from panoh.services import match_marks, resources
from panoh.services.believed_clock import BelievedClock
from panoh.services.feeding import Records, affected, grouped
from panoh.services.stored_reasons import dump
from panoh.store import derived
from panoh.store.derived import StoredLevel
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

STEP = 500  # people between two reports of progress


class Deriver:
    """Called by the store before each commit; reads what was touched and refreshes what rests on it."""

    def __init__(self, rulebook: Rulebook, clock: Clock) -> None:
        self.believed = BelievedClock(clock)
        self._rulebook = rulebook
        self._rules: SiteRules | None = None

    def __call__(self, unit: Unit) -> None:
        """Refresh name keys and levels of whomever this write touched."""
        renamed = unit.touched[Person] | unit.people_of[PersonName]
        renamed |= unit.people_of[PersonPhone] | unit.people_of[IdentityDocument]
        if renamed:
            _refresh_name_keys(unit, renamed)
        touched = affected(unit)
        if touched:
            self.refresh(unit, touched)
        if unit.touched[RuleSetting]:
            self._rules = None
        match_marks.mark(unit)

    def refresh(self, unit: Unit, person_ids: Iterable[str]) -> None:
        """Assess these people and everyone of their households anew."""
        known = Records(unit, person_ids)
        derived.drop_levels(unit, known.joined)
        levels: list[StoredLevel] = []
        first: dict[tuple[str, str], datetime] = {}
        if self._rules is None:
            self._rules = SiteRules(self._rulebook, settings_of(unit))
        before = derived.rows_of(unit, known.ids)
        for level, reasons in derive(unit, known, self._rules, self.believed.now(), before):
            first.update({(level.person_id, reason): since for reason, since in reasons})
            levels.append(level)
            if len(levels) % STEP == 0:
                unit.progress.step(len(levels), len(known.ids), _("Triage"))
        derived.put_changed_levels(unit, levels, before)
        derived.put_first_held(unit, first)


def settings_of(reading: Reading) -> list[RuleSetting]:
    """What supervisors have set about the rules and nobody ended."""
    return reading.all(RuleSetting, table(RuleSetting).c.ended_at.is_(None))


def derive(
    reading: Reading, known: Records, rules: SiteRules, now: datetime, stored: Mapping[str, derived.Row]
) -> Iterator[tuple[StoredLevel, list[tuple[str, datetime]]]]:
    """The level of each of these people by these rules, and since when those of its reasons are held that are new.

    `stored` are the levels of before.
    """
    held = derived.first_held_of(reading, known.ids)
    for household_id, members in known.homes:
        home = _home(known, household_id, members, now)
        for person in members:
            facts = _facts(known, home, person)
            mine = held.get(person.id, {})
            keys = {_key(text): at for text, at in mine.items()} if mine else NOTHING_HELD
            override, row = known.overrides.get(person.id), stored.get(person.id)
            before = None if row is None else derived.standing(row)
            level, reasons = assessed(facts, rules.at(person.site_id), now, keys, override, before)
            yield level, [(reason, since) for reason, since in reasons if reason not in mine]


def facts_about(reading: Reading, person_id: str, now: datetime) -> Facts | None:
    """Everything that the rules read about one person; None for who was joined to another record or is not there."""
    return facts_about_all(reading, [person_id], now).get(person_id)


def facts_about_all(reading: Reading, person_ids: Iterable[str], now: datetime) -> dict[str, Facts]:
    """The same of several people and everyone of their households, by person id."""
    known = Records(reading, person_ids)
    homes = ((members, _home(known, home_id, members, now)) for home_id, members in known.homes)
    return {person.id: _facts(known, home, person) for members, home in homes for person in members}


def _home(known: Records, household_id: str, members: Sequence[Person], now: datetime) -> HouseholdFacts:
    household = known.households.get(household_id)
    return household_facts(household, members, known.needs, known.assessments, local_day(now), known.awaited)


def _facts(known: Records, home: HouseholdFacts, person: Person) -> Facts:
    return facts_of(
        person,
        home,
        documents=known.documents.get(person.id, ()),
        requests=known.requests.get(person.id, ()),
        unanswered=known.unanswered.get(person.id, ()),
        site=known.sites.get(person.site_id),
        assessment=known.assessments.get(person.id),
        casework=known.casework.get(person.id, NO_CASEWORK),
    )


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
    told = told_due(result, rulebook, held, facts.leaves_on)
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
    others = grouped(reading.where_in(PersonName, "person_id", person_ids), lambda name: name.person_id)
    papers = grouped(reading.where_in(IdentityDocument, "person_id", person_ids), lambda paper: paper.person_id)
    phones = grouped(reading.where_in(PersonPhone, "person_id", person_ids), lambda phone: phone.person_id)
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
