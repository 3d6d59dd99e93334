"""Papers of family tracing: who stands on which, who on none, what they say, and how they leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.conftest import CHEAP, PASSPHRASE

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.cases import Export
from panoh.domain.consent import Consent
from panoh.domain.family import KinLink
from panoh.domain.household import Household
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, PersonName
from panoh.domain.records import Record
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.reunification import Reunification
from panoh.domain.tracing import MatchDecision, TracingRequest
from panoh.domain.tracing_papers import (
    ALOUD,
    BLANK_FORM,
    BOARD,
    FAMILY,
    FORM,
    KINDS,
    NEWS,
    REUNION,
    REUNION_FAMILY,
    Asked,
    News,
)  # fmt: skip
from panoh.services import cases, search, shield, tracing_papers, users, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.summaries import Wanted
from panoh.store import candidates, contents

WHY = Wanted(reason="For the board of the camp", plain=True)


@dataclass
class Camp:
    """An office with a supervisor, a caseworker who holds a case and another one, and everybody in it."""

    opened: vault.OpenVault
    supervisor: Desk
    holder: Desk
    other: Desk
    numbers: dict[str, str]  # of those who may be shown, by given name
    inquirer: Person
    masked: Person


def words_of(pdf: bytes, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(texts).replace("\ufffe", "").split())


def person(desk: Desk, given: str, **facts: Any) -> Person:
    usual: dict[str, Any] = {"family_name": "Tursunova", "sex": "F", "urgent": "none"}
    made = Person(
        id=new_id(),
        number=f"KX7-{len(_numbers):05}-P",
        given_name=given,
        **usual | facts,
    )
    _numbers.append(made.number)
    keep(desk, made)
    return made


def request(desk: Desk, given: str, **facts: Any) -> TracingRequest:
    usual: dict[str, Any] = {
        "number": f"KX7-{len(_numbers):05}-R", "family_name": "Ergasheva", "sex": "F", "consent_to_trace": "yes", "consent_to_show": "yes",
        "inquirer_name": "Askhat Inquirer", "origin": "Cheryomushki", "last_seen": "Dostuk bridge", "contact": "tent 14",
        "birth_precision": "year", "birth_earliest": date(2003, 1, 1), "birth_latest": date(2003, 12, 31), "phone": "+996 555 010203",
    }  # fmt: skip
    made = TracingRequest(id=new_id(), given_name=given, **usual | facts)
    _numbers.append(made.number)
    put(desk, made)
    return made


_numbers: list[str] = []


def put(desk: Desk, *records: Record) -> None:
    with desk.writing() as unit:
        unit.add(*records)


def agreed(person_id: str, answer: str = "yes", **more: Any) -> Consent:
    return Consent(
        id=new_id(), person_id=person_id, **{"purpose": "tracing", "recipient": "public", "answer": answer} | more
    )


def photo(desk: Desk, **of: str) -> None:
    """A photo with a place in its EXIF and words behind its end, as no photo in a vault is: what a paper would leak if it copied bytes."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    Image.new("RGB", (1200, 900), (9 * len(_numbers),) * 3).save(out, "JPEG", exif=exif)
    made = Attachment(id=new_id(), kind="photo", media_type="image/jpeg", **of)
    with desk.writing() as unit:
        unit.add(made)
        contents.put(unit, made.id, out.getvalue() + b"SECRET-TAIL", b"")


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camp]:
    clock = FixedClock(datetime(2010, 6, 14, 9, 0, tzinfo=UTC))
    made = vault.create(
        tmp_path_factory.mktemp("camp") / "vault", "feruza", PASSPHRASE, clock=clock, device="KX7", kdf=CHEAP
    )
    with made.open as opened:
        yield _filled(opened)


