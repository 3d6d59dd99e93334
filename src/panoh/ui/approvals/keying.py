"""Keying in a decision that was made on paper, from any screen: one form, which looks the paper up while one types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.services import paper_decisions
from panoh.services.desk import Changes, Desk
from panoh.services.paper_decisions import QUESTION, Answer
from panoh.ui.approvals.paper_form import PaperForm
from panoh.ui.decision_words import DECISIONS
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from panoh.ui.workplace import Workplace

Kept = Callable[[str, Changes], object]  # whose paper it was, and what was written


def key_in_paper(w: Workplace) -> PaperForm:
    """Open the form over the screen in front; then the case in whose history the decision stands."""

    def kept(person_id: str, changes: Changes) -> None:
        w.changed(changes)
        w.open_case_field(person_id, DECISIONS)

    return open_paper_form(w.frame, w.desk, w.runner, w.privacy, kept)


def open_paper_form(parent: QWidget, desk: Desk, runner: TaskRunner, privacy: Privacy, kept: Kept) -> PaperForm:
    """Open the form; `kept` is told once a decision stands."""
    form = PaperForm(parent, desk, privacy)

    def look(code: str) -> None:
        if code.strip():
            runner.start(lambda _step: paper_decisions.find(desk, code), form.show_paper, form.fail, owner=form)

    def read(reader: FormReader) -> Callable[[], tuple[str, Changes]]:
        return partial(paper_decisions.key_in, desk, answer_of(reader, desk))

    form.code_typed.connect(look)
    open_form(form, desk, runner, read, lambda outcome: kept(*outcome))
    return form


def answer_of(form: FormReader, desk: Desk) -> Answer:
    """What stands in the form."""
    return Answer(
        code=form.needed("code", _("Type the export number, the check code and the digit.")),
        decision=form.text("decision"),
        option=form.text("option"),
        instead=form.text("instead"),
        words=form.text("words"),
        signed_by=form.text("signed_by"),
        signed_at=_signed(form, desk),
        verdict_on=form.text("about") or QUESTION,
        because=form.text("because"),
        review_on=form.day("review_on", ahead=True),
    )


def _signed(form: FormReader, desk: Desk) -> datetime | None:
    """When it was signed: now where nothing stands; a day alone is its end, or now if it is today."""
    on, said = form.day("signed_on"), form.raw("signed_time")
    if on is None and not said:
        return None
    now = desk.believed.now()
    at = _time(form, said)
    day: date = on or now.astimezone().date()
    if at is None:
        return min(now, datetime.combine(day, time(23, 59)).astimezone())
    return datetime.combine(day, at).astimezone()


def _time(form: FormReader, said: str) -> time | None:
    if not said:
        return None
    try:
        return time.fromisoformat(said.strip().replace(".", ":").rjust(5, "0"))
    except ValueError:
        form.wrong("signed_time", _("Write a time, for example 16:00."))
        return None
