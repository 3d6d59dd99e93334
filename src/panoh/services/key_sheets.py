"""Key sheets: the codes of carried papers, and the sheet that reads them back, for the office alone.

They lie among the facts about the vault itself and hold keys and codes, never words: the sheet is put into words from
the records when a supervisor prints it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.domain.cases import Export
from panoh.domain.check_codes import SIGNS, new_export_no
from panoh.domain.key_sheet import (
    CarriedPaper,
    Coder,
    KeySheet,
    KeySheetPaper,
    Line,
    NoCodes,
    new_sheet,
    question_key,
    reason_key,
    recipient_key,
)
from panoh.domain.leaks import leaks_in, leave_out
from panoh.domain.redaction import CARRY, SUPERVISOR, redact
from panoh.domain.summary_words import typed
from panoh.reports.key_sheet import render
from panoh.reports.protect import protect, scrub
from panoh.services import people
from panoh.services.desk import Desk
from panoh.services.paper_secrets import leak_finder
from panoh.services.passphrases import new_passphrase
from panoh.services.summary_parts import gather
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

KEEP_DAYS = 12  # a printed key sheet is to be destroyed after so many days, and printed again if it is needed
_SIGNS_APART = 8  # so many sheets in a row have different signs
_NOW_USED = "key_sheet"  # the fact that tells the number of the newest sheet
CODED = ("without_answer", "recommendation", "options", "done")  # typed fields that stand on a carried paper as codes


def current(desk: Desk) -> KeySheet:
    """The key sheet that new papers use; a new one is begun when there is none, or when there is more to give codes to."""
    with desk.reading() as reading:
        sheet = _sheet(reading, _newest(reading))
    if sheet is not None and _keys(desk) <= sheet.codes.keys():
        return sheet
    with desk.writing() as unit:
        return _begin(desk, unit)


def begin(desk: Desk) -> KeySheet:
    """Begin a new key sheet, when the printed one was lost or seen. Only a supervisor may: AppError('access.denied')."""
    desk.require_supervisor()
    with desk.writing() as unit:
        return _begin(desk, unit)


def sheets(desk: Desk) -> list[KeySheet]:
    """The key sheets that papers may still be out with, the newest first. Only a supervisor may: AppError('access.denied')."""
    desk.require_supervisor()
    current(desk)
    with desk.reading() as reading:
        numbers = range(_newest(reading), max(0, _newest(reading) - _SIGNS_APART), -1)
        return [sheet for number in numbers if (sheet := _sheet(reading, number)) is not None]


def coder(desk: Desk, sheet: KeySheet, person_id: str) -> Coder:
    """What gives the codes of this person's papers."""
    with desk.reading() as reading:
        return Coder(sheet, json.loads(reading.meta(_said(sheet, person_id), "{}")))


