"""Papers of tracing about one person: family news, the record of a reunification, the family diagram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.cases import User
from panoh.domain.dates import child_possible
from panoh.domain.household import Household
from panoh.domain.kinship import kin_of
from panoh.domain.leaks import Leak, LeakFinder
from panoh.domain.person import IdentityDocument, Person, PersonPhone
from panoh.domain.redaction import NAMED, SUPERVISOR
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import TracingRequest
from panoh.domain.tracing_papers import PUBLIC, REUNION_FAMILY, Asked, masked, open_leaks_in
from panoh.domain.verification import Verification
from panoh.reports import words
from panoh.reports.family_page import (
    DIED,
    ELSEWHERE,
    HERE,
    MISSING,
    DrawnLine,
    DrawnRelative,
    FamilyPage,
    render_family,
)
from panoh.reports.tracing_news import MOST_LINES, NewsSheet, lines_of, render_news
from panoh.reports.tracing_reunion import ReunionRecord, render_reunion
from panoh.services import families, resources
from panoh.services.desk import Desk
from panoh.services.families import Family, Relative
from panoh.services.need_to_know import is_restricted, require_known
from panoh.services.records import is_withheld
from panoh.services.resources import case_times
from panoh.services.summaries import Wanted
from panoh.services.tracing_paper_draft import DEAD, Around, Drawn, band_words, open_finder, require_open, who_words
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading

# --- family news -----------------------------------------------------------------------------------------------------------


def news(desk: Desk, asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """Family news of somebody registered. The answer comes back with the number of the paper.

    From or to somebody masked only a supervisor makes them, with a reason.

    Raises AppError: shield.withheld, access.denied, report.reason_needed; FormProblems for too many lines or nobody to go to.
    """
    typed = asked.news
    with desk.reading() as reading:
        people = {one.id: one for one in reading.where_in(Person, "id", {asked.about, typed.recipient_id} - {""})}
        sender = people.get(asked.about) or reading.get(Person, asked.about)
        require_known(desk, reading, *people)
        hidden = any(is_masked(reading, one) for one in people)
        if hidden:
            desk.require_supervisor()
        finder = _finder_of(desk, reading, list(people.values()))
    text, recipient = masked(typed.text, wanted.leave_out), masked(typed.recipient, wanted.leave_out)
    if typed.recipient_id:
        recipient = people[typed.recipient_id].full_name
    _check(text, recipient)
    leaks = open_leaks_in(
        (("recipient", "" if typed.recipient_id else recipient), ("text", text)), finder, resources.politics()
    )
    sheet = NewsSheet(
        sender=sender.full_name or sender.number, reference=around.export_no, recipient=recipient,
        kin=desk.name_of("relation", typed.kin).lower() if typed.kin else "", text=text,
    )  # fmt: skip
    level = NAMED if hidden else PUBLIC  # a reason is asked for where somebody is masked
    pdf = render_news(sheet, around.sheet(_("OPEN: ALL MAY READ"), public=True), wanted.language)
    return Drawn(pdf=pdf, level=level, person_id=sender.id, leaks=leaks)


def _check(text: str, recipient: str) -> None:
    problems = []
    if not recipient.strip():
        problems.append(FieldProblem("recipient", _("Say to whom it goes.")))
    count = len(lines_of(text))
    if count > MOST_LINES:
        told = ngettext("Shorten it to {most} lines; it has {n}.", "Shorten it to {most} lines; it has {n}.", count)
        problems.append(FieldProblem("text", told.format(most=MOST_LINES, n=count)))
    if problems:
        raise FormProblems(problems)


def _finder_of(desk: Desk, reading: Reading, people: list[Person]) -> LeakFinder:
    """What looks for what the vault knows of these people's places, phones and papers, beside the lists."""
    ids = [one.id for one in people]
    homes = reading.where_in(Household, "id", [one.household_id for one in people if one.household_id])
    phones = [*(one.phone for one in people), *(one.phone for one in homes)]
    phones += [one.phone_no for one in reading.where_in(PersonPhone, "person_id", ids)]
    # A number that this user may not see is not looked for: what is found would tell it to whoever tries.
    seen = {one for one in ids if desk.may_see_restricted(reading.holder_of(one))}
    documents = reading.where_in(IdentityDocument, "person_id", ids)
    papers = [one.document_no for one in documents if one.person_id in seen or not is_restricted(desk, one)]
    asked = reading.where_in(TracingRequest, "inquirer_id", ids)
    places = [*(one.origin for one in people), *(one.address_before for one in homes)]
    places += [place for r in asked for place in (r.origin, r.separated_where, r.last_seen)]
    return open_finder(desk, reading, phones=phones, papers=papers, places=places)


