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
from itertools import accumulate

from stdnum.iso7064 import mod_37_36

DEVICE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
_SHAPE = re.compile(r"^([0-9A-Z]{3,4})([0-9]{5,7})([0-9A-Z])$")
_DEVICE = re.compile(r"^[0-9A-Z]{3,4}$")
_COUNTER = re.compile(
    r"^(?:[0-9]{5}|[1-9][0-9]{5,6})$"
)  # as a counter is written: nought stands before it up to five digits
_BETWEEN = re.compile(r"[\s\-–—.]+")
_MISREAD = str.maketrans("OILАВЕКМНРСТУХО", "011ABEKMHPCTYX0")  # and Cyrillic letters that look like the Latin ones
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
    """The number as Panoh writes it, from what was typed; else None.

    Lower case, O for 0, I or L for 1, missing dashes and Cyrillic letters of the same shape are put right.
    """
    return next(iter(_whole(_parts(text))), None)


def possible_numbers(text: str) -> tuple[str, ...]:
    """The numbers that someone who searches may mean: as typed, or without its check character each that fits.

    A check character that was typed must be right: with a wrong one nothing is meant.
    """
    parts = _parts(text)
    whole = _whole(parts)
    if whole or len(parts) == 3 or (len(parts) == 1 and _SHAPE.match(parts[0])):
        return whole
    pairs = [(each[:at], each[at:]) for each in parts[:1] for at in (4, 3)] if len(parts) == 1 else [tuple(parts)]
    read = [(device, int(body)) for device, body in pairs if _DEVICE.match(device) and _COUNTER.match(body)]
    return tuple(number for device, counter in read if (number := format_number(device, counter)))


def _parts(text: str) -> list[str]:
    """What stands between dashes, dots and blanks, with letters that are misread put right; more than three are one."""
    parts = [part.translate(_MISREAD) for part in _BETWEEN.split(text.upper()) if part]
    return parts if 0 < len(parts) <= 3 else ["".join(parts)]


def _whole(parts: list[str]) -> tuple[str, ...]:
    """The numbers that these parts are with their check character; dashes that were typed stand where they stand."""
    raw, joints = "".join(parts), set(accumulate(map(len, parts[:-1])))
    if not _SHAPE.match(raw) or not mod_37_36.is_valid(raw):
        return ()
    splits = [(raw[:at], raw[at:-1], raw[-1]) for at in (4, 3) if joints <= {at, len(raw) - 1}]
    return tuple("-".join(each) for each in splits if _DEVICE.match(each[0]) and _COUNTER.match(each[1]))
