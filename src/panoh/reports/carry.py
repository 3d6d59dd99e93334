"""The working paper: one page that may be found at a checkpoint.

The order and the places are those of the case summary, but everything is a code, a letter, a date or a
head. No case number, no kin, no do and do not, no room for words written by hand, nothing that anyone typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY
from panoh.domain.summary import CaseSummary
from panoh.reports import marks, words
from panoh.reports.blocks_decision import deadline, urgency
from panoh.reports.blocks_why import WEIGHTIEST, headed
from panoh.reports.fonts import BODY, FACT, LABEL, QUESTION, SMALL
from panoh.reports.layout import CONTENT, FULL, SIDE, Block, Group, Rule
from panoh.reports.text import balanced, line, wrap

_GAP, _PART = 15.0, 4.0  # between entries of a run, and between the parts of one
_HEADS, _HEAD = 12, 14.0
_MOST = 8  # entries of one block


def blocks(view: CaseSummary) -> list[Group]:
    """The blocks of the one page, for a summary that is redacted for carrying."""
    return [
        _asked(view),
        urgency(view, CARRY),
        _run(_("Why"), [_reason(view, number) for number in range(min(WEIGHTIEST, len(view.reasons)))]),
        _codes(_("Not known"), [one.neutral_code for one in view.not_known]),
        _run(_("Done so far"), [_coded(one.neutral_code, words.short_day(one.on)) for one in view.done[-_MOST:]]),
        _run(_("Options"), [_coded(one.letter, one.neutral_code) for one in view.options[:_MOST]]),
        _advice(view),
        _wish(view),
        _people(view),
    ]


def _asked(view: CaseSummary) -> Group:
    group = Group()
    y = group.put(0, 0, line(_("Decision asked"), LABEL)) + 1
    if view.recommended_letter:
        pattern = _("Option {letter} for reference {reference}?")
    elif view.options:
        pattern = _("Which option for reference {reference}?")
    else:
        pattern = _("No decision is asked yet for reference {reference}.")
    text = pattern.format(letter=view.recommended_letter[:2], reference=view.export_no)
    y = group.put(0, y, balanced(text, FULL, QUESTION, 2)) + 6
    if view.answer_by:
        deadline(view, group, y)
    return group.pad(6)


def _run(label: str, entries: Iterable[Sequence[Block]]) -> Group:
    """Entries one after the other in lines, like words."""
    group = headed(label)
    x, y = SIDE, 3.0
    for parts in entries:
        width = sum(_width(part) + _PART for part in parts)
        if x + width > FULL and x > SIDE:
            x, y = SIDE, y + BODY.leading + 2
        for part in parts:
            group.put(x, y + (3.6 if not hasattr(part, "face") else 0), part)
            x += _width(part) + _PART
        x += _GAP
    if x == SIDE:
        group.put(SIDE, y, line(_("none"), BODY))
    return group.pad(4)
