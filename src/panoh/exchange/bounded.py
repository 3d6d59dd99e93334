"""Reading a file that somebody chose, whole, but never more of it than is reasonable."""

from __future__ import annotations

from pathlib import Path

from panoh.base.errors import AppError


def bytes_of(path: Path, most: int, unreadable: str) -> bytes:
    """The content of a file of at most so many bytes.

    Raises AppError: file.missing, picture.too_large, and `unreadable` for what is no file or does not let itself be read.
    """
    try:
        if path.stat().st_size > most:
            raise AppError("picture.too_large", name=path.name)
        return path.read_bytes()
    except FileNotFoundError:
        raise AppError("file.missing", name=path.name) from None
    except OSError:
        raise AppError(unreadable, name=path.name) from None
