"""Neutral codes for paper that may be found, and the key sheet in the office that reads them back.

A key sheet gives a code to everything that every carried paper may tell (reasons, questions, recipients). Words that
somebody typed get a code of their own for each person; other words get another one, so that a code never changes
what it means. A new key sheet gives new codes to everything. The last sign of a carried paper's reference names the
sheet; the paper does not mention it.

The codes are one of A E K M T and two digits from 2 to 9: signs that look the same in Latin and Cyrillic and are
never taken for one another.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

LETTERS, DIGITS = "AEKMT", "23456789"
_CODE = re.compile(f"[{LETTERS}][{DIGITS}]{{2,4}}")
_RULES = frozenset(("T22",))  # the number of a rule that could be taken for a code
_TRIES = 400  # for a code of two digits, of which there are 320; then it gets a digit more


def is_code(text: str) -> bool:
    """Whether a text is nothing but one of these codes."""
    return _CODE.fullmatch(text) is not None


def reason_key(rule: str, variant: str) -> str:
    """What a reason is called on a key sheet."""
    return f"reason {rule}.{variant}"


def question_key(name: str) -> str:
    """What a question is called on a key sheet."""
    return f"question {name}"


def recipient_key(code: str) -> str:
    """What a recipient is called on a key sheet."""
    return f"recipient {code}"


@dataclass(frozen=True, slots=True)
class KeySheet:
    """One key sheet. `seed` decides the codes and is known to the vault alone."""

    number: int  # 1, 2, 3 ... in this vault
    sign: str  # the last sign of every reference that belongs to it
    begun_on: date
    seed: str = field(repr=False)
    codes: Mapping[str, str] = field(repr=False)  # of what every paper may tell, by key


def new_sheet(number: int, sign: str, begun_on: date, seed: str, keys: Iterable[str]) -> KeySheet:
    """A key sheet with a code for each of these keys."""
    codes: dict[str, str] = {}
    for key in sorted(set(keys)):
        codes[key] = _allotted(seed, key, codes.values())
    return KeySheet(number, sign, begun_on, seed, codes)


def _allotted(seed: str, key: str, taken: Collection[str]) -> str:
    """A code that is not taken: the same seed, key and taken codes give the same one."""
    for count in range(2 * _TRIES):
        drawn = hmac.digest(bytes.fromhex(seed), f"{key} {count}".encode(), "sha256")
        digits = 2 if count < _TRIES else 3
        code = LETTERS[drawn[0] % len(LETTERS)] + "".join(DIGITS[byte % len(DIGITS)] for byte in drawn[1 : 1 + digits])
        if code not in taken and code not in _RULES:
            return code
    raise OverflowError("no code is left on this key sheet")


class Coder:
    """Gives the codes of one person's paper. `said` are the codes that typed words have already, by their digest."""

    def __init__(self, sheet: KeySheet, said: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.said = dict(said)

    def of(self, key: str) -> str:
        """The code of something that every paper may tell; '' for what this sheet does not know."""
        return self.sheet.codes.get(key, "")

    def of_words(self, text: str) -> str:
        """The code of words that somebody typed; new words get one that is not taken. No words have none."""
        if not text.strip():
            return ""
        digest = self._digest(text)
        if digest not in self.said:
            taken = {*self.sheet.codes.values(), *self.said.values()}
            self.said[digest] = _allotted(self.sheet.seed, digest, taken)
        return self.said[digest]

    def known(self, text: str) -> str:
        """The code that these words have already, or ''."""
        return self.said.get(self._digest(text), "")

    def _digest(self, text: str) -> str:
        words = " ".join(text.split())
        return hmac.new(bytes.fromhex(self.sheet.seed), words.encode(), hashlib.sha256).hexdigest()[:24]


class NoCodes:
    """Gives no codes: for papers in words."""

    def of(self, _key: str) -> str:
        """None."""
        return ""

    def of_words(self, _text: str) -> str:
        """None."""
        return ""


@dataclass(frozen=True, slots=True)
class Line:
    """A code and what it means; `label` says where the words stand in a case: 'option A, what follows'."""

    code: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CarriedPaper:
    """A carried paper that is not to be destroyed yet, with the codes that only it has."""

    reference: str
    number: str  # of the case
    made_at: datetime
    destroy_by: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheetPaper:
    """The key sheet as it is printed for the office."""

    export_no: str
    sign: str
    begun_on: date
    printed_at: datetime
    destroy_by: date
    language: str
    demo: bool
    reasons: tuple[Line, ...]
    questions: tuple[Line, ...]
    recipients: tuple[Line, ...]
    papers: tuple[CarriedPaper, ...]
    journal_code: str  # as on a case summary
