"""The journal's page: filters above, the entries, and what the walk along its chain found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHeaderView, QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.services.journal import LIST, Chain
from panoh.ui.field_words import RECORD_WORDS
from panoh.ui.settings.journal_model import CHANGES
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import FilterChip, KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.control_values import read, write
from panoh.ui.widgets.controls import day_edit
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import ElidedLabel
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import PagedModel, PagedTable

_IN_A_LINE, _AT_LARGE = 6, 3  # filters
_SAID, _SAID_AT_LARGE = 6, 480  # the column, and its width at 100 % text


class JournalView(QWidget):
    """Builds the page and tells what is wanted."""

    filter_asked = Signal()
    all_asked = Signal()
    check_asked = Signal()
    compare_asked = Signal()

    def __init__(self, model: PagedModel, users: Sequence[Choice]) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.vault_healthy", closable=True)
        self.table = PagedTable(model, name=_("Journal"))
        self.list = ListOrEmpty(self.table, EmptyPage(_("No entry fits"), [_("Show all, or choose fewer filters.")]))
        records = sorted((_(words), name) for name, words in RECORD_WORDS.items())
        kinds = [(name, words) for words, name in records] + [(LIST, _("List taken out"))]
        self.fields: dict[str, FieldRow] = {
            "user_id": FieldRow(_("Who"), ChoiceBox([("", _("everyone")), *users])),
            "record_class": FieldRow(_("What"), ChoiceBox([("", _("everything")), *kinds])),
            "change": FieldRow(_("Done"), ChoiceBox([("", _("anything")), *((k, _(w)) for k, w in CHANGES.items())])),
            "since": FieldRow(_("From day"), day_edit()),
            "until": FieldRow(_("To day"), day_edit()),
            "number": FieldRow(_("Number of a person"), QLineEdit()),
        }
        self._count = ElidedLabel("", "secondary")
        self._filters = QWidget()
        self._grid = QGridLayout(self._filters)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._lay_out()
        look().changed.connect(self._measure)
        self._measure()

    def values(self) -> dict[str, str]:
        """What stands in the filters."""
        return {key: read(row.control) for key, row in self.fields.items()}

    def clear(self) -> None:
        """Empty the filters."""
        for row in self.fields.values():
            write(row.control, "")

    def show_count(self, count: int) -> None:
        """Say how many entries fit."""
        self.list.show_count(count)
        self._count.setText(_("{n} entries, the newest first").format(n=number(count)) if count else "")

    def show_chain(self, chain: Chain) -> None:
        """Say what the walk along the chain found."""
        if chain.whole:
            self.note.hide()
            words = _("{n} entries; the code to compare with papers and backups is {code}.")
            told = words.format(n=number(chain.head.count), code=chain.head.code)
            self.told.say(told, heading=_("The journal is whole"))
        else:
            self.told.hide()
            self.note.say("\n".join(chain.problems()), heading=_("The journal does not fit"))

    def _measure(self) -> None:
        """At large text fewer filters in a line, shown in place of the list; the words have a width of their own."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(_SAID, mode.Interactive if look().large else mode.Stretch)
        if look().large:
            header.resizeSection(_SAID, look().grown(_SAID_AT_LARGE))
        self._choose.setVisible(look().large)
        self._choose.setChecked(False)
        self._turn(False)
        most = _AT_LARGE if look().large else _IN_A_LINE
        for at, row in enumerate(self.fields.values()):
            self._grid.addWidget(row, at // most, at % most)

    def _turn(self, choosing: bool) -> None:
        self._filters.setVisible(choosing or not look().large)
        self._page.setVisible(not choosing)

    def _show(self) -> None:
        self._choose.setChecked(False)
        self.filter_asked.emit()

    def _lay_out(self) -> None:
        for row in self.fields.values():
            if isinstance(row.control, QLineEdit):
                row.control.returnPressed.connect(self._show)
        self._choose = FilterChip(_("Filters"), self._turn)
        show = KeyButton(_("Show"), self._show, icon="action.filter")
        every = KeyButton(_("Show all"), self.all_asked.emit, kind="flat")
        check = KeyButton(_("Check the chain"), self.check_asked.emit, icon="state.vault_healthy")
        compare = KeyButton(_("Compare a code…"), self.compare_asked.emit)
        self._page = QWidget()
        fill(self._page, self.list)
        above = (self.note, self.told, self._filters)
        beside = (self._choose, show, every, check, compare)
        fill(self, list_page(_("Journal"), self._count, self._page, above=above, beside=beside))


class CompareForm(SmallForm):
    """The code that a paper or a backup shows."""

    def __init__(self, parent: QWidget) -> None:
        words = _(
            "A paper and a backup show how many entries the journal had, and the beginning of its code: 1204-9f2c01ab. "
            "Where it does not stand here any more, the end of the journal was cut off or an older file was put back."
        )
        super().__init__(parent, _("Compare a code"), words, _("Compare"))
        self.form.add("code", FieldRow(_("Code"), QLineEdit()))
        self.form.finish()
