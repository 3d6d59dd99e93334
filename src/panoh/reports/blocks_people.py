"""The person's own wish, consent by recipient, a child's view, and beside them the family."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.base.i18n import gettext as _
from panoh.domain.summary import CaseSummary, ConsentLine
from panoh.reports import family, marks, words
from panoh.reports.fitting import Budget, Overflow
from panoh.reports.fonts import BODY, LABEL, SMALL
from panoh.reports.layout import FULL, Group, Rule
from panoh.reports.pen import MM
from panoh.reports.text import NBSP, line, wrap

_LEFT = 97 * MM
_IN_COLUMNS = 8
_ANSWERS = ("yes", "partly", "no", "")
_SECOND = 125.0  # second column of consents: the answers there tend to be longer
_FAMILY = FULL - 74 * MM


def people(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """Left what was said and allowed, right who is here and who is missing."""
    group = Group()
    group.put(0, 0, Rule())
    label = _("The person’s own wish")
    y = group.put(0, 2, line(label, LABEL))
    wish = view.wish or _("Not asked yet, or not written down.")
    y = group.put(0, y, over.fit(label, wish, wrap(wish, _LEFT, BODY, budget.said))) + 3
    y = _consents(group, view.consents, y) + 2
    _child(view, group, over, y, budget.said)
    group.put(_FAMILY, 2, line(_("Family: here and missing"), LABEL))
    group.put(_FAMILY, 16, family.drawing(view, FULL - _FAMILY, budget.family))
    return group.pad(5)


def _consents(group: Group, consents: tuple[ConsentLine, ...], top: float) -> float:
    """In two columns, or, when there are many, the recipients gathered under each answer. Nothing is ever cut."""
    y = group.put(0, top, line(_("Consent by recipient"), LABEL)) + 0.5
    if not consents:
        return group.put(0, y, wrap(_("Not asked for any recipient yet: treat it as NO."), _LEFT, BODY))
    if len(consents) > _IN_COLUMNS:
        gathered = [ConsentLine(label=", ".join(labels), answer=answer) for answer, labels in _by_answer(consents)]
        return _consent_column(group, gathered, 0, _LEFT, y)
    rows = (len(consents) + 1) // 2
    left = _consent_column(group, consents[:rows], 0, _SECOND - 6, y)
    return max(left, _consent_column(group, consents[rows:], _SECOND, _LEFT - _SECOND, y))


def _by_answer(consents: tuple[ConsentLine, ...]) -> list[tuple[str, list[str]]]:
    gathered: dict[str, list[str]] = {}
    for one in sorted(consents, key=lambda one: _ANSWERS.index(one.answer)):
        gathered.setdefault(one.answer, []).append(one.label.replace(" ", NBSP))
    return list(gathered.items())


def _consent_column(group: Group, consents: Sequence[ConsentLine], x: float, width: float, y: float) -> float:
    answers = [line(words.answer(one.answer), LABEL) for one in consents]
    indent = 15 + max((answer.width for answer in answers), default=0)
    for one, answer in zip(consents, answers, strict=True):
        group.put(x, y + 1.6, marks.answer(one.answer))
        group.put(x + 11, y, answer)
        y = group.put(x + indent, y, wrap(one.label, width - indent, LABEL if one.answer == "no" else SMALL)) + 0.2
    return y


def _child(view: CaseSummary, group: Group, over: Overflow, top: float, most: int) -> None:
    if view.child_heard is None and not view.child_view:
        return
    label = _("The child’s view") if view.person.is_child else _("The children’s view")
    text = view.child_view or (_("Heard; nothing is written down.") if view.child_heard else _("Not heard yet."))
    y = group.put(0, top, line(label, LABEL))
    group.put(0, y, over.fit(label, text, wrap(text, _LEFT, BODY, most)))
