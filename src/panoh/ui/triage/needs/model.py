"""Columns of the list of needs to review, and how a row is spoken."""

from __future__ import annotations

from panoh.base.clock import Clock
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.needs import ToReview, called
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, waiting_spoken, waiting_words


def why_words(row: ToReview, words: Vocabularies) -> str:
    """Why it waits: 'Noticed: own account, Feruza A.', 'Was confirmed until 12 Jun 2010'."""
    need = row.need
    if row.lapsed and need.until is not None:
        return _("Counted until {day}. Is it still so?").format(day=day(need.until))
    told = [words.label("source", need.source).lower() if need.source else "", row.noticed_by]
    who = ", ".join(part for part in told if part)
    status = words.label("need_status", need.status)
    return _("{status}: {who}").format(status=status, who=who) if who else status


def _need_words(row: ToReview, words: Vocabularies) -> str:
    told = called(words, row.need.code)
    if not row.need.severity:
        return told
    return _("{need}, {severity}").format(need=told, severity=words.label("severity", row.need.severity).lower())


def needs_model(runner: TaskRunner, words: Vocabularies, clock: Clock, privacy: Privacy) -> PagedModel:
    """The model of the list; its rows are ToReview."""

    def who(row: ToReview) -> Cell:
        return Cell(name_words(row.line, clock.today(), privacy), below=row.line.number)

    def need(row: ToReview) -> Cell:
        return Cell(_need_words(row, words), wrap=True)

    def why(row: ToReview) -> Cell:
        if not row.contradictions:
            return Cell(why_words(row, words), wrap=True)
        text = " ".join(row.contradictions)
        return Cell(text, icon="state.warning", wrap=True, spoken=_("does not fit: {what}").format(what=text))

    def waiting(row: ToReview) -> Cell:
        if row.since is None:
            return Cell()
        time = clock.now() - row.since
        return Cell(waiting_words(time), right=True, spoken=_("waiting {time}").format(time=waiting_spoken(time)))

    def owner(row: ToReview) -> Cell:
        return Cell(row.line.owner_name) if row.line.owner_name else Cell(_("nobody"), tone="secondary")

    def spoken(row: ToReview) -> str:
        cells = (who(row), need(row), why(row), waiting(row), owner(row))
        return ", ".join([level_word(row.line.level or "unknown"), *(cell.words() for cell in cells if cell.words())])

    columns = (
        Column("level", _("Level"), 124, lambda row: Cell(level=row.line.level or "unknown")),
        Column("who", _("Who"), 160, who),
        Column("need", _("Need"), 230, need),
        Column("why", _("Why it waits"), 0, why),
        Column("waiting", _("Waiting"), 96, waiting, numeric=True),
        Column("owner", _("Owner"), 110, owner),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.need.id)
