"""Plain text on paper: what people typed is printed as typed, never read as mark-up.

This is the one place where text is cleaned for drawing. Every word on a page goes through `printable`:
control signs become spaces, invisible signs and signs that turn the direction of a line are dropped,
and signs that the fonts lack become a visible stand-in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from panoh.base.i18n import gettext as _
from panoh.domain.redaction import composed
from panoh.reports.fonts import BODY, BOLD, LABEL, NO_GLYPH, REGULAR, Face, advance, widths
from panoh.reports.pen import BLACK, WHITE, Pen

NBSP = "\u00a0"
_SPACES = re.compile(r"[\x00-\x20\x7f-\x9f\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
LEFT, RIGHT, CENTRE = 0.0, 1.0, 0.5


def printable(text: str) -> str:
    """The text as the fonts can draw it, on one line, with single spaces."""
    text = _SPACES.sub(" ", composed(text)).strip(" ")
    known = widths()[REGULAR]
    if known.keys() >= set(text):
        return text
    return "".join(sign if sign in known else NO_GLYPH for sign in text)


def unprintable(text: str) -> int:
    """How many signs of this text the fonts lack."""
    return printable(text).count(NO_GLYPH)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines ready to draw. `tail` is the bold '… p. 2' at the end of a text that was cut."""

    lines: tuple[str, ...]
    face: Face = BODY
    tail: str = ""
    align: float = LEFT  # LEFT, CENTRE or RIGHT of the point where it is drawn
    white: bool = False

    @property
    def height(self) -> float:
        """From the upper edge of the first line to the lower edge of the last."""
        return len(self.lines) * self.face.leading

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max((advance(line, self.face) for line in self.lines), default=0)

    def aligned(self, align: float) -> Text:
        """The same, to the LEFT, RIGHT or CENTRE of the point where it is drawn."""
        return replace(self, align=align)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the upper edge at `top`."""
        color = WHITE if self.white else BLACK
        if self.align:
            for number, words in enumerate(self.lines):
                pen.words(self._left(x, number), top + number * self.face.leading, (words,), self.face, color)
        elif self.lines:
            pen.words(x, top, self.lines, self.face, color)
        if self.tail:
            last = len(self.lines) - 1
            left = self._left(x, last) + advance(self.lines[last] + " ", self.face)
            pen.words(left, top + last * self.face.leading, (self.tail,), self.face._replace(font=BOLD), color)

    def _left(self, x: float, number: int) -> float:
        """Where a line begins when it is aligned to x."""
        if not self.align:
            return x
        width = advance(self.lines[number], self.face)
        if self.tail and number == len(self.lines) - 1:
            width += advance(" ", self.face) + advance(self.tail, self.face._replace(font=BOLD))
        return x - self.align * width

    def split(self, room: float) -> tuple[Text, Text]:
        """What fits into this height, and the rest."""
        count = int(room // self.face.leading)
        return (
            Text(self.lines[:count], self.face, "", self.align),
            Text(self.lines[count:], self.face, self.tail, self.align),
        )


def line(text: str, face: Face = BODY, align: float = LEFT) -> Text:
    """One line that is never broken: for words of the paper itself."""
    return Text((printable(text),), face, "", align)


def wrap(text: str, width: float, face: Face = BODY, most: int = 0, align: float = LEFT) -> Text:
    """The text broken into lines of this width; with `most`, cut after so many lines with '… p. 2'."""
    lines, rest = _broken(printable(text), width, face, most)
    if not rest:
        return Text(tuple(lines), face, "", align)
    tail = printable(_("… p. 2"))
    room = width - advance(" " + tail, face._replace(font=BOLD))
    last = lines[-1]
    while last and advance(last, face) > room:
        shorter = last.rpartition(" ")[0]
        last = shorter or last[:-1]
    lines[-1] = last
    return Text(tuple(lines), face, tail, align)


def balanced(text: str, width: float, face: Face, most: int = 0) -> Text:
    """Like wrap, in the narrowest width that needs no more lines, so that no single word is left over."""
    best = wrap(text, width, face, most)
    if best.tail or len(best.lines) < 2:
        return best
    low, high = width / 2, width
    while high - low > 4:
        middle = (low + high) / 2
        tried = wrap(text, middle, face)
        if len(tried.lines) > len(best.lines):
            low = middle
        else:
            best, high = tried, middle
    return best


def shrunk(text: str, width: float, face: Face) -> Text:
    """One line, in a smaller size where this width asks for it."""
    one = line(text, face)
    return one if one.width <= width else line(text, face.at(face.size * width / one.width))


def side_head(text: str, width: float) -> Text:
    """A label in a narrow column: no word of it is ever split; a very long one makes it smaller."""
    longest = max(advance(word, LABEL) for word in printable(text).split(" "))
    face = LABEL if longest <= width else LABEL.at(LABEL.size * width / longest)
    return wrap(text, width, face)


def _broken(text: str, width: float, face: Face, most: int) -> tuple[list[str], bool]:
    """Lines no wider than `width`, at most `most` of them (0: all); and whether anything was left over."""
    table, limit = widths()[face.font], width / face.size
    space = table[" "]
    lines: list[str] = []
    held: list[str] = []
    used = 0.0
    for word in text.split(" "):
        wide = sum(map(table.__getitem__, word))
        if held and used + space + wide > limit:
            lines.append(" ".join(held))
            held, used = [], 0.0
            if most and len(lines) == most:
                return lines, True
        rest = word
        while wide > limit:  # one very long word: broken between its letters
            count = _letters_that_fit(rest, table, limit)
            lines.append(rest[:count])
            rest = rest[count:]
            wide = sum(map(table.__getitem__, rest))
            if most and len(lines) == most:
                return lines, True
        used += wide + (space if held else 0)
        held.append(rest)
    return [*lines, " ".join(held)] if held != [""] else lines, False


def _letters_that_fit(word: str, table: dict[str, float], limit: float) -> int:
    used = 0.0
    for count, sign in enumerate(word):
        used += table[sign]
        if used > limit:
            return max(count, 1)
    return len(word)
