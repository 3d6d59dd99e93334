"""A vault that holds one site's caseload: nobody of another site comes in, and nobody who is in it goes by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE
from tests.services.access_people import desk_of

from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.domain.household import Household, Site
from panoh.domain.person import Person
from panoh.services import aside, caseload, erasing, households, registration, sites, vault
from panoh.services.desk import Desk
from panoh.services.imports import Options, import_people
from panoh.services.journal import Filter, page
from panoh.services.registration import FamilyForm, FamilyRow
from panoh.services.sites import SiteForm
from panoh.store.tables import table

ROW = FamilyRow(name="Эргашева Дилноза", sex="F", birth="1979")


def made(desk: Desk, *names: str) -> list[Site]:
    return [sites.add(desk, SiteForm(name=name))[0] for name in names]


def family(desk: Desk, site_id: str = "", presence: str = "here") -> registration.SavedFamily:
    rows = (ROW, FamilyRow(name="Эргашев Улуғбек", sex="M", birth="2004", presence=presence))
    return registration.save_family(desk, FamilyForm(site_id=site_id, rows=rows))


def everyone(desk: Desk) -> list[Person]:
    with desk.reading() as reading:
        return reading.all(Person)


def test_without_the_setting_everyone_is_held(desk: Desk) -> None:
    school, _tents = made(desk, "School 14", "Tents")
    family(desk, school.id)
    assert caseload.of_vault(desk) == caseload.Caseload(None, 0)
    assert caseload.of_other_sites(desk, 9) == []


def test_whoever_is_registered_without_a_site_is_registered_at_the_own_one(desk: Desk) -> None:
    school, _tents = made(desk, "School 14", "Tents")
    caseload.hold_only(desk, school.id)
    saved = family(desk, presence="missing")
    assert saved.household.site_id == school.id
    assert [person.site_id for person in saved.people] == [school.id, ""]


def test_nobody_of_another_site_is_registered_and_the_form_says_why(desk: Desk) -> None:
    school, tents = made(desk, "School 14", "Tents")
    caseload.hold_only(desk, school.id)
    form = FamilyForm(site_id=tents.id, rows=(ROW,))
    problems = registration.check_family(desk, form)
    assert [problem.field for problem in problems] == ["site_id"]
    assert "only the caseload of School 14" in problems[0].text
    with pytest.raises(FormProblems):
        registration.save_family(desk, form)
    assert everyone(desk) == []
    caseload.hold_only(desk, "")
    assert registration.save_family(desk, form).household.site_id == tents.id


@pytest.mark.parametrize("rows", [3, 400])
def test_rows_of_another_site_are_refused_with_the_reason(desk: Desk, tmp_path: Path, rows: int) -> None:
    """A short list, and one that another process prepares. A row without a site is of the own one."""
    school, _tents = made(desk, "School 14", "Tents")
    caseload.hold_only(desk, school.id)
    told = ["School 14", "tents", "", "school 14", "Somewhere new"]
    file = tmp_path / "people.csv"
    lines = [f"p{at},h{at},Каримов,Акмал,M,1980,{told[at % 5]}" for at in range(rows)]
    file.write_text("\n".join(["person_id,household_id,family_name,given_name,sex,birth_date,site", *lines]), "utf-8")
    dry = import_people(desk, file, Options(dry_run=True))
    result = import_people(desk, file, Options(without_backup=True))
    kept = [at for at in range(rows) if at % 5 in (0, 2, 3)]
    assert (dry.added, len(dry.refused)) == (result.added, len(result.refused)) == (len(kept), rows - len(kept))
    assert {refused.reason for refused in result.refused} == {caseload.refusal(school)}
    assert "tents" in result.refused[0].cells
    assert {person.external_id for person in everyone(desk)} == {f"p{at}" for at in kept}
    assert {person.site_id for person in everyone(desk)} == {school.id}
    with desk.reading() as reading:
        assert {site.name for site in reading.all(Site)} == {"School 14", "Tents"}
    with pytest.raises(AppError, match="row"):
        import_people(desk, file, Options(strict=True))


def test_whoever_is_here_already_is_updated_whatever_site_the_list_says(desk: Desk, tmp_path: Path) -> None:
    """A list moves nobody; what else it says of them is no less true."""
    school, _tents = made(desk, "School 14", "Tents")
    caseload.hold_only(desk, school.id)
    file = tmp_path / "people.csv"
    for site, phone in (("School 14", "0555"), ("Tents", "0777")):
        file.write_text(
            f"person_id,family_name,given_name,sex,site,phone\np1,Каримов,Акмал,M,{site},{phone}\n", "utf-8"
        )
        assert import_people(desk, file, Options(without_backup=True)).refused == ()
    assert [(person.site_id, person.phone) for person in everyone(desk)] == [(school.id, "0777")]


def test_who_moves_away_is_counted_listed_and_stays(desk: Desk) -> None:
    school, tents = made(desk, "School 14", "Tents")
    caseload.hold_only(desk, school.id)
    saved = family(desk)
    with desk.reading() as reading:
        home = reading.first(Household, table(Household).c.id == saved.household.id)
    assert home is not None
    households.change(desk, [replace(home, site_id=tents.id)])
    assert caseload.of_vault(desk).others == 2
    assert [line.number for line in caseload.of_other_sites(desk, 9)] == [person.number for person in saved.people]
    assert len(caseload.of_other_sites(desk, 1)) == 1
    assert len(everyone(desk)) == 2
    aside.set_aside(desk, saved.people[0].id, "mistake")
    assert caseload.of_vault(desk).others == 1


def test_two_people_let_somebody_go(opened: vault.OpenVault) -> None:
    desk = opened.desk
    school, tents = made(desk, "School 14", "Tents")
    alone = registration.save_family(desk, FamilyForm(site_id=tents.id, rows=(ROW,))).people[0]
    caseload.hold_only(desk, school.id)
    assert caseload.of_vault(desk).others == 1
    erasing.ask(desk, alone.id, "elsewhere")
    asked = erasing.waiting(desk)[0].erasure
    with pytest.raises(AppError, match="two people"):
        erasing.agree(desk, asked.id, {})
    erasing.agree(desk_of(opened, "Gulnara", "supervisor"), asked.id, {})
    assert caseload.of_vault(desk) == caseload.Caseload(school, 0)
    assert everyone(desk) == []


@pytest.mark.parametrize("role", ["caseworker", "supervisor"])
def test_only_the_head_of_office_sets_it(opened: vault.OpenVault, role: str) -> None:
    school = made(opened.desk, "School 14")[0]
    other = desk_of(opened, "Bakyt", role)
    with pytest.raises(AppError) as refused:
        caseload.hold_only(other, school.id)
    assert refused.value.code == "access.head"
    assert caseload.of_vault(other).site is None
    if role == "caseworker":
        with pytest.raises(AppError) as refused:
            caseload.of_other_sites(other, 9)
        assert refused.value.code == "access.denied"


def test_each_setting_stands_in_the_journal_once(desk: Desk) -> None:
    school = made(desk, "School 14")[0]
    for site_id in (school.id, school.id, "", ""):
        caseload.hold_only(desk, site_id)
    told = [entry.new for entry in page(desk, Filter(), 0, 99) if entry.record_class == caseload.RECORD]
    assert told == ["School 14 → everyone", "everyone → School 14"]


def test_a_site_that_is_none_changes_nothing(desk: Desk) -> None:
    with pytest.raises(AppError) as refused:
        caseload.hold_only(desk, new_id())
    assert refused.value.code == "record.not_found"
    assert caseload.of_vault(desk).site is None


def test_it_holds_after_the_next_unlocking_and_in_a_restored_backup(opened: vault.OpenVault, tmp_path: Path) -> None:
    clock = opened.desk.clock
    school = made(opened.desk, "School 14")[0]
    caseload.hold_only(opened.desk, school.id)
    backup = opened.backup(tmp_path / "stick")
    opened.close()
    vault.restore(backup, tmp_path / "other", "feruza", PASSPHRASE, clock=clock)
    for place in ("vault", "other"):
        with vault.unlock(tmp_path / place, "feruza", PASSPHRASE, clock=clock) as again:
            assert caseload.of_vault(again.desk).site == school


@pytest.mark.parametrize("said", ["School 14", " school  14 ", "number"])
def test_a_site_is_found_by_name_or_number(desk: Desk, said: str) -> None:
    school = made(desk, "School 14")[0]
    assert caseload.site_named(desk, school.number.lower() if said == "number" else said) == school
    assert caseload.site_named(desk, "School") is None
