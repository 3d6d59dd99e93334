"""What relatives say about people who are missing: requests.csv beside an invented population, half of them registered.

`true_person_id` names whom they mean, and `noise` what differs from the record: answers, which no import reads. The same
arguments give the same bytes.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from tests.bench import population
from tests.bench.second import Row, slip
from tests.bench.spelling import other_spelling

COLUMNS = (
    "request_id given_name family_name patronymic sex birth_date age origin relatives true_person_id noise".split()
)
REQUESTS = 500
_FOUND = 0.5  # of those who are sought stand in the list
_MOST_KIN = 3
_SHORT = {
    "Александр": "Саша", "Алексей": "Лёша", "Дмитрий": "Дима", "Сергей": "Серёжа", "Евгений": "Женя", "Екатерина": "Катя",
    "Наталья": "Наташа", "Мария": "Маша", "Ольга": "Оля", "Юлия": "Юля", "Нурлан": "Нурик", "Азамат": "Азик",
    "Рустам": "Рустик", "Алишер": "Али", "Шерзод": "Шер", "Анастасия": "Настя", "Светлана": "Света",
}  # fmt: skip


def write_requests(people: Path, count: int = REQUESTS, seed: int = population.SEED) -> Path:
    """Write requests.csv beside people.csv, and return its path."""
    rng = random.Random(f"{seed}:asked")
    with people.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["noise"]]
    absent = population.others(seed + 1, max(count * 4, 50))
    homes = {"here": _homes(rows), "absent": _homes(absent)}
    path = people.with_name("requests.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number in range(1, count + 1):
            found = rng.random() < _FOUND
            sought = rng.choice(rows if found else absent)
            home = homes["here" if found else "absent"][sought["household_id"]]
            kin = [row for row in home if row is not sought]
            asked = request(rng, sought, rng.sample(kin, min(len(kin), rng.randint(0, _MOST_KIN))))
            true = sought["person_id"] if found else ""
            writer.writerow({**asked, "request_id": f"R{number:06d}", "true_person_id": true})
    return path


def request(rng: random.Random, sought: Row, kin: list[Row]) -> Row:
    """What a relative says of this person: names by ear, an age by guess, and some of those who may be with them."""
    told = {column: sought.get(column, "") for column in COLUMNS if column not in ("relatives", "noise")}
    noise: list[str] = []
    spelled_anew = rng.random() < 0.6
    for kind, chance, change in (
        ("short_name", 0.25, _short),
        ("other_spelling", 1.0 if spelled_anew else 0.0, _respelled),
        ("slip_in_given_name", 0.12, lambda rng, row: slip(rng, row, "given_name")),
        ("slip_in_family_name", 0.2, lambda rng, row: slip(rng, row, "family_name")),
        ("another_family_name", 0.12, _another_family),
        ("no_family_name", 0.08, lambda _rng, row: _left_out(row, "family_name")),
        ("no_patronymic", 0.5, lambda _rng, row: _left_out(row, "patronymic")),
        ("no_origin", 0.2, lambda _rng, row: _left_out(row, "origin")),
        ("birth_guessed", 0.85, _guessed),
    ):
        if rng.random() < chance and change(rng, told):
            noise.append(kind)
    names = [one["given_name"] for one in kin]
    if spelled_anew:
        names = [other_spelling(name, rng) for name in names]
    return {**told, "relatives": ";".join(names), "noise": ";".join(noise) or "exact"}


def _homes(rows: list[Row]) -> dict[str, list[Row]]:
    homes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        homes[row["household_id"]].append(row)
    return homes


def _short(_rng: random.Random, row: Row) -> bool:
    short = _SHORT.get(row["given_name"], "")
    row["given_name"] = short or row["given_name"]
    return bool(short)


def _respelled(rng: random.Random, row: Row) -> bool:
    for column in ("given_name", "family_name", "patronymic"):
        row[column] = other_spelling(row[column], rng) if row[column] else ""
    return True


def _another_family(rng: random.Random, row: Row) -> bool:
    if row["sex"] != "F":
        return False
    row["family_name"] = population.family_of_a_woman(rng)
    return True


def _left_out(row: Row, column: str) -> bool:
    had = bool(row[column])
    row[column] = ""
    return had


def _guessed(rng: random.Random, row: Row) -> bool:
    """A year, or an age on the last day of the list, with the error that ages have: more years for who is older."""
    if row["birth_date"]:
        born = (
            date.fromisoformat(row["birth_date"]) if len(row["birth_date"]) > 4 else date(int(row["birth_date"]), 7, 1)
        )
        age = (population.DAY - born).days / 365.25
    else:
        age = float(row["age"] or 0) + 0.5
    guessed = max(0.0, age + rng.gauss(0, 0.3 + min(2.5, age / 15)))
    row["birth_date"], row["age"] = "", str(int(guessed))
    if rng.random() < 0.15:
        row["birth_date"] = str((population.DAY - timedelta(days=guessed * 365.25)).year)
        row["age"] = ""
    return True
