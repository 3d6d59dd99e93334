"""What stands in the form of a tracing request, as the fields of its record; what cannot be kept is told at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from panoh.base.errors import FieldProblem
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import DAY, UNKNOWN, PartialDate, parse_date
from panoh.domain.names import split_full_name
from panoh.domain.tracing import TracingRequest
from panoh.ui.tracing.request_fields import NOT_ASKED, WHO
from panoh.ui.widgets.choices import Choice

ANSWERS = ("origin", "separated_where", "last_seen")  # fields that may hold one of the four unknowns
PLAIN = ("contact", "nickname", "marks", "clothes", "phone", "document_no", "last_seen_with")
LISTS = ("relatives", "other_names")
CHOICES = (
    "relation", "sex", "separation_cause", "consent_by", "consent_how", "consent_to_show", "consent_to_publish",
)  # fmt: skip
DAYS = ("last_seen_on", "consent_on")
WISHES = ("in_contact", "wishes_contact", "wishes_reunion")
_MOST_SOUGHT = 99


class RequestReader:
    """Reads controls by key; `problems` are what was found on the way."""

    def __init__(self, controls: Mapping[str, Any], today: date, languages: Sequence[Choice]) -> None:
        self.problems: list[FieldProblem] = []
        self._controls, self._today = controls, today
        self._languages = {word.casefold(): code for code, word in languages}

    def request(self, before: TracingRequest, asker: tuple[str, str], *, child: bool) -> TracingRequest:
        """The request as it stands, who asks as (id, name); what a child wishes only where it is asked."""
        person_id, name = asker
        sought = self._text("sought")
        if not name:
            self._wrong(WHO, _("Say who asks: choose a person or type a name"))
        if not sought and not self._text("nickname"):
            self._wrong("sought", _("Say whom they look for: one name is enough"))
        birth = self._birth()
        texts: dict[str, Any] = {key: self._controls[key].answer() for key in ANSWERS}
        texts |= {key: self._text(key) for key in PLAIN}
        texts |= {key: self._controls[key].value() for key in CHOICES}
        texts |= {key: _several(self._text(key)) for key in LISTS}
        texts |= {key: self._day(key) for key in DAYS}
        texts |= self._wishes() if child else {}
        if sought != before.full_name:  # a name that was not touched keeps the parts in which it is recorded
            split = split_full_name(sought)
            texts |= {"given_name": split.given, "family_name": split.family, "patronymic": split.patronymic}
        consent = self._controls["consent_to_trace"].value().replace(NOT_ASKED, "")
        if consent and consent != before.consent_to_trace:  # said now, unless another day stands there
            texts["consent_on"] = texts["consent_on"] or self._today
        return replace(
            before,
            inquirer_id=person_id,
            inquirer_name="" if person_id else name,
            birth_precision=birth.precision,
            birth_earliest=birth.earliest,
            birth_latest=birth.latest,
            birth_said=birth.said,
            birth_as_of=birth.as_of,
            separated_on=self._separated_on(),
            languages=self._codes(before.languages),
            consent_to_trace=consent,
            **texts,
        )

    # --- fields -------------------------------------------------------------------------------------------------------

    def _text(self, key: str) -> str:
        text: str = self._controls[key].text()
        return text.strip()

    def _wrong(self, key: str, words: str) -> None:
        self.problems.append(FieldProblem(key, words))

    def _birth(self) -> PartialDate:
        try:
            told: PartialDate = self._controls["birth"].value()
        except FieldProblem as problem:
            self._wrong("birth", problem.text)
            return PartialDate()
        return told

    def _separated_on(self) -> date | None:
        """The day of the parting. A month or a year alone is no day, and none is invented."""
        try:
            told = self._controls["separated_on"].value()
        except FieldProblem as problem:
            self._wrong("separated_on", problem.text)
            return None
        if told.precision not in (DAY, UNKNOWN) or (told.precision == UNKNOWN and told.said):
            words = _("Give the day, or leave it empty and write what is known under “Where”: a day is never guessed")
            self._wrong("separated_on", words)
            return None
        return told.earliest if isinstance(told.earliest, date) else None

    def _day(self, key: str) -> date | None:
        text = self._text(key)
        if not text:
            return None
        try:
            told = parse_date(text, self._today)
        except FieldProblem as problem:
            self._wrong(key, problem.text)
            return None
        if told.precision != DAY:
            self._wrong(key, _("Write a day, for example {day}.").format(day=day(self._today)))
            return None
        return told.earliest

    def _codes(self, known: tuple[str, ...]) -> tuple[str, ...]:
        """Languages by their words. One of before that the list does not offer stands there as its code."""
        found: list[str] = []
        for word in _several(self._text("languages")):
            code = self._languages.get(word.casefold(), word if word in known else "")
            if code:
                found.append(code)
            else:
                self._wrong("languages", _("“{text}” is not in the list.").format(text=word))
        return tuple(dict.fromkeys(found))

    def _wishes(self) -> dict[str, Any]:
        order = self._text("wish_order")
        if order and not (order.isdecimal() and 1 <= int(order) <= _MOST_SOUGHT):
            self._wrong("wish_order", _("Write a number: 1 for whom to find first"))
            order = ""
        wishes = {key: self._controls[key].value() for key in WISHES}
        return {**wishes, "wish_order": int(order) if order else None, "wish_why": self._text("wish_why")}


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