def _filled(opened: vault.OpenVault) -> Camp:
    desk = opened.desk
    holder, other = (
        desk.of(users.add(opened, name, f"{PASSPHRASE} {name}", "caseworker")) for name in ("Zamira", "Bakyt")
    )
    ok: dict[str, TracingRequest | Person] = {}
    inquirer = person(desk, "Mavluda")
    ok["Gulnoza"] = request(
        desk, "Gulnoza", nickname="Gulya", other_names=("Гулноза", "the one of Osh market", "call 0555 123456")
    )
    ok["Facechild"] = request(desk, "Facechild", inquirer_id=inquirer.id, inquirer_name="")
    photo(desk, request_id=ok["Facechild"].id)
    seeker = person(
        desk,
        "Seeker",
        father_name="Shavkat",
        origin="Uzgen",
        birth_precision="year",
        birth_earliest=date(1980, 1, 1),
        birth_latest=date(1980, 12, 31),
    )
    put(desk, agreed(seeker.id), PersonName(id=new_id(), person_id=seeker.id, kind="nickname", text="Oyijon"))
    ok["Seeker"] = seeker
    photo(desk, person_id=seeker.id)
    ok["Қозоқбой"] = request(desk, "Қозоқбой 0555 987654")
    gone = person(desk, "Gonesought", presence="missing")
    ok["Stillsought"] = request(desk, "Stillsought", sought_person_id=gone.id)

    # One for each reason for which somebody is on no board.
    request(desk, "Notasked", consent_to_trace="")
    request(desk, "Refused", consent_to_trace="no")
    request(desk, "Withdrawn", consent_withdrawn_on=date(2010, 6, 1))
    request(desk, "Noshow", consent_to_show="")
    request(desk, "Saidno", consent_to_show="no")
    held = request(desk, "Heldback", held_why="He may be the danger")
    request(desk, "Closed", status="closed")
    request(desk, "Verified", status="verified")
    request(desk, "Reunited", status="reunified")
    dead = person(desk, "Deadsought", presence="dead")
    request(desk, "Died", sought_person_id=dead.id)
    request(desk, "Foundhere", sought_person_id=person(desk, "Foundone").id)
    exile = person(desk, "Exile", legal_status="refugee", country_now="KG")
    keep(desk, RefoulementAssessment(id=new_id(), person_id=exile.id, source="own_account", feared_country="KG"))
    put(desk, agreed(exile.id))
    request(desk, "Askedbyexile", inquirer_id=exile.id)
    home = Household(id=new_id(), number="KX7-90000-H")
    keep(desk, home, replace(exile, household_id=home.id))
    put(desk, agreed(person(desk, "Exilewife", household_id=home.id).id))
    refusing = person(desk, "Refusing", presence="missing")
    put(desk, agreed(refusing.id, "no", recipient="icrc"))
    request(desk, "Soughtrefusing", sought_person_id=refusing.id)
    survivor = person(desk, "Survivor")
    keep(desk, SpecificNeed(id=new_id(), person_id=survivor.id, code="SV-VA", status="confirmed"))
    put(desk, agreed(survivor.id))
    masked = person(desk, "Maskedone")
    put(desk, agreed(masked.id))
    request(desk, "Askedbymasked", inquirer_id=masked.id)
    request(desk, "Soughtmasked", sought_person_id=masked.id)
    perhaps = request(desk, "Perhapsmasked")
    put(desk, MatchDecision(id=new_id(), request_id=perhaps.id, person_id=masked.id, state="under_review"))
    for given, answers in {
        "Saysno": [agreed("", "no")], "Expired": [agreed("", expires_on=date(2010, 6, 1))], "Takenback": [agreed("", withdrawn_on=date(2010, 6, 2))],
        "Notracing": [agreed(""), agreed("", "no", recipient="icrc")], "Othermedia": [agreed(""), agreed("", "no", purpose="sharing")],
        "Childsaysno": [agreed("", assent="no")], "Onlysharing": [agreed("", purpose="sharing")],
    }.items():  # fmt: skip
        one = person(desk, given)
        put(desk, *(replace(answer, person_id=one.id) for answer in answers))
    wanted = person(desk, "Wantedbydanger")
    put(
        desk,
        agreed(wanted.id),
        MatchDecision(id=new_id(), request_id=held.id, person_id=wanted.id, state="under_review"),
    )
    alike = person(desk, "Likelywanted")
    put(desk, agreed(alike.id))
    with desk.writing() as unit:
        candidates.put_pairs(unit, [held.id], [alike.id], [(held.id, alike.id, 90.0)])
    request(desk, "Alsowanted", sought_person_id=alike.id)  # another one asks for her, and the danger reads the board
    put(
        desk,
        agreed(person(desk, "Deadseeker", presence="dead").id),
        agreed(person(desk, "Leftseeker", presence="crossed").id),
    )
    cases.take(holder, masked.id)
    shield.put_up(holder, masked.id, "She is looked for")
    return Camp(opened, desk, holder, other, {name: one.number for name, one in ok.items()}, inquirer, masked)


