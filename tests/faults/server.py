"""Tries an operation again and again, each time in a fork whose disk fails, and looks at what is left in another.

`python -m tests.faults.server WORK`, with faulty_disk.so preloaded, answers each request (a line of JSON) by a line:
how the try ended, how many calls it came to, and what a user finds who unlocks the vault afterwards.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher
from tests.faults import operations
from tests.faults.operations import OPERATIONS, WAYS, at, clock

from panoh.base.errors import AppError
from panoh.services import backups, vault
from panoh.services.vault import OpenVault
from panoh.store import keys
from panoh.store.engine import connect
from panoh.store.folder import VaultFolder, listed

_DISK = ctypes.CDLL(None)
_DISK.panoh_disarm.restype = ctypes.c_long
_DISK.panoh_struck.restype = _DISK.panoh_made.restype = ctypes.c_char_p
_PARTS = ("*.part", "*.new", "*.migrating*", "put-back*", "drill*")


def in_a_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What this work tells, done in a fork; {'killed': True} when it was killed before it told anything."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            told = work()
        except BaseException:
            told = {"broken": traceback.format_exc()}
        with os.fdopen(writing, "wb") as sink:
            sink.write(json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        content = source.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == -signal.SIGKILL:
        return {"killed": True}
    return dict(json.loads(content))


def attempt(name: str, place: Path, nth: int, error: int, how: int) -> dict[str, Any]:
    """Do the operation on a disk that fails; how it ended, as a user would be told."""
    operation = OPERATIONS[name]
    ready = operation.ready(place)
    _DISK.panoh_arm(str(place).encode(), ctypes.c_long(nth), error, how)
    told: dict[str, Any] = {"code": ""}
    try:
        operation.run(ready)
    except AppError as refused:
        told = {"code": refused.code, "sentence": refused.sentence()}
    except BaseException as bare:
        told = {"code": f"bare {type(bare).__name__}: {bare}", "trace": traceback.format_exc()}
    told["calls"] = _DISK.panoh_disarm()
    told["made"] = _DISK.panoh_made().decode("utf-8", "replace").splitlines()
    told["struck"] = _DISK.panoh_struck().decode("utf-8", "replace")
    if nth % 2 and isinstance(ready, OpenVault):  # every other time the user locks it; else the power goes
        ready.close()
    return told


def look(name: str, place: Path) -> dict[str, Any]:
    """What a user finds afterwards. Whoever was restoring, making or putting back does so again where nothing came of it."""
    seen: dict[str, Any] = {"schema": schema(at(place)), "beside": sorted(path.name for path in place.iterdir())}
    if name in ("restore", "create") and (place / "restored").exists():
        seen["restored"] = {**vault_state(place / "restored"), "key": ""}  # a new vault has a new one
    if name == "put back":
        try:
            vault.unlock(at(place), *WAYS["head"], clock=clock()).close()
        except AppError as error:
            if error.code != "vault.damaged":
                raise
            operations.put_back(place)
            seen["damaged"] = True
    seen |= vault_state(at(place))
    if name == "add user" and "comes" not in seen["ways"]:  # their row may be there: adding them again lets them in
        with operations.unlock(place) as opened:
            operations.add_user(opened)
        assert "comes" in ways_in(at(place))
    if name in ("restore", "create") and "restored" not in seen:
        OPERATIONS[name].run(place)
        vault_state(place / "restored")
    left = [str(path.relative_to(place)) for pattern in _PARTS for path in place.rglob(pattern)]
    return {"state": seen, "left": sorted(left)}


def vault_state(folder: Path) -> dict[str, Any]:
    """Who gets in, what is in it, which backups come back; raises AssertionError for what is not whole."""
    ways = ways_in(folder)
    assert ways, "nobody gets in"
    with vault.unlock(folder, *WAYS[ways[0]], clock=clock()) as opened:
        problems = opened.check().problems
        assert not problems, problems
        state = content(opened)
        made = listed(folder / "backups")
        for each in made:
            assert backups.drill(opened, each.path).report.good, "a backup that does not come back"
    return {
        "ways": ways_in(folder),
        "key": VaultFolder(folder).db.open("rb").read(16).hex(),
        "backups": len(made),
        **state,
    }


def schema(folder: Path) -> str:
    """The schema that the store has before anybody unlocks it, and its key by the salt at its head."""
    inside = VaultFolder(folder)
    for user, passphrase in WAYS.values():
        with (
            suppress(AppError, sqlcipher.DatabaseError),
            closing(connect(inside.db, keys.unlock(inside, user, passphrase).key, read_only=True)) as opened,
        ):
            return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    return "none"


def ways_in(folder: Path) -> list[str]:
    """Who gets in by which passphrase, as far as the key file tells."""
    found = []
    for way, (user, passphrase) in WAYS.items():
        try:
            keys.unlock(VaultFolder(folder), user, passphrase)
        except AppError as error:
            if error.code != "vault.wrong_passphrase":
                raise
        else:
            found.append(way)
    return found


def content(opened: OpenVault) -> dict[str, Any]:
    """The rows of every table, and in words who is in it."""
    with opened.desk.reading() as reading:
        ask = reading.connection.exec_driver_sql
        tables = ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").scalars().all()
        rows = {name: ask(f'SELECT count(*) FROM "{name}"').scalar_one() for name in sorted(tables)}
        shown = ask("SELECT given_name, family_name, sex, merged_into_id <> '' FROM person").all()
        let_in = ask("SELECT name, role, left_on, one_time FROM vault_user").all()
        due = reading.meta("rekey_due")
    return {"rows": rows, "people": sorted(map(str, shown)), "users": sorted(map(str, let_in)), "due": due}


def answer(work: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """One try, from the copy of what was laid out to what is found afterwards."""
    name = asked["operation"]
    laid, place = work / name / "laid", work / name / "try"
    if not laid.exists():
        laid.mkdir(parents=True)
        told = in_a_fork(lambda: OPERATIONS[name].lay(laid) or {})
        if told:
            return told
    shutil.rmtree(place, ignore_errors=True)
    if asked["nth"] >= 0:
        shutil.copytree(laid, place)
        told = in_a_fork(lambda: attempt(name, place, asked["nth"], asked["error"], asked["how"]))
    else:  # nothing is done: the old state
        shutil.copytree(laid, place)
        told = {"code": ""}
    return told if "broken" in told else {**told, **in_a_fork(lambda: look(name, place))}


def main() -> None:
    """Answer until there is nothing more to answer."""
    work = Path(sys.argv[1]).resolve()
    operations.lay_backed_up(work / "warm")  # what is loaded once, each fork has
    look("unlock", work / "warm")
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(answer(work, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
