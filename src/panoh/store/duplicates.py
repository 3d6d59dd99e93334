"""Rows behind the search for people registered twice: everyone in few columns, who may be a newcomer, what was found.

Plain SQL over few columns, read in portions, because all of a vault is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, delete, func, or_, select

from panoh.domain.dates import DAY, UNKNOWN
from panoh.domain.duplicates.decisions import FACTS, LATER
from panoh.domain.merging import DuplicateDecision
from panoh.domain.person import Person
from panoh.store.masking import hidden_from
from panoh.store.tables import duplicate_pair, from_row, journal, table
from panoh.store.units import ONE_OF, Reading, Unit, one_of

PORTION = 4000  # rows read in one go
# The fields of domain.duplicates.register.Row, in its order.
_COMPARED = (
    "given_name, family_name, patronymic, sex, birth_precision, birth_earliest, birth_latest, origin, phone, "
    "household_id, relation"
)
# A record that was not joined to another one; the sign keeps SQLite from reading everyone through that column's index.
ON_ITS_OWN = "+person.merged_into_id IS NULL"
# Thousands of ids in one go: fetching them one by one would take three times as long.
IN_ONE_TEXT = "CAST(group_concat({}, '') AS BLOB)"
_pair, _decision, _journal = duplicate_pair.c, table(DuplicateDecision).c, journal.c
_ANSWERED = and_(_decision.person_a_id == _pair.person_a_id, _decision.person_b_id == _pair.person_b_id)
_WAITS = _decision.state == LATER


class FoundPair(NamedTuple):
    """A pair that the last search found, with its reasons as text, and the answer that was given about it, if any."""

    person_a_id: str
    person_b_id: str
    score: float
    reasons: str
    decision: DuplicateDecision | None


# --- everyone --------------------------------------------------------------------------------------------------------


def everyone(reading: Reading) -> Iterator[list[Sequence[Any]]]:
    """What is compared of everyone, in portions, in the order of `ids`."""
    found = reading.connection.exec_driver_sql(f"SELECT {_COMPARED} FROM person WHERE {ON_ITS_OWN} ORDER BY id")  # noqa: S608
    while rows := found.fetchmany(PORTION):
        yield list(rows)


def ids(reading: Reading) -> list[str]:
    """Everyone's id, sorted."""
    # One text holds them all: fetching them one by one would take five times as long.
    found = reading.connection.exec_driver_sql(
        f"SELECT group_concat(id) FROM (SELECT id FROM person WHERE {ON_ITS_OWN} ORDER BY id)"  # noqa: S608
    )
    text = found.scalar()
    return str(text).split(",") if text else []