def keep(unit: Unit, used: Coder, person_id: str) -> None:
    """Keep the codes that a paper which was made has given to typed words."""
    unit.set_meta(_said(used.sheet, person_id), json.dumps(used.said))


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A key sheet as PDF; the password is '' for one that is printed."""

    export_no: str
    pdf: bytes = field(repr=False)
    password: str = field(repr=False)

    @property
    def file_name(self) -> str:
        """A name that tells nothing: the number alone."""
        return f"{self.export_no}.pdf"


def export_sheet(
    desk: Desk, sign: str = "", *, printed: bool = False, reason: str = "", password: str = ""
) -> MadeSheet:
    """The key sheet with this sign (the newest without one) for the office, protected or to be printed; it is journalled.

    Raises AppError: access.denied unless a supervisor asks, report.reason_needed to print without a reason,
    report.no_such_sheet.
    """
    known = sheets(desk)
    if printed and not reason.strip():
        raise AppError("report.reason_needed")
    sheet = next((one for one in known if one.sign == (sign or known[0].sign)), None)
    if sheet is None:
        raise AppError("report.no_such_sheet", sign=sign[:3], known=", ".join(one.sign for one in known))
    paper = in_words(desk, sheet)
    password = "" if printed else password or new_passphrase()
    pdf = scrub(render(paper)) if printed else protect(render(paper), password)
    with desk.writing() as unit:
        told = [
            sheet.sign,
            paper.export_no,
            _("printed") if printed else "",
            hashlib.sha256(pdf).hexdigest(),
            reason.strip(),
        ]
        unit.tell("exported", "KeySheet", str(sheet.number), " · ".join(filter(None, told)))
    return MadeSheet(paper.export_no, pdf, password)


def in_words(desk: Desk, sheet: KeySheet, language: str = "en") -> KeySheetPaper:
    """Everything that the codes of a sheet mean, and of each carried paper that is still out what only its codes mean."""
    desk.require_supervisor()
    today = desk.clock.today()
    rules, words = desk.rulebook, desk.vocabularies["recipient"]
    with speaking(language):
        return KeySheetPaper(
            export_no=new_export_no(),
            sign=sheet.sign,
            begun_on=sheet.begun_on,
            printed_at=desk.clock.now(),
            destroy_by=today + timedelta(days=KEEP_DAYS),
            language=language,
            demo=desk.demo,
            reasons=_lines(
                sheet, [(reason_key(*key), _(entry.paper)) for key, entry in rules.entries.items() if entry.paper]
            ),
            questions=_lines(sheet, [(question_key(name), _(one.text)) for name, one in rules.questions.items()]),
            recipients=_lines(sheet, [(recipient_key(term.code), words.label(term.code)) for term in words]),
            papers=tuple(_carried(desk, sheet, export) for export in _out(desk, sheet, today)),
            journal_code=desk.store.journal_head().code,
        )


def _lines(sheet: KeySheet, meanings: list[tuple[str, str]]) -> tuple[Line, ...]:
    known = [Line(sheet.codes[key], words) for key, words in meanings if key in sheet.codes]
    return tuple(sorted(known, key=lambda line: line.code))


def _out(desk: Desk, sheet: KeySheet, today: date) -> list[Export]:
    """The carried papers of this sheet that are not to be destroyed yet, the oldest first."""
    with desk.reading() as reading:
        made = reading.all(Export, table(Export).c.level == CARRY)
    return [
        export
        for export in made
        if export.export_no[-1:] == sheet.sign
        and export.destroy_by is not None
        and export.destroy_by >= today
        and export.made_at is not None
        and export.made_at.astimezone().date() >= sheet.begun_on
    ]


def _carried(desk: Desk, sheet: KeySheet, export: Export) -> CarriedPaper:
    """What the codes of one person's paper mean: masked as on a supervisor's paper, and what gives away left out."""
    view = people.person(desk, export.person_id)
    said, codes = gather(desk, view, NoCodes()), coder(desk, sheet, export.person_id)
    found = leaks_in(redact(said, SUPERVISOR), leak_finder(desk, view), SUPERVISOR)
    masked = redact(leave_out(said, [leak.words for leak in found]), SUPERVISOR)
    lines = [
        Line(code, words, place.words())
        for (place, text), (_place, words) in zip(typed(said), typed(masked), strict=True)
        if place.field in CODED and (code := codes.known(text))
    ]
    told = {line.code for line in lines}
    changed = _("these words were changed since; the record’s history has them")
    lines += [Line(code, changed) for code in sorted(codes.said.values()) if code not in told]
    assert export.made_at is not None and export.destroy_by is not None  # noqa: S101, PT018  # by _out
    return CarriedPaper(export.export_no, view.person.number, export.made_at, export.destroy_by, tuple(lines))


# --- where sheets lie ------------------------------------------------------------------------------------------------


def _keys(desk: Desk) -> set[str]:
    """Everything that every carried paper may tell."""
    rules = desk.rulebook
    reasons = [reason_key(*key) for key in rules.entries]
    questions = [question_key(name) for name in rules.questions]
    return {*reasons, *questions, *(recipient_key(term.code) for term in desk.vocabularies["recipient"])}


def _newest(reading: Reading) -> int:
    return int(reading.meta(_NOW_USED, "0"))


def _sheet(reading: Reading, number: int) -> KeySheet | None:
    text = reading.meta(f"{_NOW_USED}.{number}")
    if not text:
        return None
    kept = json.loads(text)
    return KeySheet(number, kept["sign"], date.fromisoformat(kept["begun_on"]), kept["seed"], kept["codes"])


def _begin(desk: Desk, unit: Unit) -> KeySheet:
    number = _newest(unit) + 1
    signs = set(_signs(unit, number))
    sign = secrets.choice([one for one in SIGNS if one not in signs])
    sheet = new_sheet(number, sign, desk.clock.today(), secrets.token_hex(32), _keys(desk))
    kept = {"sign": sign, "begun_on": sheet.begun_on.isoformat(), "seed": sheet.seed, "codes": dict(sheet.codes)}
    unit.set_meta(f"{_NOW_USED}.{number}", json.dumps(kept))
    unit.set_meta(_NOW_USED, str(number))
    unit.tell("made", "KeySheet", str(number), sign)
    return sheet


def _signs(reading: Reading, number: int) -> Iterator[str]:
    """The signs of the sheets before this one."""
    for before in range(max(1, number - _SIGNS_APART), number):
        sheet = _sheet(reading, before)
        if sheet is not None:
            yield sheet.sign


def _said(sheet: KeySheet, person_id: str) -> str:
    return f"{_NOW_USED}.{sheet.number}.{person_id}"
