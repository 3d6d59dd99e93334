"""Reads csv line by line: finds out the encoding and the delimiter, and lets one damaged line spoil no other."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.exchange.reader import MOST_COLUMNS, MOST_FIELD

DELIMITERS = ",;\t"
MOST_LINE = MOST_COLUMNS * (MOST_FIELD + 1)
_MOST_LINES = 50  # a quoted cell may go over so many lines; a quotation mark that never closes must not eat the file
_SAMPLE = 1 << 20
_CONTROLS = [bytes([code]) for code in range(32) if chr(code) not in "\t\n\f\r"]
_CYRILLIC_1251 = frozenset(range(0xC0, 0x100)) | frozenset(
    b"\xa8\xb8\xa1\xa2\xb9\xab\xbb\x96\x97\x91\x92\x93\x94\x85\xa0"
)

Record = tuple[int, list[str], str]  # line number of its beginning, cells, and what is wrong with it ('' for nothing)


def encoding_of(path: Path) -> str:
    """The encoding of a text file. In this order:

    a byte order mark says it; zero bytes in every other place mean UTF-16; one control byte in twenty means
    that this is no text; bytes that are valid UTF-8 throughout are UTF-8; when most of what is not ASCII is
    UTF-8, it is UTF-8 with damaged lines; when nine of ten bytes above 127 are Cyrillic in Windows-1251, it is
    that; else it is UTF-8 with damaged lines. Raises AppError('file.unreadable') for a file that is no text.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        found = _by_mark(sample) or _by_zero_bytes(sample)
        if found:
            return found
        if sum(map(sample.count, _CONTROLS)) > len(sample) / 20:
            raise AppError("file.unreadable", kind="csv", name=path.name)
        file.seek(0)
        if _is_utf8(iter(partial(file.read, _SAMPLE), b"")):
            return "utf-8"
    text = sample.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if sum(letter > "\x7f" for letter in text) - lost > lost:
        return "utf-8"
    high = [byte for byte in sample if byte > 127]
    cyrillic = sum(byte in _CYRILLIC_1251 for byte in high)
    return "cp1251" if high and cyrillic >= 0.9 * len(high) else "utf-8"


def _by_mark(sample: bytes) -> str:
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    return next((name for mark, name in marks.items() if sample.startswith(mark)), "")


def _by_zero_bytes(sample: bytes) -> str:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 20 or not sample:
        return ""
    return "utf-16-le" if odd >= 10 * even else "utf-16-be" if even >= 10 * odd else ""


def _is_utf8(chunks: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_csv(path: Path, progress: Progress) -> Iterator[Record]:
    """The records of a csv file, the header first; blank lines are left out. Raises AppError('file.unreadable')."""
    encoding = encoding_of(path)
    size = path.stat().st_size
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    try:
        with path.open("rb") as source, TextIOWrapper(source, encoding, errors, newline="") as file:
            for count, record in enumerate(_Records(file)):
                if count % 500 == 0:
                    progress.step(min(source.tell(), size), size, _("Reading"))
                yield record
    except (OSError, UnicodeError):
        raise AppError("file.unreadable", kind="csv", name=path.name) from None


class _Records:
    """Cuts lines into records, with the delimiter of the first line and the number of its cells."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: deque[tuple[int, str]] = deque()  # lines that a damaged record had taken too many
        self._number = 0
        self._delimiter = ""
        self._width = 0

    def __iter__(self) -> Iterator[Record]:
        while (line := self._line()) is not None:
            number, text = line
            if not text.strip(" \t\r\n" + (self._delimiter or ",;")):
                continue
            self._delimiter = self._delimiter or delimiter_of(text)
            cells, problem = self._cells(number, text)
            if not any(map(str.strip, cells)):
                continue
            self._width = self._width or len(cells)
            if not problem and any(cell.strip() for cell in cells[self._width :]):
                problem = _("The row has more cells than the first row has columns.")
            yield number, [cell[:MOST_FIELD] for cell in cells], problem

    def _line(self) -> tuple[int, str] | None:
        if self._waiting:
            return self._waiting.popleft()
        text = self._file.readline(MOST_LINE)
        if not text:
            return None
        self._number += 1
        rest = text
        while len(rest) == MOST_LINE and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(MOST_LINE)
        return self._number, text

    def _cells(self, number: int, text: str) -> tuple[list[str], str]:
        if '"' not in text:
            return text.rstrip("\r\n").split(self._delimiter), ""
        taken = [(number, text)]
        try:
            cells = next(csv.reader(self._taking(taken), delimiter=self._delimiter, strict=True))
        except (csv.Error, StopIteration):  # a quotation mark that never closes, or one inside a word
            self._waiting.extendleft(reversed(taken[1:]))
            cells = self._forgiving(text)
            if len(cells) != self._width:
                return cells, _("The quotation marks of the row do not match.")
        return cells, ""

    def _forgiving(self, text: str) -> list[str]:
        """The cells of one line with damaged quotation marks, taken as they are."""
        text = text.rstrip("\r\n")
        try:
            return next(csv.reader([text], delimiter=self._delimiter))
        except csv.Error:
            return text.split(self._delimiter)

    def _taking(self, taken: list[tuple[int, str]]) -> Iterator[str]:
        """The first line and as many more as a quoted cell wants, remembered in `taken`."""
        yield taken[0][1]
        while len(taken) < _MOST_LINES and (line := self._line()) is not None:
            taken.append(line)
            yield line[1]


def delimiter_of(line: str) -> str:
    """The delimiter that stands most often outside of quotation marks; a comma when none does."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), sign == ","))
