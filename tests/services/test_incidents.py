"""Incidents: numbers, changes, people with their role, reports, counts; who may see what of those whose kind is restricted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.services.access_people import TYPED, Office, bring_in, kind

from panoh.base.errors import AppError, FormProblems
from panoh.domain.dates import PartialDate
from panoh.domain.incidents import Incident, IncidentPerson, IncidentReport
from panoh.domain.person import Person
from panoh.services import incidents, people, shield, undoing
from panoh.services.desk import Desk
from panoh.services.incidents import IncidentFilter
from panoh.services.records import is_withheld, keep
from panoh.services.sites import SiteForm, add, page
from panoh.store.tables import table

ANY = IncidentFilter()
OPEN_KINDS = ("arson", "beating", "shooting", "killing", "threat", "looting", "other")
RESTRICTED = ("rejection", "expulsion", "extradition", "abduction", "disappearance", "sexual_violence", "detention")


def on(day: date | None, **facts: object) -> Incident:
    """An incident on a day that is known exactly."""
    told = {} if day is None else {"happened_precision": "day", "happened_earliest": day, "happened_latest": day}
    return Incident(id="", **{"kind": "beating", **told, **facts})  # type: ignore[arg-type]


def note(desk: Desk, day: date | None = date(2010, 6, 12), **facts: object) -> str:
    """Note one."""
    return incidents.note(desk, on(day, **facts))[0]


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done inside is refused with this code."""
    with pytest.raises(AppError) as told:
        yield
    assert told.value.code == code


def plain(at: Office, name: str = "plain") -> Person:
    """Somebody of whom nothing is restricted, held by the holder."""
    return bring_in(at, kind(name))


# --- noting and changing ----------------------------------------------------------------------------------------------


def test_it_gets_a_number_and_keeps_who_noted_it(at: Office) -> None:
    made = note(at.other, what="Two houses were entered at night", people_told=9)
    found = incidents.record(at.holder, made).line.incident
    assert re.fullmatch(r"KX7-\d{5}-[0-9A-Z]", found.number)
    assert (found.noted_by, found.noted_at) == (at.other.user.id, at.clock.now())
    incidents.change(at.holder, replace(found, kind="arson", number="", noted_by="", noted_at=None))
    changed = incidents.record(at.holder, made).line.incident
    assert changed == replace(found, kind="arson")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "no such kind"}, "kind"),
        ({"people_told": 0}, "people_told"),
        ({"people_told": 996555000001}, "people_told"),
        ({"what": "x" * 4001}, "what"),
        ({"place": "x" * 201}, "place"),
        ({"happened_precision": "age"}, "happened"),
        ({"happened_earliest": date(2010, 6, 15)}, "happened"),
    ],
)
def test_what_cannot_be_kept_is_said_by_field(at: Office, facts: dict[str, object], field: str) -> None:
    with pytest.raises(FormProblems) as told:
        incidents.note(at.other, on(date(2010, 6, 12), **facts))
    assert [problem.field for problem in told.value.problems] == [field]
    assert incidents.count(at.other, ANY) == 0


def test_people_are_added_with_a_role_changed_and_taken_away(at: Office) -> None:
    made, person = note(at.other), plain(at)
    for role in ("harmed", "harmed", "witness"):
        incidents.add_person(at.other, made, person.id, role)
    [one] = incidents.record(at.other, made).people
    assert (one.link.role, one.line.id) == ("witness", person.id)
    assert [(found.role, found.line.incident.id) for found in incidents.of_person(at.other, person.id)] == [
        ("witness", made)
    ]
    incidents.take_away_person(at.other, one.link.id)
    assert incidents.record(at.other, made).people == ()
    with pytest.raises(FormProblems):
        incidents.add_person(at.other, made, person.id, "")


def test_what_was_told_onwards_stands_with_its_day(at: Office) -> None:
    made = note(at.other)
    incidents.tell_onwards(at.other, IncidentReport(id="", incident_id=made, told_to="Health team", reference="H-7"))
    [told] = incidents.record(at.other, made).reports
    assert (told.told_to, told.told_on, told.told_by) == ("Health team", at.clock.today(), at.other.user.id)
    with pytest.raises(FormProblems):
        incidents.tell_onwards(at.other, IncidentReport(id="", incident_id=made, told_to=" "))


# --- lists and counts -------------------------------------------------------------------------------------------------


