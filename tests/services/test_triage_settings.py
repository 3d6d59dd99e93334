"""What supervisors set about rules: tried first, kept with a reason, never lower than the rule's own, for a vault or a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PASSPHRASE
from tests.examples import examples
from tests.services.access_people import desk_of

from panoh.base.clock import FixedClock
from panoh.base.errors import AppError, FormProblems
from panoh.base.ids import new_id
from panoh.base.progress import Reporting
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.triage.levels import LEVELS, RANK
from panoh.domain.triage.settings import RuleSetting
from panoh.domain.triage.site_rules import LONGEST, SiteRules, can_be_set, clock_fits, higher_levels, longest
from panoh.services import journal, levels, resources, triage, triage_settings, vault
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.triage_settings import Wanted
from panoh.store import derived

SHELTER = {"rule": "T14", "variant": "shelter"}
WHY = "Nights are cold"


def someone(desk: Desk, *codes: str, site_id: str = "", **fields: Any) -> Person:
    """Somebody of whom all was asked, with these needs."""
    born = desk.clock.today() - timedelta(days=12_000)
    with desk.reading() as reading:
        number = f"KX7-{len(reading.all(Person)):05}-1"
    person = Person(
        id=new_id(), number=number, sex="F", urgent="none", birth_precision="day", birth_earliest=born, birth_latest=born,
        site_id=site_id, **fields,
    )  # fmt: skip
    told = RefoulementAssessment(id=new_id(), person_id=person.id, feared_country="none")
    keep(desk, person, told, *(SpecificNeed(id=new_id(), person_id=person.id, code=code) for code in codes))
    return person


def sites(desk: Desk, *names: str) -> list[str]:
    made = [Site(id=new_id(), number=f"KX7-9{at:04}-1", name=name) for at, name in enumerate(names)]
    keep(desk, *made)
    return [site.id for site in made]


def level(desk: Desk, person: Person) -> str:
    return triage.why(desk, person.id).level


def test_a_setting_is_tried_kept_and_everyone_assessed_anew(desk: Desk) -> None:
    burnt = [someone(desk, "PX-HB") for _ in range(3)]
    wounded = someone(desk, "PX-HB", "PX-WO")
    wanted = Wanted(**SHELTER, level="high", why=WHY)
    tried = triage_settings.dry_run(desk, wanted)
    assert (tried.looked_at, dict(tried.levels), tried.moved) == (3, {"high": 3}, 3)  # frail ones are T14.exposed
    assert tried.words() == "3 people would change level: 3 to high."
    assert [level(desk, one) for one in burnt] == ["medium"] * 3
    triage_settings.set_rule(desk, wanted)
    assert levels.refresh_due(desk) == 4
    assert [level(desk, one) for one in (*burnt, wounded)] == ["high"] * 4
    due = triage.why(desk, burnt[0].id).due_at
    assert due == desk.clock.now() + timedelta(hours=24)  # what is raised does not keep the time of the lower level
    assert levels.refresh_due(desk) == 0
    assert level(desk, someone(desk, "PX-HB")) == "high"


def test_a_setting_of_one_site_holds_there_alone(desk: Desk) -> None:
    here, there = sites(desk, "School 5", "Tents")
    one, other = someone(desk, "PX-HB", site_id=here), someone(desk, "PX-HB", site_id=there)
    wanted = Wanted(**SHELTER, site_id=here, level="critical", clock="6 h", why=WHY)
    assert triage_settings.dry_run(desk, wanted).words() == "1 person would change level: 1 to critical."
    triage_settings.set_rule(desk, wanted)
    levels.refresh_due(desk)
    assert (level(desk, one), level(desk, other)) == ("critical", "medium")
    assert triage.why(desk, one.id).due_at == desk.clock.now() + timedelta(hours=6)
    keep(desk, _moved(desk, one, there))
    assert level(desk, one) == "medium"


def _moved(desk: Desk, person: Person, site_id: str) -> Person:
    with desk.reading() as reading:
        return replace(reading.get(Person, person.id), site_id=site_id)


def test_another_clock_moves_due_times_and_no_level(desk: Desk) -> None:
    one = someone(desk, "PX-HB")
    tried = triage_settings.dry_run(desk, Wanted(**SHELTER, clock="2 d"))
    assert (tried.moved, tried.dues) == (0, 1)
    assert tried.words() == "Nobody would change level. 1 would only have another due time."
    triage_settings.set_rule(desk, Wanted(**SHELTER, clock="2 d", why=WHY))
    levels.refresh_due(desk)
    assert triage.why(desk, one.id).due_at == desk.clock.now() + timedelta(days=2)


def test_the_newest_counts_and_its_end_brings_the_rule_back(desk: Desk) -> None:
    one = someone(desk, "PX-HB")
    for wanted in ("high", "critical"):
        triage_settings.set_rule(desk, Wanted(**SHELTER, level=wanted, why=WHY))
    levels.refresh_due(desk)
    line = next(line for line in triage_settings.listed(desk) if line.key == "T14.shelter")
    assert [(each.level, each.site_name, each.why, each.set_by) for each in line.set] == [
        ("critical", "", WHY, desk.user.name)
    ]
    assert level(desk, one) == "critical"
    assert dict(triage_settings.dry_end(desk, line.set[0].id).levels) == {"medium": 1}
    triage_settings.end(desk, line.set[0].id)
    levels.refresh_due(desk)
    assert level(desk, one) == "medium"
    with desk.reading() as reading:
        assert reading.meta("rules") == desk.rulebook.edition


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(rule="T14", variant="exposed", level="medium", why=WHY), "level"),
        (Wanted(rule="T14", variant="exposed", level="high", why=WHY), "level"),
        (Wanted(**SHELTER, clock="soon", why=WHY), "clock"),
        (Wanted(**SHELTER, clock="6 d", why=WHY), "clock"),
        (Wanted(**SHELTER, clock="next contact", why=WHY), "clock"),
        (Wanted(**SHELTER, level="high", clock="4 d", why=WHY), "clock"),
        (Wanted(rule="T12", variant="wound", clock="5 h", why=WHY), "clock"),
        (Wanted(**SHELTER, level="high", why=" "), "why"),
        (Wanted(**SHELTER, why=WHY), "level"),
        (Wanted(rule="T18", variant="age", clock="4 h", why=WHY), "rule"),
        (Wanted(rule="T17", variant="gone", level="critical", why=WHY), "rule"),
        (Wanted(rule="T99", variant="x", level="critical", why=WHY), "rule"),
    ],
)
def test_what_lowers_or_makes_no_sense_is_refused(desk: Desk, wanted: Wanted, field: str) -> None:
    with pytest.raises(FormProblems) as caught:
        triage_settings.set_rule(desk, wanted)
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: triage_settings.set_rule(desk, Wanted(**SHELTER, level="high", why=WHY)),
        lambda desk: triage_settings.dry_run(desk, Wanted(**SHELTER, level="high")),
        lambda desk: triage_settings.dry_end(desk, "x"),
        lambda desk: triage_settings.end(desk, "x"),
        triage_settings.listed,
        triage_settings.sites,
    ],
)
def test_it_is_for_supervisors(opened: vault.OpenVault, ask: Callable[[Desk], object]) -> None:
    with pytest.raises(AppError, match="role"):
        ask(desk_of(opened, "Nodira"))


def test_it_stands_in_the_journal(desk: Desk) -> None:
    triage_settings.set_rule(desk, Wanted(**SHELTER, level="high", why=WHY))
    told = journal.page(desk, journal.Filter(record_class="RuleSetting"), 0, 9)
    assert [(entry.change, entry.new["why"]) for entry in told] == [("made", WHY)]


def test_a_try_can_be_stopped_and_keeps_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        someone(desk, "PX-HB")
    monkeypatch.setattr(triage_settings, "AT_ONCE", 2)
    steps: list[tuple[int, int]] = []

    def told(done: int, total: int, _what: str) -> None:
        steps.append((done, total))
        if done:
            raise AppError("cancelled")

    with pytest.raises(AppError, match="Stopped"):
        triage_settings.dry_run(desk, Wanted(**SHELTER, level="high"), Reporting(told))
    assert steps == [(0, 4), (2, 4)]
    with desk.reading() as reading:
        assert reading.all(RuleSetting) == []


def test_other_work_goes_between_the_slices(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    burnt = [someone(desk, "PX-HB") for _ in range(5)]
    triage_settings.set_rule(desk, Wanted(**SHELTER, level="high", why=WHY))
    monkeypatch.setattr(levels, "REFRESH_AT_ONCE", 2)
    assert levels.refresh_some(desk) == 2
    assert levels.still_due(desk) == 3
    new = someone(desk, "PX-HB")  # a save between two slices
    assert sorted(level(desk, one) for one in (*burnt, new)) == ["high"] * 3 + ["medium"] * 3
    assert triage.count(desk, triage.QueueFilter(levels=("high",))) == 3
    assert levels.refresh_due(desk) == 3
    assert {level(desk, one) for one in burnt} == {"high"}


def test_a_vault_that_was_closed_meanwhile_goes_on_at_the_next_unlocking(
    opened: vault.OpenVault, clock: FixedClock
) -> None:
    one = someone(opened.desk, "PX-HB")
    triage_settings.set_rule(opened.desk, Wanted(**SHELTER, level="high", why=WHY))
    folder = opened.desk.folder
    opened.close()
    with vault.unlock(folder, "feruza", PASSPHRASE, clock=clock) as again:
        assert level(again.desk, one) == "high"


settings = st.builds(
    lambda key, level, clock, site, ended: RuleSetting(
        id=new_id(), rule=key[0], variant=key[1], level=level, clock=clock, site_id=site, ended_at=ended
    ),
    st.sampled_from(sorted(resources.rulebook().entries)),
    st.sampled_from(["", *LEVELS, "none"]),
    st.sampled_from(["", "now", "4 h", "24 h", "72 h", "30 d", "same day", "next contact", "by level", "soon"]),
    st.sampled_from(["", "a", "b"]),
    st.none(),
)


@given(st.lists(settings, max_size=6), st.sampled_from(["", "a", "b", "c"]))
def test_no_setting_ever_lowers_a_level_or_gives_more_time_than_the_field_does(
    made: list[RuleSetting], site: str
) -> None:
    book = resources.rulebook()
    then = SiteRules(book, made).at(site)
    for key, entry in then.entries.items():
        own = book.entries[key]
        assert RANK.get(entry.level, 9) <= RANK.get(own.level, 9)
        if can_be_set(own):
            assert entry.clock == own.clock or entry.clock.span <= longest(own, entry.level) <= LONGEST[entry.level]
        else:
            assert entry == own
    for level_, span in then.restricted_clocks.items():
        shortest = [e.clock.span for e in then.entries.values() if e.sensitive and e.level == level_ and can_be_set(e)]
        assert all(span <= each for each in shortest)


@given(st.lists(settings, max_size=4))
def test_the_edition_tells_settings_apart_and_no_order(made: list[RuleSetting]) -> None:
    book = resources.rulebook()
    assert SiteRules(book).edition == book.edition
    unlike = {(s.rule, s.variant, s.site_id): s for s in made}.values()
    assert SiteRules(book, unlike).edition == SiteRules(book, reversed(list(unlike))).edition
    assert (SiteRules(book, unlike).edition == book.edition) == (not unlike)


@examples(20, share_fixtures=True)
@given(st.sampled_from(sorted(key for key, entry in resources.rulebook().entries.items() if higher_levels(entry))))
def test_everyone_whom_a_try_names_moves_and_nobody_else(desk: Desk, key: tuple[str, str]) -> None:
    rule, variant = key
    with desk.reading() as reading:
        if not reading.first(Person):
            _population(desk)
    wanted = Wanted(rule=rule, variant=variant, level="critical", why=WHY)
    with desk.reading() as reading:
        before = {one: derived.level_of(reading, one) for one in derived.everyone(reading)}
    tried = triage_settings.dry_run(desk, wanted)
    triage_settings.set_rule(desk, wanted)
    levels.refresh_due(desk)
    with desk.reading() as reading:
        after = {one: derived.level_of(reading, one) for one in before}
        made = reading.all(RuleSetting)
    moved = [one for one in before if before[one] and after[one] and before[one].level != after[one].level]  # type: ignore[union-attr]
    assert len(moved) == tried.moved
    triage_settings.end(desk, next(each.id for each in made if each.ended_at is None))
    levels.refresh_due(desk)


def _population(desk: Desk) -> None:
    keep(desk, Household(id="home", number="KX7-80000-1", shelter="inadequate"))
    for codes in (
        ("LP-RR",),
        ("SC-UC",),
        ("SC-SC",),
        ("TR-PI",),
        ("SV-GM",),
        ("PX-WO",),
        ("LP-ND", "FU-TR"),
        ("ER-FR",),
    ):
        someone(desk, *codes)
    someone(desk, "PX-PR", household_id="home")
    someone(desk, border_status="turned_back")


def test_clocks_of_the_rule_file_are_within_bounds() -> None:
    for entry in resources.rulebook().entries.values():
        if can_be_set(entry) and entry.clock.kind == "span":
            assert clock_fits(entry, entry.level, entry.clock.text) or entry.level == "medium", entry
