"""Who may do what: one table of role, record class and action (resources/access.toml). What it does not grant is refused.

A rule of the services and, in a file that whoever unlocks it holds the key of, no more than that; what must hold against
a user with an SQL console is sealed (sealing.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panoh.base.errors import AppError

CASEWORKER, SUPERVISOR, HEAD = "caseworker", "supervisor", "head"
ROLES = (CASEWORKER, SUPERVISOR, HEAD)  # each may what the one before may
ACTIONS = READ, MAKE, CHANGE, REMOVE = ("read", "make", "change", "remove")
_EVERYONE, _OWN = "everyone", "own"
_GRANTS: Mapping[str, tuple[str, ...]] = {
    CASEWORKER: (_EVERYONE,),
    SUPERVISOR: (_EVERYONE, SUPERVISOR),
    HEAD: (_EVERYONE, SUPERVISOR, HEAD),
}


@dataclass(frozen=True, slots=True)
class Access:
    """The table, with the rows of each record class."""

    granted: Mapping[str, Mapping[str, frozenset[str]]]

    def may(self, role: str, record_class: str, action: str, *, own: bool = False) -> bool:
        """Whether this role may do this with this class; `own` is for whoever holds the case that a record is about."""
        rows = self.granted.get(record_class, {})
        columns = (*_GRANTS.get(role, ()), *((_OWN,) if own else ()))
        return any(action in rows.get(column, ()) for column in columns)


def load_access(text: str, name: str, record_classes: Iterable[str]) -> Access:
    """Read the table. Raises AppError('access.invalid') naming what is wrong: a class without its entry is."""
    table, wanted = tomllib.loads(text), set(record_classes)
    wrong = sorted(set(table) ^ wanted)
    for record_class, rows in table.items():
        odd = set(rows) - {_EVERYONE, _OWN, SUPERVISOR, HEAD}
        odd |= {action for actions in rows.values() for action in actions if action not in ACTIONS}
        wrong += [f"{record_class}: {word}" for word in sorted(odd)]
    if wrong:
        raise AppError("access.invalid", file=name, found=", ".join(wrong))
    return Access({c: {column: frozenset(actions) for column, actions in rows.items()} for c, rows in table.items()})
