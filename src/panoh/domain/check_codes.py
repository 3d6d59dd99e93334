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
