"""The drawn signs: level shapes, how sure, yes and NO, recommended, and the heads of people.

The fonts have no such signs, and a shape survives a bad copy. The word always stands beside it.
Each function draws into a square of `size` points whose upper left corner is (x, top).
"""

from __future__ import annotations

import math
from functools import partial

from reportlab.lib.colors import Color

from panoh.reports.fonts import BOLD, Face, advance
from panoh.reports.layout import Mark
from panoh.reports.pen import BLACK, RED, WHITE, Pen
from panoh.reports.text import printable

_SURE = {"verified": 3, "consistent": 2, "stated": 1}


def level(code: str, size: float, color: Color = RED) -> Mark:
    """The shape of a risk level: octagon, triangle, diamond, circle, dashed circle. Colour only repeats the shape."""
    shapes = {"critical": _octagon, "high": _triangle, "medium": _diamond, "low": _ring}
    return Mark(partial(shapes.get(code, _dashed_ring), color=color), size)


def answer(code: str, size: float = 6.8) -> Mark:
    """An answer on consent: yes, no, partly; anything else is not asked."""
    return Mark({"yes": tick, "no": cross, "partly": _waves}.get(code, _dash), size)


def sure(code: str) -> Mark:
    """How sure a fact is: three, two or one filled dot of three."""
    return Mark(partial(_dots, filled=_SURE.get(code, 0)), 4.4)


def boxed_letter(letter: str, size: float = 14) -> Mark:
    """The letter of the recommended option, white on black."""
    return Mark(partial(_boxed, letter=printable(letter)[:2]), size)


def ringed_letter(letter: str, size: float = 18.6) -> Mark:
    """A letter to be circled by hand."""
    return Mark(partial(_ringed, letter=printable(letter)[:2]), size)


def head(size: float, *, own: bool = False) -> Mark:
    """Someone who is here; filled for the person of the paper."""
    return Mark(_filled_ring if own else _open_ring, size)


def head_elsewhere(size: float) -> Mark:
    """Someone known to be elsewhere."""
    return Mark(_dashed_head, size)


def head_missing(size: float) -> Mark:
    """Someone missing."""
    return Mark(_missing, size)


def head_away(size: float) -> Mark:
    """Someone missing or elsewhere, on paper that does not tell which."""
    return Mark(_double_ring, size)


def tick(pen: Pen, x: float, top: float, size: float) -> None:
    """A filled disc with a white tick."""
    pen.circle(x + size / 2, top + size / 2, size / 2)
    corners = [(0.25, 0.52), (0.43, 0.7), (0.76, 0.34)]
    pen.path([(x + size * dx, top + size * dy) for dx, dy in corners], size * 0.15, color=WHITE, closed=False)


def cross(pen: Pen, x: float, top: float, size: float) -> None:
    """A heavy cross."""
    inset, weight = size * 0.14, size * 0.3
    pen.line(x + inset, top + inset, x + size - inset, top + size - inset, weight)
    pen.line(x + inset, top + size - inset, x + size - inset, top + inset, weight)


def _dash(pen: Pen, x: float, top: float, size: float) -> None:
    pen.line(x + size * 0.08, top + size / 2, x + size * 0.92, top + size / 2, size * 0.28)


def _waves(pen: Pen, x: float, top: float, size: float) -> None:
    for middle in (0.32, 0.68):
        y = top + size * middle
        points = [(x + size * step / 8, y - size * 0.12 * math.sin(step / 8 * 2 * math.pi)) for step in range(9)]
        pen.path(points, size * 0.16, closed=False)


def _dots(pen: Pen, x: float, top: float, size: float, filled: int) -> None:
    for number in range(3):
        centre = x + size / 2 + number * (size + 1)
        if number < filled:
            pen.circle(centre, top + size / 2, size / 2)
        else:
            pen.circle(centre, top + size / 2, size / 2 - 0.4, 0.7)


def _octagon(pen: Pen, x: float, top: float, size: float, color: Color) -> None:
    near = size / (2 + math.sqrt(2))
    far = size - near
    corners = [(near, 0), (far, 0), (size, near), (size, far), (far, size), (near, size), (0, far), (0, near)]
    pen.path([(x + dx, top + dy) for dx, dy in corners], color=color)
    _sign(pen, "!", x + size / 2, top + size / 2, size * 0.66, WHITE)


def _triangle(pen: Pen, x: float, top: float, size: float, color: Color) -> None:
    weight = size * 0.1
    foot = top + size - weight
    pen.path([(x + size / 2, top + weight), (x + size - weight / 2, foot), (x + weight / 2, foot)], weight, color=color)
    _sign(pen, "!", x + size / 2, top + size * 0.63, size * 0.52)


def _diamond(pen: Pen, x: float, top: float, size: float, color: Color) -> None:
    half = size / 2
    inset = size * 0.08
    corners = [(half, inset), (size - inset, half), (half, size - inset), (inset, half)]
    pen.path([(x + dx, top + dy) for dx, dy in corners], size * 0.09)


def _ring(pen: Pen, x: float, top: float, size: float, color: Color) -> None:
    pen.circle(x + size / 2, top + size / 2, size * 0.44, size * 0.09)


def _dashed_ring(pen: Pen, x: float, top: float, size: float, color: Color) -> None:
    pen.circle(x + size / 2, top + size / 2, size * 0.44, size * 0.07, dashed=True)
    _sign(pen, "?", x + size / 2, top + size / 2, size * 0.56)


def _boxed(pen: Pen, x: float, top: float, size: float, letter: str) -> None:
    pen.box(x, top, size, size)
    _sign(pen, letter, x + size / 2, top + size / 2, size * 0.66, WHITE)


def _ringed(pen: Pen, x: float, top: float, size: float, letter: str) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2, 1.1)
    _sign(pen, letter, x + size / 2, top + size / 2, size * 0.48)


def _filled_ring(pen: Pen, x: float, top: float, size: float) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2)


def _open_ring(pen: Pen, x: float, top: float, size: float) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2 - 0.5, 1)


def _dashed_head(pen: Pen, x: float, top: float, size: float) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2 - 0.5, 1, dashed=True)


def _double_ring(pen: Pen, x: float, top: float, size: float) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2 + 1.2, 1.2)
    pen.circle(x + size / 2, top + size / 2, size / 2 - 1.8, 1.2)


def _missing(pen: Pen, x: float, top: float, size: float) -> None:
    pen.circle(x + size / 2, top + size / 2, size / 2 + 2, 1.2)
    pen.circle(x + size / 2, top + size / 2, size / 2 - 1, 1.2)
    _sign(pen, "?", x + size / 2, top + size / 2, size * 0.56)


def _sign(pen: Pen, sign: str, x: float, y: float, size: float, color: Color = BLACK) -> None:
    """A bold sign centred on (x, y) by its capital height."""
    face = Face(BOLD, size, size)
    pen.words(x - advance(sign, face) / 2, y + size * 0.357 - size * 0.84, (sign,), face, color)
