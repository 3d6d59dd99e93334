"""How a process that reads a file ends. It imports this, so nothing else stands here."""

from __future__ import annotations

READ, UNREADABLE, TOO_LARGE, OUT_OF_MEMORY = 0, 3, 4, 5
DANGEROUS, FOREIGN, TOO_DEEP = 6, 7, 8  # of a PFIF file: see pfif_reader.py


class RefusedError(Exception):
    """The file is refused; `code` says why."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)
