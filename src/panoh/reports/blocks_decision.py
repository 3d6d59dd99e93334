"""The decision: what is asked by when, how urgent it is and for whom, and the block where it is answered."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.redaction import CARRY
from panoh.domain.summary import CaseSummary
from panoh.reports import marks, words
from panoh.reports.fitting import Budget, Overflow
from panoh.reports.fonts import BODY, FINE, HEAD, LABEL, QUESTION, SMALL
from panoh.reports.layout import DECISION_HEIGHT, FULL, RIGHT, Bar, Group, Rule
from panoh.reports.pen import BLACK, MM, RED, Pen
from panoh.reports.text import RIGHT as TO_THE_RIGHT
from panoh.reports.text import balanced, line, shrunk, wrap

MIDDLE, THIRD = 158.0, 328.5  # left edges of the second and third column
_TICK_BOX, _FIELD = 6.4 * MM, 8.8 * MM


def asked(view: CaseSummary, over: Overflow, budget: Budget) -> Group:
    """The question, the deadline and what happens without an answer, as far as the budget goes."""
    group = Group()
    y = group.put(0, 0, line(_("Decision asked"), LABEL)) + 1
    if not view.question:
        text = _("No decision is asked yet. Read the level and the reasons.")
        group.put(0, y, balanced(text, FULL, QUESTION, 2))
        return group.pad(5)
    question = balanced(view.question, FULL, QUESTION, 2)
    if question.tail:
        question = balanced(view.question, FULL, HEAD, budget.question)
    y = group.put(0, y, over.fit(_("Decision asked"), view.question, question)) + 4
    label = _("Without an answer")
    text = view.without_answer or _("Not written down.")
    deadline(view, group, y)
    below = group.put(MIDDLE, y, line(label, LABEL)) + 1
    group.put(MIDDLE, below, over.fit(label, text, wrap(text, FULL - MIDDLE, BODY, budget.without_answer)))
    return group.pad(5)


def deadline(view: CaseSummary, group: Group, top: float) -> None:
    """Put the time by which an answer is needed."""
    below = group.put(0, top, line(_("Answer by"), LABEL)) + 1
    text = words.full_moment(view.answer_by) if view.answer_by else _("no time is set")
    group.put(0, below, wrap(text, MIDDLE - 8, HEAD, 2))


def urgency(view: CaseSummary, over: Overflow, budget: Budget, *, carried: bool = False) -> Group:
    """One row of three: the level, overdue or not, and who it is."""
    group = Group()
    group.put(0, 0, Rule(1.6))
    size, face = (17.0, HEAD) if carried else (28.3, QUESTION)
    group.put(0, 5, marks.level(view.level, size, BLACK if carried else RED))
    word = shrunk(_(words.LEVELS[view.level]), MIDDLE - size - 14, face)
    group.put(size + 6, 5 + (size - word.face.leading) / 2, word)
    _clock(view, group, carried=carried)
    _who(view, group, over, budget, carried=carried)
    return group.pad(5)


def _clock(view: CaseSummary, group: Group, *, carried: bool) -> None:
    width = THIRD - MIDDLE - 10
    if view.due_at is None:
        group.put(MIDDLE, 5, wrap(_("No time is set"), width, HEAD, 2))
        return
    if view.overdue:
        text = _("OVERDUE by {time}").format(time=words.span(view.printed_at - view.due_at))
        group.put(MIDDLE, 5, Bar(shrunk(text, width - 8, HEAD), 16.5))
        pattern = (
            _("Was due {due}. Printed {printed}.") if carried else _("First action was due {due}. Printed {printed}.")
        )
    else:
        text = _("Not overdue: {time} left").format(time=words.span(view.due_at - view.printed_at))
        group.put(MIDDLE, 5, shrunk(text, width, HEAD))
        pattern = _("Due {due}. Printed {printed}.") if carried else _("First action is due {due}. Printed {printed}.")
    times = pattern.format(due=words.short_moment(view.due_at), printed=words.full_moment(view.printed_at))
    group.put(MIDDLE, 23, wrap(times, width, SMALL, 3))


def _who(view: CaseSummary, group: Group, over: Overflow, budget: Budget, *, carried: bool) -> None:
    width, person = FULL - THIRD, view.person
    y = 3.0
    if person.name:
        y = group.put(THIRD, y, wrap(person.name, width, HEAD, budget.name))
    if carried:
        groups = {True: _("child"), False: _("adult"), None: _("age not known")}
        text = _("{who}, {age}").format(who=words.who(person), age=groups[person.is_child])
        below = _heads(view)
    else:
        text = _("{who}, {age}").format(who=words.who(person), age=words.age(person))
        below = _company(view)
    y = group.put(THIRD, y, wrap(text, width, HEAD, 2)) + 1
    company = wrap(below, width, SMALL, budget.company)
    if company.tail:  # who they are stands on page 2; how many they are is never cut
        over.add(_("With whom"), below)
        company = wrap(words.joined(view.care, _heads(view)), width, SMALL, budget.company)
    group.put(THIRD, y, company)


def _company(view: CaseSummary) -> str:
    """Alone, or with whom."""
    here = ", ".join(words.kin(member) for member in view.family if member.here)
    company = _("With: {people}").format(people=here) if here else _("Alone")
    return words.joined(view.care, company)


def _heads(view: CaseSummary) -> str:
    """With how many, and no kin words."""
    here = [member.is_child for member in view.family if member.here]
    if not here:
        return _("Alone")
    children = here.count(True)
    others = len(here) - children
    counted = []
    if others:
        counted.append(ngettext("{n} adult", "{n} adults", others).format(n=others))
    if children:
        counted.append(ngettext("{n} child", "{n} children", children).format(n=children))
    return _("With: {people}").format(people=", ".join(counted))


class Answer:
    """The block at the foot of the first page, always at the same place, where the decision is written."""

    height = DECISION_HEIGHT

    def __init__(self, view: CaseSummary, level: str) -> None:
        self._view, self._carried = view, level == CARRY

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw four tick boxes, room to write, the fields to sign, and the check code."""
        pen.line(x, top, x + FULL, top, 1.6)
        line(_("Your decision"), HEAD).draw(pen, x, top + 2.5)
        said = _("By radio or text say only the check code and the digit: 1, 2, 3 or 4.")
        shrunk(said, FULL - 120, SMALL).aligned(TO_THE_RIGHT).draw(pen, RIGHT, top + 5.5)
        for number, (name, meaning) in enumerate(self._choices()):
            self._choice(pen, x + number * FULL / 4, top + 22, name, meaning)
        if self._carried:
            self._letters(pen, x, top + 51)
        else:
            self._lines(pen, x, top + 51)
        self._fields(pen, x, top + 86)

    def _choices(self) -> list[tuple[str, str]]:
        if self._carried:
            meanings = (_("1 · as advised"), _("2 · mark a letter below"), _("3 · none of them"), _("4 · call me back"))
        elif self._view.question:
            meanings = (
                _("1 · as recommended"),
                _("2 · option, or in words"),
                _("3 · write the reason"),
                _("4 · call me back"),
            )
        else:
            meanings = (
                _("1 · go on like this"),
                _("2 · write in words"),
                _("3 · write the reason"),
                _("4 · call me back"),
            )
        return list(zip((_("Approve"), _("Amend"), _("Refuse"), _("Discuss")), meanings, strict=True))

    @staticmethod
    def _choice(pen: Pen, x: float, top: float, name: str, meaning: str) -> None:
        pen.box(x, top, _TICK_BOX, _TICK_BOX, 1.1)
        room = FULL / 4 - _TICK_BOX - 10
        shrunk(name, room, HEAD).draw(pen, x + _TICK_BOX + 6, top - 4)
        shrunk(meaning, room, FINE).draw(pen, x + _TICK_BOX + 6, top + 10.4)

    @staticmethod
    def _lines(pen: Pen, x: float, top: float) -> None:
        label = line(_("What changes, or why:"), SMALL)
        label.draw(pen, x, top)
        pen.line(x + label.width + 8, top + 9.5, RIGHT, top + 9.5, 1)
        pen.line(x, top + 29.5, RIGHT, top + 29.5, 1)

    def _letters(self, pen: Pen, x: float, top: float) -> None:
        label = line(_("Amend to option:"), SMALL)
        label.draw(pen, x, top)
        for number, option in enumerate(self._view.options[:8]):
            marks.ringed_letter(option.letter).draw(pen, x + label.width + 9 + number * 34, top - 2)

    def _fields(self, pen: Pen, x: float, top: float) -> None:
        fields = (
            (_("Review on (day, month)"), 0, 100),
            (_("Your role code"), 108, 77),
            (_("Sign or initial · date · time"), 193, 163),
        )
        for label, left, width in fields:
            shrunk(label, width, SMALL).draw(pen, x + left, top)
            pen.box(x + left, top + 11, width, _FIELD, 1.1)
        line(_("Check code"), SMALL).draw(pen, x + 364, top)
        line(self._view.check_code, QUESTION).draw(pen, x + 364, top + 12)
