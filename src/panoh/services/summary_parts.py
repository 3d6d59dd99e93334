"""From a person's record to the parts of a case summary: everything in words, nothing that the reader must look up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from panoh.base.i18n import gettext as _
from panoh.domain.cases import Case, CaseOption, Task, User
from panoh.domain.consent import AUTHORITIES
from panoh.domain.dates import age_band, age_span
from panoh.domain.key_sheet import question_key, reason_key, recipient_key
from panoh.domain.lines import PersonLine
from panoh.domain.summary import (
    HERE,
    SELF,
    Advice,
    CaseSummary,
    ConsentLine,
    Done,
    Event,
    FamilyMember,
    OpenTask,
    Option,
    Paper,
    Unknown,
)
from panoh.domain.summary import Reason as PrintedReason
from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.wording import advice, reason_text
from panoh.services import approvals, best_interests, due, levels
from panoh.services.asked_on_paper import asked_on_paper, question_of
from panoh.services.desk import Desk
from panoh.services.paper_secrets import all_names
from panoh.services.people import PersonView, what_happened
from panoh.services.summary_done import steps
from panoh.store.due import DATE  # of the refoulement assessment: no paper tells that there is one
from panoh.store.history import Happened

EVENTS = 5
ALWAYS_ASKED = ("unhcr", "icrc", "health", "other_organisations", *sorted(AUTHORITIES))
_SURE = ("stated", "consistent", "verified")  # from weak to strong


class Codes(Protocol):
    """Gives the neutral codes of a paper: domain/key_sheet.py."""

    def of(self, key: str) -> str:
        """The code of something that every paper may tell."""

    def of_words(self, text: str) -> str:
        """The code of words that somebody typed."""


def gather(desk: Desk, view: PersonView, codes: Codes) -> CaseSummary:
    """Everything that a paper about this person could say; what a level may show is decided later, in the domain."""
    assessment = levels.of_person(desk, view.person.id)
    today = desk.clock.today()
    me = next(line for line in view.members if line.id == view.person.id)
    told = advice(assessment.reasons, desk.rulebook, may_see_restricted=True, for_paper=True)
    summary = CaseSummary(
        export_no="",
        check_code="",
        printed_at=desk.clock.now(),
        destroy_by=today,
        number=view.person.number,
        demo=desk.demo,
        level=view.level.level,
        due_at=view.level.due_at,
        person=_self(view, me, today),
        care=desk.name_of("care", view.person.care) if view.person.care else "",
        family=tuple(_member(desk, view, line, today) for line in view.members if line is not me),
        reasons=tuple(_reason(desk, reason, codes) for reason in assessment.reasons if reason.rule != "T18"),
        not_known=_not_known(desk, assessment, codes),
        do=tuple(Advice(line) for line in told.do),
        do_not=tuple(Advice(line) for line in told.dont),
        consents=_consents(desk, view, codes),
        tasks=tuple(_tasks(desk, view)),
        events=tuple(_events(desk, what_happened(desk, view))),
        papers=_papers(desk, view),
        names=all_names(desk, view),
    )
    return _with_case(desk, summary, view, codes)


def _with_case(desk: Desk, summary: CaseSummary, view: PersonView, codes: Codes) -> CaseSummary:
    """The summary with what is asked, tried and wished; a person without a case has nothing of it."""
    case = view.case or Case(id="", person_id=view.person.id)
    with desk.reading() as reading:
        done = steps(desk, reading, view)
        best = best_interests.of_person(desk, reading, view.person.id).rows
    heard = case.child_view or next((one.child_view for one in best if one.child_view), "")
    children = any(member.is_child for member in summary.members)
    return replace(
        summary,
        question=case.question or _asked(desk, view),
        answer_by=case.answer_by,
        without_answer=case.without_answer,
        without_answer_code=codes.of_words(case.without_answer),
        done=tuple(_done(*line, codes) for line in done),
        options=tuple(_option(option, codes) for option in sorted(view.options, key=lambda option: option.letter)),
        recommended_letter=case.recommended_option,
        recommendation=case.recommendation,
        recommendation_code=codes.of_words(case.recommendation),
        wish=case.wish,
        child_view=heard,
        child_heard=bool(heard) if children else None,
    )


def _asked(desk: Desk, view: PersonView) -> str:
    """What waits for a supervisor, as a question."""
    waiting = (one.approval for one in approvals.of_person(desk, view.person.id) if one.waits and not one.withheld)
    asked = asked_on_paper(waiting)
    return question_of(desk, asked) if asked is not None else ""


def _done(on: date, what: str, result: str, codes: Codes) -> Done:
    return Done(on=on, what=what, result=result, neutral_code=codes.of_words(what), result_code=codes.of_words(result))


def _option(option: CaseOption, codes: Codes) -> Option:
    return Option(
        letter=option.letter,
        what=option.what,
        consequence=option.consequence,
        ready=option.ready,
        neutral_code=codes.of_words(option.what),
        consequence_code=codes.of_words(option.consequence),
        ready_code=codes.of_words(option.ready),
    )


def _papers(desk: Desk, view: PersonView) -> tuple[Paper, ...]:
    return tuple(
        Paper(kind=desk.name_of("document_kind", d.kind) or _("paper"), state=desk.name_of("document_state", d.state))
        for d in view.documents
    )


def _is_child(line: PersonLine, today: date) -> bool | None:
    span = age_span(line.birth, today)
    return None if span is None else span[0] < 18


def _self(view: PersonView, me: PersonLine, today: date) -> FamilyMember:
    return FamilyMember(
        relation=SELF,
        sex=me.sex,
        age_band=age_band(me.birth, today),
        is_child=_is_child(me, today),
        state=me.presence or HERE,
        level=view.level.level,
        interviewed_on=view.person.interviewed_alone_on,
        name=me.full_name,
    )


def _member(desk: Desk, view: PersonView, line: PersonLine, today: date) -> FamilyMember:
    """Someone of the household, seen from the person. A level that rests on restricted facts is not told."""
    relation = kin(view.person.relation, line.relation)
    return FamilyMember(
        relation=relation,
        kin=desk.vocabularies["relation"].label(relation, line.sex).lower() if relation else _("relative"),
        sex=line.sex,
        age_band=age_band(line.birth, today),
        is_child=_is_child(line, today),
        state=line.presence or HERE,
        where=desk.name_of("presence", line.presence).lower(),
        level="" if line.restricted and not desk.may_see_restricted(line.owner_id) else line.level,
        name=line.full_name,
    )


# Relations are kept towards the head of the household; a paper sees them from the person it is about.
_FROM_SPOUSE = {"head": "spouse", "child": "child"}
_FROM_CHILD = {
    "head": "parent",
    "spouse": "parent",
    "child": "sibling",
    "parent": "grandparent",
    "sibling": "other_relative",
}
_FROM_PARENT = {
    "head": "child",
    "spouse": "other_relative",
    "child": "grandchild",
    "sibling": "child",
    "parent": "spouse",
}
_FROM_SIBLING = {"head": "sibling", "sibling": "sibling", "parent": "parent", "child": "other_relative"}
_SEEN_FROM = {"spouse": _FROM_SPOUSE, "child": _FROM_CHILD, "parent": _FROM_PARENT, "sibling": _FROM_SIBLING}


def kin(mine: str, theirs: str) -> str:
    """How someone is related to a person, when both are known by their relation to the head; '' is not known."""
    if mine in ("head", ""):
        return theirs
    return _SEEN_FROM.get(mine, {}).get(theirs, "other_relative" if theirs else "")


def _reason(desk: Desk, reason: Reason, codes: Codes) -> PrintedReason:
    """A reason for paper; of one that this user may not see only that there is one, without rule, code, clock or day."""
    if not reason.rule:
        return PrintedReason(rule="", text="", paper_text="", restricted=True)
    entry = desk.rulebook.entry(reason.rule, reason.variant)
    dated = [fact.on for fact in reason.facts if fact.on]
    surest = [fact.sure for fact in reason.facts if fact.sure in _SURE]
    sources = dict.fromkeys(desk.name_of("source", fact.source).lower() for fact in reason.facts if fact.source)
    return PrintedReason(
        rule=reason.rule,
        text=reason_text(reason, desk.rulebook, may_see_restricted=True, naming=desk.name_of),
        paper_text=reason_text(reason, desk.rulebook, may_see_restricted=True, for_paper=True, naming=desk.name_of),
        neutral_code=codes.of(reason_key(reason.rule, reason.variant)),
        level=reason.level,
        clock=entry.clock.text,
        sure=min(surest, key=_SURE.index, default="stated"),
        source=", ".join(sources),
        on=max(dated, default=reason.since.astimezone().date()),
        restricted=not entry.paper,
    )


def _not_known(desk: Desk, assessment: Assessment, codes: Codes) -> tuple[Unknown, ...]:
    asked = [(name, desk.rulebook.questions[name]) for name in assessment.questions]
    return tuple(Unknown(_(question.text), codes.of(question_key(name))) for name, question in asked)


_WORTH = {"": "", "yes": "yes"}  # what was withdrawn or has run out is a no


def _consents(desk: Desk, view: PersonView, codes: Codes) -> tuple[ConsentLine, ...]:
    """One line a recipient. Authorities are No unless a yes stands; another recipient without an answer was not asked."""
    answers: dict[str, set[str]] = {}
    today = desk.clock.today()
    for consent in view.consents:
        answers.setdefault(consent.recipient, set()).add(_WORTH.get(consent.state_on(today), "no"))
    lines = []
    for recipient in dict.fromkeys((*ALWAYS_ASKED, *answers)):
        said = answers.get(recipient, set()) - {""}
        answer = "" if not said else said.pop() if len(said) == 1 else "partly"
        answer = answer or ("no" if recipient in AUTHORITIES else "")
        lines.append(ConsentLine(desk.name_of("recipient", recipient), answer, codes.of(recipient_key(recipient))))
    return tuple(lines)


def _tasks(desk: Desk, view: PersonView) -> list[OpenTask]:
    roles = {user.id: desk.name_of("role", user.role).lower() for user in _users(desk)}
    lines_due = due.of_person(desk, view.person.id)
    shown = [one for one in lines_due if one.kind != DATE and not (isinstance(one.record, Task) and one.record.private)]
    return [OpenTask(what=one.what, due=one.due_at, role=roles.get(one.owner_id, "")) for one in shown]


def _users(desk: Desk) -> list[User]:
    with desk.reading() as reading:
        return reading.all(User)


def _events(desk: Desk, happened: list[Happened]) -> list[Event]:
    """The last things that happened, a line for each moment and kind, without values and without who did it."""
    told: dict[tuple[datetime, str], Event] = {}
    for entry in happened:
        text = _event_text(entry)
        if text:
            told.setdefault((entry.at, text), Event(entry.at, text))
        if len(told) == EVENTS:
            break
    return list(told.values())


def _event_text(entry: Happened) -> str:
    made = entry.change == "made"
    match entry.record_class:
        case "Person":
            return _("Registered") if made else _("Record corrected") if entry.change == "changed" else ""
        case "RefoulementAssessment":
            return _("Interview on return and fear") if entry.change in ("made", "changed") else ""
        case "SpecificNeed":
            return _("Need noticed") if made else _("Need reviewed")
        case "IdentityDocument":
            return _("Paper recorded")
        case "Consent":
            return _("Asked for consent")
        case "CaseAction":
            return _("Something was tried")
        case "Task":
            return _("Task set") if made else _("Task done")
        case "Case":
            return _("Case opened") if made else _("Case changed")
        case "Note":
            return _("Note written")
    return ""
