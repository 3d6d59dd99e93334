"""The verification sheet: the paper on which a supervisor decides about contact, and which is keyed back by its check code.

Answers that tell a name or a mark of the body are on no paper, only how they agree. Every other typed word goes through
the masking of names and the search for leaks of both sides; what would give somebody away is always left out of the sheet
and stays in the record. Of a shielded side, or one in danger from a State, there is no sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.casework import Approval
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.dates import child_possible
from panoh.domain.leaks import LEFT_OUT
from panoh.domain.name_letters import to_latin
from panoh.domain.person import Person
from panoh.domain.redaction import SUPERVISOR, composed, name_mask
from panoh.domain.verification import OPEN, Verification, headline, missing, tally
from panoh.reports.protect import protect, scrub
from panoh.reports.verification_sheet import AskedLine, VerificationSheet, render_sheet
from panoh.services import people
from panoh.services.approvals import OPEN as WAITS
from panoh.services.desk import Changes, Desk
from panoh.services.paper_secrets import all_names, leak_finder
from panoh.services.passphrases import new_passphrase
from panoh.services.records import is_withheld
from panoh.services.summaries import Made, destroy_by, require_password
from panoh.services.tracing_consent import require_shown
from panoh.services.verification import question_words
from panoh.services.verification_asking import ask_contact_in
from panoh.services.verification_heard import asked_words, before, before_words, heard, roles
from panoh.services.verification_state import Stand, in_danger, may_be_child, require_forward, stand_of, warnings
from panoh.store import history
from panoh.store.history import Wanted as Entries
from panoh.store.tables import table
from panoh.store.units import Reading

SHEET_ON_FILE, SHEET_ON_PAPER = "verification_sheet", "verification_sheet_on_paper"  # kinds of export
SHEETS = (SHEET_ON_FILE, SHEET_ON_PAPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What kind of sheet is asked for."""

    language: str = "en"
    plain: bool = False
    printed: bool = False
    reason: str = ""  # needed for one without a password
    password: str = ""
    answer_by: datetime | None = None


class Preview(NamedTuple):
    """A sheet as it would be made; nothing is recorded."""

    sheet: VerificationSheet
    pdf: bytes
    left_out: int  # how many typed words would have given somebody away


