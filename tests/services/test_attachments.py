"""Photos and files: pixels come in and nothing else, and nothing of them lies outside of the vault."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from panoh.base.errors import AppError
from panoh.domain.person import Person
from panoh.exchange import pictures
from panoh.services import attachments
from panoh.services.desk import Desk
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store.tables import attachment_content

MARKER = "Канарейка-в-фото"


def _person(desk: Desk) -> Person:
    return save_family(desk, FamilyForm(rows=(FamilyRow(name="Каримова Зулфия"),))).people[0]


def _photo(folder: Path, size: tuple[int, int] = (2000, 1000), orientation: int = 1) -> Path:
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010E] = MARKER
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (40.0, 31.0, 0.0)  # where it was taken
    path = folder / "IMG_0042.jpg"
    picture.save(path, exif=exif)
    with path.open("ab") as file:
        file.write(MARKER.encode())  # hidden behind the end
    return path


class TestPictures:
    def test_only_the_pixels_come_in_shrunk(self, desk: Desk, tmp_path: Path) -> None:
        person = _person(desk)
        made, _changes = attachments.add_picture(desk, person.id, _photo(tmp_path))
        opened = attachments.opened(desk, made.id)
        assert MARKER.encode() not in opened.content
        with Image.open(BytesIO(opened.content)) as kept:
            assert kept.size == (1280, 640)
            assert not kept.getexif()
            assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        with Image.open(BytesIO(attachments.thumbnail(desk, person.id))) as small:
            assert max(small.size) == 160

    def test_a_photo_stands_upright(self, desk: Desk, tmp_path: Path) -> None:
        made, _changes = attachments.add_picture(desk, _person(desk).id, _photo(tmp_path, orientation=6))
        with Image.open(BytesIO(attachments.opened(desk, made.id).content)) as kept:
            assert kept.size == (640, 1280)
            red, _green, blue = kept.getpixel((320, 10))  # type: ignore[misc]
            assert blue > red

    @pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK", "1", "I;16"])
    def test_every_kind_of_picture_is_taken(self, desk: Desk, tmp_path: Path, mode: str) -> None:
        path = tmp_path / ("x.tiff" if mode in ("CMYK", "I;16") else "x.png")
        Image.new(mode, (300, 200)).save(path)
        made, _changes = attachments.add_picture(desk, _person(desk).id, path)
        assert made.media_type == "image/jpeg"

    def test_a_picture_of_fifty_thousand_pixels_is_refused_before_it_is_unpacked(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        path = tmp_path / "wide.png"
        Image.new("1", (50_000, 3)).save(path)
        with pytest.raises(AppError, match=r"wide\.png"):
            attachments.add_picture(desk, _person(desk).id, path)
        path = tmp_path / "bomb.png"
        Image.new("1", (15_000, 15_000)).save(path)
        with pytest.raises(AppError, match="larger"):
            attachments.add_picture(desk, _person(desk).id, path)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xd8\xff\xe0 not a photo",
            b"GIF89a\x01",
            b"<svg/>",
            b"%PDF-1.4",
        ],
    )
    def test_garbage_is_told_and_nothing_is_kept(self, desk: Desk, tmp_path: Path, content: bytes) -> None:
        person = _person(desk)
        path = tmp_path / "x.jpg"
        path.write_bytes(content)
        with pytest.raises(AppError, match="Nothing was"):
            attachments.add_picture(desk, person.id, path)
        with pytest.raises(AppError):
            attachments.add_picture(desk, person.id, tmp_path / "gone.jpg")
        with pytest.raises(AppError):
            attachments.add_picture(desk, person.id, tmp_path)
        assert attachments.of_person(desk, person.id) == []

    def test_half_a_photo_is_refused(self, desk: Desk, tmp_path: Path) -> None:
        path = _photo(tmp_path)
        path.write_bytes(path.read_bytes()[:2000])
        with pytest.raises(AppError):
            attachments.add_picture(desk, _person(desk).id, path)

    def test_a_file_larger_than_a_photo_is_not_even_read(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "MOST_FILE", 100)
        with pytest.raises(AppError, match="larger"):
            attachments.add_picture(desk, _person(desk).id, _photo(tmp_path))


class TestFiles:
    def test_a_pdf_is_kept_as_it_is_and_nothing_else_is(self, desk: Desk, tmp_path: Path) -> None:
        person, path = _person(desk), tmp_path / "x.pdf"
        path.write_bytes(b"%PDF-1.4 whatever")
        made, _changes = attachments.add_file(desk, person.id, path, title="School record")
        assert attachments.opened(desk, made.id).content == path.read_bytes()
        path.write_bytes(b"MZ")
        with pytest.raises(AppError, match="Nothing was"):
            attachments.add_file(desk, person.id, path)

    def test_what_is_taken_away_is_gone_with_its_bytes(self, desk: Desk, tmp_path: Path) -> None:
        person = _person(desk)
        made, _changes = attachments.add_picture(desk, person.id, _photo(tmp_path))
        attachments.take_away(desk, made)
        assert attachments.of_person(desk, person.id) == []
        assert attachments.thumbnail(desk, person.id) == b""
        with desk.reading() as reading:
            assert reading.connection.execute(attachment_content.select()).first() is None
