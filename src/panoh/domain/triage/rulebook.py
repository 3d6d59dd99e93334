"""The rule file read and checked: what each rule asks for, by when, and how it is put into words.

Triggers are Python predicates; the file holds their levels, clocks, first actions, texts and codes. Everything is
checked when it is loaded, because a rule that fails in the field fails a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from panoh.domain.triage.clocks import BY_LEVEL, NEXT_CONTACT, Clock
from panoh.domain.triage.levels import DEFAULT_CLOCK, LEVELS, LOW
from panoh.domain.triage.rulebook_checks import RuleFile

Key = tuple[str, str]  # rule and variant


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """What the file says about one variant of a rule."""

    rule: str
    variant: str
    level: str  # a level, or 'one up': above what the other rules say
    clock: Clock
    first_action: str
    do: tuple[str, ...]
    dont: tuple[str, ...]
    source: str
    reason: str  # a sentence with facts, for those who may know
    paper: str  # the same without State, authority or year; '' keeps it off paper: 'Restricted reason'
    why: str  # the short form for the queue
    sensitive: bool
    weight: int  # 1 to 100, for the order among reasons of the same level
    fact: str  # variants with the same word rest on the same fact and share their clock


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask at the next contact. A sensitive one would tell an exile from the others."""

    text: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Restricted:
    """What those who may not see a restricted reason read in its place; the same for every such reason."""

    reason: str
    first_action: str
    do: tuple[str, ...]
    dont: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules with their words; `kin` are the other variants that rest on the same fact.

    `restricted_clocks` holds for each level the shortest time that a restricted rule gives for it. `edition` tells one
    rule file from another: levels worked out under another edition are worked out anew.
    """

    entries: Mapping[Key, RuleEntry]
    questions: Mapping[str, Question]
    restricted: Restricted
    kin: Mapping[Key, tuple[Key, ...]]
    restricted_clocks: Mapping[str, timedelta]
    edition: str

    def entry(self, rule: str, variant: str) -> RuleEntry:
        """What the file says about a variant."""
        return self.entries[rule, variant]


def load_rulebook(text: str, file_name: str) -> Rulebook:
    """Read and check the rule file. Raises AppError('rules.invalid') that names the file and the line."""
    checked = RuleFile(text, file_name).checked()
    entries = {key: RuleEntry(rule=key[0], variant=key[1], **values) for key, values in checked.variants.items()}
    questions = {name: Question(**values) for name, values in checked.questions.items()}
    by_fact: dict[str, list[Key]] = {}
    for key, entry in entries.items():
        by_fact.setdefault(entry.fact, []).append(key)
    kin = {key: tuple(other for other in by_fact[entry.fact] if other != key) for key, entry in entries.items()}
    return Rulebook(
        entries,
        questions,
        Restricted(**checked.restricted),
        kin,
        restricted_clocks(entries.values()),
        hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def restricted_clocks(entries: Iterable[RuleEntry]) -> dict[str, timedelta]:
    """The shortest time that a restricted rule gives at this level or at a lower one; the default where there is none."""
    clocks = {level: DEFAULT_CLOCK.get(level, DEFAULT_CLOCK[LOW]) for level in LEVELS}
    for entry in entries:
        if entry.sensitive and entry.level in clocks and entry.clock.kind not in (BY_LEVEL, NEXT_CONTACT):
            clocks[entry.level] = min(
                clocks[entry.level], entry.clock.span
            )  # 'same day' has no span: at worst it is now
    return dict(zip(reversed(LEVELS), accumulate((clocks[level] for level in reversed(LEVELS)), min), strict=True))
