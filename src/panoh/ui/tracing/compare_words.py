"""One candidate beside the request in words: fact by fact, what would decide, and where the decision stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from panoh.base.i18n import N_, moment
from panoh.base.i18n import gettext as _
from panoh.domain.dates import PartialDate
from panoh.domain.dates import words as date_words
from panoh.domain.match_parts import BIRTH, DIFFERS, LABELS, NEAR, NOT_KNOWN, SAME, SEX, Part
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.tracing_decisions import CONFIRMED, UNDER_REVIEW, WAITING
from panoh.domain.tracing_questions import MARKS, Fact, speaks_against, would_decide
from panoh.services.match_sides import Side, Sides
from panoh.services.tracing import Candidate
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import age_words, person_word

Today = Callable[[], date]
PHOTO = "photo"
UNWEIGHED = "-"  # in place of the match's words: both sides told it, and the match does not weigh it
_MORE = {PHOTO: N_("Photo")}
_VERDICTS = {SAME: N_("same"), NEAR: N_("near"), DIFFERS: N_("differs"), NOT_KNOWN: N_("not known")}


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of the request beside the same fact of a person, whatever the match was made of."""

    key: str
    label: str
    asked: str
    told: str
    verdict: str
    words: str  # how the two relate, in the match's own words
    score: str
    sealed: bool = False  # the person's side is closed to this reader


def label_of(part: str) -> str:
    """How a fact is called; one that has no name yet by its own."""
    return _(LABELS.get(part) or _MORE.get(part) or part)


class CompareModel(PagedModel):
    """Fact by fact; its rows are Compared. The third column is headed by the number of whom it is about."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__(_columns(), runner, row_words=_spoken, key=lambda row: row.key)
        self._number = ""

    def show_number(self, number: str) -> None:
        """Head the person's side with this number."""
        self._number = number
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 2, 2)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns, one of them with the number."""
        title = super().headerData(section, orientation, role)
        of_words = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if of_words and orientation == Qt.Orientation.Horizontal and section == 2 and self._number:
            return _("{number} says").format(number=self._number)
        return title


def _columns() -> tuple[Column, ...]:
    def compare(row: Compared) -> Cell:
        tone = "secondary" if row.verdict == NOT_KNOWN else ""
        return Cell(_verdict(row), icon=f"state.{row.verdict}", tone=tone, spoken=_in_full(row))

    def told(row: Compared) -> Cell:
        return Cell(row.told, icon="state.restricted_reason" if row.sealed else "")

    return (
        Column("fact", _("Fact"), 146, lambda row: Cell(row.label, tone="secondary")),
        Column("asked", _("The request says"), 0, lambda row: Cell(row.asked)),
        Column("told", _("The person says"), 230, told),
        Column("compare", _("Compare"), 124, compare),
        Column("score", _("Score"), 92, lambda row: Cell(row.score, right=True), numeric=True),
    )


def _verdict(row: Compared) -> str:
    if row.key == PHOTO:
        return _("not shown")
    return _("not weighed") if row.words == UNWEIGHED else _(_VERDICTS[row.verdict])


def _in_full(row: Compared) -> str:
    """The match's own words, with the verdict where they do not say it."""
    word = _verdict(row)
    if row.words in ("", UNWEIGHED):
        return word
    return row.words if word in row.words else _("{verdict}: {words}").format(verdict=word, words=row.words)


def _spoken(row: Compared) -> str:
    asked = _("the request says {words}").format(words=row.asked)
    told = _("the person says {words}").format(words=row.told)
    return ", ".join((row.label, asked, told, _in_full(row), row.score))


def in_words(row: Compared) -> str:
    """One row in full, for the line under the table: 'Name: Turaboev Azizbek / Тўрабоев Азизбек. near, other script'."""
    if row.words in ("", UNWEIGHED, _verdict(row)):
        return _("{fact}: {asked} / {told}").format(fact=row.label, asked=row.asked, told=row.told)
    return _("{fact}: {asked} / {told}: {words}").format(
        fact=row.label, asked=row.asked, told=row.told, words=row.words
    )


