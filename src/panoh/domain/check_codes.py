"""Numbers that a paper carries and that people say over a radio: export numbers and check codes.

The signs are those that look the same in Latin and Cyrillic and are never taken for one another:
the digits 2 to 9 and A E K M T. No 0 or O, 1 or I, B, H, P.
"""

from __future__ import annotations

import secrets

SIGNS = "23456789AEKMT"


def _signs(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))


def new_export_no(last: str = "") -> str:
    """A number for one export, like A4K7-T29. On a carried paper it is the one-off reference; both look alike.

    `last` is the last sign of a reference: it names the key sheet.
    """
    return f"{_signs(4)}-{_signs(2)}{last or _signs(1)}"


def new_check_code() -> str:
    """A code that shows that an answer belongs to this very paper, like K7M4-E2."""
    return f"{_signs(4)}-{_signs(2)}"


def new_card_no() -> str:
    """A number for a registration card, like 4T7-88K-2: six signs by chance and one that guards them."""
    signs = _signs(6)
    return card_no_of(signs)


def card_no_of(signs: str) -> str:
    """Six signs as a card number, with the sign that guards them."""
    return f"{signs[:3]}-{signs[3:6]}-{_guard(signs)}"


def parse_card_no(text: str) -> str | None:
    """The card number that was typed or scanned, in its usual look; None if it is none or was mistyped.

    Any one sign wrong, and any two neighbours swapped, are noticed: the weights differ and 13, how many signs there
    are, is a prime.
    """
    plain = "".join(c for c in text.upper().translate(FROM_CYRILLIC) if c in SIGNS)
    if len(plain) != 7 or any(c.isalnum() and c not in SIGNS for c in text.upper().translate(FROM_CYRILLIC)):
        return None
    return card_no_of(plain[:6]) if _guard(plain[:6]) == plain[6] else None


FROM_CYRILLIC = str.maketrans("АЕКМТ", "AEKMT")  # a barcode reader types by the keyboard's layout


def _guard(signs: str) -> str:
    return SIGNS[sum((at + 1) * SIGNS.index(sign) for at, sign in enumerate(signs)) % len(SIGNS)]
