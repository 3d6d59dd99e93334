"""Boxes: words shut under a key of their own, and that key wrapped to a reader. PyNaCl does all of it.

XChaCha20-Poly1305 for the words, X25519 sealed boxes for the keys; both are kept as base64 text.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from panoh.base.errors import AppError


def new_key() -> bytes:
    """A key for one record, 32 bytes."""
    return os.urandom(Aead.KEY_SIZE)


def shut(key: bytes, bound_to: str, told: Mapping[str, str]) -> str:
    """Words by field as a box. `bound_to` says which record of which kind it is: moved to another one it does not open."""
    raw = json.dumps(dict(told), ensure_ascii=False, sort_keys=True).encode()
    return _text(Aead(key).encrypt(raw, bound_to.encode()))


def opened(key: bytes, bound_to: str, box: str) -> dict[str, str]:
    """The words in a box. Raises AppError('seal.damaged') for one that was changed or moved."""
    try:
        told: dict[str, str] = json.loads(Aead(key).decrypt(base64.b64decode(box, validate=True), bound_to.encode()))
    except (CryptoError, ValueError):  # ValueError: of base64, or of a text too short for a box
        raise AppError("seal.damaged") from None
    return told


def wrap(key: bytes, public_key: bytes) -> str:
    """A record's key for the holder of this public key alone."""
    return _text(SealedBox(PublicKey(public_key)).encrypt(key))


def unwrap(wrapped: str, secret_key: bytes) -> bytes | None:
    """The key inside, or None when it was wrapped to another key pair (the one of before a recovery)."""
    try:
        return SealedBox(PrivateKey(secret_key)).decrypt(base64.b64decode(wrapped, validate=True))
    except (CryptoError, ValueError):
        return None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
