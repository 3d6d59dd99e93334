"""Pictures that come in: made anew from their pixels, so that nothing of the old file comes along.

EXIF (with the place where a photo was taken), colour profiles, thumbnails, comments and anything hidden behind the end
of the picture are gone, because only the pixels are written again. A file that somebody sent is decoded by a process
without rights (picture_reader.py), which hands over bare pixels: what a hostile picture does to a decoder stays there.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from panoh.base import child
from panoh.base.errors import AppError
from panoh.exchange import picture_reader
from panoh.exchange.picture_reader import LARGE, READ, SIZE, TOO_LARGE

MOST_FILE = 40 * 1024 * 1024  # bytes
SMALL = 160  # pixels on the longer side, for a list
PRINTED = 420  # pixels on the longer side, for a square of 48 mm on paper: about 220 dots to the inch
MOST_SECONDS = 60.0
_MOST_BYTES = SIZE.size + 3 * LARGE * LARGE


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the vault keeps it: JPEG without anything but pixels, and a small one for lists."""

    content: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int


def read_picture(path: Path) -> Picture:
    """Read a picture file. Raises AppError: file.missing, picture.unreadable, picture.too_large."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise AppError("picture.too_large", name=path.name)
        with path.open("rb") as file:
            ended, told = _decoded(file)
    except FileNotFoundError:
        raise AppError("file.missing", name=path.name) from None
    except OSError:
        raise AppError("picture.unreadable", name=path.name) from None
    pixels = _pixels(told) if ended == READ else None
    if pixels is None:
        raise AppError("picture.too_large" if ended == TOO_LARGE else "picture.unreadable", name=path.name)
    return Picture(_jpeg(pixels, 82), _jpeg(_small(pixels), 75), *pixels.size)


def _decoded(file: BinaryIO) -> tuple[int, bytes]:
    """How the decoding process ended, and what it said: no more than a picture can be."""
    with child.start(child.command(picture_reader.__name__), file) as process:
        late = threading.Timer(MOST_SECONDS, process.kill)
        late.start()
        try:
            told = process.stdout.read(_MOST_BYTES) if process.stdout else b""
            if process.stdout and process.stdout.read(1):
                process.kill()
            return process.wait(), told
        finally:
            late.cancel()
            process.kill()


def _pixels(told: bytes) -> Image.Image | None:
    """The picture in what the process said; nothing of that is taken on trust."""
    if len(told) < SIZE.size:
        return None
    width, height = SIZE.unpack_from(told)
    if not (0 < width <= LARGE and 0 < height <= LARGE and len(told) == SIZE.size + 3 * width * height):
        return None
    return Image.frombytes("RGB", (width, height), told[SIZE.size :])


def _small(picture: Image.Image) -> Image.Image:
    made = picture.copy()
    made.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return made


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def for_paper(content: bytes) -> bytes:
    """A picture of the vault in grey and small enough for a square of a page; empty for one that cannot be read.

    Made anew from its pixels once more: nothing but them stands in the paper.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as opened:
            opened.draft("L", (PRINTED, PRINTED))
            made = opened.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    made.thumbnail((PRINTED, PRINTED), Image.Resampling.LANCZOS)
    return _jpeg(made, 78)
