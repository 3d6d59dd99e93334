"""The form of 'Case': the decision asked, the ways out, what was done, the person's wish."""

from __future__ import annotations

from dataclasses import replace

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.cases import Case, CaseAction, CaseOption
from panoh.domain.records import Record
from panoh.services import cases
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_reader import Edit, FormReader, day_text, moment_texts
from panoh.ui.person.fields import Values

MOST_IN_QUESTION = 160
LETTERS = "ABCDEF"
TEXTS = ("question", "without_answer", "recommendation", "recommended_option", "wish", "child_view")


def values_of(opened: Opened) -> Values:
    """What stands in the form before anyone changes it."""
    view = opened.view
    case = view.case or Case(id="", person_id=view.person.id)
    values: Values = {key: getattr(case, key) for key in TEXTS}
    values["answer_day"], values["answer_time"] = moment_texts(case.answer_by)
    values["review_on"] = day_text(case.review_on)
    values["options"] = [
        {"id": option.id, "what": option.what, "consequence": option.consequence, "ready": option.ready}
        for option in sorted(view.options, key=lambda option: option.letter)
    ]
    values["actions"] = [
        {"id": action.id, "done_on": day_text(action.done_on), "what": action.what, "result": action.result}
        for action in sorted(view.actions, key=lambda action: action.done_on)
    ]
    return values


def edit_of(desk: Desk, opened: Opened, values: Values) -> Edit:
    """The records that these values make; raises FormProblems. A case that was not opened yet is opened."""
    view, form = opened.view, FormReader(desk, values)
    known = view.case or cases.case_or_new(desk, view.person.id)
    texts = {key: form.text(key) for key in TEXTS if key != "question"}
    case = replace(
        known,
        question=form.text("question", MOST_IN_QUESTION),
        **texts,  # type: ignore[arg-type]
        answer_by=form.moment("answer_day", "answer_time"),
        review_on=form.day("review_on", ahead=True),
    )
    options = _options(form, case)
    actions = _actions(form, case)
    if case.recommended_option and case.recommended_option not in [option.letter for option in options]:
        form.wrong("recommended_option", _("There is no option {letter}.").format(letter=case.recommended_option))
    form.finish()
    kept_ids = {option.id for option in options} | {action.id for action in actions}
    rows: list[Record] = [*view.options, *view.actions]
    return Edit((case, *options, *actions), tuple(row for row in rows if row.id not in kept_ids))


def _options(form: FormReader, case: Case) -> list[CaseOption]:
    rows = [row for row in form.rows("options") if not row.empty("what", "consequence", "ready")]
    if len(rows) > len(LETTERS):
        rows[len(LETTERS)].wrong(
            "what", _("At most {n} options: leave out those nobody would choose.").format(n=len(LETTERS))
        )
    return [
        CaseOption(
            id=row.raw("id") or new_id(),
            case_id=case.id,
            letter=letter,
            what=row.needed("what", _("Say what this option is.")),
            consequence=row.text("consequence"),
            ready=row.text("ready"),
        )
        for letter, row in zip(LETTERS, rows, strict=False)
    ]


def _actions(form: FormReader, case: Case) -> list[CaseAction]:
    made = []
    for row in form.rows("actions"):
        if row.empty("done_on", "what", "result"):
            continue
        done_on = row.day("done_on")
        if done_on is None and not row.raw("done_on"):
            row.wrong("done_on", _("Say on which day this was done."))
        what = row.needed("what", _("Say what was done."))
        if done_on is not None:
            made.append(
                CaseAction(
                    id=row.raw("id") or new_id(), case_id=case.id, done_on=done_on, what=what, result=row.text("result")
                )
            )
    return made
