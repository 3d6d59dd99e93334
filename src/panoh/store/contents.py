"""The bytes of photos and files, beside their records. They are in the encrypted store and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select

from panoh.domain.papers import Attachment
from panoh.store.tables import attachment_content, table
from panoh.store.units import ONE_OF, Reading, Unit, one_of

_c = attachment_content.c


def put(unit: Unit, attachment_id: str, content: bytes, thumbnail: bytes | None) -> None:
    """Keep the bytes of a new attachment."""
    unit.connection.execute(
        insert(attachment_content), {"attachment_id": attachment_id, "content": content, "thumbnail": thumbnail}
    )


def content(reading: Reading, attachment_id: str) -> bytes:
    """The bytes of an attachment; empty when it has none."""
    row = reading.connection.execute(select(_c.content).where(_c.attachment_id == attachment_id)).first()
    return bytes(row[0]) if row else b""


def thumbnails(reading: Reading, person_ids: Iterable[str]) -> dict[str, bytes]:
    """The small picture of each of these people, from the newest photo of each."""
    a = table(Attachment).c
    wanted = (
        select(a.person_id, _c.thumbnail)
        .select_from(attachment_content.join(table(Attachment), a.id == _c.attachment_id))
        .where(a.person_id.in_(ONE_OF), a.kind == "photo", _c.thumbnail.is_not(None))
        .order_by(a.id)
    )
    return {row[0]: bytes(row[1]) for row in reading.connection.execute(wanted, one_of(person_ids))}
