"""The paper's own words for codes, times and people, in the language of the paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from panoh.base import i18n
from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR
from panoh.domain.summary import FamilyMember
from panoh.reports.text import NBSP

CLASSES = {SUPERVISOR: N_("SUPERVISOR ONLY"), CARRY: N_("WORKING PAPER"), NAMED: N_("NAMED: NEVER CARRY")}
LEVELS = {
    "critical": N_("CRITICAL"),
    "high": N_("HIGH"),
    "medium": N_("MEDIUM"),
    "low": N_("LOW"),
    "unknown": N_("UNKNOWN"),
}
SMALL_LEVELS = {
    "critical": N_("critical"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "unknown": N_("unknown"),
}
SURE = {
    "verified": N_("verified"),
    "consistent": N_("consistent, not proven"),
    "stated": N_("stated only"),
}
_ANSWERS = {"yes": N_("yes"), "no": N_("NO"), "partly": N_("partly"), "": N_("not asked")}
_WHO = {
    ("F", True): (N_("Girl"), N_("this girl")),
    ("M", True): (N_("Boy"), N_("this boy")),
    ("F", False): (N_("Woman"), N_("this woman")),
    ("M", False): (N_("Man"), N_("this man")),
    ("F", None): (N_("Female"), N_("this person")),
    ("M", None): (N_("Male"), N_("this person")),
}
_MINUTES_IN_WORDS, _HOURS_IN_WORDS = 120, 48


def who(person: FamilyMember) -> str:
    """Sex and age group in one word: 'Woman'."""
    return _(_WHO.get((person.sex, person.is_child), (N_("Person"), ""))[0])


def this_one(person: FamilyMember) -> str:
    """The same as a label in the drawing: 'this woman'."""
    return _(_WHO.get((person.sex, person.is_child), ("", N_("this person")))[1])


def answer(code: str) -> str:
    """An answer on consent: 'yes', 'NO', 'partly'; anything else was not asked."""
    return _(_ANSWERS.get(code, _ANSWERS[""]))


def age(member: FamilyMember) -> str:
    """The age band, or that it is not known."""
    return member.age_band or _("age not known")


def kin(member: FamilyMember) -> str:
    """'wife (30–34)', never broken inside; without an age just the kin word."""
    word = member.kin or _("relative")
    text = _("{kin} ({age})").format(kin=word, age=member.age_band) if member.age_band else word
    return text.replace(" ", NBSP)


def span(time: timedelta) -> str:
    """A length of time in its largest sensible unit: '55 min', '9 h', '3 days'."""
    minutes = int(time.total_seconds()) // 60
    if minutes < _MINUTES_IN_WORDS:
        return _("{n} min").format(n=minutes).replace(" ", NBSP)
    if minutes < _HOURS_IN_WORDS * 60:
        return _("{n} h").format(n=minutes // 60).replace(" ", NBSP)
    days = minutes // (24 * 60)
    return ngettext("{n} day", "{n} days", days).format(n=days).replace(" ", NBSP)


# Months stand whole on paper: Jun and Jul are hard to tell apart on a bad copy.


def full_day(value: date) -> str:
    """'Sat 19 June 2010'."""
    return i18n.day(value, weekday=True, whole_month=True).replace(" ", NBSP)


def short_day(value: date) -> str:
    """'19 June'."""
    return i18n.day(value, year=False, whole_month=True).replace(" ", NBSP)


def full_moment(value: datetime) -> str:
    """'Sat 19 June 2010, 18:00' in local time."""
    return f"{full_day(value.astimezone().date())}, {i18n.clock_time(value)}"


def near_moment(value: datetime) -> str:
    """'Sat 19 June, 18:00' in local time, for what is due within weeks."""
    day = i18n.day(value.astimezone().date(), weekday=True, year=False, whole_month=True)
    return f"{day.replace(' ', NBSP)}, {i18n.clock_time(value)}"


def short_moment(value: datetime) -> str:
    """'19 June, 18:00' in local time."""
    return f"{short_day(value.astimezone().date())}, {i18n.clock_time(value)}"


def joined(*parts: str) -> str:
    """Parts of one line with a middle dot between them; empty parts are left out."""
    return " · ".join(part for part in parts if part)
