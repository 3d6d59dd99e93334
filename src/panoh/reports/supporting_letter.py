"""The letter that supports someone whose papers are lost: who they say they are, what is gone, what shows it.

It names the person, so it is made for one recipient, by consent, and recorded. It is no identity paper and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import day, speaking
from panoh.base.i18n import gettext as _
from panoh.reports.fonts import BODY, FACT, FINE, HEAD, SMALL, Face
from panoh.reports.layout import BOTTOM, CONTENT, FULL, LEFT, RIGHT, SIDE, TOP, Flow, Row, Rule
from panoh.reports.pen import MM, Pen
from panoh.reports.text import RIGHT as RIGHT_ALIGNED
from panoh.reports.text import line, side_head, wrap

_TEXT = Face(BODY.font, 10.5, 15)
_COLUMNS = (0.0, 42 * MM, 78 * MM, 112 * MM)
_FOOT = 52 * MM  # room for date, signature and stamp


@dataclass(frozen=True, slots=True)
class LostPaperLine:
    """One paper of the letter, in words."""

    kind: str
    document_no: str
    issuer: str
    fate: str  # lost, destroyed, taken away; since when


@dataclass(frozen=True, slots=True)
class SupportingLetter:
    """Everything that the letter says, in words."""

    export_no: str
    written_on: date
    recipient: str
    name: str
    names_as_written: tuple[str, ...]
    sex: str
    birth: str
    nationality: str
    number: str
    registered_on: date | None
    papers: tuple[LostPaperLine, ...]
    evidence: tuple[str, ...]
    demo: bool = False


def render_letter(letter: SupportingLetter, language: str) -> bytes:
    """The letter as PDF bytes, made in memory, not yet scrubbed or encrypted."""
    with speaking(language):
        flow = Flow(TOP + 22 * MM, BOTTOM - _FOOT)
        _body(flow, letter)
        pen = Pen(language)
        for number, blocks in enumerate(flow.pages, 1):
            _head(pen, letter)
            for top, block in blocks:
                block.draw(pen, LEFT, top)
            _foot(pen, letter, number, len(flow.pages))
            pen.next_page()
        return pen.finish()


def _head(pen: Pen, letter: SupportingLetter) -> None:
    line(_("Supporting letter: lost identity papers"), HEAD).draw(pen, LEFT, TOP + 3 * MM)
    line(day(letter.written_on), BODY, RIGHT_ALIGNED).draw(pen, RIGHT, TOP + 4 * MM)
    pen.line(LEFT, TOP + 11 * MM, RIGHT, TOP + 11 * MM, 1.6)
    line(_("For: {recipient}").format(recipient=letter.recipient), FACT).draw(pen, LEFT, TOP + 13 * MM)


def _body(flow: Flow, letter: SupportingLetter) -> None:
    flow.put(
        wrap(
            _(
                "The person named below was displaced and is registered with us. The papers listed here are not in this "
                "person's hands any more. We ask you to help this person to get them replaced, and not to hold their "
                "absence against the person in the meantime."
            ),
            FULL,
            _TEXT,
        )
    )
    _who(flow, letter)
    _what_is_gone(flow, letter)
    flow.space(6 * MM)
    flow.put(
        wrap(
            _(
                "This letter rests on what the person said and on what we saw. It is no identity paper, and it gives nobody the "
                "right to ask where the person stays."
            ),
            FULL,
            BODY,
        )
    )


def _who(flow: Flow, letter: SupportingLetter) -> None:
    flow.space(5 * MM)
    facts = [
        (_("Name"), letter.name),
        (_("As written in a paper"), "; ".join(letter.names_as_written)),
        (_("Sex"), letter.sex),
        (_("Born"), letter.birth),
        (_("Nationality"), letter.nationality),
        (_("Our number"), letter.number),
        (_("Registered on"), day(letter.registered_on) if letter.registered_on else ""),
    ]
    flow.put(Rule(1.2))
    for label, value in facts:
        if value:
            flow.put(Row(((0, side_head(label, SIDE - 6)), (SIDE, wrap(value, CONTENT, FACT)))))


def _what_is_gone(flow: Flow, letter: SupportingLetter) -> None:
    flow.space(6 * MM)
    flow.put(line(_("Papers that are gone"), HEAD), keep=20 * MM)
    head = Row(
        tuple(
            zip(
                _COLUMNS,
                (line(t, SMALL) for t in (_("Paper"), _("Number"), _("Issued by"), _("What became of it"))),
                strict=True,
            )
        )
    )
    flow.rows(head, [_paper(paper) for paper in letter.papers])
    if letter.evidence:
        flow.space(6 * MM)
        flow.put(line(_("What shows who this person is"), HEAD), keep=15 * MM)
        for each in letter.evidence:
            flow.put(Row(((0, wrap(each, FULL, BODY)),)))


def _paper(paper: LostPaperLine) -> Row:
    told: Sequence[str] = (paper.kind, paper.document_no or "—", paper.issuer or "—", paper.fate)
    edges = (*_COLUMNS[1:], FULL)
    widths = [edge - column - 6 for column, edge in zip(_COLUMNS, edges, strict=True)]
    return Row(tuple((x, wrap(t, w, FACT if x == 0 else BODY)) for x, w, t in zip(_COLUMNS, widths, told, strict=True)))


def _foot(pen: Pen, letter: SupportingLetter, page: int, pages: int) -> None:
    if page == pages:
        top = BOTTOM - _FOOT + 24 * MM
        for at, words in enumerate((_("Day"), _("Role, signature"), _("Stamp"))):
            x = LEFT + at * FULL / 3
            pen.line(x, top, x + FULL / 3 - 8 * MM, top, 1.0)
            line(words, FINE).draw(pen, x, top + 1.5 * MM)
    pen.line(LEFT, BOTTOM + 4, RIGHT, BOTTOM + 4, 0.6)
    demo = _("DEMO: invented people") + " · " if letter.demo else ""
    line(demo + _("Export {number}").format(number=letter.export_no), FINE).draw(pen, LEFT, BOTTOM + 6)
    line(_("Page {page} of {pages}").format(page=page, pages=pages), FINE, RIGHT_ALIGNED).draw(pen, RIGHT, BOTTOM + 6)
