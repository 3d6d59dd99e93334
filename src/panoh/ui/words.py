"""Words that several screens say in the same way: who someone is, how old, and when something is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from panoh.base.i18n import N_, clock_time, day, language, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.date_spans import months_between
from panoh.domain.dates import ADULT, AGE, RANGE, PartialDate, age_span
from panoh.domain.lines import PersonLine
from panoh.domain.workflow import is_day
from panoh.ui.privacy import Privacy

_PEOPLE = {("F", True): N_("Girl"), ("M", True): N_("Boy"), ("F", False): N_("Woman"), ("M", False): N_("Man")}
_IN_MONTHS = 2  # below this age in years months are told
_MINUTE = timedelta(minutes=1)
_MINUTES_UP_TO, _HOURS_UP_TO = 100, 48


def person_word(sex: str, birth: PartialDate, today: date) -> str:
    """'Woman', 'Boy'; 'Child', 'Adult' or 'Person' where sex or age is not known."""
    span = age_span(birth, today)
    if span is None:
        return {"F": _("Female"), "M": _("Male")}.get(sex, _("Person"))
    child = span[1] < ADULT
    word = _PEOPLE.get((sex, child))
    return _(word) if word else _("Child") if child else _("Adult")


def age_words(birth: PartialDate, today: date) -> str:
    """'38', '37 to 38', 'about 6', '5 months'; '' when the age is not known."""
    span = age_span(birth, today)
    if span is None or birth.earliest is None or birth.latest is None:
        return ""
    if span[1] < _IN_MONTHS:
        months = months_between(birth.earliest, today)
        return ngettext("{n} month", "{n} months", months).format(n=months)
    told = str(span[0]) if span[0] == span[1] else _("{low} to {high}").format(low=span[0], high=span[1])
    return _("about {age}").format(age=told) if birth.precision in (AGE, RANGE) else told


def short_age(birth: PartialDate, today: date) -> str:
    """'38', '37–38', '5 months': for a drawing with little room, beside which the age stands in full."""
    span = age_span(birth, today)
    if span is None or span[1] < _IN_MONTHS:
        return age_words(birth, today)
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def who_words(sex: str, birth: PartialDate, today: date) -> str:
    """'Man, 38', 'Girl, about 6'; without an age only the word."""
    return ", ".join(part for part in (person_word(sex, birth, today), age_words(birth, today)) if part)


def length_words(time: timedelta) -> str:
    """A length of time in its largest sensible unit: '40 min', '9 h', '3 days'."""
    minutes = int(time.total_seconds()) // 60
    if minutes < _MINUTES_UP_TO:
        return _("{n} min").format(n=minutes)
    if minutes < _HOURS_UP_TO * 60:
        return _("{n} h").format(n=minutes // 60)
    days = minutes // (24 * 60)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def length_spoken(time: timedelta) -> str:
    """The same for screen readers, in full words: '40 minutes', '9 hours', '3 days'."""
    minutes = int(time.total_seconds()) // 60
    if minutes < _MINUTES_UP_TO:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if minutes < _HOURS_UP_TO * 60:
        return ngettext("{n} hour", "{n} hours", minutes // 60).format(n=minutes // 60)
    days = minutes // (24 * 60)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def waiting_words(time: timedelta) -> str:
    """How long someone has waited, in two units: '25 min', '4 h 40 min', '1 d 2 h'."""
    days, hours, minutes = _units(time)
    if days:
        return _("{d} d {h} h").format(d=days, h=hours) if hours else _("{d} d").format(d=days)
    if hours:
        return _("{h} h {n} min").format(h=hours, n=minutes) if minutes else _("{n} h").format(n=hours)
    return _("{n} min").format(n=minutes)


def waiting_spoken(time: timedelta) -> str:
    """The same for screen readers, in full words: '4 hours 40 minutes'."""
    days, hours, minutes = _units(time)
    parts = [
        (days, ngettext("{n} day", "{n} days", days)),
        (hours, ngettext("{n} hour", "{n} hours", hours)),
        (minutes, ngettext("{n} minute", "{n} minutes", minutes)),
    ]
    told = [words.format(n=n) for n, words in parts if n][:2]
    return " ".join(told) or parts[-1][1].format(n=0)


def _units(time: timedelta) -> tuple[int, int, int]:
    """Whole days, hours and minutes; a clock that was set back gives nought."""
    minutes = max(0, int(time.total_seconds()) // 60)
    return minutes // (24 * 60), minutes // 60 % 24, minutes % 60


def due_words(due: datetime | None, now: datetime) -> str:
    """'Overdue 40 min', 'Now', 'Today 16:00', 'Tomorrow 09:00', '19 Jun 18:00', of a whole day 'Today'; without a time 'Next contact'."""
    if due is None:
        return _("Next contact")
    if timedelta() < now - due < _MINUTE:
        return _("Now")
    if due < now:
        return _("Overdue {time}").format(time=length_words(now - due))
    on, today = due.astimezone().date(), now.astimezone().date()
    time = "" if is_day(due) else clock_time(due)
    if on == today:
        return _("Today {time}").format(time=time).strip()
    if on == today + timedelta(days=1):
        return _("Tomorrow {time}").format(time=time).strip()
    return _("{day} {time}").format(day=day(on, year=on.year != today.year), time=time).strip()


def due_spoken(due: datetime | None, now: datetime) -> str:
    """The same for screen readers, in full words: 'overdue 40 minutes', 'due tomorrow 09:00', 'due 19 June 18:00'."""
    if due is None:
        return _("due at the next contact")
    if timedelta() < now - due < _MINUTE:
        return _("due now")
    if due < now:
        return _("overdue {time}").format(time=length_spoken(now - due))
    days = (due.astimezone().date() - now.astimezone().date()).days
    words = {0: _("due today {time}"), 1: _("due tomorrow {time}")}.get(days, _("due {day} {time}"))
    time = "" if is_day(due) else clock_time(due)
    return words.format(day=long_day(due.astimezone().date(), "d MMMM"), time=time).strip()


def long_day(on: date, pattern: str = "EEEE d MMMM y") -> str:
    """A day in full words, in Babel's pattern: 'Monday 14 June 2010'."""
    from babel.dates import format_date

    return str(format_date(on, pattern, locale=language()))


def name_words(line: PersonLine, today: date, privacy: Privacy) -> str:
    """The name as it may be shown now; where none is recorded 'Boy, about 2'."""
    return privacy.name(line.full_name) or who_words(line.sex, line.birth, today)
