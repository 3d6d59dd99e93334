"""People who come in by a list for the first time: rows become sites, households and people with their levels.

Everything is made here and nothing is written (see store/bulk.py), so that another process can do it. A household is
assessed as soon as a row of another one follows; when more of its members come later in the file, at the end again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from panoh.base.ids import new_id
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.triage.gather import facts_of, household_facts
from panoh.domain.triage.site_rules import SiteRules
from panoh.exchange.people_rows import PersonRow
from panoh.services.deriving import assessed, keys_of
from panoh.store.bulk import FORGET, Maker, Portion

# People whose records are kept, in case that more of their households follow: few while a file keeps households
# together, which nearly every file does; else all of a long list, since the vault needs longer to read them again.
FEW, MANY = 10_000, 200_000
SCATTERED = (
    200  # households that came back, after which a file is taken to scatter them: the others are left for the end
)


@dataclass(frozen=True, slots=True)
class Known:
    """What stands in the vault already: sites by name, ids of households by the sender's id."""

    sites: Mapping[str, Site]
    homes: Mapping[str, str]


@dataclass(slots=True)
class _Home:
    """One household while its rows come in."""

    id: str
    household: Household | None  # None: it stands in the vault, with members whom nobody here knows
    members: list[Person] = field(default_factory=list)
    needs: dict[str, list[SpecificNeed]] = field(default_factory=dict)
    papers: dict[str, list[IdentityDocument]] = field(default_factory=dict)
    assessments: dict[str, RefoulementAssessment] = field(default_factory=dict)
    assessed: bool = False
    forgotten: bool = False


