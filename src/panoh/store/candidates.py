"""Rows behind tracing: under which keys requests are looked for, who may be the one sought, and what is due to be compared.

All of it is worked out from records and can be made anew; it is never journalled. Plain SQL over few columns, because a
full run looks at everyone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from panoh.domain.matching.sides import OtherName
from panoh.store.duplicates import IN_ONE_TEXT, ON_ITS_OWN
from panoh.store.tables import candidate, match_due, request_key
from panoh.store.units import ONE_OF, Reading, Unit, one_of

PERSON, REQUEST, ALL = "person", "request", "all"  # what is due: one person, one request, or everything
_BETWEEN = "\x1f"  # stands between the values of a column that is read as one text; nobody types it
# The fields of domain.duplicates.register.Row in its order, then those of domain.matching.columns.PersonRow, then the parents.
_COMPARED = (
    "p.given_name", "p.family_name", "CASE p.patronymic WHEN '' THEN p.father_name ELSE p.patronymic END", "p.sex",
    "p.birth_precision", "coalesce(p.birth_earliest, '')", "coalesce(p.birth_latest, '')", "p.origin", "p.phone",
    "coalesce(p.household_id, '')", "''", "p.sex_basis", "coalesce(p.arrival_on, '')",
    "coalesce(date(p.registered_at, 'unixepoch'), '')",
    "coalesce((SELECT place FROM site WHERE id = p.site_id), '')", "p.father_name", "p.mother_name",
)  # fmt: skip
PHONE, ARRIVAL, REGISTERED, SITE = 8, 12, 13, 14  # the places of columns that not every run needs
_FROM = f"FROM person AS p WHERE {ON_ITS_OWN.replace('person.', 'p.')}"
_c, _due = candidate.c, match_due.c


# --- everyone --------------------------------------------------------------------------------------------------------


def everyone(reading: Reading, without: Collection[int] = ()) -> tuple[list[str], list[Sequence[Any]]]:
    """Everyone's id, sorted, and what is compared of them, one list a column, in the same order.

    The columns `without` are not read, and empty. One text holds each of the others: fetching the rows one by one would
    take four times as long. Where somebody's text holds the very sign that stands between, rows are fetched after all.
    """
    read = [at for at, column in enumerate(_COMPARED) if at not in without and column != "''"]
    named = ", ".join(f"{column} AS c{at}" for at, column in enumerate(("p.id", *(_COMPARED[at] for at in read))))
    joined = ", ".join(f"group_concat(c{at}, '{_BETWEEN}')" for at in range(len(read) + 1))
    row = reading.connection.exec_driver_sql(f"SELECT {joined} FROM (SELECT {named} {_FROM} ORDER BY p.id)").one()  # noqa: S608
    if row[0] is None:
        return [], []
    ids, *values = (str(text).split(_BETWEEN) for text in row)
    if any(len(column) != len(ids) for column in values):
        rows = reading.connection.exec_driver_sql(f"SELECT {named} {_FROM} ORDER BY p.id").fetchall()
        ids, *values = (list(column) for column in zip(*rows, strict=True))
    nothing = [""] * len(ids)
    of_column = dict(zip(read, values, strict=True))
    return ids, [of_column.get(at, nothing) for at in range(len(_COMPARED))]


def other_names(reading: Reading) -> list[tuple[str, OtherName]]:
    """Person and other name of everyone."""
    found = reading.connection.exec_driver_sql("SELECT person_id, text, kind FROM person_name WHERE text <> ''")
    return [(row[0], OtherName(row[1], row[2])) for row in found]


def names_of(reading: Reading, people: Iterable[str]) -> list[tuple[str, OtherName]]:
    """Person and other name of these people."""
    statement = (
        "SELECT person_id, text, kind FROM person_name "
        "WHERE text <> '' AND person_id IN (SELECT value FROM json_each(:one_of))"
    )
    return [
        (row[0], OtherName(row[1], row[2])) for row in reading.connection.exec_driver_sql(statement, one_of(people))
    ]


def around(reading: Reading, people: Iterable[str]) -> list[tuple[str, str]]:
    """Each of these people and the given name of somebody who stays with them."""
    statement = (
        "SELECT p.id, o.given_name FROM json_each(:one_of) AS wanted CROSS JOIN person AS p ON p.id = wanted.value "
        "CROSS JOIN person AS o ON o.household_id = p.household_id AND o.id <> p.id "
        "WHERE o.given_name <> '' AND +o.merged_into_id IS NULL"
    )
    return [(row[0], row[1]) for row in reading.connection.exec_driver_sql(statement, one_of(people))]


def languages(reading: Reading) -> list[tuple[str, str]]:
    """Person and the codes of the languages they speak, in one text."""
    found = reading.connection.exec_driver_sql("SELECT id, languages FROM person WHERE languages <> '[]'")
    return [(row[0], " ".join(json.loads(row[1]))) for row in found]


def kin_links(reading: Reading) -> list[tuple[str, str]]:
    """Each person and the given name of somebody they are linked to; nobody who is masked stands among the named."""
    one_way = (
        "SELECT l.{0}, o.given_name FROM kin_link AS l JOIN person AS o ON o.id = l.{1} "
        "WHERE o.given_name <> '' AND +o.merged_into_id IS NULL AND o.id NOT IN (SELECT person_id FROM masked)"
    )
    ends = (("from_person_id", "to_person_id"), ("to_person_id", "from_person_id"))
    statement = " UNION ALL ".join(one_way.format(*end) for end in ends)
    return [(row[0], row[1]) for row in reading.connection.exec_driver_sql(statement)]


# --- keys of requests ------------------------------------------------------------------------------------------------


def put_request_keys(unit: Unit, keys: Mapping[str, Iterable[str]]) -> None:
    """Write the keys of requests over their older ones."""
    unit.connection.execute(delete(request_key).where(request_key.c.request_id.in_(ONE_OF)), one_of(keys))
    rows = [(key, request_id) for request_id, mine in keys.items() for key in mine]
    if rows:
        unit.connection.exec_driver_sql("INSERT OR IGNORE INTO request_key VALUES (?,?)", rows)


def requests_like(reading: Reading, person_ids: Iterable[str]) -> set[str]:
    """Requests that share a key with one of these people."""
    statement = (
        "SELECT DISTINCT r.request_id FROM json_each(:one_of) AS wanted "
        "JOIN name_key AS n ON n.person_id = wanted.value JOIN request_key AS r ON r.key = n.key"
    )
    return {row[0] for row in reading.connection.exec_driver_sql(statement, one_of(person_ids))}


def kept_for(reading: Reading, person_ids: Iterable[str]) -> set[str]:
    """Requests for which one of these people is kept as a candidate."""
    wanted = select(_c.request_id).where(_c.person_id.in_(ONE_OF)).distinct()
    return {row[0] for row in reading.connection.execute(wanted, one_of(person_ids))}


def in_homes_of(reading: Reading, people: Iterable[str]) -> bytes:
    """Ids, in one text, of everyone who stays with one of these people, these among them."""
    statement = (
        f"SELECT {IN_ONE_TEXT.format('id')} FROM person WHERE household_id IN "  # noqa: S608
        "(SELECT p.household_id FROM json_each(:one_of) AS wanted CROSS JOIN person AS p ON p.id = wanted.value)"
    )
    return bytes(reading.connection.exec_driver_sql(statement, one_of(people)).scalar() or b"")


# --- candidates ------------------------------------------------------------------------------------------------------


def put(unit: Unit, request_ids: Iterable[str], rows: Iterable[tuple[str, str, float]]) -> None:
    """Keep these candidates (request, person, score) in place of all that were kept for the requests."""
    unit.connection.execute(delete(candidate).where(_c.request_id.in_(ONE_OF)), one_of(request_ids))
    _insert(unit, rows)


def put_pairs(
    unit: Unit, request_ids: Iterable[str], person_ids: Iterable[str], rows: Iterable[tuple[str, str, float]]
) -> None:
    """Keep these candidates in place of those that were kept of these people for these requests."""
    people = list(person_ids)
    statement = (
        "DELETE FROM candidate WHERE request_id IN (SELECT value FROM json_each(?)) "
        "AND person_id IN (SELECT value FROM json_each(?))"
    )
    unit.connection.exec_driver_sql(statement, (json.dumps(list(request_ids)), json.dumps(people)))
    _insert(unit, rows)


def clear(unit: Unit) -> None:
    """Forget every candidate, and every key of a request."""
    unit.connection.execute(delete(candidate))
    unit.connection.execute(delete(request_key))


def existing(reading: Reading, person_ids: Iterable[str]) -> set[str]:
    """Those of these people whose records are there."""
    statement = (
        "SELECT p.id FROM json_each(:one_of) AS wanted CROSS JOIN person AS p ON p.id = wanted.value "
        "WHERE +p.merged_into_id IS NULL"
    )
    return {row[0] for row in reading.connection.exec_driver_sql(statement, one_of(person_ids))}


def _insert(unit: Unit, rows: Iterable[tuple[str, str, float]]) -> None:
    values = list(rows)
    if values:
        unit.connection.exec_driver_sql("INSERT OR REPLACE INTO candidate VALUES (?,?,?)", values)


def of_request(reading: Reading, request_id: str, least: float, limit: int) -> list[tuple[str, float]]:
    """Who is kept for a request, with the score, best first."""
    wanted = select(_c.person_id, _c.score).where(_c.request_id == request_id, _c.score >= least)
    rows = reading.connection.execute(wanted.order_by(_c.score.desc(), _c.person_id).limit(limit))
    return [(row[0], float(row[1])) for row in rows]


# --- what is due -----------------------------------------------------------------------------------------------------


def mark(unit: Unit, kind: str, ids: Iterable[str]) -> None:
    """Have these compared anew; the mark stands in the vault until it is done. Of who was erased none is left."""
    if kind == ALL:
        unit.connection.exec_driver_sql("INSERT OR IGNORE INTO match_due VALUES (?, '')", (ALL,))
        return
    source = {PERSON: "person", REQUEST: "tracing_request"}[kind]
    wanted = json.dumps(sorted(ids))
    unit.connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO match_due SELECT ?, id FROM {source} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (kind, wanted),
    )
    unit.connection.exec_driver_sql(
        "DELETE FROM match_due WHERE kind = ? AND id IN (SELECT value FROM json_each(?)) "  # noqa: S608
        f"AND id NOT IN (SELECT id FROM {source} WHERE id IN (SELECT value FROM json_each(?)))",
        (kind, wanted, wanted),
    )


def due(reading: Reading, kind: str, limit: int = -1) -> list[str]:
    """What of this kind is due, at most so many."""
    wanted = select(_due.id).where(_due.kind == kind).order_by(_due.id)
    rows = reading.connection.execute(wanted if limit < 0 else wanted.limit(limit))
    return [row[0] for row in rows]


def is_due(reading: Reading, request_id: str) -> bool:
    """Whether anything is due that may change who is kept for this request."""
    statement = "SELECT 1 FROM match_due WHERE kind <> 'request' OR id = ? LIMIT 1"
    return reading.connection.exec_driver_sql(statement, (request_id,)).first() is not None


def settle(unit: Unit, kind: str, ids: Iterable[str]) -> None:
    """These were compared."""
    unit.connection.execute(delete(match_due).where(_due.kind == kind, _due.id.in_(ONE_OF)), one_of(ids))