class Comparison:
    """Puts the facts of a request and of a candidate side by side, part by part as the match has them."""

    def __init__(self, privacy: Privacy, today: Today) -> None:
        self._privacy, self._today = privacy, today

    def rows(self, request: TracingRequest, candidate: Candidate, sides: Sides) -> list[Compared]:
        """One row for each fact that was compared, then those that only people compare, then the photos."""
        parts = candidate.match.parts
        rows = [self._row(part, request, candidate, sides) for part in parts]
        marks = sides.of(MARKS)  # people compare them where the match does not
        if all(part.name != MARKS for part in parts) and (marks.asked or marks.told):
            rows.append(self._unweighed(MARKS, marks))
        return [*rows, self._photo(sides)]

    def _row(self, part: Part, request: TracingRequest, candidate: Candidate, sides: Sides) -> Compared:
        side = sides.of(part.name)
        shown = f"{part.points:g}".replace("-", "−")  # what speaks against is taken away
        points = _("{points} of {most}").format(points=shown, most=part.out_of)
        line = candidate.person
        first = {
            BIRTH: (self._birth(request.birth), self._birth(line.birth)),
            SEX: (self._sex(request.sex, request.birth), self._sex(line.sex, line.birth)),
        }.get(part.name, ("", ""))
        if part.known and not side.told and not sides.open:  # the match knows more than this reader may
            side = replace(side, sealed=True)
        return self._told(part.name, side, first, verdict=part.verdict, words=part.words, score=points)

    def _unweighed(self, name: str, side: Side) -> Compared:
        both = UNWEIGHED if side.asked and side.told else ""
        return self._told(name, side, verdict=NOT_KNOWN, words=both, score=_("no score"))

    def _told(
        self, name: str, side: Side, first: tuple[str, str] = ("", ""), *, verdict: str, words: str, score: str
    ) -> Compared:
        asked, told = (
            "; ".join(part for part in (before, *self._shown(side, texts)) if part)
            for before, texts in zip(first, (side.asked, side.told), strict=True)
        )
        closed = side.sealed and not told
        told = told or (_("after a supervisor agrees") if closed else _("not told"))
        return Compared(name, label_of(name), asked or _("not told"), told, verdict, words, score, closed)

    def _shown(self, side: Side, texts: Sequence[str]) -> Sequence[str]:
        return [self._privacy.name(text) for text in texts] if side.names else texts

    def _photo(self, sides: Sides) -> Compared:
        asked = _("brought") if sides.photo_brought else _("none brought")
        told = _("none taken")
        if sides.photo_taken:
            told = _("taken") if sides.told_photo else _("taken; shown only in verification")
        return Compared(PHOTO, label_of(PHOTO), asked, told, NOT_KNOWN, "", _("no score"))

    def _birth(self, birth: PartialDate) -> str:
        if not birth.earliest:
            return ""
        age, told = age_words(birth, self._today()), date_words(birth)
        return _("{told}, age {age}").format(age=age, told=told) if age and not birth.as_of else told

    def _sex(self, sex: str, birth: PartialDate) -> str:
        return person_word(sex, birth, self._today()).lower() if sex else ""


def decides(request: TracingRequest, parts: Sequence[Part], sides: Sides) -> str:
    """'“scar on left knee” would decide: ask each side apart.'"""
    wanted = would_decide(_facts(request, parts, sides))
    if not wanted:
        return _("What is known agrees. Ask each side apart what no record tells.")
    if len(wanted) > 1:
        return _("Would decide: {facts}. Ask each side apart.").format(facts=_listed(wanted))
    name = _("“{words}”").format(words=request.marks) if wanted == (MARKS,) and request.marks else label_of(wanted[0])
    return _("{fact} would decide: ask each side apart.").format(fact=name)


def against(request: TracingRequest, parts: Sequence[Part], sides: Sides) -> str:
    """What differs, which is asked about before anything else; '' where nothing does."""
    names = speaks_against(_facts(request, parts, sides))
    return _("The two differ in: {facts}. Ask about it first.").format(facts=_listed(names)) if names else ""


def _facts(request: TracingRequest, parts: Sequence[Part], sides: Sides) -> list[Fact]:
    """The facts to choose questions from; that the languages agree makes no mark known."""
    facts = [_fact(part, sides.of(part.name)) for part in parts if part.name != MARKS]
    weighed = next((part for part in parts if part.name == MARKS), Part(MARKS, 0, 0, NOT_KNOWN, ""))
    mark = Fact(MARKS, weighed.verdict, weighed.points, weighed.out_of, bool(request.marks), sides.marked)
    return [*facts, mark]


def _fact(part: Part, side: Side) -> Fact:
    asked, told = part.known or bool(side.asked), part.known or bool(side.told)
    return Fact(part.name, part.verdict, part.points, part.out_of, asked, told)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(label_of(name).lower() for name in names)


def state_words(decision: MatchDecision | None, by: str) -> str:
    """Where the decision about a candidate stands; '' where there is none."""
    if decision is None or decision.state not in (UNDER_REVIEW, CONFIRMED, WAITING):
        return ""
    if decision.state == WAITING:
        return _("Waits: another one is confirmed")
    at = moment(decision.decided_at) if decision.decided_at else ""
    if decision.state == UNDER_REVIEW:
        return _("Under review since {time}, {who}").format(time=at, who=by)
    told = _("Confirmed {time}, {who}").format(time=at, who=by)
    return f"{told}: {decision.reason}" if decision.reason else told
