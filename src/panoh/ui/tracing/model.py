"""Tables of Tracing: requests, candidates, and one candidate compared with the request; and their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import PartialDate
from panoh.domain.dates import words as date_words
from panoh.domain.lines import PersonLine, RequestLine
from panoh.domain.match_parts import (
    BIRTH,
    DIFFERS,
    LABELS,
    NAME,
    NEAR,
    NOT_KNOWN,
    PARENTS,
    PLACE,
    SAME,
    SEPARATION,
    SEX,
    Part,
)
from panoh.domain.tracing import TracingRequest
from panoh.domain.vocabulary import Vocabularies
from panoh.services.tracing import Candidate
from panoh.ui.match_words import band_word
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import age_words, name_words, person_word, who_words

Today = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of the request beside the same fact of a person."""

    part: Part
    asked: str
    told: str
    sealed: bool  # the person's own words are not shown before both sides agreed


def verdict_cell(part: Part) -> Cell:
    """A comparison as icon and words; the match's own words, with the verdict where they do not say it."""
    word = {SAME: _("same"), NEAR: _("near"), DIFFERS: _("differs"), NOT_KNOWN: _("not known")}[part.verdict]
    words = part.words if word in part.words else _("{verdict}: {words}").format(verdict=word, words=part.words)
    return Cell(words, icon=f"state.{part.verdict}", tone="secondary" if part.verdict == NOT_KNOWN else "", wrap=True)


def consent_word(answer: str) -> str:
    """Whether one may look for them."""
    return {"yes": _("yes"), "no": _("no: do not match")}.get(answer, _("not asked"))


def relation_word(vocabularies: Vocabularies, relation: str, sex: str) -> str:
    """What the sought person is to the one who asks: 'son', 'wife'; '' where it was not said."""
    return vocabularies["relation"].label(relation, sex).lower() if relation else ""


def looks_for(asker: str, sex: str, relation: str, sought: str, age: str) -> str:
    """'Gulbahor looks for her son Azizbek, 4'. Whoever is not named is left out."""
    asker = asker or _("Someone")
    whom = ", ".join(part for part in (" ".join(part for part in (relation, sought) if part), age) if part)
    if not relation:
        return _("{asker} looks for {whom}").format(asker=asker, whom=whom or _("someone"))
    words = {"F": _("{asker} looks for her {whom}"), "M": _("{asker} looks for his {whom}")}
    return words.get(sex, _("{asker} looks for their {whom}")).format(asker=asker, whom=whom)


def unknown_facts(parts: Sequence[Part]) -> str:
    """What would decide more: the facts that one side or both did not tell; '' when all are told."""
    names = ", ".join(_(LABELS[part.name]).lower() for part in parts if not part.known)
    return _("Not known yet: {facts}").format(facts=names) if names else ""


def requests_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Today) -> PagedModel:
    """The list of requests; its rows are RequestLine."""

    def sought(line: RequestLine) -> Cell:
        name = privacy.name(line.sought_name) or _("no name recorded")
        return Cell(name, below=asker(line))

    def asker(line: RequestLine) -> str:
        relation = relation_word(words, line.relation, line.sex)
        name = privacy.name(line.inquirer_name) or _("nobody named")
        return _("{relation}, asked by {name}").format(relation=relation, name=name) if line.relation else name

    def spoken(line: RequestLine) -> str:
        name = privacy.name(line.inquirer_name)
        relation = relation_word(words, line.relation, line.sex)
        whom = looks_for(name, "", relation, privacy.name(line.sought_name), age(line))
        consent = _("may we look: {answer}").format(answer=consent_word(line.consent_to_trace))
        return ", ".join((line.number, whom, consent, status(line)))

    def age(line: RequestLine) -> str:
        return age_words(line.birth, today())

    def status(line: RequestLine) -> str:
        return words.label("tracing_status", line.status)

    def opened(line: RequestLine) -> str:
        return day(line.opened_at.astimezone().date()) if line.opened_at else ""

    columns = (
        Column("number", _("Number"), 136, lambda line: Cell(line.number)),
        Column("sought", _("Whom, and who asks"), 0, sought),
        Column("age", _("Age"), 110, lambda line: Cell(age(line), right=True), numeric=True),
        Column("consent", _("May we look?"), 170, lambda line: Cell(consent_word(line.consent_to_trace))),
        Column("status", _("Status"), 160, lambda line: Cell(status(line))),
        Column("opened", _("Since"), 130, lambda line: Cell(opened(line))),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda line: line.id)


