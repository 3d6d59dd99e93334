"""The person's own wish, consent by recipient, a child's view, and beside them the family."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.summary import CaseSummary, ConsentLine
from panoh.reports import family, marks, words
from panoh.reports.fonts import BODY, LABEL, SMALL
from panoh.reports.layout import FULL, Group, Overflow, Rule
from panoh.reports.pen import MM
from panoh.reports.text import line, wrap

_LEFT = 97 * MM
_FAMILY = FULL - 74 * MM


def people(view: CaseSummary, over: Overflow, most: int) -> Group:
    """Left what was said and allowed, right who is here and who is missing."""
    group = Group()
    group.put(0, 0, Rule())
    label = _("The person's own wish")
    y = group.put(0, 2, line(label, LABEL))
    wish = view.wish or _("Not asked yet, or not written down.")
    y = group.put(0, y, over.fit(label, wish, wrap(wish, _LEFT, BODY, most))) + 3
    y = _consents(group, view.consents, y) + 2
    _child(view, group, over, y, most)
    group.put(_FAMILY, 2, line(_("Family: here and missing"), LABEL))
    group.put(_FAMILY, 14, family.drawing(view, FULL - _FAMILY))
    return group.pad(2)


def _consents(group: Group, consents: tuple[ConsentLine, ...], top: float) -> float:
    """Two columns, read downwards; nothing of it is ever cut."""
    y = group.put(0, top, line(_("Consent by recipient"), LABEL)) + 0.5
    if not consents:
        return group.put(0, y, wrap(_("Not asked for any recipient yet: treat it as NO."), _LEFT, BODY))
    rows = (len(consents) + 1) // 2
    return max(_consent_column(group, consents[:rows], 0, y), _consent_column(group, consents[rows:], _LEFT / 2, y))


def _consent_column(group: Group, consents: tuple[ConsentLine, ...], x: float, y: float) -> float:
    bold = max((line(words.answer(one.answer), LABEL).width for one in consents), default=0)
    for one in consents:
        group.put(x, y + 1.6, marks.answer(one.answer))
        group.put(x + 11, y, line(words.answer(one.answer), LABEL))
        face = LABEL if one.answer == "no" else SMALL
        y = group.put(x + 16 + bold, y, wrap(one.label, _LEFT / 2 - bold - 20, face)) + 0.2
    return y


def _child(view: CaseSummary, group: Group, over: Overflow, top: float, most: int) -> None:
    if view.child_heard is None and not view.child_view:
        return
    label = _("The child's view") if view.person.is_child else _("The children's view")
    text = view.child_view or (_("Heard; nothing is written down.") if view.child_heard else _("Not heard yet."))
    y = group.put(0, top, line(label, LABEL))
    group.put(0, y, over.fit(label, text, wrap(text, _LEFT, BODY, most)))


