"""Referrals: what is told to whom on which consent, the slip, and what came back.

A slip carries a reference in place of a name, for everybody (domain/referrals.py says what may be picked). A referral
that waits for an answer past its time is overdue in the list of what is due (services/due.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import speaking
from panoh.base.ids import new_id
from panoh.domain import referrals as rules
from panoh.domain.cases import Case, Export
from panoh.domain.casework import Referral
from panoh.domain.check_codes import new_check_code, new_export_no
from panoh.domain.leaks import Leak
from panoh.domain.referrals import NO, VITAL, YES, Slip
from panoh.reports.protect import protect, scrub
from panoh.reports.referral_slip import render_slip
from panoh.services import people
from panoh.services.casework import open_case
from panoh.services.desk import Changes, Desk
from panoh.services.paper_secrets import leak_finder
from panoh.services.passphrases import new_passphrase
from panoh.services.records import is_withheld, keep, keep_in
from panoh.services.referral_facts import About, Wanted, slip_of
from panoh.services.summaries import Made, require_password
from panoh.store.tables import table
from panoh.store.units import Reading

__all__ = ["Offer", "Preview", "Wanted"]

SLIP = "referral_slip"  # kind of export
_LEAST_REASON = 3  # letters


@dataclass(frozen=True, slots=True)
class Offer:
    """What a referral to one recipient may tell, and what the person's consent to it is worth."""

    facts: tuple[tuple[str, str], ...]  # name and words
    consent: str
    consent_words: str
    allowed: bool  # a slip may go there at all


class Preview(NamedTuple):
    """A slip as it would be made; nothing is recorded."""

    slip: Slip
    pdf: bytes
    leaks: tuple[tuple[str, Leak], ...]  # what keeps it from being made, each with the field where it stands


def offer(desk: Desk, person_id: str, recipient: str) -> Offer:
    """What may be picked for this recipient. Raises AppError('access.denied') when the words of the case are withheld."""
    with desk.reading() as reading:
        about = About(desk, reading, person_id)
        consent = about.consent(recipient)
        facts = tuple((name, fact_words(desk, name)) for name in about.pickable(recipient))
    allowed = rules.may_go_to(recipient, shielded=about.shielded)
    return Offer(facts, consent, _(rules.CONSENT_WORDS[consent]), allowed)


def fact_words(desk: Desk, name: str) -> str:
    """What a fact is called in the picker: 'Sex', 'Need: Heart disease'."""
    if name.startswith(rules.NEED_FACT):
        code = name.removeprefix(rules.NEED_FACT)
        return _("Need: {what}").format(what=desk.name_of("need", code))
    return _(rules.FACTS.get(name, name))


def recipients(desk: Desk) -> list[tuple[str, str]]:
    """To whom one may refer: codes and words."""
    return [
        (term.code, desk.name_of("recipient", term.code))
        for term in desk.vocabularies["recipient"].offers()
        if term.code not in rules.NOT_A_RECIPIENT
    ]


def preview(desk: Desk, person_id: str, wanted: Wanted, reference: str = "", language: str = "en") -> Preview:
    """The very slip that would be made, unprotected and in memory only. Raises as `refer` does, but not for leaks."""
    return _made(desk, person_id, wanted, reference, language)


def _made(
    desk: Desk, person_id: str, wanted: Wanted, reference: str, language: str, *, agreed_before: bool = False
) -> Preview:
    """`agreed_before`: a supervisor let it go out without a yes, and said why."""
    view = people.person(desk, person_id)
    with desk.reading() as reading:
        about = About(desk, reading, person_id)
    _check(about, wanted)
    consent = about.consent(wanted.recipient)
    if not agreed_before or (consent == NO and not wanted.vital):
        _check_consent(desk, consent, wanted)
    with speaking(language):
        slip = slip_of(desk, about, wanted, reference or new_export_no())
        leaks = rules.leaks_on(slip, leak_finder(desk, view), shielded=about.shielded)
    return Preview(slip, render_slip(slip, language), leaks)


