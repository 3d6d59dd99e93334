"""An invented displaced population, as field desks would have typed it: people.csv with the columns of the import.

The same arguments give the same bytes. Names are put together from parts of Uzbek, Kyrgyz, Tajik and Russian names, a
few common and most rare (several thousand family names), and written in the language's own Cyrillic, in Russian
letters or in one of four Latin styles.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from panoh.services.imports import PEOPLE_COLUMNS
from tests.bench.second import ANSWERS, SHARE, second_registration
from tests.bench.spelling import LATIN_STYLES, in_latin, in_russian_letters

DAY = date(2010, 6, 14)  # the last arrivals
SEED = 7
Row = dict[str, str]

_HEADS = {
    "uz": "Абду Абдул Аброр Ақром Али Анвар Баҳо Бобо Бек Жаҳон Дил Дониёр Ер Зоҳид Ибод Илҳом Йўл Камол Қодир Қул "
    "Марди Мирза Мурод Мўмин Наби Нор Нур Ойбек Ораз Пўлат Раҳим Сафар Содиқ Султон Тош Тўхта Тўра Умар Урин Файз Фахр "
    "Хол Худой Шер Шокир Элмурод Эр Эш Юнус Ўрин Ўтан Ҳайдар Ҳасан",
    "ky": "Абды Айт Акмат Алым Асан Ата Базар Байыш Бакыт Бек Болот Бөрү Дүйшө Жаны Жолдош Жумак Жыргал Иман Канат "
    "Касым Кеңеш Кубат Күчүк Максат Мамат Мырза Надыр Нур Орозо Өмүр Рыспек Сагын Самын Сапар Сүйүн Таалай Темир Ток "
    "Төлөн Тургун Уран Үсөн Чыңгыз Шайлоо Шамшы Ырыс Эмил Эркин Эсен",
    "tg": "Абдуқаҳҳор Азиз Амон Аслам Бадр Баҳром Гадо Давлат Далер Зафар Иззат Имом Ислом Кароматулло Қурбон Латиф "
    "Мавлон Маҳмад Мир Назар Наим Одина Парвиз Раҷаб Сайд Сафар Соҳиб Тоҳир Файзулло Хол Ҳабиб Ҳоҷи Ҷамол Ҷума Шариф",
    "ru": "Анисим Баран Белоус Воронц Гавр Голуб Гусар Давыд Дорон Ершон Ждан Заруб Игнат Карп Климент Котельник Лукьян "
    "Мартын Назар Никон Орл Панкрат Проскур Радион Савель Семён Сидор Тарас Тимоф Ульян Фад Харит Чернышк Шаповал Юдин",
}
_TAILS = {
    "uz": "бек бой берди вой ғали ёр жон қул мат мурод назар олим раҳим улло хон шер эли",
    "ky": "алы бай бек берди болот гельди жан кул кан мамбет назар нур таш тай уулбек эрк",
    "tg": "али бек зод ҷон мад мурод назар қул шоҳ улло хон ёр",
    "ru": "",
}
_MEN = {
    "uz": "Азиз Алишер Анвар Аскар Ахрор Баходир Ботир Ғайрат Давлат Дилмурод Жасур Жавлон Зиёд Икром Илҳом Камол Қаҳрамон "
    "Лазиз Маъруф Мансур Музаффар Нодир Отабек Равшан Рустам Санжар Сардор Тимур Тоҳир Улуғбек Умид Фарҳод Хуршид Шавкат "
    "Шерзод Шуҳрат Элёр Эркин Юсуф Ўткир Ҳамид",
    "ky": "Адилет Азамат Айбек Акжол Алмаз Бакыт Бекжан Данияр Дастан Жаныбек Жоомарт Замир Искендер Канат Кубан Курманбек "
    "Максат Марат Мирлан Мээрбек Нурбек Нурлан Өмүрбек Руслан Самат Сүйүнбек Талант Темирлан Тилек Түмөнбай Улан Чыңгыз Эрлан",
    "tg": "Алишер Анушервон Баҳром Далер Диловар Зафар Исмоил Қурбон Манучеҳр Музаффар Нозим Парвиз Рустам Сиёвуш Суҳроб "
    "Умед Фаррух Фирдавс Хуршед Ҷамшед Ҷовид Шариф Шерали",
    "ru": "Александр Алексей Андрей Василий Виктор Григорий Дмитрий Евгений Игорь Иван Илья Константин Максим Николай Олег "
    "Павел Пётр Сергей Фёдор Юрий Яков",
}
_WOMEN = {
    "uz": "Азиза Барно Гулнора Гулчеҳра Дилбар Дилдора Дилором Ёрқиной Зебо Зулфия Интизор Камола Лайло Лола Мавжуда Малика "
    "Маҳбуба Мунира Муқаддас Наргиза Нигора Нилуфар Озода Ойдин Раъно Рисолат Саида Севара Феруза Фотима Хуршида Шаҳло "
    "Шаҳноза Шоира Юлдуз Ҳилола Ҳулкар",
    "ky": "Айгүл Айжан Айнура Айсулуу Алтынай Асел Бегимай Бермет Бүбүсара Гүлзат Гүлмира Динара Жаңыл Жибек Жылдыз Кундуз "
    "Майрам Мээрим Назгүл Нурзат Перизат Рахат Салтанат Сайкал Толгонай Үмүт Чолпон Чынара Элнура",
    "tg": "Гулрухсор Дилрабо Зарина Зебунисо Мадина Манзура Меҳрангез Мижгона Моҳира Нигина Нозанин Парвина Рухшона Саодат "
    "Тахмина Фирӯза Фотима Ҳамида Ҷамила Шабнам Шаҳло",
    "ru": "Анастасия Анна Валентина Вера Галина Дарья Екатерина Елена Зинаида Ирина Ксения Любовь Людмила Мария Надежда "
    "Наталья Ольга Светлана Татьяна Юлия",
}
_SHARES = {"uz": 52, "ky": 33, "tg": 9, "ru": 6}
_NEEDS_OF_CHILDREN = ("SC-UC", "SC-SC", "CR-CS", "CR-NE", "DS-DF")
_NEEDS_OF_ADULTS = ("SP-PT", "DS-PM", "SM-CI", "SM-CC", "LP-ND", "DS-BD")
_PLACES = (
    "Osh",
    "Jalal-Abad",
    "Batken",
    "Uzgen",
    "Aravan",
    "Kara-Suu",
    "Andijan",
    "Fergana",
    "Namangan",
    "Nookat",
    "Bazar-Korgon",
)
_SITES = tuple(
    (f"{kind.capitalize()} {number}, {place}", code)
    for place in ("Andijan", "Kara-Suu", "Aravan", "Uzgen")
    for number in range(1, 6)
    for kind, code in (("tents", "tents"), ("school", "school"), ("mahalla house", "public_building"))
)
_CROSSING = ("Waiting place at the crossing", "border")


class Weighted:
    """Words of which the first are common and the later ones ever rarer."""

    def __init__(self, words: Sequence[str], rng: random.Random) -> None:
        self._words = rng.sample(sorted(set(words)), len(set(words)))
        self._upto = list(accumulate(1 / (rank + 3) ** 0.75 for rank in range(len(self._words))))

    def one(self, rng: random.Random) -> str:
        """A word by chance."""
        return rng.choices(self._words, cum_weights=self._upto)[0]


@dataclass(frozen=True, slots=True)
class _Home:
    """What the members of one household share."""

    number: int
    language: str
    family: str  # without an ending
    ending: str
    style: str
    facts: Row


class _Names:
    """The names of each language."""

    def __init__(self, rng: random.Random) -> None:
        self.men = {language: Weighted(words.split(), rng) for language, words in _MEN.items()}
        self.women = {language: Weighted(words.split(), rng) for language, words in _WOMEN.items()}
        self.stems = {language: Weighted(list(_stems(language)), rng) for language in _HEADS}


def _stems(language: str) -> Iterator[str]:
    """What family names are built on: parts of names put together, and the given names of men."""
    heads, tails = _HEADS[language].split(), _TAILS[language].split()
    yield from heads
    yield from (head + tail for head in heads for tail in tails)
    if language != "ru":
        yield from _MEN[language].split()


def write_people(folder: Path, people: int, seed: int = SEED) -> Path:
    """Write people.csv of this many people, and one in fifty of them once more, into the folder; return its path.

    The columns of `second.ANSWERS` tell whom a second registration repeats.
    """
    path = folder / "people.csv"
    rows = [row for row, _number in zip(_everyone(seed), range(people), strict=False)]
    rng = random.Random(f"{seed}:second")
    names = _Names(rng)
    for number, first in enumerate(rng.sample(rows, round(people * SHARE)), 1):
        family = _family(names.stems["uz"].one(rng), "ов", "F")
        rows.append(second_registration(rng, first, people + number, lambda family=family: family))
    rng.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*PEOPLE_COLUMNS, *ANSWERS), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def others(seed: int, count: int) -> list[Row]:
    """So many people of another list, who are in none."""
    return [row for row, _number in zip(_everyone(seed), range(count), strict=False)]


def family_of_a_woman(rng: random.Random) -> str:
    """The family name of some woman."""
    return _family(rng.choice(list(_stems("uz"))), "ов", "F")


def _everyone(seed: int) -> Iterator[Row]:
    rng = random.Random(seed)
    names = _Names(rng)
    number = homes = 0
    while True:
        homes += 1
        home = _home(rng, names, homes)
        for relation, sex, age in _members(rng):
            number += 1
            yield _person(rng, names, home, number, relation, sex, age)


def _home(rng: random.Random, names: _Names, number: int) -> _Home:
    language = rng.choices(list(_SHARES), list(_SHARES.values()))[0]
    endings = {"tg": ("зода", "ов", "ов"), "ru": ("ов", "ов", "енко", "ин")}.get(language, ("ов",))
    style = rng.choice(("own", "own", "own", "russian", "russian", "russian", *LATIN_STYLES))
    return _Home(number, language, names.stems[language].one(rng), rng.choice(endings), style, _circumstances(rng))


def _circumstances(rng: random.Random) -> Row:
    waiting = rng.random() < 0.1
    site, kind = _CROSSING if waiting else rng.choice(_SITES)
    facts = {
        "origin": rng.choice(_PLACES),
        "arrival_date": (DAY - timedelta(days=min(int(rng.expovariate(0.2)), 40))).isoformat(),
        "site": site,
        "site_kind": kind,
        "border_status": "waiting" if waiting else "admitted",
        "shelter_adequate": "" if waiting else rng.choice(("yes", "yes", "yes", "no")),
        "fled_from": "KG",
        "country_now": "KG" if waiting else "UZ",
        "intends_to_go": "UZ" if waiting else "",
        "nationality": "KG",
        "feared_country": "KG",
    }
    if rng.random() < 0.01:  # exiles: they had fled the State into which everyone now flees
        facts |= {
            "nationality": "UZ",
            "feared_country": "UZ",
            "legal_status": "previously_recognised_refugee",
            "recognised_by": "UNHCR",
        }
    return facts


def _members(rng: random.Random) -> Iterator[tuple[str, str, int]]:
    """Relation, sex and age of everyone in a household."""
    head, sex = rng.randint(19, 76), rng.choice("FM")
    yield "head", sex, head
    if rng.random() < 0.6:
        yield "spouse", "M" if sex == "F" else "F", max(18, head + rng.randint(-6, 6))
    if rng.random() < 0.15 and head < 60:
        yield "parent", rng.choice("FFM"), head + rng.randint(19, 33)
    for _ in range(min(int(rng.expovariate(0.45)), 7)):
        yield "child", rng.choice("FM"), rng.randint(0, max(0, min(17, head - 18)))


def _person(rng: random.Random, names: _Names, home: _Home, number: int, relation: str, sex: str, age: int) -> Row:
    given = (names.women if sex == "F" else names.men)[home.language].one(rng)
    father = names.men[home.language].one(rng)
    style = home.style if rng.random() < 0.9 else rng.choice(("own", "russian", *LATIN_STYLES))
    stem = names.stems[home.language].one(rng) if relation == "spouse" else home.family
    named = {"given_name": given, "family_name": _family(stem, home.ending, sex)}
    if rng.random() < 0.65:
        named["patronymic"] = _patronymic(father, home.language, sex)
    row = {
        "person_id": f"P{number:07d}",
        "household_id": f"H{home.number:07d}",
        "relation": relation,
        "sex": sex,
        **home.facts,
        **{column: spelled(name, style) for column, name in named.items()},
        **_birth(rng, age),
    }
    if rng.random() < 0.14:
        row["needs"] = rng.choice(_NEEDS_OF_CHILDREN if age < 18 else _NEEDS_OF_ADULTS)
    if age >= 16 and rng.random() < 0.45:
        row["document_no"] = f"{rng.choice(('AN', 'ID', 'CC'))}{rng.randrange(10**7):07d}"
    if relation == "head" and rng.random() < 0.6:
        row["phone"] = f"+99600{rng.randrange(10**7):07d}"
    return row


def _family(stem: str, ending: str, sex: str) -> str:
    if ending in ("зода", "енко"):
        return stem + ending
    if ending == "ин":
        return stem + ("ина" if sex == "F" else "ин")
    soft = stem[-1] in "аеёиоуыэюяйөүўӣ"
    root = stem[:-1] if stem[-1] in "йӣ" else stem
    return root + ("ев" if soft else "ов") + ("а" if sex == "F" else "")


def _patronymic(father: str, language: str, sex: str) -> str:
    if language == "uz":
        return f"{father} {'қизи' if sex == 'F' else 'ўғли'}"
    if language == "ky" and len(father) % 2:
        return f"{father} {'кызы' if sex == 'F' else 'уулу'}"
    return _family(father, "ов", "") + ("на" if sex == "F" else "ич")


def _birth(rng: random.Random, age: int) -> Row:
    """A full date, a year, or only an age, as people know it."""
    born = DAY - timedelta(days=age * 365 + rng.randint(0, 364) + age // 4)
    known = rng.random()
    if known < 0.73:
        return {"birth_date": born.isoformat()}
    return {"birth_date": str(born.year)} if known < 0.86 else {"age": str(age)}


def spelled(name: str, style: str) -> str:
    """A name as a desk writes it: in the language's own letters, in Russian ones, or in a Latin style."""
    if style == "own":
        return name
    return in_russian_letters(name) if style == "russian" else in_latin(name, style)
