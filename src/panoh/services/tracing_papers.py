"""The papers of family tracing: one way for preview, file, printer and command line.

A shielded person, and whoever lives with them, is on none of them; family news alone goes to them, by a supervisor. What
a paper tells of whom is in the modules beside: tracing_paper_lists (board, names to read aloud), _request, _people.

An Export hangs on a person. A paper about nobody or about many has none: it is in the journal with number and hash,
like the list of a lost laptop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.base.ids import new_id, parse_number
from panoh.domain.cases import Export
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.leaks import Leak, open_leaks
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import (
    ALOUD,
    BLANK_FORM,
    BOARD,
    FAMILY,
    FORM,
    KINDS,
    NEWS,
    REUNION,
    REUNION_FAMILY,
    Asked,
    News,
)  # fmt: skip
from panoh.reports.protect import protect, scrub
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import knows
from panoh.services.passphrases import new_passphrase
from panoh.services.summaries import Made, Wanted, language_names, require_password
from panoh.services.tracing_paper_draft import Around, Drawn
from panoh.services.tracing_paper_lists import board, read_aloud
from panoh.services.tracing_paper_people import family, news, reunion_for_family, reunion_for_office
from panoh.services.tracing_paper_request import blank_form, request_form
from panoh.store.tables import table

__all__ = ["Asked", "News", "Preview", "Wanted", "make", "names", "preview", "request_of"]

KEEP_DAYS = 30  # a search is long; boards and lists are made anew by then
PAPER = "TracingPaper"  # record class of the journal's entry for a paper that hangs on nobody's record
_BUILDERS: Mapping[str, Callable[[Desk, Asked, Wanted, Around], Drawn]] = {
    FORM: request_form,
    BLANK_FORM: blank_form,
    BOARD: board,
    ALOUD: read_aloud,
    NEWS: news,
    REUNION: reunion_for_office,
    REUNION_FAMILY: reunion_for_family,
    FAMILY: family,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper as it would be made; nothing is recorded."""

    numbers: tuple[str, str]  # export number and check code
    pdf: bytes = field(repr=False)
    leaks: tuple[Leak, ...]
    told: tuple[str, ...]  # for whoever makes it, and not on the paper: what was left out
    named: bool  # needs a reason


def names() -> dict[str, str]:
    """What each paper is called, by its kind."""
    return {kind: _(name) for kind, name in KINDS.items()}


def preview(desk: Desk, asked: Asked, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Preview:
    """The very pages that would be made, unprotected and in memory only.

    Raises AppError: tracing_paper.*, shield.withheld, record.not_found, access.denied, report.no_such_language;
    FormProblems for family news that are too long or have nobody to go to.
    """
    drawn, numbers = _drawn(desk, asked, wanted, numbers)
    return Preview(numbers, drawn.pdf, drawn.leaks, drawn.told, drawn.named)


def make(desk: Desk, asked: Asked, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Made:
    """Make a paper that leaves the vault, and record it with its hash and reason.

    AES-256 unless it is asked for plain or printed. Raises as `preview` does, and AppError: report.reason_needed for a
    paper with names, a plain or a printed one without a reason (the empty form needs none), report.leaks, report.password.
    """
    if wanted.password:
        require_password(wanted.password)
    drawn, (export_no, check_code) = _drawn(desk, asked, wanted, numbers)
    if (wanted.unprotected or drawn.named) and not wanted.reason.strip() and asked.kind != BLANK_FORM:
        raise AppError("report.reason_needed")
    if still := open_leaks(drawn.leaks, wanted.kept):
        raise AppError("report.leaks", count=len(still))
    password = "" if wanted.unprotected else wanted.password or new_passphrase()
    pdf = scrub(drawn.pdf) if wanted.unprotected else protect(drawn.pdf, password)
    export = Export(
        id=new_id(), export_no=export_no, check_code=check_code, kind=asked.kind, level=drawn.level,
        person_id=drawn.person_id, recipient=wanted.recipient.strip(), reason=_reasons(wanted, drawn.leaks),
        plain=wanted.unprotected, language=wanted.language, sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=desk.clock.now(), made_by=desk.user.id, destroy_by=desk.clock.today() + timedelta(days=KEEP_DAYS),
    )  # fmt: skip
    return Made(export, pdf, password, _kept(desk, export, printed=wanted.printed))


def _drawn(desk: Desk, asked: Asked, wanted: Wanted, numbers: tuple[str, str] | None) -> tuple[Drawn, tuple[str, str]]:
    if asked.kind not in _BUILDERS:
        raise AppError("tracing_paper.no_such_kind", kind=asked.kind[:30])
    if wanted.language not in language_names():
        raise AppError("report.no_such_language", language=wanted.language[:20], known=", ".join(language_names()))
    numbers = numbers or (new_export_no(), new_check_code())
    around = Around(numbers[0], desk.clock.today() + timedelta(days=KEEP_DAYS), desk.demo)
    with speaking(wanted.language):
        return _BUILDERS[asked.kind](desk, asked, wanted, around), numbers


def _kept(desk: Desk, export: Export, *, printed: bool) -> Changes:
    """Record a paper: about one person as an export of that person, any other in the journal alone."""
    told = f"{export.kind} {export.export_no}" + (" · " + _("printed") if printed else "")
    with desk.writing() as unit:
        if export.person_id:
            unit.add(export)
            unit.tell("exported", "Person", export.person_id, told)
        else:
            unit.tell(
                "exported", PAPER, export.export_no, " · ".join(filter(None, (told, export.sha256, export.reason)))
            )
        return Changes.of(unit)


def _reasons(wanted: Wanted, leaks: tuple[Leak, ...]) -> str:
    """Why the paper is needed, and why each word that gives somebody away was kept; not the words themselves."""
    kept = {one.key: one.because.strip() for one in wanted.kept}
    pattern = _("{kind} kept ({where}): {because}")
    told = [pattern.format(kind=leak.kind_words(), where=leak.where(), because=kept[leak.key]) for leak in leaks]
    return "; ".join(filter(None, (wanted.reason.strip(), *told)))


def request_of(desk: Desk, number: str) -> str:
    """The id of the request with this number. Raises AppError('tracing_paper.no_request')."""
    wanted = parse_number(number) or number.strip()
    with desk.reading() as reading:
        c = table(TracingRequest).c
        found = reading.first(TracingRequest, c.number == wanted)
        if found is None or not all(
            knows(desk, reading, one) for one in (found.inquirer_id, found.sought_person_id) if one
        ):
            raise AppError("tracing_paper.no_request")
        return found.id
