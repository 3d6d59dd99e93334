"""Queries behind a search: who has a number or a key, which words names hold, and what the people found are called.

Plain SQL over few columns, because a few hundred people are looked at while somebody types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from panoh.domain.dates import PartialDate
from panoh.domain.find_keys import LAST, NAME
from panoh.domain.household import Household, Site
from panoh.store.tables import table
from panoh.store.units import Reading, one_of

# One text holds them all: fetching rows one by one takes three times as long.
_NAMED = """
    SELECT json_group_array(json_array(person.id, given_name, family_name, patronymic, sex, birth_earliest, birth_latest,
           coalesce(site.name, ''), origin,
           (SELECT json_group_array(text) FROM person_name WHERE person_id = person.id)))
    FROM json_each(:one_of) AS wanted JOIN person ON person.id = wanted.value LEFT JOIN site ON site.id = person.site_id
"""
_EVERY_WORD = f"""
    WITH RECURSIVE word(key) AS (
        SELECT min(key) FROM name_key WHERE key >= '{NAME}' AND key < '{NAME}{LAST}'
        UNION ALL
        SELECT (SELECT min(name_key.key) FROM name_key
                WHERE name_key.key > substr(word.key, 1, instr(word.key, ' ')) || '{LAST}' AND name_key.key < '{NAME}{LAST}')
        FROM word WHERE word.key IS NOT NULL)
    SELECT group_concat(substr(key, 2, instr(key, ' ') - 2), char(10)) FROM word
"""  # noqa: S608  # from one word to the next by the index, a few thousand steps
_WORDS_SINCE = f"""
    SELECT group_concat(DISTINCT substr(key, 2, instr(key, ' ') - 2)) FROM name_key
    WHERE key >= '{NAME}' AND key < '{NAME}{LAST}' AND person_id IN (
        SELECT record_id FROM journal WHERE seq > :seq AND record_class = 'Person'
        UNION SELECT person_id FROM journal JOIN person_name ON person_name.id = record_id
        WHERE seq > :seq AND record_class = 'PersonName')
