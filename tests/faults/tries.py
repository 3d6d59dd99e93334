"""Asks the server for tries and judges what came of each: the old state or the new, told in words, and nothing half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
ONCE, EVER, FULL, KILL, TORN = range(5)  # as faulty_disk.c has them
HOW = ("once", "from then on", "full", "killed", "killed amid a write")
# What may be told of a disk that fails. Never that the vault is damaged: it is not.
TOLD = {"disk.full", "disk.failed", "vault.not_readable", "backup.not_first"}
READ_BACK = ("backup", "restore", "import over", "rekey", "remove user")
# What need not be as before in the old state, nor as after in the new one: a migration that was cut off has made a
# backup and the next one makes another, a list stopped after its backup, the journal told of a passphrase first, a
# user's row without a way in (the server adds them again), a damaged vault was kept aside more than once.
LEFT_OPEN = {
    "migrate": ["backups"], "import": ["backups"], "passphrase": ["rows"], "add": ["rows", "users"],
    "put": ["beside"],
}  # fmt: skip
# The next unlocking goes on where these were cut off. Beside these, of a commit whose last flush fails nobody can know:
# SQLite takes it back, and a kill right then brings it about.
GOES_ON = ("rekey", "remove", "migrate", "unlock")


def build(place: Path) -> Path:
    """The compiled disk; raises CalledProcessError or FileNotFoundError where there is no C compiler."""
    library = place / "faulty_disk.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(HERE / "faulty_disk.c"), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return library


@dataclass
class Figures:
    """What was done to one operation: how many calls it makes, tries by kind and by the state that was found."""

    calls: int = 0
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = sorted({kind for kind, _state in self.found})
        return f"{self.calls} calls; " + "; ".join(
            f"{kind}: " + ", ".join(f"{n} {state}" for (of, state), n in sorted(self.found.items()) if of == kind)
            for kind in kinds
        )


class Tries:
    """The tries of one operation. The states before and after it are found by looking, with no fault between."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self.name = server, name
        before, done = server.without_fault(name)
        self.old = self._state(before)
        self.new = self._state(done)
        self.figures = Figures(calls=done["calls"])
        self.made: list[str] = done["made"]  # every call, the first one first: 'write /vault/vault.db-wal'
        if done["code"] or done["left"]:
            raise AssertionError(f"{name} does not go through by itself: {done}")

    def _state(self, told: dict[str, Any]) -> dict[str, Any]:
        if "broken" in told:
            raise AssertionError(told["broken"])
        state = dict(told["state"])
        state["beside"] = [name for name in state["beside"] if not name.endswith(".part")]  # the next one removes it
        return {name: value for name, value in state.items() if name not in LEFT_OPEN.get(self.name.split()[0], ())}

    def fault(self, nth: int, error: int, how: int) -> None:
        """One try with this error, or with a kill."""
        told = self._server.ask(self.name, nth, error, how)
        kind = HOW[how] if how >= KILL else f"{os.strerror(error)} {HOW[how]}"
        where = f"{self.name}, call {nth} ({told.get('struck', '')}), {kind}: "
        if "broken" in told:
            self.figures.found[kind, "broken"] += 1
            self.figures.wrong.append(where + told["broken"])
            return
        state, code = self._state(told), told.get("code", "")
        found = self._which(state)
        self.figures.found[kind, found] += 1
        self.figures.told[code] += 1
        wrong = []
        if found == "third":
            wrong.append(f"a third state, told {code!r}: {self._differing(state)}")
        if code and code not in TOLD and not (code == "backup.unreadable" and self.name in READ_BACK):
            wrong.append(f"told {code} {told.get('trace', '')}")
        if how < KILL and not code and found not in ("new", "same"):
            wrong.append("nothing was told, and it was not done")
        if code and found == "new" and not self._may_be_done(told["struck"]):
            wrong.append(f"told {code}, and it was done")
        if told["left"]:
            wrong.append(f"left behind: {told['left']}")
        self.figures.wrong += [where + each for each in wrong]

    def numbers(self, pattern: str) -> list[int]:
        """The numbers of the calls that fit this pattern of fnmatch."""
        return [n for n, call in enumerate(self.made, 1) if fnmatch(call, pattern)]

    def _may_be_done(self, struck: str) -> bool:
        """Whether what was told to have failed may have been done, or be done by the next unlocking."""
        return self.name.split()[0] in GOES_ON or (struck.startswith("fsync") and struck.endswith("vault.db-wal"))

    def _which(self, state: dict[str, Any]) -> str:
        key, fresh = state["key"], self.old["key"] != self.new["key"]
        state, old, new = ({**each, "key": ""} for each in (state, self.old, self.new))
        if state == new and (key != self.old["key"]) is fresh:
            return "new" if old != new or fresh else "same"
        return "old" if state == old and key == self.old["key"] else "third"

    def _differing(self, state: dict[str, Any]) -> str:
        """Where a state differs from both."""
        told = []
        for against, other in (("old", self.old), ("new", self.new)):
            for name in state.keys() | other.keys():
                mine, theirs = state.get(name), other.get(name)
                if mine == theirs:
                    continue
                if isinstance(mine, dict) and isinstance(theirs, dict):
                    mine, theirs = (
                        {k: v for k, v in one.items() if two.get(k) != v}
                        for one, two in ((mine, theirs), (theirs, mine))
                    )
                told.append(f"{name} {mine} is not {against} {theirs}")
        return "; ".join(told)


class Server:
    """The process that forks off each try."""

    def __init__(self, library: Path, work: Path) -> None:
        self._known: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        paths = os.pathsep.join([str(HERE.parents[1]), str(HERE.parents[1] / "src")])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server", str(work)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": paths},
        )

    def ask(self, operation: str, nth: int, error: int = 0, how: int = ONCE) -> dict[str, Any]:
        """One try: no operation at all for -1, none that fails for 0."""
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        self._process.stdin.write(json.dumps({"operation": operation, "nth": nth, "error": error, "how": how}) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def without_fault(self, operation: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What is found before the operation, and after it went through; looked at once."""
        if operation not in self._known:
            self._known[operation] = self.ask(operation, -1), self.ask(operation, 0)
        return self._known[operation]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
