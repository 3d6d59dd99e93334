"""Registration cards: four to a page, each with a number of a series of its own and a QR code of that number alone.

No name, no sex, no age, no site: a sealed person's card looks like all others. Drawn as in the project's paper
standard, section 6; the sentence stands in the languages of the region, whatever language the window speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import segno

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.reports.fonts import BOLD, REGULAR, Face
from panoh.reports.pen import HEIGHT, MM, WIDTH, Pen
from panoh.reports.text import RIGHT, Text, printable

_NUMBER, _LABEL, _SMALL = Face(BOLD, 24, 28), Face(BOLD, 8, 9.8), Face(REGULAR, 8, 9.8)
_SENTENCE = Face(REGULAR, 7.8, 11.6)
_LEFT, _RIGHT = 8 * MM, 97 * MM  # from the left edge of a card
_HEADS_IN_ROW, _MOST_DRAWN = 6, 18
_QR = 25 * MM
_BOXES, _BOX_WIDTH, _BOX_HEIGHT, _BOX_STEP = 7, 9.3 * MM, 5.8 * MM, 10.3 * MM
SENTENCES = (
    "This card is for help at the sites. It is not an identity paper.",
    "Бул карта жардам алуу үчүн. Инсандык күбөлүк эмес.",
    "Бу карта ёрдам олиш учун. Шахсни тасдиқловчи ҳужжат эмас.",
    "Bu karta yordam olish uchun. Shaxsni tasdiqlovchi hujjat emas.",
    "Карта даёт право на помощь. Это не удостоверение личности.",
)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What stands on one card."""

    number: str
    heads: int
    valid_until: date
    demo: bool = False


def render_cards(cards: Sequence[PrintedCard], language: str) -> bytes:
    """Pages of cards as PDF bytes, made in memory, not yet scrubbed or encrypted."""
    pen = Pen(language)
    for start in range(0, len(cards), 4):
        for place, card in enumerate(cards[start : start + 4]):
            _card(pen, card, (place % 2) * WIDTH / 2, (place // 2) * HEIGHT / 2)
        pen.line(WIDTH / 2, 0, WIDTH / 2, HEIGHT, 0.6, dashed=True)
        pen.line(0, HEIGHT / 2, WIDTH, HEIGHT / 2, 0.6, dashed=True)
        pen.next_page()
    return pen.finish()


def _card(pen: Pen, card: PrintedCard, x: float, top: float) -> None:
    left, right = x + _LEFT, x + _RIGHT
    title = _("Registration card")
    _words(pen, f"{title} · DEMO" if card.demo else title, _SMALL, left, top + 8.4 * MM)
    valid = _("valid to {day}").format(day=day(card.valid_until))
    Text((printable(valid),), _SMALL, align=RIGHT).draw(pen, right, top + 8.4 * MM)
    pen.line(left, top + 12.8 * MM, right, top + 12.8 * MM, 1.6)
    _words(pen, card.number, _NUMBER, left, top + 15.6 * MM)
    _words(pen, _("People on this card"), _SMALL, left, top + 29.2 * MM)
    _words(pen, str(card.heads), _NUMBER, left, top + 33.8 * MM)
    _heads(pen, card.heads, left, top + 48.2 * MM)
    _qr(pen, card.number, x + 69.7 * MM, top + 33.7 * MM)
    pen.line(left, top + 66.2 * MM, right, top + 66.2 * MM, 0.6)
    pen.words(left, top + 67.6 * MM, SENTENCES, _SENTENCE)
    pen.line(left, top + 93.2 * MM, right, top + 93.2 * MM, 0.6)
    _given(pen, left, top + 94.2 * MM)
    _words(pen, _("Lost it? Say the number at any help desk."), _SMALL, left, top + 136.8 * MM)


def _words(pen: Pen, text: str, face: Face, x: float, top: float) -> None:
    Text((printable(text),), face).draw(pen, x, top)


def _heads(pen: Pen, heads: int, x: float, top: float) -> None:
    """A circle a head; more than eighteen are told by the number alone."""
    for at in range(heads if heads <= _MOST_DRAWN else 0):
        row, column = divmod(at, _HEADS_IN_ROW)
        pen.circle(x + (2 + column * 5.3) * MM, top + row * 5.2 * MM, 2 * MM, 0.8)


def _qr(pen: Pen, number: str, x: float, top: float) -> None:
    """The number as a QR code that still reads after two copies: a quarter of it may be lost."""
    rows = [list(row) for row in segno.make_qr(number, error="q", boost_error=False).matrix]
    step = _QR / len(rows)
    for at, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                pen.box(x + start * step, top + at * step, (column - start) * step, step)
                start = None


def _given(pen: Pen, left: float, top: float) -> None:
    """A line of boxes for each kind of help: whoever gives it writes the day."""
    _words(pen, _("Given: write the day, one box each time"), _LABEL, left, top)
    kinds = (_("food"), _("water"), _("shelter"), _("blankets"), _("health"))
    for at, kind in enumerate(kinds):
        row = top + 4.9 * MM + at * 7 * MM
        _words(pen, kind, _SMALL, left, row + 1.2 * MM)
        for box in range(_BOXES):
            pen.box(left + 17 * MM + box * _BOX_STEP, row, _BOX_WIDTH, _BOX_HEIGHT, 1.0)