"""  # noqa: S608


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
    origin: str
    other_names: Sequence[str]

    @property
    def birth(self) -> PartialDate:
        """The days that the birth may be."""
        if not self.born_from or not self.born_to:
            return PartialDate()
        return PartialDate("", date.fromisoformat(self.born_from), date.fromisoformat(self.born_to))

    @property
    def place(self) -> str:
        """Where the person stays and comes from."""
        return f"{self.site_name} {self.origin}"


@dataclass(frozen=True, slots=True)
class Narrow:
    """What beside a name says which people are meant; nothing of it is unknown of somebody to their harm."""

    years: tuple[int, int] | None = None  # of birth
    sex: str = ""
    site_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.years or self.sex or self.site_ids)

    def where(self) -> tuple[str, list[Any]]:
        """Conditions on a person, and their values."""
        told: list[str] = []
        values: list[Any] = []
        if self.years:
            told.append("(birth_latest IS NULL OR (birth_latest >= ? AND birth_earliest <= ?))")
            values += [f"{self.years[0]:04d}-01-01", f"{self.years[1]:04d}-12-31"]
        if self.sex:
            told.append("sex IN (?, '')")
            values.append(self.sex)
        if self.site_ids:
            told.append(f"site_id IN ({_marks(self.site_ids)})")
            values += self.site_ids
        return " AND ".join(told), values


_FEW = 5  # households of one number


def named(reading: Reading, ids: Iterable[str]) -> list[Named]:
    """The names of these people, and what tells namesakes apart."""
    found = reading.connection.exec_driver_sql(_NAMED, one_of(ids)).scalar_one()
    return [Named(*row) for row in json.loads(found)]


def key_holders(reading: Reading, keys: Sequence[str]) -> dict[str, list[str]]:
    """The ids of everyone who has one of these keys, by key."""
    statement = f"SELECT key, group_concat(person_id) FROM name_key WHERE key IN ({_marks(keys)}) GROUP BY key"  # noqa: S608
    found = reading.connection.exec_driver_sql(statement, tuple(keys)) if keys else ()
    return {key: ids.split(",") for key, ids in found}


def those(reading: Reading, ids: Iterable[str], narrow: Narrow) -> set[str]:
    """Those of these people of whom it is so."""
    where, values = narrow.where()
    statement = f"SELECT group_concat(id) FROM person WHERE id IN (SELECT value FROM json_each(?)) AND {where}"  # noqa: S608
    found = reading.connection.exec_driver_sql(statement, (json.dumps(list(ids)), *values)).scalar()
    return set(found.split(",")) if found else set()


def between_keys(reading: Reading, ranges: Sequence[tuple[str, str]], most: int) -> list[str]:
    """The ids of people with a key in one of these ranges: at most so many of each, the first ranges first."""
    one = f"SELECT person_id FROM (SELECT person_id FROM name_key WHERE key >= ? AND key < ? LIMIT {most:d})"  # noqa: S608
    statement = f"SELECT group_concat(person_id) FROM ({' UNION ALL '.join([one] * len(ranges))})"  # noqa: S608
    every = tuple(value for pair in ranges for value in pair)
    found = reading.connection.exec_driver_sql(statement, every).scalar() if ranges else ""
    return list(dict.fromkeys(found.split(","))) if found else []


def at_sites(reading: Reading, narrow: Narrow, most: int) -> list[str]:
    """The ids of people of whom all this is so, without a name; the last registered first."""
    where, values = narrow.where()
    if not where:
        return []
    statement = f"SELECT id FROM person WHERE {where} AND merged_into_id IS NULL ORDER BY id DESC LIMIT {most:d}"  # noqa: S608
    return [row[0] for row in reading.connection.exec_driver_sql(statement, tuple(values))]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


# --- the words of names ----------------------------------------------------------------------------------------------


def last_change(reading: Reading) -> int:
    """Where the journal stands: a later reading with the same answer shows the same names."""
    return int(reading.connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM journal").scalar_one())


def every_word(reading: Reading) -> list[str]:
    """Each word, by sound, that stands in a name."""
    found = reading.connection.exec_driver_sql(_EVERY_WORD).scalar()
    return found.split("\n") if found else []


def words_since(reading: Reading, seq: int) -> list[str]:
    """The words of names that the journal tells to be new or changed since an entry."""
    found = reading.connection.exec_driver_sql(_WORDS_SINCE, {"seq": seq}).scalar()
    return found.split(",") if found else []


# --- numbers, households, sites --------------------------------------------------------------------------------------


# Neither set aside, nor joined to a record that was.
_THERE = "coalesce(merged_into_id, '') NOT IN (SELECT id FROM person WHERE merged_into_id > '' AND merged_into_id = id)"


def numbered(reading: Reading, number: str, external_id: str) -> str:
    """The id of the person with this number, or else with this id of the sender; '' if there is none.

    The number of a record that was joined to another one leads to that one; that of one set aside leads nowhere.
    """
    for column, value in (("number", number), ("external_id", external_id)):
        statement = (
            f"SELECT coalesce(merged_into_id, id) FROM person WHERE {column} = ? AND {_THERE} ORDER BY id LIMIT 1"  # noqa: S608
        )
        found = value and reading.connection.exec_driver_sql(statement, (value,)).scalar()
        if found:
            return str(found)
    return ""


def numbered_any(reading: Reading, numbers: Iterable[str]) -> list[str]:
    """The ids of everyone who has one of these numbers, or whose household has; of joined records the one that goes on."""
    statement = """
        SELECT DISTINCT coalesce(merged_into_id, id) AS found FROM person
        WHERE (number IN (SELECT value FROM json_each(:one_of)) OR household_id IN
            (SELECT id FROM household WHERE number IN (SELECT value FROM json_each(:one_of)))) AND """
    statement += f"{_THERE} ORDER BY found"
    return [row[0] for row in reading.connection.exec_driver_sql(statement, one_of(numbers))]


def number_begins(reading: Reading, beginning: str, most: int) -> list[str]:
    """The ids of people whose number begins so, the lowest numbers first."""
    statement = (
        "SELECT id FROM person WHERE number >= ? AND number < ? AND merged_into_id IS NULL ORDER BY number LIMIT ?"
    )
    found = reading.connection.exec_driver_sql(statement, (beginning, beginning + LAST, most))
    return [row[0] for row in found]


def households_numbered(reading: Reading, beginnings: Sequence[str], external_id: str) -> list[Household]:
    """Households whose number begins so, and those with this id of the sender; the first few."""
    h = table(Household).c
    found = reading.all(Household, h.external_id == external_id, limit=_FEW) if external_id else []
    for beginning in beginnings:
        found += reading.all(Household, h.number >= beginning, h.number < beginning + LAST, order=h.number, limit=_FEW)
    return list({home.id: home for home in found}.values())[:_FEW]


def sites(reading: Reading) -> list[Site]:
    """Every site."""
    return reading.all(Site)


def count_at(reading: Reading, site_id: str) -> int:
    """How many people are recorded at a site."""
    statement = "SELECT count(*) FROM person WHERE site_id = ? AND merged_into_id IS NULL"
    return int(reading.connection.exec_driver_sql(statement, (site_id,)).scalar_one())