# --- reunification -----------------------------------------------------------------------------------------------------------


def reunion_for_office(desk: Desk, asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The record of the last reunification of a person, with its references.

    Raises AppError: shield.withheld, tracing_paper.shielded, tracing_paper.no_reunion, access.denied where words are withheld.
    """
    return _reunion(desk, asked, wanted, around, office=True)


def reunion_for_family(desk: Desk, asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The same for the family: who, to whom, on which day; and whether it was without a signed verification."""
    return _reunion(desk, asked, wanted, around, office=False)


def _reunion(desk: Desk, asked: Asked, wanted: Wanted, around: Around, *, office: bool) -> Drawn:
    with desk.reading() as reading:
        person = reading.get(Person, asked.about)
        require_open(desk, reading, (person.id,))
        found = reading.all(Reunification, table(Reunification).c.person_id == person.id)
        if not found:
            raise AppError("tracing_paper.no_reunion")
        last = max(found, key=lambda one: (one.reunified_on or date.min, one.id))
        require_open(desk, reading, (last.handed_to_id,))
        if is_withheld(desk, reading, person.id):  # its words may tell what is withheld of the person
            raise AppError("access.denied")
        record = _record(desk, reading, person, last)
        leaks: tuple[Leak, ...] = ()
        if asked.kind == REUNION_FAMILY:
            finder = _finder_of(desk, reading, [person])
            leaks = open_leaks_in(
                (("handed_to", "" if last.handed_to_id else record.handed_to), ("witness", record.witness)), finder
            )
    if office:
        sheet = around.sheet(_("NAMED: OFFICE ONLY"), (_("Case"), person.number))
    else:
        sheet = replace(around.sheet(_("FOR THE FAMILY"), public=True), destroy_by=None)
    cut = tuple(wanted.leave_out)
    pdf = render_reunion(record, sheet, wanted.language, office=office, leave_out=lambda text: masked(text, cut))
    return Drawn(pdf=pdf, level=NAMED, person_id=person.id, leaks=_still(leaks, cut))


def _still(leaks: tuple[Leak, ...], left_out: tuple[str, ...]) -> tuple[Leak, ...]:
    gone = {one.casefold() for one in left_out}
    return tuple(leak for leak in leaks if leak.words.casefold() not in gone)


def _record(desk: Desk, reading: Reading, person: Person, last: Reunification) -> ReunionRecord:
    adult = reading.where_in(Person, "id", [last.handed_to_id]) if last.handed_to_id else []
    asked = reading.where_in(TracingRequest, "id", [last.request_id]) if last.request_id else []
    by = reading.where_in(User, "id", [last.emergency_by]) if last.emergency_by else []
    checked = reading.where_in(Verification, "id", [last.verification_id]) if last.verification_id else []
    signed = any(one.result == "verified" for one in checked)
    today = desk.clock.today()
    who = (
        person.full_name or person.number,
        who_words(person.sex, person.birth, today).lower(),
        band_words(person.birth, today),
    )
    other = desk.name_of("other_adult_why", last.other_adult_why) if last.verified_adult == "no" else ""
    return ReunionRecord(
        who=", ".join(part for part in who if part),
        who_number=person.number,
        day=words.full_day(last.reunified_on) if last.reunified_on else "",
        place=last.place,
        handed_to=(adult[0].full_name or adult[0].number) if adult else last.handed_to,
        relation=desk.vocabularies["relation"].label(last.relation, adult[0].sex if adult else "").lower(),
        identity=last.identity_shown,
        witness=last.witness,
        kind=desk.name_of("reunification_kind", last.kind) if last.kind else "",
        transport=last.transport,
        request_number=asked[0].number if asked else "",
        other_adult=other,
        emergency=last.emergency or not signed,
        emergency_why=last.emergency_why,
        emergency_by=by[0].name if by else "",
        child=child_possible(person.birth, today),
        visit_days=case_times().after_reunification,
    )


# --- family diagram ----------------------------------------------------------------------------------------------------------

_STATES = {"here": HERE, "": HERE, "missing": MISSING, **dict.fromkeys(DEAD, DIED)}


def family(desk: Desk, asked: Asked, wanted: Wanted, around: Around) -> Drawn:
    """The family of a person: kin word, band of ages, whether here; with names at level named, where somebody masked is a number.

    That somebody is held by an authority stands on no paper: they are elsewhere. Raises AppError: shield.withheld, record.not_found.
    """
    named = wanted.level == NAMED
    with desk.reading() as reading:
        require_known(desk, reading, asked.about)
        hidden = [one for one in reading.where_in(Person, "id", [asked.about]) if is_masked(reading, one.id)]
    if hidden:
        raise AppError("tracing_paper.shielded")
    found = families.family_of(desk, asked.about)
    kin = kin_of(found.focus, found.links)
    at = {one.line.id: number for number, one in enumerate(found.relatives)}
    drawn = tuple(_relative(desk, found, one, kin, named=named) for one in found.relatives)
    lines = tuple(
        DrawnLine(tuple(at[i] for i in line.from_ids), tuple(at[i] for i in line.to_ids), line.kind != "descent")
        for line in found.tree.lines
    )
    page = FamilyPage(relatives=drawn, lines=lines, columns=found.tree.columns, left_out=found.tree.left_out)
    focus = next(one.line for one in found.relatives if one.line.id == found.focus)
    class_words = _("NAMED: OFFICE ONLY") if named else _("SUPERVISOR ONLY")
    sheet = around.sheet(class_words, (_("Case"), focus.number))
    level = NAMED if named else SUPERVISOR
    return Drawn(pdf=render_family(page, sheet, wanted.language), level=level, person_id=asked.about)


def _relative(desk: Desk, found: Family, one: Relative, kin: Mapping[str, str], *, named: bool) -> DrawnRelative:
    line, place = one.line, found.tree.place(one.line.id)
    assert place is not None  # noqa: S101 - relatives are those of the drawing
    today = desk.clock.today()
    presence = desk.vocabularies["presence"].shown(line.presence)
    own = line.id == found.focus
    name = line.number if line.masked else line.full_name or line.number
    return DrawnRelative(
        name=name if named else "",
        kin=_("this person") if own else _kin(desk, found, one, kin),
        age=band_words(line.birth, today),
        where=desk.name_of("presence", presence or "here").lower(),
        state=_STATES.get(presence, ELSEWHERE),
        column=place.column,
        row=place.row,
        own=own,
    )


def _kin(desk: Desk, found: Family, one: Relative, kin: Mapping[str, str]) -> str:
    """What this relative is to the person, as far as links tell it; else who they are."""
    line = one.line
    if code := kin.get(line.id):
        return desk.vocabularies["relation"].label(code, line.sex).lower()
    for link in found.links:
        if {link.from_person_id, link.to_person_id} == {found.focus, line.id}:
            return desk.name_of("kin_kind", link.kind).lower()
    return who_words(line.sex, line.birth, desk.clock.today()).lower()
