"""Page 2: what page 1 cut, every reason, the household, open tasks, the last events, papers, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from itertools import groupby

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.redaction import LEFT_OUT
from panoh.domain.summary import MISSING, SELF, CaseSummary, FamilyMember
from panoh.reports import marks, words
from panoh.reports.blocks_why import restricted
from panoh.reports.fitting import Overflow
from panoh.reports.fonts import BODY, FACT, HEAD, LABEL, SMALL, Face
from panoh.reports.layout import FULL, KEPT, Block, Flow, Group, Row, Rule
from panoh.reports.text import line, shrunk, unprintable, wrap

_REASON = (0.0, 40.0, 235.0, 311.0, 363.0)
_MEMBER = (0.0, 104.0, 140.0, 228.0, 294.0, 386.0)
_TASK = (0.0, 291.0, 405.0)
_EVENT = (0.0, 91.0)
_SECOND = 252.0
_EVENTS, _PAPERS = 5, 20


def rest(flow: Flow, view: CaseSummary, level: str, over: Overflow) -> None:
    """Place everything that follows page 1."""
    _continued(flow, over)
    _reasons(flow, view)
    _household(flow, view)
    _tasks(flow, view)
    _events(flow, view)
    _papers_and_left_out(flow, view, level)


def _table(flow: Flow, title: str, head: Row, rows: Sequence[Row]) -> None:
    """A section of one table; title, head and first row are never parted."""
    _head(flow, title, head.height + min(rows[0].height, KEPT))
    flow.rows(head, rows)


def _head(flow: Flow, text: str, keep: float) -> None:
    flow.space(11)
    group = Group()
    group.put(0, 0, Rule(1.2))
    group.put(0, 1.5, line(text, HEAD))
    flow.put(group, keep)


def _columns(xs: tuple[float, ...], texts: tuple[str, ...], face: Face = BODY) -> tuple[tuple[float, Block], ...]:
    """Texts in columns, each wrapped to the room before the next one begins."""
    ends = (*xs[1:], FULL + 4)
    return tuple((x, wrap(text, end - x - 6, face)) for x, end, text in zip(xs, ends, texts, strict=True))


def _level_cell(level: str, width: float) -> Block:
    cell = Group()
    if level:
        cell.put(0, 0.6, marks.level(level, 10.2))
        cell.put(16, 0.8, shrunk(_(words.SMALL_LEVELS[level]), width - 20, LABEL))
    return cell


def _continued(flow: Flow, over: Overflow) -> None:
    """The full text of whatever page 1 cut, under its label."""
    if not over.items:
        return
    _head(flow, _("Continued from page 1"), 40)
    for label, texts in groupby(over.items, key=lambda item: item[0]):
        flow.space(2)
        flow.put(line(label, LABEL), keep=12)
        for _label, text in texts:
            flow.rows(None, [Row(((0, wrap(text, FULL, BODY)),), ruled=False, padding=0.6)])


def _reasons(flow: Flow, view: CaseSummary) -> None:
    heads = (_("rule"), _("what fired it"), _("level"), _("clock"), _("source, date"))
    rows = []
    for reason in view.reasons:
        if reason.hidden:
            continue
        day = words.short_day(reason.on) if reason.on else ""
        source = ", ".join(part for part in (reason.source, day) if part)
        cells = list(_columns(_REASON, (reason.rule, reason.text, "", reason.clock, source or "–")))
        cells[2] = (_REASON[2], _level_cell(reason.level, _REASON[3] - _REASON[2]))
        rows.append(Row(tuple(cells)))
    if any(reason.hidden for reason in view.reasons):
        rows.append(Row(_columns(_REASON[:2], ("–", restricted()))))
    if not rows:
        rows.append(Row(_columns((0,), (_("No rule has fired."),))))
    _table(flow, _("Every reason behind the level"), Row(_columns(_REASON, heads, LABEL)), rows)


def _household(flow: Flow, view: CaseSummary) -> None:
    heads = (
        _("who"),
        _("age"),
        _("here or missing"),
        _("own level"),
        _("interviewed alone"),
        _("care and needs that may be shown"),
    )
    rows = [_member_row(member) for member in view.members]
    _table(flow, _("Household and family"), Row(_columns(_MEMBER, heads, LABEL)), rows)


def _member_row(member: FamilyMember) -> Row:
    own = member.relation == SELF
    who = words.this_one(member) if own else member.kin or _("relative")
    if member.name:
        who = _("{name} ({kin})").format(name=member.name, kin=who)
    where = member.where or (_("here") if member.here else _("missing") if member.state == MISSING else _("elsewhere"))
    if member.since:
        where = _("{where} since {day}").format(where=where, day=words.short_day(member.since))
    if member.interviewed_on:
        alone = _("yes, {day}").format(day=words.short_day(member.interviewed_on))
    else:
        alone = _("not yet") if member.here else "–"
    cells = list(_columns(_MEMBER, (who, words.age(member), where, "", alone, member.needs or "–"), SMALL))
    cells[3] = (_MEMBER[3], _level_cell(member.level, _MEMBER[4] - _MEMBER[3]))
    return Row(tuple(cells))


def _tasks(flow: Flow, view: CaseSummary) -> None:
    rows = [
        Row(_columns(_TASK, (task.what, words.near_moment(task.due) if task.due else "–", task.role or "–")))
        for task in view.tasks
    ] or [Row(_columns((0,), (_("None."),)))]
    _table(flow, _("Open tasks"), Row(_columns(_TASK, (_("task"), _("due"), _("who (role)")), LABEL)), rows)


def _events(flow: Flow, view: CaseSummary) -> None:
    rows = [Row(_columns(_EVENT, (words.short_moment(event.at), event.what), SMALL)) for event in view.events[:_EVENTS]]
    rows = rows or [Row(_columns((0,), (_("None."),)))]
    _table(flow, _("Last five events"), Row(_columns(_EVENT, (_("when"), _("what")), LABEL)), rows)


def _papers_and_left_out(flow: Flow, view: CaseSummary, level: str) -> None:
    """Side by side: the papers with their state, and what this paper does not say."""
    flow.space(11)
    heads, papers = Group(), Group()
    for x, text in ((0.0, _("Papers")), (_SECOND, _("Left out of this paper"))):
        heads.put(x, 0, Rule(1.2, FULL - _SECOND))
        heads.put(x, 1.5, line(text, HEAD))
    y = 0.0
    for paper in view.papers[:_PAPERS]:
        kind, state = wrap(paper.kind, 140, BODY, 2), wrap(paper.state, 84, FACT, 2)
        y = max(papers.put(0, y, kind), papers.put(147, y, state)) + 2
    if len(view.papers) > _PAPERS:
        papers.put(0, y, line(_("and {n} more").format(n=len(view.papers) - _PAPERS), BODY))
    if not view.papers:
        papers.put(0, 0, line(_("None are noted."), BODY))
    left_out = wrap(_left_out(view, level), FULL - _SECOND, BODY)
    flow.put(heads, keep=max(papers.height, min(left_out.height, 120)) + 6)
    flow.rows(None, [Row(((0, papers), (_SECOND, left_out)), ruled=False)])


def _left_out(view: CaseSummary, level: str) -> str:
    """What this paper does not say, so that its silence is not read as 'no'."""
    things = [*(_(thing) for thing in LEFT_OUT[level]), *view.left_out]
    if any(reason.hidden for reason in view.reasons):
        things.append(_("restricted reasons"))
    pattern = _("Not in it: {things}. Ask by voice if the decision needs one of these.")
    sentences = [pattern.format(things=", ".join(things))]
    if lacking := _lacking(view):
        text = ngettext(
            "{n} sign could not be printed and stands as \ufffd.",
            "{n} signs could not be printed and stand as \ufffd.",
            lacking,
        )
        sentences.append(text.format(n=lacking))
    return " ".join(sentences)


def _lacking(record: object) -> int:
    """How many signs of a record's words the fonts lack."""
    if isinstance(record, str):
        return 0 if record.isascii() else unprintable(record)
    if isinstance(record, tuple):
        return sum(_lacking(one) for one in record)
    if is_dataclass(record):
        return sum(_lacking(getattr(record, field.name)) for field in fields(record))
    return 0
