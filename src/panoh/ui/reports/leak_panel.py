"""Beside the page: what was looked for in it and found, what is left out, and whether the reader may have it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.reports.checks import Finding, kind_words
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
    """Shows the findings of the checks; decides nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._count = plain_label("", "bold")
        self._facts = plain_label("", "secondary")
        self._findings, self._left_out, self._recipient = _Listing(), _Listing(), _Listing()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head("state.leak", _("What could give them away"), self._count))
        for part in (Line(), self._findings, Line()):
            column.addWidget(part)
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
        self._findings.show_rows(
            [("state.not_known", "secondary", _("Nothing is checked before a page is there."), "")]
        )
        self._left_out.show_rows([])
        self._recipient.show_rows([])

    def show_findings(self, found: Sequence[Finding], clean: str) -> None:
        """Show what was found; when nothing was, `clean` says what was looked for."""
        self._count.setText(_("{n} found").format(n=len(found)) if found else _("none"))
        rows = []
        for one in found:
            words = _("“{words}”, {where}").format(words=one.words, where=one.where)
            rows.append(("state.warning", "note_line", kind_words(one.kind), words))
        told = _("Checked in text, file name and file data.")
        self._findings.show_rows(rows or [("state.saved", "do_line", clean, told)])

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
