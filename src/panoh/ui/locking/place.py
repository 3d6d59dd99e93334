"""Where somebody was when the vault was locked, without anything of a person: ids that mean nothing outside the vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from panoh.ui.shell.frame import Frame
from panoh.ui.widgets.table import PagedTable
from panoh.ui.widgets.tabs import Tabs


@dataclass(frozen=True, slots=True)
class Place:
    """A screen of one user in one vault.

    `subject` is what it showed: the id of a person, a request, a draft; the part of the queue. `tabs` are the tabs that
    showed by the name of their bar, `rows` the keys of the current rows by the name of their list.
    """

    vault: Path
    user_id: str
    screen: str
    subject: object
    tabs: Mapping[str, int]
    rows: Mapping[str, str]
    names_hidden: bool = False  # privacy mode: names must not show again because of a lock


def tabs_of(page: QWidget) -> dict[str, int]:
    """Which tab shows, of each bar on this page."""
    return {bar.accessibleName(): bar.currentIndex() for bar in page.findChildren(Tabs)}


def rows_of(page: QWidget) -> dict[str, str]:
    """The current row of each list that shows on this page."""
    lists = [table for table in page.findChildren(PagedTable) if table.isVisible()]
    return {table.accessibleName(): key for table in lists if (key := table.current_key())}


def show_tabs(page: QWidget, tabs: Mapping[str, int]) -> None:
    """Bring these tabs to the front."""
    for bar in page.findChildren(Tabs):
        at = tabs.get(bar.accessibleName(), 0)
        if 0 <= at < bar.count():
            bar.setCurrentIndex(at)


def choose_rows(page: QWidget, rows: Mapping[str, str]) -> None:
    """Make these rows current as soon as they are read, where they are among the first."""
    for table in page.findChildren(PagedTable):
        if table.accessibleName() in rows:
            table.select_key(rows[table.accessibleName()])


def place_of(frame: Frame, vault: Path, user_id: str) -> Place:
    """Where this user is now. A screen tells by `subject` what it shows, if that can be shown again."""
    screen, hidden = frame.current, frame.privacy.hidden
    if screen is None:
        return Place(vault, user_id, "", "", {}, {}, hidden)
    page, subject = screen.widget, getattr(screen, "subject", "")
    return Place(vault, user_id, frame.current_key, subject, tabs_of(page), rows_of(page), hidden)
