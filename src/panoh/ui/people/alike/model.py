"""Columns of the pairs that are perhaps one person, of what was joined, and of two people side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import DIFFERS, NEAR, SAME, Part
from panoh.domain.vocabulary import Vocabularies
from panoh.services.duplicates import Pair
from panoh.services.merging import Joined
from panoh.ui.match_words import band_word, part_words
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, who_words

_MARKS = {SAME: "state.same", NEAR: "state.near", DIFFERS: "state.differs"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of two people side by side."""

    what: str
    one: str
    other: str
    mark: str = ""
    points: str = ""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.what, self.one, self.other, self.points) if part)


class AlikeWords:
    """Pairs and people in words, with names as privacy allows."""

    def __init__(self, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> None:
        self._words, self._privacy, self._today = words, privacy, today

    def name(self, line: PersonLine) -> str:
        """A name, or initials."""
        return name_words(line, self._today(), self._privacy)

    def called(self, line: PersonLine) -> str:
        """Name and number."""
        return _("{name}, {number}").format(name=self.name(line), number=line.number)

    def score(self, pair: Pair) -> str:
        """'Strong, 91'."""
        return _("{band}, {score}").format(band=band_word(pair.match.band), score=pair.match.shown)

    def when(self, joined: Joined) -> str:
        """When two records were joined."""
        return moment(joined.at) if joined.at else ""

    def facts(self, pair: Pair) -> list[Fact]:
        """Who the two are, fact by fact, then how each compared fact relates, in points."""
        a, b = pair.a, pair.b
        sides: list[tuple[str, Callable[[PersonLine], str]]] = [
            (_("Name"), self.name),
            (_("Number"), lambda line: line.number),
            (_("Sex and age"), lambda line: who_words(line.sex, line.birth, self._today())),
            (_("In the family"), lambda line: self._words.label("relation", line.relation) if line.relation else ""),
            (_("Where"), self._where),
        ]
        shown = [Fact(what, side(a) or "—", side(b) or "—") for what, side in sides]
        return [*shown, *(self._compared(part) for part in pair.match.parts if part.known)]

    def _where(self, line: PersonLine) -> str:
        return line.site_name if line.presence == "here" else self._words.label("presence", line.presence)

    def _compared(self, part: Part) -> Fact:
        what, words, points = part_words(part)
        return Fact(what, words, "", _MARKS.get(part.verdict, ""), points)


def pairs_model(runner: TaskRunner, words: AlikeWords) -> PagedModel:
    """Pairs, the likeliest first."""
    columns = (
        Column("score", _("How alike"), 120, lambda pair: Cell(words.score(pair))),
        Column("one", _("Registered first"), 190, lambda pair: Cell(words.name(pair.a))),
        Column("other", _("Registered later"), 190, lambda pair: Cell(words.name(pair.b))),
        Column("why", _("What speaks for it"), 0, lambda pair: Cell("; ".join(pair.sentences))),
    )
    told: Callable[[Pair], str] = lambda pair: ", ".join(  # noqa: E731
        (words.score(pair), words.called(pair.a), words.called(pair.b), *pair.sentences)
    )
    return PagedModel(columns, runner, row_words=told, key=lambda pair: f"{pair.a.id} {pair.b.id}")


def joined_model(runner: TaskRunner, words: AlikeWords) -> PagedModel:
    """Records that were joined, the newest first."""
    columns = (
        Column("when", _("Joined"), 170, lambda one: Cell(words.when(one))),
        Column("kept", _("Goes on"), 220, lambda one: Cell(words.called(one.kept))),
        Column("gone", _("Put aside"), 220, lambda one: Cell(words.called(one.gone))),
        Column("by", _("By"), 0, lambda one: Cell(one.by)),
    )
    told: Callable[[Joined], str] = lambda one: ", ".join(  # noqa: E731
        (words.when(one), words.called(one.kept), words.called(one.gone), one.by)
    )
    return PagedModel(columns, runner, row_words=told, key=lambda one: str(one.merge_id))
