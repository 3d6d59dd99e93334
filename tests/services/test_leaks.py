"""Nothing that was typed is found outside of the vault in the clear: not in its files, the logs, the temporary folder, the home."""

from __future__ import annotations

import itertools
import os
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from tests.conftest import PASSPHRASE

from panoh.base import logs, paths
from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.cases import User
from panoh.domain.records import RECORDS
from panoh.services import drafts, search, summaries, vault
from panoh.store.keyfile import Kdf
from panoh.store.tables import table


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a temporary folder of their own."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="folders are set by XDG variables")
def test_marker_text_in_every_field_is_found_nowhere(  # noqa: C901
    home: Path, clock: FixedClock
) -> None:
    logs.start(paths.logs_folder())
    counter = itertools.count()
    markers: list[str] = []

    def mark() -> str:
        markers.append(f"Канарейка{next(counter):04d}zz")
        return markers[-1]

    made = vault.create(home / "vault", "feruza", PASSPHRASE, clock=clock, kdf=Kdf.cheap())
    with made.open as opened:
        ids = {kind.__name__: new_id() for kind in RECORDS}
        of_table = {table(kind).name: kind for kind in RECORDS}
        for kind in RECORDS:
            values: dict[str, Any] = {}
            for field in fields(kind):
                hint = get_type_hints(kind)[field.name]
                if field.name == "id":
                    values["id"] = ids[kind.__name__]
                elif points := table(kind).c[field.name].foreign_keys:
                    target = of_table[next(iter(points)).column.table.name]
                    if target is not kind:  # nobody is merged into themselves
                        values[field.name] = opened.desk.user.id if target is User else ids[target.__name__]
                elif hint is str:
                    values[field.name] = mark()
                elif hint == tuple[str, ...]:
                    values[field.name] = (mark(),)
                elif "datetime" in str(hint):
                    values[field.name] = clock.now()
                elif "date" in str(hint):
                    values[field.name] = clock.today()
                elif hint is int or "int" in str(hint):
                    values[field.name] = 3
                else:
                    values[field.name] = True
            with opened.desk.writing() as unit:
                unit.add(kind(**values))
                if "text" in values:
                    unit.save(replace(kind(**values), text=mark()))
        drafts.keep(opened.desk, new_id(), "family", {"rows": [{"name": mark()}]})
        search.people(opened.desk, markers[0], 5)
        summaries.export_case(opened.desk, ids["Person"], summaries.Wanted())
        opened.backup(home / "backups")
        logs.note("saved", count=1)
        for message in ("broken",):
            logs.bug(ValueError(message + mark()))
    searched = _files(home)
    assert len(searched) > 5
    wanted = [form for text in markers for form in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"))]
    found = {
        path.relative_to(home) for path in searched for blob in [path.read_bytes()] for form in wanted if form in blob
    }
    assert found == set()
    assert not (Path(os.environ["TMPDIR"]) / "panoh").exists()
