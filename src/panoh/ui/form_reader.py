"""Turns what stands in a form into what records hold, and collects every problem on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import clock_time, day
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.dates import AGE, DAY, RANGE, UNKNOWN, PartialDate, not_understood, parse_date, words
from panoh.domain.person import Unanswered
from panoh.domain.records import Record
from panoh.services.desk import Desk
from panoh.services.person_edit import Choice, code_of
from panoh.ui.widgets.control_values import EXACTNESS, known_in, typed_in, unknown_in
from panoh.ui.widgets.date import coarser

_AHEAD = 5  # years that a day may lie ahead
_DAYS_FROM_NOW = re.compile(r"[+\-\N{MINUS SIGN}] ?\d{1,3}")


@dataclass(frozen=True, slots=True)
class Edit:
    """What saving a form does: records made or changed, rows taken away."""

    kept: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()


class FormReader:
    """Reads values by key; `finish` raises FormProblems when any of them cannot be kept."""

    def __init__(self, desk: Desk, values: dict[str, Any], prefix: str = "") -> None:
        self.problems: list[FieldProblem] = []
        self.unknowns: dict[str, str] = {}
        self._desk, self._values, self._prefix = desk, values, prefix

    def rows(self, key: str) -> list[FormReader]:
        """A reader for each row of a list; their problems are this reader's."""
        made = [FormReader(self._desk, row, f"{key}.{at}.") for at, row in enumerate(self._values.get(key, ()))]
        for reader in made:
            reader.problems = self.problems
        return made

    def raw(self, key: str) -> str:
        """The text as it stands in the field."""
        return str(self._values.get(key, ""))

    def empty(self, *keys: str) -> bool:
        """Whether nothing stands in any of these fields."""
        return not any(self.raw(key) for key in keys)

    def text(self, key: str, most: int = 0) -> str:
        """A text or a code out of a box; '' for an unknown, which is remembered."""
        value = self.raw(key)
        if unknown_in(value):
            self.unknowns[key] = unknown_in(value)
        if typed_in(value):
            self.wrong(key, _("“{text}” is none of the choices.").format(text=typed_in(value)))
        if most and len(value) > most:
            self.wrong(key, _("Shorten this to {most} characters; it has {n}.").format(most=most, n=len(value)))
        return known_in(value)

    def needed(self, key: str, sentence: str) -> str:
        """A text that must not be empty."""
        value = self.text(key)
        if not value and not typed_in(self.raw(key)):
            self.wrong(key, sentence)
        return value

    def code(self, key: str, code_list: str, choices: Sequence[Choice] = ()) -> str:
        """A code out of a box in which one may type a label, an alias or the code itself."""
        typed = typed_in(self.raw(key))
        if not typed:
            return self.text(key)
        found = code_of(self._desk, code_list, typed, choices)
        if found is None:
            self.wrong(key, _("“{text}” is none of the choices.").format(text=typed))
        return found or ""

    def codes(self, key: str, code_list: str, choices: Sequence[Choice]) -> tuple[str, ...]:
        """Several codes with commas between them."""
        found: list[str] = []
        for text in (part.strip() for part in self.text(key).split(",")):
            code = code_of(self._desk, code_list, text, choices) if text else None
            if code:
                found.append(code)
            elif text:
                self.wrong(key, _("“{text}” is not in the list.").format(text=text))
        return tuple(dict.fromkeys(found))

    def birth(self, key: str, known: PartialDate) -> PartialDate:
        """A birth date as well as it is known; the one known already when nobody changed it."""
        if self.raw(key) == birth_text(known):
            return known
        said, _mark, exactness = self.text(key).partition(EXACTNESS)
        try:
            told = parse_date(said, self._desk.clock.today())
        except FieldProblem as problem:
            self.wrong(key, problem.text)
            return known
        if exactness == UNKNOWN and told.precision != UNKNOWN:
            return PartialDate(said=said)
        made = coarser(told, exactness)
        if made is None:
            self.wrong(key, _("This is not said as exactly as was chosen. Add what is missing, or choose again."))
        return made or known

    def day(self, key: str, *, ahead: bool = False) -> date | None:
        """A day, or None when nothing stands there. Only with `ahead` may it be still to come: then '+7' is in a week."""
        text, today = self.text(key), self._desk.clock.today()
        if not text:
            return None
        near = _near(text, today)
        if near is not None and (ahead or near <= today):
            return near
        try:
            told = parse_date(text, today.replace(year=today.year + _AHEAD, day=1) if ahead else today)
        except FieldProblem as problem:
            self.wrong(key, _wanted(today, ahead=ahead) if problem.text == not_understood().text else problem.text)
            return None
        if told.precision != DAY or told.earliest is None:
            self.wrong(key, _wanted(today, ahead=ahead))
            return None
        return told.earliest

    def moment(self, day_key: str, time_key: str) -> datetime | None:
        """A moment from a day and a time ('16:00'); without a time the end of the working day."""
        on, said = self.day(day_key, ahead=True), self.raw(time_key)
        try:
            at = time.fromisoformat(said.replace(".", ":").rjust(5, "0")) if said else time(18)
        except ValueError:
            self.wrong(time_key, _("Write a time, for example 16:00."))
            return None
        if on is None:
            if said:
                self.wrong(day_key, _("Say on which day."))
            return None
        return datetime.combine(on, at).astimezone()

    def year(self, key: str) -> int | None:
        """A year up to this one."""
        text, this_year = self.raw(key), self._desk.clock.today().year
        if not text:
            return None
        if text.isdecimal() and this_year - 120 <= int(text) <= this_year:
            return int(text)
        self.wrong(key, _("Write a year with four digits, for example {year}.").format(year=this_year - 4))
        return None

    def wrong(self, key: str, sentence: str) -> None:
        """Remember a problem of a field."""
        self.problems.append(FieldProblem(self._prefix + key, sentence))

    def finish(self) -> None:
        """Raise FormProblems when there was a problem."""
        if self.problems:
            raise FormProblems(self.problems)

    def unanswered(self, record_id: str, known: Sequence[Unanswered], keys: dict[str, str]) -> Edit:
        """Bring the table of unanswered questions up to what was read: `keys` are the form's keys and their fields."""
        before = {entry.field: entry for entry in known if entry.record_id == record_id}
        kept: list[Record] = []
        removed: list[Record] = []
        for key, field in keys.items():
            answer, entry = self.unknowns.get(key, ""), before.get(field)
            if answer:
                new = Unanswered(id=new_id(), record_id=record_id, field=field, answer=answer)
                kept.append(replace(entry, answer=answer) if entry else new)
            elif entry is not None:
                removed.append(entry)
        return Edit(tuple(kept), tuple(removed))