def paper(desk: Desk, kind: str, about: str = "", wanted: Wanted = WHY, **news: Any) -> str:
    return words_of(tracing_papers.preview(desk, Asked(kind=kind, about=about, news=News(**news)), wanted).pdf)


def refused(desk: Desk, kind: str, about: str = "", wanted: Wanted = WHY, **news: Any) -> str:
    with pytest.raises(AppError) as found:
        tracing_papers.preview(desk, Asked(kind=kind, about=about, news=News(**news)), wanted)
    return found.value.code


class TestWhoIsShown:
    @pytest.mark.parametrize("kind", [BOARD, ALOUD])
    def test_just_those_who_may_be_and_the_same_whoever_asks(self, camp: Camp, kind: str) -> None:
        for desk in (camp.supervisor, camp.holder, camp.other):
            text = paper(desk, kind)
            for number in camp.numbers.values():
                assert number in text
            others = [one for one in _numbers if one not in camp.numbers.values()]
            assert not [one for one in others if one in text]
            assert "left out" not in text

    @pytest.mark.parametrize("kind", [BOARD, ALOUD])
    def test_no_place_no_phone_and_nothing_of_who_asks(self, camp: Camp, kind: str) -> None:
        text = paper(camp.supervisor, kind)
        for secret in (
            "Cheryomushki",
            "Dostuk",
            "tent 14",
            "010203",
            "Inquirer",
            "Askhat",
            "Uzgen",
            "987654",
            "Osh market",
            "123456",
            "Mavluda",
            "2003",
        ):
            assert secret not in text

    def test_the_board_tells_no_family_name_and_of_a_child_with_a_face_no_name(self, camp: Camp) -> None:
        text = paper(camp.supervisor, BOARD)
        assert "Ergasheva" not in text
        assert "Tursunova" not in text
        assert "Facechild" not in text
        assert "Gulnoza, Gulya, Гулноза" in text
        assert "Қозоқбой […]" in text  # the name of a people is a name; a phone typed with it goes
        assert "Seeker, Oyijon" in text  # an adult
        assert "Girl, 5–9" in text
        assert "Woman, 25–29" in text
        assert "no photo" in text

    def test_the_list_is_sorted_and_says_names_by_names_and_father(self, camp: Camp) -> None:
        text = paper(camp.supervisor, ALOUD)
        assert "Ergasheva Gulnoza called Gulya, Гулноза" in text
        assert "Tursunova Seeker called Oyijon · father: Shavkat" in text
        assert text.index("Ergasheva Facechild") < text.index("Ergasheva Gulnoza") < text.index("Tursunova Seeker")

    def test_how_many_are_left_out_is_one_number_but_for_supervisors(self, camp: Camp) -> None:
        mine, theirs = (
            tracing_papers.preview(desk, Asked(kind=BOARD), WHY).told for desk in (camp.supervisor, camp.other)
        )
        assert any("for their safety" in line for line in mine)
        assert len(theirs) == 1
        assert "safety" not in theirs[0]
        assert int(theirs[0].split()[0]) == sum(int(line.split()[0]) for line in mine)

    def test_a_photo_is_small_grey_and_bare(self, camp: Camp) -> None:
        made = tracing_papers.make(camp.supervisor, Asked(kind=BOARD), WHY)
        with pikepdf.open(BytesIO(made.pdf)) as document:
            images = [image for page in document.pages for image in page.get_images().values()]
            assert len(images) == 2
            for image in images:
                assert max(int(image.Width), int(image.Height)) <= 420
                assert image.ColorSpace == "/DeviceGray"
                assert b"SECRET" not in image.read_raw_bytes()
        assert b"SECRET" not in made.pdf

    def test_an_empty_vault_makes_pages_that_say_so(self, opened: vault.OpenVault) -> None:
        assert "Nobody is on this board." in paper(opened.desk, BOARD)
        assert "There is nobody to read out." in paper(opened.desk, ALOUD)