def refer(desk: Desk, person_id: str, wanted: Wanted) -> tuple[Referral, Changes]:
    """Record a referral, with what is told and on which consent; its slip is made by `slip`.

    Raises FormProblems for what is missing and for words that give somebody away; AppError: access.denied,
    referral.consent without a yes (but by a supervisor who says why), referral.refused against a no (but by a
    supervisor, when a life is at stake), referral.not_to_them, referral.not_told.
    """
    reference = _free_reference(desk)
    made = preview(desk, person_id, wanted, reference)
    if made.leaks:
        raise FormProblems([FieldProblem(name, _leak_words(leak)) for name, leak in made.leaks])
    with desk.writing() as unit:
        consent = About(desk, unit, person_id).consent(wanted.recipient)
        referral = Referral(
            id=new_id(), case_id=open_case(desk, unit, person_id).id, reference=reference, need_id=wanted.need_id,
            service_kind=wanted.service_kind, recipient=wanted.recipient, organisation=wanted.organisation.strip(),
            why=wanted.asked.strip(), known=wanted.known.strip(), told=wanted.facts,
            consent=VITAL if wanted.vital and consent != YES else consent,
            without_consent_why=wanted.without_consent_why.strip() if consent != YES else "", urgent=wanted.urgent,
            made_at=desk.clock.now(), made_by=desk.user.id, answer_by=wanted.answer_by,
        )  # fmt: skip
        keep_in(desk, unit, [referral])
        return referral, Changes.of(unit)


def slip(
    desk: Desk, reference: str, *, language: str = "en", plain: bool = False, reason: str = "", password: str = ""
) -> Made:
    """Make the slip of a referral, encrypted unless it is asked for plain, and record it as an export.

    It tells what was picked when the referral was made, as that is recorded now, and only while the consent holds.
    Raises AppError: referral.not_found, referral.over, report.reason_needed, report.password, referral.leaks, and as `refer` does.
    """
    if plain and not reason.strip():
        raise AppError("report.reason_needed")
    if password:
        require_password(password)
    referral, person_id = _found(desk, reference)
    if _is_over(referral):
        raise AppError("referral.over")
    before = bool(referral.without_consent_why)
    made = _made(desk, person_id, _as_wanted(referral), referral.reference, language, agreed_before=before)
    if made.leaks:
        raise AppError("referral.leaks", count=len(made.leaks))
    made_password = "" if plain else password or new_passphrase()
    pdf = scrub(made.pdf) if plain else protect(made.pdf, made_password)
    export = Export(
        id=new_id(), export_no=_export_no(desk, referral), check_code=new_check_code(), kind=SLIP, level="referral",
        person_id=person_id, recipient=referral.recipient, reason=reason.strip(), plain=plain, language=language,
        sha256=hashlib.sha256(pdf).hexdigest(), made_at=desk.clock.now(), made_by=desk.user.id,
        destroy_by=made.slip.destroy_by,
    )  # fmt: skip
    with desk.writing() as unit:
        unit.add(export)
        keep_in(desk, unit, [replace(referral, export_no=export.export_no)])
        unit.tell("exported", "Person", person_id, f"{SLIP} {export.export_no}")
        return Made(export, pdf, made_password, Changes.of(unit))


def answer(desk: Desk, referral_id: str, came: str, on: date | None = None, words: str = "") -> Changes:
    """Note what came back: accepted, refused, or no answer though it was asked for. Raises AppError('referral.over')."""
    if came not in ("accepted", "refused", "no_answer"):
        raise FormProblems([FieldProblem("answer", _("Choose what came back."))])
    return _changed(desk, referral_id, answer=came, answered_on=on or desk.clock.today(), answer_words=words.strip())


def revoke(desk: Desk, referral_id: str, why: str) -> Changes:
    """Take a referral back; no slip of it is made any more. Raises FormProblems without a reason, AppError('referral.over')."""
    if len(why.strip()) < _LEAST_REASON:
        raise FormProblems([FieldProblem("words", _("Say why it is taken back."))])
    return _changed(desk, referral_id, answer="revoked", answered_on=desk.clock.today(), answer_words=why.strip())


def done(desk: Desk, referral_id: str, on: date | None = None, words: str = "") -> Changes:
    """What was asked for was done: the referral is accepted and over. Raises AppError('referral.over')."""
    today = desk.clock.today()
    return _changed(
        desk, referral_id, answer="accepted", answered_on=on or today, answer_words=words.strip(), done_on=on or today
    )


