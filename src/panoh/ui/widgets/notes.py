"""Notes: a coloured box with a strong edge that says one thing, across a page or beside what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import announce, set_accessible_role
from panoh.ui.icons import paint_icon
from panoh.ui.style import set_role
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label, show_when


class Tone(NamedTuple):
    """Colours (token names) and text role of a kind of box."""

    fill: str
    line: str
    text: str
    role: str


TONES = {
    "note": Tone("note_fill", "note_line", "note_text", "note"),
    "info": Tone("accent_soft", "accent", "text", ""),
    "error": Tone("error_fill", "error", "error", "error"),
    "do": Tone("do_fill", "do_line", "do_text", "do"),
    "dont": Tone("dont_fill", "dont_line", "dont_text", "dont"),
}


class IconMark(QWidget):
    """An icon beside words: painted, not focusable, without a name of its own."""

    def __init__(self, icon: str, colour: str = "text", size: str = "text") -> None:
        super().__init__()
        self._icon, self._colour, self._size = icon, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, colour: str | None = None) -> None:
        """Show another icon, perhaps in another colour of the theme."""
        self._icon = icon
        self._colour = colour or self._colour
        self.update()

    def set_colour(self, colour: str) -> None:
        """Show the same icon in another colour of the theme."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the icon, as high as a line of text, so that it stands beside the first line."""
        line = {"small": "small", "title": "title"}.get(self._size, "base")
        side = look().size(f"icon.sizes.{self._size}")
        return QSize(side, max(side, look().line_height(line)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon; a level's icon takes the level's own line colour."""
        group, _dot, level = self._icon.partition(".")
        colour = look().level(level).outline if group == "level" else look().colour(self._colour)
        side = look().size(f"icon.sizes.{self._size}")
        paint_icon(QPainter(self), QRectF(0, (self.height() - side) / 2, side, side), self._icon, colour)


class ToneBox(QFrame):
    """A box in one of the TONES with a strong leading edge; the base of notes and of the do and do-not band."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.tone = tone

    def set_tone(self, tone: str) -> None:
        """Change the colours."""
        self.tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge."""
        painter = QPainter(self)
        tone, edge = TONES[self.tone], look().size("line.edge")
        painter.fillRect(self.rect(), look().colour(tone.fill))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - edge if mirrored else 0
        painter.fillRect(QRect(left, 0, edge, self.height()), look().colour(tone.line))


class NoteBar(ToneBox):
    """One note: heading and words, perhaps an action and a way to put it away.

    Tones: 'note' (amber), 'info', 'error'. Made hidden when it has no words; `say` shows and announces it.
    """

    def __init__(
        self, text: str = "", *, heading: str = "", tone: str = "note", icon: str = "", closable: bool = False
    ) -> None:
        super().__init__(tone)
        set_accessible_role(self, QAccessible.Role.Note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self._mark = IconMark(icon or "state.error", TONES[tone].text)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._mark.setVisible(bool(icon))
        words = QVBoxLayout()
        words.setSpacing(2)
        self._heading = plain_label(heading, f"bold {TONES[tone].role}", wrap=True)
        self._text = plain_label(text, TONES[tone].role, wrap=True)
        words.addWidget(self._heading)
        words.addWidget(self._text)
        row.addLayout(words, 1)
        self._action = KeyButton("", size="small")
        self._action.clicked.connect(self._act)
        self._run: Callable[[], object] | None = None
        self._action.hide()
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = KeyButton(_("Dismiss"), self.hide, kind="flat", size="small", icon="action.close")
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close.setVisible(closable)
        self._show_words(text, heading)

    def set_tone(self, tone: str) -> None:
        """Change ground, edge, words and mark."""
        super().set_tone(tone)
        set_role(self._heading, f"bold {TONES[tone].role}")
        set_role(self._text, TONES[tone].role)
        self._mark.set_colour(TONES[tone].text)

    def say(self, text: str, *, heading: str = "", action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show these words (with an action to take) and have them announced; no words hide the note."""
        self._run = run
        self._action.set_words(action)
        self._action.setVisible(bool(action))
        self._show_words(text, heading)
        if text or heading:
            announce(self, self.accessibleName(), urgent=self.tone == "error")

    def set_text(self, text: str) -> None:
        """Show other words under the heading, without announcing them: a count that goes down."""
        if text != self._text.text():
            self._show_words(text, self.heading)

    @property
    def heading(self) -> str:
        """The heading, while the note shows; else ''."""
        return "" if self.isHidden() else self._heading.text()

    def focus_action(self) -> None:
        """Put the keys on its action, so that a page that scrolls shows it."""
        self._action.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What it says."""
        return self.accessibleName()

    def _show_words(self, text: str, heading: str) -> None:
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(". ".join(part.rstrip(".") for part in (heading, text) if part))
        show_when(self, bool(text or heading))

    def _act(self) -> None:
        if self._run:
            self._run()
