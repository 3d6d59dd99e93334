"""What presenters of one list have in common: they read when they are opened and when records that they show were changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtWidgets import QWidget


class ListView(Protocol):
    """A view with a list."""

    @property
    def list(self) -> QWidget:
        """What takes the keys when the screen opens."""


View = TypeVar("View", bound=ListView)


class ListScreen(Generic[View]):
    """Half of a Screen, for a presenter whose view has a `list`; a `split` beside it is gone round as well."""

    shown_kinds: frozenset[str] = frozenset()  # records of which the list tells something
    _view: View  # the presenter's own
    _read: Callable[[], object]  # the presenter's own reading

    @property
    def widget(self) -> QWidget:
        """The view."""
        return cast("QWidget", self._view)

    def panes(self) -> Sequence[QWidget]:
        """The list, and what stands beside it; hidden ones are passed over."""
        split = getattr(self._view, "split", None)
        return (self._view.list, split.side, split.fold) if split is not None else (self._view.list,)

    def opened(self) -> None:
        """Read the list; the keys go into it."""
        self._read()
        self._view.list.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something that the list tells was changed: read again."""
        if kinds & self.shown_kinds:
            self._read()
