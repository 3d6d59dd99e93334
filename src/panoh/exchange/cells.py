"""The text of a cell as it may enter the vault: no control signs, one space between words, NFC."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, the soft hyphen, the zero-width space and no-break space, the byte order mark, everything that
# turns the writing direction, and invisible tags. The zero-width joiner and non-joiner stay: spelling needs them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LOST = re.compile("[\ud800-\udfff\ufffd]")


class LostLettersError(ValueError):
    """The text holds bytes that no reading made into letters."""


# An apostrophe that keeps a spreadsheet from calculating, see refused_rows.py.
_GUARDED = re.compile("(^|;[ \"]*)'(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")


def clean(text: str) -> str:
    """The text without invisible signs, with single spaces, in NFC, without the apostrophes that mark a text as such in
    spreadsheets. Raises LostLettersError when letters were lost."""
    if text.isascii() and text.isprintable():
        text = " ".join(text.split())
    elif _LOST.search(text):
        raise LostLettersError
    else:
        text = visible(text)
    return _GUARDED.sub(r"\1", text) if "'" in text else text


def visible(text: str) -> str:
    """The text without invisible signs, with single spaces, in NFC."""
    return " ".join(unicodedata.normalize("NFC", _UNWANTED.sub("", text)).split())
