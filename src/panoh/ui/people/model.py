"""Columns of the list of everyone, and how a row is spoken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import who_words

NAME = 2  # the column that takes the rest of the width


def people_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> PagedModel:
    """The model of the list; its rows are PersonLine."""

    def name(line: PersonLine) -> Cell:
        shown = privacy.name(line.full_name)
        return Cell(shown) if shown else Cell(_("no name recorded"), tone="secondary")

    def owner(line: PersonLine) -> Cell:
        return Cell(line.owner_name) if line.owner_name else Cell(_("nobody"), tone="secondary")

    def place(line: PersonLine) -> Cell:
        if line.presence == "here":
            return Cell(line.site_name)
        return Cell(words.label("presence", line.presence), icon="state.missing" if line.presence == "missing" else "")

    def who(line: PersonLine) -> str:
        return who_words(line.sex, line.birth, today())

    def relation(line: PersonLine) -> str:
        return words["relation"].label(line.relation, line.sex) if line.relation else ""

    def spoken(line: PersonLine) -> str:
        parts = (level_word(line.level), line.number, name(line).text, who(line), relation(line), place(line).text)
        return ", ".join(part for part in (*parts, owner(line).text) if part)

    columns = (
        Column("level", _("Level"), 128, lambda line: Cell(level=line.level or "unknown")),
        Column("number", _("Number"), 136, lambda line: Cell(line.number)),
        Column("name", _("Name"), 0, name),
        Column("who", _("Sex and age"), 190, lambda line: Cell(who(line))),
        Column("relation", _("In the family"), 116, lambda line: Cell(relation(line))),
        Column("site", _("Site"), 216, place),
        Column("owner", _("Owner"), 120, owner),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.id)
