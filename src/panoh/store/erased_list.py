"""The permanent list of whom was erased: random ids, beside the vault and beside its backups, one line each.

A backup of before holds them still. The list is read whenever a vault is unlocked, and whoever stands in it is erased
again before anything is shown. Each line is signed with the journal's key, so nobody can add to the list who could not
erase; a line goes only with every copy of the list and the table in the vault itself.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from panoh.store.files import write_whole

NAME = "erased"
_MOST = 16 * 1024 * 1024  # bytes: a hundred thousand erasures
_ID, _CODE = re.compile("[0-9a-f]{32}"), re.compile("[a-z_]*")
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One erasure: its id, whose record it was, why, the two who decided, and when (seconds since 1970)."""

    erasure_id: str
    subject_id: str
    why: str
    asked_by: str
    agreed_by: str
    done_at: int

    @property
    def plain(self) -> bool:
        """Whether it holds nothing but ids and a code: nothing else leaves the vault."""
        ids = (self.erasure_id, self.subject_id, self.asked_by, self.agreed_by)
        return all(_ID.fullmatch(one) for one in ids if one) and _CODE.fullmatch(self.why) is not None

    def text(self, sign: Sign) -> str:
        """As it stands in the file."""
        told = " ".join(
            (
                self.erasure_id,
                self.subject_id,
                self.why or "-",
                self.asked_by or "-",
                self.agreed_by or "-",
                str(self.done_at),
            )
        )
        return f"{told} {_code(told, sign)}"


def _code(told: str, sign: Sign) -> str:
    return sign(b"erased " + told.encode()).hex()


def read(places: Iterable[Path], sign: Sign) -> set[Line]:
    """The lines of the lists in these folders whose signature fits; a list that is not there or not readable has none."""
    found: set[Line] = set()
    for place in places:
        try:
            with (place / NAME).open("rb") as file:
                text = file.read(_MOST).decode("ascii", "replace")
        except OSError:
            continue
        found |= {line for each in text.splitlines() if (line := _line(each, sign)) is not None}
    return found


def _line(text: str, sign: Sign) -> Line | None:
    told, _space, code = text.rpartition(" ")
    parts = told.split(" ")
    if len(parts) != 6 or not parts[5].isdigit() or not hmac.compare_digest(_code(told, sign).encode(), code.encode()):
        return None
    why, asked, agreed = ("" if part == "-" else part for part in parts[2:5])
    return Line(parts[0], parts[1], why, asked, agreed, int(parts[5]))


def write(place: Path, lines: Iterable[Line], sign: Sign) -> None:
    """Write the list into this folder, with whatever stood there already; not at all where it is whole. Raises OSError."""
    there = read([place], sign)
    wanted = there | {line for line in lines if line.plain}
    if wanted and wanted != there:
        write_whole(place / NAME, "".join(line.text(sign) + "\n" for line in sorted(wanted)).encode())
