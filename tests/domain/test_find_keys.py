"""Keys under which a search finds people: by two parts of a name, a phone, a paper; and words looked up by sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.name_spellings import SPELLINGS, family_names, given_names, spell

from panoh.domain.find_keys import LAST, PAPER, PHONE, pair_key, paper_number, person_keys, phone_typed, word_range
from panoh.domain.name_parts import read_name
from panoh.domain.name_words import NameWords


def keys(given_name: str, family: str = "", patronymic: str = "", others: tuple[str, ...] = ()) -> frozenset[str]:
    return person_keys(given_name, family, patronymic, others)


def test_two_parts_of_a_name_in_both_orders_and_the_father_apart() -> None:
    assert keys("Азиз", "Каримов", "Рустамович") == {
        pair_key(one, other)
        for one, other in (
            ("aziz", "karim"),
            ("karim", "aziz"),
            ("aziz", ".rustam"),
            (".rustam", "aziz"),
            ("karim", ".rustam"),
            (".rustam", "karim"),
        )
    }
    assert keys("Азиз") == {pair_key("aziz", "")}
    assert keys("Азиз", "Каримов", others=("Karimov Oʻktam",)) > keys("Азиз", "Каримов")


def test_a_word_alone_is_a_range_of_keys() -> None:
    first, last = word_range("aziz")
    assert all(first <= key < last for key in keys("Азиз", "Каримов") if key.startswith("naziz"))
    assert not first <= pair_key("azizbek", "karim") < last
    assert first <= pair_key("aziz", "")


@pytest.mark.parametrize("typed", ["+996 (555) 12-34-56", "0555 123456", "123456", "12-34-56"])
def test_a_phone_is_found_by_how_it_ends(typed: str) -> None:
    held = next(key for key in person_keys("", "", "", (), phones=["+996555123456"]) if key.startswith(PHONE))
    ends = PHONE + phone_typed(typed)
    assert ends <= held < ends + LAST


@pytest.mark.parametrize("text", ["AN 123", "123", "", "call 5551234", "Азиз 1234"])
def test_what_is_no_phone(text: str) -> None:
    assert phone_typed(text) == ""


@pytest.mark.parametrize("typed", ["an 1230567", "AN-123O567", "АN1230567", "AN 12305"])
def test_a_paper_is_found_however_its_number_is_written(typed: str) -> None:
    held = next(key for key in person_keys("", "", "", (), papers=["AN1230567"]) if key.startswith(PAPER))
    assert held.startswith(PAPER + paper_number(typed))


@pytest.mark.parametrize("text", ["Азиз Каримов", "AN", "12", ""])
def test_what_is_no_paper(text: str) -> None:
    assert paper_number(text) == ""


def words(*names: str) -> NameWords:
    known = NameWords()
    for name in names:
        known.add(part.root for part in read_name(name).parts)
    return known


def near(known: NameWords, text: str, *, unfinished: bool = False, far: bool = False) -> list[str]:
    return list(known.near(read_name(text).parts[0], 5, unfinished=unfinished, far=far))


KNOWN = words("Азиз", "Каримов", "Нодирбек", "Александр", "Юлдашев", "Мирлан", "Холматов", "Салтанат")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Asiz", "aziz"),
        ("Kerimova", "karim"),
        ("Nodir", "nodirbek"),
        ("Саша", "aleksandr"),
        ("Йўлдошева", "yuldaS"),
        ("Xolmatov", "xolmat"),
        ("Kholmatow", "xolmat"),
        ("Saltannat", "saltanat"),
    ],
)
def test_a_word_is_found_in_any_spelling(typed: str, found: str) -> None:
    assert near(KNOWN, typed)[0] == found


def test_an_unfinished_word_is_found_by_its_beginning() -> None:
    assert "xolmat" in near(KNOWN, "хол", unfinished=True)
    assert "xolmat" in near(KNOWN, "kol", unfinished=True)
    assert near(KNOWN, "хол") == []


def test_a_slip_in_a_short_word_is_found_when_it_is_looked_for() -> None:
    assert "mirlan" in KNOWN.one_slip(read_name("Милран").parts[0], 5)


@given(given_names, family_names, st.sampled_from(SPELLINGS), st.sampled_from(SPELLINGS))
def test_every_spelling_finds_the_words_of_a_name(
    given_name: str, family: str, one: dict[int, str], other: dict[int, str]
) -> None:
    held = words(f"{spell(given_name, one)} {spell(family, one)}")
    asked = read_name(f"{spell(given_name, other)} {spell(family, other)}")
    found = [set(held.near(part, 5)) for part in asked.parts]
    holders = keys(spell(given_name, one), spell(family, one))
    assert any(pair_key(a, b) in holders for a in found[0] for b in found[1])


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_keys_and_can_be_looked_up(a: str, b: str) -> None:
    made = person_keys(a, b, a, [b], phones=[a], papers=[b])
    assert all(key < key[:1] + LAST for key in made)
    known = words(a)
    for part in read_name(b).parts:
        assert all(0 <= value <= 1 for value in known.near(part, 5, unfinished=True, far=True).values())
        known.one_slip(part, 5)
    phone_typed(a)
    paper_number(a)


def test_adding_words_again_changes_nothing() -> None:
    known = words("Азиз", "Aziz", "Асан")
    known.add(["aziz", ""])
    assert len(known) == 2
