"""A supervisor's answer on a case summary, keyed back in by export number and check code.

Nothing about the person is told before both are right. The decision stands as an Approval with the number of the paper
and whoever signed it, marked as from paper; who keyed it in is told beside it. It counts as the second person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.access import CASEWORKER
from panoh.domain.cases import Case, CaseOption, Export, User
from panoh.domain.casework import Approval
from panoh.domain.lines import PersonLine
from panoh.domain.paper_answers import Typed, read_answer
from panoh.domain.person import Person
from panoh.services import shield
from panoh.services.approvals import OPEN, SHIELD
from panoh.services.asked_on_paper import asked_on_paper, question_of
from panoh.services.cases import case_of
from panoh.services.decisions import EFFECTS, YES, Verdict, decide_in, problems, undo_in
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known, told_line
from panoh.services.records import is_withheld
from panoh.services.summaries import ON_FILE, ON_PAPER
from panoh.services.verification_asking import CONTACT, warned
from panoh.services.verification_papers import SHEETS, verification_of
from panoh.store import history, lines
from panoh.store.tables import table
from panoh.store.units import Reading

QUESTION = ""  # what a paper answers unless something else is named: the question of the case, as it was printed
_LEAST_REASON = 3  # letters


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that was found, with what this user may know of it."""

    typed: Typed
    line: PersonLine
    made_at: datetime | None
    question: str = ""  # as it was printed; '' where the words of the case are withheld
    options: tuple[CaseOption, ...] = ()
    recommended: str = ""
    changed_since: bool = False  # question or options are not those of the paper any more
    waiting: tuple[Approval, ...] = ()  # what else waited when it was made, which it may answer
    answered: Approval | None = None  # keyed in already
    keyed_by: str = ""
    about: str = QUESTION  # what it asked: the question of the case, or the id of one of those that waited
    sheet: bool = False  # a verification sheet, whose digits are contact, ask again, not a match, discuss


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands on the paper, as it was keyed in."""

    code: str  # export number, check code and digit, as typed
    decision: str = ""  # vocab approval_decision, where the code holds no digit
    option: str = ""  # its letter
    instead: str = ""  # another level, or another reason of closing, than was asked
    words: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None  # None is now
    verdict_on: str = QUESTION  # the id of what it answers
    because: str = ""  # why an answer that stands is corrected
    review_on: date | None = None


def find(desk: Desk, code: str) -> Paper:
    """The paper of this number and check code.

    Raises AppError paper.unreadable, paper.no_number, paper.other_number, paper.check_code, paper.no_check_code,
    paper.check_unknown, paper.several, shield.withheld,
    record.not_found for a record that was set aside.
    """
    typed = _read(code)
    with desk.reading() as reading:
        export = _export(reading, typed)
        _require_there(desk, reading, export)
        withheld = is_withheld(desk, reading, export.person_id)
        answered = _answered(reading, export)
        sees_all = desk.may_see_restricted(reading.holder_of(export.person_id))
        if answered is not None and (withheld or (answered.kind == SHIELD and not sees_all)):
            answered = replace(answered, kind="", why="", words="", proposed="", decided_name="")
        names = {user.id: user.name for user in reading.all(User)}
        line = told_line(desk, lines.people_by_id(reading, [export.person_id])[export.person_id])
        keyed_by = names.get(answered.decided_by, "") if answered else ""
        if withheld:
            return Paper(typed, line, export.made_at, answered=answered, keyed_by=keyed_by)
        if export.kind in SHEETS:
            return _sheet(
                desk, reading, export, Paper(typed, line, export.made_at, answered=answered, keyed_by=keyed_by)
            )
        printed, waiting = _as_printed(reading, export), _waiting(desk, reading, export)
        asked = None if printed.question else _asked_in(reading, export)
        return Paper(
            typed, line, export.made_at, question_of(desk, asked) if asked else printed.question, printed.options,
            printed.recommended, printed.changed,
            tuple(one for one in waiting if one != _asked_too(reading, export, printed.question)),
            answered, keyed_by, asked.id if asked else QUESTION,
        )  # fmt: skip


def _sheet(desk: Desk, reading: Reading, export: Export, paper: Paper) -> Paper:
    """A verification sheet asks one thing: whether the two may speak with each other."""
    asked = paper.answered or _asked_on_sheet(reading, export)
    if asked is None:
        raise AppError("approval.decided")
    return replace(paper, question=question_of(desk, asked), about=asked.id, sheet=True)


def _asked_on_sheet(reading: Reading, export: Export) -> Approval | None:
    """What waits for the answer of this sheet: the question about its verification, and of no other."""
    one = verification_of(reading, export)
    if one is None:
        return None
    a = table(Approval).c
    found = reading.all(Approval, a.kind == CONTACT, a.proposed == one.id, a.decision.in_(OPEN))
    return max(found, key=lambda each: each.id, default=None)


def key_in(desk: Desk, answer: Answer) -> tuple[str, Changes]:
    """Keep what was decided on a paper, and do what follows from it; tells whose paper it was, and what was written.

    A paper that was answered is corrected with a reason, by whoever keyed it in or a supervisor; after "discuss" the
    answer follows without one. Raises FormProblems, AppError as `find` does, approval.own for a paper that the asker
    signed, access.denied, approval.done, and what the effect raises.
    """
    typed = _read(answer.code)
    with desk.writing() as unit:
        export = _export(unit, typed)
        _require_there(desk, unit, export)
        before = _answered(unit, export)
        printed = _as_printed(unit, export)
        about = before or _about(desk, unit, export, printed.question, answer.verdict_on)
        verdict = _verdict(desk, export, about, printed, typed, answer)
        if about.kind in EFFECTS and verdict.decision in YES and is_withheld(desk, unit, export.person_id):
            raise AppError("access.denied")  # nothing is lowered or closed by who may not read why it must not be
        if not desk.is_supervisor and verdict.decision in YES and warned(desk, unit, about):
            raise AppError("verification.supervisor")
        if about.asked_by and _same(answer.signed_by, unit.get(User, about.asked_by).name):
            raise AppError("approval.own")
        wrong = _incomplete(desk, export, answer, verdict) + problems(desk, unit, about, verdict)
        wrong += _no_supervisor(unit, answer.signed_by)
        wrong += _no_option(printed, about, verdict)
        if before is not None and before.decision not in OPEN:
            verdict = replace(verdict, note=_correction(desk, before, answer.because, wrong))
        if wrong:
            raise FormProblems(wrong)
        if before is not None:
            undo_in(desk, unit, before)
        if about.kind == "advice":  # the option that was chosen
            about = replace(about, id=about.id or new_id(), proposed=verdict.instead)
        decide_in(desk, unit, about, verdict)
        return export.person_id, Changes.of(unit)


# --- which paper ------------------------------------------------------------------------------------------------------


def _read(code: str) -> Typed:
    typed = read_answer(code)
    if typed is None:
        raise AppError("paper.unreadable")
    if not typed.check_code:
        raise AppError("paper.no_check_code")
    return typed


def _export(reading: Reading, typed: Typed) -> Export:
    """The paper, when number and check code belong together; what is wrong is told, and of whom it speaks is not."""
    e = table(Export).c
    papers = e.kind.in_((ON_FILE, ON_PAPER, *SHEETS))
    of_code = reading.all(Export, papers, e.check_code == typed.check_code)
    if not typed.export_no:
        if len(of_code) == 1:
            return of_code[0]
        raise AppError("paper.several" if of_code else "paper.check_unknown", check=typed.check_code)
    found = reading.first(Export, papers, e.export_no == typed.export_no)
    if found is None and len(of_code) == 1:
        raise AppError("paper.other_number", number=typed.export_no, check=typed.check_code, other=of_code[0].export_no)
    if found is None:
        raise AppError("paper.no_number", number=typed.export_no)
    if found.check_code != typed.check_code:
        raise AppError("paper.check_code", number=typed.export_no, check=typed.check_code)
    return found


def _require_there(desk: Desk, reading: Reading, export: Export) -> None:
    """Raise AppError for somebody who is masked for this user, or whose record was set aside."""
    require_known(desk, reading, export.person_id)
    if reading.get(Person, export.person_id).merged_into_id:
        raise AppError("record.not_found")


def _answered(reading: Reading, export: Export) -> Approval | None:
    a = table(Approval).c
    return reading.first(Approval, a.export_no == export.export_no, a.decision != "withdrawn")


def _waiting(desk: Desk, reading: Reading, export: Export) -> list[Approval]:
    """What waited about the person when the paper was made; a shield's removal for those who may know of it."""
    a = table(Approval).c
    found = reading.all(Approval, a.person_id == export.person_id, a.decision.in_(OPEN))
    if desk.may_see_restricted(reading.holder_of(export.person_id)):
        found += [one for one in shield.asked_off(desk, reading) if one.person_id == export.person_id]
    made = export.made_at
    return [one for one in found if made is None or one.asked_at is None or one.asked_at <= made]


