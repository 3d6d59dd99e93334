"""What the cells of the family grid mean: read what was typed, show it in words, say what is wrong with it.

Plain functions over FamilyRow; nothing of Qt. A word that no list knows stays in its cell as it was typed, and
`problem` says so: nothing typed is ever dropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain import dates
from panoh.domain.dates import AmbiguousDate, PartialDate, parse_date
from panoh.domain.vocabulary import Vocabularies, Vocabulary, fold
from panoh.services.registration import FamilyRow
from panoh.ui.widgets.unknown import next_unknown, unknown_word

NEW_ROW = FamilyRow()
HERE = NEW_ROW.presence
MOST_OFFERED = 8
_YES = frozenset({"yes", "y", "x", "1", "true", "да", "ха", "ҳа", "ооба"})  # of a column 'talk alone' that is pasted


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    SEX = 1
    BIRTH = 2
    RELATION = 3
    NEEDS = 4
    PRESENCE = 5
    ALONE = 6
    MARKS = 7


LAST = Column.ALONE  # the last one that a person fills in
FIELDS = {
    Column.NAME: "name",
    Column.SEX: "sex",
    Column.BIRTH: "birth",
    Column.RELATION: "relation",
    Column.NEEDS: "needs",
    Column.PRESENCE: "presence",
    Column.ALONE: "talk_alone",
}
COLUMN_OF = {field: column for column, field in FIELDS.items()}
MAY_BE_UNKNOWN = frozenset({Column.NAME, Column.SEX, Column.BIRTH, Column.RELATION, Column.NEEDS})
_LISTS = {Column.SEX: "sex", Column.RELATION: "relation", Column.NEEDS: "specific_needs", Column.PRESENCE: "presence"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line offered under a cell: what it shows, and the text that it puts into the cell."""

    words: str
    text: str


def title(column: Column, *, short: bool = False) -> str:
    """The heading of a column; the short ones are for large text."""
    if short and column in (Column.BIRTH, Column.ALONE):
        return _("Age or date") if column == Column.BIRTH else _("Alone")
    return {
        Column.NAME: _("Name, as said"),
        Column.SEX: _("Sex"),
        Column.BIRTH: _("Age or birth date"),
        Column.RELATION: _("Relation"),
        Column.NEEDS: _("Seen needs"),
        Column.PRESENCE: _("Where now"),
        Column.ALONE: _("Talk alone"),
        Column.MARKS: "",
    }[column]


def spoken_title(column: Column) -> str:
    """The heading as it stands inside a sentence: 'Row 3, age or birth date, …'."""
    return {
        Column.NAME: _("name, as said"),
        Column.SEX: _("sex"),
        Column.BIRTH: _("age or birth date"),
        Column.RELATION: _("relation"),
        Column.NEEDS: _("seen needs"),
        Column.PRESENCE: _("where now"),
        Column.ALONE: _("talk alone"),
        Column.MARKS: _("marks"),
    }[column]


def tidy(text: str) -> str:
    """One line without control signs and without doubled spaces."""
    spaced = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(spaced.split())


def unknown_of(row: FamilyRow, column: Column) -> str:
    """Which of the four unknowns stands in this cell; '' for none."""
    return dict(row.unanswered).get(FIELDS.get(column, ""), "")


def step_unknown(row: FamilyRow, column: Column) -> FamilyRow:
    """The row after F8 in this cell: the next of the four unknowns in place of what stood there."""
    following = next_unknown(unknown_of(row, column))
    emptied = clear(row, column)
    return replace(emptied, unanswered=(*emptied.unanswered, (FIELDS[column], following))) if following else emptied


def clear(row: FamilyRow, column: Column) -> FamilyRow:
    """The row with this cell as in a new row."""
    field = FIELDS[column]
    return _set(row, field, getattr(NEW_ROW, field))


def copy(source: FamilyRow, column: Column, onto: FamilyRow) -> FamilyRow:
    """The row `onto` with this cell taken from `source`, an unknown included."""
    field = FIELDS[column]
    copied = _set(onto, field, getattr(source, field))
    unknown = unknown_of(source, column)
    return replace(copied, unanswered=(*copied.unanswered, (field, unknown))) if unknown else copied


def _set(row: FamilyRow, field: str, value: object) -> FamilyRow:
    others = tuple(entry for entry in row.unanswered if entry[0] != field)
    changed: dict[str, Any] = {field: value, "unanswered": others}
    return replace(row, **changed)


