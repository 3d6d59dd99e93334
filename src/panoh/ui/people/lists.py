"""The lists of the People screen behind their tabs: everyone, to complete, perhaps the same person, lost papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from panoh.base.i18n import gettext as _
from panoh.services.people_filters import PeopleFilter
from panoh.ui.shell.tabbed import Tab as PeopleList
from panoh.ui.shell.tabbed import TabbedScreen

__all__ = ["PeopleList", "PeopleLists"]


class PeopleLists(TabbedScreen):
    """The screen of the frame."""

    def __init__(
        self,
        lists: Sequence[PeopleList],
        search_everyone: Callable[[str], None],
        show_part: Callable[[PeopleFilter], None],
    ) -> None:
        super().__init__(_("People"), _("Lists of people"), lists)
        self._search_everyone, self._show_part = search_everyone, show_part

    def show_search(self, text: str) -> None:
        """Show whom these words find in the list of everyone, which is the first."""
        self.tabs.setCurrentIndex(0)
        self._search_everyone(text)

    def show_part(self, wanted: PeopleFilter) -> None:
        """Show this part of the list of everyone."""
        self.tabs.setCurrentIndex(0)
        self._show_part(wanted)
