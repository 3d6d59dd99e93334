"""Passphrases: which are too easy to guess, and good ones made by chance.

The weakest slot is the strength of the vault. What is measured here is shape only: a known quotation or a date of
birth in words passes, so a generated passphrase is offered first.
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from itertools import pairwise

from panoh.base.errors import AppError

LEAST_CHARACTERS = 12
LEAST_WORDS = 4
_LEAST_DIFFERENT = 6
_LEAST_DIGITS = 20
_LEAST_BITS = 50
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


def normal(passphrase: str) -> str:
    """The passphrase as it is derived from: NFC, because systems compose й and ї differently."""
    return unicodedata.normalize("NFC", passphrase)


def weak(passphrase: str) -> bool:
    """True for what a guesser tries first: short, a PIN, a piece repeated, a run along the alphabet or keyboard."""
    text = normal(passphrase).strip().casefold()
    words = {word for word in text.split() if len(word) > 2}
    if len(text) < LEAST_CHARACTERS and len(words) < LEAST_WORDS:
        return True
    packed = "".join(text.split())
    if packed.isdigit() and len(packed) < _LEAST_DIGITS:
        return True
    repeats = (packed + packed).find(packed, 1) < len(packed)
    unexpected = 1 + sum(not _next_to(one, other) for one, other in pairwise(packed))
    return repeats or len(set(packed)) < _LEAST_DIFFERENT or unexpected < _LEAST_DIFFERENT


def _next_to(one: str, other: str) -> bool:
    pair = one + other
    return abs(ord(one) - ord(other)) <= 1 or any(pair in row or pair[::-1] in row for row in _ROWS)


def require_strong(passphrase: str) -> None:
    """Raise AppError vault.weak_passphrase for a weak one."""
    if weak(passphrase):
        raise AppError("vault.weak_passphrase", least=LEAST_CHARACTERS)


def generate_passphrase(words: list[str], count: int = 5) -> str:
    """`count` words drawn by chance, with spaces between; the list must be long enough for 50 bits."""
    choice = sorted(set(words))
    if not choice or count * math.log2(len(choice)) < _LEAST_BITS:
        raise ValueError("the word list is too short")
    return " ".join(secrets.choice(choice) for _ in range(count))
