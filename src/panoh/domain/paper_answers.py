"""What a supervisor answered on paper, by radio or in a message, as somebody types it: 'A4K7-T29 K7M4-E2 2 B'.

The export number comes first and may be left out, because by radio only the check code and the digit are said. Then the
digit: 1 approve, 2 amend, 3 refuse, 4 discuss; after it, where an option is meant, its letter. Small letters, missing
dashes and spaces, and Cyrillic letters that look like Latin ones are read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from panoh.domain.check_codes import FROM_CYRILLIC, SIGNS

DIGITS = {"1": "approve", "2": "amend", "3": "refuse", "4": "discuss"}  # vocab approval_decision
LETTERS = "ABCDEFGH"  # as many options as a paper has room for
_OPTIONS = str.maketrans("АВСЕН", "ABCEH")  # Cyrillic letters that look like these
_CODE = re.compile(f"[{SIGNS}]*")
_NO, _CHECK = 7, 6  # signs of an export number and of a check code


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read; '' for what was not typed."""

    export_no: str = ""
    check_code: str = ""
    decision: str = ""
    option: str = ""


def read_answer(text: str) -> Typed | None:
    """The parts of what was typed, codes in their usual look; None when it cannot be read.

    An export number alone comes without a check code. Seven signs in one are taken for one unless the last is a 1, which
    no code holds: whoever types a check code and a digit leaves a space between.
    """
    words = re.split(r"[^\w]+|_+", text.upper())
    signs = "".join(words)
    if not signs or not all(c.isalnum() for c in signs):
        return None
    alone = [word for word in words if word]
    for length, numbered in ((_NO + _CHECK, True), (_CHECK, False)):
        code, rest = signs[:length].translate(FROM_CYRILLIC), signs[length:].translate(_OPTIONS)
        if len(code) < length or not _CODE.fullmatch(code) or len(rest) > 2:
            continue
        if not numbered and len(rest) == 1 and rest != "1" and len(alone[-1]) > 1:
            break  # seven signs in one: an export number
        if rest and (rest[0] not in DIGITS or rest[1:] not in ("", *LETTERS)):
            continue
        number = _dashed(code[:_NO]) if numbered else ""
        return Typed(number, _dashed(code[-_CHECK:]), DIGITS.get(rest[:1], ""), rest[1:])
    code = signs.translate(FROM_CYRILLIC)
    return Typed(_dashed(code)) if len(code) == _NO and _CODE.fullmatch(code) else None


def _dashed(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"
