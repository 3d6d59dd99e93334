"""The record of a reunification: a paper for the office with its references, and one for the family without any fact of the case.

Where somebody was handed over without a signed verification, both copies say so in the largest letters below the title.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.domain.reunification import visits_in_words
from panoh.reports.fonts import BOLD, FACT, HEAD, Face
from panoh.reports.layout import CONTENT, FULL, SIDE, Block, Flow, Group, Row, Rule
from panoh.reports.pen import MM, Pen
from panoh.reports.text import side_head, wrap
from panoh.reports.tracing_page import PenBox, Sheet, begin, printed

_VALUE = Face(BOLD, 11, 13.6)
_BOX = 20 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class ReunionRecord:
    """Everything that the copy of the office says, in words."""

    who: str
    who_number: str
    day: str
    place: str
    handed_to: str
    relation: str
    identity: str
    witness: str
    kind: str
    transport: str = ""
    request_number: str = ""
    other_adult: str = ""  # why the adult is not the one who was verified
    emergency: bool = False
    emergency_why: str = ""
    emergency_by: str = ""
    child: bool = False
    visit_days: tuple[int, ...]  # after it: when somebody looks how it goes


def render_reunion(
    record: ReunionRecord, sheet: Sheet, language: str, *, office: bool, leave_out: Callable[[str], str] = str
) -> bytes:
    """One page as PDF bytes. Two papers and never two pages of one, lest the family's copy has the case on its back."""
    with speaking(language):
        copy = _("Copy for the office") if office else _("Copy for the family")
        told = record if office else for_family(record)
        told = replace(told, handed_to=leave_out(told.handed_to), witness=leave_out(told.witness))
        return printed(_copy(told, copy, office=office).pages, sheet, language)


def for_family(record: ReunionRecord) -> ReunionRecord:
    """The same without any fact of the case: no number, no place, no paper of the adult, no reason."""
    return replace(
        record, who_number="", place="", identity="", kind="", transport="", request_number="", other_adult="",
        emergency_why="", emergency_by="",
    )  # fmt: skip


def _copy(record: ReunionRecord, copy: str, *, office: bool) -> Flow:
    flow = begin(_("Record of a reunification"), copy)
    if record.emergency:
        flow.put(_Warned(_("Handed over without a signed verification"), _why(record)))
        flow.space(6)
    flow.put(Rule(1.6))
    facts = (
        (_("Who"), record.who),
        (_("Number"), record.who_number),
        (_("Handed to"), record.handed_to),
        (_("Relation"), record.relation),
        (_("Day"), record.day),
        (_("Place"), record.place),
        (_("Identity shown"), record.identity),
        (_("Witness"), record.witness),
        (_("How they came together"), record.kind),
        (_("Journey"), record.transport),
        (_("Not the adult who was verified"), record.other_adult),
        (_("Tracing request"), record.request_number),
    )
    for label, value in facts:
        if value or (office and label in (_("Identity shown"), _("Witness"), _("Place"), _("Day"))):
            text = wrap(value or _("not recorded"), CONTENT, _VALUE)
            flow.put(Row(((0, side_head(label, SIDE - 6)), (SIDE, text)), padding=3))
    flow.space(8)
    _said(flow, record, office=office)
    flow.space(8)
    flow.put(_signatures(record))
    return flow


def _why(record: ReunionRecord) -> tuple[str, ...]:
    """Why, and who decided it."""
    why = _("Reason: {why}").format(why=record.emergency_why) if record.emergency_why else ""
    by = _("Decided by {who}.").format(who=record.emergency_by) if record.emergency_by else ""
    return tuple(part for part in (why, by) if part)


def _said(flow: Flow, record: ReunionRecord, *, office: bool) -> None:
    """What the signatures mean, and what this paper is not."""
    said = _(
        "The adult takes this person into their care, and agrees that we visit: {visits}. "
        "The person was asked and told beforehand what happens."
    ).format(visits=visits_in_words(record.visit_days))
    flow.put(wrap(said, FULL, FACT))
    flow.space(3)
    if office:
        words = _("Signed by all, it is kept with the case. The copy of the family carries nothing of the case.")
    else:
        words = _(
            "This paper says who was handed to whom on which day. It is no proof of kinship and no identity paper, and it gives nobody "
            "the right to take the person elsewhere. If anything is not well, come to any desk, at any time."
        )
    flow.put(wrap(words, FULL))


def _signatures(record: ReunionRecord) -> Block:
    """Thumb or signature of the person, then the adult, who hands over, and a witness."""
    first = _("The child: thumb or name") if record.child else _("The person: name or thumb")
    group, wide = Group(), (FULL - 8 * MM) / 2
    labels = (
        first,
        _("The adult: name, signature or thumb"),
        _("Who hands over: role code, signature"),
        _("Witness: signature"),
    )
    for at, label in enumerate(labels):
        group.put((at % 2) * (wide + 8 * MM), (at // 2) * (_BOX + 30), PenBox(label, wide, _BOX))
    group.put(0, 2 * (_BOX + 30), PenBox(_("Day"), 40 * MM))
    return group


@dataclass(frozen=True, slots=True)
class _Warned:
    """What is never to be overlooked: bold, with a bar at the left that a copy keeps."""

    title: str
    words: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of both texts."""
        return sum(one.height for one in self._texts()) + 4

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw bar and words."""
        pen.line(x + 1.6, top, x + 1.6, top + self.height, 3.2)
        y = top + 2
        for one in self._texts():
            one.draw(pen, x + 10, y)
            y += one.height

    def _texts(self) -> list[Block]:
        texts: list[Block] = [wrap(self.title, FULL - 10, Face(HEAD.font, 14, 17))]
        return [*texts, *(wrap(one, FULL - 10, FACT) for one in self.words)]
