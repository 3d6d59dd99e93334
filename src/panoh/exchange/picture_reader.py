"""Decodes a picture in a process of its own, which may die of it without harm.

The file is standard input; what comes back is the width and the height (SIZE) and the bare pixels, three bytes each:
turned the way the picture was taken, and shrunk to what is kept. Nothing else of the file leaves the process, and the
process takes its rights from itself first (confined.py).
"""

from __future__ import annotations

import struct
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from panoh.exchange.confined import confine

ADDRESS_SPACE, CPU_SECONDS = 3 << 29, 60  # 1.5 GiB: a picture of 100 megapixels stands there several times
MOST_PIXELS = 100_000_000  # a 100-megapixel camera; decoded that is 300 MB
MOST_SIDE = 20_000  # pixels
LARGE = 1280  # pixels on the longer side that are kept: enough to know a face
SIZE = struct.Struct("<II")
READ, UNREADABLE, TOO_LARGE = 0, 3, 4  # exit codes
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "GIF")


class TooLargeError(Exception):
    """The picture asks for more than a photo does."""


def main(_arguments: list[str]) -> int:
    """Decode the picture on standard input; returns an exit code."""
    confine(ADDRESS_SPACE, CPU_SECONDS)
    try:
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
            pixels = decoded(source)
            sink.write(SIZE.pack(*pixels.size) + pixels.tobytes())
    except (TooLargeError, Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return TOO_LARGE
    except Exception:  # whatever a decoder throws at a damaged file, the answer is the same
        return UNREADABLE
    return READ


def decoded(source: BinaryIO) -> Image.Image:
    """The picture as it is kept: plain red, green and blue. Raises TooLargeError and whatever a decoder raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=_FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                raise TooLargeError
            opened.draft("RGB", (LARGE, LARGE))  # JPEG: decode no larger than needed
            made = _flat(ImageOps.exif_transpose(opened))
    made.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    return made


def _flat(picture: Image.Image) -> Image.Image:
    """On white, with no other data attached."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        picture = Image.alpha_composite(ground, layered)
    plain = picture.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare
