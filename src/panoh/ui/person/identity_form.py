"""The form of 'Identity and documents': its values out of a record, and the record out of its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.dates import UNKNOWN as PRECISION_UNKNOWN
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.services.border import events_between
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened, moved
from panoh.ui.form_reader import Edit, FormReader, birth_text, day_text
from panoh.ui.person.fields import Values
from panoh.ui.widgets.control_values import EXACTNESS, UNKNOWN

COUNTRIES = ("fled_from", "country_now", "intends_to_go", "birth_country")
TEXTS = (
    "family_name", "given_name", "patronymic", "phone", "origin", "birth_place", "father_name", "mother_name",
    "occupation", "ethnicity", "religion", "legal_status_by",
)  # fmt: skip
CODES = (
    "sex", "sex_basis", "birth_basis", "legal_status", "legal_status_evidence", "interpreter", "marital_status",
    "education", "border_status", "presence", "care", "relation", "site_id",
)  # fmt: skip
DAYS = ("border_status_on", "presence_since", "fled_on", "arrival_on", "legal_status_on")
MAY_BE_UNKNOWN = (
    "family_name", "given_name", "patronymic", "sex", "birth", "phone", "origin", "nationalities", "languages",
    "legal_status", "birth_place", "father_name", "mother_name", "occupation", "ethnicity", "religion", "interpreter",
    "marital_status", "education", "relation", "care", "fled_on", "arrival_on", "presence_since", *COUNTRIES,
)  # fmt: skip
_PAPER_DAYS = ("noted_on", "issued_on", "expires_on")


def values_of(desk: Desk, opened: Opened) -> Values:
    """What stands in the form before anyone changes it."""
    view = opened.view
    person = view.person
    values: Values = {key: getattr(person, key) for key in (*TEXTS, *CODES, *COUNTRIES)}
    values |= {key: day_text(getattr(person, key)) for key in DAYS}
    values["birth"] = birth_text(person.birth)
    values["nationalities"] = _words(desk, "countries", person.nationalities, opened.offers.countries)
    values["languages"] = _words(desk, "languages", person.languages, opened.offers.languages)
    for entry in opened.unanswered:
        if entry.record_id == person.id and entry.field in MAY_BE_UNKNOWN and not _told(values[entry.field]):
            values[entry.field] = UNKNOWN + entry.answer
    values["names"] = [{"id": name.id, "kind": name.kind, "text": name.text} for name in view.names]
    values["documents"] = [
        {
            "id": paper.id,
            "kind": paper.kind,
            "document_no": paper.document_no,
            "issuer": paper.issuer,
            "state": paper.state,
            "name_as_written": paper.name_as_written,
            **{key: day_text(getattr(paper, key)) for key in _PAPER_DAYS},
        }
        for paper in view.documents
    ]
    values["phones"] = [{"id": one.id, "phone_no": one.phone_no, "whose": one.whose} for one in view.phones]
    return values


def _told(value: str) -> bool:
    """Whether something stands in a field; of a birth date that is unknown only how exact it is."""
    return bool(value.removesuffix(f"{EXACTNESS}{PRECISION_UNKNOWN}"))


def _words(desk: Desk, code_list: str, codes: Iterable[str], choices: Iterable[tuple[str, str]]) -> str:
    known = dict(choices)
    return ", ".join(known.get(code) or desk.vocabularies.label(code_list, code) for code in codes)


def edit_of(desk: Desk, opened: Opened, values: Values) -> Edit:
    """The records that these values make; raises FormProblems."""
    view, form = opened.view, FormReader(desk, values)
    person = _at_the_border(form, opened, _person(form, opened), desk.clock.today())
    names = _names(form, view.person)
    documents = _documents(form, opened)
    phones = _phones(form, view.person)
    unknown = form.unanswered(person.id, opened.unanswered, {key: key for key in MAY_BE_UNKNOWN})
    form.finish()
    kept: list[PersonName | IdentityDocument | PersonPhone] = [*names, *documents, *phones]
    kept_ids = {record.id for record in kept}
    before: list[PersonName | IdentityDocument | PersonPhone] = [*view.names, *view.documents, *view.phones]
    gone = [record for record in before if record.id not in kept_ids]
    crossed = events_between(view.person, person, view.border_events)
    return Edit((person, *kept, *crossed, *unknown.kept), (*gone, *unknown.removed))


def _person(form: FormReader, opened: Opened) -> Person:
    person, offers = opened.view.person, opened.offers
    texts = {key: form.text(key) for key in (*TEXTS, *CODES)}
    countries = {key: form.code(key, "countries", offers.countries) for key in COUNTRIES}
    days = {key: form.day(key) for key in DAYS}
    birth = form.birth("birth", person.birth)
    changed = replace(
        person,
        **texts,  # type: ignore[arg-type]
        **countries,  # type: ignore[arg-type]
        **days,  # type: ignore[arg-type]
        birth_precision=birth.precision,
        birth_earliest=birth.earliest,
        birth_latest=birth.latest,
        birth_said=birth.said,
        birth_as_of=birth.as_of,
        nationalities=form.codes("nationalities", "countries", offers.countries),
        languages=form.codes("languages", "languages", offers.languages),
    )
    return moved(person, changed)


def _at_the_border(form: FormReader, opened: Opened, person: Person, today: date) -> Person:
    """A new border status without a day is of today. No day before a newer one that is noted: the newest is the status."""
    before, events = opened.view.person, opened.view.border_events
    if (before.border_status, before.border_status_on) == (person.border_status, person.border_status_on):
        return person
    if person.border_status and person.border_status_on is None and not form.raw("border_status_on"):
        person = replace(person, border_status_on=today)
    changed = before.border_status != person.border_status
    newest = events[0].happened_on if events else before.border_status_on if changed else None
    if person.border_status and newest and person.border_status_on and person.border_status_on < newest:
        form.wrong(
            "border_status_on",
            _("Something newer is noted, of {day}. Add older days under “At the border, by day”.").format(
                day=day_text(newest)
            ),
        )
    return person


def _names(form: FormReader, person: Person) -> list[PersonName]:
    made = []
    for row in form.rows("names"):
        if row.empty("kind", "text"):
            continue
        kind = row.needed("kind", _("Say what kind of name this is."))
        text = row.needed("text", _("Write the name, or remove the row."))
        made.append(PersonName(id=row.raw("id") or new_id(), person_id=person.id, kind=kind, text=text))
    return made


def _phones(form: FormReader, person: Person) -> list[PersonPhone]:
    return [
        PersonPhone(
            id=row.raw("id") or new_id(),
            person_id=person.id,
            phone_no=row.needed("phone_no", _("Write the number, or remove the row.")),
            whose=row.text("whose"),
        )
        for row in form.rows("phones")
        if not row.empty("phone_no", "whose")
    ]


def _documents(form: FormReader, opened: Opened) -> list[IdentityDocument]:
    made = []
    for row in form.rows("documents"):
        if row.empty("kind", "document_no", "issuer", "state", "name_as_written", *_PAPER_DAYS):
            continue
        made.append(
            IdentityDocument(
                id=row.raw("id") or new_id(),
                person_id=opened.view.person.id,
                kind=row.needed("kind", _("Say what kind of paper this is.")),
                document_no=row.text("document_no"),
                issuer=row.code("issuer", "countries", opened.offers.countries),
                state=row.needed("state", _("Say what became of this paper.")),
                name_as_written=row.text("name_as_written"),
                **{key: row.day(key) for key in _PAPER_DAYS},
            )
        )
    return made
