"""Reads PFIF 1.1 to 1.4: what stands in a file becomes records, or a refusal with its reason, one by one.

A record is refused when it would do harm or cannot be kept in order: without its id, without a name, with times that cannot
be read or lie ahead (a copy from the future would never be updated again). A field that cannot be read is left out, and
said. A file that is no PFIF at all is refused as a whole (reading_process.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.exchange.cells import visible
from panoh.exchange.limits import MOST_BYTES, MOST_FIELD
from panoh.exchange.pfif import SEXES, STATUSES, PfifNote, PfifPerson
from panoh.exchange.pfif_fields import (
    COLUMNS,
    CUT,
    FIELDS,
    MANY_NOTES,
    MOST_NOTES,
    NOTE,
    PERSON,
    TWICE,
    UNKNOWN,
)
from panoh.exchange.reading_process import Row
from panoh.exchange.reading_process import read_pfif as read_raw

_SEVERAL_LINES = frozenset({"full_name", "alternate_names", "description", "profile_urls", "text"})
_TIMES = ("entry_date", "expiry_date", "source_date")
_IDS = ("person_record_id", "note_record_id", "linked_person_record_id")
_MOST_ID = 300  # characters
_AHEAD = timedelta(days=1)  # how far the clock of whoever wrote a record may be ahead of ours
_FIRST_YEAR = 2  # the first days that there are have none in the zones behind UTC
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the last times that there are have no day in the zones ahead of UTC
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", re.ASCII)
_ID = re.compile(r"[^\s/]+/\S(?:.*\S)?")
_BIRTH = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_AGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?", re.ASCII)
_OLDEST = 130


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that was not taken: its number among the records of the file, why, and its cells (COLUMNS)."""

    row: int
    reason: str
    cells: list[str]


@dataclass(slots=True)
class PfifFile:
    """What a file holds: people with the notes about them, notes about people who stand elsewhere, and what was refused
    or left out. `rows` tells the number of a record by its id."""

    people: list[PfifPerson] = field(default_factory=list)
    notes: list[PfifNote] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


