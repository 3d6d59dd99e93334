"""The form of 'Needs and risk': needs, the urgent question and the refoulement assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.needs import NOT_APPLICABLE, NOTICED, SpecificNeed, overlapping
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_reader import Edit, FormReader, day_text
from panoh.ui.person.fields import Values
from panoh.ui.widgets.control_values import UNKNOWN

ALONE = "interviewed_alone_on"
FEARED = "feared_country"
YES_NO = (
    "extradition", "named_on_list", "approached_by_agents", "lawyer_or_access",
    "recognition_valid", "resettlement_pending",
)  # fmt: skip
ASSESSED = (
    FEARED,
    "hiding_from",
    *YES_NO,
    "claim_stage",
    "recognised_by",
    "recognised_country",
    "recognition_no",
    "source",
    "sure",
)
MAY_BE_UNKNOWN = (FEARED, "hiding_from", *YES_NO, "claim_stage", "recognised_by")
_COUNTRIES = (FEARED, "recognised_by", "recognised_country")
_OF_NEED = ("status", "source", "event_on", "due_on", "care_refused", "severity", "until", "note", "review_why")
ALL_ASSESSED = (*ASSESSED, "return_threatened_on", "recognised_year")


def values_of(opened: Opened) -> Values:
    """What stands in the form before anyone changes it; without the assessment for those who may not see it."""
    view = opened.view
    values: Values = {"urgent": view.person.urgent, ALONE: day_text(view.person.interviewed_alone_on)}
    values["needs"] = [
        {
            "id": need.id,
            "code": need.code,
            "status": need.status,
            "source": need.source,
            "event_on": day_text(need.event_on),
            "due_on": day_text(need.due_on),
            "care_refused": "yes" if need.care_refused else "",
            "severity": need.severity,
            "until": day_text(need.until),
            "note": need.note,
            "review_why": need.review_why,
        }
        for need in view.needs
    ]
    if view.may_see_restricted:
        values |= _assessed(opened)
    return values


def _assessed(opened: Opened) -> Values:
    known = opened.view.assessment or RefoulementAssessment(id="", person_id=opened.view.person.id)
    values: Values = {key: getattr(known, key) for key in ASSESSED}
    values["return_threatened_on"] = day_text(known.return_threatened_on)
    values["recognised_year"] = str(known.recognised_year or "")
    for entry in opened.unanswered:
        if entry.record_id == known.id and entry.field in MAY_BE_UNKNOWN and not values[entry.field]:
            values[entry.field] = UNKNOWN + entry.answer
    return values


def edit_of(desk: Desk, opened: Opened, values: Values) -> Edit:
    """The records that these values make; raises FormProblems."""
    view, form = opened.view, FormReader(desk, values)
    person = replace(view.person, urgent=form.text("urgent"), interviewed_alone_on=form.day(ALONE))
    needs = _needs(form, desk, opened)
    assessment = _assessment(form, desk, opened, values) if view.may_see_restricted else Edit()
    form.finish()
    return Edit((person, *needs, *assessment.kept), assessment.removed)


def _needs(form: FormReader, desk: Desk, opened: Opened) -> list[SpecificNeed]:
    known = {need.id: need for need in opened.view.needs}
    made: list[SpecificNeed] = []
    for row in form.rows("needs"):
        code = row.code("code", "specific_needs")
        if not code and row.empty("code", *_OF_NEED):
            continue
        if not code and row.raw("code") == "":
            row.wrong("code", _("Say which need this is: a code or a part of its words."))
        before = known.get(row.raw("id"))
        new = before or SpecificNeed(
            id=new_id(), person_id=opened.view.person.id, code=code, noticed_at=desk.clock.now()
        )
        need = _read(row, new)
        made.append(need)
        _check(row, need, before, [*(one for one in known.values() if one.id != need.id), *made])
    return made


def _read(row: FormReader, before: SpecificNeed) -> SpecificNeed:
    return replace(
        before,
        status=row.text("status") or NOTICED,
        source=row.text("source"),
        event_on=row.day("event_on"),
        due_on=row.day("due_on", ahead=True),
        care_refused=row.raw("care_refused") == "yes",
        severity=row.text("severity"),
        until=row.day("until", ahead=True),
        note=row.text("note"),
        review_why=row.text("review_why"),
    )


def _check(row: FormReader, need: SpecificNeed, before: SpecificNeed | None, others: Sequence[SpecificNeed]) -> None:
    """One need of a code stands at a time; one that is struck out says why."""
    if not (before is not None and before.stands) and overlapping(need, others):
        words = _("This need is recorded already: change its row instead.")
        row.wrong("code" if before is None else "status", words)
    struck_out = need.status == NOT_APPLICABLE and (before is None or before.status != NOT_APPLICABLE)
    if struck_out and not need.review_why:
        row.wrong("review_why", _("Say why it does not apply: the reason stays in the record."))


def _assessment(form: FormReader, desk: Desk, opened: Opened, values: Values) -> Edit:
    """The assessment, its time of asking set anew when anything in it changed; none while nothing was ever answered."""
    before = _assessed(opened)
    if all(values.get(key, "") == before[key] for key in ALL_ASSESSED):
        return Edit()
    known = opened.view.assessment
    new = known or RefoulementAssessment(id=new_id(), person_id=opened.view.person.id)
    countries = opened.offers.countries
    answers: dict[str, Any] = {
        key: form.code(key, "countries", countries) if key in _COUNTRIES else form.text(key) for key in ASSESSED
    }
    made = replace(
        new,
        **answers,
        return_threatened_on=form.day("return_threatened_on", ahead=True),
        recognised_year=form.year("recognised_year"),
        asked_at=desk.clock.now(),
    )
    unknown = form.unanswered(made.id, opened.unanswered, {key: key for key in MAY_BE_UNKNOWN})
    kept: tuple[Record, ...] = (made, *unknown.kept)
    return Edit(kept, unknown.removed)
