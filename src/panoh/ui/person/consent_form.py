"""The form of 'Consent': one answer for each purpose and recipient, and how the answers changed now were given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.consent import Consent
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_reader import Edit, FormReader, day_text
from panoh.ui.person.fields import Values

YES, NO, WITHDRAWN = "yes", "no", "withdrawn"
BESIDE = ("expires_on", "notice_read", "language", "interpreter", "witness", "assent")  # what is said beside an answer


def key_of(purpose: str, recipient: str) -> str:
    """The field of one answer."""
    return f"{purpose}|{recipient}"


def answer_of(consent: Consent | None) -> str:
    """'yes', 'no', 'withdrawn', or '' while it was not asked."""
    if consent is None:
        return ""
    return WITHDRAWN if consent.withdrawn_on else consent.answer


def known_answers(opened: Opened) -> dict[str, Consent]:
    """The answers recorded, by field."""
    return {key_of(consent.purpose, consent.recipient): consent for consent in opened.view.consents}


def values_of(desk: Desk, opened: Opened) -> Values:
    """What stands in the form before anyone changes it: given today, by the person, spoken."""
    known = known_answers(opened)
    keys = [
        key_of(purpose.code, recipient.code)
        for purpose in desk.vocabularies["purpose"].offers()
        for recipient in desk.vocabularies["recipient"].offers()
    ]
    values: Values = {key: answer_of(known.get(key)) for key in keys}
    return (
        values
        | dict.fromkeys(BESIDE, "")
        | {
            "given_by": "self",
            "how": "spoken",
            "given_on": day_text(desk.clock.today()),
        }
    )


def _beside(form: FormReader, opened: Opened) -> dict[str, Any]:
    """What was said beside the answers: until when, in which language, through and before whom."""
    expires_on = form.day("expires_on", ahead=True)
    return {
        "expires_on": expires_on,
        "notice_read": form.text("notice_read"),
        "language": form.code("language", "languages", opened.offers.languages),
        "interpreter": form.text("interpreter"),
        "witness": form.text("witness"),
        "assent": form.text("assent"),
    }


def edit_of(desk: Desk, opened: Opened, values: Values) -> Edit:
    """The answers that changed; raises FormProblems."""
    form, before, known = FormReader(desk, values), values_of(desk, opened), known_answers(opened)
    given_by = form.needed("given_by", _("Say who gave these answers."))
    how = form.needed("how", _("Say how these answers were given."))
    given_on = form.day("given_on")
    if given_on is None and not form.raw("given_on"):
        form.wrong("given_on", _("Say on which day these answers were given."))
    beside = _beside(form, opened)
    made = []
    for key, answer in values.items():
        purpose, mark, recipient = key.partition("|")
        if not mark or answer == before.get(key, ""):
            continue
        new = known.get(key) or Consent(
            id=new_id(), person_id=opened.view.person.id, purpose=purpose, recipient=recipient
        )
        if answer == WITHDRAWN:
            if new.answer != YES:
                form.wrong(key, _("Only a yes can be withdrawn: choose No."))
            made.append(replace(new, withdrawn_on=given_on))
        elif answer:
            told = replace(new, answer=answer, given_by=given_by, how=how, given_on=given_on, withdrawn_on=None)
            made.append(replace(told, **beside))
        else:
            made.append(Consent(id=new.id, person_id=new.person_id, purpose=purpose, recipient=recipient))
    if not made and any(form.raw(key) for key in BESIDE):
        form.wrong("how", _("This holds for answers that you change now. Choose an answer below first."))
    form.finish()
    return Edit(tuple(made))