class TestRequestForm:
    def test_everything_known_is_on_it(self, camp: Camp) -> None:
        wanted = request(camp.supervisor, "Formed", inquirer_id=camp.inquirer.id, consent_to_show="no", separated_on=date(2010, 6, 10),
                         separation_cause="border", marks="scar <b>left</b> hand", wishes_reunion="later", relation="child")  # fmt: skip
        text = paper(camp.holder, FORM, wanted.id)
        for told in (
            "Formed",
            "Tursunova Mavluda",
            "tent 14",
            "Parted at a border",
            "10 Jun 2010",
            "scar <b>left</b> hand",
            "Yes, later",
            "Cheryomushki",
            "daughter",
        ):
            assert told in text
        assert "NO" in text
        made = tracing_papers.make(
            camp.holder, Asked(kind=FORM, about=wanted.id), Wanted(reason="The family asked for a copy")
        )
        assert made.export.person_id == camp.inquirer.id
        assert (made.export.kind, made.export.level) == (FORM, "named")
        assert refused_to_make(camp.holder, FORM, wanted.id, Wanted()) == "report.reason_needed"
        put_closed(camp.supervisor, wanted)

    def test_words_that_one_may_not_read_are_on_no_form_that_one_makes(self, camp: Camp) -> None:
        with camp.supervisor.reading() as reading:
            survivor = next(one.id for one in reading.all(Person) if one.given_name == "Survivor")
        wanted = request(camp.supervisor, "Withheld", inquirer_id=survivor, contact="tent 77", wish_why="he hurt us")
        for word in ("tent 77", "he hurt us"):
            assert word in paper(camp.supervisor, FORM, wanted.id)
            assert word not in paper(camp.other, FORM, wanted.id)
        put_closed(camp.supervisor, wanted)

    def test_the_empty_one_needs_no_reason_and_no_record(self, camp: Camp) -> None:
        made = tracing_papers.make(camp.other, Asked(kind=BLANK_FORM), Wanted(plain=True))
        text = words_of(made.pdf)
        for told in (
            "Tracing request",
            "What they are called at home",
            "To make public",
            "Or thumbprint",
            "What else was said",
        ):
            assert told in text
        assert made.export.person_id == ""

    def test_what_is_held_refused_or_shielded_is_not_printed(self, camp: Camp) -> None:
        desk = camp.supervisor
        with desk.reading() as reading:
            found = {one.given_name: one.id for one in reading.all(TracingRequest)}
        assert refused(desk, FORM, found["Heldback"]) == "tracing_paper.held"
        assert refused(desk, FORM, found["Refused"]) == "tracing_paper.no_consent"
        assert refused(desk, FORM, found["Withdrawn"]) == "tracing_paper.no_consent"
        assert refused(desk, FORM, found["Askedbymasked"]) == "tracing_paper.shielded"
        assert refused(camp.holder, FORM, found["Soughtmasked"]) == "tracing_paper.shielded"
        assert refused(camp.other, FORM, found["Soughtmasked"]) == "shield.withheld"
        assert paper(desk, FORM, found["Notasked"])

    def test_a_number_leads_to_a_request_that_one_may_know(self, camp: Camp) -> None:
        with camp.supervisor.reading() as reading:
            masked = next(one for one in reading.all(TracingRequest) if one.given_name == "Soughtmasked")
        assert tracing_papers.request_of(camp.holder, masked.number) == masked.id
        for number in (masked.number, "KX7-99999-9"):
            with pytest.raises(AppError, match="no tracing request"):
                tracing_papers.request_of(camp.other, number)


def refused_to_make(desk: Desk, kind: str, about: str, wanted: Wanted, **news: Any) -> str:
    with pytest.raises(AppError) as found:
        tracing_papers.make(desk, Asked(kind=kind, about=about, news=News(**news)), wanted)
    return found.value.code


def put_closed(desk: Desk, wanted: TracingRequest) -> None:
    """Take a request of one test off the boards of the others."""
    with desk.writing() as unit:
        unit.save(replace(wanted, status="closed"))
    _numbers.remove(wanted.number)
    _numbers.append(wanted.number)