def papers(reading: Reading, without: Iterable[str], people: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Person and number of every paper that is not of these kinds; of these people only, if any are given."""
    statement = "SELECT person_id, document_no, kind FROM identity_document WHERE document_no <> ''"
    left_out = set(without)
    return [(person, number) for person, number, kind in _of(reading, statement, people) if kind not in left_out]


def other_names(reading: Reading, people: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Person and text of every other name; of these people only, if any are given."""
    return [
        (row[0], row[1]) for row in _of(reading, "SELECT person_id, text FROM person_name WHERE text <> ''", people)
    ]


def further_phones(reading: Reading, people: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Person and number of every further phone; of these people only, if any are given."""
    return [
        (row[0], row[1])
        for row in _of(reading, "SELECT person_id, phone_no FROM person_phone WHERE phone_no <> ''", people)
    ]


def _of(reading: Reading, statement: str, people: Iterable[str] | None) -> Iterable[Sequence[Any]]:
    if people is None:  # not of records that are hidden: they are not in `ids`
        statement += " AND person_id NOT IN (SELECT id FROM person WHERE merged_into_id IS NOT NULL)"
        return reading.connection.exec_driver_sql(statement)
    statement += " AND person_id IN (SELECT value FROM json_each(:one_of))"
    return reading.connection.exec_driver_sql(statement, one_of(people))


# --- who may be a newcomer -------------------------------------------------------------------------------------------


def people_count(reading: Reading) -> int:
    """About how many people there are; quick, as rows of people are never renumbered and seldom taken away."""
    return int(reading.connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM person").scalar_one())


def some(reading: Reading, people: Iterable[str]) -> list[tuple[str, Sequence[Any]]]:
    """What is compared of these people, each with the id."""
    statement = f"SELECT person.id, {_COMPARED} FROM json_each(:one_of) AS wanted JOIN person ON person.id = wanted.value WHERE {ON_ITS_OWN}"  # noqa: S608
    found = reading.connection.exec_driver_sql(statement, one_of(people)).fetchall()
    return [(row[0], row[1:]) for row in found]


def key_holders(reading: Reading, keys: Sequence[str]) -> dict[str, bytes]:
    """For each of these name keys the ids of everyone who has it, one behind the other in one text."""
    statement = (
        f"SELECT key, {IN_ONE_TEXT.format('person_id')} FROM name_key WHERE key IN ({_marks(keys)}) GROUP BY key"  # noqa: S608
    )
    found = reading.connection.exec_driver_sql(statement, tuple(keys)).fetchall()
    return dict.fromkeys(keys, b"") | {row[0]: row[1] for row in found}


def born_on(reading: Reading, sexes: Sequence[str], days: Sequence[str]) -> bytes:
    """The ids of everyone of these sexes whose birth is told to the day, and is one of these days (in ISO text)."""
    of_days = f"birth_precision = ? AND sex IN ({_marks(sexes)}) AND birth_earliest IN ({_marks(days)})"
    return _ids(reading, of_days, (DAY, *sexes, *days))


def born_about(reading: Reading, sexes: Sequence[str], precisions: Sequence[str], first: str, last: str) -> bytes:
    """The ids of everyone whose birth is told so exactly, and may be from a day on that lies between these two."""
    about = f"birth_precision IN ({_marks(precisions)}) AND sex IN ({_marks(sexes)}) AND birth_earliest BETWEEN ? AND ?"
    return _ids(reading, about, (*precisions, *sexes, first, last))


def born_unknown(reading: Reading, sexes: Sequence[str]) -> bytes:
    """The ids of everyone of these sexes of whom no birth is told, nor an age."""
    return _ids(reading, f"birth_precision = ? AND sex IN ({_marks(sexes)})", (UNKNOWN, *sexes))


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _ids(reading: Reading, where: str, values: tuple[str, ...]) -> bytes:
    statement = f"SELECT {IN_ONE_TEXT.format('id')} FROM person WHERE {where}"  # noqa: S608
    found = reading.connection.exec_driver_sql(statement, values).scalar()
    return bytes(found or b"")


# --- what was found --------------------------------------------------------------------------------------------------


def put_pairs(unit: Unit, pairs: Iterable[tuple[str, str, float, str]]) -> None:
    """Write what a search found over what the last one did; never journalled."""
    unit.connection.execute(delete(duplicate_pair))
    rows = list(pairs)
    if rows:
        unit.connection.exec_driver_sql("INSERT INTO duplicate_pair VALUES (?,?,?,?)", rows)


def drop_pair(unit: Unit, person_a_id: str, person_b_id: str) -> None:
    """Take one pair off the list."""
    unit.connection.execute(
        delete(duplicate_pair).where(_pair.person_a_id == person_a_id, _pair.person_b_id == person_b_id)
    )


def pairs(
    reading: Reading, waiting: bool, least: float, offset: int, limit: int, reader_id: str = ""
) -> list[FoundPair]:
    """A page of what was found, best first: what is still to be answered, or what was answered with 'later'.

    Without pairs of somebody who is masked for this reader; '' reads all.
    """
    wanted = _pairs(
        reader_id,
        waiting,
        least,
        _pair.person_a_id,
        _pair.person_b_id,
        _pair.score,
        _pair.reasons,
        *table(DuplicateDecision).c,
    )
    order = (_pair.score.desc(), _pair.person_a_id, _pair.person_b_id)
    rows = reading.connection.execute(wanted.order_by(*order).offset(offset).limit(limit))
    return [
        FoundPair(a, b, score, why, from_row(DuplicateDecision, answer) if answer[0] else None)
        for a, b, score, why, *answer in rows
    ]


def pairs_count(reading: Reading, waiting: bool, least: float, reader_id: str = "") -> int:
    """How many pairs there are of those."""
    return int(reading.connection.execute(_pairs(reader_id, waiting, least, func.count())).scalar_one())


def score_of(reading: Reading, person_a_id: str, person_b_id: str) -> float | None:
    """What the last search gave to a pair; None if it did not find it."""
    wanted = select(_pair.score).where(_pair.person_a_id == person_a_id, _pair.person_b_id == person_b_id)
    found = reading.connection.execute(wanted).scalar()
    return None if found is None else float(found)


def _pairs(reader_id: str, waiting: bool, least: float, *columns: Any) -> Select[Any]:
    wanted = select(*columns).select_from(duplicate_pair.outerjoin(table(DuplicateDecision), _ANSWERED))
    joined = select(table(Person).c.id).where(table(Person).c.merged_into_id.is_not(None))
    wanted = wanted.where(_pair.score >= least, _pair.person_a_id.not_in(joined), _pair.person_b_id.not_in(joined))
    unknown = hidden_from(reader_id)
    wanted = wanted.where(_pair.person_a_id.not_in(unknown), _pair.person_b_id.not_in(unknown))
    return wanted.where(_WAITS if waiting else or_(_decision.state.is_(None), _decision.state != LATER))


# --- answers ---------------------------------------------------------------------------------------------------------


def decision_on(reading: Reading, person_a_id: str, person_b_id: str) -> DuplicateDecision | None:
    """The answer that stands about a pair."""
    return reading.first(DuplicateDecision, _decision.person_a_id == person_a_id, _decision.person_b_id == person_b_id)


def joined(reading: Reading) -> dict[str, str]:
    """Each record that was joined to another one, and the one that goes on."""
    rows = reading.connection.exec_driver_sql("SELECT id, merged_into_id FROM person WHERE merged_into_id IS NOT NULL")
    return {row[0]: row[1] for row in rows}


def changed_after(reading: Reading, decision: DuplicateDecision) -> bool:
    """Whether a fact that is compared was changed on, or added to, one of the two after the answer was written."""
    answered = reading.connection.execute(
        select(func.max(_journal.seq)).where(_journal.record_id == decision.id)
    ).scalar()
    both = (decision.person_a_id, decision.person_b_id)
    beside = [
        row[0]
        for source in ("person_name", "person_phone", "identity_document")
        for row in _records_of(reading, source, both)
    ]
    facts = and_(_journal.record_id.in_(both), _journal.field.in_(FACTS))
    added = _journal.record_id.in_(ONE_OF)
    later = select(_journal.seq).where(_journal.seq > (answered or 0), or_(facts, added)).limit(1)
    return reading.connection.execute(later, one_of(beside)).first() is not None


def _records_of(reading: Reading, source: str, people: Sequence[str]) -> Iterator[Sequence[str]]:
    statement = f"SELECT id FROM {source} WHERE person_id IN (SELECT value FROM json_each(:one_of))"  # noqa: S608
    yield from reading.connection.exec_driver_sql(statement, one_of(people))
