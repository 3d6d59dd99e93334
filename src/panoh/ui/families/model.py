"""Columns of the list of households and of the family, and the words of the drawing's boxes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import day, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.kinship import kin_code
from panoh.domain.lines import FamilyLine
from panoh.domain.vocabulary import Vocabularies
from panoh.services.families import Family, Relative
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.family_diagram import DIED, HERE, MISSING, SEPARATED, Box
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import age_words, name_words, short_age

_STATES = {"here": HERE, "": HERE, "missing": MISSING, "detained": MISSING, "dead": DIED, "died_reported": DIED}
_ICONS = {MISSING: "state.missing", SEPARATED: "state.separated"}


def families_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy) -> PagedModel:
    """The model of the list of households; its rows are FamilyLine."""

    def name(line: FamilyLine) -> Cell:
        shown = privacy.name(line.head_name)
        return Cell(shown) if shown else Cell(_("no name recorded"), tone="secondary")

    def people(line: FamilyLine) -> str:
        if line.people:
            return _("{here} of {people} here").format(here=line.here, people=line.people)
        return ngettext("{n} person, as told", "{n} people, as told", line.told).format(n=line.told)

    def spoken(line: FamilyLine) -> str:
        parts = (line.number, name(line).text, people(line), line.site_name, words.label("depth", line.depth))
        return ", ".join(part for part in parts if part)

    columns = (
        Column("number", _("Number"), 136, lambda line: Cell(line.number)),
        Column("name", _("Head"), 0, name),
        Column("people", _("People"), 104, lambda line: Cell(people(line))),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.id)


class FamilyWords:
    """Puts the members of a family into words, once for the drawing and the list."""

    def __init__(self, words: Vocabularies, privacy: Privacy, today: Callable[[], date], *, asks: bool = False) -> None:
        self._words, self._privacy, self._today = words, privacy, today
        self._asks = asks  # the one whose family it is asks for somebody

    def boxes(self, family: Family) -> list[Box]:
        """A box for everyone who is drawn."""
        return [self._box(family, one) for one in family.relatives]

    def name(self, one: Relative) -> str:
        """The name, or who it is where none is recorded or names are hidden. Around a request short: 'Гулбаҳор Й.'"""
        line = one.line
        if self._asks and line.given_name and line.family_name:
            return self._privacy.name(f"{line.given_name} {line.family_name[0]}.")
        return name_words(line, self._today(), self._privacy)

    def relation(self, family: Family, one: Relative) -> str:
        """What this person is to the one whose family it is; '' where no link tells it."""
        if one.line.id == family.focus:
            return _("asks") if self._asks else _("this person")
        for link in family.links:
            ends = (link.from_person_id, link.to_person_id)
            if set(ends) == {family.focus, one.line.id}:
                return self._to_focus(link.kind, one, is_first=ends[0] == one.line.id)
        return ""

    def _to_focus(self, kind: str, one: Relative, *, is_first: bool) -> str:
        code = kin_code(kind, is_first=is_first)
        return (
            self._words["relation"].label(code, one.line.sex).lower()
            if code
            else self._words.label("kin_kind", kind).lower()
        )

    def where(self, one: Relative) -> str:
        """Where this person is: never a place, only whether here, elsewhere, missing."""
        word = self._words.label("presence", one.line.presence or "here")
        return word if one.since is None or one.line.presence == "here" else f"{word}, {day(one.since, year=False)}"

    def icon(self, one: Relative) -> str:
        """The icon beside where they are."""
        return _ICONS.get(self.state(one), "")

    @staticmethod
    def state(one: Relative) -> str:
        """How the box is drawn."""
        return _STATES.get(one.line.presence, SEPARATED)

    def _box(self, family: Family, one: Relative) -> Box:
        age = age_words(one.line.birth, self._today())
        short = short_age(one.line.birth, self._today()) if self._asks else age
        relation = "" if one.line.id == family.focus and not self._asks else self.relation(family, one)
        where = self._words.label("presence", one.line.presence or "here") if self._asks else self.where(one)
        name = self.name(one)

        def told(age: str) -> str:
            return ", ".join(part for part in (relation, age, where.lower()) if part)

        return Box(one.line.id, name, told(short), self.state(one), f"{name}, {told(age)}")


def family_model(runner: TaskRunner, family_words: FamilyWords, today: Callable[[], date]) -> PagedModel:
    """The same people as a list; its rows are (Family, Relative)."""

    def relation(row: tuple[Family, Relative]) -> Cell:
        return Cell(family_words.relation(*row), tone="secondary")

    def where(row: tuple[Family, Relative]) -> Cell:
        return Cell(family_words.where(row[1]), icon=family_words.icon(row[1]))

    def age(row: tuple[Family, Relative]) -> Cell:
        return Cell(age_words(row[1].line.birth, today()))

    def spoken(row: tuple[Family, Relative]) -> str:
        parts = (family_words.name(row[1]), relation(row).text, age(row).text, where(row).text, row[1].line.number)
        return ", ".join(part for part in parts if part)

    columns = (
        Column("name", _("Name"), 0, lambda row: Cell(family_words.name(row[1]))),
        Column("relation", _("Relation"), 120, relation),
        Column("age", _("Age"), 116, age),
        Column("where", _("Where"), 184, where),
        Column("number", _("Number"), 136, lambda row: Cell(row[1].line.number)),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row[1].line.id)