def _about(desk: Desk, reading: Reading, export: Export, printed: str, wanted: str) -> Approval:
    """What the paper answers; the question of the case as it was printed, unless something else is named."""
    if export.kind in SHEETS:
        on_sheet = _asked_on_sheet(reading, export)
        if on_sheet is None:
            raise AppError("approval.decided")
        return on_sheet
    if wanted == QUESTION and (asked := None if printed else _asked_in(reading, export)) is not None:
        wanted = asked.id  # should it wait no more, then the paper decides nothing else in its place
    if wanted == QUESTION:
        asked = _asked_too(reading, export, printed)
        if asked is not None:
            return asked
        asked_by = reading.holder_of(export.person_id) or export.made_by
        return Approval(
            id=QUESTION, person_id=export.person_id, kind="advice", asked_by=asked_by, asked_at=export.made_at,
            why=printed,
        )  # fmt: skip
    found = next((one for one in _waiting(desk, reading, export) if one.id == wanted), None)
    if found is None:
        raise AppError("approval.decided")
    return found


def _asked_in(reading: Reading, export: Export) -> Approval | None:
    """What the paper asked where the case had no question of its own, whether or not it waits still."""
    a, made = table(Approval).c, export.made_at
    found = reading.all(Approval, a.person_id == export.person_id)
    if made is not None:
        found = [one for one in found if one.asked_at is not None and one.asked_at <= made]
        found = [one for one in found if one.decision in OPEN or (one.decided_at is not None and one.decided_at > made)]
    return asked_on_paper(found)


