"""Ten people of the demo, of every level and three with a whole case, at every level of paper: what must be there is there, the rest is not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from panoh.base.clock import Clock
from panoh.domain.cases import Case, User
from panoh.domain.household import Site
from panoh.domain.leaks import LEFT_OUT
from panoh.domain.name_letters import to_latin
from panoh.domain.person import PersonName
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.reports import words
from panoh.services import demo, levels, people, summaries, triage
from panoh.services.desk import CASEWORKER, HEAD, Desk
from panoh.services.people import PersonView
from panoh.services.summaries import CARRY, NAMED, Wanted
from panoh.store.keyfile import Kdf
from panoh.store.tables import table

LEVELS = ("critical", "high", "medium", "low", "unknown")
KIN = ("wife", "husband", "daughter", "son", "mother", "father", "brother", "sister", "spouse")
HIDDEN = "Restricted reason. Ask by voice."


@dataclass(frozen=True)
class Reader:
    """Somebody at the demo, and ten people of the queue."""

    desk: Desk
    ids: tuple[str, ...]


@pytest.fixture(scope="module", params=[CASEWORKER, HEAD])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with demo.make(tmp_path_factory.mktemp("demo") / "vault", Clock(), kdf=Kdf.cheap()) as opened:
        desk = opened.desk
        with desk.reading() as reading:
            desk.user = next(user for user in reading.all(User, order=table(User).c.name) if user.role == request.param)
        queue = triage.whole_queue(desk, 400)
        with desk.reading() as reading:
            asked = {case.person_id for case in reading.all(Case) if case.question}
        chosen = [item.line.id for item in queue if item.line.id in asked][:3]
        for level in (*LEVELS, *LEVELS):  # then the middle one and the last one of each level
            others = [item.line.id for item in queue if item.line.level == level and item.line.id not in chosen]
            if others and len(chosen) < 10:
                chosen.append(others[len(others) // 2] if len(chosen) < 8 else others[-1])
        assert len(set(chosen)) == 10
        yield Reader(desk, tuple(chosen))


def text_of(made: summaries.Made) -> str:
    """The words of a paper, read back from its bytes with its password; it must be AES-256 and open with nothing else."""
    with pikepdf.open(io.BytesIO(made.pdf), password=made.password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(made.pdf))
    with pypdfium2.PdfDocument(made.pdf, password=made.password) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"[\s\u00a0]+", " ", text.replace("\ufffe", ""))


def make(reader: Reader, person_id: str, level: str) -> tuple[summaries.Made, str]:
    wanted = Wanted(level=level, reason="Hospital admission" if level == NAMED else "", recipient="Supervisor")
    wanted, still = summaries.answer_all(reader.desk, person_id, wanted, omit=True)
    assert still == ()
    made = summaries.export_case(reader.desk, person_id, wanted)
    return made, text_of(made)


def names_of(desk: Desk, view: PersonView) -> set[str]:
    """Every part of every name of the household and of whom it looks for, in both alphabets."""
    ids = [line.id for line in view.members]
    with desk.reading() as reading:
        texts = [name.text for name in reading.where_in(PersonName, "person_id", ids)]
        requests = [
            *reading.where_in(TracingRequest, "inquirer_id", ids),
            *reading.where_in(TracingRequest, "sought_person_id", ids),
        ]
        texts += [user.name for user in reading.all(User)]
    for line in view.members:
        texts.append(line.full_name)
    texts += [name for request in requests for name in (request.full_name, *request.relatives)]
    return {part for text in texts for form in (text, to_latin(text)) for part in re.findall(r"[^\W\d_]{3,}", form)}


def standing(words_: set[str], text: str) -> set[str]:
    """Which of these stand in the text as words of their own."""
    return {word for word in words_ if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)}


def paper_reasons(desk: Desk, view: PersonView, person_id: str) -> list[str]:
    """What the supervisor's paper must say, from what the vault holds and the rule file says."""
    told = []
    for reason in levels.of_person(desk, person_id).reasons:
        if reason.rule == "T18":
            continue
        if not reason.rule:  # one that this user may not see
            told.append(HIDDEN)
            continue
        entry = desk.rulebook.entry(reason.rule, reason.variant)
        hidden = (entry.sensitive and not view.may_see_restricted) or not entry.paper
        told.append(HIDDEN if hidden else entry.paper)
    return told


def test_supervisor_papers(reader: Reader) -> None:
    desk, seen = reader.desk, 0
    for person_id in reader.ids:
        view = people.person(desk, person_id)
        _made, text = make(reader, person_id, summaries.SUPERVISOR)
        assert words.LEVELS[view.level.level] in text
        assert view.person.number in text
        for reason in paper_reasons(desk, view, person_id):
            assert reason in text
            seen += reason != HIDDEN
        assert standing(names_of(desk, view), text) == set()
        with desk.reading() as reading:
            asked = reading.first(RefoulementAssessment, table(RefoulementAssessment).c.person_id == person_id)
            sites = [site.name for site in reading.all(Site)]
        assert not [name for name in sites if name in text]
        assert "Uzbek" not in text
        assert "Kyrgyz" not in text
        if asked and asked.recognised_year:
            assert str(asked.recognised_year) not in text
    assert seen >= 8


def test_carried_papers(reader: Reader) -> None:
    desk = reader.desk
    for person_id in reader.ids:
        view = people.person(desk, person_id)
        made, text = make(reader, person_id, CARRY)
        assert words.LEVELS[view.level.level] in text
        assert made.export.export_no in text
        assert view.person.number not in text
        assert not (view.person.external_id and view.person.external_id in text)
        assert standing(names_of(desk, view), text) == set()
        for reason in paper_reasons(desk, view, person_id):
            assert reason not in text
        for reason in summaries.preview(desk, person_id, Wanted()).summary.reasons:
            assert reason.text not in text
            assert reason.rule not in text.replace(made.export.export_no, "").replace(made.export.check_code, "")
        assert standing(set(KIN), text.lower()) == set()
        assert LEFT_OUT not in text
        for typed in (
            view.case and view.case.question,
            view.case and view.case.wish,
            *(option.what for option in view.options),
        ):
            assert not typed or typed not in text


def test_named_papers_show_the_name_and_are_in_the_journal(reader: Reader) -> None:
    desk = reader.desk
    for person_id in reader.ids:
        view = people.person(desk, person_id)
        made, text = make(reader, person_id, NAMED)
        assert words.LEVELS[view.level.level] in text
        me = next(line for line in view.members if line.id == person_id)
        assert me.full_name in text
        told = [entry for entry in people.what_happened(desk, view) if entry.change == "exported"]
        assert told[0].new == f"named · {made.export.export_no}"
        assert told[0].actor == desk.user.id
        (export,) = [one for one in summaries.exports_of(desk, [person_id]) if one.id == made.export.id]
        assert (export.level, export.reason, export.plain) == (NAMED, "Hospital admission", False)
    assert desk.store.verify_journal()[1] is None


def test_no_paper_lies_anywhere(reader: Reader) -> None:
    assert not list(Path(reader.desk.folder).rglob("*.pdf"))
