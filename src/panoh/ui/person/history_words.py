"""The journal of a record in words: what was changed, and the values before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from panoh.base.i18n import N_, day, moment
from panoh.base.i18n import gettext as _
from panoh.services.desk import Desk
from panoh.services.people import Happened

_RECORDS = {
    "Person": N_("Person"), "PersonName": N_("Other name"), "IdentityDocument": N_("Paper"), "SpecificNeed": N_("Need"),
    "RefoulementAssessment": N_("Refoulement assessment"), "Consent": N_("Consent"), "Case": N_("Case"),
    "CaseOption": N_("Option"), "CaseAction": N_("Step done"), "Note": N_("Note"), "Task": N_("Task"),
    "Household": N_("Household"),
}  # fmt: skip
_DONE = {
    "made": N_("{record} recorded"), "removed": N_("{record} taken away"), "read": N_("{record} read"),
    "exported": N_("{record} given out"),
}  # fmt: skip
# Each field: how it is called, and the code list that its values come from ('' for plain values).
_FIELDS: dict[str, tuple[str, str]] = {
    "given_name": (N_("given name"), ""), "family_name": (N_("family name"), ""),
    "patronymic": (N_("father's name"), ""), "sex": (N_("sex"), "sex"),
    "birth_said": (N_("birth, as said"), ""), "birth_earliest": (N_("birth, not before"), ""),
    "birth_latest": (N_("birth, not after"), ""), "birth_precision": (N_("birth, how exact"), "precision"),
    "birth_as_of": (N_("age told on"), ""), "birth_basis": (N_("birth, where from"), "birth_basis"),
    "origin": (N_("place before the flight"), ""), "arrival_on": (N_("arrived on"), ""), "phone": (N_("phone"), ""),
    "nationalities": (N_("nationalities"), "country"), "languages": (N_("languages"), "languages"),
    "legal_status": (N_("legal status"), "legal_status"), "fled_from": (N_("country that this flight left"), "country"),
    "country_now": (N_("country now"), "country"), "intends_to_go": (N_("intends to go to"), "country"),
    "border_status": (N_("at the border"), "border_status"), "border_status_on": (N_("at the border since"), ""),
    "presence": (N_("where the person is"), "presence"), "presence_since": (N_("there since"), ""),
    "disappeared_on": (N_("disappeared on"), ""), "care": (N_("who cares for this child"), "care"),
    "urgent": (N_("urgent health or safety"), "yes_no"), "interviewed_alone_on": (N_("interviewed alone on"), ""),
    "relation": (N_("in the family"), "relation"), "kind": (N_("kind"), "kind"), "text": (N_("text"), ""),
    "document_no": (N_("number"), ""), "issuer": (N_("issued by"), "country"), "state": (N_("state"), "document_state"),
    "noted_on": (N_("noted on"), ""), "code": (N_("need"), "need"), "status": (N_("status"), "need_status"),
    "source": (N_("where this comes from"), "source"), "event_on": (N_("happened on"), ""),
    "due_on": (N_("birth expected on"), ""), "care_refused": (N_("care declined"), "yes_no"),
    "noticed_at": (N_("noticed"), ""), "feared_country": (N_("feared country"), "country"),
    "hiding_from": (N_("in hiding"), "hiding"), "extradition": (N_("handing over asked"), "yes_no"),
    "named_on_list": (N_("named on a list"), "yes_no"), "approached_by_agents": (N_("approached by agents"), "yes_no"),
    "return_threatened_on": (N_("return threatened for"), ""), "lawyer_or_access": (N_("lawyer or access"), "yes_no"),
    "recognised_by": (N_("recognised by"), "country"), "recognised_country": (N_("recognised in"), "country"),
    "recognised_year": (N_("year of recognition"), ""), "recognition_no": (N_("file number"), ""),
    "recognition_valid": (N_("recognition still valid"), "yes_no"), "sure": (N_("how sure"), "sure"),
    "resettlement_pending": (N_("resettlement pending"), "yes_no"), "claim_stage": (N_("asylum claim"), "claim_stage"),
    "asked_at": (N_("asked"), ""), "purpose": (N_("purpose"), "purpose"), "recipient": (N_("recipient"), "recipient"),
    "answer": (N_("answer"), "yes_no"), "given_by": (N_("given by"), "consent_by"), "how": (N_("how"), "consent_how"),
    "given_on": (N_("given on"), ""), "withdrawn_on": (N_("withdrawn on"), ""), "owner_id": (N_("owner"), "user"),
    "question": (N_("decision asked"), ""), "answer_by": (N_("answer by"), ""),
    "without_answer": (N_("without an answer"), ""), "recommendation": (N_("recommendation"), ""),
    "recommended_option": (N_("recommended option"), ""), "wish": (N_("wish"), ""),
    "child_view": (N_("child's view"), ""),
    "review_on": (N_("review on"), ""), "letter": (N_("letter"), ""), "what": (N_("what"), ""),
    "consequence": (N_("what follows"), ""), "ready": (N_("what is ready"), ""), "done_on": (N_("done on"), ""),
    "result": (N_("result"), ""), "due_at": (N_("due"), ""), "done_at": (N_("done"), ""), "number": (N_("number"), ""),
    "author_id": (N_("author"), "user"), "opened_at": (N_("opened"), ""),
    "household_id": (N_("household"), "place"), "site_id": (N_("where they stay"), "place"),
    "address_before": (N_("address before"), ""), "shelter": (N_("shelter"), "shelter"),
    "house_burnt": (N_("house burnt"), "yes_no"), "language": (N_("language"), "languages"),
    "notice_read": (N_("notice read"), "yes_no"),
}  # fmt: skip
_ANSWERS = {"yes": N_("yes"), "no": N_("no"), "none": N_("none"), True: N_("yes"), False: N_("no"), "UNHCR": "UNHCR"}
_PRECISIONS = {"day": N_("day"), "month": N_("month"), "year": N_("year"), "age": N_("age"), "range": N_("range")}
_PLACES = ("household_id", "site_id")
_KINDS = {"PersonName": "name_kind", "IdentityDocument": "document_kind"}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal in words."""

    key: str
    when: str
    who: str
    what: str
    values: str
    spoken: str


