"""One person registered twice: what was decided about a pair, and merges that can be undone whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from panoh.domain.cases import Case
from panoh.domain.person import Person
from panoh.domain.workflow import CLOSED

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateDecision:
    """What was decided about two records, for ever: `person_a_id` is the smaller id of the two."""

    id: str
    person_a_id: str
    person_b_id: str
    state: str  # vocab duplicate_state: same, relatives, different, later
    reason: str = ""
    facts: str = ""  # points that the compared facts came to: duplicates/decisions.py says when a pair comes back
    decided_by: str = ""  # user
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records made one. `steps` hold every change that it made, so that it can be undone whole."""

    id: str
    kept_id: str
    gone_id: str
    steps: tuple[str, ...] = ()  # JSON texts: record class, id, field, old, new
    merged_by: str = ""  # user
    merged_at: datetime | None = None
    undone_at: datetime | None = None


# Fields that mean something only together, and so are taken from one side together.
TOGETHER = (
    (
        "birth_precision",
        "birth_earliest",
        "birth_latest",
        "birth_said",
        "birth_as_of",
        "birth_basis",
    ),
    ("sex", "sex_basis"),
    ("border_status", "border_status_on"),
    ("presence", "presence_since", "disappeared_on"),
    ("legal_status", "legal_status_by", "legal_status_on", "legal_status_evidence"),
)
_OPEN_OR_CLOSED = ("status", "closed_on", "closing_why", "reopened_on")  # of a case
# What makes a record itself, and what follows from the rest.
_OWN = frozenset(
    {"id", "person_id", "number", "merged_into_id", "household_id", "relation", "site_id", "owner_id", "opened_at"}
    | {"assess_by", "plan_by", *_OPEN_OR_CLOSED}
)
_EMPTY: tuple[object, ...] = ("", None, ())


@dataclass(frozen=True, slots=True)
class Difference:
    """Fields that say one thing in the record that goes on and another in the one that is joined to it."""

    names: tuple[str, ...]
    kept: tuple[Any, ...]
    gone: tuple[Any, ...]


def differences(kept: R, gone: R) -> list[Difference]:
    """What both records tell, and tell otherwise: someone must choose. Blanks are no difference, they are filled."""
    found = []
    for names in _groups(kept):
        mine, yours = _values(kept, names), _values(gone, names)
        if mine != yours and _told(mine) and _told(yours):
            found.append(Difference(names, mine, yours))
    return found


def merged(kept: R, gone: R, from_gone: Collection[str] = ()) -> R:
    """The record that goes on: its own values, its blanks filled from the other, and of the other what was chosen.

    `from_gone` names fields; one of a group brings the whole group.
    """
    values: dict[str, Any] = {}
    for names in _groups(kept):
        mine, yours = _values(kept, names), _values(gone, names)
        if _told(yours) and (not _told(mine) or any(name in from_gone for name in names)):
            values |= dict(zip(names, yours, strict=True))
    made: R = replace(kept, **values)  # type: ignore[type-var]
    return made


def merged_person(kept: Person, gone: Person, from_gone: Collection[str] = ()) -> Person:
    """The person who goes on; registered when the first of the two was, as deeply as the deeper one."""
    depths = ("group", "emergency", "full")
    made = merged(kept, gone, from_gone)
    first = min((at for at in (kept.registered_at, gone.registered_at) if at), default=None)
    return replace(
        made,
        registered_at=first,
        depth=max(kept.depth, gone.depth, key=lambda d: depths.index(d) if d in depths else 0),
    )


def merged_case(kept: Case, gone: Case, from_gone: Collection[str] = ()) -> Case:
    """The case that goes on; by when it is assessed and planned is the earlier day of the two.

    It is open when either of them is: to close one takes a decision.
    """
    made = merged(kept, gone, from_gone)
    if kept.status == CLOSED != gone.status:
        made = replace(made, **{name: getattr(gone, name) for name in _OPEN_OR_CLOSED})
    assess_by = min((on for on in (kept.assess_by, gone.assess_by) if on), default=None)
    plan_by = min((on for on in (kept.plan_by, gone.plan_by) if on), default=None)
    return replace(made, assess_by=assess_by, plan_by=plan_by)


def _groups(record: object) -> list[tuple[str, ...]]:
    names = [f.name for f in fields(record) if f.name not in _OWN]  # type: ignore[arg-type]
    grouped = {name: group for group in TOGETHER for name in group if set(group) <= set(names)}
    return list(dict.fromkeys(grouped.get(name, (name,)) for name in names))


def _values(record: object, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in names)


def _told(values: tuple[Any, ...]) -> bool:
    return any(value not in _EMPTY for value in values)
