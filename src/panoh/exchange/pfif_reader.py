"""Reads the records of a PFIF file one by one. Runs in the process that reads files (reader.py), with its rights taken.

The parser is the expat of the standard library, which fetches nothing and follows no XInclude. A document type is refused
at its first sign, and with it every entity but the five of XML itself, so that nothing can grow out of the file or reach
out of it. Fields are cut while they are read, so that a long one is never held whole.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from panoh.exchange.exit_codes import DANGEROUS, FOREIGN, TOO_DEEP, TOO_LARGE, RefusedError
from panoh.exchange.limits import MOST_FIELD
from panoh.exchange.pfif_fields import (
    COLUMNS,
    CUT,
    FIELDS,
    MANY_NOTES,
    MOST_DEPTH,
    MOST_NOTES,
    MOST_RECORDS,
    NAMESPACES,
    NOTE,
    OLD_NAMES,
    PERSON,
    TWICE,
    UNKNOWN,
)

_CHUNK = 1 << 16
_MOST_TOKEN = 1 << 22  # bytes of one tag with its attributes, or one comment
_DESCRIPTION = "description:"
_UNBOUND = expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]

Row = tuple[int, list[str], str]


def records(source: BinaryIO) -> Iterator[Row]:
    """The records as rows of COLUMNS, numbered in the order in which they begin in the file; a person before its notes.

    What is wrong with the form of a record stands beside it as codes: CUT and TWICE with the field behind a colon, UNKNOWN,
    MANY_NOTES. A note that stands in a person is about that person.

    Raises RefusedError: DANGEROUS for a document type, FOREIGN where the first element is not that of PFIF, TOO_DEEP,
    TOO_LARGE; ValueError for what is no XML.
    """
    reading = _Reading()
    try:
        while chunk := source.read(_CHUNK):
            reading.feed(chunk)
            yield from reading.taken()
        reading.feed(b"", last=True)
        yield from reading.taken()
    except expat.ExpatError as error:
        if error.code == _UNBOUND:  # a prefix that nothing explains: the namespace was left out
            raise RefusedError(FOREIGN) from None
        raise ValueError from None


class _Record:
    """A person or note while its fields come in."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.number = kind, number
        self.values: dict[str, str] = {}
        self.codes: list[str] = []
        self.notes: list[_Record] = []

    def take(self, name: str, text: str, cut: bool) -> None:
        """A field with the name that it has in the file. The first one counts where it stands twice."""
        if name in self.values:
            self.codes.append(f"{TWICE}:{self.ours(name)}")
            return
        self.values[name] = _told(text) if name == "other" else text
        if cut:
            self.codes.append(f"{CUT}:{self.ours(name)}")

    def ours(self, name: str) -> str:
        """The name of today."""
        return OLD_NAMES[self.kind].get(name, name)

    def knows(self, name: str) -> bool:
        """Whether the format has such a field."""
        return self.ours(name) in FIELDS[self.kind]

    def row(self, about: str = "") -> Row:
        """The record as it is sent; `about` is the person in which a note stands."""
        values = {self.ours(name): text for name, text in self.values.items() if self.ours(name) != name}
        values |= {name: text for name, text in self.values.items() if self.ours(name) == name and text.strip()}
        if about:
            values["person_record_id"] = about
        cells = [self.kind, *(values.get(name, "") for name in COLUMNS[1:])]
        return self.number, cells, " ".join(dict.fromkeys(self.codes))


def _told(text: str) -> str:
    """What `other` of the old versions tells: lines "name: value", and the description as a block that is moved in."""
    lines = text.strip().splitlines()
    if not lines or lines[0].strip() != _DESCRIPTION:
        return text
    return textwrap.dedent("\n".join(lines[1:]))


class _Reading:
    """The state between two pieces of the file."""

    def __init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser
        self._fed = 0  # bytes
        self._depth = 0
        self._count = 0
        self._open: list[_Record] = []  # a person, a note, or a note in a person
        self._field, self._field_depth = "", 0
        self._pieces: list[str] = []
        self._length = 0
        self._skipped = 0  # the depth of an element that is left out with all that stands in it
        self._done: list[Row] = []

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """The next piece of the file. One sign of the language that never ends would be read anew with every piece."""
        self._parser.Parse(chunk, last)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _MOST_TOKEN:
            raise RefusedError(TOO_LARGE)

    def taken(self) -> list[Row]:
        """The records that were finished since this was asked last."""
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise RefusedError(TOO_DEEP)
        namespace, _space, name = tag.rpartition(" ")
        known = namespace in NAMESPACES
        if self._depth == 1:
            if not known or name != "pfif":
                raise RefusedError(FOREIGN)
        elif not self._skipped and not self._field:
            self._enter(name if known else "")

    def _enter(self, name: str) -> None:
        """An element below the first one, neither in a field nor in something that is left out; '' is a foreign one."""
        inner = self._open[-1] if self._open else None
        if name == PERSON and inner is None:
            self._begin(PERSON)
        elif name == NOTE and (inner is None or inner.kind == PERSON):
            self._begin(NOTE)
        elif inner is not None and inner.knows(name):
            self._field, self._field_depth = name, self._depth
            self._pieces, self._length = [], 0
        else:
            self._skipped = self._depth
            if inner is not None:
                inner.codes.append(UNKNOWN)

    def _begin(self, kind: str) -> None:
        self._count += 1
        if self._count > MOST_RECORDS:
            raise RefusedError(TOO_LARGE)
        self._open.append(_Record(kind, self._count))

    def _text(self, text: str) -> None:
        if self._field and self._depth == self._field_depth and self._length <= MOST_FIELD:
            piece = text if self._pieces else text.lstrip()  # room that stands before a text is none of it
            if piece:
                self._pieces.append(piece[: MOST_FIELD + 1])
                self._length += len(piece)

    def _end(self, _tag: str) -> None:
        if self._field and self._depth == self._field_depth:
            text = "".join(self._pieces)
            self._open[-1].take(self._field, text[:MOST_FIELD], cut=bool(text[MOST_FIELD:].strip()))
            self._field = ""
        elif self._skipped == self._depth:
            self._skipped = 0
        elif not self._skipped and not self._field and self._depth > 1:
            self._finish(self._open.pop())
        self._depth -= 1

    def _finish(self, record: _Record) -> None:
        if record.kind == NOTE and self._open:
            person = self._open[-1]
            if len(person.notes) < MOST_NOTES:
                person.notes.append(record)
            else:
                person.codes.append(MANY_NOTES)
            return
        self._done.append(record.row())
        about = self._done[-1][1][COLUMNS.index("person_record_id")].strip()
        self._done += [note.row(about) for note in record.notes]


def _refuse(*_told: object) -> bool:
    raise RefusedError(DANGEROUS)
