"""Each rule with what it read: whatever fires in the queue fires here, and nothing is told that is kept back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE
from tests.services.access_people import Kind, bring_in, need, office, told
from tests.services.test_triage_settings import someone

from panoh import cli
from panoh.base.clock import FixedClock
from panoh.services import explaining, triage
from panoh.services.deriving import facts_about
from panoh.services.desk import Desk


def test_every_variant_is_told_and_what_fires_is_what_the_queue_tells(desk: Desk) -> None:
    one = someone(desk, "PX-HB", "TR-PI", "SM-CC")
    found = explaining.explain_person(desk, one.id)
    assert {(each.rule, each.variant) for each in found} == set(desk.rulebook.entries)
    fired = {each.rule for each in found if each.fired}
    assert fired == {reason.rule for reason in triage.why(desk, one.id).reasons} == {"T04", "T14", "T19"}


def test_why_not_is_told_by_the_facts_that_were_read(desk: Desk) -> None:
    one = someone(desk, "SM-CC")
    by_key = {f"{each.rule}.{each.variant}": each for each in explaining.explain_person(desk, one.id)}
    assert by_key["T01.threatened"].facts == {"Return threatened for": "not recorded"}
    assert by_key["T12.condition"].facts == {"Need": "SM-CC"}  # it stands, but nobody confirmed it
    assert by_key["T12.condition"].asks.startswith("A critical medical condition, confirmed.")
    assert by_key["T19.condition"].words().startswith("T19.condition  high, due 2010-06-15T09:00:00+00:00  Need: SM-CC")
    assert by_key["T14.shelter"].words().startswith("T14.shelter  no  Shelter: not recorded; House burnt: not recorded")


def test_whoever_may_not_see_reads_no_restricted_rule(tmp_path: Path, clock: FixedClock) -> None:
    at = office(tmp_path / "vault", clock)
    with at.opened:
        exile = bring_in(at, Kind("exile", {}, (told(feared_country="KG"), need("PX-WO"))))
        mine = explaining.explain_person(at.other, exile.id)
        assert not [each for each in mine if at.other.rulebook.entry(each.rule, each.variant).sensitive]
        assert [each.rule for each in mine if each.fired] == ["T19"]
        assert "Feared country" not in {name for each in mine for name in each.facts}
        theirs = explaining.explain_person(at.holder, exile.id)
        assert "T02" in {each.rule for each in theirs if each.fired}


def test_the_command_prints_one_line_a_variant(
    desk: Desk, opened: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = someone(desk, "PX-WO", external_id="P-1")
    with desk.reading() as reading:
        assert facts_about(reading, one.id, desk.clock.now()) is not None
        assert facts_about(reading, "nobody", desk.clock.now()) is None
    opened.close()  # type: ignore[attr-defined]
    key = tmp_path / "key"
    key.write_text(PASSPHRASE)
    common = ["--vault", str(desk.folder), "--user", "feruza", "--passphrase-file", str(key)]
    with pytest.raises(SystemExit) as ended:
        cli.main(["triage", "--explain", one.external_id, "--json", *common])
    assert ended.value.code == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(desk.rulebook.entries)
    injury = next(line for line in lines if (line["rule"], line["variant"]) == ("T19", "injury"))
    assert (injury["fired"], injury["level"], injury["facts"]) == (True, "high", {"Need": "PX-WO"})
