"""Leads from PFIF: a list apart; a newer record alone changes one; what expired is gone, also from the journal."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.leads import Lead, LeadNote
from panoh.domain.person import Person
from panoh.domain.shield import Shield
from panoh.domain.tracing import TracingRequest
from panoh.exchange.pfif import PfifNote, PfifPerson, emptied, write_pfif
from panoh.exchange.pfif_fields import NOTE_FIELDS, PERSON_FIELDS
from panoh.exchange.pfif_values import read_pfif
from panoh.services import cases, journal, leads, shield, tracing, tracing_hold, users, vault
from panoh.services.desk import Desk
from panoh.services.import_leads import import_pfif
from panoh.services.import_options import Options
from panoh.services.records import keep
from panoh.services.vault import OpenVault
from panoh.store.tables import journal as journal_table
from panoh.store.tables import journal_value, table

NOW = datetime(2010, 6, 14, 9, tzinfo=UTC)
DAY = timedelta(days=1)
GULNORA = PfifPerson(
    person_record_id="example.org/1",
    source_date=NOW - 3 * DAY,
    expiry_date=NOW + 30 * DAY,
    full_name="Гулнора Абдуллаева\nGulnora Abdullayeva",
    given_name="Гулнора",
    family_name="Абдуллаева",
    sex="female",
    age="30-40",
    home_city="Osh",
    home_country="KG",
    author_phone="0555 999 888",
    description="A grey coat",
    notes=(
        PfifNote(
            note_record_id="example.org/n1",
            source_date=NOW - 2 * DAY,
            status="believed_alive",
            last_known_location="The school",
            text="I saw her at the school",
        ),
    ),
)


def bring_in(
    desk: Desk, folder: Path, *people: PfifPerson, notes: tuple[PfifNote, ...] = (), **how: bool
) -> dict[str, int]:
    path = folder / "list.xml"
    path.write_bytes(write_pfif(people, notes))
    return import_pfif(desk, path, Options(without_backup=True, **how)).counts()


def only(desk: Desk) -> leads.LeadView:
    (found,) = leads.page(desk, 0, 10)
    return leads.lead(desk, found.id)


def test_a_record_comes_in_as_a_lead_and_makes_nobody(desk: Desk, tmp_path: Path) -> None:
    assert bring_in(desk, tmp_path, GULNORA, dry_run=True) == {"added": 1, "updated": 0, "refused": 0, "warnings": 0}
    assert leads.count(desk) == 0
    assert bring_in(desk, tmp_path, GULNORA)["added"] == 1
    view = only(desk)
    lead = view.lead
    assert (lead.full_name, lead.other_names, lead.sex) == ("Гулнора Абдуллаева", ("Gulnora Abdullayeva",), "F")
    assert (lead.birth_precision, lead.birth_earliest) == ("range", date(1969, 6, 12))
    assert (lead.home, lead.status, lead.last_place) == ("Osh, KG", "believed_alive", "The school")
    assert "author_phone=0555 999 888" in lead.told
    assert [note.words for note in view.notes] == ["I saw her at the school"]
    with desk.reading() as reading:
        assert not reading.all(Person)
        assert not reading.all(TracingRequest)
    assert bring_in(desk, tmp_path, GULNORA) == {"added": 0, "updated": 0, "refused": 0, "warnings": 0}


def test_every_field_of_the_format_is_kept_somewhere(desk: Desk, tmp_path: Path) -> None:
    path = Path(__file__).parents[1] / "data" / "pfif" / "specification-1.4.xml"
    (person,) = read_pfif(path, datetime(2026, 7, 1, tzinfo=UTC)).people
    known = replace(
        person, source_date=NOW, entry_date=NOW, notes=(replace(person.notes[0], source_date=NOW, entry_date=NOW),)
    )
    bring_in(desk, tmp_path, known)
    view = only(desk)

    def said(record: Lead | LeadNote) -> str:
        return repr([getattr(record, field.name) for field in fields(record)])

    for record, names, kept in ((known, PERSON_FIELDS, view.lead), (known.notes[0], NOTE_FIELDS, view.notes[0])):
        for name in names:
            value = getattr(record, name)
            if isinstance(value, str) and name not in ("sex", "person_record_id"):
                assert all(line in said(kept) for line in value.splitlines()), name
    assert (view.lead.public_no, view.lead.source_at, view.lead.expires_at) == (
        known.person_record_id, NOW, known.expiry_date,
    )  # fmt: skip


def test_only_a_newer_record_changes_a_lead(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "looked_at", "Asked the neighbours")
    older = replace(GULNORA, source_date=NOW - 4 * DAY, description="Forged", notes=())
    assert bring_in(desk, tmp_path, older) == {"added": 0, "updated": 0, "refused": 0, "warnings": 1}
    assert only(desk).lead.words == "A grey coat"
    newer = replace(GULNORA, source_date=NOW - DAY, description="A red coat")
    assert bring_in(desk, tmp_path, newer)["updated"] == 1
    lead = only(desk).lead
    assert (lead.words, lead.state, lead.state_words) == ("A red coat", "looked_at", "Asked the neighbours")
    entered = replace(newer, entry_date=NOW, description="A blue coat")
    assert bring_in(desk, tmp_path, entered)["updated"] == 1


def test_a_lead_that_was_followed_keeps_what_it_said_and_news_stands_beside_it(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "followed", "Her mother asks under KX7-00001-1")
    before = only(desk)
    note = replace(
        GULNORA.notes[0], source_date=NOW, status="believed_dead", text="Forged", last_known_location="A camp"
    )
    newer = replace(
        GULNORA, source_date=NOW - DAY, full_name="Лола Каримова", description="A red coat", notes=(note,),
        expiry_date=NOW + 40 * DAY,
    )  # fmt: skip
    assert bring_in(desk, tmp_path, newer) == {"added": 0, "updated": 1, "refused": 0, "warnings": 0}
    after = only(desk)
    assert after.lead.has_news
    assert replace(after.lead.with_news(None), expires_at=before.lead.expires_at) == before.lead
    assert after.lead.expires_at == newer.expiry_date
    assert set(before.notes) < set(after.notes)
    assert {note.words for note in after.notes} == {"I saw her at the school", "Forged", "A red coat"}
    assert "full_name=Лола Каримова" in repr(after.notes)
    assert bring_in(desk, tmp_path, newer)["updated"] == 0
    between = replace(newer, source_date=NOW - DAY * 1.5, description="Between", expiry_date=NOW + DAY)
    assert bring_in(desk, tmp_path, between) == {"added": 0, "updated": 0, "refused": 0, "warnings": 1}
    assert only(desk) == after
    leads.mark(desk, after.lead.id, "followed", "Looked at the news")
    assert not only(desk).lead.has_news
    assert bring_in(desk, tmp_path, replace(newer, source_date=NOW, description="A blue coat"))["updated"] == 1
    again = only(desk)
    assert (again.lead.words, again.lead.has_news) == ("A grey coat", True)
    bring_in(desk, tmp_path, replace(GULNORA, person_record_id="example.org/2"))
    assert [one.has_news for one in leads.page(desk, 0, 2)] == [True, False]  # before one that nobody has looked at
    leads.mark(desk, leads.page(desk, 0, 2)[1].id, "looked_at")
    assert [one.has_news for one in leads.page(desk, 0, 2)] == [True, False]
    forged = replace(GULNORA, person_record_id="example.org/3", age="", author_phone='x", "newer=2010-06-14')
    bring_in(desk, tmp_path, forged)
    assert [one.has_news for one in leads.page(desk, 0, 3)] == [True, False, False]  # the public puts nothing first


def test_the_other_side_empties_a_lead_that_was_followed_with_its_news(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "followed", "Her mother asks")
    bring_in(desk, tmp_path, replace(GULNORA, source_date=NOW - DAY, description="A red coat"))
    assert bring_in(desk, tmp_path, emptied(GULNORA, NOW))["updated"] == 1
    assert leads.count(desk) == 0
    for word in ("Абдуллаева", "grey coat", "red coat", "mother", "school"):
        assert word not in told_of(desk)


def test_a_lead_that_was_set_aside_is_looked_at_anew_when_it_says_something_else(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "set_aside", "Another age")
    assert bring_in(desk, tmp_path, replace(GULNORA, source_date=NOW - DAY, age="9"))["updated"] == 1
    lead = only(desk).lead
    assert (lead.state, lead.state_words) == ("", "Another age")


def test_a_note_alone_brings_back_a_lead_that_was_set_aside(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "set_aside", "Another age")
    bring_in(desk, tmp_path, GULNORA)
    assert only(desk).lead.state == "set_aside"  # it says nothing else
    late = PfifNote(
        note_record_id="example.net/n2", person_record_id="example.org/1", source_date=NOW, status="is_note_author",
        text="I am well, at the station",
    )  # fmt: skip
    assert bring_in(desk, tmp_path, notes=(late,))["updated"] == 1
    assert only(desk).lead.state == ""


def test_notes_come_on_their_own_and_the_newest_tells_how_somebody_is(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    late = PfifNote(
        note_record_id="example.net/n2", person_record_id="example.org/1", source_date=NOW, status="believed_missing",
        text="She went on",
    )  # fmt: skip
    stray = replace(late, note_record_id="example.net/n3", person_record_id="example.org/2")
    assert bring_in(desk, tmp_path, notes=(late, stray)) == {"added": 0, "updated": 1, "refused": 1, "warnings": 0}
    view = only(desk)
    assert (view.lead.status, view.lead.last_place) == ("believed_missing", "The school")
    assert [note.note_no for note in view.notes] == ["example.net/n2", "example.org/n1"]
    again = replace(late, text="She came back", source_date=NOW + timedelta(hours=1))
    assert bring_in(desk, tmp_path, notes=(again,))["updated"] == 1
    assert [note.words for note in only(desk).notes] == ["She came back", "I saw her at the school"]
    with pytest.raises(AppError, match="strict"):
        bring_in(desk, tmp_path, notes=(stray,), strict=True)


def told_of(desk: Desk) -> str:
    """Everything that tables and journal hold of leads."""
    with desk.reading() as reading:
        rows = (
            reading.connection.execute(table(Lead).select()).all()
            + reading.connection.execute(table(LeadNote).select()).all()
        )
        values = reading.connection.execute(
            journal_value.select().join(journal_table, journal_table.c.seq == journal_value.c.seq)
        ).all()
    return repr(rows) + repr(values)


def test_what_expired_goes_also_from_the_journal(opened: OpenVault, clock: FixedClock, tmp_path: Path) -> None:
    desk = opened.desk
    bring_in(desk, tmp_path, GULNORA)
    leads.mark(desk, only(desk).lead.id, "looked_at", "Asked the neighbours of Гулнора")
    lead_id = only(desk).lead.id
    clock.at = NOW + 29 * DAY
    desk.believed.look(desk.store, desk.user.id)
    assert leads.expire(desk) == 0
    clock.at = NOW + 30 * DAY
    desk.believed.look(desk.store, desk.user.id)
    assert leads.expire(desk) == 1
    assert leads.expire(desk) == 0
    for word in ("Абдуллаева", "neighbours", "grey coat", "0555", "school"):
        assert word not in told_of(desk)
    assert leads.count(desk) == 0
    assert leads.page(desk, 0, 10) == []
    for ask in (leads.lead, leads.possible, lambda desk, lead_id: leads.mark(desk, lead_id, "followed")):
        with pytest.raises(AppError):
            ask(desk, lead_id)
    assert journal.check(desk).whole
    assert bring_in(desk, tmp_path, GULNORA) == {"added": 0, "updated": 0, "refused": 0, "warnings": 0}
    assert leads.count(desk) == 0
    anew = replace(GULNORA, source_date=clock.at, expiry_date=clock.at + DAY)
    assert bring_in(desk, tmp_path, anew)["updated"] == 1
    assert only(desk).lead.state == ""


def test_unlocking_empties_what_expired(tmp_path: Path, clock: FixedClock, opened: OpenVault) -> None:
    bring_in(opened.desk, tmp_path, GULNORA)
    opened.close()
    clock.at = NOW + 31 * DAY
    with vault.unlock(tmp_path / "vault", "feruza", PASSPHRASE, clock=clock) as again:
        assert leads.count(again.desk) == 0
        assert "Абдуллаева" not in told_of(again.desk)


def test_an_emptied_record_empties_the_lead_and_an_older_copy_does_not_bring_it_back(
    desk: Desk, tmp_path: Path
) -> None:
    bring_in(desk, tmp_path, GULNORA)
    withdrawn = emptied(GULNORA, NOW - DAY)
    assert bring_in(desk, tmp_path, withdrawn)["updated"] == 1
    assert leads.count(desk) == 0
    assert "Абдуллаева" not in told_of(desk)
    between = replace(GULNORA, source_date=NOW - 2 * DAY)
    assert bring_in(desk, tmp_path, between)["warnings"] == 1
    assert leads.count(desk) == 0
    unknown = replace(withdrawn, person_record_id="example.org/9")
    late = replace(GULNORA, person_record_id="example.org/8", expiry_date=NOW - DAY, notes=())
    assert bring_in(desk, tmp_path, unknown, late) == {"added": 0, "updated": 0, "refused": 0, "warnings": 2}
    anew = replace(GULNORA, source_date=NOW - timedelta(hours=3), description="Never to be kept")
    gone = emptied(GULNORA, NOW - timedelta(hours=2))
    bring_in(desk, tmp_path, replace(anew, source_date=NOW - timedelta(hours=4), description="For a while"))
    told = bring_in(desk, tmp_path, anew, gone, replace(anew, source_date=NOW))
    assert (told["updated"], told["warnings"]) == (1, 1)
    assert "Never to be kept" not in told_of(desk)
    assert leads.count(desk) == 0
    both = replace(GULNORA, person_record_id="example.org/7")
    assert bring_in(desk, tmp_path, both, emptied(both, NOW))["added"] == 0
    assert leads.count(desk) == 0


def registered(desk: Desk, number: str = "KX7-00001-1", **more: object) -> Person:
    values = {
        "given_name": "Gulnora", "family_name": "Abdullayeva", "sex": "F", "birth_precision": "year",
        "birth_earliest": date(1976, 1, 1), "birth_latest": date(1976, 12, 31), **more,
    }  # fmt: skip
    person = Person(id=new_id(), number=number, **values)  # type: ignore[arg-type]
    keep(desk, person)
    return person


def test_a_lead_is_held_beside_people_and_requests(opened: OpenVault, tmp_path: Path) -> None:
    desk = opened.desk
    bring_in(desk, tmp_path, GULNORA)
    lead_id = only(desk).lead.id
    assert leads.possible(desk, lead_id) == leads.Possible((), ())
    person = registered(desk)
    inquirer = registered(desk, "KX7-00002-9", given_name="Ҳасан", family_name="Абдуллаев", sex="M")
    asked, _changes = tracing.ask(
        desk,
        TracingRequest(id=new_id(), given_name="Гулнора", family_name="Абдуллаева", sex="F", inquirer_id=inquirer.id),
    )
    found = leads.possible(desk, lead_id)
    assert [one.person.id for one in found.people] == [person.id]
    assert [one.request.id for one in found.requests] == [asked.id]
    tracing.ask(desk, replace(asked, consent_to_trace="no"))
    assert leads.possible(desk, lead_id).requests == ()
    refused = Consent(id=new_id(), person_id=person.id, purpose="tracing", recipient="this_organisation", answer="no")
    keep(desk, refused)
    assert leads.possible(desk, lead_id).people == ()


def test_a_request_that_is_held_back_is_a_fit_for_supervisors_alone(opened: OpenVault, tmp_path: Path) -> None:
    desk = opened.desk
    bring_in(desk, tmp_path, GULNORA)
    lead_id = only(desk).lead.id
    asked = TracingRequest(id=new_id(), given_name="Гулнора", family_name="Абдуллаева", sex="F", inquirer_name="Рустам")
    made, _changes = tracing.ask(desk, asked)
    other = desk.of(users.add(opened, "Bakyt", f"{PASSPHRASE} x", "caseworker"))
    assert [one.request.id for one in leads.possible(other, lead_id).requests] == [made.id]
    tracing_hold.hold_back(other, made.id, "he beats her")
    assert leads.possible(other, lead_id).requests == ()
    assert [one.request.id for one in leads.possible(desk, lead_id).requests] == [made.id]


def test_whoever_is_masked_is_compared_only_for_who_may_know(opened: OpenVault, tmp_path: Path) -> None:
    desk = opened.desk
    bring_in(desk, tmp_path, GULNORA)
    lead_id = only(desk).lead.id
    person = registered(desk)
    asked, _changes = tracing.ask(
        desk,
        TracingRequest(id=new_id(), given_name="Гулнора", family_name="Абдуллаева", sex="F", inquirer_id=person.id),
    )
    other = desk.of(users.add(opened, "Bakyt", f"{PASSPHRASE} x", "caseworker"))
    holder = desk.of(users.add(opened, "Zamira", f"{PASSPHRASE} y", "caseworker"))
    cases.assign(desk, person.id, holder.user.id)
    assert len(leads.possible(other, lead_id).people) == 1
    shield.put_up(desk, person.id, "threatened")
    with desk.reading() as reading:
        assert reading.all(Shield)
    for who in (desk, holder):
        found = leads.possible(who, lead_id)
        assert [one.person.id for one in found.people] == [person.id]
        assert [one.request.id for one in found.requests] == [asked.id]
    assert leads.possible(other, lead_id) == leads.Possible((), ())


def test_what_cannot_be_said_of_a_lead_is_told(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, GULNORA)
    lead_id = only(desk).lead.id
    for state, words in (("gone", ""), ("followed", "x" * 2001)):
        with pytest.raises(FormProblems):
            leads.mark(desk, lead_id, state, words)
    with pytest.raises(AppError):
        leads.mark(desk, new_id(), "followed")
