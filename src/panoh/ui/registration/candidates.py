"""People who are perhaps registered already: what a comparison tells, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from panoh.base.i18n import gettext as _
from panoh.domain.dates import ADULT, age_span
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import LABELS, POSSIBLE_MATCH, PROBABLE_MATCH, STRONG, Match, Part
from panoh.domain.vocabulary import Vocabularies
from panoh.services.registration import FamilyRow


class Duplicate(Protocol):
    """A registered person who looks like someone being registered."""

    @property
    def line(self) -> PersonLine:
        """The registered person."""

    @property
    def other_name(self) -> str:
        """Their name in the other script, if it is known."""

    @property
    def match(self) -> Match:
        """How much alike, and in what."""


class Answer(Enum):
    """What a person decided about a candidate."""

    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one row: the same for rows of the same content."""

    name: str
    sex: str
    birth: str
    address_before: str

    @classmethod
    def about(cls, row: FamilyRow, address_before: str) -> Question:
        """The question for a row, with blanks left out."""
        return cls(row.name.strip(), row.sex, row.birth.strip(), address_before.strip())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One registered person beside the row (counted from 0) that they look like."""

    at: int
    question: Question
    found: Duplicate

    @property
    def key(self) -> tuple[str, str]:
        """What an answer of 'different' is remembered by: this name and this person."""
        return self.question.name, self.found.line.id


def who(line: PersonLine, words: Vocabularies, today: date) -> str:
    """A registered person in a few words: 'Girl, 12, tents at the cotton depot'."""
    span = age_span(line.birth, today)
    child = span is not None and span[1] < ADULT
    people = {
        ("F", True): _("Girl"),
        ("M", True): _("Boy"),
        ("F", False): _("Woman"),
        ("M", False): _("Man"),
    }
    person = people.get((line.sex, child), words.label("sex", line.sex))
    place = line.site_name if line.presence == "here" else words.label("presence", line.presence)
    return ", ".join(part for part in (person, _age(span), place) if part)


def _age(span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    low, high = span
    return str(low) if low == high else _("{low} to {high}").format(low=low, high=high)


def band_word(band: str) -> str:
    """The word for the band of a match."""
    words = {STRONG: _("Strong"), PROBABLE_MATCH: _("Probable"), POSSIBLE_MATCH: _("Possible")}
    return words.get(band, _("Weak"))


def part_words(part: Part) -> tuple[str, str, str]:
    """A part of a comparison: what was compared, how the two relate, and the points."""
    points = _("{points} of {most}").format(points=f"{part.points:g}", most=part.out_of)
    return _(LABELS[part.name]), part.words, points
