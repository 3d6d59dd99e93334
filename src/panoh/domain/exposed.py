"""Whom a lost or seized laptop exposes: who comes first, and what is done for each group.

First whoever is in danger of being sent back or handed over, at whatever level: the laptop tells exactly what those who
look for them want to know. Then by level; children alone come before all who are not critical, because what the laptop
tells of them is enough to pass for kin. Sources: field guide §3 (T02, T06, T07), §4 (whereabouts, safe contact,
consulates), §5 (verification), §7 (breach).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from panoh.base.i18n import N_

RETURN, CRITICAL, CHILDREN, HIGH, MEDIUM, UNKNOWN, LOW, ASIDE = GROUPS = (
    "return", "critical", "children", "high", "medium", "unknown", "low", "aside",
)  # fmt: skip
WHOLE = frozenset({RETURN, CRITICAL})  # written with everything that the laptop tells
WITH_REASONS = WHOLE | {HIGH, CHILDREN}


def group_of(level: str, *, shielded: bool, child_alone: bool, set_aside: bool) -> str:
    """The one group in which a person stands on the list."""
    if set_aside:
        return ASIDE
    if shielded:
        return RETURN
    if level == CRITICAL:
        return CRITICAL
    if child_alone:
        return CHILDREN
    return level if level in (HIGH, MEDIUM, LOW) else UNKNOWN


class Plan(NamedTuple):
    """How a group is called, and what is done for it now, the first first."""

    title: str
    steps: tuple[str, ...]


FIRST = Plan(
    N_("Now, whoever it was"),
    (
        N_("Tell the head of office and whoever answers for the data at once; 72 hours is the usual outer limit."),
        N_("Was it unlocked, or did anyone have to say a passphrase? Then count everything on this list as read."),
        N_(
            "In the vault that goes on: take away the way in of whoever had the laptop and change the vault's key. "
            "That does not lock the lost copy: only its passphrases do."
        ),
        N_("Begin a new key sheet: the codes of papers that are out lie on the laptop."),
    ),
)
PLANS: Mapping[str, Plan] = {
    RETURN: Plan(
        N_("In danger of being sent back or handed over"),
        (
            N_("Move them today from where the laptop says that they are; never over the border that they fear."),
            N_("Go and say it in person. Old phones, addresses and ways of contact count as known: agree new ones, seal them."),
            N_("Tell UNHCR protection. No consulate and no authority of any State learns of it from you."),
        ),
    ),
    CRITICAL: Plan(
        N_("Critical, for other reasons"),
        (
            N_("The caseworker goes there today, alone with the person; a survivor is told before anybody around them."),
            N_("Change the safe contact and, where somebody could come for them, the place."),
        ),
    ),
    HIGH: Plan(
        N_("High"),
        (N_("Tell them within a day what was lost, and ask whom they fear now. Change the contact where they want it."),),
    ),
    CHILDREN: Plan(
        N_("Children alone, other than above"),
        (
            N_("Tell the carer: nobody takes the child along, whatever they know of it. The laptop knows it too."),
            N_("What was recorded proves no kinship any more: verify with new questions."),
        ),
    ),
    MEDIUM: Plan(N_("Medium"), (N_("Tell them at the next contact what was lost, and watch for callers who know too much."),)),
    LOW: Plan(N_("Low"), (N_("Tell them at the site, together, in plain words; say where to come with questions."),)),
    UNKNOWN: Plan(N_("Unknown: never assessed"), (N_("Ask first: nobody knows yet who among them is in danger."),)),
    ASIDE: Plan(
        N_("Set aside: hidden in the vault, but on the laptop"),
        (N_("Look at each: why they were set aside is no reason to leave them out."),),
    ),
}  # fmt: skip


class Entry(NamedTuple):
    """One person on the list, in words."""

    number: str
    name: str
    who: str  # sex and age
    site: str
    household: str
    level: str
    reasons: tuple[str, ...]
    held: str  # what of them the laptop tells
    sealed: str  # what is sealed, and whose passphrase opens it
    holder: str


class Access(NamedTuple):
    """Somebody whose passphrase opens the lost vault."""

    name: str
    role: str  # in words
    left: bool  # had left already when the backup was made: no way in any more
    handed: bool  # still had the passphrase that somebody else made


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands between the lost vault and whoever has it."""

    passes: int
    mebibytes: int
    slots: int
    key_changed: datetime | None  # None: never since the vault was made


@dataclass(frozen=True, slots=True)
class ExposedPaper:
    """The whole list, ready to be drawn."""

    export_no: str
    made_at: datetime
    destroy_by: date
    backup_at: datetime | None
    last_entry: datetime | None
    device: str
    journal_code: str
    levels: Mapping[str, int]  # of everyone who was not set aside
    groups: Mapping[str, tuple[Entry, ...]]  # every group of GROUPS, in the order in which they are warned
    access: tuple[Access, ...]
    guard: Guard
    only_sought: int
    rules_changed: bool  # the levels are those of older rules
    language: str
    demo: bool

    @property
    def people(self) -> int:
        """How many stand on it."""
        return sum(len(entries) for entries in self.groups.values())
