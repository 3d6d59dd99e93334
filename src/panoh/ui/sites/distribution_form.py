"""The form of a distribution: what is given, and a list of the households of the site in which Space ticks who got it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.distribution import RATION_DAYS, HomeLine
from panoh.ui.basic_needs import add_gift_fields
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.control_values import watch
from panoh.ui.widgets.controls import fitted
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

HOME, EACH = "home", "person"  # of whom the quantity is
_WIDE, _HIGH, _ROWS = 960, 700, 6


class Ticked:
    """Who is ticked: some by their ids, or all but some, so that a list of any length is chosen at once."""

    def __init__(self) -> None:
        self.all, self.ids = False, set[str]()

    def holds(self, one: str) -> bool:
        """Whether this household is ticked."""
        return (one in self.ids) != self.all

    def turn(self, one: str) -> None:
        """Tick it, or take its tick away."""
        self.ids ^= {one}

    def set_all(self, on: bool) -> None:
        """Tick everyone, or nobody."""
        self.all, self.ids = on, set()


class TickTable(PagedTable):
    """A list in which Space ticks the current row and goes on to the next; Ctrl+A ticks all, or nobody."""

    turned = Signal(object)
    all_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Ctrl+A."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            record, row = self.current(), self.currentIndex().row()
            if record is not None:
                self.turned.emit(record)
                self.selectRow(min(row + 1, self.model().rowCount() - 1))
        elif event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.all_asked.emit()
        else:
            super().keyPressEvent(event)


class DistributionForm(SmallForm):
    """What is given, to whom. `list_asked` tells that other households are wanted in the list."""

    list_asked = Signal()

    def __init__(
        self, parent: QWidget, words: Vocabularies, runner: TaskRunner, privacy: Privacy, today: date, site: str
    ) -> None:
        said = _("One save notes it for everyone who is ticked. It can be taken back whole right after.")
        title = _("Distribution at {site}").format(site=site)
        super().__init__(parent, title, said, _("Note it for those ticked"))
        self.ticked, self.tally = Ticked(), (0, 0)  # households and people in the list
        choices = [(HOME, _("each household")), (EACH, _("each person"))]
        add_gift_fields(self, words, today, ("each", FieldRow(_("That is for"), fitted(ChoiceBox(choices)))))
        self.set_value("each", HOME)
        self.set_value("sector", "food")
        lacking = QCheckBox(_("only who lacks it, or has it partly"))
        days = _("Nothing given for this many days ({month}: a month of food)").format(month=RATION_DAYS)
        self.form.add_beside(
            ("lacking", FieldRow(_("Which households"), lacking)),
            ("days", FieldRow(days, QLineEdit(), optional=True)),
        )
        self.model = homes_model(runner, words, privacy, self.ticked.holds)
        self.table = TickTable(self.model, name=_("Households at the site"))
        self.all_button = KeyButton(_("Tick all, or nobody"), self.turn_all, shown_keys="Ctrl+A", size="small")
        self._told = plain_label("", "bold", wrap=True)
        self._lay_out_list()
        self.form.finish()
        for key in ("sector", "lacking", "days"):
            watch(self.form.rows[key].control, self._list_changed)
        self.model.counted.connect(lambda _count: self._tell())
        self.table.turned.connect(self._turn)
        self.table.doubleClicked.connect(lambda _index: self._turn(self.table.current()))
        self.table.all_asked.connect(self.turn_all)
        wanted = QSize(look().grown(_WIDE), look().grown(_HIGH))
        self.resize(wanted.boundedTo(parent.window().size()))
        look().changed.connect(self._measure)
        self._measure()
        self._tell()

    @property
    def sector(self) -> str:
        """The sector for which the list is wanted; food until another is chosen."""
        return self.values()["sector"] or "food"

    @property
    def days(self) -> int | None:
        """For how many days the households wanted got nothing; None is any."""
        said = self.values()["days"]
        return int(said) if said.isascii() and said.isdecimal() and len(said) < len("10000") else None

    def turn_all(self) -> None:
        """Tick everyone in the list, or nobody where anybody is ticked."""
        self.ticked.set_all(not (self.ticked.all or self.ticked.ids))
        self._show_ticks()

    def _list_changed(self) -> None:
        """Another list: all of it is another all."""
        if self.ticked.all:
            self.ticked.set_all(False)
        self.list_asked.emit()

    def _turn(self, line: HomeLine | None) -> None:
        if line is not None:
            self.ticked.turn(line.id)
            self._show_ticks()

    def _show_ticks(self) -> None:
        last = self.model.index(max(self.model.rowCount() - 1, 0), 0)
        self.model.dataChanged.emit(self.model.index(0, 0), last)
        self._tell()

    def _tell(self) -> None:
        homes, everyone = self.tally
        ticked = homes - len(self.ticked.ids) if self.ticked.all else len(self.ticked.ids)
        listed = ngettext("{n} household", "{n} households", homes).format(n=number(homes))
        people = ngettext("{n} person", "{n} people", everyone).format(n=number(everyone))
        words = _("{ticked} ticked; in the list: {households}, {people}. Space ticks and goes on.")
        self._told.setText(words.format(ticked=number(ticked), households=listed, people=people))

    def _lay_out_list(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, 1)
        row.addWidget(self.all_button)
        self.form.add_widget(head)
        self.form.add_widget(self.table)

    def _measure(self) -> None:
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + _ROWS * self.table.verticalHeader().defaultSectionSize() + 2)


def homes_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, ticked: Callable[[str], bool]) -> PagedModel:
    """The households in the list of a distribution; its rows are HomeLine."""

    def tick(line: HomeLine) -> Cell:
        return Cell(_("given"), icon="state.do", tone="bold") if ticked(line.id) else Cell("–", spoken=_("not ticked"))

    def name(line: HomeLine) -> Cell:
        return Cell(privacy.name(line.head_name)) if line.head_name else Cell(_("by number alone"), tone="secondary")

    def state(line: HomeLine) -> str:
        if not line.told:
            return _("shown by role")
        return words.label("need_state", line.state) if line.state else _("not asked")

    def given(line: HomeLine) -> Cell:
        if not line.told:
            return Cell(_("shown by role"), tone="secondary")
        return Cell(day(line.given_on)) if line.given_on else Cell(_("never"), tone="secondary")

    def spoken(line: HomeLine) -> str:
        people = ngettext("{n} person", "{n} people", line.people).format(n=number(line.people))
        last = _("given last {when}").format(when=given(line).text)
        return ", ".join((tick(line).words(), line.number, name(line).text, people, state(line), last))

    columns = (
        Column("ticked", _("Given"), 96, tick),
        Column("number", _("Number"), 136, lambda line: Cell(line.number)),
        Column("head", _("Head"), 0, name),
        Column("people", _("People"), 72, lambda line: Cell(number(line.people), right=True), numeric=True),
        Column("state", _("How it stands"), 120, lambda line: Cell(state(line))),
        Column("given", _("Given last"), 120, given),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.id)
