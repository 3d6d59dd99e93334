"""Closing a case: what is still open, told before it is closed, and what each reason asks for first.

A check is no lock: whoever decides may close all the same, and has read it. Sources: the field guide's sections 3.1 and 3.5
(levels, T03, T06, T17, T21), 4 (a return by force is an incident, and is reported), 5 (follow-ups after a reunification).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.reunification import visits_in_words

GRAVE = ("critical", "high")

# What a reason asks for before a case is closed with it. The others ask for nothing beside the checks.
_FIRST: Mapping[str, str] = {
    "reunified": N_("Follow up {visits} first: a reunification that goes wrong is found out only then."),
    "solution": N_("Close when the person has arrived and somebody there knows of them, not when it was promised."),
    "turned_18": N_(
        "Agree with the person what comes after: care, papers, school. Nobody stops being alone on a birthday."
    ),
    "left_known": N_("Ask whether the person wants to be referred to whoever works there, and refer before closing."),
    "left_unknown": N_(
        "Somebody who left without a word may have disappeared: search by the safe channel first, ask kin, and note an "
        "incident if there is any sign of force."
    ),
    "no_contact": N_(
        "Three months, and more than one way tried? Nobody is searched for any more once the case is closed."
    ),
    "returned_voluntary": N_(
        "Of their own will means: asked alone, told what is known of the place, free to stay. If any of this is not sure, "
        "choose “Returned, will not clear”."
    ),
    "returned_forced": N_(
        "A return by force is an incident: note it, tell UNHCR and the supervisor today, and keep the case open while the "
        "person may be held or in danger. Do not ask the authorities of that State."
    ),
    "returned_unclear": N_(
        "Find out by the safe channel whether it was their own will. While nobody can say, treat it as a return by force: "
        "note an incident, tell the supervisor."
    ),
    "detained": N_(
        "Somebody who is held needs an open case. Tell the supervisor, legal help and those who may visit (ICRC, UNHCR) "
        "now, and close when the person is free."
    ),
    "died": N_(
        "Note how it is known. Whoever the person cared for needs somebody else today; kin are told face to face. A death "
        "in custody or by violence is an incident."
    ),
    "duplicate": N_(
        "Join the two records instead: what is known stays together. Of a closed double the needs and plans are overlooked."
    ),
    "declined": N_(
        "Say how to come back at any time. Of a child, or of somebody who may have been pressed, ask the supervisor first."
    ),
    "transferred": N_(
        "Close when the other organisation has said that it took over, and the person knows whom to ask."
    ),
    "mistake": N_("Only when nothing was done in it. What was begun for the person is closed with its own reason."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """What is open in a case: counts of rows, and what holds for the person."""

    plan: int = 0
    services: int = 0
    referrals: int = 0  # no answer yet
    follow_ups: int = 0
    tasks: int = 0
    needs: int = 0  # specific needs that stand
    best_interests: int = 0  # begun and not decided
    tracing: int = 0  # requests by or for the person that are not closed
    approvals: int = 0  # asked of a supervisor, other than this closing
    level: str = ""
    shield: bool = False
    child_alone: bool = False  # may be a child, and no adult is in charge


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before closing: what it is, and what to do about it."""

    key: str
    text: str
    do: str


def checks(left: StillOpen) -> tuple[Check, ...]:
    """What to look at, the gravest first: danger, then children, then what was promised, then the desk's own work."""
    return (*_dangers(left), *_promises(left), *_own_work(left))


def first(why: str, visit_days: Sequence[int]) -> str:
    """What a reason (vocab closing_why) asks for before the case is closed; '' for nothing.

    `visit_days` are those that are set for after a reunification.
    """
    return _(_FIRST[why]).format(visits=visits_in_words(visit_days)) if why in _FIRST else ""


def _dangers(left: StillOpen) -> list[Check]:
    found = []
    if left.level in GRAVE:
        text = _("The level is critical.") if left.level == "critical" else _("The level is high.")
        do = _("Do what its reasons ask for, or have the level looked at: closing does not lower it.")
        found.append(Check("level", text, do))
    if left.shield:
        do = _("It goes on holding. Taking it down takes a reason and a second person, under Sealed.")
        found.append(Check("shield", _("A shield holds over this person."), do))
    if left.child_alone:
        do = _("Find out who cares for the child today and note it under Care before anything else.")
        found.append(Check("child_alone", _("A child for whom no adult is noted."), do))
    return found


def _promises(left: StillOpen) -> list[Check]:
    services, referrals, follow_ups, plan = left.services, left.referrals, left.follow_ups, left.plan
    return [
        *_of_child(left),
        *_some("services", services, ngettext("{n} service was not given.", "{n} services were not given.", services),
               _("See that it is given, or take it away if it is not needed.")),
        *_some("referrals", referrals,
               ngettext("{n} referral waits for an answer.", "{n} referrals wait for an answer.", referrals),
               _("Ask what came of it, or revoke it: otherwise the answer reaches nobody.")),
        *_some("follow_ups", follow_ups,
               ngettext("{n} follow-up is still to be done.", "{n} follow-ups are still to be done.", follow_ups),
               _("See the person once more, and tell them that the case is closed and how to come back.")),
        *_some("plan", plan, ngettext("{n} step of the plan is open.", "{n} steps of the plan are open.", plan),
               _("Do it, or write what came of it.")),
    ]  # fmt: skip


def _of_child(left: StillOpen) -> list[Check]:
    n = left.best_interests
    text = ngettext("{n} best interests procedure is not decided.", "{n} best interests procedures are not decided.", n)
    return _some(
        "best_interests",
        n,
        text,
        _("Decide it, with the child's own view, or take it away if it was begun by mistake."),
    )


def _own_work(left: StillOpen) -> list[Check]:
    needs, tracing, tasks, approvals = left.needs, left.tracing, left.tasks, left.approvals
    return [
        *_some("needs", needs, ngettext("{n} specific need stands.", "{n} specific needs stand.", needs),
               _("Review each: met, or no longer so.")),
        *_some("tracing", tracing, ngettext("{n} tracing request is open.", "{n} tracing requests are open.", tracing),
               _("It goes on without the case: say in it who tells the family.")),
        *_some("tasks", tasks, ngettext("{n} task is open.", "{n} tasks are open.", tasks),
               _("Do it or tick it off: it stays, but no longer counts as overdue.")),
        *_some("approvals", approvals,
               ngettext("{n} decision is waited for.", "{n} decisions are waited for.", approvals),
               _("Have it decided, or take the request back.")),
    ]  # fmt: skip


def _some(key: str, n: int, text: str, do: str) -> list[Check]:
    return [Check(key, text.format(n=n), do)] if n else []
