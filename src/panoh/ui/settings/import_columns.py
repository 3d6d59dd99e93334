"""The columns of a list: which of them is which of ours, how its dates are written, where the table begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import day, number
from panoh.base.i18n import gettext as _
from panoh.services.desk import Desk
from panoh.services.import_first_rows import read_first
from panoh.services.import_preview import (
    KEEP_YEAR,
    OUR_MARK,
    DateColumn,
    DateForm,
    ListKind,
    Preview,
    calendar_choices,
    column_words,
    order_choices,
)
from panoh.ui.privacy import Privacy
from panoh.ui.settings.import_first_rows import FirstRows
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import NoteBar

_NAMES = ("given_name", "family_name", "patronymic", "full_name")
_SAMPLES, _SAMPLE = 3, 24  # cells shown of a column, and characters of each
_AT_ONCE = 3  # rows of fields made before the window answers again
_NO_NAMES = "none"
_LETTERS = (
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
    ("cp1251", "Windows-1251"),
    ("koi8-r", "KOI8-R"),
    ("cp866", "DOS 866"),
)
_OFFERED = ("utf-8", "cp1251", "koi8-r", "cp866", "utf-16")


class ColumnsPage(QWidget):
    """Shows a Preview and lets its reading be changed. `layout_changed` asks for another look at the file."""

    layout_changed = Signal(object)

    def __init__(self, desk: Desk, privacy: Privacy) -> None:
        super().__init__()
        self._desk, self._privacy = desk, privacy
        self._first = FirstRows(privacy, self)
        self._preview: Preview | None = None
        self._boxes: dict[str, ChoiceBox] = {}
        self._questions: dict[tuple[str, str], tuple[RadioChoice, FieldRow]] = {}
        self._pending: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._told = plain_label("", "secondary", wrap=True)
        self._note = NoteBar(tone="info", icon="state.saved")
        self._begins, self._letters = ChoiceBox(), ChoiceBox()
        self._form = Form()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(16)

    @property
    def ready(self) -> bool:
        """Whether every column has its field by now."""
        return not self._timer.isActive()

    def show_list(self, preview: Preview, kind: ListKind) -> None:
        """Show a list that was looked at, with the reading that is proposed."""
        self._preview, self._kind = preview, kind
        self._boxes, self._questions = {}, {}
        self._clear()
        self._form = Form()
        self._column.addWidget(self._told)
        self._column.addWidget(self._note)
        self._column.addWidget(self._form)
        self._tell(preview)
        self._pending = self._fields(preview)
        self._timer.start(0)

    def mapping(self) -> dict[str, str]:
        """Our column for each of theirs; '' for one that is left out."""
        return {theirs: box.value() for theirs, box in self._boxes.items()}

    def dates(self) -> dict[str, DateForm]:
        """How dates are written in our date columns: what was answered, else what their columns tell themselves."""
        if self._preview is None:
            return {}
        forms = {}
        for theirs, ours in self.mapping().items():
            column = self._preview.dates.get(theirs)
            if ours in self._kind.date_columns and column is not None:
                order = self._answer(theirs, "order") or column.order
                form = DateForm("" if order == KEEP_YEAR else order, self._answer(theirs, "calendar") or "gregorian")
                if form != DateForm():
                    forms[ours] = form
        return forms

    def check(self) -> bool:
        """Whether the list can be read like this; what is missing or stands twice is told at its field."""
        problems: list[FieldProblem] = []
        taken: dict[str, str] = {}
        for theirs, ours in self.mapping().items():
            if ours and ours in taken:
                words = _("“{other}” is read as this already. Leave one of the two out.").format(other=taken[ours])
                problems.append(FieldProblem(theirs, words))
            taken.setdefault(ours, theirs)
        if self._boxes and not any(name in taken for name in _NAMES):
            first = next(iter(self._boxes))
            problems.append(FieldProblem(first, _("No column holds a name yet. Say which one does.")))
        problems += [
            FieldProblem(
                _key(theirs, about),
                (
                    _("Say which number is the month in “{column}”.")
                    if about == "order"
                    else _("Say of which calendar the years in “{column}” are.")
                ).format(column=theirs),
            )
            for (theirs, about), (choice, row) in self._questions.items()
            if not row.isHidden() and not choice.value()
        ]
        self._form.show_problems(problems, _("Nothing was read yet."))
        return not problems

    # --- inside ------------------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        self._timer.stop()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in (self._told, self._note):
                widget.hide()
                widget.deleteLater()

    def _tell(self, preview: Preview) -> None:
        letters = dict(_LETTERS).get(preview.encoding)
        rows = _("{n} rows").format(n=number(preview.count))
        self._told.setText(_("{rows}, letters read as {name}").format(rows=rows, name=letters) if letters else rows)
        words = list(preview.notes)
        if preview.saved:
            when = day(preview.saved.saved_at.astimezone().date())
            words.insert(0, _("The columns are read as in the list of {day}, which had the same.").format(day=when))
        self._note.say(" ".join(words))

    def _fields(self, preview: Preview) -> Iterator[None]:
        """Make the fields a few at a time: a list may have two hundred columns, and the window answers meanwhile."""
        known = column_words()
        choices = [("", _("Leave out"))]
        choices += [(term.code, known.label(term.code)) for term in known if term.code in self._kind.columns]
        wide = 3 if look().text_size <= 125 else 2
        names = [name for name in preview.columns if not name.startswith(OUR_MARK)]
        for at in range(0, len(names), wide):
            line = [(name, self._field(preview, name, choices)) for name in names[at : at + wide]]
            self._form.add_beside(*line, *((f"empty {n}", _Empty()) for n in range(wide - len(line))))
            yield
        for theirs, column in preview.dates.items():
            self._ask(preview, theirs, column)
            yield
        self._add_layout(preview)
        self._form.add_widget(plain_label(_("The first rows, as they would be read"), "bold"))
        self._form.add_widget(self._first.table())
        self._form.finish()

    def _go_on(self) -> None:
        for _round in range(_AT_ONCE):
            if next(self._pending, self) is self:
                self._timer.stop()
                self._ask_what_is_open()
                return

    def _field(self, preview: Preview, name: str, choices: list[Choice]) -> FieldRow:
        box = ChoiceBox(choices, search=True)
        _narrow(box)
        box.set_value(preview.proposed.get(name, ""))
        box.answered.connect(self._ask_what_is_open)
        self._boxes[name] = box
        return FieldRow(name, box, hint=self._samples(preview, name))

    def _samples(self, preview: Preview, name: str) -> str:
        at = preview.columns.index(name)
        cells = dict.fromkeys(self._privacy.name(row[at][:_SAMPLE]) for row in preview.rows if row[at].strip())
        return ", ".join(list(cells)[:_SAMPLES]) or _("empty in the first rows")

    def _ask(self, preview: Preview, theirs: str, column: DateColumn) -> None:
        saved = preview.saved.dates.get(preview.proposed.get(theirs, "")) if preview.saved else None
        asked = []
        if column.asks_order:
            answer = (saved.order or KEEP_YEAR) if saved else ""
            asked.append(("order", _("Which number is the month in “{column}”?"), order_choices(column), answer))
        if column.asks_calendar:
            answer = saved.calendar if saved else ""
            asked.append(
                ("calendar", _("Of which calendar are the years in “{column}”?"), calendar_choices(column), answer)
            )
        for about, question, choices, answer in asked:
            choice = RadioChoice(choices)
            choice.set_value(answer)
            choice.chosen.connect(lambda _code: self._read_first())
            row = FieldRow(question.format(column=theirs), choice)
            self._questions[theirs, about] = (choice, row)
            self._form.add(_key(theirs, about), row)

    def _ask_what_is_open(self) -> None:
        """Show the questions about columns that are read as dates, and how the first rows would be read now."""
        for (theirs, _about), (_choice, row) in self._questions.items():
            row.setVisible(self._boxes[theirs].value() in self._kind.date_columns)
        self._read_first()

    def _read_first(self) -> None:
        if self._preview is not None and self.ready:
            read = read_first(self._desk, self._kind, self._preview, self.mapping(), self.dates())
            self._first.show_rows(read, [ours for ours in self.mapping().values() if ours])

    def _answer(self, theirs: str, about: str) -> str:
        choice, _row = self._questions.get((theirs, about), (None, None))
        return choice.value() if choice is not None else ""

    def _add_layout(self, preview: Preview) -> None:
        self._begins, self._letters = ChoiceBox(), ChoiceBox()  # those before go with their form
        for box in (self._begins, self._letters):
            _narrow(box)
            box.answered.connect(self._relayout)
        rows = [
            (str(at), _("Row {n}: {beginning}").format(n=n, beginning=self._privacy.name(beginning)))
            for at, (n, beginning) in enumerate(preview.beginnings)
        ]
        self._begins.set_choices([*rows, (_NO_NAMES, _("Nowhere: the first row is a person"))])
        self._begins.set_value(str(preview.layout.before) if preview.layout.named else _NO_NAMES)
        fields = [("begins", FieldRow(_("The names of the columns stand in"), self._begins))]
        if preview.encoding:
            self._letters.set_choices([choice for choice in _LETTERS if choice[0] in {*_OFFERED, preview.encoding}])
            self._letters.set_value(preview.encoding)
            fields.append(("letters", FieldRow(_("Letters are read as"), self._letters)))
        self._form.add_beside(*fields)

    def _relayout(self) -> None:
        if self._preview is None:
            return
        begins = self._begins.value()
        named = begins != _NO_NAMES
        layout = replace(self._preview.layout, before=int(begins) if named else 0, named=named)
        self.layout_changed.emit(replace(layout, encoding=self._letters.value() or layout.encoding))


def _key(theirs: str, about: str) -> str:
    return f"{about} of {theirs}"


def _narrow(box: ChoiceBox) -> None:
    """Long choices do not make the page wider than the window."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)


class _Empty(FieldRow):
    """Room beside the last fields, so that they are as wide as those above."""

    def __init__(self) -> None:
        super().__init__("", QWidget())
