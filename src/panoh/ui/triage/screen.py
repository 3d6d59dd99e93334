"""The Triage screen: the queue, and the needs that wait for a review, behind their tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal

from panoh.base.i18n import gettext as _
from panoh.services.triage import QueueFilter
from panoh.ui.shell.tabbed import Tab, TabbedScreen
from panoh.ui.triage.needs.screen import NeedsToReviewPresenter
from panoh.ui.triage.presenter import TriagePresenter


class TriageScreen(TabbedScreen):
    """The screen of the frame. `show_filter` is what the ways from other screens call."""

    changed = Signal(object)  # Changes of a write made in one of the lists
    overdue_counted = Signal(int)

    def __init__(self, queue: TriagePresenter, needs: NeedsToReviewPresenter, *more: Tab) -> None:
        lists = (Tab("queue", _("Queue"), queue), Tab("needs", _("Needs to review"), needs), *more)
        super().__init__(_("Triage"), _("Lists of triage"), lists)
        self.queue, self.needs = queue, needs
        for one in (queue, needs):
            one.changed.connect(self.changed)
        queue.overdue_counted.connect(self.overdue_counted)

    @property
    def subject(self) -> QueueFilter:
        """The part of the queue that shows."""
        return self.queue.subject

    def show_filter(self, wanted: QueueFilter) -> None:
        """Bring the queue to the front with this part of it."""
        self.show_list("queue")
        self.queue.show_filter(wanted)