def test_filters_counts_and_the_timeline(at: Office) -> None:
    add(at.supervisor, SiteForm(name="School 5"))
    school = page(at.supervisor, "name", False, 0, 1)[0].site
    note(at.other, date(2010, 6, 12), site_id=school.id)
    note(at.other, date(2010, 6, 12), kind="arson")
    note(at.other, date(2010, 5, 1), kind="arson", site_id=school.id)
    note(at.other, None, kind="looting")
    june = PartialDate("month", date(2010, 6, 1), date(2010, 6, 30))
    note(at.other, None, happened_precision="month", happened_earliest=june.earliest, happened_latest=june.latest)
    desk = at.other
    assert incidents.by_kind(desk, ANY) == {"arson": 2, "beating": 2, "looting": 1}
    assert [one.place for one in incidents.page(desk, IncidentFilter(site_id=school.id), 0, 9)] == ["School 5"] * 2
    assert incidents.count(desk, IncidentFilter(kind="arson")) == 2
    assert incidents.count(desk, IncidentFilter(since=date(2010, 6, 13))) == 2  # June, and no day known
    assert incidents.count(desk, IncidentFilter(since=date(2010, 6, 12), until=date(2010, 6, 12))) == 4
    told = incidents.timeline(desk, ANY)
    assert (told.days[0][0], told.days[-1][0]) == (date(2010, 6, 1), date(2010, 6, 14))
    assert {day: n for day, n in told.days if n} == {date(2010, 6, 12): 2}
    assert told.other == 3
    newest = [one.incident.happened_latest for one in incidents.page(desk, ANY, 0, 9)]
    assert newest == [date(2010, 6, 30), date(2010, 6, 12), date(2010, 6, 12), date(2010, 5, 1), None]
    assert [incidents.page(desk, ANY, at, 1)[0] for at in range(5)] == incidents.page(desk, ANY, 0, 5)


@examples(25)
@given(st.dates(date(2010, 1, 1), date(2010, 7, 30)), st.dates(date(2009, 1, 1), date(2011, 1, 1)))
def test_a_timeline_is_at_most_a_fortnight_and_never_runs_backwards(since: date, until: date) -> None:

    days = incidents.days_shown(date(2010, 6, 14), IncidentFilter(since=since, until=until))
    assert len(days) <= 14
    assert all(since <= day <= min(until, date(2010, 6, 14)) for day in days)
    assert sorted(set(days)) == days


# --- who may see what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", OPEN_KINDS)
def test_of_an_open_kind_everyone_reads_everything_and_masked_people_are_numbers(at: Office, named: str) -> None:
    made, person = note(at.holder, kind=named, what="As told"), plain(at)
    incidents.add_person(at.holder, made, person.id, "harmed")
    assert incidents.record(at.other, made).people[0].line.given_name == person.given_name
    shield.put_up(at.holder, person.id, "He fears to be taken back")
    found = incidents.record(at.other, made)
    assert found.people[0].line.full_name == person.number
    assert found.line.incident.what == "As told"
    assert incidents.of_person(at.other, person.id) == []
    assert incidents.record(at.holder, made).people[0].line.given_name == person.given_name
    with refused("shield.withheld"):
        incidents.take_away_person(at.other, found.people[0].link.id)


@pytest.mark.parametrize("named", RESTRICTED)
def test_a_restricted_kind_shows_whom_it_touched_by_role(at: Office, named: str) -> None:
    made, person = note(at.other, kind=named, what=TYPED, outcome="ongoing", people_told=3), plain(at)
    incidents.add_person(at.other, made, person.id, "taken")
    theirs, mine, all_ = (incidents.record(desk, made) for desk in (at.other, at.holder, at.supervisor))
    assert (theirs.people, theirs.line.incident.what, theirs.line.withheld) == ((), TYPED, False)  # who noted it
    assert [one.line.id for one in mine.people] == [person.id]
    assert (mine.line.incident.what, mine.line.incident.outcome, mine.line.incident.people_told) == ("", "", 3)
    assert [one.line.id for one in all_.people] == [person.id]
    assert all_.line.incident.what == TYPED
    assert [len(incidents.of_person(desk, person.id)) for desk in (at.other, at.holder, at.supervisor)] == [0, 1, 1]


def _told(desk: Desk, made: str) -> str:
    """Everything that every door tells of an incident, without what differs between any two."""
    found = incidents.record(desk, made)
    number = found.line.incident.number
    listed = [one for one in incidents.page(desk, ANY, 0, 99) if one.incident.id == made]
    text = repr((found, listed))
    return text.replace(made, "ID").replace(number, "NUMBER")


