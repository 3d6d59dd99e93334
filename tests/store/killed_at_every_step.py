"""A process that lets a user in, or recovers a vault, once for each step of the way, and is killed at that step.

`python -m tests.store.killed_at_every_step add_user TEMPLATE PLACE 1` leaves a copy of the template in PLACE/1, PLACE/2
and so on, each as the kill at that step left it; the last is that of the run which came through.
The last number is 1 for every step, 4 for every fourth. A step is a call that changes what the disk holds: of a file, or a commit.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from panoh.base.clock import Clock
from panoh.services import users, vault

PASSPHRASE = "apricot ladder seven rivers"
NEW = "olma daryo bulut qalam"
_CALLS = ("open", "fsync", "replace", "unlink")


def die_at(step: int) -> None:
    """From now on, kill this process before its step of this number."""
    count = 0

    def pass_step(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: object, **named: object) -> Any:
            pass_step()
            return call(*arguments, **named)

        return wrapped

    for name in _CALLS:
        setattr(os, name, counted(getattr(os, name)))
    event.listen(Engine, "commit", pass_step)


def add_user(place: Path, step: int, _paper: str) -> None:
    """Add a user; counted from the call on."""
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        die_at(step)
        users.add(opened, "nurlan", NEW, "caseworker")
        os._exit(0)  # what follows is not of this story


def recover(place: Path, step: int, paper: str) -> None:
    """Recover with the paper; counted from the beginning."""
    die_at(step)
    vault.recover(place, paper, "feruza", NEW, clock=Clock())
    os._exit(0)


def remove_user(place: Path, step: int, _paper: str) -> None:
    """Remove a user, which changes the vault's key; counted from the call on."""
    with vault.unlock(place, "feruza", PASSPHRASE, clock=Clock()) as opened:
        nurlan = users.named(opened, "nurlan").id
        die_at(step)
        users.remove(opened, nurlan)
        os._exit(0)


_STORIES = {
    "add_user": add_user,
    "recover": recover,
    "remove_user": remove_user,
}


def main() -> None:
    """Run it to each step in a process of its own, forked so that the libraries load once."""
    what, template, place = (
        _STORIES[sys.argv[1]],
        Path(sys.argv[2]),
        Path(sys.argv[3]),
    )
    paper = sys.stdin.read().strip()
    for step in range(1, 200, int(sys.argv[4])):
        copy = place / str(step)
        shutil.copytree(template, copy)
        child = os.fork()
        if child == 0:
            try:
                what(copy, step, paper)
            finally:
                os._exit(1)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended != -signal.SIGKILL:
            sys.exit(ended)
    sys.exit("it never came through")


if __name__ == "__main__":
    main()
