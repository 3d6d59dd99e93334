"""Records go in and come out as they were; every change is in the journal; nothing half is kept."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, get_args, get_type_hints

import pytest

from panoh.base.ids import new_id
from panoh.domain.cases import Note
from panoh.domain.household import Household
from panoh.domain.person import Person
from panoh.domain.records import RECORDS
from panoh.services.desk import Desk
from panoh.store import history
from panoh.store.tables import from_row, table, to_values

SAMPLES: dict[Any, Any] = {
    str: "Ўқғҳ <b>x</b> 'ʻ",
    int: 7,
    bool: True,
    date: date(2008, 2, 29),
    datetime: datetime(2010, 6, 14, 9, 0, tzinfo=UTC),
    tuple[str, ...]: ("uz", "ky"),
}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_record_class_survives_its_table(kind: type) -> None:
    hints = get_type_hints(kind)
    values = {}
    for field in fields(kind):
        hint = hints[field.name]
        plain = next((a for a in get_args(hint) if a is not type(None)), hint) if type(None) in get_args(hint) else hint
        values[field.name] = SAMPLES[plain]
    record = kind(**values)
    assert from_row(kind, tuple(to_values(record).values())) == record


def test_what_was_saved_is_found_again_with_its_history(desk: Desk) -> None:
    person = Person(id=new_id(), number="KX7-00001-6", given_name="Нодира", languages=("uz", "ru"))
    with desk.writing() as unit:
        unit.add(person)
    with desk.writing() as unit:
        assert unit.save(replace(person, sex="F", given_name="Nodira"))
        assert not unit.save(replace(person, sex="F", given_name="Nodira"))
    with desk.reading() as reading:
        found = reading.get(Person, person.id)
        entries = history.of_records(reading, [person.id])
    assert (found.given_name, found.sex, found.languages) == ("Nodira", "F", ("uz", "ru"))
    assert {(e.change, e.field, e.old, e.new) for e in entries if e.change == "changed"} == {
        ("changed", "given_name", "Нодира", "Nodira"),
        ("changed", "sex", "", "F"),
    }
    assert desk.store.verify_journal()[1] is None


def test_a_write_that_fails_leaves_nothing(desk: Desk) -> None:
    home = Household(id=new_id(), number="KX7-00009-1")
    before = desk.store.journal_head()
    with pytest.raises(RuntimeError), desk.writing() as unit:  # noqa: PT012
        unit.add(home)
        raise RuntimeError
    with desk.reading() as reading:
        assert reading.first(Household, table(Household).c.id == home.id) is None
    assert desk.store.journal_head() == before


def test_a_moment_without_time_zone_is_refused(desk: Desk) -> None:
    naive = datetime(2010, 6, 14, 9, 0)  # noqa: DTZ001
    with pytest.raises(Exception, match="time zone") as told, desk.writing() as unit:
        unit.add(Note(id=new_id(), case_id="none", written_at=naive, author_id="", text="Зухра"))
    assert "Зухра" not in str(told.value)


def test_error_text_holds_no_values(desk: Desk) -> None:
    person = Person(id=new_id(), number="KX7-00001-6", given_name="Зухра")
    with pytest.raises(Exception) as told, desk.writing() as unit:  # noqa: PT011, PT012
        unit.add(person)
        unit.add(replace(person, id=new_id()))
    assert "Зухра" not in str(told.value)


def test_numbers_grow_and_skip_what_could_be_misread(desk: Desk) -> None:
    with desk.writing() as unit:
        first = unit.next_numbers(60)
    with desk.writing() as unit:
        more = unit.next_numbers(2)
    assert len(set(first + more)) == 62
    assert not {number[-1] for number in first} & set("ILOU")
    assert more[0] > first[-1]