def of_reference(desk: Desk, reference: str) -> Referral:
    """The referral with this reference, for who may read its case. Raises AppError('referral.not_found')."""
    return _found(desk, reference)[0]


def _check(about: About, wanted: Wanted) -> None:
    """Everything that can be told before a slip is made."""
    problems = []
    if not wanted.service_kind:
        problems.append(FieldProblem("service_kind", _("Choose what is asked for.")))
    if not wanted.recipient:
        problems.append(FieldProblem("recipient", _("Choose to whom: consent belongs to it.")))
    if not wanted.asked.strip():
        problems.append(FieldProblem("asked", _("Say what is asked, as the service will read it.")))
    for name, text, most in (
        ("asked", wanted.asked, rules.MOST_ASKED), ("known", wanted.known, rules.MOST_KNOWN),
        ("organisation", wanted.organisation, rules.MOST_TO),
    ):  # fmt: skip
        if len(text) > most:
            told = _("Shorten this to {most} characters; it has {n}.").format(most=most, n=len(text))
            problems.append(FieldProblem(name, told))
    if problems:
        raise FormProblems(problems)
    if not rules.may_go_to(wanted.recipient, shielded=about.shielded):
        raise AppError("referral.not_to_them")
    if not set(wanted.facts) <= set(about.pickable(wanted.recipient)):
        raise AppError("referral.not_told")


def _check_consent(desk: Desk, consent: str, wanted: Wanted) -> None:
    """Without a yes only a supervisor refers, and says why; past a no only when a life is at stake."""
    if consent == YES:
        return
    why = len(wanted.without_consent_why.strip()) >= _LEAST_REASON
    if consent == NO and not (desk.is_supervisor and wanted.vital):
        raise AppError("referral.refused")
    if not desk.is_supervisor:
        raise AppError("referral.consent")
    if not why:
        raise FormProblems(
            [FieldProblem("without_consent_why", _("Say why it goes out without a yes; it is recorded."))]
        )


def _as_wanted(referral: Referral) -> Wanted:
    """A referral as it was asked for; what let it go out without a yes stands in it."""
    return Wanted(
        service_kind=referral.service_kind, recipient=referral.recipient, organisation=referral.organisation,
        asked=referral.why, known=referral.known, facts=referral.told, need_id=referral.need_id, urgent=referral.urgent,
        answer_by=referral.answer_by, without_consent_why=referral.without_consent_why, vital=referral.consent == VITAL,
    )  # fmt: skip


def _leak_words(leak: Leak) -> str:
    kind = leak.kind_words()
    return _("{kind}: “{words}”. A slip is carried: say it otherwise.").format(kind=kind, words=leak.words)


def _is_over(referral: Referral) -> bool:
    return referral.answer == "revoked" or referral.done_on is not None


def _found(desk: Desk, reference: str) -> tuple[Referral, str]:
    """A referral by its reference, and whose it is; who may not read the case learns not even that there is one."""
    with desk.reading() as reading:
        wanted = reference.strip().upper()
        found = reading.first(Referral, table(Referral).c.reference == wanted)
        person_id = reading.get(Case, found.case_id).person_id if found else ""
        if found is None or is_withheld(desk, reading, person_id):
            raise AppError("referral.not_found")
        return found, person_id


def _changed(desk: Desk, referral_id: str, **values: object) -> Changes:
    with desk.reading() as reading:
        referral = reading.get(Referral, referral_id)
    if _is_over(referral):
        raise AppError("referral.over")
    return keep(desk, replace(referral, **values))  # type: ignore[arg-type]


def _free_reference(desk: Desk) -> str:
    """A reference that no referral and no export has."""
    with desk.reading() as reading:
        for _attempt in range(100):
            number = new_export_no()
            if not (_taken(reading, Referral, "reference", number) or _taken(reading, Export, "export_no", number)):
                return number
    raise AppError("bug")


def _export_no(desk: Desk, referral: Referral) -> str:
    """The reference itself for the first slip of a referral, another number for a slip that is made again."""
    return _free_reference(desk) if referral.export_no else referral.reference


def _taken(reading: Reading, kind: type, column: str, value: str) -> bool:
    return reading.first(kind, table(kind).c[column] == value) is not None
