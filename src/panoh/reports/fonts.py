"""The two fonts of every paper, Noto Sans Regular and Bold, and what their letters measure."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from panoh.base.paths import resource

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
NO_GLYPH = "\ufffd"  # drawn by both fonts; stands for every sign that they lack


class Face(NamedTuple):
    """A weight at a size; `leading` is the distance from line to line, all in points."""

    font: str
    size: float
    leading: float

    def at(self, size: float) -> Face:
        """The same weight at another size, with its lines as close in proportion."""
        return Face(self.font, size, self.leading * size / self.size)


QUESTION = Face(BOLD, 17, 20)
HEAD = Face(BOLD, 12, 15)
BODY = Face(REGULAR, 9, 11.2)
FACT = Face(BOLD, 9, 11.2)
SMALL = Face(REGULAR, 8, 9.8)
LABEL = Face(BOLD, 8, 9.8)
FINE = Face(REGULAR, 7.6, 9.4)


@lru_cache(maxsize=1)
def widths() -> dict[str, dict[str, float]]:
    """For each font the advance of every letter it has, in parts of the size; loads both fonts on first use."""
    rl_config.useA85 = 0  # binary streams: smaller and faster than text-coded ones
    tables = {}
    for name in (REGULAR, BOLD):
        font = TTFont(name, str(resource(f"fonts/{name}.ttf")), shapable=False)
        pdfmetrics.registerFont(font)
        tables[name] = {chr(code): font.face.charWidths[code] / 1000 for code in font.face.charToGlyph}
    return tables


def advance(text: str, face: Face) -> float:
    """How wide this text runs, in points; every sign of it must be in the font (see text.printable)."""
    return sum(map(widths()[face.font].__getitem__, text)) * face.size
