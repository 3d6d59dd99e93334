"""A disk that fails, or a kill, at the Nth call of every operation: the old state or the new, told in words, nothing half.

What fails are libc's own calls (faulty_disk.c), so SQLCipher's writes and flushes as well as Python's. Of every try a
vault is unlocked, read through and compared afterwards; see server.py and tries.py for what is asked of it.
"""

from __future__ import annotations

import errno
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.faults.operations import OPERATIONS
from tests.faults.tries import EVER, FULL, KILL, ONCE, TORN, Server, Tries, build

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a library is preloaded as Linux does it")

FAULTS = {"EIO": (errno.EIO, ONCE), "ENOSPC": (errno.ENOSPC, FULL), "EACCES": (errno.EACCES, ONCE)}
PULLED = (errno.EIO, EVER)  # a stick that is pulled out
KILLS = {"killed": (0, KILL), "torn": (0, TORN)}
EVERYDAY = [*KILLS.values(), *FAULTS.values(), PULLED]
NEVER_PULLED = "create"  # a vault that was made just before cannot be taken away from a stick that is out
MIGRATIONS = [name for name in OPERATIONS if name.startswith("migrate")]
OTHERS = [name for name in OPERATIONS if name not in MIGRATIONS]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The process that tries; it is asked for one operation after another."""
    place = tmp_path_factory.mktemp("faults")
    try:
        library = build(place)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"the failing disk needs a C compiler: {error}")
    with Server(library, place / "work") as started:
        yield started


def settle(tried: Tries, what: str = "") -> None:
    """Tell the figures; nothing may have been wrong."""
    print(f"{tried.name}: {what}{tried.figures}")
    assert not tried.figures.wrong, "\n".join([f"{len(tried.figures.wrong)} wrong", *tried.figures.wrong[:20]])


# Where something was wrong once: a store that was called damaged, a bare error, two passphrases that opened, a file
# that stayed behind, an erasing that was told to have failed.
ONCE_WRONG = [
    ("lock", "write /vault/vault.db", -1, "torn"),
    ("backup", "write *.part/vault.db", 9, "EIO"),
    ("migrate 0004", "write *.migrating", 9, "EACCES"),
    ("rekey", "write *.migrating", 9, "ENOSPC"),
    ("rekey", "unlink */vault.db-wal", -1, "EIO"),
    ("put back", "fsync *.part/vault.db-wal", -1, "EIO"),
    ("create", "write *-wal", 99, "EIO"),
    ("create", "fsync *-journal", -1, "EACCES"),
    ("put back", "fsync /vault", -1, "EIO"),
    ("put back", "rename *.part/vault.key.mirror", 0, "EIO"),  # a whole backup was told to be a bad one
    ("migrate 0002", "rename */backups/*.part/vault.key.mirror", 0, "EIO"),
    ("put back", "unlink /vault/put-back/vault.key", -1, "EIO"),
    ("erase", "write /vault/vault.db", 0, "EIO"),
    ("passphrase", "fsync *.key.mirror.*.new", -1, "EIO"),
    ("passphrase", "write *-wal", -1, "ENOSPC"),
    ("restore", "fsync ", -1, "EACCES"),
    ("unlock", "write *.mark.*.new", -1, "killed"),
]


@pytest.mark.parametrize(("name", "call", "which", "way"), ONCE_WRONG)
def test_what_was_wrong_once(server: Server, name: str, call: str, which: int, way: str) -> None:
    tried = Tries(server, name)
    numbers = tried.numbers(call)  # a copy takes fewer writes on a quick disk
    assert numbers, tried.made
    tried.fault(numbers[min(which, len(numbers) - 1)], *{**FAULTS, **KILLS}[way])
    settle(tried)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_few_moments(server: Server, name: str) -> None:
    tried = Tries(server, name)
    first, count = list(OPERATIONS).index(name), 2 if name in MIGRATIONS else 3
    for n in range(count):  # spread over the operation, and over the ways to fail from one operation to the next
        error, how = EVERYDAY[(first + n) % (len(EVERYDAY) - (name == NEVER_PULLED))]
        tried.fault(1 + (2 * n + 1) * tried.figures.calls // (2 * count), error, how)
    settle(tried)


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", OTHERS)
def test_every_call_fails(server: Server, name: str, fault: str) -> None:
    tried = Tries(server, name)
    for nth in range(1, tried.figures.calls + 1):
        tried.fault(nth, *FAULTS[fault])
    settle(tried)


@pytest.mark.soak
@pytest.mark.parametrize("name", OTHERS)
def test_killed_at_every_call(server: Server, name: str) -> None:
    """Every other time amid the write."""
    tried = Tries(server, name)
    for nth in range(1, tried.figures.calls + 1):
        tried.fault(nth, *KILLS["torn" if nth % 2 else "killed"])
    settle(tried)


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in OTHERS if name != NEVER_PULLED])
def test_a_stick_that_is_pulled_out(server: Server, name: str) -> None:
    tried = Tries(server, name)
    for nth in range(1, tried.figures.calls + 1, 4):
        tried.fault(nth, *PULLED)
    settle(tried)


@pytest.mark.soak
@pytest.mark.parametrize("name", MIGRATIONS)
def test_every_step_of_a_migration(server: Server, name: str) -> None:
    """From every schema that is kept: each call fails once, or is where the process is killed, in turn.

    The schemas begin at another turn each: the copy, the upgrade and the swap are the same calls from all of them.
    """
    tried, ways = Tries(server, name), [*FAULTS.values(), *KILLS.values()]
    for nth in range(1, tried.figures.calls + 1):
        tried.fault(nth, *ways[(nth + MIGRATIONS.index(name)) % len(ways)])
    settle(tried)


@pytest.mark.soak
def test_a_thousand_kills(server: Server) -> None:
    """At random moments of random operations, every other one amid a write."""
    seed = 20100614
    chance, all_tried, total = random.Random(seed), dict[str, Tries](), Counter[str]()
    for n in range(1000):
        name = chance.choice([*OTHERS, chance.choice(MIGRATIONS)])
        tried = all_tried[name] = all_tried.get(name) or Tries(server, name)
        tried.fault(chance.randint(1, tried.figures.calls), *KILLS["torn" if n % 2 else "killed"])
    for name, tried in sorted(all_tried.items()):
        print(f"{name}: {tried.figures}")
        for (_kind, state), n in tried.figures.found.items():
            total[state] += n
    print(f"1,000 kills, seed {seed}: {dict(total)}")
    wrong = [each for tried in all_tried.values() for each in tried.figures.wrong]
    assert not wrong, "\n".join([f"{len(wrong)} wrong", *wrong[:20]])
