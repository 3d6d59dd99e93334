"""What is recorded as texts of a question's fields, and back: answers and questions without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panoh.services.desk import Desk
from panoh.services.refoulement import Assessed
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.refoulement.questions import BESIDE, COUNTRY, DAY, DAY_AHEAD, MANY, YEAR, Asked, Question
from panoh.ui.widgets.control_values import UNKNOWN, known_in, unknown_in

MOST_WORDS = 1000  # characters of a typed answer
Texts = dict[str, str]


def texts_of(question: Question, assessed: Assessed) -> Texts:
    """What stands in the fields of a question before anyone changes it."""
    told = {asked.field: _text(asked, assessed) for asked in question.fields}
    return told | {asked.field: getattr(assessed.known, asked.field) for asked in BESIDE}


def _text(asked: Asked, assessed: Assessed) -> str:
    value = getattr(assessed.known, asked.field)
    if asked.field in assessed.unanswered and not value:
        return UNKNOWN + assessed.unanswered[asked.field].answer
    if asked.kind in (DAY, DAY_AHEAD):
        return day_text(value)
    return " ".join(value) if asked.kind == MANY else str(value or "")


def is_answered(question: Question, assessed: Assessed) -> bool:
    """Whether anything of a question was answered, or said to have no answer."""
    return any(_text(asked, assessed) for asked in question.fields)


def answers_of(
    desk: Desk, question: Question, texts: Mapping[str, str], assessed: Assessed
) -> tuple[dict[str, Any], Texts]:
    """The answers by field, and the unanswered states by field. Raises FormProblems."""
    form = FormReader(desk, dict(texts))
    answers = {asked.field: _read(form, asked, assessed) for asked in (*question.fields, *BESIDE)}
    form.finish()
    unknown = {asked.field: form.unknowns[asked.field] for asked in question.fields if asked.field in form.unknowns}
    return answers, unknown


def _read(form: FormReader, asked: Asked, assessed: Assessed) -> Any:
    if asked.kind == MANY:
        if unknown_in(form.raw(asked.field)):
            form.unknowns[asked.field] = unknown_in(form.raw(asked.field))
        return tuple(known_in(form.raw(asked.field)).split())
    if asked.kind == COUNTRY:
        return form.code(asked.field, "countries", assessed.offers.countries)
    if asked.kind in (DAY, DAY_AHEAD):
        return form.day(asked.field, ahead=asked.kind == DAY_AHEAD)
    if asked.kind == YEAR:
        return form.year(asked.field)
    return form.text(asked.field, MOST_WORDS)
