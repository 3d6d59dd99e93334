"""The tracing request form on paper: what is recorded of one request, or empty for an office without a laptop."""

from __future__ import annotations

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import words as birth_words
from panoh.domain.person import Person
from panoh.domain.redaction import NAMED
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import PUBLIC, Asked
from panoh.reports.tracing_form import render_form
from panoh.services import tracing
from panoh.services.desk import Desk
from panoh.services.summaries import Wanted
from panoh.services.tracing_paper_draft import Around, Drawn, require_open
from panoh.store.units import Reading


def blank_form(_desk: Desk, _asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The empty form: nothing of anybody, so it needs no reason."""
    pdf = render_form({}, around.sheet(_("FILLED IN: OFFICE ONLY")), wanted.language)
    return Drawn(pdf=pdf, level=PUBLIC)


def request_form(desk: Desk, asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """One request filled in, for the office: it names both sides and tells places, and no word that this user may not read.

    Raises AppError: record.not_found, shield.withheld, tracing_paper.shielded, tracing_paper.held, tracing_paper.no_consent.
    """
    with desk.reading() as reading:
        request = reading.get(TracingRequest, asked.about)
        require_open(desk, reading, (request.inquirer_id, request.sought_person_id))
        if request.held_why:
            raise AppError("tracing_paper.held")
        if request.consent_to_trace == "no" or request.consent_withdrawn_on is not None:
            raise AppError("tracing_paper.no_consent")
        values = _values(desk, reading, tracing.told(desk, reading, request))
    sheet = around.sheet(_("NAMED: OFFICE ONLY"), (_("Request"), request.number))
    person_id = request.inquirer_id or request.sought_person_id
    return Drawn(pdf=render_form(values, sheet, wanted.language), level=NAMED, person_id=person_id)


def _values(desk: Desk, reading: Reading, r: TracingRequest) -> dict[str, str]:
    """What is known, in words, by field of the form."""
    inquirer = reading.where_in(Person, "id", [r.inquirer_id]) if r.inquirer_id else []
    asks = f"{inquirer[0].full_name} · {inquirer[0].number}" if inquirer else r.inquirer_name
    yes_no = {"yes": _("yes"), "no": _("no")}
    return {
        "inquirer": asks,
        "relation": desk.vocabularies["relation"].label(r.relation, r.sex).lower() if r.relation else "",
        "contact": r.contact,
        "family_name": r.family_name,
        "given_name": r.given_name,
        "patronymic": r.patronymic,
        "nickname": r.nickname,
        "other_names": ", ".join(r.other_names),
        "sex": desk.name_of("sex", r.sex) if r.sex else "",
        "birth": birth_words(r.birth) if r.birth_precision else "",
        "origin": r.origin,
        "languages": ", ".join(desk.name_of("languages", code) for code in r.languages),
        "phone": r.phone,
        "document_no": r.document_no,
        "marks": r.marks,
        "clothes": r.clothes,
        "relatives": ", ".join(r.relatives),
        "separated_on": day(r.separated_on) if r.separated_on else "",
        "separation_cause": desk.name_of("separation_cause", r.separation_cause) if r.separation_cause else "",
        "separated_where": r.separated_where,
        "last_seen_on": day(r.last_seen_on) if r.last_seen_on else "",
        "last_seen_with": r.last_seen_with,
        "last_seen": r.last_seen,
        "wish_order": str(r.wish_order) if r.wish_order else "",
        "in_contact": yes_no.get(r.in_contact, ""),
        "wishes_contact": yes_no.get(r.wishes_contact, ""),
        "wishes_reunion": desk.name_of("reunion_wish", r.wishes_reunion) if r.wishes_reunion else "",
        "wish_why": r.wish_why,
        "consent_trace": r.consent_to_trace,
        "consent_show": r.consent_to_show,
        "consent_publish": r.consent_to_publish,
        "consent_given": _given(desk, r),
    }


def _given(desk: Desk, r: TracingRequest) -> str:
    """By whom, how and when consent was given, as it is recorded."""
    by = desk.name_of("consent_by", r.consent_by) if r.consent_by else ""
    how = desk.name_of("consent_how", r.consent_how) if r.consent_how else ""
    on = day(r.consent_on) if r.consent_on else ""
    told = ", ".join(part for part in (by, how.lower(), on) if part)
    return _("As recorded: {how}.").format(how=told) if told else ""
