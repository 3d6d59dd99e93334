"""Case summaries: a person's record gathered into the paper that a supervisor decides from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.redaction import CARRY, LEVELS, NAMED, SUPERVISOR
from panoh.domain.summary import CaseSummary
from panoh.reports.case_summary import render
from panoh.reports.protect import protect, scrub
from panoh.services import people
from panoh.services.desk import Changes, Desk
from panoh.services.passphrases import new_passphrase
from panoh.services.records import is_withheld
from panoh.services.summary_parts import gather
from panoh.store.units import Reading

KEEP_DAYS = 12  # a paper is to be destroyed after so many days
CARRY_DAYS = 7
MOST_PASSWORD = 127  # bytes that the PDF format can hold

__all__ = ["CARRY", "LEVELS", "NAMED", "SUPERVISOR", "Made", "Wanted", "export_case", "preview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What kind of paper is asked for."""

    level: str = SUPERVISOR
    language: str = "en"
    recipient: str = ""
    reason: str = ""  # needed for a named paper and for one without a password
    plain: bool = False
    password: str = field(default="", repr=False)  # '' has one made


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


def preview(
    desk: Desk, person_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None
) -> tuple[CaseSummary, bytes]:
    """The very page that an export would hold, unprotected and in memory only; nothing is recorded.

    `numbers` are the export number and check code to print; made anew when none are given.
    """
    if wanted.level not in LEVELS:
        raise AppError("report.no_such_level", level=wanted.level[:20])
    if wanted.language not in language_names():
        raise AppError("report.no_such_language", language=wanted.language[:20], known=", ".join(language_names()))
    export_no, check_code = numbers or (new_export_no(), new_check_code())
    with speaking(wanted.language):
        view = people.person(desk, person_id)
        summary = gather(desk, view)
        summary = replace(
            summary,
            export_no=export_no,
            check_code=check_code,
            destroy_by=destroy_by(desk.clock.today(), wanted.level),
            language=wanted.language,
            reader_sees_restricted=wanted.level == NAMED and view.may_see_restricted,
        )
        return summary, render(summary, wanted.level)


def destroy_by(today: date, level: str) -> date:
    """When a paper of this level is to be destroyed."""
    return today + timedelta(days=CARRY_DAYS if level == CARRY else KEEP_DAYS)


def export_case(desk: Desk, person_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Made:
    """Make a case summary that leaves the vault, and record it with its hash, reason and reader.

    AES-256 unless it is asked for plain. Raises AppError: report.reason_needed for a named or plain paper without
    a reason, report.no_such_level, report.no_such_language, report.password, record.not_found.
    """
    if (wanted.plain or wanted.level == NAMED) and not wanted.reason.strip():
        raise AppError("report.reason_needed")
    if wanted.password:
        require_password(wanted.password)
    summary, page = preview(desk, person_id, wanted, numbers)
    password = "" if wanted.plain else wanted.password or new_passphrase()
    pdf = scrub(page) if wanted.plain else protect(page, password)
    export = Export(
        id=new_id(),
        export_no=summary.export_no,
        check_code=summary.check_code,
        kind="case_summary",
        level=wanted.level,
        person_id=person_id,
        recipient=wanted.recipient.strip(),
        reason=wanted.reason.strip(),
        plain=wanted.plain,
        language=wanted.language,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=desk.clock.now(),
        made_by=desk.user.id,
        destroy_by=summary.destroy_by,
    )
    with desk.writing() as unit:
        unit.add(export)
        unit.tell("exported", "Person", person_id, f"{wanted.level} {summary.export_no}")
        changes = Changes(unit.changes())
    return Made(export, pdf, password, changes)


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
