"""The tracing request form: what is known of a request, with lines for what is not; empty it is the form to write by hand.

In a language other than English the labels stand in both, so that an office of another organisation reads it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from panoh.base.i18n import N_, speaking
from panoh.base.i18n import gettext as _
from panoh.reports import marks
from panoh.reports.fonts import FACT, FINE, HEAD
from panoh.reports.layout import FULL, Block, Flow, Group, Rule
from panoh.reports.pen import MM
from panoh.reports.text import side_head, wrap
from panoh.reports.tracing_page import FIELD, TICK, PenBox, Sheet, TickBox, WritingLines, begin, printed

_BETWEEN = 8 * MM
_HALF = (FULL - _BETWEEN) / 2
_GAP = 2.8
_MORE = 14  # lines


class _Field(NamedTuple):
    key: str
    label: str  # to be translated
    lines: int = 1  # to write on, where nothing is known
    wide: bool = False


SECTIONS: tuple[tuple[str, tuple[_Field, ...]], ...] = (
    (
        N_("Who asks"),
        (
            _Field("inquirer", N_("Name")),
            _Field("relation", N_("The one who is sought is their (mother, son …)")),
            _Field("contact", N_("How they can be reached safely"), 1, wide=True),
        ),
    ),
    (
        N_("Who is sought"),
        (
            _Field("family_name", N_("Family name")),
            _Field("given_name", N_("Given name")),
            _Field("patronymic", N_("Father's name or patronymic")),
            _Field("nickname", N_("What they are called at home")),
            _Field("other_names", N_("Other names: before marriage, in another script"), 1, wide=True),
            _Field("sex", N_("Sex")),
            _Field("birth", N_("Born, or how old and on which day")),
            _Field("origin", N_("Home before: village, town")),
            _Field("languages", N_("Languages")),
            _Field("phone", N_("Last known phone")),
            _Field("document_no", N_("Number of a paper")),
            _Field("marks", N_("Marks on the body")),
            _Field("clothes", N_("Clothes when last seen")),
            _Field("relatives", N_("Relatives who may be with them"), 2, wide=True),
        ),
    ),
    (
        N_("How they came apart"),
        (
            _Field("separated_on", N_("Day")),
            _Field("separation_cause", N_("Cause")),
            _Field("separated_where", N_("Place"), 1, wide=True),
            _Field("last_seen_on", N_("Last seen on")),
            _Field("last_seen_with", N_("Last seen with")),
            _Field("last_seen", N_("Last seen where, going where"), 1, wide=True),
        ),
    ),
    (
        N_("If a child asks: what the child wishes"),
        (
            _Field("wish_order", N_("Whom to find first (1, 2 …)")),
            _Field("in_contact", N_("In contact now")),
            _Field("wishes_contact", N_("Wishes contact")),
            _Field("wishes_reunion", N_("Wishes to live together again: yes, later, no")),
            _Field("wish_why", N_("Why"), 1, wide=True),
        ),
    ),
)
CONSENTS = (
    ("trace", N_("To trace: we and those we trust may look for this person and ask about them.")),
    ("show", N_("To show: name and photo may stand on boards and lists here, and be read aloud.")),
    (
        "publish",
        N_("To make public: name and age may stand in a public list that anybody can read. No phone, no place."),
    ),
)
FIELDS = tuple(field.key for _title, fields in SECTIONS for field in fields)


def two(message: str) -> str:
    """A label in the language of the paper, and in English beside it where that is another."""
    told = _(message)
    return told if told == message else f"{told} · {message}"


def render_form(values: Mapping[str, str], sheet: Sheet, language: str) -> bytes:
    """The form as PDF bytes. `values` holds words by field, and the answers yes or no as consent_trace, _show, _publish."""
    with speaking(language):
        told = _(
            "Ask, do not press; nobody has to answer. Write down what is said, also when it is not sure. "
            "Say first who will read this, and that to trace needs a yes."
        )
        flow = begin(two(N_("Tracing request")), told)
        for title, fields in SECTIONS:
            _section(flow, title, fields, values)
        _consent(flow, values)
        _office(flow)
        return printed(flow.pages, sheet, language)


def _section(flow: Flow, title: str, fields: tuple[_Field, ...], values: Mapping[str, str]) -> None:
    flow.space(6)
    head = Group()
    head.put(0, 0, Rule(1.2))
    head.put(0, 3, wrap(two(title), FULL, HEAD))
    flow.put(head.pad(2), keep=60)
    waiting: list[_Field] = []
    for field in fields:
        if not field.wide:
            waiting.append(field)
        if len(waiting) == 2 or (field.wide and waiting):
            flow.put(_pair(waiting, values))
            waiting = []
        if field.wide:
            flow.put(_group(field, values, FULL))
    if waiting:
        flow.put(_pair(waiting, values))


def _pair(fields: list[_Field], values: Mapping[str, str]) -> Block:
    both = Group()
    for at, field in enumerate(fields):
        both.put(at * (_HALF + _BETWEEN), 0, _group(field, values, _HALF))
    return both


def _group(field: _Field, values: Mapping[str, str], width: float) -> Group:
    """Label, and beneath it what is known, or lines to write on: then the label is bold, since empty forms are copied over and over."""
    group = Group()
    value = values.get(field.key, "")
    top = group.put(0, 0, wrap(two(field.label), width, FINE if value else FACT))
    group.put(0, top, wrap(value, width, FACT) if value else WritingLines(field.lines, width))
    return group.pad(_GAP)


def _consent(flow: Flow, values: Mapping[str, str]) -> None:
    """Three answers apart, how they were given, and where the one who asks signs: kept on one page."""
    block = Group()
    block.put(0, 0, Rule(1.6))
    y = block.put(0, 4, wrap(two(N_("Consent of the one who asks")), FULL, HEAD)) + 3
    for key, label in CONSENTS:
        row = Group()
        row.put(0, 0, _answer(values.get(f"consent_{key}", "")))
        row.put(36 * MM, 0, wrap(two(label), FULL - 36 * MM, FACT))
        y = block.put(0, y, row.pad(5))
    given = values.get("consent_given", "")
    if given:
        y = block.put(0, y, wrap(given, FULL)) + 4
    ways = Group()
    for at, word in enumerate((N_("spoken"), N_("signed"), N_("thumbprint"), N_("by a carer"))):
        ways.put(at * FULL / 4, 0, TickBox(two(word), FULL / 4))
    y = block.put(0, y, ways) + 7
    boxes = Group()
    for x, label, width, high in (
        (0, N_("Signature of the one who asks"), 68 * MM, 22 * MM),
        (72 * MM, N_("Or thumbprint"), 30 * MM, 22 * MM),
        (106 * MM, N_("Day"), 24 * MM, FIELD),
        (134 * MM, N_("Language, who interpreted"), 41 * MM, FIELD),
    ):
        boxes.put(x, 0, PenBox(two(label), width, high))
    y = block.put(0, y, boxes) + 5
    block.put(
        0,
        y,
        wrap(
            _("No answer is a no. Each can be taken back at any desk, and the search goes on or ends as they wish."),
            FULL,
        ),
    )
    flow.space(6)
    flow.put(block)


def _office(flow: Flow) -> None:
    """Room for what nobody asked, and what the office writes."""
    flow.space(12)
    more = Group()
    more.put(0, 0, Rule(1.2))
    top = more.put(0, 3, wrap(two(N_("What else was said")), FULL, HEAD))
    more.put(0, top - 4, WritingLines(_MORE))
    flow.put(more)
    flow.space(10)
    boxes = Group()
    labels = (
        N_("For the office: number of the request"),
        N_("Received on"),
        N_("Role code, initials"),
        N_("Keyed in on"),
    )
    for at, label in enumerate(labels):
        boxes.put(at * FULL / 4, 0, PenBox(two(label), FULL / 4 - 4 * MM))
    flow.put(boxes)


def _answer(answer: str) -> Block:
    """What was answered, or two boxes to tick."""
    group = Group()
    if answer in ("yes", "no"):
        group.put(0, 1, marks.answer(answer))
        group.put(12, 0, side_head(_("yes") if answer == "yes" else _("NO"), 60))
        return group
    group.put(0, 0, TickBox(_("yes"), 18 * MM))
    group.put(TICK + 14 * MM, 0, TickBox(_("no"), 17 * MM))
    return group
