"""Ids for rows and numbers that people can say.

A row id is a UUIDv7 (RFC 9562 §5.7) as 32 hex digits, made on the device and never renumbered.
A number is `KX7-00042-3`: device code, counter, and an ISO 7064 mod 37,36 check character.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time

from stdnum.iso7064 import mod_37_36

DEVICE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
_SHAPE = re.compile(r"^([0-9A-Z]{3,4})([0-9]{5,7})([0-9A-Z])$")
_lock = threading.Lock()
_last = 0


class Chance:
    """Random bytes of the system, fetched many at a time: asking for each few costs as much as what they are for."""

    def __init__(self) -> None:
        self._bytes, self._at = b"", 0

    def take(self, count: int) -> bytes:
        """The next bytes; none is given twice."""
        at, end = self._at, self._at + count
        if end > len(self._bytes):
            self._bytes, at, end = os.urandom(max(count, 4096)), 0, count
        self._at = end
        return self._bytes[at:end]


_chance = Chance()


def new_id() -> str:
    """A UUIDv7 in 32 hex digits; later calls in one process sort later, even when the clock jumps back."""
    global _last  # noqa: PLW0603  # one clock for the process, under its lock
    with _lock:
        stamp = _last = max((time.time_ns() // 1_000_000) << 12, _last + 1)
        random = int.from_bytes(_chance.take(8), "big")
    milliseconds, sequence = stamp >> 12, stamp & 0xFFF
    return f"{milliseconds << 16 | 0x7000 | sequence:016x}{random >> 2 | 1 << 63:016x}"


def new_device_code() -> str:
    """Four random letters for a device that was given no code at set-up."""
    return "".join(secrets.choice(DEVICE_LETTERS) for _ in range(4))


def is_device_code(code: str) -> bool:
    """Whether numbers can begin with this: three or four of DEVICE_LETTERS."""
    return len(code) in (3, 4) and set(code) <= set(DEVICE_LETTERS)


def format_number(device: str, counter: int) -> str | None:
    """The number for this counter, or None when its check character could be misread (I, L, O, U) and it is skipped."""
    body = f"{counter:05d}"
    check = mod_37_36.calc_check_digit(device + body)
    return None if check in "ILOU" else f"{device}-{body}-{check}"


def parse_number(text: str) -> str | None:
    """The number as Panoh writes it, from what was typed: lower case, O for 0, I or L for 1, missing dashes; else None."""
    raw = re.sub(r"[\s\-–—.]", "", text).upper().replace("O", "0").replace("I", "1").replace("L", "1")
    found = _SHAPE.match(raw)
    if not found or not mod_37_36.is_valid(raw):
        return None
    return "-".join(found.groups())
