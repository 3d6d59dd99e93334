"""The form of a household's facts: its values out of a record, and the household out of its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from panoh.domain.household import Household
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.services.registration import MOST_TEXT
from panoh.ui.form_reader import Edit, FormReader
from panoh.ui.person.fields import Values
from panoh.ui.widgets.control_values import UNKNOWN

TEXTS = ("address_before", "phone")
CODES = ("site_id", "shelter", "house_burnt", "notice_read")
KEYS = (*TEXTS, *CODES, "language")
MAY_BE_UNKNOWN = ("address_before", "phone", "shelter", "house_burnt", "notice_read", "language")


def values_of(opened: Opened) -> Values:
    """What stands in the form before anyone changes it; nothing for someone without a household."""
    household = opened.view.household or Household(id="")
    values: Values = {key: getattr(household, key) for key in KEYS}
    for entry in opened.unanswered:
        if entry.record_id == household.id and entry.field in MAY_BE_UNKNOWN and not values[entry.field]:
            values[entry.field] = UNKNOWN + entry.answer
    return values


def edit_of(desk: Desk, opened: Opened, values: Values) -> Edit:
    """The records that these values make; raises FormProblems."""
    household = opened.view.household
    if household is None:
        return Edit()
    form = FormReader(desk, values)
    told: dict[str, Any] = {key: form.text(key, MOST_TEXT) for key in TEXTS}
    told |= {key: form.text(key) for key in CODES}
    language = form.code("language", "languages", opened.offers.languages)
    unknown = form.unanswered(household.id, opened.unanswered, {key: key for key in MAY_BE_UNKNOWN})
    form.finish()
    return Edit((replace(household, **told, language=language), *unknown.kept), unknown.removed)
