"""Registration cards: one that holds at a time, the same for everyone, found by scanning."""

from __future__ import annotations

import itertools
from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.clock import FixedClock
from panoh.domain.cases import Export
from panoh.domain.check_codes import SIGNS, card_no_of, parse_card_no
from panoh.domain.person import Person
from panoh.services import cards
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family


def _family(desk: Desk, *names: str) -> list[Person]:
    rows = tuple(FamilyRow(name=name, relation="child" if at else "head") for at, name in enumerate(names))
    return list(save_family(desk, FamilyForm(rows=rows)).people)


def _text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


class TestNumbers:
    @given(st.text(SIGNS, min_size=6, max_size=6), st.integers(0, 6), st.sampled_from(SIGNS))
    def test_one_wrong_sign_is_noticed(self, signs: str, at: int, other: str) -> None:
        number = card_no_of(signs)
        plain = number.replace("-", "")
        wrong = plain[:at] + other + plain[at + 1 :]
        assert parse_card_no(wrong) == (number if wrong == plain else None)

    @given(st.text(SIGNS, min_size=6, max_size=6), st.integers(0, 4))
    def test_two_swapped_neighbours_are_noticed(self, signs: str, at: int) -> None:
        plain = card_no_of(signs).replace("-", "")
        swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
        assert parse_card_no(swapped) == (card_no_of(signs) if swapped == plain else None)

    @pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{plain}", "{cyrillic}"])
    def test_a_number_is_read_however_it_was_typed(self, typed: str) -> None:
        number = card_no_of("4T788K")
        cyrillic = number.translate(str.maketrans("AEKMT", "АЕКМТ"))
        given_ = typed.format(number, lower=number.lower(), plain=number.replace("-", ""), cyrillic=cyrillic)
        assert parse_card_no(given_) == number

    @given(st.text(max_size=12))
    def test_other_text_is_no_card_number_or_one_that_fits(self, text: str) -> None:
        found = parse_card_no(text)
        assert found is None or parse_card_no(found) == found


class TestIssuing:
    def test_a_household_has_one_card_and_a_new_one_ends_it(self, desk: Desk) -> None:
        mother, child = _family(desk, "Каримова Зулфия", "Каримов Али")
        first = cards.issue(desk, [child.id, mother.id]).cards
        assert len(first) == 1
        assert (first[0].heads, first[0].person_id) == (2, "")
        second = cards.issue(desk, [mother.id]).cards[0]
        assert cards.card_of(desk, child.id) == second
        old, new = cards.scanned(desk, first[0].card_no), cards.scanned(desk, second.card_no)
        assert old is not None
        assert new is not None
        assert (old.person_id, old.ended, new.person_id, new.ended) == (mother.id, True, mother.id, False)

    def test_a_card_runs_out(self, desk: Desk, clock: FixedClock) -> None:
        person = _family(desk, "Каримова Зулфия")[0]
        card = cards.issue(desk, [person.id]).cards[0]
        clock.at += timedelta(days=cards.VALID_DAYS + 1)
        found = cards.scanned(desk, card.card_no)
        assert found is not None
        assert found.ended

    def test_a_number_of_another_vault_leads_nowhere(self, desk: Desk) -> None:
        assert cards.scanned(desk, card_no_of("222222")) is None
        assert cards.scanned(desk, "KX7-00042-3") is None


class TestPaper:
    def test_a_page_holds_four_cards_without_anybody_s_name(self, desk: Desk) -> None:
        families = [_family(desk, f"Сатторқуллиев Илҳом{at}", "Сатторқуллиева Гулнора") for at in range(5)]
        printed = cards.issue(desk, [family[0].id for family in families])
        text = _text(printed.pdf)
        assert all(card.card_no in text for card in printed.cards)
        assert not any(part in text for person in itertools.chain(*families) for part in person.full_name.split())
        assert not any(person.number in text for person in itertools.chain(*families))
        with pikepdf.open(BytesIO(printed.pdf)) as document:
            assert len(document.pages) == 2
            assert not document.docinfo

    def test_every_card_is_in_the_register_of_exports(self, desk: Desk) -> None:
        person = _family(desk, "Каримова Зулфия")[0]
        card = cards.issue(desk, [person.id]).cards[0]
        with desk.reading() as reading:
            exports = reading.all(Export)
        assert [(e.kind, e.reason, e.person_id) for e in exports] == [("registration_card", card.card_no, person.id)]
        assert person.given_name not in cards.issue(desk, [person.id]).file_name
