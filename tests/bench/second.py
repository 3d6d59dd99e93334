"""Second registrations of people who are in the list already, as another desk would have typed them, with what changed.

`true_person_id` names the first registration and `noise` what differs: answers, which no import reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.bench.spelling import in_cyrillic, in_latin, is_cyrillic, other_spelling

ANSWERS = ("true_person_id", "noise")
SHARE = 0.02  # of all people
Row = dict[str, str]
NAMES = ("given_name", "family_name", "patronymic")


def second_registration(rng: random.Random, first: Row, number: int, family: Callable[[], str]) -> Row:
    """The same person registered again; `family` gives the name of another family, for who married."""
    row = {**first, "person_id": f"P{number:07d}", "household_id": f"H9{number:06d}", "relation": "head"}
    noise: list[str] = []
    if rng.random() < 0.55:
        noise.append(_respell(rng, row))
    for kind, chance, change in (
        ("married_name", 0.03, lambda rng, row: _married(row, family)),
        ("patronymic_dropped", 0.35, lambda rng, row: _dropped(row, "patronymic")),
        ("typo", 0.30, _typo),
        ("swapped_names", 0.10, _swapped),
        ("birth", 0.35, _birth),
        ("document_no_dropped", 0.75, lambda rng, row: _dropped(row, "document_no")),
        ("phone_dropped", 0.70, lambda rng, row: _dropped(row, "phone")),
    ):
        if rng.random() < chance and (told := change(rng, row)):
            noise.append(kind if told is True else told)
    return {**row, "true_person_id": first["person_id"], "noise": ";".join(noise) or "exact"}


def _respell(rng: random.Random, row: Row) -> str:
    """All names in the other script, or in the same one by way of the other."""
    through = rng.random() < 0.4
    for column in NAMES:
        name = row.get(column, "")
        row[column] = other_spelling(name, rng) if name else ""
    if not through:
        return "script"
    style = "english" if rng.random() < 0.5 else "passport"
    for column in NAMES:
        name = row[column]
        row[column] = (in_cyrillic(name) if not is_cyrillic(name) else in_latin(name, style)) if name else ""
    return "transliteration"


def _married(row: Row, family: Callable[[], str]) -> bool:
    if row.get("sex") != "F":
        return False
    row["family_name"] = family()
    return True


def _dropped(row: Row, column: str) -> bool:
    had = bool(row.get(column))
    row[column] = ""
    return had


def _typo(rng: random.Random, row: Row) -> bool:
    return slip(rng, row, rng.choice(NAMES[:2]))


def slip(rng: random.Random, row: Row, column: str) -> bool:
    """A letter of a name left out, doubled, changed, or swapped with its neighbour; not in a very short one."""
    name = row[column]
    if len(name) < 4:
        return False
    at, kind = rng.randrange(1, len(name) - 1), rng.random()
    letter = rng.choice("аеиорслн" if is_cyrillic(name) else "aeiorsln")
    middle = "" if kind < 0.35 else name[at + 1] + name[at] if kind < 0.65 else name[at] * 2 if kind < 0.8 else letter
    row[column] = name[:at] + middle + name[at + (2 if 0.35 <= kind < 0.65 else 1) :]
    return True


def _swapped(rng: random.Random, row: Row) -> bool:
    del rng
    row["given_name"], row["family_name"] = row["family_name"], row["given_name"]
    return True


def _birth(rng: random.Random, row: Row) -> str:
    """Day and month changed places, a day or a year off, or only a year."""
    if len(row.get("birth_date", "")) != len("1998-03-12"):
        return ""
    born, kind = date.fromisoformat(row["birth_date"]), rng.random()
    if kind < 0.3 and born.day <= 12 and born.day != born.month:
        row["birth_date"] = born.replace(month=born.day, day=born.month).isoformat()
        return "day_month_swapped"
    if kind < 0.55:
        row["birth_date"] = (born + timedelta(days=rng.choice((-366, -1, 1, 10, 365)))).isoformat()
        return "birth_off"
    row["birth_date"] = str(born.year)
    return "birth"
