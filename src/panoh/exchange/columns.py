"""Which column of a file is which of ours, how each is read, and what came of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies, fold
from panoh.exchange.date_forms import DateForm

Values_co = TypeVar("Values_co", covariant=True)

OUR_MARK = "Panoh: "  # how columns begin that Panoh itself adds to a file to be corrected; they are never read
NAME, LINE, SHORT = 200, 500, 100  # the most characters of a name, of a place or a list, of a number or a code


class Cell(NamedTuple):
    """What a reader of cells may need: what the file calls the column, how its dates are written, the code lists,
    the day, and where to warn."""

    column: str
    dates: DateForm
    vocab: Vocabularies
    today: date
    warnings: list[str]

    def leave_out(self) -> str:
        """Warn that the cell was left out; returns ''."""
        self.warnings.append(_("What stands in the column {column} was left out.").format(column=self.column))
        return ""


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns: what it is called in a file, how long its text may be, and what is made of the text."""

    name: str
    most: int
    make: Callable[[Cell, str], Any]
    nothing: Any = ""  # what an empty cell says
    comes_again: bool = True  # whether other rows say the same, so that remembering what was made of it is worth it


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken, and why: a sentence that repeats nothing of the row but a date that is none.

    Its cells are kept as they were, so that they can be corrected.
    """

    reason: str
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ParsedRow(Generic[Values_co]):
    """What came of the row with this number in the file; warnings tell what was left out of a row that was taken."""

    number: int
    values: Values_co | Refused
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Our column names with their places in the file, and the names of the columns that are left out."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]


def match_columns(columns: Iterable[str], known: Iterable[str], mapping: Mapping[str, str]) -> Columns:
    """Find our columns among theirs, by the mapping first, then by name without regard to case, spaces and signs.

    A column that is mapped to '' is left out. Of two columns that mean the same the first counts. Raises
    AppError('file.no_columns') when none is known.
    """
    by_name = {fold(name): name for name in known}
    by_mapping = {fold(theirs): ours for theirs, ours in mapping.items()}
    taken = {ours for name in columns if (ours := by_mapping.get(fold(name)))}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, name in enumerate(columns):
        ours = by_mapping.get(fold(name))
        if ours is None:
            ours = by_name.get(fold(name))
            ours = None if ours in taken else ours
        if not ours or ours in places:
            if not name.startswith(OUR_MARK):
                unknown.append(name)
        else:
            places[ours] = place
    if not places:
        raise AppError("file.no_columns")
    return Columns(places, tuple(unknown))
