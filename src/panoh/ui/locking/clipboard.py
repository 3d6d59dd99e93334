"""The clipboard: filled only when somebody asks, marked to be left out of histories, emptied after half a minute.

    copy(text)               # from a button that says Copy

What widgets copy by themselves is marked as soon as Qt tells of it; Ctrl+C and Ctrl+X are done here instead, so that a
history never sees it unmarked. Text that is merely selected is not offered to other programs, as X11 would have it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from panoh.base.ids import new_id
from panoh.ui.theme import application

KEPT_FOR = 30_000  # milliseconds
OURS = "application/x-panoh-copy"
_NO, _YES = b"\x00\x00\x00\x00", b"\x01\x00\x00\x00"  # numbers as Windows reads them
MARKS = {  # format: content; each system heeds its own
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _YES,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}
MAC_MARK = "org.nspasteboard.ConcealedType"
_LINE_END = "\u2029"  # of a paragraph that is selected


class Clipboard(QObject):
    """The one keeper of what Panoh copied."""

    def __init__(self, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._token = b""  # tells what we put there from what came later
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_FOR)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._changed)
        clipboard.selectionChanged.connect(self._selected)

    def copy(self, text: str) -> None:
        """Put a text there, marked, for half a minute."""
        if not text:
            return
        self._token = new_id().encode()
        data = QMimeData()
        data.setText(text)
        data.setData(OURS, self._token)
        for kind, content in MARKS.items():
            data.setData(kind, content)
        self._clipboard.setMimeData(data)
        if sys.platform == "darwin":
            from panoh.ui.locking.mac import mark_clipboard

            mark_clipboard(MAC_MARK)
        self._timer.start()

    def clear(self) -> None:
        """Empty it, unless something else was copied since."""
        self._timer.stop()
        if self.holds_ours():
            self._clipboard.clear()
        self._token = b""
        self._selected()

    def holds_ours(self) -> bool:
        """Whether what lies there comes from here."""
        data = self._clipboard.mimeData()
        marked = bool(self._token) and data is not None and data.data(OURS).data() == self._token
        return marked or self._clipboard.ownsClipboard()

    def take_keys(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Do what Ctrl+C or Ctrl+X asks of the widget with the keys; whether it was one of them and is done."""
        cut = event.matches(QKeySequence.StandardKey.Cut)
        if not cut and not event.matches(QKeySequence.StandardKey.Copy):
            return False
        chosen, remove = _chosen(focus)
        if not chosen or (cut and remove is None):
            return False
        self.copy(chosen)
        if cut and remove is not None:
            remove()
        return True

    def _changed(self) -> None:
        """Something was copied; what a widget of ours copied by itself is put there once more, with its marks."""
        data = self._clipboard.mimeData()
        if self._clipboard.ownsClipboard() and data is not None and data.hasText() and not data.hasFormat(OURS):
            self.copy(data.text())

    def _selected(self) -> None:
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)


def _chosen(widget: QWidget | None) -> tuple[str, Callable[[], object] | None]:
    """The text that is selected in a widget, and what takes it away, where it may be."""
    if isinstance(widget, QLineEdit) and widget.echoMode() == QLineEdit.EchoMode.Normal:
        return widget.selectedText(), None if widget.isReadOnly() else widget.del_
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        text = cursor.selectedText().replace(_LINE_END, "\n")
        return text, None if widget.isReadOnly() else cursor.removeSelectedText
    if isinstance(widget, QAbstractItemView):
        return str(widget.currentIndex().data(Qt.ItemDataRole.DisplayRole) or ""), None
    return "", None


@cache
def clipboard() -> Clipboard:
    """The one keeper; needs a running application."""
    return Clipboard(QGuiApplication.clipboard(), application())


def copy(text: str) -> None:
    """Put a text on the clipboard, because somebody asked for it."""
    clipboard().copy(text)
