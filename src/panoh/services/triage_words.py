"""Levels and clocks of rules in words."""

from __future__ import annotations

from datetime import timedelta

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.triage.clocks import BEFORE_DEPARTURE, NEXT_CONTACT, SAME_DAY, Clock
from panoh.domain.triage.rulebook import RuleEntry
from panoh.domain.triage.site_rules import longest

_LEVELS = {
    "critical": N_("critical"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "unknown": N_("unknown"),
}


def level_name(level: str) -> str:
    """The word for a level within a sentence."""
    return _(_LEVELS[level])


def clock_words(clock: Clock) -> str:
    """'at once', '4 hours', '7 days', 'the same day', 'before the departure, at most 24 hours'."""
    if clock.kind == SAME_DAY:
        return _("the same day")
    if clock.kind == NEXT_CONTACT:
        return _("at the next contact")
    if clock.kind == BEFORE_DEPARTURE:
        return _("before the departure, at most {time}").format(time=span_words(clock.span))
    return span_words(clock.span)


def span_words(span: timedelta) -> str:
    """'at once', '24 hours', '5 days'; whole days from four on."""
    hours = span // timedelta(hours=1)
    if not hours:
        return _("at once")
    if hours % 24 or hours < 96:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    return ngettext("{n} day", "{n} days", hours // 24).format(n=hours // 24)


def longest_words(entry: RuleEntry, level: str) -> str:
    """The longest time that a variant may have at this level."""
    return span_words(longest(entry, level))
