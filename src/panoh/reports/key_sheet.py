"""The key sheet: what the codes of carried papers mean. It stays in the office and never lies beside a carried paper."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.domain.key_sheet import CarriedPaper, KeySheetPaper, Line
from panoh.reports import words
from panoh.reports.fonts import BODY, FACT, HEAD, LABEL, SMALL
from panoh.reports.layout import FULL, LEFT, Block, Flow, Group, Row, Rule
from panoh.reports.page import BODY_TOP, foot, office_banner
from panoh.reports.pen import Pen
from panoh.reports.text import balanced, line, wrap

_HALF = FULL / 2 + 6
_CODE, _LABEL = 34.0, 176.0


def render(paper: KeySheetPaper) -> bytes:
    """The key sheet as PDF bytes, in its own language; not yet scrubbed or encrypted: see protect.py."""
    with speaking(paper.language):
        pen, flow = Pen(paper.language), Flow(BODY_TOP)
        _head(flow, paper)
        _meanings(flow, _("Why"), paper.reasons)
        _meanings(flow, _("Not known"), paper.questions)
        _meanings(flow, _("Agreed with"), paper.recipients)
        _papers(flow, paper.papers)
        columns = [(_("Export"), paper.export_no), (_("Sign"), paper.sign)]
        for number, blocks in enumerate(flow.pages, 1):
            office_banner(pen, _("KEY SHEET: OFFICE ONLY"), columns, paper.destroy_by)
            for top, block in blocks:
                block.draw(pen, LEFT, top)
            foot(pen, number, len(flow.pages), paper.export_no, demo=paper.demo, journal_code=paper.journal_code)
            pen.next_page()
        return pen.finish()


def _head(flow: Flow, paper: KeySheetPaper) -> None:
    title = _("Reads back the papers whose reference ends in {sign}").format(sign=paper.sign)
    flow.put(balanced(title, FULL, HEAD, 2))
    pattern = _("Begun on {day}. Printed {moment}. Never keep it where a carried paper is.")
    told = pattern.format(day=words.full_day(paper.begun_on), moment=words.full_moment(paper.printed_at))
    flow.put(wrap(told, FULL, BODY))


def _section(flow: Flow, title: str) -> None:
    flow.space(11)
    group = Group()
    group.put(0, 0, Rule(1.2))
    group.put(0, 1.5, line(title, HEAD))
    flow.put(group, keep=40)


def _meanings(flow: Flow, title: str, lines: Sequence[Line]) -> None:
    """Codes and what they mean, in two columns, each read downwards."""
    _section(flow, title)
    rows = (len(lines) + 1) // 2
    for left, right in zip(lines[:rows], [*lines[rows:], None], strict=False):
        cells = _cells(left, 0, _HALF - 12)
        if right is not None:
            cells += _cells(right, _HALF, FULL - _HALF)
        flow.rows(None, [Row(tuple(cells), padding=1.2)])


def _cells(one: Line, x: float, width: float) -> list[tuple[float, Block]]:
    return [(x, line(one.code, FACT)), (x + _CODE, wrap(one.words, width - _CODE, SMALL))]


def _papers(flow: Flow, papers: Sequence[CarriedPaper]) -> None:
    _section(flow, _("Papers that are out, and what was typed for them"))
    if not papers:
        flow.put(wrap(_("None."), FULL, BODY))
    for paper in papers:
        flow.space(6)
        pattern = _("Reference {reference} · case {number} · made {moment} · destroy by {day}")
        head = pattern.format(
            reference=paper.reference,
            number=paper.number,
            moment=words.short_moment(paper.made_at),
            day=words.short_day(paper.destroy_by),
        )
        flow.put(wrap(head, FULL, FACT), keep=30)
        rows = [
            Row(
                (
                    (0, line(one.code, FACT)),
                    (_CODE, wrap(one.label, _LABEL - _CODE - 6, LABEL)),
                    (_LABEL, wrap(one.words, FULL - _LABEL, SMALL)),
                ),
                padding=1.2,
            )
            for one in paper.lines
        ]
        flow.rows(None, rows or [Row(((0, wrap(_("No words were typed for it."), FULL, BODY)),), ruled=False)])
