"""Makes the vault that a finished issue leaves behind: `python -m tests.migrations.freeze` writes tests/data/vaults/<schema>.

A dozen invented people, and at least one record of every kind, made through the services that the window calls.
Run it once for a new schema, never again for one whose folder is there.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.migrations import made_casework, made_incidents, made_needs, made_protection, made_tracing, made_triage

from panoh.base.clock import FixedClock
from panoh.base.ids import new_id
from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement
from panoh.domain.cases import CaseAction, CaseOption
from panoh.domain.consent import Consent
from panoh.domain.family import KinLink
from panoh.domain.household import Site
from panoh.domain.merging import DuplicateDecision
from panoh.domain.papers import Attachment, PaperEvidence, PaperStep
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.records import RECORDS
from panoh.services import (
    aside,
    border,
    cards,
    cases,
    drafts,
    duplicates,
    erasing,
    families,
    households,
    imports,
    matches,
    merging,
    papers,
    people,
    seal,
    summaries,
    triage,
    users,
    vault,
)  # fmt: skip
from panoh.services.desk import Desk
from panoh.services.records import keep
from panoh.services.registration import FamilyForm, FamilyRow, save_family
from panoh.store.keyfile import Kdf
from panoh.store.migrate import head_revision
from panoh.store.tables import table

PLACE = Path(__file__).resolve().parents[1] / "data" / "vaults"
USER, PASSPHRASE = "anna", "apricot ladder seven rivers"  # open every frozen vault: never change them
NOW = datetime(2010, 6, 14, 9, 0, tzinfo=UTC)

FAMILY = FamilyForm(
    address_before="Ўш, Фурқат", phone="+996 555 000 001", language="uz", shelter="open_air", notice_read="yes",
    fled_from="KG", country_now="UZ", border_status="admitted",
    rows=(
        FamilyRow(name="Намунаева Гулнора", sex="F", birth="34", relation="head", needs=("WR-PY",), talk_alone=True),
        FamilyRow(name="Намунаев Баҳром", sex="M", birth="1969", relation="spouse", presence="missing"),
        FamilyRow(name="Намунаева Дилноза", sex="F", birth="12.03.2004", relation="child", unanswered=(("needs", "none"),)),
        FamilyRow(name="Намунаев Шерзод", sex="M", birth="8", relation="child", presence="left_behind"),
        FamilyRow(name="", sex="F", relation="parent", unanswered=(("name", "refused"), ("birth", "does_not_know"))),
    ),
)  # fmt: skip
LISTED: list[dict[str, str]] = [
    {"person_id": "F1", "household_id": "H1", "relation": "head", "given_name": "Илҳом", "family_name": "Намунақулов",
     "sex": "M", "birth_date": "1972-05", "feared_country": "UZ", "country_now": "UZ", "recognised_by": "UNHCR",
     "document_no": "N-000123", "legal_status": "refugee", "in_hiding": "yes"},
    {"person_id": "F2", "household_id": "H1", "relation": "spouse", "given_name": "Лола", "sex": "F", "birth_date": "1975"},
    {"person_id": "F3", "household_id": "H2", "relation": "head", "given_name": "Малика", "sex": "F", "age": "11", "needs": "SC-UC"},
    {"person_id": "F4", "household_id": "H3", "relation": "head", "given_name": "Шерзод", "family_name": "Намунаев",
     "sex": "M", "age": "8", "needs": "SC-SC", "origin": "Ўш"},
    {"person_id": "F5", "household_id": "H4", "relation": "head", "given_name": "Sa'dulla", "family_name": "Example",
     "sex": "M", "birth_date": "1948-02-29", "needs": "SM-CI;ER-NF", "nationality": "KG;stateless"},
    {"person_id": "F6", "household_id": "H4", "relation": "spouse", "given_name": "Ойша", "sex": "F", "birth_date": "1951"},
    {"person_id": "F7", "household_id": "H5", "relation": "head", "given_name": "Ойша", "sex": "F", "birth_date": "1951"},
]  # fmt: skip


def main() -> None:
    """Write the frozen vault of today's schema; a folder that is there already is never written over."""
    schema, clock = head_revision(vault.MIGRATIONS), FixedClock(NOW)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / schema
        made = vault.create(place, USER, PASSPHRASE, clock=clock, device="KX7", kdf=Kdf.cheap())
        with made.open as opened:
            _fill(opened, clock)
            told = {"schema": schema, "now": clock.now().isoformat(), **_told(opened.desk)}
        (place / "lock").unlink(missing_ok=True)
        (place / "expected.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        shutil.copytree(place, PLACE / schema)


def _fill(opened: vault.OpenVault, clock: FixedClock) -> None:
    desk, now = opened.desk, clock.now()
    saved = save_family(desk, FAMILY)
    _bring_in(desk)
    other = users.add(opened, "bahodir", "olma daryo bulut qalam", "caseworker")
    mother, site = saved.people[0], Site(id=new_id(), name="Школа 5", kind="school", country="UZ", capacity=300)
    keep(desk, replace(site, number="KX7-90001-0", closing_on=date(2010, 6, 27)))
    clock.at = now + timedelta(minutes=5)
    keep(desk, replace(mother, phone="+996 555 000 002", site_id=site.id, languages=("uz", "ru")))
    wrong = PersonName(id=new_id(), person_id=mother.id, kind="nickname", text="Typed by mistake")
    keep(desk, PersonName(id=new_id(), person_id=mother.id, kind="other_script", text="Namunayeva Gulnora"), wrong)
    keep(desk, without=[wrong])
    keep(desk, IdentityDocument(id=new_id(), person_id=mother.id, kind="passport", issuer="KG", state="destroyed", noted_on=now.date()),
         Consent(id=new_id(), person_id=mother.id, purpose="sharing", recipient="unhcr", answer="yes", given_by="self",
                 how="spoken", given_on=now.date()))  # fmt: skip
    _casework(desk, mother.id, other.id, now)
    asked = replace(saved.requests[0], consent_to_trace="yes", last_seen="Mirzo bridge", separated_on=date(2010, 6, 11))
    keep(desk, asked)
    matches.reject(desk, asked.id, people.by_number(desk, "F5"), "Older by twenty years")
    _depth(desk, mother, site, now)
    drafts.keep(desk, new_id(), "family", {"rows": [{"name": "Half a name"}]})
    seal.seal(desk, mother.id, "whereabouts", {"text": "At the school"})
    made_casework.make(desk, {"person": mother.id})
    made_needs.make(desk, [people.by_number(desk, "F2")])
    made_triage.make(desk, {"person": mother.id})
    made_incidents.make(desk, [mother.id])
    made_protection.make(desk, mother.id, people.by_number(desk, "F3"))
    made_tracing.make(desk, asked.id, people.by_number(desk, "F4"))
    _set_aside_and_erased(opened, clock)


def _set_aside_and_erased(opened: vault.OpenVault, clock: FixedClock) -> None:
    """Somebody who is set aside, and somebody whose erasing waits for a second person."""
    desk = opened.desk
    rows = [FamilyRow(name=f"Example {name}", sex="M", birth="40") for name in ("Aside", "Asked")]
    one, other = (save_family(desk, FamilyForm(rows=(row,))).people[0] for row in rows)
    aside.set_aside(desk, one.id, "mistake")
    erasing.ask(desk, other.id, "request")
    users.add(opened, "chinara", "olma daryo bulut qalam yana", "supervisor", one_time=False)


def _depth(desk: Desk, mother: Person, site: Site, now: datetime) -> None:
    """What registration in depth adds: links, phones, papers, the border, a card, a merge."""
    today = now.date()
    twin = save_family(desk, FamilyForm(rows=(FamilyRow(name="Namunayeva Gulnora", sex="F", birth="34"),))).people[0]
    other = save_family(desk, FamilyForm(rows=(FamilyRow(name="Намунаев Карим", sex="M", birth="60"),))).people[0]
    paper = IdentityDocument(id=new_id(), person_id=mother.id, kind="passport", state="lost", noted_on=today)
    keep(desk, paper, PersonPhone(id=new_id(), person_id=mother.id, phone_no="+996 555 000 003", whose="relative"))
    papers.add_step(desk, PaperStep(id="", person_id=mother.id, document_id=paper.id, kind="reported", next_on=today))
    papers.add_evidence(desk, PaperEvidence(id="", person_id=mother.id, kind="witness", what="A teacher"))
    families.link(desk, KinLink(id="", from_person_id=other.id, to_person_id=mother.id, kind="birth_parent"))
    border.record(desk, BorderEvent(id="", person_id=mother.id, status="waiting", happened_on=today))
    border.keep_point(desk, BorderPoint(id="", name="Dostuk", from_country="KG", to_country="UZ"))
    point = border.points(desk)[0].point
    border.keep_state(desk, BorderPointState(id="", border_point_id=point.id, since=today, state="closed"))
    border.keep_movement(desk, Movement(id="", moved_on=today, to_site_id=site.id, people=40))
    cards.issue(desk, [mother.id])
    households.join(desk, other.id, mother.id, "parent")
    duplicates.sweep(desk)
    merging.merge(desk, mother.id, twin.id)
    keep(desk, DuplicateDecision(id=new_id(), person_a_id=mother.id, person_b_id=other.id, state="relatives"),
         Attachment(id=new_id(), person_id=mother.id, kind="other", title="A file that was here"))  # fmt: skip


def _bring_in(desk: Desk) -> None:
    columns = dict.fromkeys(name for row in LISTED for name in row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*columns, "fled_from", "site", "site_kind", "arrival_date"])
            writer.writeheader()
            common = {"fled_from": "KG", "site": "Тепақўрғон", "site_kind": "tents", "arrival_date": "2010-06-12"}
            writer.writerows({**row, **common} for row in LISTED)
        result = imports.import_people(desk, path, imports.Options())
    if result.refused or result.added != len(LISTED):
        raise SystemExit(f"the list is not as it should be: {result.refused} {result.warnings}")