def preview(desk: Desk, verification_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Preview:
    """The very sheet that would be made. Raises as `make` does, but needs no reason.

    `numbers` are the export number and check code to print; made anew when none are given.
    """
    with desk.reading() as reading:
        stand = stand_of(desk, reading, verification_id)
        _require(desk, reading, stand)
    with speaking(wanted.language):
        return _drawn(desk, stand, wanted, numbers or (new_export_no(), new_check_code()))


def make(desk: Desk, verification_id: str, wanted: Wanted, numbers: tuple[str, str] | None = None) -> Made:
    """Make the sheet, ask the supervisor for what it asks, and record it as an export; encrypted unless plain or printed.

    Raises FormProblems for what is missing, AppError verification.no_paper for a shielded side, verification.supervisor
    where something warns, verification.over, access.denied, report.reason_needed, report.password.
    """
    unprotected = wanted.plain or wanted.printed
    if unprotected and not wanted.reason.strip():
        raise AppError("report.reason_needed")
    if wanted.password:
        require_password(wanted.password)
    sheet, page, _left = preview(desk, verification_id, wanted, numbers)
    password = "" if unprotected else wanted.password or new_passphrase()
    pdf = scrub(page) if unprotected else protect(page, password)
    kind = SHEET_ON_PAPER if wanted.printed else SHEET_ON_FILE
    with desk.writing() as unit:
        one = unit.get(Verification, verification_id)
        asked = unit.first(Approval, table(Approval).c.id == one.approval_id) if one.approval_id else None
        if asked is None or asked.decision not in WAITS:
            ask_contact_in(desk, unit, verification_id)
        export = Export(
            id=new_id(), export_no=sheet.export_no, check_code=sheet.check_code, kind=kind, level=SUPERVISOR,
            person_id=one.person_id, reason=wanted.reason.strip(), plain=unprotected, language=wanted.language,
            sha256=hashlib.sha256(pdf).hexdigest(), made_at=desk.clock.now(), made_by=desk.user.id,
            destroy_by=sheet.destroy_by,
        )  # fmt: skip
        unit.add(export)
        unit.tell("exported", Verification.__name__, one.id, _told(export.export_no))
        return Made(export, pdf, password, Changes.of(unit))


def verification_of(reading: Reading, export: Export) -> Verification | None:
    """The verification that a sheet is about, by the entry of the journal that was written with it."""
    wanted = Entries(record_class=Verification.__name__, change="exported")
    entry = next((one for one in history.page(reading, wanted, 0, -1) if one.new == _told(export.export_no)), None)
    return reading.first(Verification, table(Verification).c.id == entry.record_id) if entry else None


def _told(export_no: str) -> str:
    return f"{SHEET_ON_FILE} {export_no}"


def _require(desk: Desk, reading: Reading, stand: Stand) -> None:
    """Everything that can be told before the sheet is made."""
    if not stand.goes_on:
        raise AppError("verification.over")
    if any(is_withheld(desk, reading, one.id) for one in stand.sides):
        raise AppError("access.denied")
    if any(in_danger(reading, one.id) for one in stand.sides):
        raise AppError("verification.no_paper")
    require_shown(stand.request)
    require_forward(desk, reading, stand)
    wrong = missing(stand.one, stand.questions, child=may_be_child(desk, stand))
    if wrong:
        raise FormProblems([FieldProblem(one.field, one.words) for one in wrong])


# --- what stands on it ------------------------------------------------------------------------------------------------------


def _drawn(desk: Desk, stand: Stand, wanted: Wanted, numbers: tuple[str, str]) -> Preview:
    clean, counted = _cleaner(desk, stand)
    with desk.reading() as reading:
        warned = warnings(desk, reading, stand)
        earlier = before(reading, stand.request, stand.one.person_id, stand.one.id)
        hearing = heard(reading, stand.one)
        users = [user for each in (hearing, *(one.heard for one in earlier)) for user in each.users]
        called = roles(desk, reading, users)  # no name of anybody stands on it
        told_before, asked = before_words(desk, earlier, called), asked_words(hearing, called)
    total = tally(stand.questions)
    sheet = VerificationSheet(
        export_no=numbers[0], check_code=numbers[1], numbers=f"{stand.found.number} · {stand.request.number}",
        destroy_by=destroy_by(desk.clock.today(), SUPERVISOR), question=_question(desk, stand),
        answer_by=wanted.answer_by,
        without_answer=_("No contact is made. The one who asks is told “still searching”, nothing else."),
        headline=headline(total), beside=_worth(total.open),
        side_a=_who(desk, stand.found), side_b=_who(desk, stand.asker),
        lines=tuple(_line(desk, stand, at, clean) for at in range(len(stand.questions))),
        seen=_seen(desk, stand, clean, asked), safe=_safe(desk, stand, clean), warnings=(*warned, *told_before),
        journal_code=desk.store.journal_head().code, demo=desk.demo,
    )  # fmt: skip
    return Preview(sheet, render_sheet(sheet, wanted.language), len(counted))


def _cleaner(desk: Desk, stand: Stand) -> tuple[Callable[[str], str], list[str]]:
    """What takes names and everything else that gives either side away out of typed words, and a list of what it took."""
    views = [people.person(desk, one.id) for one in stand.sides]
    r = stand.request
    named = [r.inquirer_name, r.given_name, r.family_name, r.patronymic, r.nickname, *r.other_names, *r.relatives]
    names = [
        *(name for view in views for name in all_names(desk, view)),
        *named,
        *(to_latin(one) for one in named if one),
    ]
    mask, finders, taken = name_mask(one for one in names if one), [leak_finder(desk, view) for view in views], []

    def clean(text: str) -> str:
        told = mask(composed(text))
        for finder in finders:
            found = [words for _kind, words in finder.find(told)]
            taken.extend(found)
            for words in sorted(found, key=len, reverse=True):
                told = re.sub(re.escape(words), LEFT_OUT, told)
        return told

    return clean, taken


def _line(desk: Desk, stand: Stand, at: int, clean: Callable[[str], str]) -> AskedLine:
    one = stand.questions[at]
    restricted = desk.vocabularies["verification_question"].restricted(one.question)

    def told(answer: str) -> str:
        if not answer.strip():
            return _("no answer")
        return _("not shown") if restricted else clean(answer)

    asked = clean(one.words) if one.words else question_words(desk, one)
    return AskedLine(asked, told(one.answer_a), told(one.answer_b), one.agreement or OPEN, clean(one.remark))


def _seen(desk: Desk, stand: Stand, clean: Callable[[str], str], asked: str) -> tuple[tuple[str, str], ...]:
    one = stand.one
    picked = [desk.name_of("photo_choice", each) for each in (one.photo_choice_a, one.photo_choice_b)]
    cares = {"yes": _("the adult can and will"), "no": _("the adult cannot, or will not")}.get(one.can_care, "")
    told = (
        (_("Papers"), clean(one.papers_seen)),
        (_("Picture choice"), _("side A: {a}; side B: {b}").format(a=picked[0].lower(), b=picked[1].lower())),
        (_("Referee"), clean(one.referee)),
        (_("Care"), "; ".join(part for part in (cares, clean(one.care_words)) if part)),
        (_("Who else could care"), clean(one.other_carer)),
        (_("Sides"), asked),
    )
    return tuple(fact for fact in told if fact[1])


def _safe(desk: Desk, stand: Stand, clean: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    one = stand.one
    advice = "; ".join(
        part
        for part in (desk.name_of("verification_advice", one.recommendation), clean(one.recommendation_words))
        if part
    )
    told = (
        (_("Danger from a State"), desk.name_of("danger", one.danger_state).lower()),
        (_("Violence at home"), desk.name_of("danger", one.danger_violence).lower()),
        (_("Trafficking signs"), desk.name_of("danger", one.danger_trafficking).lower()),
        (_("In words"), clean(one.danger_words)),
        (_("Child’s view"), clean(one.child_view)),
        (_("Told the child"), clean(one.child_told)),
        (_("Recommended"), advice),
    )
    return tuple(fact for fact in told if fact[1])


def _worth(open_ones: int) -> str:
    left = _("All questions are compared.")
    if open_ones:
        left = _("{n} open.").format(n=open_ones)
    return _(
        "{left} Agreement alone hands nobody over: that needs every differing answer cleared and a second signature."
    ).format(left=left)


def _question(desk: Desk, stand: Stand) -> str:
    """'Let this girl and this woman speak, as mother and child?'"""
    pair = _("Let {a} and {b} speak").format(a=_this(desk, stand.found), b=_this(desk, stand.asker))
    kin = _kin(stand)
    return _("{pair}, {kin}?").format(pair=pair, kin=kin) if kin else _("{pair}?").format(pair=pair)


def _kin(stand: Stand) -> str:
    sex = stand.asker.sex if stand.asker else ""
    if stand.request.relation == "child":
        return {"F": _("as mother and child"), "M": _("as father and child")}.get(sex, _("as parent and child"))
    return {
        "parent": _("as parent and child"),
        "sibling": _("as brothers or sisters"),
        "spouse": _("as wife and husband"),
    }.get(stand.request.relation, _("as relatives") if stand.request.relation else "")


def _this(desk: Desk, person: Person | None) -> str:
    if person is None:
        return _("the one who asks")
    child = child_possible(person.birth, desk.clock.today())
    return {
        ("F", True): _("this girl"), ("M", True): _("this boy"), ("F", False): _("this woman"), ("M", False): _("this man"),
    }.get((person.sex, child), _("this child") if child else _("this person"))  # fmt: skip


def _who(desk: Desk, person: Person | None) -> str:
    if person is None:
        return _("who asks")
    return _("child") if child_possible(person.birth, desk.clock.today()) else _("adult")
