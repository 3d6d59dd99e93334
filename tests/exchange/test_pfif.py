"""PFIF: what the format and its public users write comes through whole; what harms is refused in words."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from panoh.base.errors import AppError
from panoh.exchange import exit_codes, pfif_reader
from panoh.exchange.cells import visible
from panoh.exchange.pfif import SEXES, STATUSES, PfifNote, PfifPerson, emptied, write_pfif
from panoh.exchange.pfif_fields import COLUMNS, MOST_NOTES, NAMESPACES, NOTE_FIELDS, PERSON_FIELDS
from panoh.exchange.pfif_reader import records
from panoh.exchange.pfif_values import PfifFile, read_pfif, records_of

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
FILES = sorted((Path(__file__).parents[1] / "data" / "pfif").glob("*.xml"))
HEAD = '<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">'
ANNA = "<pfif:person_record_id>example.org/1</pfif:person_record_id><pfif:full_name>Anna</pfif:full_name>"


def parsed(content: bytes) -> PfifFile:
    """What a file of this content holds, without a process."""
    return records_of(records(io.BytesIO(content)), NOW)


def in_file(inside: str, head: str = HEAD) -> bytes:
    """A file with this in its first element."""
    return f"{head}{inside}</pfif:pfif>".encode()


def person(inside: str) -> bytes:
    """A file with one person, Anna, and this of her."""
    return in_file(f"<pfif:person>{ANNA}{inside}</pfif:person>")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_the_format_and_of_its_public_users_comes_back_whole(path: Path, tmp_path: Path) -> None:
    read = read_pfif(path, NOW)
    assert read.people
    assert not read.refused
    assert not read.warnings
    written = tmp_path / "again.xml"
    written.write_bytes(write_pfif(read.people, read.notes))
    again = read_pfif(written, NOW)
    assert (again.people, again.notes) == (read.people, read.notes)


def test_every_field_of_the_specification_is_read() -> None:
    read = read_pfif(next(path for path in FILES if path.stem == "specification-1.4"), NOW)
    (person,) = read.people
    assert all(getattr(person, name) for name in PERSON_FIELDS)
    (note,) = person.notes
    assert all(getattr(note, name) for name in NOTE_FIELDS)
    assert person.full_name == "Гулнора Абдуллаева\nGulnora Abdullayeva"
    assert person.expiry_date == datetime(2027, 3, 21, 11, tzinfo=UTC)
    assert [note.person_record_id for note in read.notes] == ["example.net/person.7"]


def test_old_versions_are_read_under_the_names_of_today() -> None:
    (person,) = read_pfif(next(path for path in FILES if path.stem == "public-1.1"), NOW).people
    assert (person.given_name, person.family_name, person.full_name) == (
        "_given_name", "_family_name", "_given_name _family_name",
    )  # fmt: skip
    assert (person.home_postal_code, person.home_city) == ("_home_zip", "_home_city")
    assert person.description == "_description\nof two lines"
    assert [(note.person_record_id, note.author_made_contact) for note in person.notes] == [
        ("example.org/person.11", "true")
    ]


def one_line() -> st.SearchStrategy[str]:
    return st.text(max_size=40).map(visible)


def several_lines() -> st.SearchStrategy[str]:
    return st.lists(one_line().filter(bool), max_size=3).map("\n".join)


def times() -> st.SearchStrategy[datetime]:
    seconds = st.integers(-30_000_000_000, int(NOW.timestamp()))
    return seconds.map(lambda second: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second))


def ids() -> st.SearchStrategy[str]:
    return one_line().filter(bool).map(lambda text: "example.org/" + text)


SEVERAL = ("full_name", "alternate_names", "description", "profile_urls", "text")
OF_THEIR_OWN: dict[str, st.SearchStrategy[object]] = {
    **{name: several_lines() for name in SEVERAL},
    **{name: st.none() | times() for name in ("entry_date", "expiry_date", "source_date")},
    "person_record_id": ids(),
    "note_record_id": ids(),
    "linked_person_record_id": st.just("") | ids(),
    "full_name": several_lines().filter(bool),
    "sex": st.sampled_from(["", *SEXES]),
    "status": st.sampled_from(["", *STATUSES]),
    "author_made_contact": st.sampled_from(["", "true", "false"]),
    "date_of_birth": st.sampled_from(["", "1970", "1970-01", "1970-01-31"]),
    "age": st.sampled_from(["", "0", "35", "35-45"]),
}


def notes() -> st.SearchStrategy[PfifNote]:
    return st.builds(PfifNote, **{name: OF_THEIR_OWN.get(name, one_line()) for name in NOTE_FIELDS})


def people() -> st.SearchStrategy[PfifPerson]:
    made = st.builds(
        PfifPerson,
        **{name: OF_THEIR_OWN.get(name, one_line()) for name in PERSON_FIELDS},
        notes=st.lists(notes(), max_size=2).map(tuple),
    )
    return made.map(
        lambda one: replace(
            one, notes=tuple(replace(note, person_record_id=one.person_record_id) for note in one.notes)
        )
    )


@given(st.lists(people(), max_size=3, unique_by=lambda one: one.person_record_id))
@examples(60)
def test_whatever_is_written_is_read_again(written: list[PfifPerson]) -> None:
    read = parsed(write_pfif(written))
    assert read.people == written
    assert not read.refused
    assert not read.warnings


@given(st.dictionaries(st.sampled_from(PERSON_FIELDS), st.text(max_size=60)))
@examples(100)
def test_no_text_breaks_the_file(fields: dict[str, str]) -> None:
    texts = {name: text for name, text in fields.items() if not name.endswith("_date")}
    read = list(records(io.BytesIO(write_pfif([PfifPerson(**texts)]))))
    assert [cells[0] for _number, cells, _problem in read] == ["person"]


PIECES = [
    HEAD, "</pfif:pfif>", "<pfif:person>", "</pfif:person>", "<pfif:note>", "</pfif:note>", "<x>", "</x>", "&amp;", "&x;",
    "<!DOCTYPE x>", "<!ENTITY x 'y'>", "]]>", "<![CDATA[", "<?x?>", "<pfif:full_name>", "</pfif:full_name>", "\0", "\ud7ff",
    "<?xml version='1.0' encoding='utf-16'?>", "<pfif:other>description:\n", "</pfif:other>", ANNA, "2026-99-99T00:00:00Z",
]  # fmt: skip


@given(
    st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=12).map(lambda said: "".join(said).encode())
)
@examples(300)
def test_hostile_bytes_are_refused_or_read(content: bytes) -> None:
    with contextlib.suppress(exit_codes.RefusedError, ValueError):  # what the process tells by its exit code
        parsed(content)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE pfif [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4"><pfif:person>
<pfif:full_name>&c;</pfif:full_name></pfif:person></pfif:pfif>"""
HOSTILE: dict[str, tuple[bytes, str]] = {
    "entity bomb": (BOMB, "pfif.dangerous"),
    "external entity": (
        b'<!DOCTYPE pfif [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + person("<pfif:age>&x;</pfif:age>"),
        "pfif.dangerous",
    ),
    "external document type": (b'<!DOCTYPE pfif SYSTEM "http://example.org/pfif.dtd">' + person(""), "pfif.dangerous"),
    "plain document type": (b"<!DOCTYPE pfif>" + person(""), "pfif.dangerous"),
    "parameter entity": (
        b'<!DOCTYPE pfif [<!ENTITY % x SYSTEM "http://example.org/x">%x;]>' + person(""),
        "pfif.dangerous",
    ),
    "entity that nobody declared": (person("<pfif:age>&nbsp;</pfif:age>"), "pfif.unreadable"),
    "prefix without namespace": (b"<pfif:pfif><pfif:person></pfif:person></pfif:pfif>", "pfif.foreign"),
    "no namespace": (b"<pfif><person><full_name>Anna</full_name></person></pfif>", "pfif.foreign"),
    "another version": (in_file("", HEAD.replace("1.4", "2.0")), "pfif.foreign"),
    "another format": (b"<html xmlns='http://www.w3.org/1999/xhtml'></html>", "pfif.foreign"),
    "no XML": (b"given_name,family_name\nAnna,Ivanova\n", "pfif.unreadable"),
    "nothing": (b"", "pfif.unreadable"),
    "cut off": (person("")[:-20], "pfif.unreadable"),
    "zeros": (bytes(1000), "pfif.unreadable"),
    "wrong letters": (person("<pfif:age>\xff</pfif:age>").replace("\xff".encode(), b"\xff"), "pfif.unreadable"),
    "too deep": (in_file("<x>" * 100_000 + "</x>" * 100_000), "pfif.too_deep"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_harms_is_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    content, code = HOSTILE[name]
    path = tmp_path / "list.xml"
    path.write_bytes(content)
    with pytest.raises(AppError) as told:
        read_pfif(path, NOW)
    assert told.value.code == code
    assert "list.xml" in told.value.sentence()


def test_a_file_of_too_many_records_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pfif_reader, "MOST_RECORDS", 3)
    assert len(parsed(in_file("<pfif:person/>" * 3)).refused) == 3
    with pytest.raises(exit_codes.RefusedError) as told:
        parsed(in_file("<pfif:person/>" * 4))
    assert told.value.code == exit_codes.TOO_LARGE


def test_a_missing_file_a_folder_and_a_huge_file_are_told(tmp_path: Path) -> None:
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(200_000_001)
    for path, code in ((tmp_path / "none.xml", "file.missing"), (tmp_path, "file.missing"), (huge, "file.too_large")):
        with pytest.raises(AppError) as told:
            read_pfif(path, NOW)
        assert told.value.code == code


def note(inside: str) -> str:
    return f"<pfif:note>{inside}</pfif:note>"


NOTE = "<pfif:note_record_id>example.org/n</pfif:note_record_id>"
TOMORROW = (NOW + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
REFUSED: dict[str, tuple[str, str]] = {
    "future source date": (f"<pfif:source_date>{TOMORROW}</pfif:source_date>", "source_date lies ahead"),
    "future entry date": (f"<pfif:entry_date>{TOMORROW}</pfif:entry_date>", "entry_date lies ahead"),
    "no date": ("<pfif:source_date>yesterday</pfif:source_date>", "source_date is no time"),
    "a day that is none": ("<pfif:source_date>2026-02-30T00:00:00Z</pfif:source_date>", "source_date is no time"),
    "no expiry": ("<pfif:expiry_date>2026</pfif:expiry_date>", "expiry_date is no time"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_record_is_refused_and_the_rest_comes_in(name: str) -> None:
    bad, reason = REFUSED[name]
    good = ANNA.replace("/1", "/2")
    inside = f"<pfif:person>{ANNA}{bad}{note(NOTE)}</pfif:person><pfif:person>{good}</pfif:person>"
    read = parsed(in_file(inside))
    assert [one.person_record_id for one in read.people] == ["example.org/2"]
    assert [refusal.row for refusal in read.refused] == [1, 2]
    assert reason in read.refused[0].reason
    assert "refused" in read.refused[1].reason
    assert read.refused[0].cells[COLUMNS.index("full_name")] == "Anna"


def test_whoever_has_no_id_or_no_name_is_refused() -> None:
    inside = "<pfif:person><pfif:full_name>Anna</pfif:full_name></pfif:person>"
    inside += (
        "<pfif:person><pfif:person_record_id>example.org/1</pfif:person_record_id><pfif:age>3</pfif:age></pfif:person>"
    )
    inside += f"<pfif:person>{ANNA.replace('example.org/1', 'one')}</pfif:person>" + note("") + note(NOTE)
    read = parsed(in_file(inside))
    assert not read.people
    assert not read.notes
    assert [refusal.row for refusal in read.refused] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "field",
    [
        "<pfif:sex>unknown</pfif:sex>",
        "<pfif:age>45-35</pfif:age>",
        "<pfif:age>131</pfif:age>",
        "<pfif:date_of_birth>1970-13</pfif:date_of_birth>",
        "<pfif:date_of_birth>2030</pfif:date_of_birth>",
        "<other:x xmlns:other='urn:x'><pfif:sex>male</pfif:sex></other:x>",
        "<pfif:colour>red</pfif:colour>",
        "<pfif:full_name>Another</pfif:full_name>",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>",
    ],
)
def test_a_bad_field_is_left_out_and_said(field: str) -> None:
    read = parsed(person(field))
    assert read.people == [PfifPerson(person_record_id="example.org/1", full_name="Anna")]
    assert [row for row, _words in read.warnings] == [1]


def test_ten_megabytes_of_notes_are_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    long = note(f"{NOTE}<pfif:text>{'long ' * 2_000_000}</pfif:text>")
    many = "".join(
        note(f"<pfif:note_record_id>example.org/n{n}</pfif:note_record_id><pfif:text>{'x' * 5000}</pfif:text>")
        for n in range(2 * MOST_NOTES)
    )
    other = f"<pfif:person>{ANNA.replace('/1', '/2')}{many}</pfif:person>"
    path.write_bytes(in_file(f"<pfif:person>{ANNA}{long}</pfif:person>{other}"))
    read = read_pfif(path, NOW)
    assert [len(one.notes) for one in read.people] == [1, MOST_NOTES]
    assert len(read.people[0].notes[0].text) <= 10_000
    assert [row for row, _words in read.warnings] == [2, 3]
    assert "10000" in read.warnings[0][1]
    assert str(MOST_NOTES) in read.warnings[1][1]


def test_what_expired_is_emptied_but_for_its_dates() -> None:
    full = read_pfif(next(path for path in FILES if path.stem == "specification-1.4"), NOW).people[0]
    left = emptied(full, NOW)
    (read,) = parsed(write_pfif([left])).people
    assert read == left
    assert read.is_emptied
    assert not full.is_emptied
    assert read.source_date == read.entry_date == NOW
    assert read.expiry_date == full.expiry_date
    late = replace(full, entry_date=NOW + timedelta(hours=1))
    assert emptied(late, NOW).entry_date == late.entry_date  # it never decreases


@pytest.mark.parametrize(
    "write", [lambda text: text.encode("utf-16"), lambda text: b"\xef\xbb\xbf" + text.encode(), str.encode]
)
def test_other_encodings_and_prefixes_are_read(write: Callable[[str], bytes]) -> None:
    for namespace in sorted(NAMESPACES):
        text = f"<m:pfif xmlns:m='{namespace}'><m:person>{ANNA.replace('pfif:', 'm:')}</m:person></m:pfif>"
        assert parsed(write(text)).people[0].full_name == "Anna"
