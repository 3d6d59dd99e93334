"""The photo board of a camp: faces of those who are sought and of those who seek their family, nine to a page.

A number, a face, an age band. No place, no family name, nothing of who asks; of a child with a photo no name at all:
whoever knows the child can say it. Each page hangs alone, so the sentence stands on each, in the languages of the field.
"""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.reports.fonts import BOLD, QUESTION, REGULAR, SMALL, Face
from panoh.reports.layout import BOTTOM, FULL, Block, Group
from panoh.reports.page import BODY_TOP
from panoh.reports.pen import MM, Pen
from panoh.reports.text import CENTRE, balanced, line, shrunk, wrap
from panoh.reports.tracing_page import Sheet, printed

PER_ROW, ROWS = 3, 3
_CELL, _PHOTO = FULL / PER_ROW, 48 * MM
_NUMBER, _WHO, _CALLED = Face(BOLD, 17, 20), Face(BOLD, 12, 15), Face(REGULAR, 11, 13.4)
_SENTENCE = Face(BOLD, 9, 11.4)
SENTENCES = (
    "Do you know somebody here? Say the number at a help desk, to nobody else.",
    "Кимдир бирөөнү тааныдыңызбы? Номерин жардам пунктунда гана айтыңыз.",
    "Кимнидир танидингизми? Рақамини фақат ёрдам пунктида айтинг.",
    "Kimnidir tanidingizmi? Raqamini faqat yordam punktida ayting.",
    "Узнали кого-то? Назовите номер только на пункте помощи.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPerson:
    """One face."""

    number: str
    who: str  # Girl, Man
    age_band: str = ""
    called: str = ""  # given name and by-names, where they may stand there
    photo: bytes = b""  # JPEG, small; without one a head is drawn


def render_board(people: tuple[BoardPerson, ...], sheet: Sheet, language: str) -> bytes:
    """The pages as PDF bytes; without anybody one page that says so."""
    with speaking(language):
        count = PER_ROW * ROWS
        pages = [people[at : at + count] for at in range(0, len(people), count)] or [()]
        return printed([[(BODY_TOP, _page(page))] for page in pages], sheet, language)


def _page(people: tuple[BoardPerson, ...]) -> Block:
    group = Group()
    title = balanced(_("Who knows these people?"), FULL, QUESTION)
    foot = len(SENTENCES) * _SENTENCE.leading
    below = BOTTOM - BODY_TOP - foot - 4
    top = group.put(0, 0, title) + 6
    if not people:
        group.put(0, top, line(_("Nobody is on this board."), _WHO))
    row_height = (below - top) / ROWS
    for at, one in enumerate(people):
        row, column = divmod(at, PER_ROW)
        _cell(group, one, column * _CELL + _CELL / 2, top + row * row_height)
    for at, sentence in enumerate(SENTENCES):
        group.put(0, below + 4 + at * _SENTENCE.leading, line(sentence, _SENTENCE))
    return group


def _cell(group: Group, one: BoardPerson, middle: float, top: float) -> None:
    group.put(middle - _PHOTO / 2, top, _Face(one.photo))
    top += _PHOTO + 3
    top = group.put(middle, top, shrunk(one.number, _CELL - 8, _NUMBER).aligned(CENTRE))
    who = _("{who}, {age}").format(who=one.who, age=one.age_band) if one.age_band else one.who
    top = group.put(middle, top, shrunk(who, _CELL - 8, _WHO).aligned(CENTRE))
    if one.called:
        group.put(middle, top, _two_lines(one.called))


def _two_lines(called: str) -> Block:
    """What somebody is called, in two lines: smaller where it is long, and at worst its beginning."""
    for face in (_CALLED, SMALL):
        text = wrap(called, _CELL - 8, face, align=CENTRE)
        if len(text.lines) <= 2:
            return text
    return text.split(2 * SMALL.leading)[0]


@dataclass(frozen=True, slots=True)
class _Face:
    """The photo, or a drawn head where there is none."""

    photo: bytes
    height: float = _PHOTO

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it within its square."""
        if self.photo:
            pen.picture(self.photo, x, top, _PHOTO, _PHOTO)
            return
        middle, foot = x + _PHOTO / 2, top + _PHOTO - 16
        pen.circle(middle, top + _PHOTO * 0.3, _PHOTO * 0.18, 1.6)
        wide, neck = _PHOTO * 0.34, top + _PHOTO * 0.56
        shoulders = [
            (-1.0, 1.0),
            (-0.92, 0.5),
            (-0.6, 0.1),
            (-0.3, 0.0),
            (0.3, 0.0),
            (0.6, 0.1),
            (0.92, 0.5),
            (1.0, 1.0),
        ]
        pen.path([(middle + dx * wide, neck + dy * (foot - neck)) for dx, dy in shoulders], 1.6, closed=False)
        line(_("no photo"), SMALL, CENTRE).draw(pen, middle, foot + 3)
