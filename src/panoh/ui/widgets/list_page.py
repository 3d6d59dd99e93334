"""A page with one list: what is told on top, a title with the count and buttons beside it, the list in a panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel


def list_page(
    title: str,
    count: QWidget,
    listed: QWidget,
    *,
    above: Sequence[QWidget] = (),
    beside: Sequence[QWidget] = (),
    right: int = 24,
) -> QWidget:
    """The page; `above` are its notes, `beside` the buttons at the end of the title's line, `right` its right margin."""
    page, panel = QWidget(), Panel()
    panel.body.addWidget(listed)
    head = QHBoxLayout()
    head.setSpacing(16)
    head.addWidget(plain_label(title, "title bold"))
    head.addWidget(count, 1)
    for part in beside:
        head.addWidget(part)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 16, right, 16)
    column.setSpacing(12)
    for note in above:
        column.addWidget(note)
    column.addLayout(head)
    column.addWidget(panel, 1)
    return page


def fill(outer: QWidget, inner: QWidget) -> None:
    """Let one widget fill another."""
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(inner)
