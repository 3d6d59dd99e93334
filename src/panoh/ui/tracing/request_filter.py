"""Over the list of requests: a search by number or name, and which status is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.lines import RequestFilter
from panoh.domain.vocabulary import Vocabularies
from panoh.ui.shortcuts import shortcuts
from panoh.ui.widgets.controls import choice_box, offered
from panoh.ui.widgets.searching import SearchEdit, pausing

NO_CONSENT, HELD = "no_consent", "held"
ALL = RequestFilter()


class FilterRow(QWidget):
    """`changed` tells that another part of the list is wanted; `left` that the keys go on into it."""

    changed = Signal()
    left = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self.search = SearchEdit()
        self.search.setPlaceholderText(_("Number, or a name of either side"))
        self.search.setAccessibleName(_("Search requests by number or name"))
        parts = [(HELD, _("Held back")), (NO_CONSENT, _("No consent to trace"))]
        choices = [*offered(words, "tracing_status"), *parts]
        self.status = choice_box(choices, empty=_("All that may be listed"))
        self.status.set_label(_("Which requests"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.status, 1)
        self._pause = pausing(self.search, lambda _text: self.changed.emit())
        self.search.left.connect(self.left)
        self.search.entered.connect(self.left)
        self.status.answered.connect(self.changed)
        shortcuts().add("Ctrl+F", _("Search in this list"), self.search.setFocus, self)

    @property
    def wanted(self) -> RequestFilter:
        """The part that is wanted."""
        chosen = self.status.value()
        text = self.search.text().strip()
        if chosen in (NO_CONSENT, HELD):
            return RequestFilter(no_consent=chosen == NO_CONSENT, held=chosen == HELD, text=text)
        return RequestFilter(status=chosen, text=text)

    @property
    def filtered(self) -> bool:
        """Whether only a part is wanted."""
        return self.wanted != ALL

    def clear(self) -> None:
        """Show all again; the keys go into the search."""
        self.show_status("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_status(self, status: str) -> None:
        """Show the requests of this status alone, whatever was searched for."""
        self.search.clear()
        self._pause.stop()
        self.status.set_value(status)
        self.changed.emit()