def birth_text(birth: PartialDate) -> str:
    """A birth date as it stands in its field: what was said; for an age the words, which hold the day it was told."""
    said = birth.said or ("" if birth.precision == UNKNOWN else words(birth))
    return f"{words(birth) if birth.precision in (AGE, RANGE) else said}{EXACTNESS}{birth.precision}"


def _near(text: str, today: date) -> date | None:
    """'today', 'tomorrow', '+7' and '-2' as a day; None for anything else."""
    words = {_("today").casefold(): 0, _("tomorrow").casefold(): 1}
    days = words.get(text.casefold())
    if days is None and _DAYS_FROM_NOW.fullmatch(text):
        days = int(text.replace("\N{MINUS SIGN}", "-").replace(" ", ""))
    return None if days is None else today + timedelta(days=days)


def _wanted(today: date, *, ahead: bool) -> str:
    if ahead:
        return _("Write a day, for example {day}, tomorrow, or +7 for in seven days.").format(day=day(today))
    return _("Write a day, for example {day}.").format(day=day(today))


def day_text(value: date | None) -> str:
    """A day as it stands in its field."""
    return day(value) if value else ""


def moment_texts(value: datetime | None) -> tuple[str, str]:
    """A moment as it stands in its two fields."""
    return (day(value.astimezone().date()), clock_time(value)) if value else ("", "")