def _asked_too(reading: Reading, export: Export, question: str) -> Approval | None:
    """The same question, where somebody asked it on the screen as well before the paper was made: one answer is enough."""
    a = table(Approval).c
    same = reading.all(
        Approval, a.person_id == export.person_id, a.kind == "advice", a.decision.in_(OPEN), a.why == question
    )
    made = export.made_at
    return next(
        (one for one in same if question and (made is None or one.asked_at is None or one.asked_at <= made)), None
    )


# --- what it said -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Printed:
    question: str
    recommended: str
    options: tuple[CaseOption, ...]
    changed: bool


def _as_printed(reading: Reading, export: Export) -> _Printed:
    """Question, recommendation and options as they stood when the paper was made, walked back in the journal."""
    case = None if export.kind in SHEETS else case_of(reading, export.person_id)
    if case is None:
        return _Printed("", "", (), changed=False)
    options = {one.id: one for one in reading.all(CaseOption, table(CaseOption).c.case_id == case.id)}
    removed = history.page(
        reading, history.Wanted(record_class=CaseOption.__name__, change="removed", since=export.made_at), 0, -1
    )
    gone = [entry.record_id for entry in removed if isinstance(entry.old, dict) and entry.old.get("case_id") == case.id]
    texts = {"question": case.question, "recommended_option": case.recommended_option}
    changed = False
    for entry in history.of_records(reading, [case.id, *options, *gone], limit=-1):  # the newest first
        if export.made_at is None or entry.at <= export.made_at:
            break
        if entry.record_class == Case.__name__ and entry.field in texts:
            texts[entry.field], changed = entry.old or "", True
        elif entry.record_class == CaseOption.__name__:
            _step_back(options, entry)
            changed = True
    told = tuple(sorted(options.values(), key=lambda one: one.letter))
    return _Printed(texts["question"], texts["recommended_option"], told, changed)


