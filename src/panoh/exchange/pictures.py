"""Pictures that come in: made anew from their pixels, so that nothing of the old file comes along.

EXIF (with the place where a photo was taken), colour profiles, thumbnails, comments and anything hidden behind the end
of the picture are gone, because only the pixels are written again. Decoding is bounded: a picture that would need
more memory than a photo does is refused before it is unpacked.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from panoh.base.errors import AppError
from panoh.exchange.bounded import bytes_of

MOST_FILE = 40 * 1024 * 1024  # bytes
MOST_PIXELS = 100_000_000  # a 100-megapixel camera; decoded that is 300 MB
MOST_SIDE = 20_000  # pixels
LARGE, SMALL = 1280, 160  # pixels on the longer side that are kept: enough to know a face, and for a list
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the vault keeps it: JPEG without anything but pixels, and a small one for lists."""

    content: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int


def read_picture(path: Path) -> Picture:
    """Read a picture file. Raises AppError: file.missing, picture.unreadable, picture.too_large."""
    return picture_from(bytes_of(path, MOST_FILE, "picture.unreadable"), path.name)


def picture_from(data: bytes, name: str) -> Picture:
    """A picture from the bytes of a file, turned the way it was taken and shrunk. Raises AppError like `read_picture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                    raise AppError("picture.too_large", name=name)
                opened.draft("RGB", (LARGE, LARGE))  # JPEG: decode no larger than needed
                upright = ImageOps.exif_transpose(opened)
                pixels = _flat(upright)
    except AppError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise AppError("picture.too_large", name=name) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
        raise AppError("picture.unreadable", name=name) from None
    large = _shrunk(pixels, LARGE)
    return Picture(_jpeg(large, 82), _jpeg(_shrunk(pixels, SMALL), 75), *large.size)


def _flat(picture: Image.Image) -> Image.Image:
    """Plain red, green and blue on white, with no other data attached."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        picture = Image.alpha_composite(ground, layered)
    plain = picture.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    made = picture.copy()
    made.thumbnail((side, side), Image.Resampling.LANCZOS)
    return made


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
