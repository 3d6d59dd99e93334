"""The working paper: one page that may be found at a checkpoint.

The order and the places are those of the case summary, but everything is a code, a letter, a date or a
head. No case number, no kin, no do and do not, no room for words written by hand, nothing that anyone typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from panoh.base.i18n import gettext as _
from panoh.domain.summary import SELF, CaseSummary, FamilyMember
from panoh.reports import marks, words
from panoh.reports.blocks_decision import MIDDLE, deadline, urgency
from panoh.reports.blocks_why import WEIGHTIEST, headed
from panoh.reports.fitting import Budget, Overflow
from panoh.reports.fonts import BODY, FACT, LABEL, QUESTION, SMALL
from panoh.reports.layout import CONTENT, FULL, SIDE, Group, Mark, Rule
from panoh.reports.text import Text, balanced, line, wrap

_GAP, _PART, _DOTS = 15.0, 4.0, 20.0  # between entries of a run, between their parts, and the room of three dots
_MOST, _CODES, _HEADS = 8, 20, 8  # entries of a block, codes in a line, heads of each kind
_HEAD = 14.0


def blocks(view: CaseSummary) -> list[Group]:
    """The blocks of the one page, for a summary that is redacted for carrying."""
    return [
        _asked(view),
        urgency(view, Overflow(), Budget(), carried=True),
        _why(view),
        _unknown(view),
        _done(view),
        _options(view),
        _advice(view),
        _agreed(view),
        _heads(view),
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
    text = pattern.format(letter=view.recommended_letter, reference=view.export_no)
    y = group.put(0, y, balanced(text, FULL, QUESTION, 2)) + 6
    if view.answer_by:
        deadline(view, group, y)
    if view.without_answer_code:
        below = group.put(MIDDLE, y, line(_("Without an answer"), LABEL)) + 1
        group.put(MIDDLE, below, line(view.without_answer_code))
    return group.pad(6)


def _why(view: CaseSummary) -> Group:
    entries = []
    for number, reason in enumerate(view.reasons[:WEIGHTIEST], 1):
        day = words.short_day(reason.on) if reason.on else ""
        entries.append(
            _entry(line(f"{number}", FACT), line(reason.neutral_code, FACT), marks.sure(reason.sure), line(day))
        )
    return _run(_("Why"), entries, len(entries))


def _done(view: CaseSummary) -> Group:
    entries = []
    for one in view.done[-_MOST:]:
        day = _("({day})").format(day=words.short_day(one.on))
        entries.append(_entry(line(one.neutral_code, FACT), line(one.result_code or _("open")), line(day)))
    return _run(_("Done so far, and what came of it"), entries, len(view.done))


def _options(view: CaseSummary) -> Group:
    entries = [
        _entry(line(one.letter, FACT), *map(line, (one.neutral_code, one.consequence_code, one.ready_code)))
        for one in view.options[:_MOST]
    ]
    return _run(_("Options"), entries, len(view.options))


def _entry(*parts: Text | Mark) -> tuple[Group, float]:
    """Words and dots side by side, and how wide they are."""
    group, x = Group(), 0.0
    for part in parts:
        if isinstance(part, Mark):
            group.put(x, 3.6, part)
            x += _DOTS
        elif part.width:
            group.put(x, 0, part)
            x += part.width + _PART
    return group, x


def _run(label: str, entries: Sequence[tuple[Group, float]], count: int) -> Group:
    """Entries one after the other in lines, like words; of `count`, those before them are counted."""
    group = headed(label)
    if count > len(entries):
        entries = [_entry(line(_("{n} earlier").format(n=count - len(entries)))), *entries]
    x, y = SIDE, 3.0
    for entry, width in entries:
        if x + width > FULL and x > SIDE:
            x, y = SIDE, y + BODY.leading + 2
        group.put(x, y, entry)
        x += width + _GAP
    if x == SIDE:
        group.put(SIDE, y, line(_("none")))
    return group.pad(6)


def _unknown(view: CaseSummary) -> Group:
    group = headed(_("Not known"))
    codes = ", ".join(one.neutral_code for one in view.not_known[:_CODES] if one.neutral_code)
    group.put(SIDE, 3, wrap(codes or _("none"), CONTENT))
    return group.pad(6)


def _advice(view: CaseSummary) -> Group:
    group = headed(_("Advice"))
    letter = _("Option {letter}").format(letter=view.recommended_letter) if view.recommended_letter else ""
    text = words.joined(letter, view.recommendation_code)
    group.put(SIDE, 3, line(text, FACT) if text else line(_("none")))
    return group.pad(6)


def _agreed(view: CaseSummary) -> Group:
    """The wish as a letter, consent by recipient as codes, and whether the children were heard."""
    group = Group()
    group.put(0, 0, Rule())
    y = group.put(0, 3, line(_("The person’s own wish"), LABEL))
    letter = view.wish_letter
    y = (
        group.put(
            0, y, line(_("Agrees with option {letter}.").format(letter=letter) if letter else _("no letter noted"))
        )
        + 3
    )
    y = group.put(0, y, line(_("Agreed with"), LABEL)) + 1
    half = (len(view.consents) + 1) // 2
    for x, column in ((0.0, view.consents[:half]), (FULL / 2, view.consents[half:])):
        answers = [line(words.answer(one.answer), LABEL) for one in column]
        indent = 17 + max((answer.width for answer in answers), default=0)
        for row, (one, answer) in enumerate(zip(column, answers, strict=True)):
            group.put(x, y + row * 11.2 + 1.6, marks.answer(one.answer))
            group.put(x + 11, y + row * 11.2, answer)
            face = LABEL if one.answer == "no" else SMALL
            group.put(x + indent, y + row * 11.2, line(one.neutral_code, face))
    if not view.consents:
        group.put(0, y, line(_("not asked")))
    if view.child_heard is not None:
        y = group.put(0, group.height + 3, line(_("Children heard"), LABEL))
        group.put(0, y, line(_("yes") if view.child_heard else _("not yet")))
    return group.pad(6)


def _heads(view: CaseSummary) -> Group:
    """Everyone as a plain head: here, or not here."""
    group = headed(_("People"))
    here = [member for member in view.members if member.here]
    away = [member for member in view.members if not member.here]
    x = SIDE + 2
    for members, word in ((here, _("here")), (away, _("missing or elsewhere"))):
        for member in members[:_HEADS]:
            group.put(x, 6, _head(member))
            x += _HEAD + 8
        if members:
            more = f"+{len(members) - _HEADS} " if len(members) > _HEADS else ""
            text = line(more + word)
            group.put(x + 4, 7.5, text)
            x += text.width + 24
    return group.pad(6)


def _head(member: FamilyMember) -> Mark:
    return marks.head(_HEAD, own=member.relation == SELF) if member.here else marks.head_away(_HEAD)
