"""One control for every date: it takes what people say and shows how it was understood, with the month in letters."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import AGE, DAY, MONTH, RANGE, UNKNOWN, YEAR, AmbiguousDate, PartialDate, parse_date, words
from panoh.ui.accessibility import announce
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.unknown import AnswerEdit

_PRECISIONS = (
    (DAY, N_("Exact day")),
    (MONTH, N_("Month")),
    (YEAR, N_("Year")),
    (AGE, N_("Age")),
    (RANGE, N_("Between")),
    (UNKNOWN, N_("Unknown")),
)
_FROM_FINE_TO_COARSE = (DAY, MONTH, YEAR)


def coarser(told: PartialDate, precision: str) -> PartialDate | None:
    """The same date known less exactly: a day as its month or year; None when it cannot be made so."""
    if told.precision == precision:
        return told
    if told.precision not in _FROM_FINE_TO_COARSE or precision not in _FROM_FINE_TO_COARSE or told.earliest is None:
        return None
    if _FROM_FINE_TO_COARSE.index(precision) < _FROM_FINE_TO_COARSE.index(told.precision):
        return None
    year, month = told.earliest.year, told.earliest.month
    if precision == YEAR:
        return replace(told, precision=YEAR, earliest=date(year, 1, 1), latest=date(year, 12, 31))
    last = monthrange(year, month)[1]
    return replace(told, precision=MONTH, earliest=date(year, month, 1), latest=date(year, month, last))


class PartialDateEdit(QWidget):
    """A line for what is said ('12.3.98', 'about 6', '1972'), a box for how exact it is, and the reading in words.

    F4 opens a calendar; with `unknowns` F8 steps through the four unknowns. Where two readings are possible it offers
    both. `changed` tells that a person changed it.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date], *, placeholder: str = "", unknowns: bool = False) -> None:
        super().__init__()
        self._today = today
        self._wish: str | None = None  # how exact the person says it is, where that differs from the reading
        self.line = AnswerEdit(unknowns=unknowns)
        self.line.setPlaceholderText(placeholder)
        self.exactness = ChoiceBox([(code, _(word)) for code, word in _PRECISIONS])
        self.exactness.set_label(_("How exact"))
        self._reading = plain_label("", "small secondary")
        self._offers = QHBoxLayout()
        self._offers.setSpacing(8)
        self._lay_out()
        self.setFocusProxy(self.line)
        self.line.answered.connect(self._typed)
        self.exactness.answered.connect(self._wished)
        self.set_value(PartialDate())

    def value(self) -> PartialDate:
        """The date as it will be kept; raises FieldProblem when it cannot be read or is not as exact as was chosen."""
        told = parse_date(self.line.answer(), self._today())
        if self._wish is None or self._wish == told.precision:
            return told
        if self._wish == UNKNOWN:
            return PartialDate(said=self.line.answer())
        made = coarser(told, self._wish)
        if made is None:
            raise FieldProblem(
                "date", _("This is not said as exactly as was chosen. Add what is missing, or choose again.")
            )
        return made

    def set_value(self, told: PartialDate) -> None:
        """Show a date that is kept already."""
        self._wish = None
        self.line.set_answer(told.said or ("" if told.precision == UNKNOWN else words(told)))
        self._show_reading(told.precision)

    def set_label(self, label: str) -> None:
        """Name the line after its label."""
        self.line.set_label(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 opens the calendar."""
        if event.key() == Qt.Key.Key_F4:
            self._open_calendar()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self._wish = None
        self._show_reading(None)
        self.changed.emit()

    def _wished(self) -> None:
        self._wish = self.exactness.value()
        self._show_reading(self._wish)
        self.changed.emit()

    def _show_reading(self, precision: str | None) -> None:
        """Say in words how the line is read; with several readings offer each."""
        readings: Sequence[PartialDate] = ()
        try:
            told = self.value()
            said = words(told) if told.precision != UNKNOWN else ""
            precision = told.precision if precision is None else precision
        except AmbiguousDate as problem:
            said, readings = problem.text, problem.readings
        except FieldProblem:
            said = ""
        self._reading.setText(said)
        self.line.setAccessibleDescription(said)
        self.exactness.set_value(precision or UNKNOWN)
        self._offer(readings)

    def _offer(self, readings: Sequence[PartialDate]) -> None:
        while self._offers.count():
            item = self._offers.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for reading in readings:
            self._offers.addWidget(KeyButton(words(reading), partial(self._take, reading), size="small"))
        if readings:
            self._offers.addStretch()
            announce(self, self._reading.text())

    def _take(self, meant: PartialDate) -> None:
        self.line.set_answer(words(meant))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setAccessibleName(_("Calendar"))
        today = self._today()
        calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        calendar.setSelectedDate(calendar.maximumDate())
        calendar.activated.connect(self._picked)
        calendar.activated.connect(calendar.close)
        calendar.move(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.show()
        calendar.setFocus()

    def _picked(self, chosen: QDate) -> None:
        self.line.set_answer(day(date(chosen.year(), chosen.month(), chosen.day())))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.exactness)
        row.addWidget(plain_label(_("F4 opens the calendar"), "small secondary"))
        column.addLayout(row)
        column.addWidget(self._reading)
        column.addLayout(self._offers)
