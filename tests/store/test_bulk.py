"""Rows that were bound and journalled away from the connection are what a Unit would have written."""

from __future__ import annotations

import json
from dataclasses import MISSING, astuple, fields
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from tests.examples import examples

from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.domain.records import RECORDS
from panoh.services.desk import Desk
from panoh.store import bulk, journal
from panoh.store.tables import meta, table, to_values

SEED = bulk.Seed("KX7", "a" * 32, 1_276_500_000, b"k" * 32, 0, journal.GENESIS, 0)
VALUES: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=8),
    int: st.integers(0, 1 << 40),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
    tuple[str, ...]: st.lists(st.text(st.characters(codec="utf-8"), max_size=4), max_size=3).map(tuple),
}


def _value(hint: Any) -> st.SearchStrategy[Any]:
    for kind, values in VALUES.items():
        if hint == kind:
            return values
    inner = next(one for one in hint.__args__ if one is not type(None))
    return st.none() | _value(inner)


_points = st.text("abc", min_size=1, max_size=4)


def _must_point(kind: type, name: str) -> bool:
    column = table(kind).c[name]
    return bool(column.foreign_keys) and not column.nullable


@st.composite
def records(draw: st.DrawFn) -> list[Any]:
    kind: Any = draw(st.sampled_from(RECORDS))
    return draw(st.lists(record(kind), min_size=1, max_size=3, unique_by=lambda made: made.id))


@st.composite
def record(draw: st.DrawFn, kind: Any) -> Any:
    hints = get_type_hints(kind)
    told = {
        each.name: draw(_points if _must_point(kind, each.name) else _value(hints[each.name]))
        for each in fields(kind)
        if each.default is MISSING or _must_point(kind, each.name) or draw(st.booleans())
    }
    return kind(**told)


@examples(200)
@given(made=records())
def test_rows_and_their_images_are_those_of_the_store(made: list[Any]) -> None:
    kind = type(made[0])
    rows, images = bulk._BINDERS[kind](made)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        meta.create_all(connection, [table(kind)])
        for each in made:
            connection.execute(table(kind).delete())
            connection.execute(table(kind).insert(), [to_values(each)])
            assert (
                tuple(connection.exec_driver_sql(f"SELECT * FROM {table(kind).name}").one()) == rows[made.index(each)]
            )
    for each, image in zip(made, images, strict=True):
        told = {f.name: value for f in fields(kind) if (value := getattr(each, f.name)) not in ("", None, ())}
        assert json.loads(image) == json.loads(journal.as_text(told) or "")
    assert bulk._BINDERS[kind](made) == (rows, images)  # remembered values as well


@given(
    entries=st.lists(
        st.tuples(st.sampled_from(["made", "changed", "read"]), st.text(max_size=8), st.text(max_size=8)), max_size=8
    )
)
def test_a_chain_made_elsewhere_is_the_chain(entries: list[tuple[str, str, str]]) -> None:
    chain = journal.Chain(b"k" * 32, journal.Head(0, journal.GENESIS), "KX7", 'an "actor"', 7)
    before = journal.GENESIS
    for number, (change, record_id, text) in enumerate(entries, start=1):
        line, values = chain.add(journal.Entry(change, "Person", record_id, "sex", None, json.dumps(text)))
        told = (number, "KX7", 'an "actor"', 7, change, "Person", record_id, "sex")
        assert line[:8] == told
        assert line[8] == journal._digest(values[1], None, json.dumps(text))  # type: ignore[arg-type]
        before = journal._mac(b"k" * 32, before, told, line[8])  # type: ignore[arg-type]
        assert line[9] == before
    assert chain.head == journal.Head(len(entries), before)


def test_portions_commit_with_the_rest_of_the_write_and_the_journal_tells_all(desk: Desk) -> None:
    with desk.writing() as unit:
        seed = desk.store.seed(unit)
        maker = bulk.Maker(bulk.Seed(*astuple(seed)))
        home = Household(id="h" * 32, number=maker.number())
        people = [Person(id=f"{n:032x}", number=maker.number(), household_id=home.id) for n in range(3)]
        for record in (home, *people):
            maker.add(record)
        bulk.write(unit, maker.take())
        assert maker.take() == {}
        bulk.end(unit, maker.counter)
        unit.save(Person(id=people[0].id, number=people[0].number, household_id=home.id, sex="F"))
        assert unit.entry_numbers() == (seed.seq + 1, seed.seq + 5)
        assert unit.changes() == {"Household", "Person"}
    head, broken = desk.store.verify_journal()
    assert (head.count, broken) == (seed.seq + 5, None)
    with desk.writing() as unit:
        assert unit.next_numbers()[0] not in {person.number for person in people}
    with desk.reading() as reading:
        assert [person.id for person in reading.all(Person)] == [person.id for person in people]


def test_a_portion_that_does_not_follow_the_chain_is_refused_with_everything(desk: Desk) -> None:
    head = desk.store.journal_head()
    maker = bulk.Maker(SEED)
    maker.add(Household(id="h" * 32, number="KX7-00001-1"))
    with pytest.raises(Exception, match="the journal only grows"), desk.writing() as unit:
        bulk.write(unit, maker.take())
    assert desk.store.journal_head() == head
    with desk.reading() as reading:
        assert reading.all(Household) == []
