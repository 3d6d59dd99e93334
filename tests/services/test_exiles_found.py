"""A list as field desks type it: every exile in it is found, by the rule that fits, and nobody else is flagged.

The list is made here, with its own answers in a column that imports leave out.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

from panoh.services import imports, triage
from panoh.services.desk import Desk

COLUMNS = (
    "person_id", "household_id", "relation", "given_name", "family_name", "sex", "age", "needs", "border_status",
    "fled_from", "country_now", "intends_to_go", "legal_status", "recognised_by", "feared_country", "in_hiding",
    "extradition_requested", "answer",
)  # fmt: skip
EXILE_RULES = ("T01", "T02", "T02x")


def row(rng: random.Random, number: int, home: int, relation: str) -> dict[str, str]:
    """Somebody; one in twelve fears another State, and what is said of that differs as desks differ."""
    waiting = rng.random() < 0.3
    made = {
        "person_id": f"P{number}", "household_id": f"H{home}", "relation": relation, "given_name": f"Лола {number}",
        "family_name": "Каримова", "sex": rng.choice("FM"), "age": str(rng.randint(0, 80)), "fled_from": "KG",
        "feared_country": "KG", "border_status": "waiting" if waiting else "admitted",
        "country_now": "KG" if waiting else "UZ", "intends_to_go": "UZ" if waiting else "",
        "needs": rng.choice(("", "", "", "SM-CI", "LP-ND", "ER-NF", "DS-BD")), "answer": "",
    }  # fmt: skip
    if rng.random() < 1 / 12:
        made |= rng.choice(
            (
                {"feared_country": "UZ", "answer": "T02"},
                {"feared_country": "UZ", "recognised_by": "UNHCR", "answer": "T02"},
                {"feared_country": "CN", "answer": "T02x"},
                {"feared_country": "CN", "in_hiding": "yes", "answer": "T02"},
                {"feared_country": "CN", "extradition_requested": "yes", "answer": "T02"},
                {"feared_country": "", "legal_status": "previously_recognised_refugee", "answer": "T02x"},
                {"feared_country": "", "legal_status": "asylum_seeker", "answer": "T02x"},
                {"needs": "LP-RR", "answer": "T02x"},
            )
        )
    return made


def test_every_exile_of_a_list_is_found_by_the_rule_that_fits_and_nobody_else(desk: Desk, tmp_path: Path) -> None:
    rng = random.Random(20100614)
    people = [row(rng, n, n // 4, "child" if n % 4 else "head") for n in range(600)]
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(people)
    assert imports.import_people(desk, path, imports.Options()).added == 600
    found = {item.line.external_id: item for item in triage.whole_queue(desk, 10_000)}
    flagged: dict[str, str] = {}
    for number, item in found.items():
        rules = [reason.rule for reason in item.reasons if reason.rule in EXILE_RULES]
        if rules:
            flagged[number] = rules[0]
    answers = {each["person_id"]: each["answer"] for each in people if each["answer"]}
    assert flagged == answers
    assert {*Counter(answers.values())} == {"T02", "T02x"}
    in_danger = {each["household_id"] for each in people if each["answer"] == "T02"}
    beside = {each["person_id"] for each in people if each["household_id"] in in_danger and each["answer"] != "T02"}
    told = {number for number, item in found.items() if any(reason.rule == "T02b" for reason in item.reasons)}
    assert told == beside
