"""The workbench for lost papers: the list, and beside it what is held and done about the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Line
from panoh.ui.widgets.panes import SidePane, SideSplit, side_pane
from panoh.ui.widgets.table import PagedModel, PagedTable


class PapersView(QWidget):
    """Builds the page and tells what is wanted."""

    step_asked = Signal()
    evidence_asked = Signal()
    letter_asked = Signal()
    person_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="note", icon="state.saved", closable=True)
        self.table = PagedTable(model, name=_("Lost papers"))
        self._count = plain_label("", "secondary")
        self._title, self._who = plain_label("", "title bold", wrap=True), plain_label("", "secondary", wrap=True)
        self._held, self._done = QVBoxLayout(), QVBoxLayout()
        self._lay_out()

    def show_count(self, count: int) -> None:
        """Show the list, or why it is empty."""
        self.list.show_count(count)
        self._count.setText(_("{n} papers are gone; those without any step first").format(n=count) if count else "")
        self.split.show_side(filled=count > 0)

    def show_paper(self, title: str, who: str, held: Sequence[str], done: Sequence[str]) -> None:
        """Show what is held and done about one paper."""
        self._title.setText(title)
        self._who.setText(who)
        _fill(self._held, held, _("Nothing is held yet: a copy, a photo of it, a witness, a school or medical record."))
        _fill(self._done, done, _("Nothing was done yet."))

    def _lay_out(self) -> None:
        words = [
            _(
                "Everyone whose papers were lost, destroyed or taken away will stand here, with what is held instead and what was done."
            )
        ]
        self.list = ListOrEmpty(self.table, EmptyPage(_("No paper is recorded as gone"), words))
        main = list_page(_("Lost papers"), self._count, self.list, above=(self.note, self.told))
        self.split = SideSplit(
            main, self._side(), fold_words=_("What is held and done"), least_main=640, side_width=360
        )
        fill(self, self.split)
        order_tabs(main, self.split.side)

    def _side(self) -> SidePane:
        step = KeyButton(_("Add a step…"), self.step_asked.emit, icon="action.add", size="small", bold=True)
        evidence = KeyButton(_("Add evidence…"), self.evidence_asked.emit, icon="action.add", size="small", bold=True)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        inside.addWidget(self._title)
        inside.addWidget(self._who)
        for words, box, button in ((_("What is held"), self._held, evidence), (_("What was done"), self._done, step)):
            inside.addSpacing(8)
            inside.addWidget(Line())
            line = QHBoxLayout()
            line.addWidget(plain_label(words, "bold"), 1)
            line.addWidget(button)
            inside.addLayout(line)
            box.setSpacing(4)
            inside.addLayout(box)
        inside.addStretch()
        inside.addWidget(
            KeyButton(_("Supporting letter…"), self.letter_asked.emit, icon="action.save_pdf", keys="Ctrl+Shift+L")
        )
        inside.addWidget(KeyButton(_("Open the record"), self.person_asked.emit, icon="action.open_record"))
        return side_pane(page)


def _fill(box: QVBoxLayout, lines: Sequence[str], empty: str) -> None:
    while box.count():
        item = box.takeAt(0)
        old = item.widget() if item else None
        if old is not None:
            old.hide()
            old.deleteLater()
    for text in lines or [empty]:
        box.addWidget(plain_label(text, "" if lines else "secondary", wrap=True))
