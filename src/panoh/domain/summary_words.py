"""The words of a case summary that somebody typed: where each stands, and the same summary with other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.summary import CaseSummary

# Fields of the summary, and fields of the rows of its lists; everything else on a paper is a word of the paper's own.
_TEXTS = {
    "question": N_("decision asked"),
    "without_answer": N_("without an answer"),
    "recommendation": N_("recommendation"),
    "wish": N_("wish"),
    "child_view": N_("child's view"),
}
_ROWS = {
    "options": {"what": N_("option {which}"), "consequence": N_("option {which}, what follows"), "ready": N_("option {which}, what is ready")},
    "done": {"what": N_("step {which}"), "result": N_("step {which}, what came of it")},
    "tasks": {"what": N_("task {which}")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a summary a text stands: a field, or a field of one row of a list."""

    field: str
    at: int = 0  # which row, from 0
    part: str = ""  # which field of the row; '' when the field is no list
    letter: str = ""  # of an option

    def words(self) -> str:
        """The same in words: 'wish', 'option B, what follows', 'step 2'."""
        if not self.part:
            return _(_TEXTS[self.field])
        return _(_ROWS[self.field][self.part]).format(which=self.letter or self.at + 1)


def typed(summary: CaseSummary) -> Iterator[tuple[Place, str]]:
    """Every text that somebody typed, in the order of the form."""
    for field in _TEXTS:
        if text := getattr(summary, field):
            yield Place(field), text
    for field, parts in _ROWS.items():
        for at, row in enumerate(getattr(summary, field)):
            for part in parts:
                if text := getattr(row, part):
                    yield Place(field, at, part, getattr(row, "letter", "")), text


def retyped(summary: CaseSummary, change: Callable[[str], str]) -> CaseSummary:
    """The summary with each of these texts changed."""
    changed: dict[str, Any] = {field: change(getattr(summary, field)) for field in _TEXTS}
    for field, parts in _ROWS.items():
        changed[field] = tuple(
            replace(row, **{part: change(getattr(row, part)) for part in parts}) for row in getattr(summary, field)
        )
    return replace(summary, **changed)
