"""Two families as somebody types them into the grid: what was said, and the keys that go on."""

from __future__ import annotations

from collections.abc import Iterable


class Key(str):
    """A key that is no data: it only leads on."""

    __slots__ = ()


TAB, ENTER = Key("Tab"), Key("Return")
Typed = tuple[str, ...]  # what is typed, and keys between


def _row(name: str, sex: str, birth: str, relation: str = "", needs: str = "", presence: str = "") -> Typed:
    """A member: sex is one key and goes on by itself, Enter ends the row; cells that hold nothing at the end take no key."""
    cells = [relation, needs, presence]
    while cells and not cells[-1]:
        cells.pop()
    rest = [part for cell in cells for part in (TAB, cell) if part]
    return (name, TAB, sex, birth, *rest, ENTER)


def _household(*fields: str) -> Typed:
    return tuple(part for field in fields for part in (field, TAB) if part)


# Address before, where they stay, phone, language, shelter, notice; fled from, now in, at the border, going to.
_HOME = _household("Osh, Navoiy 14", "", "0555120034", "uzb", "", "", "kg", "uz", "", "")
FIVE: Typed = (
    *_HOME,
    *_row("Sattorqulliyeva Dilnoza", "f", "34"),
    *_row("Sattorqulliyev Murodjon", "m", "36", "hus", presence="miss"),
    *_row("Sattorqulliyeva Malika", "f", "12", "dau"),
    *_row("Sattorqulliyev Javohir", "m", "6", "son"),
    *_row("Sattorqulliyev Bobur", "m", "2", "son", "mal")[:-1],
)
TWELVE: Typed = (
    *_HOME,
    *_row("Mamadaliyev Rustam", "m", "41"),
    *_row("Mamadaliyeva Zulfiya", "f", "38", "wif", "pre"),
    *_row("Mamadaliyev Aziz", "m", "12.3.1993", "son"),
    *_row("Mamadaliyeva Nodira", "f", "15", "dau"),
    *_row("Mamadaliyeva Feruza", "f", "11", "dau"),
    *_row("Mamadaliyev Jasur", "m", "9", "son"),
    *_row("Mamadaliyev Sherzod", "m", "4", "son"),
    *_row("Mamadaliyeva Oyxon", "f", "about 70", "moth"),
    *_row("Mamadaliyev Tohir", "m", "1940", "fath", "blind"),
    *_row("Mamadaliyev Anvar", "m", "33", "broth", presence="miss"),
    *_row("Yusupova Mavluda", "f", "29", "sister"),
    *_row("Yusupov Doniyor", "m", "3", "neph")[:-1],
)


def data_signs(typed: Iterable[str]) -> int:
    """Keys that are what was said."""
    return sum(len(part) for part in typed if not isinstance(part, Key))


def leading_keys(typed: Iterable[str]) -> int:
    """Keys that only lead on."""
    return sum(isinstance(part, Key) for part in typed)
