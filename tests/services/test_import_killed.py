"""A program that is killed amid a list leaves a vault that never heard of it, and no process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bench.population import write_people
from tests.services.dying_import import PASSPHRASE

from panoh.base.clock import Clock
from panoh.domain.person import Person
from panoh.services import imports, vault
from panoh.store.keyfile import Kdf

SOURCE = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("portions", [4, *(pytest.param(each, marks=pytest.mark.soak) for each in (1, 9))])
def test_nothing_of_the_list_is_kept(tmp_path: Path, portions: int) -> None:
    folder, path = tmp_path / "vault", write_people(tmp_path, 3000)
    people = len(path.read_text("utf-8").splitlines()) - 1
    with vault.create(folder, "feruza", PASSPHRASE, clock=Clock(), kdf=Kdf.cheap()).open as opened:
        head = opened.desk.store.journal_head()
    paths = os.pathsep.join([str(SOURCE), str(SOURCE / "src")])
    ended = subprocess.run(
        [sys.executable, "-m", "tests.services.dying_import", str(folder), str(path), str(portions)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,  # is at its end when the processes that inherited it have gone as well
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=Clock()) as opened:
        assert opened.check().problems == ()
        assert opened.desk.store.journal_head() == head
        with opened.desk.reading() as reading:
            assert reading.all(Person) == []
        assert imports.import_people(opened.desk, path, imports.Options()).added == people
        assert opened.check().problems == ()
