"""Referrals: nothing is told that was not picked, nothing goes out without a yes, and the slip names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from tests.services import casework_people
from tests.services.casework_people import NAME, Office, agree

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.casework import Referral
from panoh.domain.household import Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import IdentityDocument
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import casework, referrals, shield, summaries
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.referrals import Wanted
from panoh.services.vault import OpenVault

ASKED = "Dress a burn on the arm, and show how to keep it clean"
at = casework_people.at


def wanted(desk: Desk, **values: object) -> Wanted:
    usual = Wanted(
        service_kind="health", recipient="health", asked=ASKED, answer_by=desk.clock.now() + timedelta(days=1)
    )
    return replace(usual, **values)  # type: ignore[arg-type]


def words_of(pdf: bytes, password: str | None = None) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf, password=password))


def refused(at: Office, desk: Desk, asked: Wanted) -> str:
    with pytest.raises(AppError) as found:
        referrals.refer(desk, at.person.id, asked)
    return found.value.code


def fields_of(at: Office, desk: Desk, asked: Wanted) -> set[str]:
    with pytest.raises(FormProblems) as found:
        referrals.refer(desk, at.person.id, asked)
    return {problem.field for problem in found.value.problems}


def count(desk: Desk) -> int:
    with desk.reading() as reading:
        return len(reading.all(Referral))


class TestConsent:
    def test_with_a_yes_it_goes_out_and_the_consent_is_kept(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder))
        assert (made.consent, made.told, made.made_by) == ("yes", (), at.holder.user.id)
        assert casework.of_person(at.holder, at.person.id).referrals == (made,)

    def test_without_one_only_a_supervisor_refers_and_says_why(self, at: Office) -> None:
        assert refused(at, at.holder, wanted(at.holder, without_consent_why="She cannot speak")) == "referral.consent"
        assert fields_of(at, at.supervisor, wanted(at.supervisor)) == {"without_consent_why"}
        why = "She cannot speak, and bleeds"
        made, _changes = referrals.refer(at.supervisor, at.person.id, wanted(at.holder, without_consent_why=why))
        assert (made.consent, made.without_consent_why) == ("not_asked", why)
        assert b"%PDF" in referrals.slip(at.holder, made.reference, plain=True, reason="printed").pdf

    def test_a_no_blocks_unless_a_supervisor_says_that_a_life_is_at_stake(self, at: Office) -> None:
        agree(at.holder, at.person.id, "no")
        why = wanted(at.holder, without_consent_why="She bleeds", vital=False)
        assert refused(at, at.supervisor, why) == "referral.refused"
        assert refused(at, at.holder, replace(why, vital=True)) == "referral.refused"
        made, _changes = referrals.refer(at.supervisor, at.person.id, replace(why, vital=True))
        assert made.consent == "vital_interest"

    def test_a_yes_that_was_withdrawn_stops_the_slip(self, at: Office, clock: FixedClock) -> None:
        given = agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder))
        keep(at.holder, replace(given, withdrawn_on=clock.today()))
        with pytest.raises(AppError) as found:
            referrals.slip(at.holder, made.reference)
        assert found.value.code == "referral.refused"

    def test_of_a_child_the_carer_and_the_child_are_asked(self, opened: OpenVault) -> None:
        at = casework_people.office(opened, birth_earliest=date(2000, 1, 1), birth_latest=date(2000, 12, 31))
        given = agree(at.holder, at.person.id, given_by="carer")
        assert referrals.offer(at.holder, at.person.id, "health").consent == "no_assent"
        assert refused(at, at.holder, wanted(at.holder)) == "referral.consent"
        keep(at.holder, replace(given, assent="yes"))
        assert referrals.refer(at.holder, at.person.id, wanted(at.holder))[0].consent == "yes"

    def test_no_recipient_is_served_by_the_yes_for_another(self, at: Office) -> None:
        agree(at.holder, at.person.id, recipient="unhcr")
        assert refused(at, at.holder, wanted(at.holder)) == "referral.consent"
        assert count(at.holder) == 0


class TestWhatIsTold:
    def test_it_starts_from_nothing(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        slip = referrals.preview(at.holder, at.person.id, wanted(at.holder)).slip
        assert slip.who == "One person. Brings this slip."
        assert (slip.needs, slip.typed, slip.language, slip.on_the_way) == ((), "", "", "")

    def test_what_is_picked_is_told_in_words(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SM-CC"))
        facts = ("group", "sex", "age", "interpreter", "language", "helper", "need SM-CC")
        slip = referrals.preview(at.holder, at.person.id, wanted(at.holder, facts=facts, urgent=True)).slip
        assert slip.who == "One woman, 30–34. Brings this slip."
        assert slip.language == "Interpreter needed; the desk sends one with the holder. Speaks Uzbek, Russian."
        assert slip.on_the_way == "Comes with a helper."
        assert slip.needs == (at.holder.name_of("need", "SM-CC"),)
        assert slip.how_soon == "Urgent: as soon as the holder comes."

    @pytest.mark.parametrize(
        "fact",
        ["name", "place", "phone", "document_no", "ethnicity", "religion", "feared_country", "need SM-CI", "number"],
    )
    def test_nothing_else_can_be_picked(self, at: Office, fact: str) -> None:
        agree(at.holder, at.person.id)
        assert refused(at, at.holder, wanted(at.holder, facts=(fact,))) == "referral.not_told"

    def test_a_restricted_need_goes_out_by_who_may_know_it_on_a_yes(self, at: Office) -> None:
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF"))
        assert "need SV-VF" not in dict(referrals.offer(at.holder, at.person.id, "health").facts)
        agree(at.holder, at.person.id)
        assert "need SV-VF" in dict(referrals.offer(at.holder, at.person.id, "health").facts)
        with pytest.raises(AppError, match="role"):
            referrals.offer(at.other, at.person.id, "health")

    @pytest.mark.parametrize("by", ["shield", "rules"])
    def test_of_the_shielded_less_can_be_picked(self, at: Office, by: str) -> None:
        agree(at.holder, at.person.id)
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="LP-RR"))
        if by == "shield":
            shield.put_up(at.holder, at.person.id, "Asked for at the gate")
        else:
            keep(at.holder, RefoulementAssessment(id=new_id(), person_id=at.person.id, extradition="yes"))
        told = dict(referrals.offer(at.holder, at.person.id, "health").facts)
        assert not {"language", "need LP-RR"} & set(told)
        assert {"group", "sex", "interpreter"} <= set(told)
        agree(at.holder, at.person.id, recipient="authorities_asylum")
        assert not referrals.offer(at.holder, at.person.id, "authorities_asylum").allowed
        asked = wanted(at.holder, recipient="authorities_asylum")
        assert refused(at, at.holder, asked) == "referral.not_to_them"

    def test_who_may_not_know_who_is_shielded_picks_as_of_a_shielded_person(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        mine, theirs = (dict(referrals.offer(d, at.person.id, "health").facts) for d in (at.holder, at.other))
        assert set(mine) - set(theirs) == {"language"}

    @pytest.mark.parametrize(
        "words",
        [f"Help {NAME[1]} with the dressing", "Call 0555 12 34 56 before", "She comes from Ўзган", "Ask Zamira", "Recognised by UNHCR",
         "Her paper is AN7654321"],
    )  # fmt: skip
    def test_typed_words_that_give_somebody_away_are_told_at_their_field(self, at: Office, words: str) -> None:
        agree(at.holder, at.person.id)
        keep(at.holder, IdentityDocument(id=new_id(), person_id=at.person.id, document_no="AN7654321"))
        assert fields_of(at, at.holder, wanted(at.holder, asked=words)) == {"asked"}
        assert fields_of(at, at.holder, wanted(at.holder, known=words)) == {"known"}

    def test_the_service_may_be_called_by_its_place_but_not_of_the_shielded(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        keep(at.supervisor, Site(id=new_id(), number="KX7-1", name="School 14"))
        asked = wanted(at.holder, organisation="Health post, School 14")
        referrals.refer(at.holder, at.person.id, asked)
        keep(at.holder, RefoulementAssessment(id=new_id(), person_id=at.person.id, extradition="yes"))
        assert fields_of(at, at.holder, asked) == {"organisation"}

    def test_the_name_of_a_recipient_tells_nothing_on_the_slip_of_the_shielded(self, at: Office) -> None:
        agree(at.holder, at.person.id, recipient="unhcr")
        keep(at.holder, RefoulementAssessment(id=new_id(), person_id=at.person.id, extradition="yes"))
        slip = referrals.preview(at.holder, at.person.id, wanted(at.holder, recipient="unhcr")).slip
        assert slip.to == "The service that was agreed"


class TestSlip:
    def test_the_slip_is_recorded_encrypted_and_opens_with_its_password(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder, facts=("group",)))
        slip = referrals.slip(at.holder, made.reference)
        with pikepdf.open(BytesIO(slip.pdf), password=slip.password) as pdf:
            assert pdf.encryption.R == 6
            assert not pdf.docinfo
        told = words_of(slip.pdf, slip.password)
        assert ASKED in told.replace("\r\n", " ")
        assert told.count(made.reference) == 3  # banner, answer half, foot
        assert (slip.export.export_no, slip.export.kind, slip.export.plain) == (made.reference, "referral_slip", False)
        assert slip.export.destroy_by == at.holder.clock.today() + timedelta(days=summaries.KEEP_DAYS)
        assert slip.export in summaries.exports_of(at.holder, [at.person.id])
        assert slip.file_name == f"{made.reference}.pdf"

    def test_it_names_nobody_whoever_it_is_about(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        facts = tuple(name for name, _words in referrals.offer(at.holder, at.person.id, "health").facts)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder, facts=facts))
        told = words_of(referrals.slip(at.holder, made.reference, plain=True, reason="printed").pdf)
        assert "Our slips carry no names" in told
        secrets: Iterable[str] = (*NAME, at.person.number, at.person.phone, at.person.origin, "Zamira", "feruza")
        assert not [one for one in secrets if one in told]

    def test_a_slip_that_is_made_again_has_the_same_reference_and_another_export(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder))
        first, again = (referrals.slip(at.holder, made.reference, plain=True, reason="printed") for _n in range(2))
        assert first.export.export_no != again.export.export_no
        assert words_of(again.pdf).count(made.reference) == 3

    def test_without_a_password_it_needs_a_reason(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder))
        with pytest.raises(AppError) as found:
            referrals.slip(at.holder, made.reference, plain=True)
        assert found.value.code == "report.reason_needed"

    def test_no_reference_of_another_s_restricted_case_is_told(self, at: Office) -> None:
        agree(at.holder, at.person.id)
        made, _changes = referrals.refer(at.holder, at.person.id, wanted(at.holder))
        keep(at.holder, SpecificNeed(id=new_id(), person_id=at.person.id, code="SV-VF"))
        for reference in (made.reference, "2222-222"):
            with pytest.raises(AppError) as found:
                referrals.slip(at.other, reference)
            assert found.value.code == "referral.not_found"
        assert referrals.of_reference(at.holder, made.reference.lower()).id == made.id


class TestAnswer:
    @pytest.fixture
    def made(self, at: Office) -> Referral:
        agree(at.holder, at.person.id)
        return referrals.refer(at.holder, at.person.id, wanted(at.holder))[0]

    @pytest.mark.parametrize("came", ["accepted", "refused", "no_answer"])
    def test_what_came_back(self, at: Office, made: Referral, came: str) -> None:
        referrals.answer(at.holder, made.id, came, None, "No bed")
        now = referrals.of_reference(at.holder, made.reference)
        assert (now.answer, now.answered_on, now.answer_words) == (came, at.holder.clock.today(), "No bed")
        referrals.done(at.holder, made.id)
        assert referrals.of_reference(at.holder, made.reference).done_on == at.holder.clock.today()

    def test_one_that_was_taken_back_is_over(self, at: Office, made: Referral) -> None:
        with pytest.raises(FormProblems):
            referrals.revoke(at.holder, made.id, " ")
        referrals.revoke(at.holder, made.id, "She went elsewhere")
        for work in (
            lambda: referrals.answer(at.holder, made.id, "accepted"),
            lambda: referrals.done(at.holder, made.id),
            lambda: referrals.slip(at.holder, made.reference),
        ):
            with pytest.raises(AppError) as found:
                work()
            assert found.value.code == "referral.over"

    def test_every_answer_stands_in_the_history(self, at: Office, made: Referral) -> None:
        from panoh.services import people

        referrals.answer(at.holder, made.id, "no_answer")
        referrals.answer(at.holder, made.id, "accepted")
        told = people.what_happened(at.holder, people.person(at.holder, at.person.id))
        answers = [entry.new for entry in told if entry.record_class == "Referral" and entry.field == "answer"]
        assert answers == ["accepted", "no_answer"]


def test_what_lacks_or_is_too_long_is_told_at_its_field(at: Office) -> None:
    agree(at.holder, at.person.id)
    assert fields_of(at, at.holder, Wanted()) == {"service_kind", "recipient", "asked"}
    long = wanted(at.holder, asked="a" * 121, known="b" * 241, organisation="c" * 91)
    assert fields_of(at, at.holder, long) == {"asked", "known", "organisation"}


def test_an_unshielded_and_a_shielded_person_have_slips_that_look_alike(opened: OpenVault) -> None:
    at = casework_people.office(opened)
    hidden = replace(at.person, id=new_id(), number="KX7-00002-2")
    keep(at.supervisor, hidden, RefoulementAssessment(id=new_id(), person_id=hidden.id, extradition="yes"))
    told = []
    for person_id in (at.person.id, hidden.id):
        agree(at.supervisor, person_id)
        facts = ("group", "interpreter")
        found = referrals.preview(at.supervisor, person_id, wanted(at.supervisor, facts=facts), "5T8-2KM")
        told.append(found.pdf)
    assert told[0] == told[1]
