"""Columns of the list of lost papers, and the words for what was done about one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.papers import PaperEvidence, PaperStep
from panoh.domain.vocabulary import Vocabularies
from panoh.services.papers import LostPaper
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words


class PaperWords:
    """Papers, steps and evidence in words."""

    def __init__(
        self, words: Vocabularies, privacy: Privacy, today: Callable[[], date], country: Callable[[str], str]
    ) -> None:
        self._words, self._privacy, self._today, self._country = words, privacy, today, country

    def name(self, row: LostPaper) -> str:
        """Whose paper it is."""
        return name_words(row.line, self._today(), self._privacy)

    def paper(self, row: LostPaper) -> str:
        """Which paper: 'Passport, Kyrgyzstan'."""
        kind = self._words.label("document_kind", row.document.kind) if row.document.kind else _("Paper")
        return ", ".join(part for part in (kind, self._country(row.document.issuer)) if part)

    def fate(self, row: LostPaper) -> str:
        """What became of it."""
        return self._words.label("document_state", row.document.state)

    def step(self, step: PaperStep) -> str:
        """One step: '14 Jun: Applied, passport office. They ask for a photo.'"""
        when = day(step.taken_on, year=False) if step.taken_on else ""
        what = ", ".join(part for part in (self._words.label("paper_step", step.kind), step.office) if part)
        told = _("{when}: {what}").format(when=when, what=what) if when else what
        return " ".join(part for part in (f"{told}.", step.result) if part)

    def evidence(self, evidence: PaperEvidence) -> str:
        """What shows who the person is."""
        kind = self._words.label("paper_evidence", evidence.kind) if evidence.kind else ""
        return ": ".join(part for part in (kind, evidence.what) if part)

    def last(self, row: LostPaper) -> str:
        """The newest step, or that nothing was done yet."""
        return self.step(row.steps[0]) if row.steps else _("nothing done yet")

    def next_on(self, row: LostPaper) -> str:
        """When something is to be done next."""
        return day(row.next_on, year=False) if row.next_on else ""


def papers_model(runner: TaskRunner, words: PaperWords, today: Callable[[], date]) -> PagedModel:
    """The model of the list; its rows are LostPaper."""

    def next_cell(row: LostPaper) -> Cell:
        late = row.next_on is not None and row.next_on < today()
        return Cell(words.next_on(row), icon="state.overdue" if late else "")

    def last(row: LostPaper) -> Cell:
        return Cell(words.last(row), tone="" if row.steps else "secondary")

    def spoken(row: LostPaper) -> str:
        parts = (
            row.line.number,
            words.name(row),
            words.paper(row),
            words.fate(row),
            words.last(row),
            words.next_on(row),
        )
        return ", ".join(part for part in parts if part)

    columns = (
        Column("number", _("Number"), 136, lambda row: Cell(row.line.number)),
        Column("name", _("Name"), 150, lambda row: Cell(words.name(row))),
        Column("paper", _("Paper"), 164, lambda row: Cell(words.paper(row))),
        Column("fate", _("What became of it"), 128, lambda row: Cell(words.fate(row))),
        Column("last", _("Last step"), 0, last),
        Column("next", _("Next"), 92, next_cell),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.document.id)
