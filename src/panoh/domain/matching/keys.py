"""Under which keys a request is looked for among people, and people among requests. Loads no numpy."""

from __future__ import annotations

from collections.abc import Iterable

from panoh.domain.find_keys import PAPER, PHONE, paper_number, phone_backwards
from panoh.domain.matching.sides import Sought
from panoh.domain.name_keys import own_keys as keys_of_name
from panoh.domain.names import name_of, read_name


def given_keys(sought: Sought) -> frozenset[str]:
    """Of the given name and of what somebody is called."""
    return frozenset().union(*(_keys(each) for each in (sought.given_name, sought.nickname)))


def family_keys(sought: Sought) -> frozenset[str]:
    """Of the family name, or the inquirer's where none was told."""
    family = sought.family_name or sought.family_beside
    return keys_of_name(name_of("", family)) if family else frozenset()


def number_keys(sought: Sought) -> frozenset[str]:
    """Of phones and papers."""
    phones = {PHONE + digits for digits in map(phone_backwards, sought.phones) if digits}
    return frozenset(phones | {PAPER + number for number in map(paper_number, sought.papers) if number})


def own_keys(sought: Sought) -> frozenset[str]:
    """Every key under which the one sought may be registered."""
    others = (keys_of_name(read_name(each)) for each in sought.other_names)
    return given_keys(sought) | family_keys(sought) | number_keys(sought) | frozenset().union(*others)


def kin_keys(sought: Sought) -> frozenset[str]:
    """Of the given names of kin, those named and the inquirer's."""
    return frozenset().union(*map(_keys, (*sought.relatives, *sought.kin_beside)))


def _keys(given: str) -> Iterable[str]:
    return keys_of_name(name_of(given)) if given.strip() else frozenset()