def _step_back(options: dict[str, CaseOption], entry: history.Happened) -> None:
    """The options as they stood before this entry of the journal."""
    if entry.change == "removed" and isinstance(entry.old, dict):
        options[entry.record_id] = CaseOption(**entry.old)
    elif not entry.field:
        options.pop(entry.record_id, None)
    elif entry.record_id in options:
        options[entry.record_id] = replace(options[entry.record_id], **{entry.field: entry.old or ""})


def _verdict(desk: Desk, export: Export, about: Approval, printed: _Printed, typed: Typed, answer: Answer) -> Verdict:
    """The decision; where it answers the question, with the option that was chosen in words."""
    decision = answer.decision or typed.decision
    option = answer.option or (typed.option if decision == typed.decision else "")
    words = answer.words.strip()
    if about.kind == "advice":
        option = option or (printed.recommended if decision == "approve" else "")
        what = next((one.what for one in printed.options if one.letter == option), "")
        said = _("{letter}: {what}").format(letter=option, what=what) if what else ""
        words = "\n".join(part for part in (said, words) if part)
    return Verdict(
        decision=decision,
        words=words,
        instead=option if about.kind == "advice" else answer.instead,
        review_on=answer.review_on,
        export_no=export.export_no,
        signed_by=answer.signed_by,
        signed_at=answer.signed_at or desk.believed.now(),
    )


def _incomplete(desk: Desk, export: Export, answer: Answer, verdict: Verdict) -> list[FieldProblem]:
    wrong = []
    if not answer.signed_by.strip():
        wrong.append(FieldProblem("signed_by", _("Write who signed, as it stands on the paper.")))
    if answer.signed_at is not None and answer.signed_at > desk.believed.now():
        wrong.append(FieldProblem("signed_on", _("This is still to come.")))
    made = export.made_at
    if answer.signed_at is not None and made is not None and answer.signed_at < made.replace(second=0, microsecond=0):
        wrong.append(
            FieldProblem("signed_on", _("The paper was made on {day}, after that.").format(day=day(made.date())))
        )
    if verdict.instead and verdict.decision not in YES:
        wrong.append(FieldProblem("option", _("An option goes with approve or amend.")))
    return wrong


def _no_supervisor(reading: Reading, name: str) -> list[FieldProblem]:
    """Somebody signed who is no supervisor in this vault; of a name that is no user's nothing is known."""
    caseworkers = reading.all(User, table(User).c.role == CASEWORKER)
    if not any(user.left_on is None and _same(user.name, name) for user in caseworkers):
        return []
    return [FieldProblem("signed_by", _("This is a caseworker here: a supervisor signs."))]


def _no_option(printed: _Printed, about: Approval, verdict: Verdict) -> list[FieldProblem]:
    """A letter that the paper does not have."""
    if about.kind != "advice" or not verdict.instead:
        return []
    if verdict.instead in {one.letter for one in printed.options}:
        return []
    return [FieldProblem("option", _("The paper has no option {letter}.").format(letter=verdict.instead))]


def _correction(desk: Desk, before: Approval, because: str, wrong: list[FieldProblem]) -> str:
    """What stands after the words of an answer that takes the place of another."""
    if not desk.is_supervisor and before.decided_by != desk.user.id:
        raise AppError("access.denied")
    if len(because.strip()) < _LEAST_REASON:
        wrong.append(FieldProblem("because", _("Say why it is corrected: the reason stands in the record.")))
    was = desk.name_of("approval_decision", before.decision)
    told = _("Corrected {day} by {who}: {why}. Before: {decision}.").format(
        day=day(desk.clock.today()), who=desk.user.name, why=because.strip(), decision=was
    )
    return "\n".join(part for part in (told, before.words) if part)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
