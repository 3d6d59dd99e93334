"""The rules as supervisors have set them: for the whole vault, and for single sites.

A setting gives a variant another clock within what the field uses, or a higher level; never a lower one than the rule
file has, whatever the file says by now. What a setting may not do any more, it does not do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from panoh.domain.triage.clocks import BEFORE_DEPARTURE, BY_LEVEL, NEXT_CONTACT, SAME_DAY, SPAN, Clock, parse_clock
from panoh.domain.triage.levels import CRITICAL, DEFAULT_CLOCK, HIGH, LOW, MEDIUM, RANK, UNKNOWN
from panoh.domain.triage.rulebook import Key, Rulebook, RuleEntry, restricted_clocks
from panoh.domain.triage.rulebook_checks import ONE_UP
from panoh.domain.triage.settings import RuleSetting

# The longest times that agencies use at a level (field guide 3.1); for critical the day within which all of them act.
LONGEST: dict[str, timedelta] = {
    CRITICAL: timedelta(hours=24),
    HIGH: timedelta(hours=72),
    MEDIUM: timedelta(days=5),
    LOW: timedelta(days=15),
}
LONGEST_FOR_NOW = DEFAULT_CLOCK[CRITICAL]  # for what the rule file wants done at once
WHOLE_VAULT = ""


def can_be_set(entry: RuleEntry) -> bool:
    """Whether a supervisor may set anything about a variant: not what rises above the others, nor what is only asked."""
    return entry.level not in (ONE_UP, UNKNOWN) and entry.clock.kind not in (BY_LEVEL, NEXT_CONTACT)


def higher_levels(entry: RuleEntry) -> tuple[str, ...]:
    """The levels to which a variant may be raised, the highest first."""
    if not can_be_set(entry):
        return ()
    return tuple(level for level in DEFAULT_CLOCK if RANK[level] < RANK[entry.level])


def longest(entry: RuleEntry, level: str) -> timedelta:
    """The longest clock that the variant may have at this level."""
    at_once = entry.clock.kind == SPAN and not entry.clock.span
    return LONGEST_FOR_NOW if at_once else LONGEST[level]


def clock_fits(entry: RuleEntry, level: str, text: str) -> bool:
    """Whether these words are a clock that the variant may have at this level."""
    try:
        clock = parse_clock(text)
    except ValueError:
        return False
    if clock.kind == BEFORE_DEPARTURE:
        return entry.clock.kind == BEFORE_DEPARTURE and clock.span <= longest(entry, level)
    if clock.kind == SAME_DAY:
        return longest(entry, level) > LONGEST_FOR_NOW
    return clock.kind == SPAN and clock.span <= longest(entry, level)


def with_setting(entry: RuleEntry, setting: RuleSetting) -> RuleEntry:
    """The variant as it was set, as far as that may be."""
    if not can_be_set(entry):
        return entry
    level = setting.level if setting.level in higher_levels(entry) else entry.level
    if setting.clock and clock_fits(entry, level, setting.clock):
        clock = parse_clock(setting.clock)
    elif level != entry.level and entry.clock.kind == SPAN and entry.clock.span > DEFAULT_CLOCK[level]:
        clock = _span(DEFAULT_CLOCK[level])  # what is raised does not keep the time of the lower level
    else:
        clock = entry.clock
    return replace(entry, level=level, clock=clock)


def _span(span: timedelta) -> Clock:
    return parse_clock(f"{span // timedelta(hours=1)} h")


class SiteRules:
    """The rules of each site. `edition` tells these rules and settings from others; without settings it is the file's."""

    def __init__(self, rulebook: Rulebook, settings: Iterable[RuleSetting] = ()) -> None:
        self.rulebook = rulebook
        self.settings = in_force(settings)
        self._of_vault = _with(rulebook, [each for each in self.settings if each.site_id == WHOLE_VAULT])
        self._of_site = {
            site: _with(self._of_vault, [each for each in self.settings if each.site_id == site], rulebook)
            for site in {each.site_id for each in self.settings} - {WHOLE_VAULT}
        }
        told = [(each.site_id, each.rule, each.variant, each.level, each.clock) for each in self.settings]
        words = json.dumps([rulebook.edition, sorted(told)])
        self.edition = hashlib.sha256(words.encode()).hexdigest()[:16] if told else rulebook.edition

    def at(self, site_id: str) -> Rulebook:
        """The rules for whoever stays at this site; '' is no site."""
        return self._of_site.get(site_id, self._of_vault)


def in_force(settings: Iterable[RuleSetting]) -> tuple[RuleSetting, ...]:
    """Of each variant and site the newest setting that was not ended."""
    newest: dict[tuple[str, Key], RuleSetting] = {}
    standing = [each for each in settings if each.ended_at is None]
    for each in sorted(standing, key=lambda one: (one.set_at is not None, one.set_at, one.id)):
        newest[each.site_id, (each.rule, each.variant)] = each
    return tuple(newest.values())


def _with(before: Rulebook, settings: Sequence[RuleSetting], own: Rulebook | None = None) -> Rulebook:
    """The rules with settings; those of a site take the place of those of the vault, over the `own` words of the file."""
    file = own or before
    changed = {
        key: with_setting(file.entries[key], each)
        for each in settings
        if (key := (each.rule, each.variant)) in file.entries
    }
    if not changed:
        return before
    entries = {**before.entries, **changed}
    return replace(before, entries=entries, restricted_clocks=restricted_clocks(entries.values()))
