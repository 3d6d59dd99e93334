"""Queries behind a search: who has a number, who shares keys of a name, and what these people are called.

Plain SQL over few columns, because several hundred people are looked at while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from panoh.domain.dates import PartialDate
from panoh.store.units import Reading, one_of

_NAMED = """
    SELECT person.id, given_name, family_name, patronymic, sex, birth_earliest, birth_latest, coalesce(site.name, ''),
           coalesce((SELECT group_concat(text, char(10)) FROM person_name WHERE person_id = person.id), '')
    FROM json_each(:one_of) AS wanted JOIN person ON person.id = wanted.value LEFT JOIN site ON site.id = person.site_id
"""


class Named(NamedTuple):
    """What a search compares of a person."""

    id: str
    given_name: str
    family_name: str
    patronymic: str
    sex: str
    born_from: str | None  # the span of days of the birth, as stored
    born_to: str | None
    site_name: str
    others: str  # other names, one a line

    @property
    def birth(self) -> PartialDate:
        """The days that the birth may be."""
        if not self.born_from or not self.born_to:
            return PartialDate()
        return PartialDate("", date.fromisoformat(self.born_from), date.fromisoformat(self.born_to))

    @property
    def other_names(self) -> list[str]:
        """Every other name that is recorded."""
        return self.others.split("\n") if self.others else []


def named(reading: Reading, ids: Iterable[str]) -> list[Named]:
    """The names of these people, and what tells namesakes apart."""
    return [Named(*row) for row in reading.connection.exec_driver_sql(_NAMED, one_of(ids))]


def key_holders(reading: Reading, keys: Iterable[str]) -> list[str]:
    """The ids of everyone who has one of these name keys, once for each key."""
    wanted = tuple(keys)
    # One text holds them all: fetching thousands of rows one by one would take three times as long.
    statement = f"SELECT group_concat(person_id) FROM name_key WHERE key IN ({','.join('?' * len(wanted))})"  # noqa: S608
    found = reading.connection.exec_driver_sql(statement, wanted).scalar()
    return found.split(",") if found else []


def numbered(reading: Reading, number: str, external_id: str) -> str:
    """The id of the person with this number, or else with this id of the sender; '' if there is none.

    The number of a record that was joined to another one leads to that one.
    """
    for column, value in (("number", number), ("external_id", external_id)):
        statement = f"SELECT coalesce(merged_into_id, id) FROM person WHERE {column} = ? ORDER BY id LIMIT 1"  # noqa: S608
        found = value and reading.connection.exec_driver_sql(statement, (value,)).scalar()
        if found:
            return str(found)
    return ""


def numbered_any(reading: Reading, numbers: Iterable[str]) -> list[str]:
    """The ids of everyone who has one of these numbers, or whose household has."""
    statement = """
        SELECT id FROM person WHERE number IN (SELECT value FROM json_each(:one_of)) OR household_id IN
            (SELECT id FROM household WHERE number IN (SELECT value FROM json_each(:one_of))) ORDER BY id
    """
    return [row[0] for row in reading.connection.exec_driver_sql(statement, one_of(numbers))]
