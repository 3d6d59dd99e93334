"""The way out: what was done and failed, the options with what follows from each, and the recommendation."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.summary import CaseSummary, Done, Option
from panoh.reports import marks, words
from panoh.reports.blocks_why import headed
from panoh.reports.fitting import Budget, Overflow
from panoh.reports.fonts import BODY, FACT, LABEL, SMALL
from panoh.reports.layout import CONTENT, FULL, SIDE, Group, Rule
from panoh.reports.text import RIGHT as TO_THE_RIGHT
from panoh.reports.text import line, wrap

_WHAT, _RESULT = SIDE + 54, SIDE + 215
_LETTER, _CONSEQUENCE, _READY = SIDE + 20, SIDE + 148, FULL - 76


def done(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """The newest of what was tried, and what came of it."""
    label = _("Done so far, and what came of it")
    group = headed(label)
    if not view.done:
        group.put(SIDE, 2, wrap(_("Nothing is noted yet."), CONTENT, BODY))
        return group.pad(4)
    y, below = 3.0, group.height
    rows, most = budget.done_rows, budget.done
    cut = len(view.done) > rows
    for one in view.done[-rows:]:
        what = wrap(one.what, _RESULT - _WHAT - 6, BODY, most)
        result = wrap(one.result or _("No answer is noted."), FULL - _RESULT, BODY, most)
        cut = cut or bool(what.tail or result.tail)
        group.put(SIDE, y, line(words.short_day(one.on), SMALL))
        y = max(group.put(_WHAT, y, what), group.put(_RESULT, y, result)) + 0.8
    if len(view.done) > rows:
        group.put(0, below, line(_("… p. 2"), LABEL))
    if cut:
        for one in view.done:
            over.add(label, _done_in_full(one))
    return group.pad(3)


def _done_in_full(one: Done) -> str:
    return words.joined(words.short_day(one.on), one.what, one.result)


def options(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """The options: letter, what, what follows from it, when ready; the recommended letter is white on black."""
    label = _("Options and what follows from each")
    group = headed(label)
    if not view.options:
        group.put(SIDE, 2, wrap(_("None is written down yet."), CONTENT, BODY))
        return group.pad(4)
    rows, most = budget.option_rows, budget.option
    y, below, cut = 3.0, group.height, len(view.options) > rows
    for number, one in enumerate(view.options[:rows]):
        if number:
            group.put(SIDE, y, Rule(0.6, CONTENT))
            y += 2
        texts = (
            (_LETTER, wrap(one.what, _CONSEQUENCE - _LETTER - 6, FACT, most)),
            (_CONSEQUENCE, wrap(one.consequence, _READY - _CONSEQUENCE - 4, BODY, budget.consequence)),
            (FULL, wrap(one.ready, FULL - _READY, SMALL, most, TO_THE_RIGHT)),
        )
        cut = cut or any(text.tail for _x, text in texts)
        bottom = _letter(group, view, one, y)
        y = max(bottom, *(group.put(x, y, text) for x, text in texts)) + 1.5
    if len(view.options) > rows:
        group.put(0, below, line(_("… p. 2"), LABEL))
    if cut:
        for one in view.options:
            over.add(label, words.joined(one.letter, one.what, one.consequence, one.ready))
    return group.pad(4)


def _letter(group: Group, view: CaseSummary, one: Option, y: float) -> float:
    if one.letter and one.letter == view.recommended_letter:
        return group.put(SIDE, y - 0.5, marks.boxed_letter(one.letter, 13))
    return group.put(SIDE + 3.6, y, line(one.letter[:2], FACT))


def recommended(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """What the caseworker recommends."""
    label = _("Recommended")
    group = headed(label)
    text = view.recommendation or _("No recommendation is written down yet.")
    group.put(
        SIDE,
        2,
        over.fit(label, text, wrap(text, CONTENT, FACT if view.recommendation else BODY, budget.recommendation)),
    )
    return group.pad(4)
