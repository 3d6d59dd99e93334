"""The record of one site: how full it is, when it closes, who is there by age and sex, and which households lack shelter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.sites import Sheltered, SiteRecord
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.dashboard.words import age_rows
from panoh.ui.sites.model import SOON, closing_words, kind_words, shelter_cell, state_spoken
from panoh.ui.sites.site_words import reached_facts, standing_against
from panoh.ui.sites.stock_panel import StockPanel
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.chart_kinds import Pyramid
from panoh.ui.widgets.charts import ChartPanel
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.notes import TONES, IconMark, ToneBox
from panoh.ui.widgets.panels import FactGrid, Line, Panel, scrolled
from panoh.ui.widgets.panes import SidePane
from panoh.ui.widgets.table import PagedModel, PagedTable

_MOST_ROWS = 6  # of the households, before they scroll by themselves
_CHART = 260  # height at 100 % text


class RecordPanel(SidePane):
    """Shows a site and tells what is wanted: `change_asked`, and `household_opened` with a HouseholdLine."""

    change_asked = Signal()
    household_opened = Signal(object)

    def __init__(self, words: Vocabularies, households: PagedModel) -> None:
        super().__init__()
        self._words, self._households = words, households
        self.change_button = KeyButton(_("Change"), self.change_asked.emit, keys="Ctrl+E", icon="state.draft")
        self.table = PagedTable(households, name=_("Households there"))
        self.stock = StockPanel(words)
        self._name = plain_label("", "title bold", wrap=True)
        self._kind = plain_label("", "secondary", wrap=True)
        self._over = _Told("error", "state.warning")
        self._soon = _Told("note", "state.due")
        self._access = _Told("note", "state.warning")
        self._facts = FactGrid(label_width=120)
        self._reached = FactGrid(label_width=96)
        self._ages = Pyramid(_("Who is there, by age and sex"), _("Women and girls"), _("Men and boys"))
        self._not_drawn = plain_label("", "small secondary", wrap=True)
        self._shelter = _Rows()
        self._nothing = plain_label("", "secondary", wrap=True)
        self._whole = QWidget()
        self._lay_out()
        self.table.opened.connect(self.household_opened)
        households.counted.connect(self._show_households)
        look().changed.connect(self._measure)
        self.show_nothing("")

    def show_nothing(self, words: str) -> None:
        """No site is chosen; these words say what will be here."""
        self._nothing.setText(words)
        show_when(self._nothing, True)
        show_when(self._whole, False)

    def show_record(self, found: SiteRecord, today: date) -> None:
        """Show a site. Its households come by their own model."""
        line = found.line
        show_when(self._nothing, False)
        show_when(self._whole, True)
        self._name.setText(line.site.name)
        self._kind.setText(", ".join(part for part in (line.site.number, kind_words(self._words, line.site)) if part))
        over = _("{state}. Find room elsewhere before more people come.")
        self._over.show_text(over.format(state=_sentence(state_spoken(line))) if line.over else "")
        self._show_closing(found, today)
        self._access.show_text(standing_against(line.site))
        self._facts.set_facts(*_facts(found, today))
        self._reached.set_facts(*reached_facts(self._words, line.site, today))
        self._ages.set_rows(age_rows(found.ages))
        self._ages_panel.setVisible(line.people > found.not_drawn)
        words = ngettext("{n} person of unknown age or sex", "{n} people of unknown age or sex", found.not_drawn)
        self._not_drawn.setText(_("Not drawn: {people}").format(people=words.format(n=number(found.not_drawn))))
        self._not_drawn.setVisible(found.not_drawn > 0)
        self._show_shelter(found)

    def to_top(self) -> None:
        """Scroll to the name: another site is shown."""
        self._area.verticalScrollBar().setValue(0)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _show_closing(self, found: SiteRecord, today: date) -> None:
        on = found.line.site.closing_on
        if on is None or found.closes_in is None or found.closes_in > SOON:
            self._soon.show_text("")
            return
        if found.closes_in < 0:
            words = _("Closed on {day}, {when}. Move whoever left to where they are now.")
        else:
            words = _("Closes on {day}, {when}. Ask each household, alone, where it goes.")
        self._soon.show_text(words.format(day=day(on), when=closing_words(on, today)))

    def _show_shelter(self, found: SiteRecord) -> None:
        self._shelter.set_rows([_shelter_row(self._words, kind) for kind in found.shelter])
        self._shelter_panel.setVisible(bool(found.shelter))

    def _show_households(self, count: int) -> None:
        self._households_panel.setVisible(count > 0)
        self._measure()

    def _measure(self) -> None:
        rows = min(max(self._households.rowCount(), 1), _MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + 2)
        self._ages.setFixedHeight(look().grown(_CHART))

    def _lay_out(self) -> None:
        self._ages_panel = ChartPanel(self._ages)
        self._reached_panel = Panel(_("Access, security, what is lacking"), padded=True)
        self._reached_panel.body.addWidget(self._reached)
        self._shelter_panel = Panel(_("Shelter"), sub=_("what is lacking first"))
        self._shelter_panel.body.addWidget(self._shelter)
        self._households_panel = Panel(_("Households there"), sub=_("Enter opens the head"))
        self._households_panel.body.addWidget(self.table)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        for part in (
            self._over,
            self._soon,
            self._access,
            self._facts,
            self._reached_panel,
            self.stock,
            self._shelter_panel,
            self._households_panel,
        ):
            column.addWidget(part)
        column.addWidget(self._ages_panel)
        column.addWidget(self._not_drawn)
        column.addStretch()
        self._area = scrolled(body)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._nothing.setContentsMargins(16, 24, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._nothing)
        outer.addWidget(self._whole, 1)
        self._measure()
        order_tabs(body)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._kind)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignTop)
        return head


def _shelter_row(words: Vocabularies, kind: Sheltered) -> list[Cell]:
    """A kind of shelter, and how many households and people have it."""
    cell = shelter_cell(words, kind.shelter)
    homes = ngettext("{n} household", "{n} households", kind.households).format(n=number(kind.households))
    people = ngettext("{n} person", "{n} people", kind.people).format(n=number(kind.people))
    told = Cell(_("{homes}, {people}").format(homes=homes, people=people))
    return [replace(cell, tone="bold" if cell.icon else cell.tone), told]


class _Told(ToneBox):
    """A box that says one thing about the site. It is not announced: the row of the list says it already."""

    def __init__(self, tone: str, icon: str) -> None:
        super().__init__(tone)
        set_accessible_role(self, QAccessible.Role.Note)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(IconMark(icon, TONES[tone].text), 0, Qt.AlignmentFlag.AlignTop)
        self._text = plain_label("", TONES[tone].role, wrap=True)
        row.addWidget(self._text, 1)

    def show_text(self, text: str) -> None:
        """Show it; nothing hides the box."""
        self._text.setText(text)
        self.setAccessibleName(text)
        show_when(self, bool(text))


class _Rows(QWidget):
    """A few rows of two cells that only tell, with a line between each two."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 4, 16, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, cells in enumerate(rows):
            if at:
                self._grid.addWidget(Line(), 2 * at - 1, 0, 1, len(cells))
            for column, cell in enumerate(cells):
                self._grid.addWidget(_told(cell, wrap=column > 0), 2 * at, column)
        self._grid.setColumnStretch(1, 1)


def _told(cell: Cell, *, wrap: bool) -> QWidget:
    """A cell as words, with its icon before them."""
    words = plain_label(cell.text, cell.tone, wrap=wrap)
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 6, 0, 6)
    row.setSpacing(8)
    if cell.icon:
        row.addWidget(IconMark(cell.icon, "error"), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words, 1)
    return held


def _facts(found: SiteRecord, today: date) -> list[tuple[str, str]]:
    line, homes = found.line, found.households
    capacity = number(line.site.capacity) if line.site.capacity is not None else _("not known")
    on = line.site.closing_on
    when = _("{day}, {when}").format(day=day(on), when=closing_words(on, today)) if on else _("no day set")
    return [
        (_("There now"), ngettext("{n} person", "{n} people", line.people).format(n=number(line.people))),
        (_("Room for"), capacity),
        (_("Households"), number(homes)),
        (_("Closing on"), when),
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
