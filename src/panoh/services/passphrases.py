"""Passphrases made by chance, on offer for vaults and for papers."""

from __future__ import annotations

from panoh.base.paths import resource
from panoh.store.passphrase import generate_passphrase


def new_passphrase(words: int = 5) -> str:
    """So many words drawn by chance, with spaces between: five are 55 bits."""
    return generate_passphrase(resource("words/passphrase.txt").read_text("ascii").split(), words)
