"""Columns of the journal: when, who, what was done to what, of whom, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panoh.base.i18n import N_, moment
from panoh.base.i18n import gettext as _
from panoh.services import households, journal
from panoh.services.desk import Desk
from panoh.services.journal import Filter, Happened
from panoh.ui.field_words import FIELD_WORDS, RECORD_WORDS, FieldWords, code_list_of
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel

CHANGES = {
    "made": N_("Recorded"), "changed": N_("Changed"), "removed": N_("Taken away"), "read": N_("Read"),
    "exported": N_("Given out"), "kept": N_("Name kept at an erasure"), "erased": N_("Erased"),
}  # fmt: skip
LISTS = {
    "people": N_("List of people"), "triage": N_("Triage queue"), "duplicates": N_("People perhaps registered twice"),
    "tracing": N_("Tracing matches"), "journal": N_("The journal"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry with the number of whom it is about."""

    entry: Happened
    number: str
    places: Mapping[str, str]  # what households and sites are called, by id


def rows(desk: Desk, wanted: Filter, offset: int, limit: int) -> list[JournalRow]:
    """A page of the entries with their numbers."""
    page = journal.page(desk, wanted, offset, limit)
    numbers = journal.about_whom(desk, page)
    places = households.called(desk, _places_in(page))
    return [JournalRow(entry, numbers.get(entry.record_id, ""), places) for entry in page]


def _places_in(entries: Iterable[Happened]) -> set[str]:
    """The ids of households and sites that these entries tell of."""
    told = [{entry.field: value} if entry.field else value for entry in entries for value in (entry.old, entry.new)]
    images = [image for image in told if isinstance(image, dict)]
    return {
        str(value) for image in images for name, value in image.items() if value and code_list_of("", name) == "place"
    }


def journal_model(runner: TaskRunner, desk: Desk, names: Mapping[str, str], privacy: Privacy) -> PagedModel:
    """The model of the journal; its rows are JournalRow. With names hidden no value shows."""
    words = FieldWords(desk, dict(names), {})  # of fields; of values each page has its own, with its places

    def who(row: JournalRow) -> str:
        return names.get(row.entry.actor, _("Panoh"))

    def what(row: JournalRow) -> str:
        return _what(words, row.entry)

    def said(row: JournalRow) -> str:
        return (
            _("names are hidden")
            if privacy.hidden
            else _said(FieldWords(desk, dict(names), dict(row.places)), row.entry)
        )

    def spoken(row: JournalRow) -> str:
        entry = row.entry
        parts = (
            moment(entry.at),
            who(row),
            _(CHANGES.get(entry.change, entry.change)),
            what(row),
            row.number,
            said(row),
        )
        return ", ".join(part for part in parts if part)

    columns = (
        Column("seq", _("Entry"), 84, lambda row: Cell(str(row.entry.seq)), numeric=True),
        Column("when", _("When"), 160, lambda row: Cell(moment(row.entry.at))),
        Column("who", _("Who"), 120, lambda row: Cell(who(row))),
        Column("change", _("Done"), 110, lambda row: Cell(_(CHANGES.get(row.entry.change, row.entry.change)))),
        Column("what", _("What"), 220, lambda row: Cell(what(row))),
        Column("number", _("Number"), 136, lambda row: Cell(row.number)),
        Column("said", _("Before and after, or why"), 0, lambda row: Cell(said(row), tone="secondary")),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: str(row.entry.seq))


def _what(words: FieldWords, entry: Happened) -> str:
    if entry.record_class == journal.LIST:
        return _(LISTS.get(entry.record_id, entry.record_id))
    record = _(RECORD_WORDS.get(entry.record_class, entry.record_class))
    return _("{record}: {field}").format(record=record, field=words.field(entry.field)) if entry.field else record


def _said(words: FieldWords, entry: Happened) -> str:
    if entry.record_class == journal.LIST:
        return _("{n} lines").format(n=entry.new)
    if entry.field:
        if entry.old is None and entry.new is None:
            return _("erased")
        old, new = (words.value(entry.record_class, entry.field, value) for value in (entry.old, entry.new))
        return _("{old} → {new}").format(old=old, new=new)
    if isinstance(entry.new, str):
        return entry.new
    image = entry.new if isinstance(entry.new, dict) else entry.old if isinstance(entry.old, dict) else {}
    told = [
        _("{field}: {value}").format(field=words.field(name), value=words.value(entry.record_class, name, value))
        for name, value in image.items()
        if name in FIELD_WORDS and value not in (None, "", [], False)
    ]
    return "; ".join(told)