@examples(12, share_fixtures=True)
@given(
    named=st.sampled_from(RESTRICTED),
    facts=st.fixed_dictionaries(
        {
            "what": st.text(max_size=30), "outcome": st.sampled_from(["", "ended", "helped"]),
            "source": st.sampled_from(["", "own_account", "paper"]), "reliability": st.sampled_from(["", "confirmed"]),
            "by_whom": st.sampled_from([(), ("police",), ("crowd", "neighbours")]), "at_hour": st.text(max_size=9),
            "happened_said": st.text(max_size=9),
        }
    ),
    linked=st.integers(0, 3),
    reports=st.integers(0, 2),
    by_holder=st.booleans(),
)  # fmt: skip
def test_who_may_not_see_cannot_tell_two_restricted_incidents_apart(
    at: Office, named: str, facts: dict[str, object], linked: int, reports: int, by_holder: bool
) -> None:
    bare = note(at.supervisor, kind=named, people_told=2)
    full = note(at.holder if by_holder else at.supervisor, kind=named, people_told=2, **facts)
    for number in range(linked):
        incidents.add_person(at.supervisor, full, plain(at, f"one {number}").id, "harmed")
    for _each in range(reports):
        incidents.tell_onwards(at.supervisor, IncidentReport(id="", incident_id=full, told_to="UNHCR", what=TYPED))
    assert _told(at.other, bare) == _told(at.other, full)
    for attempt in (
        lambda made: incidents.change(at.other, replace(incidents.record(at.other, made).line.incident, kind=named)),
        lambda made: incidents.tell_onwards(at.other, IncidentReport(id="", incident_id=made, told_to="me")),
    ):
        for made in (bare, full):
            with refused("access.denied"):
                attempt(made)


def test_adding_somebody_answers_alike_whether_they_stand_there_and_changes_nothing_unseen(at: Office) -> None:
    made, person, other = note(at.supervisor, kind="detention"), plain(at), plain(at)
    incidents.add_person(at.holder, made, person.id, "taken")
    answers = [incidents.add_person(at.other, made, one.id, "witness") for one in (person, other)]
    assert answers[0] == answers[1]
    found = {(one.line.id, one.link.role) for one in incidents.record(at.supervisor, made).people}
    assert found == {(person.id, "taken"), (person.id, "witness"), (other.id, "witness")}
    assert incidents.record(at.other, made).people == ()
    link = incidents.record(at.supervisor, made).people[0].link
    with refused("record.not_found"):
        incidents.take_away_person(at.other, link.id)


def test_out_of_a_restricted_kind_only_a_supervisor_brings_it(at: Office) -> None:
    made = note(at.other, kind="detention")
    known = incidents.record(at.other, made).line.incident
    incidents.change(at.other, replace(known, kind="abduction"))
    with refused("access.denied"):
        incidents.change(at.other, replace(known, kind="beating"))
    incidents.change(at.supervisor, replace(known, kind="beating"))
    assert not incidents.record(at.holder, made).line.restricted


def test_no_other_way_of_writing_goes_round_the_rules(at: Office) -> None:
    made, changes = incidents.note(at.other, on(None, kind="detention"))
    person = plain(at)
    incidents.add_person(at.supervisor, made, person.id, "taken")
    known = incidents.record(at.other, made).line.incident
    link = incidents.record(at.supervisor, made).people[0].link
    attempts = (
        lambda: keep(at.other, replace(known, kind="beating")),
        lambda: keep(at.other, without=[link]),
        lambda: keep(at.other, IncidentReport(id="r", incident_id=made)),
        lambda: undoing.undo_save(at.other, changes),
    )
    codes = []
    for attempt in attempts:
        with pytest.raises(AppError) as refused:
            attempt()
        codes.append(refused.value.code)
    assert codes[:3] == ["access.denied"] * 3


def test_the_history_of_a_person_tells_it_to_those_alone_who_may_see(at: Office) -> None:
    person = plain(at)
    for named in ("detention", "beating"):
        incidents.add_person(at.supervisor, note(at.supervisor, kind=named), person.id, "taken")
    link = incidents.record(at.supervisor, incidents.of_person(at.supervisor, person.id)[0].line.incident.id).people[0]
    incidents.take_away_person(at.supervisor, link.link.id)

    def told(desk: Desk) -> int:
        happened = people.what_happened(desk, people.person(desk, person.id))
        return sum(entry.record_class.startswith("Incident") for entry in happened)

    assert (told(at.supervisor), told(at.holder), told(at.other)) == (3, 3, 0)


def test_words_typed_about_somebody_are_withheld_once_a_restricted_incident_touched_them(at: Office) -> None:
    person = plain(at)

    def withheld() -> bool:
        with at.other.reading() as reading:
            return is_withheld(at.other, reading, person.id)

    assert not withheld()
    incidents.add_person(at.holder, note(at.holder, kind="beating"), person.id, "harmed")
    assert not withheld()
    incidents.add_person(at.holder, note(at.holder, kind="detention"), person.id, "taken")
    assert withheld()
    with at.holder.reading() as reading:
        assert not is_withheld(at.holder, reading, person.id)
        assert len(reading.all(IncidentPerson, table(IncidentPerson).c.person_id == person.id)) == 2
