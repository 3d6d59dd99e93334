"""Every door × every kind of restricted fact × every role: who may not see it cannot tell one from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.services.access_people import DOORS, GROUPS, NAME, TYPED, Office, bring_in, called_services, office, seen

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest
from panoh.services import approvals, key_sheets, matches, reunification, summaries, triage
from panoh.services.records import keep
from panoh.services.reunification import HandingOver
from panoh.services.today import today

HIDDEN = "Restricted reason"


@pytest.fixture(scope="module", params=GROUPS)
def group(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, list[Person]]]:
    """An office with everyone of a group, three hours after they were registered; the holder printed, searched, rejected."""
    clock = FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    at = office(tmp_path_factory.mktemp("doors") / "vault", clock)
    with at.opened:
        found = [bring_in(at, each) for each in GROUPS[request.param]]
        wanted = TracingRequest(id=new_id(), number="KX7-90000-1", family_name=NAME[0], given_name=NAME[1], sex="F")
        again = TracingRequest(id=new_id(), number="KX7-90001-1", family_name=NAME[0], given_name=NAME[1], sex="F")
        keep(at.supervisor, wanted, again)
        for person in found:
            reunification.record(at.holder, _together(at, person))  # before anybody stands as who is asked for
            approvals.ask(at.other, person.id, "plan", TYPED)
            matches.reject(at.holder, wanted.id, person.id, TYPED)
            matches.review(at.holder, again.id, person.id)
            summaries.export_case(at.holder, person.id, summaries.Wanted(level="named", reason=TYPED, recipient=TYPED))
        clock.at = clock.now().replace(hour=12)
        yield at, found


def _together(at: Office, person: Person) -> HandingOver:
    return HandingOver(
        person_id=person.id, reunified_on=at.clock.today(), handed_to=TYPED, relation="parent", kind="spontaneous", place=TYPED,
    )  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_who_may_not_see_reads_the_same_of_all_and_no_word_that_was_typed(
    group: tuple[Office, list[Person]], door: str
) -> None:
    at, found = group
    told = [seen(DOORS[door], at.other, person) for person in found]
    assert len(set(told)) == 1, _first_difference(sorted(set(told)))
    assert TYPED not in told[0]


def test_the_level_is_told_to_all_with_two_words(group: tuple[Office, list[Person]]) -> None:
    at, found = group
    for person in found:
        mine, theirs = triage.why(at.other, person.id), triage.why(at.supervisor, person.id)
        assert (mine.level, mine.since) == (theirs.level, theirs.since)
        assert [reason.text for reason in mine.reasons if reason.withheld] == [HIDDEN]
        assert mine.due_at is not None
        assert theirs.due_at is None or mine.due_at <= theirs.due_at
        assert HIDDEN not in repr(theirs)


@pytest.mark.parametrize("role", ["supervisor", "holder"])
def test_who_may_see_reads_everything(group: tuple[Office, list[Person]], role: str) -> None:
    at, found = group
    desk = at.supervisor if role == "supervisor" else at.holder
    for person in found:
        assert TYPED in seen(DOORS["reunifications"], desk, person)
        for door in ("queue", "reasons panel", "record"):
            assert HIDDEN not in seen(DOORS[door], desk, person)
        record = seen(DOORS["record"], desk, person)
        assert TYPED in record
        assert person.legal_status in record
        assert f"presence='{person.presence}'" in record
    assert len({seen(DOORS["reasons panel"], desk, person) for person in found}) > 1


def test_the_order_of_the_queue_is_that_of_what_is_told(group: tuple[Office, list[Person]]) -> None:
    at, _found = group
    for desk in (at.supervisor, at.holder, at.other):
        lines = [item.line for item in triage.whole_queue(desk, 999)]
        far = at.clock.now().timestamp() * 2
        keys = [(line.level, line.due_at.timestamp() if line.due_at else far, line.id) for line in lines]
        assert keys == sorted(keys)
        overdue = triage.QueueFilter(overdue=True)
        late = [line.id for line in lines if line.due_at and line.due_at < at.clock.now()]
        assert [item.line.id for item in triage.queue(desk, overdue, 0, 999)] == late
        assert triage.count(desk, overdue) == len(late)
        assert triage.count(desk, triage.QueueFilter()) == len(lines)


def test_whom_nobody_holds_is_told_of_alike_on_today(tmp_path: Path, clock: FixedClock) -> None:
    at = office(tmp_path / "vault", clock)
    with at.opened:
        found = [bring_in(at, each, held=False) for each in GROUPS["critical"][:2] + GROUPS["critical"][-3:-1]]
        told = today(at.other).nobody
        assert {line.id for line in told} == {person.id for person in found}
        assert len({replace(line, id="", number="") for line in told}) == 1
        assert len({line.due_at for line in today(at.supervisor).nobody}) > 1


# What a screen or the command line calls of the services, and no door above is: it tells nothing of anybody's facts.
WRITES = {
    "cases.add_note", "cases.add_task", "cases.assign", "cases.finish_task", "cases.take", "drafts.drop", "drafts.keep",
    "duplicates.decide", "merging.merge", "merging.undo", "imports.bring_in", "imports.bring_in_as_typed", "imports.settle", "imports.write_refused",
    "person_edit.save", "records.keep", "registration.save_family",
    "border.events_between", "border.keep_movement", "border.keep_point", "border.keep_state", "border.record_together",
    "border.take_away", "cards.issue", "families.link", "families.unlink",
    "households.change", "households.join", "households.move_out",
    "papers.add_evidence", "papers.add_step", "person_edit.interviewed_alone", "sites.add", "sites.change",
    "tracing.ask", "triage.set_level", "attachments.add_file", "attachments.add_picture", "attachments.give_out",
    "attachments.take_away",
    "matches.confirm", "matches.reject", "matches.reopen", "matches.review",  # see test_matches.py
    "undoing.can_restore", "undoing.restore", "undoing.undo_save",
    "vault.create", "vault.restore", "vault.write_file",
    "users.add", "users.begin", "users.change_key", "users.change_passphrase", "users.change_role", "users.new_paper",
    "users.paper_opens", "users.remove",
    "seal.seal", "seal.change", "seal.take_away", "shield.put_up", "shield.ask_off", "shield.keep_on",
    "backups.before", "backups.choose_second", "backups.drill", "backups.due", "backups.due_second", "backups.to_second", "recovery.put_back",
    "needs.review", "needs.save", "refoulement.answer",
    "triage.ask_lowering", "triage.escalate", "triage.looked_at", "queue_filters.keep", "queue_filters.forget",
    "closing.ask", "closing.close", "closing.reopen", "closing.take_back",
    "transfers.accept", "transfers.ask", "transfers.refuse", "transfers.withdraw", "care.arrange", "care.end", "care.take_away",
    "best_interests.decide", "best_interests.start", "best_interests.take_away", "best_interests.write",
    "aside.bring_back", "aside.set_aside", "erasing.agree", "erasing.ask", "erasing.refuse",
    "casework.agreed_plan", "casework.assessed", "casework.follow_up", "casework.followed_up", "casework.plan", "casework.plan_done",
    "casework.provide", "casework.service_done", "casework.set_days", "casework.take_away", "due.finish", "due.take_back",
    "referrals.answer", "referrals.done", "referrals.refer", "referrals.revoke", "referrals.slip",
    "approvals.ask", "approvals.withdraw", "paper_decisions.key_in",
    "attachments.add_photo_of_sought",
    "descriptions.save", "descriptions.take_away", "tracing_actions.close", "tracing_actions.note", "tracing_actions.reopen",
    "tracing_actions.take_away", "tracing_consent.withdraw", "tracing_hold.hold_back", "tracing_hold.lift",
    "after_reunification.outcome", "reunification.correct", "reunification.record", "verification.add_question", "verification.answer",
    "verification.ask_anew", "verification.begin", "verification.complete", "verification.give_up",
    "verification_asking.ask_contact", "verification_asking.ask_hand_over", "verification_compared.judge",
    "verification_compared.note", "verification_papers.make",
    "journal.took_list", "retention.believe_clock", "retention.set_months", "caseload.hold_only",
}  # fmt: skip
ABOUT_NOBODY = {
    "decisions.instead_words",
    "best_interests.by_panel", "best_interests.proposed_review", "closing.first",
    "needs.called",
    "border.movement_count", "border.movements", "border.points", "border.state_on", "sites.people_in",
    "cases.users", "completing.count", "drafts.count", "duplicates.count", "duplicates.last_search", "families.count",
    "forgetting.forget_names", "papers.count",
    "households.called", "households.home_of", "sites.count", "sites.form_of", "sites.household_count",
    "sites.households", "sites.page", "sites.record", "queue_filters.allowed", "queue_filters.kept", "queue_filters.offers",
    "levels.refresh_some", "levels.still_due", "rematching.step",
    "import_first_rows.read_first", "import_preview.column_words", "import_preview.look_at", "import_preview.calendar_choices",
    "import_preview.order_choices", "passphrases.new_passphrase",
    "referrals.recipients", "tracing_papers.names",
    "people.by_number", "people.count", "person_edit.code_of", "person_edit.languages", "person_edit.moved", "person_edit.offers",
    "registration.check_family", "registration.sites", "selfcheck.run", "selfcheck.versions", "summaries.language_names",
    "backups.kept", "backups.second_place", "health.clock_oddities", "health.is_due", "health.look", "health.surroundings",
    "recovery.look", "recovery.open_read_only",
    "summaries.require_password", "tracing.count", "vault.facts", "vault.unlock",
    "caseload.of_vault", "caseload.site_named", "users.listed", "users.named", "journal.stands_in", "journal.users", "mentions.said",
}  # fmt: skip
SEALED = {"seal.lines", "seal.open_sealed", "shield.preview", "shield.offered"}  # see test_seal.py, test_shield.py
BY_SUPERVISORS = {"shield.agree_off", "key_sheets.begin", "key_sheets.export_sheet", "key_sheets.sheets"}
BY_SUPERVISORS |= {  # see test_erasing.py, test_aside.py, test_retention.py, test_journal_evidence.py
    "aside.count", "aside.listed", "erasing.mentioned", "erasing.waiting", "retention.preview", "journal.about_whom", "journal.count",
    "journal.page",
}  # fmt: skip
BY_SUPERVISORS |= {"caseload.of_other_sites", "exposed.make", "exposed.note"}  # see test_caseload.py, test_exposed.py
BY_SUPERVISORS |= {  # see test_triage_settings.py
    "triage_settings.dry_end", "triage_settings.dry_run", "triage_settings.end", "triage_settings.listed",
    "triage_settings.set_rule", "triage_settings.sites", "caseloads.loads",
}  # fmt: skip
BY_SUPERVISORS |= {"decisions.decide"}  # see test_decisions.py
BY_SUPERVISORS |= {  # see test_publishing.py
    "public_file.export_pfif", "public_file.preview", "publishing.listed", "publishing.publish", "publishing.publisher",
    "publishing.standing", "publishing.turn_off", "publishing.turn_on", "publishing.whom", "publishing.withdraw",
}  # fmt: skip
LEADS = {  # of strangers, as the public reads of them; whom of ours one may be is in test_leads.py
    "import_leads.import_pfif", "leads.count", "leads.expire", "leads.lead", "leads.mark", "leads.page", "leads.possible",
}  # fmt: skip
INCIDENTS = {  # see test_incidents.py
    "incidents.add_person", "incidents.by_kind", "incidents.change", "incidents.count", "incidents.note", "incidents.of_person", "incidents.page",
    "incidents.problems", "incidents.record", "incidents.take_away_person", "incidents.tell_onwards", "incidents.timeline",
}  # fmt: skip
NEEDS_OF_EVERYONE = {  # see test_assistance.py
    "assistance.correct", "assistance.give", "assistance.note", "assistance.of_person", "assistance.of_site", "assistance.open_needs",
    "assistance.take_away", "distribution.distribute", "distribution.home_count", "distribution.homes", "distribution.rounds",
    "distribution.waiting_since",
}  # fmt: skip
WHAT_AN_INQUIRER_SAID = {"tracing.page", "tracing.request", "tracing.unanswered", "attachments.of_request"}
WHAT_AN_INQUIRER_SAID |= {  # see test_tracing_requests.py
    "descriptions.of_person", "tracing_actions.of_request", "tracing_inquiry.changed_since", "tracing_inquiry.child_asks",
    "tracing_inquiry.others", "tracing_work.count", "tracing_work.counts", "tracing_work.flow", "tracing_work.overdue",
    "tracing_work.page",
}  # fmt: skip
BEHIND_THE_DOORS = {
    "approvals.count", "approvals.page", "approvals.to_decide", "paper_decisions.find",  # see test_decisions.py, test_paper_decisions.py
    "verification.of_pair", "verification.side_view", "verification_compared.compared", "reunification.is_signed",  # see test_verification.py
    "after_reunification.of_person",
    "merging.joined", "merging.to_choose", "cases.case_or_new", "due.mine",
    "closing.before",  # see test_closing.py
    "casework.next_follow_up", "referrals.offer",  # see test_casework.py, test_referral_slips.py
    "needs.count", "needs.to_review", "refoulement.opened",
    "attachments.of_person", "attachments.opened",
    "completing.of_record", "completing.page", "families.doubts_with", "families.family_of", "families.page", "families.search",
    "papers.letter", "papers.page",
    "duplicates.answered", "duplicates.sweep", "duplicates.worklist", "look_alikes.probable",
    "drafts.mine", "people.line", "people.page", "search.people", "search.everything", "people.what_happened",
    "person_edit.opened", "summaries.answer_all", "summaries.export_case", "summaries.preview", "today.today", "tracing.alike", "tracing.candidates",
    "dashboards.ages", "dashboards.levels", "dashboards.occupancy", "dashboards.open_needs", "dashboards.overdue",
    "dashboards.registered", "people.count", "people_filters.words",  # see test_dashboards.py
    "tracing.matches", "triage.count", "triage.queue", "triage.whole_queue", "triage.why",
    "explaining.explain_person",
    "matches.also_confirmed", "matches.beforehand", "matches.called", "matches.standing", "matches.what_happened", "match_sides.sides",
    "sought_family.of_request",  # see test_matches.py
    "tracing_papers.make", "tracing_papers.preview", "tracing_papers.request_of",  # see test_tracing_papers.py
}  # fmt: skip


def test_what_reads_codes_back_is_the_supervisors(tmp_path: Path, clock: FixedClock) -> None:
    at = office(tmp_path / "vault", clock)
    with at.opened:
        for ask in (key_sheets.begin, key_sheets.sheets, key_sheets.export_sheet):
            with pytest.raises(AppError, match="role"):
                ask(at.holder)


def test_every_door_is_known() -> None:
    """Whoever opens a new one sees to it here that it tells nothing: a case in DOORS, or a reason why none is needed."""
    known = WRITES | ABOUT_NOBODY | BY_SUPERVISORS | WHAT_AN_INQUIRER_SAID | BEHIND_THE_DOORS | SEALED | INCIDENTS
    known |= NEEDS_OF_EVERYONE | LEADS
    assert called_services() <= known, sorted(called_services() - known)


def _first_difference(texts: list[str]) -> str:
    one, other = texts[:2]
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 120) : at + 120]}\n\n…{other[max(0, at - 120) : at + 120]}"