class Cells:
    """The cells in the words of these code lists, on the day that `today` tells."""

    def __init__(self, words: Vocabularies, today: Callable[[], date]) -> None:
        self._words = words
        self._today = today

    def put(self, row: FamilyRow, column: Column, text: str) -> FamilyRow:
        """The row with this cell set to what the text means; no text empties the cell."""
        said = tidy(text)
        if not said:
            return clear(row, column)
        if column == Column.ALONE:
            return replace(row, talk_alone=said.casefold() in _YES)
        if column == Column.NEEDS:
            return _set(row, "needs", self._needs(said))
        code = self._list(column).match(said) if column in _LISTS else None
        return _set(row, FIELDS[column], code or said)

    def sex_of_key(self, key: str) -> str:
        """The sex that a single key stands for: the only one of which a word in some script begins with it."""
        words = self._words["sex"]
        exact = words.match(key)
        found = words.complete(key)
        return exact or (found[0].code if len(found) == 1 else "")

    def shown(self, row: FamilyRow, column: Column) -> str:
        """What the cell shows."""
        unknown = unknown_of(row, column)
        if unknown:
            return unknown_word(unknown)
        if column == Column.NEEDS:
            return "; ".join(self._word(column, row, code) for code in row.needs)
        if column == Column.BIRTH:
            return self._birth(row)
        if column == Column.PRESENCE and row == replace(NEW_ROW, relation=row.relation):
            return ""
        if column == Column.SEX:
            return row.sex
        if column in _LISTS:
            return self._word(column, row, getattr(row, FIELDS[column]))
        return row.name if column == Column.NAME else ""

    def editable(self, row: FamilyRow, column: Column) -> str:
        """The text that stands in the editor when the cell is opened again."""
        if unknown_of(row, column):
            return ""
        return row.birth if column == Column.BIRTH else self.shown(row, column)

    def spoken(self, row: FamilyRow, column: Column) -> str:
        """What a screen reader says of the cell's content."""
        if column == Column.ALONE:
            return _("yes") if row.talk_alone else _("no")
        unknown = unknown_of(row, column)
        if column == Column.SEX and not unknown and row.sex:
            return self._word(column, row, row.sex)
        if column == Column.BIRTH and not unknown:
            read = self._read(row.birth)
            return dates.words(read) if read and read.earliest else row.birth or _("empty")
        return self.shown(row, column) or _("empty")

    def problem(self, row: FamilyRow, column: Column) -> str:
        """What is wrong with the content of a cell; '' when nothing is."""
        if column == Column.BIRTH:
            try:
                parse_date(row.birth, self._today())
            except FieldProblem as found:
                return found.text
        elif column == Column.NEEDS:
            known = all(self._offered_at_grid(code) for code in row.needs)
            return "" if known else _("One of these words is not in the list of needs. Choose from the list.")
        elif column in _LISTS:
            code = getattr(row, FIELDS[column])
            if code and code not in self._list(column):
                return _("This word is not in the list. Choose from the list, or empty the cell.")
        return ""

    def suggestions(self, row: FamilyRow, column: Column, text: str) -> list[Suggestion]:
        """What is offered under a cell in which this text is being typed."""
        if column == Column.BIRTH:
            return self._readings(text)
        if column not in _LISTS:
            return []
        typed = text.rpartition(";")[2].strip() if column == Column.NEEDS else text
        if not typed.strip():
            return []
        terms = self._list(column).complete(typed, at_grid=column == Column.NEEDS, limit=2 * MOST_OFFERED)
        named = [(self._list(column).label(term.code, row.sex), term) for term in terms]
        named.sort(key=lambda pair: _rank(pair[0], typed))
        return [Suggestion(label, label) for label, term in named if term.code not in row.needs][:MOST_OFFERED]

    def _list(self, column: Column) -> Vocabulary:
        return self._words[_LISTS[column]]

    def _word(self, column: Column, row: FamilyRow, code: str) -> str:
        return self._list(column).label(code, row.sex) if code else ""

    def _offered_at_grid(self, code: str) -> bool:
        term = self._words["specific_needs"].get(code)
        return term is not None and term.at_grid and not term.heading

    def _needs(self, said: str) -> tuple[str, ...]:
        """The codes in 'Pregnant; burn'. A comma parts two needs only where it is not part of a label."""
        found: list[str] = []
        for piece in filter(None, (piece.strip() for piece in said.split(";"))):
            code = self._need(piece)
            parts = [part.strip() for part in piece.split(",") if part.strip()]
            found += [code] if code else [self._need(part) or part for part in parts]
        return tuple(dict.fromkeys(found))

    def _need(self, word: str) -> str:
        code = self._words["specific_needs"].match(word, at_grid=True)
        return code if code and self._offered_at_grid(code) else ""

    def _birth(self, row: FamilyRow) -> str:
        """The reading of a date; an age as it was said; what cannot be read as it was typed."""
        read = self._read(row.birth)
        return row.birth if read is None or read.as_of or read.earliest is None else dates.words(read)

    def _read(self, text: str) -> PartialDate | None:
        try:
            return parse_date(text, self._today())
        except FieldProblem:
            return None

    def _readings(self, text: str) -> list[Suggestion]:
        """The reading in words while one types; two lines to choose from where there are two readings."""
        try:
            read = parse_date(text, self._today())
        except AmbiguousDate as found:
            exact = [reading for reading in found.readings if reading.earliest]
            return [Suggestion(dates.words(reading), f"{reading.earliest:%Y-%m-%d}") for reading in exact]
        except FieldProblem:
            return []
        return [Suggestion(dates.words(read), tidy(text))] if read.earliest else []


def _rank(label: str, typed: str) -> int:
    """Labels that begin with what was typed stand before those found by another word."""
    return 0 if fold(label).startswith(fold(typed)) else 1
