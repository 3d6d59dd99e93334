"""The list to read aloud: names large enough for poor light, sorted, without a place and without who asks."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number, speaking
from panoh.reports import words
from panoh.reports.fonts import BOLD, FACT, LABEL, REGULAR, Face
from panoh.reports.layout import FULL, Group, Row, Rule
from panoh.reports.pen import MM
from panoh.reports.text import line, shrunk, wrap
from panoh.reports.tracing_page import Sheet, begin, printed

_NAME, _CALLED = Face(BOLD, 14, 17), Face(REGULAR, 14, 17)
_REFERENCE, _WHO, _READ = 30 * MM, 40 * MM, FULL - 70 * MM - 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadName:
    """One person as read out."""

    number: str
    name: str
    called: tuple[str, ...] = ()  # by-names
    father: str = ""
    who: str = ""  # Girl, Man
    age_band: str = ""


def render_list(people: tuple[ReadName, ...], sheet: Sheet, language: str) -> bytes:
    """The pages as PDF bytes; without anybody one page that says so."""
    with speaking(language):
        told = _(
            "Read each name twice, slowly. Whoever knows one of them comes to you afterwards and says the number, alone. "
            "Ask nobody before the others where somebody is."
        )
        flow = begin(_("Names to read aloud"), told)
        if people:
            counted = ngettext("{n} name", "{n} names", len(people)).format(n=number(len(people)))
            flow.put(line(counted, FACT))
            flow.space(3)
            flow.put(Rule(1.2))
            flow.rows(_head(), [_row(one) for one in people])
        else:
            flow.put(line(_("There is nobody to read out."), FACT))
        return printed(flow.pages, sheet, language)


def _head() -> Row:
    labels = (_("Number"), _("Read this"), _("Who"))
    columns = (0.0, _REFERENCE, FULL - _WHO)
    return Row(tuple((x, line(label, LABEL)) for x, label in zip(columns, labels, strict=True)))


def _row(one: ReadName) -> Row:
    read = Group()
    top = read.put(0, 0, wrap(one.name, _READ, _NAME)) if one.name else 0.0
    called = _("called {names}").format(names=", ".join(one.called)) if one.called else ""
    father = _("father: {name}").format(name=one.father) if one.father else ""
    if below := words.joined(called, father):
        read.put(0, top, wrap(below, _READ, _CALLED))
    who = words.joined(one.who, one.age_band)
    return Row(
        ((0, shrunk(one.number, _REFERENCE - 6, FACT)), (_REFERENCE, read), (FULL - _WHO, wrap(who, _WHO, FACT))),
        padding=3,
    )
