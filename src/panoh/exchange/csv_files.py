"""Reads csv line by line: finds out the encoding and the delimiter, and lets one damaged line spoil no other.

Runs in the process that reads files (reader.py), so it imports nothing but the standard library and the limits.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from panoh.exchange.limits import MOST_COLUMNS, MOST_FIELD, QUOTES

DELIMITERS = ",;\t"
SINGLE_BYTE = ("cp1251", "koi8-r", "cp866")  # Cyrillic, one byte a letter; where they fit alike, the first counts
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *SINGLE_BYTE)
MOST_LINE = MOST_COLUMNS * (MOST_FIELD + 1)
_MOST_LINES = 50  # a quoted cell may go over so many lines; a quotation mark that never closes must not eat the file
_FIRST_LINES = 20
_SAMPLE = 1 << 20
_ENOUGH = 50_000  # bytes of letters beside ASCII that tell an encoding
_BESIDE_ASCII = re.compile(rb"[\x80-\xff]+")
_CONTROLS = [bytes([code]) for code in range(32) if chr(code) not in "\t\n\f\r"]
_LETTER = re.compile("[А-яЁёЎўІі]")  # the letters of Russian, and what else names are written with in one byte
_OFTEN = frozenset("оаеинтрсвлмкОАЕИНТРСВЛМК")  # two letters of three in Russian, Uzbek, Kyrgyz and Tajik names
_CASE_TURNED = re.compile("[\u0430-\u045f][\u0400-\u042f]")  # a small letter before a capital
_BESIDE_LETTERS = frozenset("\xa0\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\xab\xbb\u2116\xb0")

Record = tuple[int, list[str], str]  # line number of its beginning, cells, and what is wrong with it ('' for nothing)


class NoTextError(Exception):
    """The file holds no text."""


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a text file, one of ENCODINGS. In this order:

    a byte order mark says it; zero bytes in every other place mean UTF-16; one control byte in twenty means
    that this is no text; bytes that are valid UTF-8 throughout are UTF-8; when most of what is not ASCII is
    UTF-8, it is UTF-8 with damaged lines; when nine of ten other signs are Cyrillic in one of SINGLE_BYTE, it is
    the one in which the letters stand as often, and as great and small, as in names; else it is UTF-8 with damaged
    lines. Raises NoTextError for a file that is no text. Leaves the file at its beginning.
    """
    sample = file.read(_SAMPLE)
    file.seek(0)
    found = _by_mark(sample) or _by_zero_bytes(sample)
    if found:
        return found
    if sum(map(sample.count, _CONTROLS)) > len(sample) / 20:
        raise NoTextError
    whole = _is_utf8(iter(partial(file.read, _SAMPLE), b""))
    file.seek(0)
    if whole:
        return "utf-8"
    text = sample.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if sum(letter > "\x7f" for letter in text) - lost > lost:
        return "utf-8"
    likely = max(SINGLE_BYTE, key=lambda name: _likeness(sample, name))
    return likely if _likeness(sample, likely) > 0 else "utf-8"


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


def _likeness(sample: bytes, encoding: str) -> float:
    """How much the sample looks like names in this encoding, 0 to 1; 0 when it is no Cyrillic text."""
    text = b" ".join(_BESIDE_ASCII.findall(sample))[:_ENOUGH].decode(encoding, "replace")
    beside = [sign for sign in text if sign > "\x7f"]
    letters = sum(1 for sign in beside if _LETTER.match(sign))
    if not letters or letters + sum(sign in _BESIDE_LETTERS for sign in beside) < 0.9 * len(beside):
        return 0.0
    often = sum(sign in _OFTEN for sign in beside)
    return max(0.01, (often - 3 * len(_CASE_TURNED.findall(text))) / letters)


def read_csv(source: BinaryIO, encoding: str) -> Iterator[Record]:
    """The records of a csv file in one of ENCODINGS; blank lines are left out. Raises OSError and UnicodeError."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    file = TextIOWrapper(source, encoding, errors, newline="")
    try:
        yield from _Records(file)
    finally:
        file.detach()


class _Records:
    """Cuts lines into records; the first lines tell the delimiter, the last good record how many cells there should be."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: deque[tuple[int, str]] = deque()  # lines that a damaged record had taken too many
        self._number = 0
        self._width = 0
        self._waiting.extend(line for line in (self._line() for _count in range(_FIRST_LINES)) if line is not None)
        self._delimiter = self._told_delimiter() or delimiter_of([text for _number, text in self._waiting])

    def _told_delimiter(self) -> str:
        """What a first line 'sep=;' says, which some spreadsheet programs write and none shows."""
        told = re.fullmatch(r"sep=([,;\t])\s*", self._waiting[0][1], re.IGNORECASE) if self._waiting else None
        if told:
            self._waiting.popleft()
        return told[1] if told else ""

    def __iter__(self) -> Iterator[Record]:
        while (line := self._line()) is not None:
            number, text = line
            if not text.strip(" \r\n" + self._delimiter):
                continue
            cells, problem = self._cells(number, text)
            if not any(map(str.strip, cells)):
                continue
            if not problem:
                self._width = len(cells)
            if len(text) > MOST_FIELD or '"' in text:
                cells = [cell[:MOST_FIELD] for cell in cells]
            yield number, cells, problem

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
                return cells, QUOTES
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


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that stands most often outside of quotation marks; a comma when none does."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    return max(DELIMITERS, key=lambda sign: (sum(line.count(sign) for line in bare), sign == ","))
