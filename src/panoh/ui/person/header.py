"""The header of a record: who it is, the level, what is due; and above it the way back and on to the neighbours."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.ui.person.shown import Shown
from panoh.ui.style import set_role
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import SpanLabel, plain_label, show_when
from panoh.ui.widgets.level import LARGE, LevelChip
from panoh.ui.widgets.notes import IconMark

_PHOTO = 72  # pixels at 100 % text


class WayBar(QWidget):
    """The way back to where one came from, and the way on in that list."""

    back_asked = Signal()
    step_asked = Signal(int)  # -1 or 1
    more_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 5)
        row.setSpacing(8)
        self.back = LinkButton(_("People"), self.back_asked.emit)
        self._place = plain_label("", "secondary")
        self.previous = KeyButton(
            _("Previous"), lambda: self.step_asked.emit(-1), icon="action.previous", keys="Alt+Up", size="small"
        )
        self.next = KeyButton(
            _("Next"), lambda: self.step_asked.emit(1), keys="Alt+Down", size="small", trailing_icon="action.next"
        )
        self.more = KeyButton(_("This record"), self.more_asked.emit, size="small", trailing_icon="action.open_menu")
        row.addWidget(IconMark("action.previous", "link"))
        row.addWidget(self.back)
        row.addWidget(plain_label(_("Alt+Left"), "small secondary"))
        row.addStretch()
        row.addWidget(self._place)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.more)

    def show_way(self, came_from: str, place: str, *, before: bool, after: bool) -> None:
        """Name where one came from, and the place in that list; '' for a record opened on its own."""
        self.back.set_words(came_from, _("Back to {screen}").format(screen=came_from))
        self._place.setText(place)
        for button, possible in ((self.previous, before), (self.next, after)):
            button.setVisible(bool(place))
            button.setEnabled(possible)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line under it."""
        rect = QRect(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(rect, look().colour("divider"))


class PhotoBox(QLabel):
    """The small photo, or words that say why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self, "small secondary photo")
        self._photo = QPixmap()
        look().changed.connect(self._fit)
        self._fit()

    def show_photo(self, photo: bytes, *, hidden: bool) -> None:
        """Show these bytes of a JPEG, unless faces are hidden with the names."""
        self._photo = QPixmap()
        if photo and not hidden:
            self._photo.loadFromData(photo)
        self._words = _("Photo hidden") if photo and hidden else _("No photo taken")
        self.setAccessibleName(self._words if self._photo.isNull() else _("Photo"))
        self._fit()

    _words = ""

    def _fit(self) -> None:
        side = look().grown(_PHOTO)
        self.setFixedSize(side, side)
        if self._photo.isNull():
            self.setText(self._words)
            return
        ratio = self.devicePixelRatioF()
        room = int((side - 2) * ratio)
        fill = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        shown = self._photo.scaled(room, room, fill, Qt.TransformationMode.SmoothTransformation)
        shown = shown.copy((shown.width() - room) // 2, (shown.height() - room) // 2, room, room)
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture or words in a thin frame."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(look().colour("border"))
        painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))


class Header(QWidget):
    """Name in both scripts, number, sex and age, languages; level and due time, large."""

    def __init__(self) -> None:
        super().__init__()
        self.photo = PhotoBox()
        self._name = SpanLabel(("", "name bold"))
        self._facts = SpanLabel(("", "bold"))
        self._held = plain_label("", "small secondary", wrap=True)
        self.chip = LevelChip("unknown", LARGE)
        self._due_mark = IconMark("state.overdue", "error")
        self._due = plain_label("", "bold error")
        self._by_hand = plain_label("", "small secondary")
        self._shield = IconMark("state.shield_on", "text")
        self._shielded = plain_label(_("Shield is up"), "bold")
        self._lay_out()
        look().changed.connect(self._turn)
        self._turn()

    def show_record(self, shown: Shown) -> None:
        """Show this record."""
        self.photo.show_photo(shown.opened.photo, hidden=shown.names_hidden)
        name: list[tuple[str, str]] = [(shown.name, "name bold")]
        if shown.other_name:
            name.append((f"  {shown.other_name}", "title"))
        self._name.set_spans(*name)
        facts = [(text, "") for text in (f"   {shown.who}", f"   {shown.speaks}" if shown.speaks else "") if text]
        self._facts.set_spans((shown.person.number, "bold"), *facts)
        self._held.setText(shown.held_by)
        level = shown.opened.view.level
        self.chip.set_level(level.level)
        words, overdue = shown.due
        self._due.setText(words)
        set_role(self._due, "bold error" if overdue else "bold")
        self._due_mark.set_icon("state.overdue" if overdue else "state.due", "error" if overdue else "text")
        show_when(self._due_mark, bool(words))
        for part in (self._shield, self._shielded):
            show_when(part, shown.opened.view.shield is not None)
        until = _("set by hand until {day}").format(day=day(level.override.review_on)) if level.override else ""
        self._by_hand.setText(until)
        show_when(self._by_hand, bool(until))

    def _lay_out(self) -> None:
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._name)
        left.addWidget(self._facts)
        left.addWidget(self._held)
        who = QHBoxLayout()
        who.setSpacing(16)
        who.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        who.addLayout(left, 1)
        self._layout.addLayout(who, 1)
        self._right = QVBoxLayout()
        self._right.setSpacing(6)
        side = Qt.AlignmentFlag.AlignRight
        self._right.addWidget(self.chip, 0, side)
        due = QHBoxLayout()
        due.setSpacing(4)
        due.addStretch()
        due.addWidget(self._due_mark)
        due.addWidget(self._due)
        self._right.addLayout(due)
        self._right.addWidget(self._by_hand, 0, side)
        shield = QHBoxLayout()
        shield.setSpacing(4)
        shield.addStretch()
        shield.addWidget(self._shield)
        shield.addWidget(self._shielded)
        self._right.addLayout(shield)
        self._right.addStretch()
        self._layout.addLayout(self._right)

    def _turn(self) -> None:
        side = QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if look().large else side)
