"""The look of the window: colours of the theme, lengths and fonts of the text size, read from the tokens.

One `Look` lives as long as the application. Whoever paints asks `look()`; whoever sets a length asks
`look().size(...)`. When the theme or the text size changes, every widget is polished again and `changed` tells those
who keep lengths.
"""

from __future__ import annotations

import gc
import tomllib
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from panoh.base.paths import resource
from panoh.base.settings import TEXT_SIZES

LEVELS = ("critical", "high", "medium", "low", "unknown")
_GROWING = ("type.", "row.", "control.", "icon.sizes.")  # lengths that the text size multiplies
LARGE_TEXT = 150  # percent from which on the navigation and the bands take their large-text shape

_KINDS = ("small", "title", "name")
_ROLE_COLOURS = {
    "secondary": "secondary",
    "disabled": "disabled",
    "error": "error",
    "link": "link",
    "accent": "accent",
    "do": "do_text",
    "dont": "dont_text",
    "note": "note_text",
}
_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.PlaceholderText: "secondary",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltip_text",
    QPalette.ColorRole.Highlight: "text_selection",
    QPalette.ColorRole.HighlightedText: "text_selection_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Light: "button",
    QPalette.ColorRole.Midlight: "divider",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Shadow: "border",
}


class LevelColours(NamedTuple):
    """Colours of one risk level's mark."""

    fill: QColor
    outline: QColor
    text: QColor


class Theme(NamedTuple):
    """The colours of one theme by their token names."""

    name: str
    colours: MappingProxyType[str, QColor]
    levels: MappingProxyType[str, LevelColours]


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The content of resources/theme/tokens.toml."""
    return tomllib.loads(resource("theme/tokens.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=3)
def theme(name: str) -> Theme:
    """The theme 'light', 'dark' or 'high_contrast'."""
    colours = dict(tokens()["theme"][name])
    levels = {
        level: LevelColours(**{part: QColor(value) for part, value in given.items()})
        for level, given in colours.pop("level").items()
    }
    return Theme(
        name,
        MappingProxyType({key: QColor(value) for key, value in colours.items()}),
        MappingProxyType(levels),
    )


def palette(of: Theme) -> QPalette:
    """Qt's palette in the colours of this theme."""
    made = QPalette()
    for role, key in _PALETTE.items():
        made.setColor(role, of.colours[key])
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, of.colours["disabled"])
    return made


