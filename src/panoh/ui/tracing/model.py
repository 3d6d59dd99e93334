"""Tables of Tracing: requests and candidates, and their words; the comparison is in compare_words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine, RequestLine
from panoh.domain.vocabulary import Vocabularies
from panoh.services.tracing import Candidate
from panoh.ui.match_words import band_word
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import age_words, name_words, who_words

Today = Callable[[], date]


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


def _held(line: RequestLine) -> str:
    return _("held back") if line.held else ""


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
        parts = (line.number, whom, consent, status(line), _held(line))
        return ", ".join(part for part in parts if part)

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
        Column("status", _("Status"), 160, lambda line: Cell(status(line), below=_held(line))),
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
        words_of = {"under_review": _("under review"), "confirmed": _("confirmed"), "waiting": _("waits")}
        return words_of.get(found.decision.state, "") if found.decision else ""

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
