"""The one focus ring of the window: a frame that follows the focus from button to button.

A widget cannot paint outside itself, so buttons, chips, checks and the error summary get this frame around them.
Inputs, tables, lists and tabs draw the ring inside themselves.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QFocusFrame, QWidget

FRAMED = "framed"  # property of other widgets that want the frame


class FocusRing(QObject):
    """Moves the frame to the widget that has the focus; one for the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in (old, new):
            if isinstance(widget, QAbstractScrollArea) and shiboken6.isValid(widget):
                widget.update()  # Qt repaints only the inside, but the ring of a text box is its frame
        wanted = new if isinstance(new, QAbstractButton) or (new is not None and new.property(FRAMED)) else None
        if self._frame is not None and not shiboken6.isValid(self._frame):
            self._frame = None  # it lives beside the widget it frames, and went with it
        if wanted is None:
            if self._frame is not None:
                self._frame.hide()
                self._frame.deleteLater()
                self._frame = None
            return
        if self._frame is None:
            self._frame = QFocusFrame()
        self._frame.setWidget(wanted)
        self._frame.setVisible(
            wanted.isVisible()
        )  # Qt leaves it hidden round a widget that the page has yet to scroll to
