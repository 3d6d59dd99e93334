"""Bringing in PFIF, the format in which missing people are published: as leads, a list apart, never as people.

Whoever sent such a file may have written anything into it. So it makes nobody, changes nobody, and a copy never takes the
place of a newer one. A record that expired is not taken in, and one that is here is emptied. A lead that somebody followed
keeps what it said then, and newer words stand beside it as news; one that was set aside for what it said is looked at anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from panoh.base.errors import AppError
from panoh.base.garbage import no_pauses
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.leads import FOLLOWED, SET_ASIDE, Lead, LeadNote
from panoh.exchange.pfif import PfifNote, PfifPerson
from panoh.exchange.pfif_fields import COLUMNS
from panoh.exchange.pfif_values import PfifFile, read_pfif
from panoh.services import backups
from panoh.services.desk import Changes, Desk
from panoh.services.import_options import Options, Refusal, Result
from panoh.services.lead_records import filled, news_of, note_of, with_notes
from panoh.services.leads import empty_in
from panoh.store.units import Reading

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
STEP = 200  # records between two reports of progress


@dataclass(slots=True)
class _Plan:
    """What a file would do: leads that are new, leads as they were and will be, notes, leads that go empty."""

    added: list[Lead] = field(default_factory=list)
    changed: dict[str, tuple[Lead, Lead]] = field(default_factory=dict)
    new_notes: list[LeadNote] = field(default_factory=list)
    changed_notes: list[tuple[LeadNote, LeadNote]] = field(default_factory=list)
    emptied: dict[str, tuple[Lead, Lead]] = field(default_factory=dict)  # as they are, and with the dates that stay
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)  # known leads that got a note

    @property
    def updated(self) -> int:
        """How many leads that are here say something else afterwards."""
        return len({*self.changed, *self.emptied, *self.noted})


def import_pfif(desk: Desk, path: Path, options: Options, progress: Progress | None = None) -> Result:
    """Bring in a PFIF file (1.1 to 1.4). A known person_record_id is updated by a newer record alone.

    The result counts leads that were added or updated, and records (people and notes) that were refused, by their number
    in the file. Raises AppError: file.missing, file.too_large, pfif.*, import.strict, backup.not_first, cancelled, disk.full.
    Nothing is kept then.
    """
    watch = progress or Silent()
    now = desk.clock.now()
    with no_pauses():
        read = read_pfif(path, now, watch)
        with desk.reading() as reading:
            plan = _planned(desk, reading, read, now)
        if options.strict and plan.refused:
            raise AppError("import.strict", refused=len(plan.refused))
        changes = Changes(frozenset()) if options.dry_run else _write(desk, plan, watch, options)
    told = plan.refused or plan.warnings
    return Result(
        added=len(plan.added),
        updated=plan.updated,
        refused=tuple(sorted(plan.refused)),
        warnings=tuple(sorted(plan.warnings)),
        columns=COLUMNS,
        left_out=(),
        notes=(_("A row is a record of the file: people and notes are counted alike."),) if told else (),
        changes=changes,
    )


def _write(desk: Desk, plan: _Plan, watch: Progress, options: Options) -> Changes:
    if (plan.updated or len(plan.added) > backups.MANY) and not options.without_backup:
        backups.before(desk, backups.IMPORT, watch)
    with desk.writing() as unit:
        unit.progress = watch
        for at in range(0, len(plan.added), STEP):
            watch.step(at, len(plan.added), _("Registering"))
            unit.add(*plan.added[at : at + STEP])
        for before, after in plan.changed.values():
            unit.save(after, before)
        for old, new in plan.changed_notes:
            unit.save(new, old)
        unit.add(*plan.new_notes)
        for before, after in plan.emptied.values():
            unit.save(after, before)
        empty_in(unit, [after for _before, after in plan.emptied.values()], desk.clock.now())
        return Changes.of(unit)


def _planned(desk: Desk, reading: Reading, read: PfifFile, now: datetime) -> _Plan:
    plan = _Plan(
        refused=[Refusal(each.row, each.reason, each.cells) for each in read.refused], warnings=list(read.warnings)
    )
    named = {person.person_record_id for person in read.people} | {note.person_record_id for note in read.notes}
    known = {lead.public_no: lead for lead in reading.where_in(Lead, "public_no", named)}
    notes: dict[str, dict[str, LeadNote]] = {}
    there = reading.where_in(LeadNote, "lead_id", (lead.id for lead in known.values()))
    for note in sorted(there, key=lambda one: one.source_at or _LONG_AGO):  # of two versions the newer one
        notes.setdefault(note.lead_id, {})[note.note_no] = note
    planner = _Planner(desk, plan, known, notes, read.rows, now)
    for person in read.people:
        planner.take(person)
    planner.take_notes(read.notes)
    return plan


class _Planner:
    """Holds each record of the file beside what is known."""

    def __init__(
        self,
        desk: Desk,
        plan: _Plan,
        known: dict[str, Lead],
        notes: dict[str, dict[str, LeadNote]],
        rows: dict[str, int],
        now: datetime,
    ) -> None:
        self._desk, self._plan, self._now, self._rows = desk, plan, now, rows
        self._stored, self._notes = known, notes
        self._made: dict[str, int] = {}  # where a new lead stands in the plan

    def take(self, person: PfifPerson) -> None:
        """A person with the notes about them."""
        row = self._rows[person.person_record_id]
        lead = self._current(person.person_record_id)
        over = person.is_emptied or (person.expiry_date is not None and person.expiry_date <= self._now)
        if lead is None and over:
            self._plan.warnings.append((row, _("The record has expired and was not taken in.")))
            return
        if lead is not None and lead.id in self._plan.emptied:
            self._plan.warnings.append(
                (row, _("The same file empties this record, so nothing more of it was taken in."))
            )
            return
        said = _dates(person.source_date, person.entry_date)
        if lead is not None and said <= (known := self._known(lead)):
            if not over:
                self._take_of(lead, person.notes)
            if said < known:
                self._plan.warnings.append((row, _("What is known of this person is newer and was left as it is.")))
            return
        if over and lead is not None:
            self._empty(lead, person)
        elif lead is not None and lead.state == FOLLOWED:
            # Only how long it may be kept is for the one who owns it to say.
            self._keep(replace(lead, expires_at=person.expiry_date), [news_of(lead, person)])
            self._take_of(self._current(lead.public_no) or lead, person.notes)
        else:
            self._fill(lead, person)

    def _known(self, lead: Lead) -> tuple[datetime, datetime]:
        """Of when the newest is that is known of this lead, beside it too where it was followed."""
        known, news = _dates(lead.source_at, lead.entered_at), self._notes.get(lead.id, {}).get(lead.public_no)
        return max(known, _dates(news.source_at, None)) if news and lead.state == FOLLOWED else known

    def _fill(self, lead: Lead | None, person: PfifPerson) -> None:
        fresh = lead or Lead(
            id=new_id(),
            public_no=person.person_record_id,
            brought_in_at=self._now,
            brought_in_by=self._desk.user.id,
        )
        if lead is not None and lead.emptied_at is not None:
            fresh = Lead(
                id=lead.id, public_no=lead.public_no, brought_in_at=self._now, brought_in_by=self._desk.user.id
            )
        if fresh.state == SET_ASIDE:
            fresh = replace(fresh, state="")
        after = filled(fresh, person, self._desk.clock.today())
        self._put(after)
        self._take_of(after, person.notes)

    def take_notes(self, notes: Iterable[PfifNote]) -> None:
        """Notes about people who do not stand in the file: taken where the person is a lead already."""
        for note in notes:
            lead = self._current(note.person_record_id)
            if lead is None or lead.emptied_at is not None or lead.id in self._plan.emptied:
                reason = _("The person whom it is about is not among the leads.")
                self._plan.refused.append(Refusal(self._rows.get(note.note_record_id, 0), reason, _cells(note)))
            else:
                self._take_of(lead, [note])

    def _take_of(self, lead: Lead, notes: Sequence[PfifNote]) -> None:
        if lead.emptied_at is None:
            self._keep(lead, [note_of(lead, note) for note in notes])

    def _keep(self, lead: Lead, said: Iterable[LeadNote]) -> None:
        """Keep the notes that are new or newer; of a lead that was followed, beside those which it had."""
        own, followed = self._notes.setdefault(lead.id, {}), lead.state == FOLLOWED
        came = False
        for note in said:
            before = own.get(note.note_no)
            if before is not None and not _later(note.source_at, before.source_at):
                continue
            after = note if before is None or followed else replace(note, id=before.id)
            if before is None or followed:
                self._plan.new_notes.append(after)
            else:
                self._change_note(before, after)
            own[note.note_no], came = after, True
        if came and lead.public_no in self._stored:
            self._plan.noted.add(lead.id)
        if not followed:
            lead = with_notes(lead, list(own.values()))
        elif came:
            lead = lead.with_news(self._desk.clock.today())
        if came and lead.state == SET_ASIDE:
            lead = replace(lead, state="")
        if lead != self._current(lead.public_no):
            self._put(lead)

    def _change_note(self, before: LeadNote, after: LeadNote) -> None:
        for at, made in enumerate(self._plan.new_notes):
            if made.id == before.id:
                self._plan.new_notes[at] = after
                return
        self._plan.changed_notes.append((before, after))

    def _current(self, public_no: str) -> Lead | None:
        """The lead as it will be by what was read so far."""
        if public_no in self._made:
            return self._plan.added[self._made[public_no]]
        stored = self._stored.get(public_no)
        return self._plan.changed[stored.id][1] if stored and stored.id in self._plan.changed else stored

    def _put(self, lead: Lead) -> None:
        stored = self._stored.get(lead.public_no)
        if stored is not None:
            if lead != stored:
                self._plan.changed[stored.id] = (stored, lead)
        elif lead.public_no in self._made:
            self._plan.added[self._made[lead.public_no]] = lead
        else:
            self._made[lead.public_no] = len(self._plan.added)
            self._plan.added.append(lead)

    def _empty(self, lead: Lead, person: PfifPerson) -> None:
        """The one who owns the record has emptied it, or its time is over."""
        stored = self._stored.get(lead.public_no)
        plan = self._plan  # what the file said before of the same person is not even journalled
        plan.new_notes = [note for note in plan.new_notes if note.lead_id != lead.id]
        plan.changed_notes = [(old, new) for old, new in plan.changed_notes if new.lead_id != lead.id]
        if stored is None:
            del plan.added[self._made[lead.public_no]]
            self._made = {made.public_no: place for place, made in enumerate(plan.added)}
        elif stored.emptied_at is None:
            self._plan.changed.pop(stored.id, None)
            after = replace(
                stored, source_at=person.source_date, entered_at=person.entry_date, expires_at=person.expiry_date
            )
            self._plan.emptied[stored.id] = (stored, after)


def _cells(note: PfifNote) -> list[str]:
    told = {name: getattr(note, name) for name in note.__dataclass_fields__}
    return ["note", *(_written(told.get(name)) for name in COLUMNS[1:])]


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value or "")


def _dates(source: datetime | None, entry: datetime | None) -> tuple[datetime, datetime]:
    return (source or entry or _LONG_AGO, entry or _LONG_AGO)


def _later(one: datetime | None, other: datetime | None) -> bool:
    return (one or _LONG_AGO) > (other or _LONG_AGO)
