"""What a PDF must lose and gain before it leaves: no metadata, and AES-256.

The clear PDF stays in memory. The owner passphrase is long, random and kept by nobody, so that only
the reader's passphrase opens the file.
"""

from __future__ import annotations

import secrets
import unicodedata
from io import BytesIO

import pikepdf


def protect(pdf: bytes, user_passphrase: str | None) -> bytes:
    """The PDF scrubbed, and encrypted with AES-256 (revision 6) when there is a passphrase; None leaves it readable.

    Raises ValueError for a passphrase that is empty or longer than the 127 bytes which the format can hold.
    """
    if user_passphrase is None:
        return scrub(pdf)
    passphrase = unicodedata.normalize("NFC", user_passphrase)
    if not 0 < len(passphrase.encode()) <= 127:
        raise ValueError("a PDF passphrase has 1 to 127 bytes")
    lock = pikepdf.Encryption(user=passphrase, owner=secrets.token_urlsafe(48), R=6, aes=True, metadata=True)
    return _saved(pdf, encryption=lock)


def scrub(pdf: bytes) -> bytes:
    """The PDF without document information and XMP metadata; the same bytes in give the same bytes out."""
    return _saved(pdf, deterministic_id=True)


def _saved(pdf: bytes, **how: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        del document.docinfo
        if "/Metadata" in document.Root:
            del document.Root.Metadata
        document.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()
