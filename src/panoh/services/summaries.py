"""Case summaries: a person's record gathered into the paper that a supervisor decides from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.key_sheet import Coder, NoCodes
from panoh.domain.leaks import Kept, Leak, leaks_in, leave_out, open_leaks
from panoh.domain.redaction import CARRY, LEVELS, NAMED, SUPERVISOR, redact
from panoh.domain.summary import CaseSummary
from panoh.reports.case_summary import render
from panoh.reports.protect import protect, scrub
from panoh.services import key_sheets, people
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.services.paper_secrets import leak_finder
from panoh.services.passphrases import new_passphrase
from panoh.services.records import is_withheld
from panoh.services.shield import require_recipient
from panoh.services.summary_parts import gather
from panoh.store.units import Reading

KEEP_DAYS = 12  # a paper is to be destroyed after so many days
CARRY_DAYS = 7
_ROUNDS = 2
MOST_PASSWORD = 127  # bytes that the PDF format can hold

ON_FILE, ON_PAPER = "case_summary", "case_summary_on_paper"  # kinds of export
__all__ = [
    "CARRY",
    "LEVELS",
    "NAMED",
    "SUPERVISOR",
    "Kept",
    "Leak",
    "Made",
    "Preview",
    "Wanted",
    "export_case",
    "preview",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What kind of paper is asked for."""

    level: str = SUPERVISOR
    language: str = "en"
    recipient: str = ""
    reason: str = ""  # needed for a named paper and for one without a password
    plain: bool = False
    printed: bool = False  # on paper, which has no password either
    password: str = field(default="", repr=False)  # '' has one made
    leave_out: tuple[str, ...] = field(default=(), repr=False)  # typed words that are masked on this paper
    kept: tuple[Kept, ...] = ()  # leaks that stay on it, each with its reason

    @property
    def unprotected(self) -> bool:
        """Whether anyone who finds the paper can read it."""
        return self.plain or self.printed