class Newcomers:
    """Makes what the rows tell. `take` every row, then `finish`, and now and then take the `portion` that was made."""

    def __init__(self, maker: Maker, known: Known, rules: SiteRules, now: datetime, today: date) -> None:
        self.left_to_vault: list[str] = []  # people whose households only the vault knows as a whole
        self._maker, self._rules, self._now, self._today = maker, rules, now, today
        self._sites = dict(known.sites)
        self._site_of_id = {site.id: site for site in known.sites.values()}
        self._homes = {their_id: _Home(our_id, None) for their_id, our_id in known.homes.items()}
        self._open: _Home | None = None
        self._unnamed: list[tuple[Person, Sequence[IdentityDocument]]] = []
        self._whole: list[_Home] = []
        self._late: dict[str, _Home] = {}
        self._remembered = 0

    def take(self, row: PersonRow) -> None:
        """Make a person, and the household and site that nobody knows yet."""
        site_id = self._site(row)
        home = self._home(row, site_id)
        if home is not self._open:
            self._close()
            self._open = home
        person = self._person(row, home.id, site_id)
        self._maker.add(person)
        home.members.append(person)
        self._remembered += 1
        self._add_what_points_at(person.id, row, home)
        self._unnamed.append((person, home.papers.get(person.id, ())))

    def _person(self, row: PersonRow, household_id: str, site_id: str) -> Person:
        return Person(
            id=new_id(),
            number=self._maker.number(),
            external_id=row.external_id,
            household_id=household_id,
            relation=row.relation,
            given_name=row.given_name,
            family_name=row.family_name,
            patronymic=row.patronymic,
            sex=row.sex,
            birth_precision=row.birth.precision,
            birth_earliest=row.birth.earliest,
            birth_latest=row.birth.latest,
            birth_said=row.birth.said,
            birth_as_of=row.birth.as_of,
            origin=row.origin,
            arrival_on=row.arrival_on,
            phone=row.phone,
            nationalities=row.nationalities,
            legal_status=row.legal_status,
            fled_from=row.fled_from,
            country_now=row.country_now,
            intends_to_go=row.intends_to_go,
            border_status=row.border_status,
            presence_since=row.arrival_on,
            urgent=asked_urgent(row),
            site_id=site_id,
            registered_at=self._now,
        )

    def _add_what_points_at(self, person_id: str, row: PersonRow, home: _Home) -> None:
        if row.needs:
            home.needs[person_id] = [need_of(person_id, code, self._now, self._maker.actor) for code in row.needs]
            for need in home.needs[person_id]:
                self._maker.add(need)
        if row.document_no:
            paper = IdentityDocument(
                id=new_id(), person_id=person_id, document_no=row.document_no, state="stated", noted_on=self._today
            )
            home.papers[person_id] = [paper]
            self._maker.add(paper)
        if row.feared_country or row.hiding_from or row.extradition or row.recognised_by:
            assessment = RefoulementAssessment(
                id=new_id(),
                person_id=person_id,
                feared_country=row.feared_country,
                hiding_from=row.hiding_from,
                extradition=row.extradition,
                recognised_by=row.recognised_by,
                asked_at=self._now,
                asked_by=self._maker.actor,
            )
            home.assessments[person_id] = assessment
            self._maker.add(assessment)

    def portion(self) -> Portion:
        """What was made since the last time."""
        for person, papers in self._unnamed:
            self._maker.names(person.id, keys_of(person, papers=papers))
        self._unnamed.clear()
        self._assess(self._whole)
        self._whole.clear()
        return self._maker.take()

    def finish(self) -> Iterator[int]:
        """Have what is left assessed, household by household: gives how many are still to be done."""
        self._close()
        late, self._late = list(self._late.values()), {}
        for count, home in enumerate(late):
            if home.assessed:
                self._maker.row(FORGET, (home.id,))
            if home.forgotten:
                self.left_to_vault += [person.id for person in home.members]
            else:
                self._whole.append(home)
            yield len(late) - count - 1

    def _close(self) -> None:
        """The rows of another household begin."""
        home, self._open = self._open, None
        if home is None:
            return
        if home.household is None and home.id:
            self.left_to_vault += [person.id for person in home.members]
            home.members.clear()
        elif home.assessed or (home.id and len(self._late) > SCATTERED):
            self._late[home.id] = home
        else:
            home.assessed = True
            self._whole.append(home)
        if self._remembered > (MANY if self._late else FEW):
            self._forget()

    def _forget(self) -> None:
        self._assess(self._whole)
        self._whole.clear()
        self._remembered = 0
        for home in self._homes.values():
            if home.household is not None and home.id not in self._late:
                home.forgotten = home.assessed
                for records in (home.members, home.needs, home.papers, home.assessments):
                    records.clear()

    def _assess(self, homes: Sequence[_Home]) -> None:
        shared = [household_facts(h.household, h.members, h.needs, h.assessments, self._today) for h in homes]
        facts = [
            (
                facts_of(
                    person, those, documents=home.papers.get(person.id, ()), site=self._site_of_id.get(person.site_id)
                ),
                self._rules.at(person.site_id),
            )
            for home, those in zip(homes, shared, strict=True)
            for person in home.members
        ]
        for level, reasons in [assessed(about, rules, self._now) for about, rules in facts]:
            self._maker.level(level, reasons)

    def _site(self, row: PersonRow) -> str:
        if not row.site:
            return ""
        key = row.site.casefold()
        site = self._sites.get(key)
        if site is None:
            country = row.country_now if row.border_status != "waiting" else ""
            site = Site(id=new_id(), number=self._maker.number(), name=row.site, kind=row.site_kind, country=country)
            self._sites[key] = self._site_of_id[site.id] = site
            self._maker.add(site)
        return site.id

    def _home(self, row: PersonRow, site_id: str) -> _Home:
        if not row.household:
            return _Home("", None)
        home = self._homes.get(row.household)
        if home is None:
            household = Household(
                id=new_id(),
                number=self._maker.number(),
                external_id=row.household,
                address_before=row.origin,
                site_id=site_id,
                shelter=row.shelter,
            )
            home = self._homes[row.household] = _Home(household.id, household)
            self._maker.add(household)
        return home


def asked_urgent(row: PersonRow) -> str:
    """A file with a column for needs was asked for urgent health and safety; what was found stands as a need."""
    return "none" if row.needs_asked else ""


def need_of(person_id: str, code: str, now: datetime, user_id: str) -> SpecificNeed:
    """A need that a list tells of a person; it waits for review under the name of whoever brought the list in."""
    return SpecificNeed(
        id=new_id(), person_id=person_id, code=code, source="other_person", noticed_at=now, noticed_by=user_id
    )


def sites_by_name(sites: Iterable[Site]) -> dict[str, Site]:
    """Sites by their names, as a list may write them."""
    return {site.name.casefold(): site for site in sites}