def candidates_model(runner: TaskRunner, words: Vocabularies, privacy: Privacy, today: Today) -> PagedModel:
    """Candidates, best first; its rows are Candidate."""

    def who(found: Candidate) -> Cell:
        line = found.person
        name = name_words(line, today(), privacy)
        return Cell(line.number, below=name, tone="bold")

    def score(found: Candidate) -> Cell:
        words_of = _("{band} {score}").format(band=band_word(found.match.band), score=found.match.shown)
        return Cell(words_of, below=state(found) or _person(found.person), tone="bold", right=True)

    def state(found: Candidate) -> str:
        return _("under review") if found.decision and found.decision.state == "under_review" else ""

    def _person(line: PersonLine) -> str:
        told = who_words(line.sex, line.birth, today())
        if line.presence not in ("here", ""):
            return words.label("presence", line.presence)
        return told

    def spoken(found: Candidate) -> str:
        parts = (
            found.person.number,
            name_words(found.person, today(), privacy),
            score(found).text,
            _person(found.person),
        )
        return ", ".join(part for part in (*parts, state(found)) if part)

    columns = (
        Column("who", _("Who"), 0, who),
        Column("score", _("Score"), 130, score, numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda found: found.person.id)


def compare_model(runner: TaskRunner) -> PagedModel:
    """Fact by fact; its rows are Compared."""

    def label(row: Compared) -> str:
        return _(LABELS[row.part.name])

    def points(row: Compared) -> str:
        return _("{points} of {most}").format(points=f"{row.part.points:g}", most=row.part.out_of)

    def told(row: Compared) -> Cell:
        return Cell(row.told, icon="state.restricted_reason" if row.sealed else "", wrap=True)

    def spoken(row: Compared) -> str:
        asked = _("the request says {words}").format(words=row.asked)
        told_words = _("the person says {words}").format(words=row.told)
        return ", ".join((label(row), asked, told_words, verdict_cell(row.part).text, points(row)))

    columns = (
        Column("fact", _("Fact"), 120, lambda row: Cell(label(row), tone="secondary")),
        Column("asked", _("The request says"), 0, lambda row: Cell(row.asked, wrap=True)),
        Column("told", _("The person says"), 150, told),
        Column("compare", _("Compare"), 170, lambda row: verdict_cell(row.part)),
        Column("score", _("Score"), 90, lambda row: Cell(points(row), right=True), numeric=True),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.part.name)


class Comparison:
    """Puts the facts of a request and of a candidate side by side.

    Where the person lived, stays, whom they are with and when they came is told only as far as the match says it.
    """

    def __init__(self, words: Vocabularies, privacy: Privacy, today: Today) -> None:
        self._words, self._privacy, self._today = words, privacy, today

    def rows(self, request: TracingRequest, candidate: Candidate) -> Sequence[Compared]:
        """One row for each fact that was compared."""
        return [self._row(part, request, candidate.person) for part in candidate.match.parts]

    def _row(self, part: Part, request: TracingRequest, person: PersonLine) -> Compared:
        told = {
            NAME: self._privacy.name(person.full_name) or _("no name recorded"),
            BIRTH: self._birth(person.birth),
            SEX: self._sex(person.sex, person.birth),
        }.get(part.name)
        asked = self._asked(part.name, request)
        return Compared(part, asked, _("after both agree") if told is None else told, sealed=told is None)

    def _asked(self, name: str, request: TracingRequest) -> str:
        separated = [day(request.separated_on)] if request.separated_on else []
        words = {
            NAME: self._privacy.name(request.full_name),
            PARENTS: ", ".join(map(self._privacy.name, (*filter(None, [request.patronymic]), *request.relatives))),
            BIRTH: self._birth(request.birth) if request.birth.earliest else "",
            PLACE: request.origin,
            SEPARATION: ", ".join([*separated, *filter(None, [request.separated_where])]),
            SEX: self._sex_and_relation(request),
        }.get(name, "")
        return words or _("not told")

    def _birth(self, birth: PartialDate) -> str:
        age = age_words(birth, self._today())
        told = date_words(birth)
        return _("{told}, age {age}").format(age=age, told=told) if age and birth.earliest and not birth.as_of else told

    def _sex(self, sex: str, birth: PartialDate) -> str:
        return person_word(sex, birth, self._today()).lower()

    def _sex_and_relation(self, request: TracingRequest) -> str:
        who = self._sex(request.sex, request.birth)
        relation = relation_word(self._words, request.relation, request.sex)
        return ", ".join(part for part in (who, relation) if part)