class TestFamilyNews:
    def test_it_says_who_writes_to_whom_and_that_all_may_read(self, camp: Camp) -> None:
        typed = "We are well <i>all</i>.\n\nYour sister goes to school."
        text = paper(camp.other, NEWS, camp.inquirer.id, recipient="Рустам", kin="child", text=typed)
        for told in (
            "Everybody may read this on its way",
            "Tursunova Mavluda",
            "Рустам, child",
            "We are well <i>all</i>.",
            "Answer",
            "Tear here",
        ):
            assert told in text
        assert camp.inquirer.number not in text

    def test_the_answer_finds_its_way_by_the_number_of_the_paper(self, camp: Camp) -> None:
        asked = Asked(kind=NEWS, about=camp.inquirer.id, news=News(recipient="Rustam"))
        made = tracing_papers.make(camp.other, asked, WHY)
        number = made.export.export_no
        assert words_of(made.pdf).count(f"Number {number}") == 2
        for typed in (number, f" {number.lower()} "):
            assert [found.line.id for found in search.people(camp.holder, typed, 5)] == [camp.inquirer.id]
        board_no = tracing_papers.make(camp.other, Asked(kind=FAMILY, about=camp.inquirer.id), WHY).export.export_no
        by_board = [found.line.id for found in search.people(camp.holder, board_no, 5)]
        assert camp.inquirer.id not in by_board  # its letters may sound like somebody's name
        hidden = replace(asked, about=camp.masked.id)
        number = tracing_papers.make(camp.supervisor, hidden, WHY).export.export_no
        assert camp.masked.id not in [found.line.id for found in search.people(camp.other, number, 5)]
        assert search.people(camp.holder, number, 5)

    @pytest.mark.parametrize(
        ("typed", "kind"),
        [
            ("We are in Osh now", "places"), ("The police came", "politics"), ("We asked at the embassy", "authorities"),
            ("Call me on 0555 123 456", "phones"), ("The soldiers shot at us", "politics"), ("We go to Uzbekistan", "states"),
            ("Zamira helps us", "staff"), ("Солдаты стреляли", "politics"), ("Бу ерда уруш бор", "politics"),
        ],
    )  # fmt: skip
    def test_words_that_tell_are_found_and_keep_it_back(self, camp: Camp, typed: str, kind: str) -> None:
        asked = Asked(kind=NEWS, about=camp.inquirer.id, news=News(recipient="Rustam", text=typed))
        found = tracing_papers.preview(camp.other, asked, WHY).leaks
        assert kind in {leak.kind for leak in found}
        assert found[0].where() == "the news"
        with pytest.raises(AppError) as kept_back:
            tracing_papers.make(camp.other, asked, WHY)
        assert kept_back.value.code == "report.leaks"
        without = replace(WHY, leave_out=tuple(leak.words for leak in found))
        made = tracing_papers.make(camp.other, asked, without)
        assert "[…]" in words_of(made.pdf)
        assert found[0].words not in words_of(made.pdf)

    def test_a_number_that_one_may_not_see_is_not_told_by_being_found(self, camp: Camp) -> None:
        certificate = next(term.code for term in camp.supervisor.vocabularies["document_kind"] if term.restricted)
        sender = person(camp.supervisor, "Certified")
        numbers = {certificate: "AB 4711-77", "passport": "AN 0815-11"}
        put(
            camp.supervisor,
            *(
                IdentityDocument(id=new_id(), person_id=sender.id, kind=kind, document_no=no)
                for kind, no in numbers.items()
            ),
        )
        asked = Asked(kind=NEWS, about=sender.id, news=News(recipient="R", text="mine is AB 4711-77 and AN 0815-11"))
        for desk, count in ((camp.supervisor, 2), (camp.other, 1)):
            assert [leak.kind for leak in tracing_papers.preview(desk, asked, WHY).leaks] == ["papers"] * count

    def test_plain_family_news_tell_nothing(self, camp: Camp) -> None:
        typed = "Dear son, we are well. Grandmother walks again. The little one has two teeth. We think of you every day. Write to us."
        asked = Asked(kind=NEWS, about=camp.inquirer.id, news=News(recipient="Rustam", text=typed))
        assert not tracing_papers.preview(camp.other, asked, WHY).leaks

    def test_at_most_25_lines_and_somebody_to_go_to(self, camp: Camp) -> None:
        fits = "\n".join(["well"] * 25)
        assert "well" in paper(camp.other, NEWS, camp.inquirer.id, recipient="R", text=fits)
        with pytest.raises(FormProblems) as found:
            paper(camp.other, NEWS, camp.inquirer.id, recipient="  ", text=fits + "\nwell")
        assert {problem.field for problem in found.value.problems} == {"recipient", "text"}

    def test_from_or_to_somebody_masked_only_by_a_supervisor_with_a_reason(self, camp: Camp) -> None:
        masked, free = camp.masked.id, camp.inquirer.id
        assert refused(camp.other, NEWS, masked, recipient="R") == "shield.withheld"
        assert refused(camp.holder, NEWS, masked, recipient="R") == "access.denied"
        assert refused(camp.other, NEWS, free, recipient_id=masked) == "shield.withheld"
        assert refused(camp.holder, NEWS, free, recipient_id=masked) == "access.denied"
        assert refused_to_make(camp.supervisor, NEWS, masked, Wanted(), recipient="R") == "report.reason_needed"
        made = tracing_papers.make(
            camp.supervisor, Asked(kind=NEWS, about=masked, news=News(recipient="R")), Wanted(reason="She asked for it")
        )
        assert made.export.reason == "She asked for it"