def _casework(desk: Desk, person_id: str, other_id: str, now: datetime) -> None:
    cases.add_note(desk, person_id, "Came on foot with three others.")
    case = replace(
        cases.case_or_new(desk, person_id), question="May she travel with the medical transport on 15 June?",
        answer_by=now + timedelta(hours=9), without_answer="She walks.", wish="To stay near the border.",
        recommendation="A keeps the family together.", recommended_option="A", review_on=date(2010, 6, 17),
    )  # fmt: skip
    keep(desk, case, CaseOption(id=new_id(), case_id=case.id, letter="A", what="Transport", consequence="Seen by a doctor"),
         CaseAction(id=new_id(), case_id=case.id, done_on=now.date(), what="Asked the clinic", result="No bed"))  # fmt: skip
    cases.assign(desk, person_id, other_id)
    cases.add_task(desk, person_id, "Ask the clinic again", now + timedelta(days=1), other_id)
    triage.set_level(desk, person_id, "critical", "Birth is near", date(2010, 6, 16))
    summaries.export_case(desk, person_id, summaries.Wanted(level="carry", plain=True, reason="A frozen vault"))


def _told(desk: Desk) -> dict[str, Any]:
    """What later versions of Panoh must still find."""
    queue = triage.whole_queue(desk, 99)
    with desk.reading() as reading:
        rows = {table(kind).name: len(reading.all(kind)) for kind in RECORDS}
    empty = [name for name, count in rows.items() if not count]
    if empty:
        raise SystemExit(f"no record of: {empty}")
    return {
        "rows": rows,
        "journal_entries": desk.store.journal_head().count,
        "names": {item.line.number: item.line.full_name for item in queue},
        "at_risk_of_return": [i.line.number for i in queue if any(reason.rule == "T02" for reason in i.reasons)],
    }


if __name__ == "__main__":
    main()
