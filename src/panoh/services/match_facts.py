"""The facts that tracing compares, read from the records of both sides: of some requests, of some people, of everyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.family import KinLink
from panoh.domain.household import Site
from panoh.domain.matching.sides import NOT_TOLD, Known, OtherName, Sought
from panoh.domain.name_parts import MALE, read_name
from panoh.domain.name_split import split_full_name
from panoh.domain.person import Person, PersonName, PersonPhone
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Desk
from panoh.services.feeding import grouped
from panoh.services.look_alikes import open_papers
from panoh.services.tracing_consent import TRACING, tracing_refused
from panoh.store import candidates as store
from panoh.store import duplicates, lines
from panoh.store.masking import masked_ids
from panoh.store.tables import table
from panoh.store.units import Reading

if TYPE_CHECKING:
    from panoh.domain.matching.columns import Building, Sides

MATCHED = ("open", "in_progress")  # statuses in which somebody is still looked for
_AT_ONCE = 200  # requests asked for in one statement
_CHILD = "child"
_AS_TOLD = (
    "given_name", "family_name", "patronymic", "nickname", "other_names", "sex", "birth", "origin", "relatives", "relation",
    "separated_on", "separated_where", "last_seen", "last_seen_on", "languages", "marks", "clothes",
)  # fmt: skip
# Of whom the family name is likely the inquirer's own.
_OF_ONE_NAME = frozenset({"child", "parent", "sibling", "spouse", "grandchild", "grandparent"})


def requests(reading: Reading, ids: Iterable[str] | None = None) -> list[TracingRequest]:
    """Requests that are matched, the oldest first; of these only, if any are given.

    Not those of whom a record is known that says No to tracing: nobody is looked for against their word.
    """
    c = table(TracingRequest).c
    where = (c.status.in_(MATCHED), c.consent_to_trace != "no", c.consent_withdrawn_on.is_(None))
    found: list[TracingRequest] = []
    if ids is None:
        found = reading.all(TracingRequest, *where, lines.asked_for_someone_here())
    else:
        for some in portions(ids, _AT_ONCE):
            found += reading.all(TracingRequest, c.id.in_(some), *where, lines.asked_for_someone_here())
    against = refused(reading, {each.sought_person_id for each in found if each.sought_person_id})
    return [each for each in found if each.sought_person_id not in against]


def refused(reading: Reading, person_ids: Iterable[str] | None = None) -> set[str]:
    """Who said No to being looked for; of these people, or of everyone."""
    ids = person_ids
    if ids is None:
        ids = [one.person_id for one in reading.all(Consent, table(Consent).c.purpose == TRACING)]
    return tracing_refused(reading, ids)


def alone(asked: TracingRequest) -> Sought:
    """What a request tells by itself, without the record of whoever asks."""
    return _sought(asked, None, {}, {})


def portions(ids: Iterable[str], most: int) -> Iterable[list[str]]:
    """So many of these ids at a time."""
    every = list(ids)
    return (every[at : at + most] for at in range(0, len(every), most))


def not_meant(reading: Reading, asked: Sequence[TracingRequest]) -> dict[str, set[str]]:
    """For each request whom it cannot mean: the inquirer and whoever stays with them, and the record of the one sought."""
    homes = {p.id: p.household_id for p in reading.where_in(Person, "id", (each.inquirer_id for each in asked))}
    members = grouped(reading.where_in(Person, "household_id", homes.values()), lambda p: p.household_id)
    out: dict[str, set[str]] = {}
    for each in asked:
        here = {p.id for p in members.get(homes.get(each.inquirer_id, ""), ()) if p.presence in ("here", "")}
        out[each.id] = {each.inquirer_id, each.sought_person_id} | here
    return out


def sought(reading: Reading, asked: Sequence[TracingRequest]) -> list[Sought]:
    """What these requests tell, with what the records of those who ask add."""
    inquirers = {p.id: p for p in reading.where_in(Person, "id", (each.inquirer_id for each in asked))}
    homes = grouped(
        reading.where_in(Person, "household_id", (p.household_id for p in inquirers.values())),
        lambda person: person.household_id,
    )
    links = _linked(reading, inquirers)
    return [_sought(each, inquirers.get(each.inquirer_id), homes, links) for each in asked]


def _sought(
    asked: TracingRequest,
    inquirer: Person | None,
    homes: Mapping[str, Sequence[Person]],
    links: Mapping[str, Sequence[str]],
) -> Sought:
    father, family, beside = _of_inquirer(asked, inquirer, homes, links)
    beside += [one.strip() for one in asked.last_seen_with.split(",")]
    return Sought(
        **{name: getattr(asked, name) for name in _AS_TOLD},
        kin_beside=tuple(dict.fromkeys(one for one in beside if one)),
        father=father if asked.relation == _CHILD else "",
        family_beside=family if asked.relation in _OF_ONE_NAME else "",
        inquirer_birth=inquirer.birth if inquirer else NOT_TOLD,
        phones=(asked.phone,) if asked.phone else (),
        papers=(asked.document_no,) if asked.document_no else (),
    )


def _of_inquirer(
    asked: TracingRequest,
    inquirer: Person | None,
    homes: Mapping[str, Sequence[Person]],
    links: Mapping[str, Sequence[str]],
) -> tuple[str, str, list[str]]:
    """The given name of an inquirer who is a man, the family name, and the given names of them and theirs."""
    if inquirer is None:
        name = split_full_name(asked.inquirer_name)
        man = bool(name.given) and read_name(asked.inquirer_name).sex == MALE
        return name.given if man else "", name.family, [name.given]
    members = homes.get(inquirer.household_id, ()) if inquirer.household_id else ()
    others = (p.given_name for p in members if p.id not in (inquirer.id, asked.sought_person_id))
    father = inquirer.given_name if inquirer.sex == "M" else ""
    return father, inquirer.family_name, [inquirer.given_name, *others, *links.get(inquirer.id, ())]


def known(desk: Desk, reading: Reading, person_ids: Iterable[str]) -> tuple[list[str], list[Known]]:
    """What is known of these people, by their ids in order; not of who was joined to another record or set aside."""
    people = sorted((p for p in reading.where_in(Person, "id", person_ids) if not p.merged_into_id), key=lambda p: p.id)
    ids = [person.id for person in people]
    sites = {site.id: site.place for site in reading.where_in(Site, "id", (person.site_id for person in people))}
    around = grouped(store.around(reading, ids), lambda pair: pair[0])
    names = grouped(reading.where_in(PersonName, "person_id", ids), lambda name: name.person_id)
    phones = grouped(reading.where_in(PersonPhone, "person_id", ids), lambda phone: phone.person_id)
    papers = grouped(open_papers(desk, reading, ids), lambda paper: paper[0])
    told = grouped(reading.where_in(Description, "person_id", ids), lambda each: each.person_id)
    asked = grouped(reading.where_in(TracingRequest, "inquirer_id", ids), lambda each: each.inquirer_id)
    links = _linked(reading, ids)
    found = []
    for person in people:
        kin = [name for _one, name in around.get(person.id, ())]
        kin += links.get(person.id, ())
        kin += [one for each in told.get(person.id, ()) for one in each.kin_said]
        kin += [each.given_name or each.nickname for each in asked.get(person.id, ()) if _may_speak(each)]
        found.append(
            Known(
                person=person,
                other_names=tuple(OtherName(each.text, each.kind) for each in names.get(person.id, ())),
                phones=tuple(each.phone_no for each in phones.get(person.id, ())),
                papers=tuple(number for _person, number in papers.get(person.id, ())),
                kin=tuple(one for one in kin if one),
                marks=" ".join(each.marks for each in told.get(person.id, ())),
                clothes=" ".join(each.clothes for each in told.get(person.id, ())),
                site_place=sites.get(person.site_id, ""),
            )
        )
    return ids, found


def _linked(reading: Reading, person_ids: Iterable[str]) -> dict[str, list[str]]:
    """The given names of those to whom these people are linked; of nobody who is masked, as a reason would tell of them."""
    ids = set(person_ids)
    ends = [(link.from_person_id, link.to_person_id) for link in reading.where_in(KinLink, "from_person_id", ids)]
    ends += [(link.to_person_id, link.from_person_id) for link in reading.where_in(KinLink, "to_person_id", ids)]
    if not ends:
        return {}
    hidden = masked_ids(reading)
    others = {p.id: p for p in reading.where_in(Person, "id", (other for _one, other in ends))}
    found: dict[str, list[str]] = {}
    for one, other in ends:
        if other in others and other not in hidden and not others[other].merged_into_id and others[other].given_name:
            found.setdefault(one, []).append(others[other].given_name)
    return found


def _not_needed(asked: Sequence[TracingRequest]) -> set[int]:
    """Columns of people with which these requests have nothing to compare."""
    needed = {
        store.PHONE: any(each.phone for each in asked),
        store.ARRIVAL: any(each.separated_on or each.last_seen_on for each in asked),
        store.REGISTERED: any(each.last_seen_on for each in asked),
        store.SITE: any(each.last_seen_on for each in asked),
    }
    return {column for column, told in needed.items() if not told}


def everyone(desk: Desk, reading: Reading, asked: Sequence[TracingRequest]) -> tuple[list[str], Sides]:
    """Everyone as columns, numbered in the order of the ids, and behind them these requests."""
    from panoh.domain.matching.columns import Building

    building = Building()
    ids, columns = store.everyone(reading, _not_needed(asked))
    number = {one: at for at, one in enumerate(ids)}
    if any(each.document_no for each in asked):  # else no paper can be the same
        building.add_papers((number[one], paper) for one, paper in open_papers(desk, reading) if one in number)
    if any(each.phone for each in asked):
        building.add_phones((number[one], phone) for one, phone in duplicates.further_phones(reading) if one in number)
    if ids:
        building.add_people_columns(columns[:-2])
        for parents in columns[-2:]:
            building.add_kin((at, name) for at, name in enumerate(parents) if name)
    building.add_others(
        (number[one], other, [column[number[one]] for column in columns[:3]])
        for one, other in store.other_names(reading)
        if one in number
    )
    _add_told(reading, building, number)
    if any(each.languages for each in asked):
        for one, spoken in store.languages(reading):
            if one in number:
                building.add_words(number[one], "languages", spoken)
    building.add_sought(sought(reading, asked))
    return ids, building.sides()


def _may_speak(request: TracingRequest) -> bool:
    """Whether whom somebody looks for tells of their kin; not once they refused that anybody be looked for."""
    return request.consent_to_trace != "no" and not request.consent_withdrawn_on


def _add_told(reading: Reading, building: Building, number: Mapping[str, int]) -> None:
    """Kin beside the household, marks and clothes, of everyone of whom such was told."""
    kin, c = store.kin_links(reading), table(TracingRequest).c
    for asked in reading.all(TracingRequest, c.inquirer_id.is_not(None)):
        kin += [(asked.inquirer_id, asked.given_name or asked.nickname)] if _may_speak(asked) else []
    words: dict[tuple[str, str], list[str]] = {}
    for told in reading.all(Description):
        kin += [(told.person_id, one) for one in told.kin_said]
        words.setdefault((told.person_id, "marks"), []).append(told.marks)
        words.setdefault((told.person_id, "clothes"), []).append(told.clothes)
    building.add_kin((number[one], name) for one, name in kin if name and one in number)
    for (one, kind), texts in words.items():
        if one in number:
            building.add_words(number[one], kind, " ".join(texts))