class TestReunification:
    @pytest.fixture
    def child(self, camp: Camp) -> Person:
        return person(
            camp.supervisor,
            "Handedover",
            birth_precision="year",
            birth_earliest=date(2004, 1, 1),
            birth_latest=date(2004, 12, 31),
        )

    def test_a_record_for_each_side_and_the_family_s_has_no_fact_of_the_case(self, camp: Camp, child: Person) -> None:
        put(camp.supervisor, Reunification(
            id=new_id(), person_id=child.id, reunified_on=date(2010, 6, 12), place="School 7", handed_to_id=camp.inquirer.id, relation="parent",
            identity_shown="passport AN 0123456", witness="a neighbour", kind="case_by_case", transport="by lorry",
        ))  # fmt: skip
        office, copy = paper(camp.supervisor, REUNION, child.id), paper(camp.supervisor, REUNION_FAMILY, child.id)
        secrets = (child.number, "School 7", "0123456", "by lorry", "Case by case")
        for told in secrets:
            assert told in office
            assert told not in copy
        for text in (office, copy):
            for told in (
                "Tursunova Handedover",
                "Tursunova Mavluda",
                "mother",
                "12 June 2010",
                "a neighbour",
                "The child: thumb or name",
            ):
                assert told in text
            assert "Handed over without a signed verification" in text  # none is linked
        assert "Destroy by" in office
        assert "Destroy by" not in copy

    def test_an_emergency_says_why_and_who_decided_on_the_office_s_alone(self, camp: Camp, child: Person) -> None:
        put(camp.supervisor, Reunification(id=new_id(), person_id=child.id, handed_to="A man who said uncle", emergency_why="Fire in the tents",
                                           emergency_by=camp.supervisor.user.id))  # fmt: skip
        office, copy = paper(camp.supervisor, REUNION, child.id), paper(camp.supervisor, REUNION_FAMILY, child.id)
        assert "Handed over without a signed verification Reason: Fire in the tents Decided by feruza." in office
        assert "Handed over without a signed verification" in copy
        assert "Fire" not in copy
        assert "feruza" not in copy

    def test_words_that_tell_keep_the_family_s_back(self, camp: Camp, child: Person) -> None:
        put(
            camp.supervisor,
            Reunification(
                id=new_id(), person_id=child.id, handed_to="Anvar, 0555 123 456", witness="an officer of the SNB in Osh"
            ),
        )
        assert refused_to_make(camp.supervisor, REUNION_FAMILY, child.id, WHY) == "report.leaks"
        assert tracing_papers.make(camp.supervisor, Asked(kind=REUNION, about=child.id), WHY)

    def test_nobody_reunited_and_nobody_masked(self, camp: Camp, child: Person) -> None:
        assert refused(camp.supervisor, REUNION, child.id) == "tracing_paper.no_reunion"
        assert refused(camp.supervisor, REUNION, camp.masked.id) == "tracing_paper.shielded"
        assert refused(camp.other, REUNION, camp.masked.id) == "shield.withheld"