def system_theme() -> str:
    """The theme that the system asks for; light when it does not tell."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


class Look(QObject):
    """The theme and the text size in force."""

    changed = Signal()  # theme or text size, after the application has taken them on

    def __init__(self) -> None:
        super().__init__()
        self.theme = theme("light")
        self.text_size = 100
        self._choice = "light"

    @property
    def choice(self) -> str:
        """What was chosen: 'system', 'light', 'dark' or 'high_contrast'."""
        return self._choice

    @property
    def large(self) -> bool:
        """Whether the text is so large that side by side becomes one above the other."""
        return self.text_size >= LARGE_TEXT

    def colour(self, name: str) -> QColor:
        """The colour of this token, for example 'accent' or 'divider'."""
        return self.theme.colours[name]

    def level(self, level: str) -> LevelColours:
        """The colours of a risk level; a level that is not known looks like 'unknown'."""
        return self.theme.levels.get(level, self.theme.levels["unknown"])

    def size(self, name: str) -> int:
        """The length of a token in logical pixels, for example 'row.table', grown with the text where it should."""
        value: Any = tokens()
        for part in name.split("."):
            value = value[part]
        return round(value * self.text_size / 100) if name.startswith(_GROWING) else int(value)

    def grown(self, length: float) -> int:
        """A length of 100 % text, grown with the text size: for columns and pictures that no token names."""
        return round(length * self.text_size / 100)

    def font(self, kind: str = "base", *, bold: bool = False) -> QFont:
        """The font of a kind of text: 'small', 'base', 'title' or 'name'."""
        made = QFont(tokens()["type"]["family"])
        made.setPixelSize(self.size(f"type.{kind}.px"))
        made.setBold(bold)
        return made

    def role_font(self, role: str) -> QFont:
        """The font of a role in words, for example 'small bold secondary'."""
        words = role.split()
        return self.font(next((word for word in words if word in _KINDS), "base"), bold="bold" in words)

    def role_colour(self, role: str) -> QColor | None:
        """The text colour of a role in words; None where it is the usual one."""
        found = next((_ROLE_COLOURS[word] for word in role.split() if word in _ROLE_COLOURS), "")
        return self.colour(found) if found else None

    def line_height(self, kind: str = "base") -> int:
        """Height of a line of this kind of text: the token's, or the font's own when that is more."""
        return max(self.size(f"type.{kind}.line"), QFontMetrics(self.font(kind)).height())

    def control_height(self, kind: str = "height") -> int:
        """Height of a control ('height', 'big', 'small', 'chip', 'filter_chip') that cuts no text."""
        return max(self.size(f"control.{kind}"), QFontMetrics(self.font()).height() + 4)

    def start(self, choice: str, text_size: int) -> None:
        """Set theme and text size before anything stands on the screen, then apply them."""
        self._choice = choice
        self.theme = theme(system_theme() if choice == "system" else choice)
        self.text_size = text_size
        self.apply()

    def choose_theme(self, choice: str) -> None:
        """Take on a theme, or with 'system' the one the system asks for, now and whenever it changes."""
        self._choice = choice
        self._take(theme(system_theme() if choice == "system" else choice))

    def follow_system(self) -> None:
        """The system changed its colours: change along, when that was chosen."""
        if self._choice == "system":
            self._take(theme(system_theme()))

    def set_text_size(self, percent: int) -> None:
        """Take on a text size, the nearest of TEXT_SIZES."""
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - percent))
        if nearest != self.text_size:
            self.text_size = nearest
            self.apply()

    def step_text_size(self, steps: int) -> None:
        """Make the text larger (1) or smaller (-1) by one step; 0 goes back to 100 %."""
        at = TEXT_SIZES.index(self.text_size) + steps if steps else TEXT_SIZES.index(100)
        self.set_text_size(TEXT_SIZES[max(0, min(at, len(TEXT_SIZES) - 1))])

    def apply(self) -> None:
        """Give the application this look and polish what stands on the screen again."""
        app = application()
        app.setPalette(palette(self.theme))
        QToolTip.setPalette(palette(self.theme))
        app.setFont(self.font())
        QToolTip.setFont(self.font("small"))
        for widget in _all_widgets(app):
            dress(widget)
        self.changed.emit()

    def _take(self, new: Theme) -> None:
        if new is not self.theme:
            self.theme = new
            self.apply()


def dress(widget: QWidget) -> None:
    """Give a widget the font and colours of its `role`, and have it laid out and painted anew."""
    role = widget.property("role")
    if isinstance(role, str):
        widget.setFont(look().role_font(role))
        colours = QPalette()
        colour = look().role_colour(role)
        if colour:
            for part in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                colours.setColor(part, colour)
        widget.setPalette(colours)
    widget.updateGeometry()
    widget.update()


def _all_widgets(app: QApplication) -> list[QWidget]:
    """Every widget there is.

    WORKAROUND: PySide makes a Python object for each, which may start Python's collection of garbage; that deletes widgets
    of windows closed before while they are still counted, and the process dies. So nothing is collected meanwhile.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return app.allWidgets()
    finally:
        if collecting:
            gc.enable()


def application() -> QApplication:
    """The running application; raises RuntimeError when there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no QApplication yet")
    return app


@lru_cache(maxsize=1)
def look() -> Look:
    """The one look of the application."""
    return Look()


def load_fonts() -> None:
    """Bring in the two files of Noto Sans, so that every letter of the region shows on every computer."""
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))
