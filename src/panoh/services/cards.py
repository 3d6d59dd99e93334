"""Registration cards: issue, print, scan. A new card ends the one before, so that a lost card is worth nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import speaking
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.check_codes import new_card_no, new_check_code, new_export_no, parse_card_no
from panoh.domain.papers import Card
from panoh.domain.person import Person
from panoh.reports.protect import scrub
from panoh.reports.registration_card import PrintedCard, render_cards
from panoh.services.desk import Changes, Desk
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

VALID_DAYS = 90


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a card number leads to."""

    card: Card
    person_id: str  # whose record opens: the head of the household
    ended: bool  # a newer card was issued, or the card has run out


@dataclass(frozen=True, slots=True)
class Printed:
    """Cards that were issued, and their pages."""

    cards: tuple[Card, ...]
    pdf: bytes = field(repr=False)
    changes: Changes

    @property
    def file_name(self) -> str:
        """A name that tells nothing of anybody."""
        return f"cards-{self.cards[0].card_no}.pdf"


def issue(desk: Desk, person_ids: Sequence[str], language: str = "en") -> Printed:
    """Issue a card for the household of each of these people (or for the person alone) and print them, four to a page.

    The cards that they had end. Every print is recorded as an export. Raises AppError record.not_found.
    """
    today = desk.clock.today()
    with desk.writing() as unit:
        made: dict[str, tuple[Card, str]] = {}
        for person in (unit.get(Person, one) for one in person_ids):
            whose = person.household_id or person.id
            if whose not in made:
                made[whose] = (_issued(unit, person, today), _head(unit, person).id)
        cards = tuple(card for card, _head_id in made.values())
        with speaking(language):
            printed = [PrintedCard(c.card_no, c.heads, c.valid_until or today, desk.demo) for c in cards]
            pdf = scrub(render_cards(printed, language))
        for card, head_id in made.values():
            unit.add(card, _export(desk, card, head_id, pdf, language))
            unit.tell("exported", "Person", head_id, f"registration_card {card.card_no}")
        changes = Changes.of(unit)
    return Printed(cards, pdf, changes)


def card_of(desk: Desk, person_id: str) -> Card | None:
    """The card that holds now for this person's household, or for the person alone."""
    with desk.reading() as reading:
        return _current(reading, reading.get(Person, person_id))


def scanned(desk: Desk, text: str) -> Scanned | None:
    """What a scanned or typed card number leads to; None when it is no card number or of another vault."""
    with desk.reading() as reading:
        return with_number(reading, text, desk.clock.today())


def with_number(reading: Reading, text: str, today: date) -> Scanned | None:
    """The same within a reading, on this day."""
    number = parse_card_no(text)
    card = reading.first(Card, table(Card).c.card_no == number) if number is not None else None
    if card is None:
        return None
    person_id = card.person_id
    if card.household_id:
        members = _members(reading, card.household_id)
        person_id = members[0].id if members else ""
    over = card.ended_on is not None or (card.valid_until is not None and card.valid_until < today)
    return Scanned(card, person_id, over) if person_id else None


def _issued(unit: Unit, person: Person, today: date) -> Card:
    before = _current(unit, person)
    if before is not None:
        unit.save(replace(before, ended_on=today))
    return Card(
        id=new_id(),
        card_no=_free_number(unit),
        household_id=person.household_id,
        person_id="" if person.household_id else person.id,
        heads=_heads(unit, person),
        issued_on=today,
        valid_until=today + timedelta(days=VALID_DAYS),
    )


def _free_number(reading: Reading) -> str:
    for _attempt in range(100):
        number = new_card_no()
        if reading.first(Card, table(Card).c.card_no == number) is None:
            return number
    raise AppError("bug")


def _current(reading: Reading, person: Person) -> Card | None:
    c = table(Card).c
    whose = c.household_id == person.household_id if person.household_id else c.person_id == person.id
    return reading.first(Card, whose, c.ended_on.is_(None))


def _members(reading: Reading, household_id: str) -> list[Person]:
    """The members, the head first."""
    members = reading.all(Person, table(Person).c.household_id == household_id)
    return sorted(members, key=lambda one: one.relation != "head")


def _head(reading: Reading, person: Person) -> Person:
    return _members(reading, person.household_id)[0] if person.household_id else person


def _heads(reading: Reading, person: Person) -> int:
    """How many people of the household are here: those for whom help is fetched with the card."""
    if not person.household_id:
        return 1
    return max(1, sum(one.presence == "here" for one in _members(reading, person.household_id)))


def _export(desk: Desk, card: Card, person_id: str, pdf: bytes, language: str) -> Export:
    return Export(
        id=new_id(),
        export_no=new_export_no(),
        check_code=new_check_code(),
        kind="registration_card",
        level="card",
        person_id=person_id,
        reason=card.card_no,
        plain=True,
        language=language,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=desk.clock.now(),
        made_by=desk.user.id,
        destroy_by=card.valid_until,
    )
