"""From records to facts. A household is read once; then each of its members costs little, so that imports stay fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument, Person, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.tracing import TracingRequest
from panoh.domain.triage import codes
from panoh.domain.triage.ages import Cutoffs, birthday, cutoffs, next_age_change
from panoh.domain.triage.clocks import local_day
from panoh.domain.triage.exile import in_danger
from panoh.domain.triage.facts import Facts, Flight, HouseholdFacts, Member, Needs

_NO_NEEDS: Needs = {}
_NOBODY_ASKED: frozenset[str] = frozenset()
_LOST = frozenset({"lost", "destroyed", "confiscated"})
_NOT_CERTAIN = ("stateless", "undetermined")
_IN_CHARGE = frozenset({"head", "spouse"})
_SEARCH_ENDED = frozenset({"reunified", "closed"})
_IN_CUSTODY_OR_VIOLENCE = frozenset({"arrest", "abduction", "recruitment"})


def household_facts(
    household: Household | None,
    members: Sequence[Person],
    needs: Mapping[str, Iterable[SpecificNeed]],
    assessments: Mapping[str, RefoulementAssessment],
    today: date,
) -> HouseholdFacts:
    """What the members share. `needs` and `assessments` go by person id. Without a household a person is alone."""
    marks = cutoffs(today)
    made = {p.id: _member(p, needs.get(p.id, ()), assessments.get(p.id), marks) for p in members}
    here = [m for m in made.values() if m.presence == "here"]
    stopped = [m for m in made.values() if m.presence == "stopped"]
    said_burnt = household is not None and household.house_burnt == "yes"
    burnt = said_burnt or any(codes.HOUSE_BURNT in m.needs for m in here)
    changes = [m.next_age_change for m in made.values() if m.next_age_change is not None]
    return HouseholdFacts(
        today=today,
        members=made,
        present=len(here),
        shelter=household.shelter if household else "",
        house_burnt="yes" if burnt else "",
        frail_here=any(m.frail for m in here),
        adult_in_charge=any(p.relation in _IN_CHARGE and p.presence == "here" and made[p.id].adult for p in members),
        exiles_in_danger=frozenset(m.person_id for m in made.values() if m.exile_in_danger and m.presence != "dead"),
        stopped=frozenset(m.person_id for m in stopped),
        frail_stopped=any(m.child or m.wounded or m.pregnant for m in stopped),
        next_age_change=min(changes, default=None),
    )


def facts_of(
    person: Person,
    household: HouseholdFacts,
    *,
    documents: Sequence[IdentityDocument] = (),
    requests: Sequence[TracingRequest] = (),
    unanswered: Sequence[Unanswered] = (),
    site: Site | None = None,
) -> Facts:
    """The facts about one of the household's members.

    `requests` are those in which the person asks or is sought, `unanswered` those of the person and of the refoulement
    assessment, `site` is where the person stays.
    """
    lost = _lost_paper(documents) if documents else None
    search, search_changes_on = _search(requests, household.today) if requests else ("", None)
    return Facts(
        member=household.members[person.id],
        household=household,
        sex=person.sex,
        birth_earliest=person.birth_earliest,
        birth_latest=person.birth_latest,
        birth_basis=person.birth_basis,
        care=person.care,
        urgent=person.urgent,
        interviewed_alone_on=person.interviewed_alone_on,
        border_status=person.border_status,
        border_status_on=person.border_status_on,
        presence_since=person.presence_since,
        disappeared_on=person.disappeared_on,
        nationality=_no_certain_nationality(person),
        document_state=lost.state if lost else "",
        document_on=lost.noted_on if lost else None,
        search=search,
        search_changes_on=search_changes_on,
        site_closing_on=site.closing_on if site else None,
        asked=_asked(unanswered) if unanswered else _NOBODY_ASKED,
    )


def _member(
    person: Person, needs: Iterable[SpecificNeed], assessment: RefoulementAssessment | None, marks: Cutoffs
) -> Member:
    standing = _standing(needs)
    earliest, latest = person.birth_earliest, person.birth_latest
    known = earliest is not None or latest is not None
    flight = _flight(person, assessment)
    child = latest is None or latest > marks.eighteen
    return Member(
        person_id=person.id,
        presence=person.presence,
        needs=standing,
        flight=flight,
        age_known=known,
        child=child if known else any(code.startswith(codes.ONLY_FOR_CHILDREN) for code in standing),
        adult=known and not child,
        under_5=known and (latest is None or latest > marks.five),
        over_60=known and (earliest is None or earliest <= marks.sixty),
        pregnant=not codes.PREGNANT.isdisjoint(standing),
        wounded=not codes.WOUND.isdisjoint(standing),
        disabled=not codes.DISABILITY.isdisjoint(standing),
        exile_in_danger=in_danger(flight),
        next_age_change=next_age_change(earliest, latest, marks),
    )


def _standing(needs: Iterable[SpecificNeed]) -> Needs:
    by_code: dict[str, tuple[SpecificNeed, ...]] = {}
    for need in needs:
        if need.stands:
            by_code[need.code] = (*by_code.get(need.code, ()), need)
    return by_code or _NO_NEEDS


def _flight(person: Person, assessment: RefoulementAssessment | None) -> Flight:
    fled_from, now, ahead = person.fled_from, person.country_now, person.intends_to_go
    if assessment is None:
        return Flight(fled_from=fled_from, country_now=now, intends_to_go=ahead, legal_status=person.legal_status)
    return Flight(
        fled_from=fled_from,
        country_now=now,
        intends_to_go=ahead,
        legal_status=person.legal_status,
        feared_country=assessment.feared_country,
        hiding_from=assessment.hiding_from,
        extradition=assessment.extradition,
        named_on_list=assessment.named_on_list,
        approached_by_agents=assessment.approached_by_agents,
        return_threatened_on=assessment.return_threatened_on,
        lawyer_or_access=assessment.lawyer_or_access,
        recognised_by=assessment.recognised_by,
        recognised_year=assessment.recognised_year,
        claim_stage=assessment.claim_stage,
        source=assessment.source,
        sure=assessment.sure,
        assessed_on=None if assessment.asked_at is None else local_day(assessment.asked_at),
    )


def _no_certain_nationality(person: Person) -> str:
    if person.legal_status == "stateless":
        return "stateless"
    return next((nationality for nationality in person.nationalities if nationality in _NOT_CERTAIN), "")


def _lost_paper(documents: Iterable[IdentityDocument]) -> IdentityDocument | None:
    """A lost, destroyed or confiscated paper, unless another one was seen."""
    if any(document.state == "seen" for document in documents):
        return None
    return next((document for document in documents if document.state in _LOST), None)


def _search(requests: Iterable[TracingRequest], today: date) -> tuple[str, date | None]:
    """The gravest open search, and the day on which a sought child turns 18."""
    running = [request for request in requests if request.status not in _SEARCH_ENDED]
    minors_after = cutoffs(today).eighteen
    latest = [r.birth_latest for r in running if r.birth_latest is not None and r.birth_latest > minors_after]
    if latest:
        return "child", birthday(max(latest), 18)
    if any(request.separation_cause in _IN_CUSTODY_OR_VIOLENCE for request in running):
        return "custody", None
    return ("open", None) if running else ("", None)


def _asked(unanswered: Iterable[Unanswered]) -> frozenset[str]:
    """Fields that were asked about: whoever does not know, refuses or says 'none' has been asked."""
    asked = (entry.field for entry in unanswered if entry.answer != "not_asked")
    return frozenset("birth" if field.startswith("birth") else field for field in asked)
