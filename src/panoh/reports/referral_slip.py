"""The referral slip: what is asked of a service, with a reference and no name, and the half that comes back.

Drawn as in the project's paper standard, section 6: the same for everybody, new reference for each slip, the tear line
at half height where the page is folded, and on the answer half nothing but the reference and digits.
"""

from __future__ import annotations

from panoh.base.i18n import day, speaking
from panoh.base.i18n import gettext as _
from panoh.domain.referrals import Slip
from panoh.reports import words
from panoh.reports.fonts import BODY, BOLD, FINE, HEAD, LABEL, QUESTION, REGULAR, SMALL, Face
from panoh.reports.layout import BOTTOM, CONTENT, FULL, LEFT, RIGHT, SIDE, TOP
from panoh.reports.pen import HEIGHT, MM, Pen
from panoh.reports.text import RIGHT as TO_THE_RIGHT
from panoh.reports.text import Text, balanced, line, printable, shrunk, side_head, wrap

_CLASS = Face(BOLD, 11.2, 14)
_VALUE = Face(REGULAR, 12, 15)
_NUMBER = Face(BOLD, 8.4, 10)
_BANNER = 8 * MM
_REFERENCE, _TO = 56 * MM, 70 * MM  # left edges of the second column in the banner and beside the deadline
_MOST_LINES = 4
_TEAR = HEIGHT / 2 + 6 * MM
_TICK_BOX = 6.4 * MM
_DATE_BOX, _STAMP_BOX, _STAMP, _FIELD = 52 * MM, 80 * MM, 58 * MM, 14 * MM


def render_slip(slip: Slip, language: str) -> bytes:
    """One page as PDF bytes, made in memory, not yet scrubbed or encrypted."""
    with speaking(language):
        pen = Pen(language)
        _banner(pen, slip)
        _asked(pen, slip)
        _answer(pen, slip)
        _foot(pen, slip)
        pen.next_page()
        return pen.finish()


def _banner(pen: Pen, slip: Slip) -> None:
    """A dashed frame round the class, the reference, and until when it may be kept."""
    name = Text((printable(_("REFERRAL SLIP")),), _CLASS)
    right, bottom = LEFT + name.width + 18, TOP + _BANNER
    for x1, y1, x2, y2 in (
        (LEFT, TOP, right, TOP), (right, TOP, right, bottom), (right, bottom, LEFT, bottom), (LEFT, bottom, LEFT, TOP),
    ):  # fmt: skip
        pen.line(x1, y1, x2, y2, 1.1, dashed=True)
    name.draw(pen, LEFT + 9, TOP + 4.3)
    x = LEFT + max(_REFERENCE, name.width + 30)
    line(_("Reference"), FINE).draw(pen, x, TOP + 1.8)
    line(slip.reference, _NUMBER).draw(pen, x, TOP + 10.6)
    line(_("Destroy by"), FINE, TO_THE_RIGHT).draw(pen, RIGHT, TOP + 1.8)
    line(words.full_day(slip.destroy_by), _NUMBER, TO_THE_RIGHT).draw(pen, RIGHT, TOP + 10.6)


def _asked(pen: Pen, slip: Slip) -> None:
    """What is asked, by when and of whom; then the facts, each below a rule."""
    y = TOP + _BANNER + 5 * MM
    line(_("Please"), LABEL).draw(pen, LEFT, y)
    question = balanced(slip.asked, FULL, QUESTION, 2)
    if question.tail:
        question = wrap(slip.asked, FULL, HEAD)
    question.draw(pen, LEFT, y + 10)
    y += 10 + question.height + 2
    line(_("Wanted by"), LABEL).draw(pen, LEFT, y)
    line(_("To"), LABEL).draw(pen, LEFT + _TO, y)
    by = words.full_moment(slip.wanted_by) if slip.wanted_by else _("no time is set")
    shrunk(by, _TO - 8, HEAD).draw(pen, LEFT, y + 11)
    to = wrap(slip.to, FULL - _TO, HEAD)
    to.draw(pen, LEFT + _TO, y + 11)
    _facts(pen, slip, y + 11 + to.height + 8)


