"""The tab 'Files': photos, copies of papers and other files of a person, with the chosen picture beside the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from panoh.base.i18n import day, number
from panoh.base.i18n import gettext as _
from panoh.domain.papers import Attachment
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.person.fields import PAGE_MARGINS, line_of
from panoh.ui.tasks import TaskRunner
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.picture import Picture
from panoh.ui.widgets.table import Column, PagedModel, PagedTable

_KILOBYTE = 1024


class FilesTab(QWidget):
    """The files of one person. Decides nothing: it says which was chosen and what is wanted."""

    chosen = Signal(object)  # Attachment or None
    add_asked = Signal()
    copy_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, words: Vocabularies, runner: TaskRunner) -> None:
        super().__init__()
        self._words = words
        columns = (
            Column("kind", _("Kind"), 150, lambda one: Cell(words.label("attachment", one.kind))),
            Column("title", _("What it shows"), 0, lambda one: Cell(one.title or "—")),
            Column("added", _("Added"), 120, lambda one: Cell(_day(one.added_on))),
            Column("size", _("Size"), 90, lambda one: Cell(_size(one.size))),
        )
        self.model = PagedModel(columns, runner, row_words=self._told, key=lambda one: str(one.id))
        self.table = PagedTable(self.model, name=_("Photos and files of this person"))
        self.table.current_changed.connect(self._choose)
        self.add = KeyButton(_("Add a photo or file…"), self.add_asked.emit, icon="action.add", size="small", bold=True)
        self.copy = KeyButton(_("Save a copy outside…"), self._copy, icon="action.save_pdf")
        self.remove = KeyButton(_("Remove it…"), self._remove, icon="action.close")
        self.picture = Picture()
        self._withheld = plain_label(
            _("Copies of papers and other files of this person are shown by role."), "secondary", wrap=True
        )
        self._lay_out()
        self._choose(None)

    def show_files(self, files: list[Attachment], *, withheld: bool) -> None:
        """Show these; `withheld` says that files other than photos are shown by role only."""
        self.model.show_rows(files)
        self._withheld.setVisible(withheld)
        self._choose(self.table.current())

    def _choose(self, one: Attachment | None) -> None:
        self._one = one
        self.copy.setEnabled(one is not None)
        self.remove.setEnabled(one is not None)
        self.picture.show_picture(b"", _("The chosen picture shows here.") if one is None else _("Reading…"))
        self.chosen.emit(one)

    def _copy(self) -> None:
        if self._one is not None:
            self.copy_asked.emit(self._one)

    def _remove(self) -> None:
        if self._one is not None:
            self.remove_asked.emit(self._one)

    def _told(self, one: Attachment) -> str:
        parts = (self._words.label("attachment", one.kind), one.title, _day(one.added_on), _size(one.size))
        return ", ".join(part for part in parts if part)

    def _lay_out(self) -> None:
        empty = EmptyPage(
            _("No photo or file yet"),
            [
                _("A photo helps to find a missing child; a photo of a paper outlives the paper."),
                _("Pictures are made anew from their pixels: place and time of the camera do not come along."),
            ],
        )
        self.list = ListOrEmpty(self.table, empty)
        self.model.counted.connect(self.list.show_count)
        files = Panel(_("Photos and files"), sub=_("kept in the vault alone"), right=self.add)
        files.body.addWidget(self.list, 1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 12, 16, 12)
        below.addWidget(self._withheld)
        below.addWidget(line_of(self.copy, self.remove))
        files.body.addLayout(below)
        shown = Panel()
        shown.body.addWidget(self.picture, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(*PAGE_MARGINS)
        grid.setSpacing(16)
        grid.addWidget(files, 0, 0)
        grid.addWidget(shown, 0, 1)
        self._grid, self._beside = grid, shown
        look().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """The picture beside the list; at large text under it."""
        large = look().large
        self._grid.removeWidget(self._beside)
        self._grid.addWidget(self._beside, 1 if large else 0, 0 if large else 1)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 0 if large else 2)


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _size(size: int) -> str:
    return _("{n} KB").format(n=number(max(1, round(size / _KILOBYTE))))
