"""The invented people: every row is taken, every story has its person, every key is a field, and dates stay fresh."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from panoh.base.paths import resource
from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.border import BorderPoint, BorderPointState, Movement
from panoh.domain.cases import Case, CaseAction, CaseOption, LevelOverride, Note, Task, User
from panoh.domain.casework import Approval
from panoh.domain.consent import Consent
from panoh.domain.dates import age_span
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.exchange.moved_dates import moved_copy, moved_date
from panoh.exchange.people_rows import PEOPLE_COLUMNS, PersonRow, parse_people
from panoh.exchange.row_reader import Wanted
from panoh.exchange.spreadsheets import read_rows
from panoh.exchange.tracing_rows import TRACING_COLUMNS, TracingRow, parse_tracing
from panoh.services.resources import vocabularies

FOLDER = resource("demo")
STORIES = tomllib.loads((FOLDER / "stories.toml").read_text("utf-8"))
WRITTEN_FOR: date = STORIES["reference_day"]
VOCAB = vocabularies()
# What a table becomes, and its keys that are no fields.
TABLES: dict[str, tuple[type, set[str]]] = {
    "user": (User, {"key"}),
    "site": (Site, set()),
    "site.basic_need": (BasicNeed, set()),
    "site.given": (Assistance, set()),
    "walk": (BasicNeed, {"site"}),
    "walk.states": (BasicNeed, {term.code for term in VOCAB["sector"].offers()}),
    "distribution": (Assistance, {"site"}),
    "border_point": (BorderPoint, set()),
    "border_point.state": (BorderPointState, set()),
    "movement": (Movement, {"from", "to"}),
    "household": (Household, {"id"}),
    "person": (Person, {"id"}),
    "tracing": (TracingRequest, {"request_id"}),
    "person.name": (PersonName, set()),
    "person.document": (IdentityDocument, set()),
    "person.need": (SpecificNeed, set()),
    "person.refoulement": (RefoulementAssessment, set()),
    "person.consent": (Consent, set()),
    "person.task": (Task, set()),
    "person.unanswered": (Unanswered, {"record"}),
    "person.case": (Case, set()),
    "person.case.option": (CaseOption, set()),
    "person.case.action": (CaseAction, set()),
    "person.case.note": (Note, set()),
    "person.override": (LevelOverride, set()),
    "person.approval": (Approval, set()),
}
LISTS = {
    ("person", "care"): "care",
    ("person", "presence"): "presence",
    ("person", "birth_basis"): "birth_basis",
    ("site", "kind"): "site_kind",
    ("site", "access"): "site_access",
    ("site", "security"): "site_security",
    ("site", "lacks"): "site_lack",
    ("site.basic_need", "sector"): "sector",
    ("site.basic_need", "state"): "need_state",
    ("site.given", "sector"): "sector",
    ("distribution", "sector"): "sector",
    **{("walk.states", term.code): "need_state" for term in VOCAB["sector"].offers()},
    ("border_point", "location"): "locations",
    ("border_point.state", "state"): "border_state",
    ("border_point.state", "source"): "source",
    ("household", "shelter"): "shelter",
    ("person.name", "kind"): "name_kind",
    ("person.document", "kind"): "document_kind",
    ("person.document", "state"): "document_state",
    ("person.need", "code"): "specific_needs",
    ("person.approval", "kind"): "approval_kind",
    ("person.approval", "decision"): "approval_decision",
    ("person.need", "status"): "need_status",
    ("person.need", "source"): "source",
    ("person.refoulement", "hiding_from"): "hiding",
    ("person.refoulement", "claim_stage"): "claim_stage",
    ("person.refoulement", "source"): "source",
    ("person.refoulement", "sure"): "sure",
    ("person.consent", "purpose"): "purpose",
    ("person.consent", "recipient"): "recipient",
    ("person.consent", "given_by"): "consent_by",
    ("person.consent", "how"): "consent_how",
    ("person.unanswered", "answer"): "unanswered",
    ("tracing", "relation"): "relation",
    ("tracing", "separation_cause"): "separation_cause",
    ("user", "role"): "role",
}


def people() -> dict[str, PersonRow]:
    return rows_of(FOLDER / "people.csv", WRITTEN_FOR)


def rows_of(path: Path, today: date) -> dict[str, PersonRow]:
    sheet = read_rows(path)
    assert sheet.columns == PEOPLE_COLUMNS
    rows = list(parse_people(sheet, Wanted(), today, VOCAB))
    assert not [row for row in rows if not isinstance(row.values, PersonRow) or row.warnings]
    return {row.values.external_id: row.values for row in rows if isinstance(row.values, PersonRow)}


def tables(name: str, content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of the stories with its dotted name."""
    for key, value in content.items():
        inner = value if isinstance(value, list) else [value]
        if all(isinstance(one, dict) for one in inner):
            dotted = f"{name}.{key}" if name else key
            for one in inner:
                yield dotted, one
                yield from tables(dotted, one)


ALL_TABLES = list(tables("", STORIES))
STORY = {story["id"]: story for story in STORIES["person"]}


