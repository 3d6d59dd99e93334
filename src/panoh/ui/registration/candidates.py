"""People who are perhaps registered already: what a comparison tells, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from panoh.domain.lines import PersonLine
from panoh.domain.vocabulary import Vocabularies
from panoh.services.duplicates import Duplicate
from panoh.services.registration import FamilyRow
from panoh.ui.words import who_words


class Answer(Enum):
    """What a person decided about a candidate."""

    SAME = "same"
    RELATIVES = "relatives"
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
    place = line.site_name if line.presence == "here" else words.label("presence", line.presence)
    return ", ".join(part for part in (who_words(line.sex, line.birth, today), place) if part)