class Preview(NamedTuple):
    """A paper as it would be made: what it says, its bytes, and what in them gives somebody away."""

    summary: CaseSummary
    pdf: bytes
    leaks: tuple[Leak, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made and recorded."""

    export: Export
    pdf: bytes = field(repr=False)
    password: str = field(repr=False)  # '' for a plain one
    changes: Changes

    @property
    def file_name(self) -> str:
        """A name that tells nothing: the export number alone."""
        return f"{self.export.export_no}.pdf"


def preview(desk: Desk, person_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Preview:
    """The very page that an export would hold, unprotected and in memory only; nothing is recorded.

    `numbers` are the export number and check code to print; made anew when none are given.
    """
    _require_known(wanted)
    made = _made(desk, person_id, wanted, numbers)
    return Preview(made.summary, made.pdf, made.leaks)


def _require(wanted: Wanted) -> None:
    """Everything that can be told before the paper is made."""
    if (wanted.unprotected or wanted.level == NAMED) and not wanted.reason.strip():
        raise AppError("report.reason_needed")
    if wanted.password:
        require_password(wanted.password)
    _require_known(wanted)


def _require_known(wanted: Wanted) -> None:
    if wanted.level not in LEVELS:
        raise AppError("report.no_such_level", level=wanted.level[:20])
    if wanted.language not in language_names():
        raise AppError("report.no_such_language", language=wanted.language[:20], known=", ".join(language_names()))


class _Page(NamedTuple):
    """A paper with the codes that it gave to typed words."""

    summary: CaseSummary
    pdf: bytes
    leaks: tuple[Leak, ...]
    coder: Coder | None


def _made(desk: Desk, person_id: str, wanted: Wanted, numbers: tuple[str, str] | None) -> _Page:
    coder = key_sheets.coder(desk, key_sheets.current(desk), person_id) if wanted.level == CARRY else None
    sign = coder.sheet.sign if coder else ""
    if numbers is None or not numbers[0].endswith(sign):  # another key sheet was begun since
        numbers = new_export_no(sign), new_check_code()
    with desk.reading() as reading:
        require_known(desk, reading, person_id)
    with speaking(wanted.language):
        view = people.person(desk, person_id)
        summary = replace(
            leave_out(gather(desk, view, coder or NoCodes()), wanted.leave_out),
            export_no=numbers[0],
            check_code=numbers[1],
            destroy_by=destroy_by(desk.clock.today(), wanted.level),
            journal_code="" if wanted.level == CARRY else desk.store.journal_head().code,
            language=wanted.language,
            reader_sees_restricted=wanted.level == NAMED and view.may_see_restricted,
        )
        leaks = leaks_in(redact(summary, wanted.level), leak_finder(desk, view), wanted.level)
        return _Page(summary, render(summary, wanted.level), leaks, coder)


def destroy_by(today: date, level: str) -> date:
    """When a paper of this level is to be destroyed."""
    return today + timedelta(days=CARRY_DAYS if level == CARRY else KEEP_DAYS)


def export_case(desk: Desk, person_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Made:
    """Make a case summary that leaves the vault, and record it with its hash, reason and reader.

    AES-256 unless it is asked for plain or printed. Raises AppError: report.reason_needed for a named, plain or
    printed paper without a reason, report.leaks when typed words give somebody away that are neither left out nor
    kept with a reason, report.no_such_level, report.no_such_language, report.password, record.not_found.
    """
    _require(wanted)
    with desk.reading() as reading:
        require_recipient(desk, reading, person_id, wanted.recipient)
    summary, page, leaks, coder = _made(desk, person_id, wanted, numbers)
    if still := open_leaks(leaks, wanted.kept):
        raise AppError("report.leaks", count=len(still))
    password = "" if wanted.unprotected else wanted.password or new_passphrase()
    pdf = scrub(page) if wanted.unprotected else protect(page, password)
    export = Export(
        id=new_id(),
        export_no=summary.export_no,
        check_code=summary.check_code,
        kind=ON_PAPER if wanted.printed else ON_FILE,
        level=wanted.level,
        person_id=person_id,
        recipient=wanted.recipient.strip(),
        reason=_reasons(wanted, leaks),
        plain=wanted.unprotected,
        language=wanted.language,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=desk.clock.now(),
        made_by=desk.user.id,
        destroy_by=summary.destroy_by,
    )
    with desk.writing() as unit:
        unit.add(export)
        if coder is not None:
            key_sheets.keep(unit, coder, person_id)
        told = f"{wanted.level} · {summary.export_no}" + (" · " + _("printed") if wanted.printed else "")
        unit.tell("exported", "Person", person_id, told)
        changes = Changes.of(unit)
    return Made(export, pdf, password, changes)


def _reasons(wanted: Wanted, leaks: Iterable[Leak]) -> str:
    """Why the paper is needed like this, and why each word that gives somebody away was kept.

    The words themselves are not told again: not everyone who may read which papers were made may read the case.
    """
    kept = {one.key: one.because.strip() for one in wanted.kept}
    pattern = _("{kind} kept ({where}): {because}")
    told = [pattern.format(kind=leak.kind_words(), where=leak.where(), because=kept[leak.key]) for leak in leaks]
    return "; ".join(filter(None, (wanted.reason.strip(), *told)))


def answer_all(
    desk: Desk, person_id: str, wanted: Wanted, *, omit: bool = False, because: str = ""
) -> tuple[Wanted, tuple[Leak, ...]]:
    """The wish with every leak of the paper left out or kept for one reason, and what is open still."""
    leaks = preview(desk, person_id, wanted).leaks
    for _again in range(_ROUNDS if omit else 0):  # words beside a masked one may only then be read together
        wanted = replace(wanted, leave_out=(*wanted.leave_out, *(leak.words for leak in leaks)))
        leaks = preview(desk, person_id, wanted).leaks
    if because.strip():
        wanted = replace(wanted, kept=tuple(Kept(leak.kind, leak.words, because) for leak in leaks))
    return wanted, open_leaks(leaks, wanted.kept)


def require_password(password: str) -> None:
    """Raise AppError report.password for one that is blank or longer than the PDF format can hold."""
    if not password.strip() or len(unicodedata.normalize("NFC", password).encode()) > MOST_PASSWORD:
        raise AppError("report.password", most=MOST_PASSWORD)


def exports_of(desk: Desk, person_ids: Iterable[str]) -> list[Export]:
    """The papers that were made about these people, the newest first; why and for whom, where that tells nothing withheld."""
    with desk.reading() as reading:
        found = [_told_export(desk, reading, one) for one in reading.where_in(Export, "person_id", person_ids)]
    return sorted(found, key=lambda export: export.id, reverse=True)


def _told_export(desk: Desk, reading: Reading, export: Export) -> Export:
    if export.made_by == desk.user.id or not is_withheld(desk, reading, export.person_id):
        return export
    return replace(export, reason="", recipient="")


def language_names() -> dict[str, str]:
    """The languages that a paper can speak."""
    return {"en": _("English")}
