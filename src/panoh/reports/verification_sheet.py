"""The verification sheet: what is asked, how the answers of both sides agree, what was seen, whether contact is safe.

Drawn as in the project's paper standard, section 6: the result first, answers with names or marks of the body "not
shown", the decision at the foot of the first page, about contact and not about handing over, with a second person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from panoh.base.i18n import N_, speaking
from panoh.base.i18n import gettext as _
from panoh.domain.redaction import SUPERVISOR
from panoh.reports import marks, words
from panoh.reports.fonts import BODY, BOLD, FACT, FINE, HEAD, LABEL, QUESTION, SMALL, Face
from panoh.reports.layout import BOTTOM, DECISION_HEIGHT, FULL, LEFT, RIGHT, Block, Flow, Group, Mark, Row, Rule
from panoh.reports.page import BODY_TOP, foot, office_banner
from panoh.reports.pen import MM, Pen
from panoh.reports.text import RIGHT as TO_THE_RIGHT
from panoh.reports.text import balanced, line, shrunk, wrap

_MIDDLE = 158.0  # left edge of the column beside the deadline
_COLUMNS = (0.0, 110.0, 220.0, 330.0, 378.0)  # question, side A, side B, result, remark
_HALF = FULL / 2 + 4
_SIDE = 92.0  # label beside what was seen
_TICK_BOX, _FIELD = 6.4 * MM, 8.8 * MM
_MARKS = {"agree": "yes", "partly": "partly", "differ": "no"}  # vocab agreement: the sign of the paper standard
_RESULTS = {"agree": N_("agree"), "partly": N_("partly"), "differ": N_("differ"), "open": N_("open")}
_RESULT = Face(BOLD, 8, 11.2)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question with what both sides answered, as far as this paper may tell it."""

    question: str
    a: str
    b: str
    agreement: str  # vocab agreement
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationSheet:
    """Everything that the sheet says, in words, without anything that it must not tell."""

    export_no: str
    check_code: str
    numbers: str  # of the person and the request
    destroy_by: date
    question: str
    answer_by: datetime | None
    without_answer: str
    headline: str
    beside: str  # what the headline is worth
    side_a: str  # 'child'
    side_b: str  # 'adult'
    lines: tuple[AskedLine, ...]
    seen: tuple[tuple[str, str], ...]
    safe: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()
    journal_code: str = ""
    demo: bool = False


def render_sheet(sheet: VerificationSheet, language: str) -> bytes:
    """The sheet as PDF bytes, made in memory, not yet scrubbed or encrypted."""
    with speaking(language):
        flow = Flow(BODY_TOP, BOTTOM - DECISION_HEIGHT - 4)
        flow.put(_asked(sheet))
        for words_of in sheet.warnings:
            flow.put(_Careful(words_of))
        flow.put(_result(sheet))
        flow.rows(_head(sheet), [_line(one) for one in sheet.lines])
        flow.space(5 * MM)
        flow.put(_beside(sheet))
        pen = Pen(language)
        for number, blocks in enumerate(flow.pages, 1):
            columns = [(_("Export"), sheet.export_no), (_("Person · request"), sheet.numbers)]
            office_banner(pen, _(words.CLASSES[SUPERVISOR]), columns, sheet.destroy_by)
            for top, block in blocks:
                block.draw(pen, LEFT, top)
            if number == 1:
                _decision(pen, sheet)
            foot(pen, number, len(flow.pages), sheet.export_no, demo=sheet.demo, journal_code=sheet.journal_code)
            pen.next_page()
        return pen.finish()


def _asked(sheet: VerificationSheet) -> Group:
    """The question, by when it is answered, and what happens without an answer."""
    group = Group()
    y = group.put(0, 0, line(_("Decision asked"), LABEL)) + 1
    y = group.put(0, y, balanced(sheet.question, FULL, QUESTION, 2)) + 4
    by = words.full_moment(sheet.answer_by) if sheet.answer_by else _("no time is set")
    below = group.put(0, y, line(_("Answer by"), LABEL)) + 1
    group.put(0, below, wrap(by, _MIDDLE - 8, HEAD, 2))
    below = group.put(_MIDDLE, y, line(_("Without an answer"), LABEL)) + 1
    group.put(_MIDDLE, below, wrap(sheet.without_answer, FULL - _MIDDLE, BODY))
    return group.pad(5)