def _facts(pen: Pen, slip: Slip, y: float) -> None:
    agreed = _("The holder agreed to this visit, and to these lines only, on {day}.")
    facts = (
        (_("Who"), slip.who),
        (_("How soon"), slip.how_soon),
        (_("What we know"), _known(slip)),
        (_("Language"), slip.language),
        (_("On the way"), slip.on_the_way),
        (_("Agreed"), agreed.format(day=day(slip.agreed_on, whole_month=True)) if slip.agreed_on else ""),
        (_("Names"), _("Our slips carry no names. Please write the reference in your book.")),
        (_("Ask us"), _("Through the referral desk, with the reference.")),
    )
    for label, value in facts:
        if value:
            pen.line(LEFT, y, RIGHT, y, 0.6)
            side_head(label, SIDE - 6).draw(pen, LEFT, y + 2.5)
            text = _fitted(value)
            text.draw(pen, LEFT + SIDE, y + 1.5)
            y += max(text.height, 15) + 8


def _known(slip: Slip) -> str:
    return " ".join(part for part in (f"{', '.join(slip.needs)}." if slip.needs else "", slip.typed) if part)


def _fitted(value: str) -> Text:
    """The whole value, smaller where it is long: a slip has no second page."""
    for face in (_VALUE, BODY):
        text = wrap(value, CONTENT, face)
        if len(text.lines) <= _MOST_LINES:
            return text
    return wrap(value, CONTENT, FINE)


def _answer(pen: Pen, slip: Slip) -> None:
    """The half that is torn off: the reference, four digits, room to write, a stamp."""
    pen.line(LEFT, _TEAR, RIGHT, _TEAR, 0.8, dashed=True)
    told = _(
        "Tear here and give back to the holder or the messenger. By radio or text say only the reference and the digit."
    )
    shrunk(told, FULL, SMALL).draw(pen, LEFT, _TEAR + 1.5)
    y = _TEAR + 7.5 * MM
    line(_("Answer of the service"), HEAD).draw(pen, LEFT, y)
    number = line(slip.reference, QUESTION)
    number.draw(pen, RIGHT - number.width - 12 * MM, y - 1)
    line(_("Reference"), SMALL, TO_THE_RIGHT).draw(pen, RIGHT - number.width - 14 * MM, y - 1)
    answers = (_("Done"), _("Accepted, not finished"), _("No room: try later"), _("Not possible here"))
    for at, words_of in enumerate(answers):
        x, top = LEFT + (at % 2) * FULL / 2, y + 11 * MM + (at // 2) * 11.5 * MM
        pen.box(x, top, _TICK_BOX, _TICK_BOX, 1.1)
        shrunk(words_of, FULL / 2 - _TICK_BOX - 18, HEAD).draw(pen, x + _TICK_BOX + 9, top - 1)
        line(str(at + 1), SMALL).draw(pen, x + _TICK_BOX + 9, top + 13.5)
    y += 36 * MM
    line(_("Come again on · what the desk should know (no names):"), SMALL).draw(pen, LEFT, y)
    for at in (1, 2):
        pen.line(LEFT, y + 4 * MM + at * 7.5 * MM, RIGHT, y + 4 * MM + at * 7.5 * MM, 1.0)
    y += 24 * MM
    line(_("Date · time"), SMALL).draw(pen, LEFT, y)
    line(_("Stamp or initials of the service"), SMALL).draw(pen, LEFT + _STAMP, y)
    pen.box(LEFT, y + 4.5 * MM, _DATE_BOX, _FIELD, 1.1)
    pen.box(LEFT + _STAMP, y + 4.5 * MM, _STAMP_BOX, _FIELD, 1.1)


def _foot(pen: Pen, slip: Slip) -> None:
    pen.line(LEFT, BOTTOM + 4, RIGHT, BOTTOM + 4, 0.6)
    told = words.joined(
        _("DEMO: invented people") if slip.demo else "", _("Reference {number}").format(number=slip.reference)
    )
    line(told, FINE).draw(pen, LEFT, BOTTOM + 6)
    line(_("Page {page} of {pages}").format(page=1, pages=1), FINE, TO_THE_RIGHT).draw(pen, RIGHT, BOTTOM + 6)
