"""Photos and files of a person, and photos of whoever is sought: kept in the vault without what rides along in a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.papers import Attachment
from panoh.domain.tracing import TracingRequest
from panoh.exchange.bounded import bytes_of
from panoh.exchange.pictures import read_picture
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows, require_known
from panoh.services.records import is_withheld
from panoh.store import contents
from panoh.store.tables import table
from panoh.store.units import Reading

MOST_FILE = 20 * 1024 * 1024  # bytes of a file that is no picture
PHOTO = "photo"
JPEG, PDF = "image/jpeg", "application/pdf"


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment with its bytes, in memory."""

    attachment: Attachment
    content: bytes = field(repr=False)


def add_picture(
    desk: Desk, person_id: str, path: Path, *, kind: str = "photo", title: str = "", document_id: str = ""
) -> tuple[Attachment, Changes]:
    """Take in a picture: the person's photo, or a copy of a paper. It is made anew from its pixels; the file stays as it is.

    Raises AppError: file.missing, picture.unreadable, picture.too_large, record.not_found.
    """
    picture = read_picture(path)
    made = Attachment(
        id=new_id(), person_id=person_id, document_id=document_id, kind=kind, title=title.strip(), media_type=JPEG,
        size=len(picture.content), sha256=hashlib.sha256(picture.content).hexdigest(), added_on=desk.clock.today(),
    )  # fmt: skip
    return made, _kept(desk, made, picture.content, picture.thumbnail)


def add_file(
    desk: Desk, person_id: str, path: Path, *, kind: str = "other", title: str = "", document_id: str = ""
) -> tuple[Attachment, Changes]:
    """Take in a PDF as it is; it is never opened by Panoh itself, only given out again.

    Raises AppError: file.missing, attachment.not_pdf, picture.too_large, record.not_found.
    """
    data = bytes_of(path, MOST_FILE, "attachment.not_pdf")
    if not data.startswith(b"%PDF-"):
        raise AppError("attachment.not_pdf", name=path.name)
    made = Attachment(
        id=new_id(), person_id=person_id, document_id=document_id, kind=kind, title=title.strip(), media_type=PDF,
        size=len(data), sha256=hashlib.sha256(data).hexdigest(), added_on=desk.clock.today(),
    )  # fmt: skip
    return made, _kept(desk, made, data, None)


def _kept(desk: Desk, made: Attachment, content: bytes, thumbnail: bytes | None) -> Changes:
    with desk.writing() as unit:
        unit.add(made)
        contents.put(unit, made.id, content, thumbnail)
        return Changes.of(unit)


def add_photo_of_sought(desk: Desk, request_id: str, path: Path) -> tuple[Attachment, Changes]:
    """Take in a photo of the one sought in a tracing request, who may stand nowhere else in the vault.

    Raises AppError: file.missing, picture.unreadable, picture.too_large, record.not_found, shield.withheld.
    """
    picture = read_picture(path)
    made = Attachment(
        id=new_id(), request_id=request_id, kind=PHOTO, media_type=JPEG, size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(), added_on=desk.clock.today(),
    )  # fmt: skip
    with desk.reading() as reading:
        _require_request(desk, reading, request_id)
    return made, _kept(desk, made, picture.content, picture.thumbnail)


def of_request(desk: Desk, request_id: str) -> list[Attachment]:
    """The photos of the one sought, the newest first. Raises AppError: record.not_found, shield.withheld."""
    c = table(Attachment).c
    with desk.reading() as reading:
        _require_request(desk, reading, request_id)
        return reading.all(Attachment, c.request_id == request_id, order=c.id.desc())


def _require_request(desk: Desk, reading: Reading, request_id: str) -> None:
    found = reading.get(TracingRequest, request_id)
    require_known(desk, reading, found.inquirer_id, found.sought_person_id)


def of_person(desk: Desk, person_id: str) -> list[Attachment]:
    """Every photo and file of a person that this user may see, the newest first."""
    c = table(Attachment).c
    with desk.reading() as reading:
        if not knows(desk, reading, person_id):
            return []
        found = reading.all(Attachment, c.person_id == person_id, order=c.id.desc())
        withheld = is_withheld(desk, reading, person_id)
        return [one for one in found if one.kind == PHOTO or not withheld]


def opened(desk: Desk, attachment_id: str) -> Opened:
    """An attachment with its bytes, for the screen or for whoever saves it outside.

    Raises AppError: record.not_found, access.denied.
    """
    with desk.reading() as reading:
        found = reading.get(Attachment, attachment_id)
        _guard(desk, reading, found)
        return Opened(found, contents.content(reading, attachment_id))


@dataclass(frozen=True, slots=True)
class GivenOut:
    """The bytes of an attachment that leave the vault; that they do is in the journal already."""

    content: bytes = field(repr=False)
    changes: Changes


def give_out(desk: Desk, attachment_id: str, reason: str) -> GivenOut:
    """The bytes of an attachment for a copy outside the vault, and why, which is written in the journal first.

    Raises AppError: record.not_found, access.denied, attachment.reason_needed.
    """
    if not reason.strip():
        raise AppError("attachment.reason_needed")
    found = opened(desk, attachment_id)
    with desk.writing() as unit:
        unit.tell("exported", Attachment.__name__, attachment_id, reason.strip())
        return GivenOut(found.content, Changes.of(unit))


def thumbnail(desk: Desk, person_id: str) -> bytes:
    """The small picture of a person; empty when there is no photo."""
    with desk.reading() as reading:
        if not knows(desk, reading, person_id):
            return b""
        return contents.thumbnails(reading, [person_id]).get(person_id, b"")


def take_away(desk: Desk, attachment: Attachment) -> Changes:
    """Take a photo or file away with its bytes; that there was one stays in the journal. Raises AppError('access.denied')."""
    with desk.writing() as unit:
        _guard(desk, unit, unit.get(Attachment, attachment.id))
        unit.remove(attachment)
        return Changes.of(unit)


def _guard(desk: Desk, reading: Reading, attachment: Attachment) -> None:
    """A copy of a paper, a letter, a title tell what else is withheld of the person; a face does not, unless it is masked."""
    if attachment.request_id:
        _require_request(desk, reading, attachment.request_id)
    require_known(desk, reading, attachment.person_id)
    if attachment.kind != PHOTO and is_withheld(desk, reading, attachment.person_id):
        raise AppError("access.denied")
