"""What the papers of family tracing have in common: the head and foot of each page, a title, lines to write on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.reports.fonts import FACT, QUESTION
from panoh.reports.layout import FULL, LEFT, Block, Flow
from panoh.reports.page import BODY_TOP, foot, office_banner
from panoh.reports.pen import MM, Pen
from panoh.reports.text import Text, balanced, shrunk, wrap

WRITING = 7 * MM  # from one line to write on to the next
TICK = 4.6 * MM
FIELD = 8.8 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands around every page."""

    class_words: str  # in capitals: FOR THE BOARD
    export_no: str
    destroy_by: date | None  # None: it belongs to whoever it is given to
    columns: tuple[tuple[str, str], ...] = ()  # after the export number: label and value
    public: bool = False  # meant to be read by anybody: nothing filled
    demo: bool = False


def printed(pages: Sequence[Iterable[tuple[float, Block]]], sheet: Sheet, language: str) -> bytes:
    """Pages of blocks with head and foot, as PDF bytes in memory, not yet scrubbed or encrypted."""
    pen = Pen(language)
    for number, blocks in enumerate(pages, 1):
        columns = ((_("Export"), sheet.export_no), *sheet.columns)
        office_banner(pen, sheet.class_words, columns, sheet.destroy_by, filled=not sheet.public)
        for top, block in blocks:
            block.draw(pen, LEFT, top)
        foot(pen, number, len(pages), sheet.export_no, demo=sheet.demo)
        pen.next_page()
    return pen.finish()


def begin(title: str, under: str = "") -> Flow:
    """A flow that begins with its title, and a line of small words above what follows."""
    flow = Flow(BODY_TOP)
    flow.put(balanced(title, FULL, QUESTION, 0))
    if under:
        flow.space(2)
        flow.put(wrap(under, FULL))
    flow.space(6)
    return flow


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Lines to write on."""

    count: int
    width: float = FULL
    step: float = WRITING

    @property
    def height(self) -> float:
        """Of all lines together."""
        return self.count * self.step

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw them; the first one a step below the upper edge."""
        for at in range(1, self.count + 1):
            pen.line(x, top + at * self.step, x + self.width, top + at * self.step, 1.0)


@dataclass(frozen=True, slots=True)
class PenBox:
    """A rectangle for a pen, with what is to be written in it above."""

    label: str
    width: float
    box: float = FIELD

    @property
    def height(self) -> float:
        """Label and box."""
        return self._words().height + 2 + self.box

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw label and box."""
        words = self._words()
        words.draw(pen, x, top)
        pen.box(x, top + words.height + 2, self.width, self.box, 1.1)

    def _words(self) -> Text:
        return wrap(self.label, self.width, FACT)


@dataclass(frozen=True, slots=True)
class TickBox:
    """A box to tick, with its word beside: smaller where it is long."""

    word: str
    width: float = 36 * MM
    height: float = TICK

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw box and word."""
        pen.box(x, top, TICK, TICK, 1.1)
        shrunk(self.word, self.width - TICK - 8, FACT).draw(pen, x + TICK + 4, top + 1)