def test_about_three_hundred_people_and_no_row_refused() -> None:
    rows = people()
    assert 280 <= len(rows) <= 320
    assert len({row.household for row in rows.values()}) > 80
    requests = read_rows(FOLDER / "requests.csv")
    assert requests.columns == TRACING_COLUMNS
    parsed = list(parse_tracing(requests, Wanted(), WRITTEN_FOR, VOCAB))
    assert all(isinstance(row.values, TracingRow) and not row.warnings for row in parsed)
    asked = {row.values.external_id for row in parsed if isinstance(row.values, TracingRow)}
    assert {story["request_id"] for story in STORIES["tracing"]} <= asked


def test_every_key_is_a_field_and_every_value_a_code() -> None:
    for name, table in ALL_TABLES:
        record, own = TABLES[name]
        known = {field.name for field in fields(record)} | own
        for key, value in table.items():
            if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
                continue
            field = key
            for ending in ("_days", "_hours", "_years"):
                field = field.removesuffix(ending)
            assert field in known, (name, key)
            listed = LISTS.get((name, key))
            for code in value if isinstance(value, list) else [value]:
                assert not listed or code == "" or code in VOCAB[listed], (name, key, code)


def test_every_story_has_its_person_household_site_and_user() -> None:
    rows = people()
    homes, sites = {row.household for row in rows.values()}, {row.site for row in rows.values()} - {""}
    users = {user["key"] for user in STORIES["user"]}
    assert STORY.keys() <= rows.keys()
    assert len(STORY) == len(STORIES["person"])
    assert {site["name"] for site in STORIES["site"]} == sites
    assert {each["site"] for each in (*STORIES["walk"], *STORIES["distribution"])} <= sites
    assert {home["id"] for home in STORIES["household"]} <= homes
    for name, table in ALL_TABLES:
        for key in ("owner_id", "author_id", "set_by", "noted_by"):
            assert table.get(key, "feruza") in users, name
        for key in ("inquirer_id", "sought_person_id"):
            assert table.get(key, "D-001") in rows, name
        assert len(table.get("question", "")) <= 160


def test_who_must_be_there() -> None:
    rows = people()
    exiles = [row for row in rows.values() if row.feared_country not in ("", "none", row.fled_from)]
    assert {row.feared_country for row in exiles} == {"UZ", "CN"}
    assert any(row.country_now == row.feared_country for row in exiles)
    assert any(row.intends_to_go == row.feared_country for row in exiles)
    assert any(row.recognised_by == "UNHCR" for row in exiles)
    assert any(row.hiding_from == "state" and not row.site for row in exiles)
    assert any(row.extradition == "yes" for row in exiles)
    needs = Counter(code for row in rows.values() for code in row.needs)
    assert {
        "SC-UC",
        "SC-SC",
        "PX-WL",
        "PX-WO",
        "PX-PR",
        "PX-HB",
        "PX-HU",
        "PX-LB",
        "PX-BI",
        "PX-TS",
        "PX-PP",
    } <= needs.keys()
    assert 0 < sum(count for code, count in needs.items() if code.startswith(("TR", "SV"))) < 8
    toddlers = [
        row for row in rows.values() if "SC-UC" in row.needs and (age_span(row.birth, WRITTEN_FOR) or (9, 9))[1] < 5
    ]
    assert toddlers
    assert {row.border_status for row in rows.values()} == {
        "waiting",
        "admitted",
        "turned_back",
        "displaced_inside",
        "returned",
    }
    presences = {story.get("presence", "here") for story in STORY.values()}
    assert {"missing", "stopped", "left_behind", "detained"} <= presences
    assert any(not row.feared_country for row in rows.values()), "someone whom nobody has asked"
    assert any("override" in story for story in STORY.values())


def test_one_site_holds_more_than_it_can() -> None:
    taken = Counter(row.site for row in people().values())
    over = [site["name"] for site in STORIES["site"] if site.get("capacity") and taken[site["name"]] > site["capacity"]]
    assert len(over) == 1


def test_names_in_both_scripts() -> None:
    scripts = Counter(
        "latin" if row.given_name.isascii() or "ʻ" in row.given_name else "cyrillic" for row in people().values()
    )
    assert min(scripts.values()) > 40


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2028, 2, 29), date(2031, 1, 1)])
def test_everybody_is_as_old_on_any_day(tmp_path: Path, today: date) -> None:
    moved_copy(FOLDER / "people.csv", tmp_path / "people.csv", today - WRITTEN_FOR)
    then, now = people(), rows_of(tmp_path / "people.csv", today)
    assert then.keys() == now.keys()
    for key, row in then.items():
        arrived, arrives = row.arrival_on, now[key].arrival_on
        assert arrived is not None
        assert arrives is not None
        assert WRITTEN_FOR - arrived == today - arrives
        before, after = age_span(row.birth, WRITTEN_FOR), age_span(now[key].birth, today)
        assert (before is None) == (after is None)
        if before and after:
            assert abs(before[0] - after[0]) <= 1
            assert abs(before[1] - after[1]) <= 1


def test_dates_are_moved_as_exactly_as_they_are_told() -> None:
    forty, years = timedelta(days=40), date(2026, 11, 23) - WRITTEN_FOR
    assert moved_date("2010-06-12", forty) == "2010-07-22"
    assert moved_date("2006-05", forty) == "2006-06"
    assert moved_date("1972", forty) == "1972"
    assert moved_date("1972", years) == "1988"
    assert moved_date("about 6", forty) == "about 6"
