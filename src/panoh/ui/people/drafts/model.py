"""Columns of the list of drafts: what kind of form, about whom, when it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import N_, clock_time, day
from panoh.base.i18n import gettext as _
from panoh.domain.lines import PersonLine
from panoh.services import drafts, people
from panoh.services.desk import Desk
from panoh.services.drafts import Draft
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words

_KINDS = {
    "family": N_("Family"),
    "newcomer": N_("Person to register"),
    "person": N_("Change of a record"),
    "refoulement": N_("Refoulement assessment"),
    "tracing": N_("Tracing request"),
    "site": N_("Site"),
    "small_form": N_("Half-filled form"),
}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, and of a change of a record the person whose it is."""

    draft: Draft
    person: PersonLine | None = None


def rows(desk: Desk, offset: int, limit: int) -> list[DraftRow]:
    """A page of this user's drafts, the newest first."""
    page = drafts.mine(desk)[offset : offset + limit]
    about = [str(draft.payload.get("person_id", "")) for draft in page]
    return [
        DraftRow(draft, people.line(desk, person_id) if person_id else None)
        for draft, person_id in zip(page, about, strict=True)
    ]


def kind_words(row: DraftRow) -> str:
    """'Family', 'Change of a record'."""
    return _(_KINDS.get(row.draft.kind, N_("Form")))


def drafts_model(runner: TaskRunner, privacy: Privacy, today: Callable[[], date]) -> PagedModel:
    """The model of the list; its rows are DraftRow."""

    def about(row: DraftRow) -> str:
        if row.person is not None:
            return _("{name}, {number}").format(name=name_words(row.person, today(), privacy), number=row.person.number)
        return privacy.name(str(row.draft.payload.get("title", ""))) or _("no name yet")

    def when(row: DraftRow) -> str:
        on = row.draft.saved_at.astimezone().date()
        words = _("today") if on == today() else day(on, year=on.year != today().year)
        return _("{day} {time}").format(day=words, time=clock_time(row.draft.saved_at))

    def spoken(row: DraftRow) -> str:
        return ", ".join((kind_words(row), about(row), when(row)))

    columns = (
        Column("kind", _("Form"), 170, lambda row: Cell(kind_words(row))),
        Column("about", _("About"), 0, lambda row: Cell(about(row))),
        Column("when", _("Left"), 130, lambda row: Cell(when(row))),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.draft.id)
