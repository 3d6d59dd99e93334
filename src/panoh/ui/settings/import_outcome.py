"""What would become, or became, of the rows of a list: counts, and the reasons with the rows that have them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.services.imports import Result
from panoh.ui.widgets.panels import FactGrid

_ROWS_NAMED = 12  # rows named beside a reason that many have
_MOST_REASONS = 500


class OutcomePage(QWidget):
    """Shows a Result; `tried` when nothing was kept yet."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = FactGrid(label_width=200)
        self.remarks = QPlainTextEdit()
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName(_("Rows with a remark"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._facts)
        column.addWidget(self.remarks, 1)
        column.addStretch()

    def show_result(self, found: Result, *, tried: bool) -> None:
        """Show what was found."""
        rows = found.added + found.updated + len(found.refused)
        added = _("Would be added") if tried else _("Added")
        updated = _("Would be updated") if tried else _("Updated")
        refused = _("Would be refused") if tried else _("Refused")
        facts = [(_("Rows"), number(rows)), (added, number(found.added)), (updated, number(found.updated))]
        facts.append((refused, number(len(found.refused))))
        if found.left_out:
            facts.append((_("Columns left out"), ", ".join(found.left_out)))
        facts += [(_("Note"), note) for note in found.notes]
        self._facts.set_facts(*facts)
        lines = [
            ngettext("{n} row refused: {why} ({rows})", "{n} rows refused: {why} ({rows})", len(at)).format(
                n=number(len(at)), why=why, rows=_rows(at)
            )
            for why, at in _by_words((each.reason, each.row) for each in found.refused)
        ]
        lines += [
            ngettext("{n} row: {what} ({rows})", "{n} rows: {what} ({rows})", len(at)).format(
                n=number(len(at)), what=what, rows=_rows(at)
            )
            for what, at in _by_words((words, row) for row, words in found.warnings)
        ]
        more = len(lines) - _MOST_REASONS
        if more > 0:
            lines = [*lines[:_MOST_REASONS], ngettext("and {n} more", "and {n} more", more).format(n=more)]
        self.remarks.setPlainText("\n".join(lines))
        self.remarks.setVisible(bool(lines))


def _by_words(told: Iterable[tuple[str, int]]) -> list[tuple[str, list[int]]]:
    """Which rows have the same words, those with the most rows first."""
    found: dict[str, list[int]] = {}
    for words, row in told:
        found.setdefault(words, []).append(row)
    return sorted(found.items(), key=lambda each: (-len(each[1]), each[1][0]))


def _rows(rows: list[int]) -> str:
    named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    words = ngettext("row {rows}", "rows {rows}", len(rows)).format(rows=named)
    return words + (" …" if len(rows) > _ROWS_NAMED else "")
