"""People who register a second time at another desk: noisy copies of rows, each with whom it is and what went wrong.

What goes wrong is what desks say of their lists: the other script, a letter dropped, doubled, swapped or wrong, the
names in each other's column, no father's name or another form of it, a name from a marriage, day and month swapped,
one digit of the date wrong, only a year or an age, the first of January for an unknown day, another spelling of the
place, a paper left at home. Some come alone, some with those they live with.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from tests.bench.spelling import LATIN_STYLES, in_cyrillic, in_latin, in_russian_letters, other_spelling

Row = dict[str, str]
SHARE = 0.02  # of people who come twice
_WITH_FAMILY = 0.3
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_NAMES = ("given_name", "family_name", "patronymic")
_TODAY = date(2010, 6, 14)
_PLACES = {"Osh": "Ош", "Jalal-Abad": "Джалал-Абад", "Batken": "Баткен", "Uzgen": "Узген", "Aravan": "Араван", "Andijan": "Андижон",
           "Fergana": "Фарғона", "Namangan": "Наманган", "Kara-Suu": "Карасуу", "Nookat": "Ноокат"}  # fmt: skip


def second_registrations(rows: Sequence[Mapping[str, str]], share: float = SHARE, seed: int = 5) -> Iterator[Row]:
    """Copies of some of these rows, under ids of their own, with `true_person_id` and `noise` (kinds joined by ';').

    The rows have the columns of the import. A copy has a household of its own; some bring those they live with.
    """
    rng = random.Random(seed)
    homes: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        homes[row["household_id"]].append(row)
    number = 0
    wanted = round(len(rows) * share)
    while number < wanted:
        first = rng.choice(rows)
        together = homes[first["household_id"]] if rng.random() < _WITH_FAMILY else [first]
        home, style, number_of_home = f"H2-{number:06d}", _style(rng), number
        families = _surnames(together, rng)
        for row in together[: wanted - number_of_home]:
            yield _again(row, f"P2-{number:06d}", home, style, families.get(row["person_id"], ""), rng)
            number += 1


def _again(
    row: Mapping[str, str], person: str, home: str, style: Callable[[str], str], married: str, rng: random.Random
) -> Row:
    copy = {**row, "person_id": person, "household_id": home, "true_person_id": row["person_id"], "needs": ""}
    noise: list[str] = []
    if married:
        copy["family_name"] = married
        noise.append("married_name")
    _spell_again(copy, style, noise)
    for kind, chance, change in _CHANGES:
        if rng.random() < chance and change(copy, rng):
            noise.append(kind)
    copy["noise"] = ";".join(noise) or "exact"
    return copy


def _style(rng: random.Random) -> Callable[[str], str]:
    """How one desk writes names: as they are, in the other script, or otherwise in the same one."""
    roll = rng.random()
    if roll < 0.45:
        return lambda name: name
    if roll < 0.85:
        state = rng.random()
        return lambda name: other_spelling(name, random.Random(state))
    latin = rng.choice(LATIN_STYLES)
    return lambda name: in_russian_letters(name) if _CYRILLIC.search(name) else in_latin(in_cyrillic(name), latin)


def _spell_again(copy: Row, style: Callable[[str], str], noise: list[str]) -> None:
    before = {name: copy[name] for name in _NAMES if copy.get(name)}
    after = {name: style(text) for name, text in before.items()}
    if after != before:
        script = bool(_CYRILLIC.search("".join(after.values()))) != bool(_CYRILLIC.search("".join(before.values())))
        noise.append("script" if script else "transliteration")
    copy.update(after)


def _surnames(people: Sequence[Mapping[str, str]], rng: random.Random) -> Row:
    """New family names of a few women, as another family has them."""
    women = [
        row for row in people if row["sex"] == "F" and row["relation"] in ("head", "spouse") and row["family_name"]
    ]
    stems = ("Юлдашева", "Мамажонова", "Токтосунова", "Абдуллаева", "Эргашева", "Сатыбалдиева", "Раҳимова")
    return {row["person_id"]: rng.choice(stems) for row in women if rng.random() < 0.04}


def _mistyped(copy: Row, rng: random.Random) -> bool:
    name = rng.choice([name for name in ("given_name", "family_name") if len(copy[name]) > 3] or [""])
    if not name:
        return False
    text = copy[name]
    at = rng.randrange(len(text) - 1) if rng.random() < 0.1 else rng.randrange(1, len(text) - 1)
    wrong = rng.choice("аеиорслнмтк" if _CYRILLIC.search(text) else "aeiorslnmtk")
    copy[name] = rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] * 2 + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + wrong + text[at + 1 :],
        )
    )
    return copy[name] != text


def _swapped_names(copy: Row, rng: random.Random) -> bool:
    del rng
    copy["given_name"], copy["family_name"] = copy["family_name"], copy["given_name"]
    return bool(copy["given_name"] and copy["family_name"])


def _other_form_of_father(copy: Row, rng: random.Random) -> bool:
    """'Каримович' as 'Карим ўғли', and the reverse, as far as the ending tells."""
    del rng
    for pattern, son, daughter in (
        (r"(?:ов|ев)(?:ич|на)$", " ўғли", " қизи"),
        (r"(?:ov|ev)(?:ich|na)$", " oʻgʻli", " qizi"),
    ):
        root, found = re.subn(pattern, "", copy.get("patronymic", ""))
        if found:
            copy["patronymic"] = root + (daughter if copy["sex"] == "F" else son)
            return True
    return False


def _emptied(column: str) -> Callable[[Row, random.Random], bool]:
    def empty(copy: Row, rng: random.Random) -> bool:
        del rng
        had = bool(copy.get(column))
        copy[column] = ""
        return had

    return empty


def _on_a_day(copy: Row) -> date | None:
    born = copy.get("birth_date", "")
    return date.fromisoformat(born) if len(born) == 10 else None


def _swapped_day(copy: Row, rng: random.Random) -> bool:
    del rng
    born = _on_a_day(copy)
    if born is None or born.day > 12 or born.day == born.month:
        return False
    copy["birth_date"] = born.replace(month=born.day, day=born.month).isoformat()
    return True


def _one_digit_off(copy: Row, rng: random.Random) -> bool:
    born = _on_a_day(copy)
    if born is None:
        return False
    moved = born + timedelta(days=rng.choice((-1, 1, -1, 1, -10, 10, -2, 2, -31, 30, -365, 366, 365, -366, 3653)))
    copy["birth_date"] = min(moved, _TODAY).isoformat()
    return copy["birth_date"] != born.isoformat()


def _less_exact(copy: Row, rng: random.Random) -> bool:
    """A year, the first of January, or an age; of an age that was told another one."""
    born = _on_a_day(copy)
    year = born.year if born else int(copy.get("birth_date") or 0) or _TODAY.year - int(copy.get("age") or 0)
    if not (born or copy.get("birth_date") or copy.get("age")):
        return False
    before, age = (copy.get("birth_date"), copy.get("age")), max(0, _TODAY.year - year)
    wrong = rng.choice((0, 0, 0, 1, -1)) if age < 12 else rng.choice((0, 0, 1, -1, 2, -2, 3))
    copy["birth_date"], copy["age"] = rng.choice(
        ((str(year), ""), (f"{year}-01-01", ""), *(("", str(max(0, age + wrong))),) * 3)
    )
    return (copy["birth_date"], copy["age"]) != before


def _place_spelled_otherwise(copy: Row, rng: random.Random) -> bool:
    del rng
    before = copy["origin"]
    copy["origin"] = _PLACES.get(before, before)
    return copy["origin"] != before


def _another_place(copy: Row, rng: random.Random) -> bool:
    before = copy["origin"]
    copy["origin"] = rng.choice(["", *_PLACES])
    return copy["origin"] != before


def _paper_mistyped(copy: Row, rng: random.Random) -> bool:
    number = copy.get("document_no", "")
    if len(number) < 5:
        return False
    at = rng.randrange(2, len(number))
    copy["document_no"] = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    return True


def _another_phone(copy: Row, rng: random.Random) -> bool:
    had = bool(copy.get("phone"))
    copy["phone"] = f"+99655{rng.randrange(10**7):07d}" if had else ""
    return had


_CHANGES: tuple[tuple[str, float, Callable[[Row, random.Random], bool]], ...] = (
    ("patronymic_dropped", 0.3, _emptied("patronymic")),
    ("patronymic_form", 0.15, _other_form_of_father),
    ("typo", 0.28, _mistyped),
    ("swapped_names", 0.08, _swapped_names),
    ("day_month_swapped", 0.06, _swapped_day),
    ("birth_off", 0.12, _one_digit_off),
    ("birth", 0.2, _less_exact),
    ("birth_dropped", 0.03, lambda copy, rng: any([_emptied("birth_date")(copy, rng), _emptied("age")(copy, rng)])),
    ("origin_spelling", 0.2, _place_spelled_otherwise),
    ("origin", 0.08, _another_place),
    ("phone_dropped", 0.5, _emptied("phone")),
    ("phone", 0.2, _another_phone),
    ("document_no_dropped", 0.6, _emptied("document_no")),
    ("document_no", 0.05, _paper_mistyped),
)