def places_in(entries: Iterable[Happened]) -> set[str]:
    """The ids of households and sites that these entries tell of."""
    found: set[str] = set()
    for entry in entries:
        told = [{entry.field: entry.old}, {entry.field: entry.new}] if entry.field else [entry.old, entry.new]
        for image in told:
            if isinstance(image, dict):
                found |= {str(image[name]) for name in _PLACES if image.get(name)}
    return found


class HistoryWords:
    """Puts journal entries into words, with names of users by id, and what households and sites are called by theirs."""

    def __init__(self, desk: Desk, user_names: dict[str, str], places: dict[str, str]) -> None:
        self._desk, self._user_names, self._places = desk, user_names, places

    def change(self, entry: Happened) -> Change:
        """One entry."""
        record = _(_RECORDS.get(entry.record_class, entry.record_class))
        if entry.field:
            what = _("{record}: {field}").format(record=record, field=self.field(entry.field))
            old, new = (self.value(entry.record_class, entry.field, value) for value in (entry.old, entry.new))
            values = _("{old} → {new}").format(old=old, new=new)
            heard = _("{old} became {new}").format(old=old, new=new)
        else:
            what = _(_DONE.get(entry.change, "{record}")).format(record=record)
            values = heard = self._image(entry)
        who, when = self._user_names.get(entry.actor, _("Panoh")), moment(entry.at)
        return Change(
            str(entry.seq), when, who, what, values, ", ".join(part for part in (when, who, what, heard) if part)
        )

    def field(self, name: str) -> str:
        """A field's name in words."""
        return _(_FIELDS[name][0]) if name in _FIELDS else name

    def value(self, record_class: str, field: str, value: Any) -> str:
        """A value in words; '—' for nothing."""
        if value in (None, "", []):
            return "—"
        code_list = _FIELDS.get(field, ("", ""))[1]
        if isinstance(value, list):
            return ", ".join(self._word(record_class, code_list, one) for one in value)
        return self._word(record_class, code_list, value)

    def _word(self, record_class: str, code_list: str, value: Any) -> str:
        if code_list == "yes_no" or value in ("none", "UNHCR", True, False):
            return _(_ANSWERS.get(value, str(value)))
        if code_list == "place":
            return self._places.get(value, "") or _("one that is gone")
        if code_list == "user":
            return self._user_names.get(value, _("someone"))
        if code_list == "precision":
            return _(_PRECISIONS.get(value, ""))
        if code_list:
            return self._desk.name_of(_KINDS.get(record_class, "") if code_list == "kind" else code_list, value)
        return _plain(value)

    def _image(self, entry: Happened) -> str:
        image = entry.new if isinstance(entry.new, dict) else entry.old if isinstance(entry.old, dict) else {}
        told = [
            _("{field}: {value}").format(field=self.field(name), value=self.value(entry.record_class, name, value))
            for name, value in image.items()
            if name in _FIELDS and value not in (None, "", [], False)
        ]
        return "; ".join(told)


def _plain(value: Any) -> str:
    """A text as it is; a day or moment with the month in letters."""
    if not isinstance(value, str) or not value[:4].isdecimal():
        return str(value)
    try:
        return day(date.fromisoformat(value)) if len(value) == 10 else moment(datetime.fromisoformat(value))
    except ValueError:
        return value
