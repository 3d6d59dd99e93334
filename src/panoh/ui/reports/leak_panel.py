"""Beside the page: what was looked for in it and found, what is left out, and whether the reader may have it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.leaks import Leak
from panoh.ui.reports.answers import Decided
from panoh.ui.reports.leak_cards import LeakCards
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.notes import IconMark
from panoh.ui.widgets.panels import Line, scrolled
from panoh.ui.widgets.panes import SidePane

LeftOut = tuple[str, str]  # the fact, and small behind it why or what stands there instead


class _Listing(QWidget):
    """Rows of an icon and words, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)

    def show_rows(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Show these: icon, its colour, bold or plain words, small words behind."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for icon, colour, strong, rest in rows:
            self._column.addWidget(self._row(icon, colour, strong, rest))

    @staticmethod
    def _row(icon: str, colour: str, strong: str, rest: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconMark(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        bold = colour != "secondary"
        spans = [(strong, "bold" if bold else "")]
        spans += [(rest, "" if bold else "small secondary")] if rest else []
        row.addWidget(SpanLabel(*spans), 1)
        return made


class LeakPanel(SidePane):
    """Shows what was found, each with its ways out; decides nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._count = plain_label("", "bold")
        self._facts = plain_label("", "secondary")
        self.cards, self._left_out, self._recipient = LeakCards(), _Listing(), _Listing()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head("state.leak", _("What could give them away"), self._count))
        above: QWidget
        for above in (Line(), self.cards, Line()):
            column.addWidget(above)
        column.addLayout(self._head("", _("What is left out"), self._facts))
        for part in (Line(), self._left_out):
            column.addWidget(part)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        area = scrolled(page)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(_("What could give them away, and what is left out"))
        whole.addWidget(area, 1)
        whole.addWidget(Line())
        whole.addWidget(self._recipient)
        self.area = area
        self.clear()

    def clear(self) -> None:
        """Nothing was checked yet."""
        self._count.setText("")
        self._facts.setText("")
        self.cards.show_leaks((), (), ("state.not_known", _("Nothing is checked before a page is there."), ""))
        self._left_out.show_rows([])
        self._recipient.show_rows([])

    def show_leaks(
        self, leaks: Sequence[Leak], decided: Sequence[Decided], clean: str, *, checked: bool = True
    ) -> None:
        """Show what still gives somebody away and what was decided; `clean` says what was looked for and not found.

        `checked`: the paper holds words that somebody typed, and they were looked through.
        """
        self._count.setText(_("{n} left").format(n=len(leaks)) if leaks else _("none left") if decided else _("none"))
        told = _("The name of the file is a number, its data are empty.")
        if checked:
            told = _("Checked in every word that somebody typed. The name of the file is a number, its data are empty.")
        self.cards.show_leaks(leaks, decided, ("state.saved", clean, told))

    def focus_first(self) -> bool:
        """Put the keys on the first card; whether there is one."""
        if not self.cards.cards:
            return False
        self.area.ensureWidgetVisible(self.cards.cards[0])
        self.cards.cards[0].take_focus()
        return True

    def show_left_out(self, facts: Sequence[LeftOut]) -> None:
        """Show what a paper of this level never holds."""
        self._facts.setText(_("{n} facts").format(n=len(facts)))
        self._left_out.show_rows([("state.left_out", "secondary", fact, why) for fact, why in facts])

    def show_recipient(self, consent: str, recorded: str) -> None:
        """Show what the person said about this reader, and how the paper is recorded."""
        self._recipient.show_rows(
            [("action.assign", "secondary", consent, ""), ("action.history", "secondary", recorded, "")]
        )

    @staticmethod
    def _head(icon: str, words: str, right: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        if icon:
            row.addWidget(IconMark(icon, "note_line"))
        row.addWidget(plain_label(words, "bold", wrap=True), 1)
        row.addWidget(right)
        return row