class _Careful:
    """A warning, behind a heavy bar, as what must not be done is on other papers."""

    def __init__(self, text: str) -> None:
        self._text = wrap(text, FULL - 14, FACT)

    @property
    def height(self) -> float:
        """With the room below."""
        return self._text.height + 5

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw bar, cross and words."""
        pen.line(x + 1.6, top, x + 1.6, top + self._text.height, 3.2)
        self._text.draw(pen, x + 14, top)


def _result(sheet: VerificationSheet) -> Group:
    """How many agree, and what that is worth."""
    group = Group()
    group.put(0, 0, Rule(1.6))
    headline = wrap(sheet.headline, _COLUMNS[2] - 6, HEAD)
    group.put(0, 5, headline)
    group.put(_COLUMNS[2], 5, wrap(sheet.beside, FULL - _COLUMNS[2], SMALL))
    return group.pad(7)


def _head(sheet: VerificationSheet) -> Row:
    heads = (
        _("Question (asked apart)"), _("Side A: {who}").format(who=sheet.side_a), _("Side B: {who}").format(who=sheet.side_b),
        _("Result"), _("Remark"),
    )  # fmt: skip
    return Row(tuple((x, wrap(text, 104, LABEL)) for x, text in zip(_COLUMNS, heads, strict=True)))


def _line(one: AskedLine) -> Row:
    widths = [edge - x - 7 for x, edge in zip(_COLUMNS, (*_COLUMNS[1:], FULL), strict=True)]
    cells: list[tuple[float, Block]] = [
        (x, wrap(text, width, BODY))
        for x, width, text in zip(_COLUMNS, widths, (one.question, one.a, one.b, "", one.remark), strict=True)
        if x != _COLUMNS[3]
    ]
    result = Group()
    result.put(0, 2, _mark(one.agreement))
    result.put(10, 0, shrunk(_(_RESULTS.get(one.agreement, _RESULTS["open"])), widths[3] - 6, _RESULT))
    return Row((*cells, (_COLUMNS[3], result)), padding=2.2)


def _mark(agreement: str) -> Mark:
    return marks.answer(_MARKS.get(agreement, ""))


def _beside(sheet: VerificationSheet) -> Group:
    """What was seen, and whether contact is safe, beside each other."""
    group = Group()
    for x, title, facts in ((0.0, _("What was seen"), sheet.seen), (_HALF, _("Is contact safe?"), sheet.safe)):
        group.put(x, 0, Rule(1.2, FULL - _HALF))
        y = group.put(x, 4, line(title, HEAD)) + 2
        for label, value in facts:
            below = group.put(x, y, wrap(label, _SIDE - 6, LABEL))
            y = max(below, group.put(x + _SIDE, y, wrap(value, FULL - _HALF - _SIDE, BODY))) + 3
    return group


# --- the decision ---------------------------------------------------------------------------------------------------------


def _decision(pen: Pen, sheet: VerificationSheet) -> None:
    """The block at the foot of the first page, at the place where every paper has it."""
    top = BOTTOM - DECISION_HEIGHT
    pen.line(LEFT, top, RIGHT, top, 1.6)
    line(_("Your decision on contact"), HEAD).draw(pen, LEFT, top + 2.5)
    said = _("By radio or text say only the check code and the digit.")
    shrunk(said, FULL - 180, SMALL).aligned(TO_THE_RIGHT).draw(pen, RIGHT, top + 5.5)
    choices = (
        (_("Contact"), _("1 · voice first")),
        (_("Ask again"), _("2 · which question")),
        (_("Not a match"), _("3 · write why")),
        (_("Discuss"), _("4 · call me back")),
    )
    for at, (name, meaning) in enumerate(choices):
        x = LEFT + at * FULL / 4
        pen.box(x, top + 22, _TICK_BOX, _TICK_BOX, 1.1)
        room = FULL / 4 - _TICK_BOX - 10
        shrunk(name, room, HEAD).draw(pen, x + _TICK_BOX + 6, top + 18)
        shrunk(meaning, room, FINE).draw(pen, x + _TICK_BOX + 6, top + 32.4)
    label = line(_("What changes, or why:"), SMALL)
    label.draw(pen, LEFT, top + 51)
    pen.line(LEFT + label.width + 8, top + 60.5, RIGHT, top + 60.5, 1)
    pen.line(LEFT, top + 80.5, RIGHT, top + 80.5, 1)
    _fields(pen, top + 86, sheet.check_code)


def _fields(pen: Pen, top: float, check_code: str) -> None:
    fields: Sequence[tuple[str, float, float]] = (
        (_("Your role code"), 0, 77),
        (_("Sign · date · time"), 85, 118),
        (_("Second person: role · sign · date"), 211, 145),
    )
    for label, left, width in fields:
        shrunk(label, width, SMALL).draw(pen, LEFT + left, top)
        pen.box(LEFT + left, top + 11, width, _FIELD, 1.1)
    line(_("Check code"), SMALL).draw(pen, LEFT + 364, top)
    line(check_code, QUESTION).draw(pen, LEFT + 364, top + 12)
