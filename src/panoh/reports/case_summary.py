"""The case summary: one page that a supervisor decides from in sixty seconds, and what follows from page 2 on.

Page 1 is composed and measured before it is drawn (fitting.py); its decision block always stands at the
same place. Whatever page 1 cuts stands in full on page 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from panoh.base.i18n import speaking
from panoh.domain.redaction import CARRY, redact
from panoh.domain.summary import CaseSummary
from panoh.reports import blocks_decision, blocks_people, blocks_way, blocks_why, carry
from panoh.reports.blocks_rest import rest
from panoh.reports.fitting import BUDGETS, Budget, Overflow
from panoh.reports.layout import BOTTOM, DECISION_HEIGHT, LEFT, Block, Flow
from panoh.reports.page import BODY_TOP, banner, footer
from panoh.reports.pen import MM, Pen

_BODY_END = BOTTOM - DECISION_HEIGHT
_MOST_SPREAD = 3.2 * MM


def render(summary: CaseSummary, level: str) -> bytes:
    """The case summary at a level (supervisor, carry, named) as PDF bytes, in the summary's language.

    Made in memory; the same summary gives the same bytes. Not yet scrubbed or encrypted: see protect.py.
    Raises ValueError for a level that does not exist.
    """
    view = redact(summary, level)
    with speaking(view.language):
        pen = Pen(view.language)
        pages = _carried(view) if level == CARRY else _pages(view, level)
        for number, blocks in enumerate(pages, 1):
            banner(pen, view, level)
            for top, block in blocks:
                block.draw(pen, LEFT, top)
            footer(pen, view, level, number, len(pages))
            pen.next_page()
        return pen.finish()


def _carried(view: CaseSummary) -> list[list[tuple[float, Block]]]:
    first = _spread(carry.blocks(view))
    return [[*first, (_BODY_END, blocks_decision.Answer(view, CARRY))]]


def _pages(view: CaseSummary, level: str) -> list[list[tuple[float, Block]]]:
    for budget in BUDGETS:
        over = Overflow()
        body = _body(view, over, budget)
        if sum(block.height for block in body) <= _BODY_END - BODY_TOP:
            break
    first = [*_spread(body), (_BODY_END, blocks_decision.Answer(view, level))]
    flow = Flow(BODY_TOP)
    rest(flow, view, level, over)
    return [first, *flow.pages]


def _body(view: CaseSummary, over: Overflow, budget: Budget) -> list[Block]:
    """The blocks of page 1 in the order in which they are read."""
    return [
        blocks_decision.asked(view, over, budget),
        blocks_decision.urgency(view, over, budget),
        blocks_why.reasons(view, budget),
        blocks_why.unknown(view, over, budget),
        blocks_why.advice(view, over, budget),
        blocks_way.done(view, over, budget),
        blocks_way.options(view, over, budget),
        blocks_way.recommended(view, over, budget),
        blocks_people.people(view, over, budget),
    ]


def _spread(blocks: Sequence[Block]) -> list[tuple[float, Block]]:
    """The blocks one below the other, with the room that is left shared out evenly between them."""
    spare = _BODY_END - BODY_TOP - sum(block.height for block in blocks)
    between = min(max(spare, 0) / len(blocks), _MOST_SPREAD)
    placed, top = [], BODY_TOP
    for block in blocks:
        placed.append((top, block))
        top += block.height + between
    return placed
