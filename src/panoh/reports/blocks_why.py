"""Why: the weightiest reasons, what nobody knows, what to do and what not to do."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.summary import CaseSummary, Reason
from panoh.reports import marks, words
from panoh.reports.fitting import Budget, Overflow
from panoh.reports.fonts import BODY, FACT, SMALL
from panoh.reports.layout import CONTENT, FULL, SIDE, Group, Mark, Rule
from panoh.reports.pen import Pen
from panoh.reports.text import balanced, line, side_head, wrap

WEIGHTIEST, ADVICE = 3, 4
_INDENT, _DOTS = 14.0, 20.0  # after the number, and after the three dots


def headed(label: str) -> Group:
    """A block with its label in the narrow column at the left."""
    group = Group()
    group.put(0, 0, Rule())
    group.put(0, 3, side_head(label, SIDE - 4))
    return group


def reasons(view: CaseSummary, budget: Budget) -> Group:
    """The three weightiest: the fact, beneath it how sure, the source and the date. Page 2 has every reason in full."""
    group = headed(_("Why: the three weightiest reasons"))
    chosen = weightiest(view)
    y = 3.0
    if not chosen:
        group.put(SIDE, y, wrap(_("No rule has fired. Nothing is recorded that sets a level."), CONTENT, BODY))
    for number, reason in enumerate(chosen, 1):
        group.put(SIDE, y, line(str(number), FACT))
        if reason.hidden:
            y = group.put(SIDE + _INDENT, y, wrap(restricted(), CONTENT - _INDENT, FACT)) + 2.5
            continue
        y = _told(group, reason, y, budget)
    return group.pad(3)


def _told(group: Group, reason: Reason, y: float, budget: Budget) -> float:
    """The fact, and beneath it the evidence; where there is no room for that, the dots alone, before the fact."""
    x, dots = SIDE + _INDENT, marks.sure(reason.sure)
    if not budget.source:
        group.put(x, y + 3.4, dots)
        return group.put(x + _DOTS, y, wrap(reason.text, CONTENT - _INDENT - _DOTS, FACT, budget.fact)) + 1.5
    y = group.put(x, y, balanced(reason.text, CONTENT - _INDENT, FACT, budget.fact))
    group.put(x, y + 3.4, dots)
    return group.put(x + _DOTS, y, wrap(evidence(reason), CONTENT - _INDENT - _DOTS, SMALL, budget.source)) + 1.5


def weightiest(view: CaseSummary) -> list[Reason]:
    """The first three reasons; restricted ones that may not be read count as one."""
    chosen: list[Reason] = []
    for reason in view.reasons:
        if not (reason.hidden and any(other.hidden for other in chosen)):
            chosen.append(reason)
    return chosen[:WEIGHTIEST]


def restricted() -> str:
    """What stands in place of all reasons that this reader may not know: the same words whatever and however many they are."""
    return _("Restricted reason. Ask by voice.")


def evidence(reason: Reason) -> str:
    """How sure, from whom, and when."""
    sure = _(words.SURE[reason.sure]) if reason.sure in words.SURE else _("not said how sure")
    return words.joined(sure, reason.source, words.short_day(reason.on) if reason.on else "")


def unknown(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """What nobody knows yet, in one run of short sentences."""
    label = _("Not known")
    group = headed(label)
    text = " ".join(one.text for one in view.not_known) or _("Nothing is noted as not known.")
    group.put(SIDE, 2, over.fit(label, text, wrap(text, CONTENT, BODY, budget.unknown)))
    return group.pad(4)


def advice(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """Do and do not, side by side."""
    group = Group()
    group.put(0, 0, Rule())
    half = FULL * 0.44
    for x, width, label, lines in (
        (0.0, half - 8, _("Do"), view.do),
        (half + 10, FULL - half - 10, _("Do not"), view.do_not),
    ):
        mark, face = (marks.cross, FACT) if x else (marks.tick, BODY)
        y = group.put(x, 2, line(label, FACT)) + 2.5
        if not lines:
            group.put(x, y, wrap(_("Nothing is noted."), width, BODY))
        for one in lines[:ADVICE]:
            group.put(x, y + 2.4, Mark(mark, 7))
            words_of = wrap(one.text, width - 12.6, face, budget.advice)
            y = group.put(x + 12.6, y, over.fit(label, one.text, words_of)) + 0.8
        for one in lines[ADVICE:]:
            over.add(label, one.text)
    group.put(half, 0, _Upright(group.height + 2))
    return group.pad(2)


class _Upright:
    """The heavy bar between what to do and what not to do."""

    def __init__(self, height: float) -> None:
        self.height = height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.line(x, top, x, top + self.height, 3.2)
