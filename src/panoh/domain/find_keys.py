"""Keys in an indexed table under which a search finds people: by two parts of a name, by a phone, by a paper.

A person has a key for each two parts of the name, in both orders: 'n' with the sounds of the one, a space, the other.
So two words that were typed find whoever bears both with one look, and one word, or the beginning of one, whoever
bears it with a look at a range. A father's name is marked with a dot. Phones are kept backwards, because people
remember how a number ends, and papers without what spellings disagree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations

from panoh.domain.name_parts import Name, Part, name_of, read_name

VERSION = "1"  # of all keys of people; vaults that hold older ones are given new ones when they are unlocked
NAME, PHONE, PAPER = "n", "#", "%"
WITHHELD_PAPER = "&"  # of a kind that is shown by role only
FATHER = "."
LAST = "\x7f"  # sorts behind everything that a key holds
_MOST_PARTS = 3  # of a name that are paired
_SHORTEST_PHONE, _PHONE_DIGITS = 4, 9  # national numbers of the region have nine digits
_SHORTEST_PAPER, _LONGEST_PAPER = 4, 60
_PHONE = re.compile(r"^[\s+()./\-\d]*$")
_ALIKE = str.maketrans("OQIL", "0011")  # read for one another on paper
_CYRILLIC = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")


def person_keys(
    given: str,
    family: str,
    patronymic: str,
    other_names: Iterable[str],
    *,
    phones: Iterable[str] = (),
    papers: Iterable[str] = (),
    withheld_papers: Iterable[str] = (),
) -> frozenset[str]:
    """Everything that a search finds a person by. A paper that is shown by role only has a mark of its own."""
    names = (name_of(given, family, patronymic), *map(read_name, other_names))
    keys = {key for name in names for key in _name_keys(name)}
    keys |= {PHONE + digits for digits in map(phone_backwards, phones) if digits}
    for mark, numbers in ((PAPER, papers), (WITHHELD_PAPER, withheld_papers)):
        keys |= {mark + number for number in map(paper_number, numbers) if number}
    return frozenset(keys)


def _name_keys(name: Name) -> Iterator[str]:
    words = [marked(part) for part in (*name.parts[:_MOST_PARTS], *((name.father,) if name.father else ()))]
    if len(words) == 1:
        yield pair_key(words[0], "")
    for one, other in permutations(words, 2):
        yield pair_key(one, other)


def marked(part: Part) -> str:
    """The sounds of a part as keys hold them."""
    return FATHER + part.root if part.role == "father" else part.root


def pair_key(one: str, other: str) -> str:
    """The key of whoever bears both words."""
    return f"{NAME}{one} {other}"


def word_range(word: str, other: str = "") -> tuple[str, str]:
    """Between which keys those stand who bear this word, and beside it one that begins so."""
    return pair_key(word, other), pair_key(word, other) + LAST


def phone_backwards(phone: str) -> str:
    """The last digits of a phone number from behind, without country code, zero and signs; '' if they are too few."""
    digits = "".join(char for char in phone if char in "0123456789").lstrip("0")
    return digits[: -_PHONE_DIGITS - 1 : -1] if len(digits) >= _SHORTEST_PHONE else ""


def phone_typed(text: str) -> str:
    """The last digits of a phone that somebody typed, from behind; '' if the text is something else."""
    return phone_backwards(text) if _PHONE.match(text) else ""


def paper_number(text: str) -> str:
    """A paper's number without gaps and signs, in capitals, O as 0 and I as 1; '' without a digit or if it is short."""
    capitals = text[:_LONGEST_PAPER].upper().translate(_CYRILLIC)
    plain = "".join(char for char in capitals if char.isascii() and char.isalnum())
    found = len(plain) >= _SHORTEST_PAPER and any(char.isdigit() for char in plain)
    return plain.translate(_ALIKE) if found else ""
