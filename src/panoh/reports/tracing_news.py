"""Family news, in the manner of a Red Cross message: one sheet, open, with the half for the answer below the tear line.

Everybody may read it on its way, and it says so. No place stands on it: whoever carries it knows the way by the reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.reports.fonts import FACT, FINE, HEAD, LABEL, QUESTION, REGULAR, SMALL, Face
from panoh.reports.layout import BOTTOM, FULL, Group, Rule
from panoh.reports.page import BODY_TOP
from panoh.reports.pen import MM, Pen
from panoh.reports.text import balanced, line, shrunk, wrap
from panoh.reports.tracing_page import Sheet, WritingLines, printed

MOST_LINES = 25
TEXT = Face(REGULAR, 10, 12.6)
_HALF = (FULL - 8 * MM) / 2
_BY_HAND = 15  # lines, where nothing was typed
_ANSWER = 10
TEAR = 478.0  # from the upper edge of the body, points


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSheet:
    """What stands on it."""

    sender: str
    reference: str  # by which an answer finds its way: the number of this paper, of no case
    recipient: str
    kin: str = ""  # what the recipient is to the sender
    text: str = ""  # family news; '' leaves lines to write on


def lines_of(text: str) -> tuple[str, ...]:
    """The text as it is broken on the sheet: paragraphs as they were typed."""
    paragraphs = text.strip().splitlines() if text.strip() else []
    return tuple(one for paragraph in paragraphs for one in wrap(paragraph, FULL, TEXT).lines or ("",))


def render_news(news: NewsSheet, sheet: Sheet, language: str) -> bytes:
    """One page as PDF bytes. The text has at most MOST_LINES lines: whoever calls has seen to that."""
    with speaking(language):
        body = Group()
        top = body.put(0, 0, balanced(_("News from your family"), FULL, QUESTION)) + 1
        told = _(
            "Everybody may read this on its way. Family news only: no place, no phone, nothing of authorities, fighting or politics."
        )
        top = body.put(0, top, wrap(told, FULL, FACT)) + 4
        top = _ends(body, top, news, answer=False) + 2
        lines = lines_of(news.text)
        if lines:
            for at, one in enumerate(lines):
                body.put(0, top + at * TEXT.leading, line(one, TEXT))
        else:
            body.put(0, top - 8, WritingLines(_BY_HAND))
        body.put(0, TEAR, _Tear())
        top = body.put(0, TEAR + 14, line(_("Answer"), HEAD)) + 1
        top = _ends(body, top, news, answer=True)
        body.put(0, top - 8, WritingLines(_ANSWER))
        foot = _(
            "By radio or text say only the number. Whoever brings this asks first: an answer is free, and so is none."
        )
        body.put(0, BOTTOM - BODY_TOP - 9, shrunk(foot, FULL, FINE))
        return printed([[(BODY_TOP, body)]], sheet, language)


def _ends(body: Group, top: float, news: NewsSheet, *, answer: bool) -> float:
    """Who writes to whom, side by side; of the answer the other way round."""
    kin = (
        _("{name}, {kin}").format(name=news.recipient, kin=news.kin) if news.kin and news.recipient else news.recipient
    )
    writes = (
        _("From"),
        news.sender,
        _("Number {number}").format(number=news.reference) if news.reference else "",
    )
    reads = (_("To"), kin, _("The way there is known to whoever carries it."))
    first, second = ((_("From"), news.recipient, ""), (_("To"), *writes[1:])) if answer else (writes, reads)
    body.put(0, top, Rule(1.2))
    ends = [_end(*first), _end(*second)]
    for at, end in enumerate(ends):
        body.put(at * (_HALF + 8 * MM), top + 3, end)
    below = top + 3 + max(end.height for end in ends) + 3
    body.put(0, below, Rule(0.6))
    return below + 3


def _end(label: str, name: str, under: str) -> Group:
    group = Group()
    group.put(0, 2, line(label, LABEL))
    if not name:
        group.put(14 * MM, -6, WritingLines(1, _HALF - 14 * MM))
    top = group.put(14 * MM, 0, wrap(name, _HALF - 14 * MM, HEAD)) if name else 18.0
    if under:
        group.put(14 * MM, top, wrap(under, _HALF - 14 * MM, FACT))
    return group


@dataclass(frozen=True, slots=True)
class _Tear:
    """The line at which the answer is torn off."""

    height: float = 12

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the dashed line and what to do there."""
        pen.line(x, top, x + FULL, top, 0.8, dashed=True)
        shrunk(_("Tear here. The answer goes back the way this came, open as this is."), FULL, SMALL).draw(
            pen, x, top + 1.5
        )
