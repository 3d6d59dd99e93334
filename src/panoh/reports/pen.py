"""A pen for one PDF: y counts downwards from the top of the page, lengths are points, colours are three.

The PDF is built in memory. The same strokes give the same bytes, and nothing in it says who made it or when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from panoh.reports.fonts import REGULAR, Face, widths

MM = 72 / 25.4
WIDTH, HEIGHT = A4
BLACK, WHITE, RED = Color(0, 0, 0), Color(1, 1, 1), Color(0.557, 0.106, 0.086)


class Pen:
    """Draws pages; `finish` gives the bytes."""

    def __init__(self, language: str) -> None:
        widths()  # both fonts must be known before the first page opens
        self._bytes = BytesIO()
        self._canvas: Any = Canvas(
            self._bytes, pagesize=A4, invariant=1, pageCompression=1, initialFontName=REGULAR, lang=language
        )
        self._canvas.setAuthor("")
        self._canvas.setCreator("")
        self._canvas.setProducer("")
        self._canvas.setTitle("")
        self._canvas.setSubject("")

    def next_page(self) -> None:
        """End this page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole PDF."""
        self._canvas.save()
        return self._bytes.getvalue()

    def words(self, x: float, top: float, lines: Sequence[str], face: Face, color: Color = BLACK) -> None:
        """Lines of text, the first one's upper edge at `top`."""
        text = self._canvas.beginText(x, HEIGHT - top - baseline(face))
        text.setFont(face.font, face.size, face.leading)
        if color is not BLACK:
            text.setFillColor(color)
        for line in lines:
            text.textLine(line)
        if color is not BLACK:
            text.setFillColor(BLACK)
        self._canvas.drawText(text)

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float, *, dashed: bool = False) -> None:
        """A straight stroke."""
        canvas = self._canvas
        canvas.setLineWidth(weight)
        if dashed:
            canvas.setDash(2, 2)
        canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)
        if dashed:
            canvas.setDash()

    def box(self, x: float, top: float, width: float, height: float, weight: float = 0) -> None:
        """A rectangle: outlined at this weight, or filled black without one."""
        self._canvas.setLineWidth(weight)
        self._canvas.rect(x, HEIGHT - top - height, width, height, stroke=int(weight > 0), fill=int(weight == 0))

    def circle(
        self, x: float, y: float, radius: float, weight: float = 0, *, dashed: bool = False, color: Color = BLACK
    ) -> None:
        """A circle around (x, y): outlined at this weight, or filled without one."""
        canvas = self._canvas
        if weight:
            canvas.setLineWidth(weight)
        if dashed:
            canvas.setDash(2, 1.6)
        if color is not BLACK:
            canvas.setFillColor(color)
        canvas.circle(x, HEIGHT - y, radius, stroke=int(weight > 0), fill=int(weight == 0))
        if color is not BLACK:
            canvas.setFillColor(BLACK)
        if dashed:
            canvas.setDash()

    def picture(self, jpeg: bytes, x: float, top: float, width: float, height: float) -> None:
        """A picture as large as fits into this room, in the middle of it."""
        image = ImageReader(BytesIO(jpeg))
        across, down = image.getSize()
        scale = min(width / across, height / down)
        left, upper = x + (width - across * scale) / 2, top + (height - down * scale) / 2
        self._canvas.drawImage(image, left, HEIGHT - upper - down * scale, across * scale, down * scale)

    @contextmanager
    def turned(self, x: float, bottom: float) -> Iterator[None]:
        """What is drawn within is turned to the left: its upper left corner comes to (x, bottom) of the page, for what is wide."""
        self._canvas.saveState()
        self._canvas.translate(x + HEIGHT, HEIGHT - bottom)
        self._canvas.rotate(90)
        yield
        self._canvas.restoreState()

    def path(
        self, points: Iterable[tuple[float, float]], weight: float = 0, *, color: Color = BLACK, closed: bool = True
    ) -> None:
        """Straight strokes from point to point: outlined at this weight, or filled without one."""
        canvas = self._canvas
        path = canvas.beginPath()
        (x, y), *rest = points
        path.moveTo(x, HEIGHT - y)
        for x, y in rest:
            path.lineTo(x, HEIGHT - y)
        if closed:
            path.close()
        if color is not BLACK:
            canvas.setFillColor(color)
            canvas.setStrokeColor(color)
        if weight:
            canvas.setLineWidth(weight)
        canvas.drawPath(path, stroke=int(weight > 0), fill=int(weight == 0))
        if color is not BLACK:
            canvas.setFillColor(BLACK)
            canvas.setStrokeColor(BLACK)


def baseline(face: Face) -> float:
    """How far below the upper edge of a line its letters stand."""
    return (face.leading - face.size) / 2 + 0.84 * face.size