class _Refused(Exception):
    """A record cannot be taken; the reason says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__()


def read_pfif(path: Path, now: datetime, progress: Progress | None = None) -> PfifFile:
    """Read a PFIF file; `now` decides which times lie ahead.

    Raises AppError: file.missing, file.too_large (more than 200 MB or 200,000 records), pfif.unreadable, pfif.dangerous,
    pfif.foreign, pfif.too_deep, cancelled.
    """
    _look_at(path)
    return records_of(read_raw(path, progress or Silent()), now)


def records_of(rows: Iterable[Row], now: datetime) -> PfifFile:
    """What the rows of such a file hold."""
    read = PfifFile()
    taker = _Taker(read, now)
    for number, cells, problem in rows:
        taker.take(number, cells, problem)
    taker.put_together()
    return read


def _look_at(path: Path) -> None:
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError:
        raise AppError("pfif.unreadable", name=path.name) from None
    if size < 0:
        raise AppError("file.missing", name=path.name)
    if size > MOST_BYTES:
        raise AppError("file.too_large", name=path.name)


class _Taker:
    """Makes records of rows."""

    def __init__(self, into: PfifFile, now: datetime) -> None:
        self._into, self._latest = into, now + _AHEAD
        self._last_refused = ""  # the person whose notes go with them
        self._notes: dict[str, list[PfifNote]] = {}

    def take(self, number: int, cells: list[str], problem: str) -> None:
        """The next record of the file."""
        values = dict(zip(COLUMNS, cells, strict=False))
        kind = values.pop("record", "")
        said: list[str] = []
        try:
            if kind == PERSON:
                self._last_refused = values.get("person_record_id", "")
                person = self._person(values, said)
                self._into.people.append(person)
                self._into.rows[person.person_record_id] = number
                self._last_refused = ""
            else:
                note = self._note(values, said)
                self._notes.setdefault(note.person_record_id, []).append(note)
                self._into.rows[note.note_record_id] = number
        except _Refused as refused:
            self._into.refused.append(RefusedRecord(number, refused.reason, cells))
            return
        self._into.warnings += [(number, words) for words in [*_problems(problem), *said]]

    def put_together(self) -> None:
        """Once everything was read: each note goes to the person that it is about, if that stands in the file."""
        for at, person in enumerate(self._into.people):
            own = self._notes.pop(person.person_record_id, ())
            if own:
                self._into.people[at] = replace(person, notes=tuple(own))
        self._into.notes += [note for notes in self._notes.values() for note in notes]

    def _person(self, values: Mapping[str, str], said: list[str]) -> PfifPerson:
        texts, times = self._read(PERSON, values, said)
        if not texts["full_name"]:
            texts["full_name"] = f"{texts['given_name']} {texts['family_name']}".strip()
        made = PfifPerson(**texts, **times)  # type: ignore[arg-type]  # the names are those of FIELDS
        if not made.person_record_id:
            raise _Refused(_("It has no person_record_id."))
        if not made.full_name and not made.is_emptied:
            raise _Refused(_("It names nobody."))
        return made

    def _note(self, values: Mapping[str, str], said: list[str]) -> PfifNote:
        texts, times = self._read(NOTE, values, said)
        made = PfifNote(**texts, **times)  # type: ignore[arg-type]  # the names are those of FIELDS
        if not made.note_record_id:
            raise _Refused(_("It has no note_record_id."))
        if not made.person_record_id:
            raise _Refused(_("It does not say whom it is about."))
        if made.person_record_id == self._last_refused:
            raise _Refused(_("The person whom it is about was refused."))
        return made

    def _read(
        self, kind: str, values: Mapping[str, str], said: list[str]
    ) -> tuple[dict[str, str], dict[str, datetime | None]]:
        """The fields as text, with what is left out said, and the times among them."""
        texts = {
            name: _cleaned(values.get(name, ""), several=name in _SEVERAL_LINES)
            for name in FIELDS[kind]
            if name not in _TIMES
        }
        for name in _IDS:
            if texts.get(name) and (len(texts[name]) > _MOST_ID or not _ID.fullmatch(texts[name])):
                raise _Refused(_("Its {field} is no record id (site/number).").format(field=name))
        for name, allows in self._allowed().items():
            if texts.get(name) and not allows(texts[name]):
                said.append(
                    _("What {field} says is none of what the format knows and was left out.").format(field=name)
                )
                texts[name] = ""
        return texts, {name: self._time(name, values.get(name, "")) for name in _TIMES if name in FIELDS[kind]}

    def _allowed(self) -> dict[str, Callable[[str], bool]]:
        return {
            "sex": SEXES.__contains__,
            "status": STATUSES.__contains__,
            "author_made_contact": {"true", "false"}.__contains__,
            "date_of_birth": self._is_birth,
            "age": _is_age,
        }

    def _is_birth(self, text: str) -> bool:
        if not _BIRTH.fullmatch(text):
            return False
        try:
            return datetime.fromisoformat((text + "-01-01")[:10]).replace(tzinfo=UTC) <= self._latest
        except ValueError:
            return False

    def _time(self, name: str, text: str) -> datetime | None:
        text = text.strip()
        if not text:
            return None
        found = _TIME.fullmatch(text)
        try:
            time = datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else None
        except ValueError:
            time = None
        if time is None or time.year < _FIRST_YEAR:
            raise _Refused(_("Its {field} is no time (YYYY-MM-DDThh:mm:ssZ).").format(field=name))
        if name != "expiry_date" and time > self._latest:
            raise _Refused(_("Its {field} lies ahead.").format(field=name))
        return min(time, _NEVER)


def _cleaned(text: str, *, several: bool) -> str:
    """The text without invisible signs and with single spaces; in a field that may have several lines, line by line."""
    if not several:
        return visible(text)[:MOST_FIELD].rstrip()
    return "\n".join(line for line in map(visible, text.splitlines()) if line)[:MOST_FIELD].rstrip()


def _is_age(text: str) -> bool:
    found = _AGE.fullmatch(text)
    return found is not None and int(found[1]) <= int(found[2] or found[1]) <= _OLDEST


def _problems(codes: str) -> list[str]:
    """What the form of a record was like, in sentences."""
    words = {
        CUT: _("What {field} says is longer than {most} signs and was cut there."),
        TWICE: _("{field} stands there more than once; the first counts."),
        UNKNOWN: _("What the format does not know was left out."),
        MANY_NOTES: _("More than {notes} notes stand with this person; the rest was left out."),
    }
    told = []
    for code in codes.split():
        what, _colon, name = code.partition(":")
        if what in words and (not name or name in COLUMNS):
            told.append(words[what].format(field=name, most=MOST_FIELD, notes=MOST_NOTES))
    return told