class TestFamilyPage:
    def test_kin_ages_and_where_they_are_with_names_at_level_named_alone(self, camp: Camp) -> None:
        desk = camp.supervisor
        me = person(desk, "Focus")
        father, mother, brother = (
            person(desk, "Fatherone", sex="M", presence="dead"),
            person(desk, "Motherone", presence="missing"),
            person(desk, "Heldone", sex="M", presence="detained"),
        )
        kin = {
            father.id: "birth_parent",
            mother.id: "birth_parent",
            brother.id: "sibling",
            camp.masked.id: "aunt_uncle",
        }
        put(
            desk,
            *(KinLink(id=new_id(), from_person_id=one, to_person_id=me.id, kind=kind) for one, kind in kin.items()),
        )
        plain, named = paper(desk, FAMILY, me.id), paper(desk, FAMILY, me.id, replace(WHY, level="named"))
        for told in ("this person", "father", "mother", "brother", "aunt", "died", "MISSING", "elsewhere"):
            assert told in plain
            assert told in named
        for name in ("Fatherone", "Motherone", "Heldone"):
            assert name not in plain
            assert name in named
        assert "Maskedone" not in named
        assert camp.masked.number in named
        assert camp.masked.number not in plain
        assert "Held by" not in named
        assert refused_to_make(desk, FAMILY, me.id, Wanted(level="named")) == "report.reason_needed"
        assert tracing_papers.make(camp.other, Asked(kind=FAMILY, about=me.id), Wanted()).password
        assert refused(desk, FAMILY, camp.masked.id) == "tracing_paper.shielded"
        assert refused(camp.other, FAMILY, camp.masked.id) == "shield.withheld"


class TestLeaving:
    def test_a_paper_about_one_person_is_an_export_and_any_other_stands_in_the_journal(self, camp: Camp) -> None:
        desk = camp.other
        with desk.reading() as reading:
            before = len(reading.all(Export))
        made = tracing_papers.make(desk, Asked(kind=BOARD), WHY)
        with desk.reading() as reading:
            assert len(reading.all(Export)) == before
        assert "TracingPaper" in entries(desk)
        tracing_papers.make(desk, Asked(kind=FAMILY, about=camp.inquirer.id), Wanted())
        with desk.reading() as reading:
            assert len(reading.all(Export)) == before + 1
        assert made.file_name == f"{made.export.export_no}.pdf"

    def test_encrypted_bare_and_with_the_numbers_of_the_preview(self, camp: Camp) -> None:
        asked = Asked(kind=ALOUD)
        shown = tracing_papers.preview(camp.other, asked, Wanted())
        made = tracing_papers.make(camp.other, asked, Wanted(), shown.numbers)
        assert shown.numbers[0] == made.export.export_no
        assert words_of(made.pdf, made.password) == words_of(shown.pdf)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(made.pdf))
        with pikepdf.open(BytesIO(made.pdf), password=made.password) as document:
            assert document.encryption.R == 6
            assert not list(document.docinfo.keys())
            assert "/Metadata" not in document.Root

    @pytest.mark.parametrize("kind", [BOARD, ALOUD])
    def test_plain_or_printed_needs_a_reason(self, camp: Camp, kind: str) -> None:
        assert refused_to_make(camp.other, kind, "", Wanted(plain=True)) == "report.reason_needed"
        assert refused_to_make(camp.other, kind, "", Wanted(printed=True)) == "report.reason_needed"

    def test_an_unknown_kind_or_language_is_refused(self, camp: Camp) -> None:
        assert refused(camp.other, "poster") == "tracing_paper.no_such_kind"
        assert refused(camp.other, BOARD, wanted=Wanted(language="xx")) == "report.no_such_language"

    def test_every_kind_has_a_name(self) -> None:
        assert tracing_papers.names().keys() == KINDS.keys()


def entries(desk: Desk) -> set[str]:
    """The record classes of the journal's entries for what left."""
    with desk.reading() as reading:
        return {
            row[0]
            for row in reading.connection.exec_driver_sql("SELECT record_class FROM journal WHERE change = 'exported'")
        }
