"""The part of a request with everything about it: what was told, consent and status, who else is sought, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.papers import Attachment
from panoh.ui.theme import look
from panoh.ui.tracing.about.words import Fact
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Page, Panel, scrolled
from panoh.ui.widgets.picture import Picture
from panoh.ui.widgets.table import PagedModel, PagedTable

HOLD, LIFT, WITHDRAW, CLOSE, REOPEN, NOTE, ADD_PHOTO, REMOVE_PHOTO = (
    "hold", "lift", "withdraw", "close", "reopen", "note", "add_photo", "remove_photo",
)  # fmt: skip
_LABELS = 150  # width of the labels of facts at 100 % text
_PICTURE, _ROWS = 220, 4


@dataclass(frozen=True, slots=True)
class AboutShown:
    """One request in words, and which of the acts can be asked for."""

    told: Sequence[Fact]
    standing: Sequence[Fact]
    wishes: Sequence[Fact]
    others: Sequence[tuple[str, str]]  # id and words of each other request of the inquiry
    photos: Sequence[Attachment]
    acts: frozenset[str] = field(default_factory=frozenset)


class AboutPage(QWidget):
    """Builds the page and tells what is wanted; decides nothing."""

    request_asked = Signal(str)
    asked = Signal(str)  # one of the acts
    action_asked = Signal(object)  # a TracingAction to be changed

    def __init__(self, actions: PagedModel) -> None:
        super().__init__()
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self._acts = {act: self._button(act, words) for act, words in _act_words().items()}
        self.log = PagedTable(actions, name=_("What was done"))
        self.log.opened.connect(self.action_asked)
        none = EmptyPage(_("Nothing was done yet"), [_("The first action brings the request into progress.")])
        self._log = ListOrEmpty(self.log, none)
        actions.counted.connect(self._log.show_count)
        self.picture = Picture()
        self._grids = {name: FactGrid(label_width=_LABELS) for name in ("told", "standing", "wishes")}
        self._lay_out()
        look().changed.connect(self._measure)
        self._measure()

    def show_about(self, shown: AboutShown) -> None:
        """Show this request."""
        self._grids["told"].set_facts(*shown.told)
        self._grids["standing"].set_facts(*shown.standing)
        self._grids["wishes"].set_facts(*shown.wishes)
        self._wishes.setVisible(bool(shown.wishes))
        self._others.setVisible(bool(shown.others))
        clear(self._other_links)
        for request_id, words in shown.others:
            self._other_links.addWidget(LinkButton(words, partial(self.request_asked.emit, request_id)))
        lost = any(button.hasFocus() for act, button in self._acts.items() if act not in shown.acts)
        for act, button in self._acts.items():
            button.setVisible(act in shown.acts)
        if lost:  # what was asked for is done
            first = next(button for act, button in self._acts.items() if act in shown.acts)
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picture.setVisible(bool(shown.photos))
        self._no_photo.setVisible(not shown.photos)
        order_tabs(self)

    # --- building -----------------------------------------------------------------------------------------------------

    def _button(self, act: str, words: str) -> KeyButton:
        return KeyButton(words, partial(self.asked.emit, act), size="small", bold=act == NOTE)

    def _measure(self) -> None:
        large = look().large
        side = QBoxLayout.Direction.LeftToRight
        for row in (self._columns, self._buttons):
            row.setDirection(QBoxLayout.Direction.TopToBottom if large else side)
        self.picture.setFixedHeight(look().grown(_PICTURE))
        rows = _ROWS * self.log.verticalHeader().defaultSectionSize()
        self._log.setMinimumHeight(self.log.horizontalHeader().sizeHint().height() + rows)

    def _lay_out(self) -> None:
        inside = Page()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        for parts in (self._left(), self._right()):
            half = QVBoxLayout()
            half.setSpacing(16)
            for part in parts:
                half.addWidget(part)
            half.addStretch(1)  # facts stay close together beside a photo
            self._columns.addLayout(half, 1)
        column.addLayout(self._columns)
        done = Panel(_("What was done"), right=self._acts[NOTE])
        done.body.addWidget(self._log)
        column.addWidget(done, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        order_tabs(self)

    def _left(self) -> Sequence[QWidget]:
        told = Panel(_("What was told"), padded=True)
        told.body.addWidget(self._grids["told"])
        photo = Panel(_("Photo of the one sought"), right=self._acts[ADD_PHOTO], padded=True)
        self._no_photo = plain_label(_("No photo yet. It is kept in the vault alone."), "secondary", wrap=True)
        photo.body.addWidget(self._no_photo)
        photo.body.addWidget(self.picture)
        photo.body.addWidget(self._acts[REMOVE_PHOTO])
        return told, photo

    def _right(self) -> Sequence[QWidget]:
        standing = Panel(_("Where it stands"), padded=True)
        standing.body.setSpacing(12)
        standing.body.addWidget(self._grids["standing"])
        buttons = [self._acts[act] for act in (CLOSE, REOPEN, WITHDRAW, HOLD, LIFT)]
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        standing.body.addLayout(self._buttons)
        self._wishes = Panel(_("What the child wishes"), padded=True)
        self._wishes.body.addWidget(self._grids["wishes"])
        self._others = Panel(_("Asked together"), sub=_("by the same person"), padded=True)
        self._other_links = QVBoxLayout()
        self._others.body.addLayout(self._other_links)
        return standing, self._wishes, self._others


def _act_words() -> dict[str, str]:
    return {
        CLOSE: _("Close it…"),
        REOPEN: _("Open it again"),
        WITHDRAW: _("Consent withdrawn…"),
        HOLD: _("Hold it back…"),
        LIFT: _("Let it go on…"),
        NOTE: _("Note an action…"),
        ADD_PHOTO: _("Add a photo…"),
        REMOVE_PHOTO: _("Remove it…"),
    }
