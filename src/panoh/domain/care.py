"""Who cares for somebody: which arrangement is in force, how a new one takes its place, what contradicts what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.domain.casework import CareArrangement
from panoh.domain.dates import PartialDate, certainly_child

NOBODY = "none"  # vocab care
_BY_CHILDREN = frozenset({"child_headed", "independent"})  # a carer who is a child is what these tell
_NO_ADULT = frozenset({NOBODY, "independent", "child_headed", "unrelated_adult"})
_GONE = frozenset({"dead", "died_reported", "missing", "left_behind"})  # vocab presence


def in_force(arranged: Iterable[CareArrangement]) -> CareArrangement | None:
    """The newest arrangement that has no end, in whichever order they come (triage reads the same: gather.py)."""
    return max((one for one in arranged if one.until is None), key=_since, default=None)


def placed(new: CareArrangement, others: Iterable[CareArrangement]) -> tuple[CareArrangement, list[CareArrangement]]:
    """The new arrangement and those others that it changes, so that at most one has no end.

    It ends what began before it or on the same day. Where a later one is known it is of the past itself, and ends when
    that one began. One that has an end already, and no later one, ends nothing.
    """
    others = [one for one in others if one.id != new.id]
    began = new.since or date.min
    later = [one.since for one in others if one.since is not None and one.since > began]
    changed = [
        replace(one, until=new.since) for one in others if one.until is None and (one.since or date.min) <= began
    ]
    if later and (new.until is None or new.until > min(later)):
        new = replace(new, until=min(later))
    return new, changed if new.until is None or later else []


def contradictions(one: CareArrangement, carer: PartialDate | None, presence: str, today: date) -> tuple[str, ...]:
    """What does not fit together in an arrangement, in words; `carer` and `presence` are the registered carer's."""
    told = []
    if one.carer_id and one.carer_id == one.person_id:
        told.append(_("This person is noted as their own carer: choose “Lives on their own”, or another carer."))
    elif carer is not None and certainly_child(carer, today) and one.kind not in _BY_CHILDREN:
        told.append(_("The carer is a child too: choose “Another child heads the household”, or look at the ages."))
    if presence in _GONE:
        told.append(_("The carer is recorded as dead, missing or left behind: find out who cares now."))
    if one.kind == NOBODY and (one.carer_id or one.carer):
        told.append(_("Nobody cares, and a carer is noted: keep the one that is so."))
    return tuple(told)


def no_adult(said: str, arranged: Iterable[CareArrangement], *, coded: bool) -> bool:
    """Whether no adult is in charge of a child: by the arrangement in force, else as the record says, else by a code.

    An adult who is no kin and whom nobody screened counts as none. What the record says counts no more once an
    arrangement of that kind has ended, as in triage.
    """
    rows = list(arranged)
    force = in_force(rows)
    kind = force.kind if force else "" if said in {one.kind for one in rows} else said
    return kind in _NO_ADULT or (not kind and coded)


def ordered(arranged: Iterable[CareArrangement]) -> Sequence[CareArrangement]:
    """The one in force first, then the others, the newest first."""
    rows = list(arranged)
    force = in_force(rows)
    return sorted(rows, key=lambda one: (one is force, _since(one)), reverse=True)


def _since(one: CareArrangement) -> tuple[date, str]:
    return one.since or date.min, one.id
