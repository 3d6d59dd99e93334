"""What everyone needs, and what was given: of a person, a household or a site; what is open, and who said so when.

What was typed about a person follows the words of their case (records.is_withheld), and of somebody masked nothing is told.
Of whom something is withheld, sectors that would tell what it is are left out too. Counts of households under five are
told to supervisors alone (small cells, field guide §7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.assistance import OPEN, PARTLY, Assistance, BasicNeed
from panoh.domain.cases import User
from panoh.domain.few import FEW
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.domain.standing import HOUSEHOLD, PERSON, SITE, Stand, newest, stands
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known
from panoh.services.records import is_withheld, keep_in
from panoh.store import assistance as store
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

__all__ = ["HOUSEHOLD", "PERSON", "SITE", "Assistance", "BasicNeed", "Stand"]

TELLING = frozenset({"psychosocial", "legal", "security"})  # sectors that would tell what is withheld of somebody
MOST_WORDS, MOST_NOTE = 200, 1000  # characters
MOST_PEOPLE = 1_000_000  # as many as a site may hold
MOST_QUANTITY = 10_000_000
_EARLIEST = date(1950, 1, 1)
_WHOM: dict[str, tuple[type, str]] = {
    PERSON: (Person, "person_id"),
    HOUSEHOLD: (Household, "household_id"),
    SITE: (Site, "site_id"),
}
Row = BasicNeed | Assistance
R = TypeVar("R", BasicNeed, Assistance)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNeed:
    """How one sector stands among those at a site. A count that is None is one to four, and not told to this user."""

    sector: str
    households: int | None  # that lack it; somebody without a household is one of their own
    people: int | None  # that lack it themselves or by their household
    partly_households: int | None
    partly_people: int | None
    asked: int | None  # households of which anything is said
    noted_on: date | None  # the newest day on which anything was said of any of them
    given_on: date | None  # the last day on which any of them, or the site, was given something
    site: BasicNeed | None = None  # how it stands for the site as a whole


@dataclass(frozen=True, slots=True)
class Situation:
    """What somebody needs and was given, as this user may read it."""

    stands: tuple[Stand, ...]  # every sector, in the order of the list
    needs: tuple[BasicNeed, ...]  # everything that was ever noted, also of the household and the site; the newest first
    given: tuple[Assistance, ...]  # to the person, or to the household; the last first
    user_names: Mapping[str, str]
    household_id: str = ""
    withheld: bool = False  # words, and sectors that would tell something, are left out
    home_withheld: bool = False  # the same of the household, since it may be about any of them
    masked: bool = False  # nothing is told

    @property
    def hidden(self) -> frozenset[str]:
        """Sectors of which is not told whether anything was said."""
        return TELLING if self.withheld or self.home_withheld else frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """How one sector stands, as somebody ticks it."""

    sector: str
    state: str
    note: str = ""
    people: int | None = None  # how many lack it, of a site


# --- reading ----------------------------------------------------------------------------------------------------------


def open_needs(desk: Desk, site_id: str = "") -> list[OpenNeed]:
    """How every sector stands among those who are at a site now, or with '' among everyone who is here.

    What is said of a site as a whole is told beside, and is counted for nobody. Who is shielded is at no site.
    """
    with desk.reading() as reading:
        found = store.counted(reading, site_id)
        of_site = newest(_rows_of(reading, BasicNeed, SITE, site_id)) if site_id else {}

    def told(sector: str, one: store.Counted) -> OpenNeed:
        return OpenNeed(
            sector=sector,
            households=_told(desk, one.households[OPEN]),
            people=_told(desk, one.people[OPEN]),
            partly_households=_told(desk, one.households[PARTLY]),
            partly_people=_told(desk, one.people[PARTLY]),
            asked=_told(desk, sum(one.households.values())),
            noted_on=one.noted_on,
            given_on=one.given_on,
            site=of_site.get(sector),
        )

    return [told(sector, found.get(sector, store.Counted())) for sector in sectors(desk)]


def sectors(desk: Desk) -> list[str]:
    """The sectors, in the order of their list."""
    return [term.code for term in desk.vocabularies["sector"].offers()]


def of_person(desk: Desk, person_id: str) -> Situation:
    """What one person needs and was given: their own, what their household says and was given, what their site says."""
    with desk.reading() as reading:
        person = reading.get(Person, person_id)
        if not knows(desk, reading, person_id):
            return Situation(stands(sectors(desk), ()), (), (), {}, masked=True)
        withheld = is_withheld(desk, reading, person_id)
        home_withheld = withheld or _home_withheld(desk, reading, person.household_id)
        needs: list[BasicNeed] = []
        given: list[Assistance] = []
        for of, one, hide in (
            (PERSON, person_id, withheld), (HOUSEHOLD, person.household_id, home_withheld), (SITE, person.site_id, False),
        ):  # fmt: skip
            needs += _told_rows(_rows_of(reading, BasicNeed, of, one), hide=hide)
            given += _told_rows(_rows_of(reading, Assistance, of, one), hide=hide) if of != SITE else []
        layers = [(of, newest(need for need in needs if getattr(need, field))) for of, (_kind, field) in _WHOM.items()]
        return Situation(
            stands=stands(sectors(desk), layers),
            needs=tuple(sorted(needs, key=lambda need: (need.noted_on or date.min, need.id), reverse=True)),
            given=tuple(sorted(given, key=lambda row: (row.given_on or date.min, row.id), reverse=True)),
            user_names={user.id: user.name for user in reading.all(User)},
            household_id=person.household_id,
            withheld=withheld,
            home_withheld=home_withheld,
        )


def of_site(desk: Desk, site_id: str) -> Situation:
    """What is said of a site as a whole and was given to it; everyone reads it. Raises AppError('record.not_found')."""
    with desk.reading() as reading:
        reading.get(Site, site_id)
        needs = _rows_of(reading, BasicNeed, SITE, site_id)
        given = _rows_of(reading, Assistance, SITE, site_id)
        return Situation(
            stands=stands(sectors(desk), [(SITE, newest(needs))]),
            needs=tuple(sorted(needs, key=lambda need: (need.noted_on or date.min, need.id), reverse=True)),
            given=tuple(sorted(given, key=lambda row: (row.given_on or date.min, row.id), reverse=True)),
            user_names={user.id: user.name for user in reading.all(User)},
        )


def _told(desk: Desk, count: int) -> int | None:
    return count if desk.is_supervisor or not 0 < count < FEW else None


def _rows_of(reading: Reading, kind: type[R], of: str, one: str) -> list[R]:
    return reading.all(kind, table(kind).c[_WHOM[of][1]] == one) if one else []


def _told_rows(rows: Iterable[R], *, hide: bool) -> list[R]:
    """Rows without what was typed, and without the sectors that would tell what is withheld."""
    if not hide:
        return list(rows)
    return [_without_words(row) for row in rows if row.sector not in TELLING]


def _without_words(row: R) -> R:
    if isinstance(row, BasicNeed):
        return replace(row, note="")
    return replace(row, what="", quantity=None, unit="", given_by="")


def _home_withheld(desk: Desk, reading: Reading, household_id: str) -> bool:
    """Whether what was typed about a household is withheld: it may be about any of them."""
    members = reading.all(Person, table(Person).c.household_id == household_id) if household_id else []
    return any(is_withheld(desk, reading, member.id) for member in members)


# --- writing ----------------------------------------------------------------------------------------------------------


def note(desk: Desk, of: str, one: str, said: Sequence[Said], on: date | None = None) -> Changes:
    """Note how sectors stand for a person, a household or a site, all in one write; what stood before stays beside it.

    Raises FormProblems, the field of each being 'state.food' or 'note.food'; AppError('record.not_found').
    """
    day, wrong = on or desk.clock.today(), _day_wrong(desk, "on", on)
    if not said:
        wrong.append(FieldProblem("on", _("Nothing was ticked yet: say of one sector at least how it stands.")))
    for each in said:
        wrong += _said_wrong(desk, of, each)
    _refuse(wrong)
    with desk.writing() as unit:
        whom = _whom(unit, of, one)
        keep_in(
            desk,
            unit,
            [
                BasicNeed(
                    id=new_id(), sector=each.sector, state=each.state, people=each.people, noted_on=day,
                    noted_by=desk.user.id, note=each.note.strip(), **whom,
                )
                for each in said
            ],
        )  # fmt: skip
        return Changes.of(unit)


def give(desk: Desk, of: str, one: str, gift: Assistance) -> Changes:
    """Note what was given to a person, a household or a site. Raises FormProblems, AppError('record.not_found')."""
    refuse_gift(desk, gift)
    with desk.writing() as unit:
        keep_in(desk, unit, [signed(desk, replace(gift, **_whom(unit, of, one)))])
        return Changes.of(unit)


def correct(desk: Desk, row: Row) -> Changes:
    """Put right what was noted or given; whose it is, and who noted it, stay. What stood before is in the journal.

    Raises FormProblems; AppError access.denied where its words are withheld, shield.withheld, record.not_found.
    """
    if isinstance(row, Assistance):
        refuse_gift(desk, row)
    else:
        of = next((of for of, (_kind, field) in _WHOM.items() if getattr(row, field)), PERSON)
        said = Said(row.sector, row.state, row.note, row.people)
        _refuse([*_day_wrong(desk, "on", row.noted_on), *_said_wrong(desk, of, said)])
    with desk.writing() as unit:
        before = _stored(desk, unit, row)
        kept: dict[str, Any] = {field: getattr(before, field) for _kind, field in _WHOM.values()}
        keep_in(desk, unit, [replace(row, noted_by=before.noted_by, **kept)])
        return Changes.of(unit)


def take_away(desk: Desk, row: Row) -> Changes:
    """Take away what was noted by mistake; it stays in the journal.

    Raises AppError access.denied where its words are withheld, shield.withheld, record.not_found.
    """
    with desk.writing() as unit:
        keep_in(desk, unit, [], without=[_stored(desk, unit, row)])
        return Changes.of(unit)


def signed(desk: Desk, gift: Assistance) -> Assistance:
    """A gift as it is kept: its texts trimmed, its day today unless another was said."""
    return replace(
        gift, id=gift.id or new_id(), what=gift.what.strip(), unit=gift.unit.strip(), given_by=gift.given_by.strip(),
        given_on=gift.given_on or desk.clock.today(), noted_by=desk.user.id,
    )  # fmt: skip


def refuse_gift(desk: Desk, gift: Assistance) -> None:
    """Raise FormProblems with everything that keeps a gift from being kept."""
    wrong: list[FieldProblem] = []
    if gift.sector not in desk.vocabularies["sector"]:
        wrong.append(FieldProblem("sector", _("Choose for which need it was given.")))
    if not gift.what.strip():
        wrong.append(FieldProblem("what", _("Say what was given, for example blankets.")))
    if gift.quantity is not None and not 0 < gift.quantity <= MOST_QUANTITY:
        wrong.append(FieldProblem("quantity", _("Write how much was given, for example 2. Nothing is less than one.")))
    long = [name for name in ("what", "unit", "given_by") if len(getattr(gift, name)) > MOST_WORDS]
    wrong += [FieldProblem(name, _("Shorten this to {most} characters.").format(most=MOST_WORDS)) for name in long]
    _refuse([*wrong, *_day_wrong(desk, "given_on", gift.given_on), *_whose_wrong(gift)])


def _said_wrong(desk: Desk, of: str, each: Said) -> list[FieldProblem]:
    wrong = []
    if each.sector not in desk.vocabularies["sector"] or each.state not in desk.vocabularies["need_state"]:
        wrong.append(FieldProblem(f"state.{each.sector}", _("Say how it stands: enough, partly or lacking.")))
    if len(each.note) > MOST_NOTE:
        words = _("Shorten this to {most} characters.").format(most=MOST_NOTE)
        wrong.append(FieldProblem(f"note.{each.sector}", words))
    if each.people is not None and of != SITE:
        wrong.append(FieldProblem(f"people.{each.sector}", _("How many people lack it is said of a site alone.")))
    elif each.people is not None and not 0 <= each.people <= MOST_PEOPLE:
        wrong.append(FieldProblem(f"people.{each.sector}", _("Write how many people lack it, for example 40.")))
    return wrong


def _whose_wrong(row: Row) -> list[FieldProblem]:
    if sum(bool(getattr(row, field)) for _kind, field in _WHOM.values()) < 2:
        return []
    return [FieldProblem("whom", _("Choose one: a person, a household or a site. It is counted twice otherwise."))]


def _day_wrong(desk: Desk, field: str, on: date | None) -> list[FieldProblem]:
    if on is not None and on > desk.clock.today():
        return [FieldProblem(field, _("This day is still to come."))]
    if on is not None and on < _EARLIEST:
        return [FieldProblem(field, _("This day is too long ago. Look at the year."))]
    return []


def _refuse(wrong: list[FieldProblem]) -> None:
    if wrong:
        raise FormProblems(wrong)


def _whom(unit: Unit, of: str, one: str) -> dict[str, Any]:
    """The fields that say whose a row is; the record is there."""
    kind, field = _WHOM[of]
    unit.get(kind, one)
    return {name: one if name == field else "" for _kind, name in _WHOM.values()}


def _stored(desk: Desk, unit: Unit, row: Row) -> Row:
    """The row as it is kept, for whoever reads its words: what one does not see one does not write over."""
    before: Row = unit.get(type(row), row.id)
    if before.person_id:
        require_known(desk, unit, before.person_id)
    withheld = bool(before.person_id) and is_withheld(desk, unit, before.person_id)
    if withheld or _home_withheld(desk, unit, before.household_id):
        raise AppError("access.denied")
    return before
