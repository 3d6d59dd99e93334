"""PFIF on the command line: leads come in, whoever agreed goes out, and every refusal is one line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from panoh.base.clock import Clock
from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.domain.person import Person
from panoh.exchange.pfif import PfifPerson, write_pfif
from panoh.exchange.pfif_values import read_pfif
from panoh.services import vault
from panoh.services.records import keep
from tests.conftest import CHEAP, PASSPHRASE
from tests.test_cli import _run

NOW = datetime.now(UTC).replace(microsecond=0)
GOOD = PfifPerson(person_record_id="example.org/1", full_name="Anna Ivanova", source_date=NOW - timedelta(days=1))
AHEAD = PfifPerson(person_record_id="example.org/2", full_name="Boris Petrov", source_date=NOW + timedelta(days=9))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with one person who agreed to be public, and files."""
    folder = tmp_path_factory.mktemp("pfif")
    made = vault.create(folder / "vault", "feruza", PASSPHRASE, clock=Clock(), device="KX7", kdf=CHEAP)
    with made.open as opened:
        person = Person(
            id=new_id(), number="KX7-00001-1", external_id="P1", given_name="Лола", family_name="Каримова", sex="F"
        )
        keep(opened.desk, person)
        yes = Consent(id=new_id(), person_id=person.id, purpose="tracing", recipient="public", answer="yes")
        keep(opened.desk, yes)
    (folder / "phrase").write_text(PASSPHRASE, "utf-8")
    (folder / "list.xml").write_bytes(write_pfif([GOOD, AHEAD]))
    (folder / "bomb.xml").write_bytes(b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    return folder


def run(place: Path, *arguments: str) -> CompletedProcess[str]:
    common = ("--vault", str(place / "vault"), "--user", "feruza", "--passphrase-file", str(place / "phrase"))
    return _run(*arguments, *common)


def refused(done: CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_leads_come_in_and_what_is_refused_is_told(place: Path) -> None:
    file = str(place / "list.xml")
    tried = run(place, "import", "pfif", file, "--dry-run", "--json")
    assert json.loads(tried.stdout) == {"added": 1, "updated": 0, "refused": 1, "warnings": 0}
    assert "strict" in refused(run(place, "import", "pfif", file, "--strict"))
    done = run(place, "import", "pfif", file, "--json", "--refused", str(place / "refused.csv"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"added": 1, "updated": 0, "refused": 1, "warnings": 0}
    assert "source_date lies ahead" in done.stderr
    assert "Boris" not in done.stderr
    assert "Boris Petrov" in (place / "refused.csv").read_text("utf-8-sig")
    again = run(place, "import", "pfif", file)
    assert again.stdout.startswith("0 added, 0 updated, 1 refused")
    people = run(place, "people", "Ivanova", "--json")
    assert people.stdout == ""
    assert "entities" in refused(run(place, "import", "pfif", str(place / "bomb.xml")))
    assert "not found" in refused(run(place, "import", "pfif", str(place / "none.xml")))


def test_whoever_agreed_goes_out_once_it_is_turned_on(place: Path) -> None:
    out = place / "out.xml"
    export = ("export", "pfif", str(out), "--recipient", "icrc", "--purpose", "A list for other countries", "--json")
    until = (NOW + timedelta(days=30)).date().isoformat()
    assert "turned off" in refused(run(place, *export))
    assert "turned off" in refused(run(place, "publish", "add", "P1", "--until", until))
    turn_on = ("publish", "on", "--organisation", "Invented Society", "--reason", "Families look abroad")
    assert "example.org" in refused(run(place, *turn_on, "--domain", "no site"))
    assert run(place, *turn_on, "--domain", "society.example.org").returncode == 0
    assert "Nothing stands" in refused(run(place, *export))
    assert "P9" in refused(run(place, "publish", "add", "P9", "--until", until))
    far = (NOW + timedelta(days=500)).date().isoformat()
    assert "360" in refused(run(place, "publish", "add", "P1", "--until", far))
    assert run(place, "publish", "add", "P1", "--until", "soon").returncode == 2
    assert run(place, "publish", "add", "P1", "--until", until).returncode == 0
    done = run(place, *export)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["public"], told["called_back"]) == (1, 0)
    (person,) = read_pfif(out, NOW + timedelta(days=1)).people
    assert (person.full_name, person.author_name) == ("Каримова Лола", "Invented Society")
    listed = json.loads(run(place, "publish", "list", "--json").stdout)
    assert (listed["state"], listed["until"], listed["public"]) == ("stands", until, person.person_record_id)
    assert run(place, "publish", "withdraw", "P1").returncode == 0
    assert "taken back already" in refused(run(place, "publish", "withdraw", "P1"))
    assert json.loads(run(place, *export).stdout)["called_back"] == 1
    assert read_pfif(out, NOW + timedelta(days=1)).people[0].is_emptied
    assert run(place, "publish", "off", "--reason", "Done").returncode == 0
    nowhere = run(place, "export", "pfif", str(place / "no" / "out.xml"), "--recipient", "icrc", "--purpose", "A list")
    assert "out.xml" in refused(nowhere)
