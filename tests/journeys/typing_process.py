"""A process that is Panoh with somebody typing into it until it is killed; it tells every key once it was taken.

`python -m tests.journeys.typing_process VAULT SEED FORM`, where FORM is 'family' or the number of a person.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot
from tests.journeys.caseworker import Caseworker

from panoh.base.clock import Clock
from panoh.base.settings import DeviceSettings
from panoh.ui.shortcuts import shortcuts
from panoh.ui.start import dress

FAMILY = "family"
_LETTERS = "абдзиклмнорстухшъяў"
_PAUSES = (20, 150)  # milliseconds between two keys: quick hands, and somebody who looks at a paper
_FIELDS = {"birth_place": "Place of birth", "father_name": "Father's full name", "mother_name": "Mother's full name"}


def members(seed: int) -> list[tuple[str, str, str]]:
    """Name, sex and age of each row of the family: invented, the same for the same seed, more than anyone types."""
    chance = random.Random(seed)
    names = ("".join(chance.choices(_LETTERS, k=chance.randint(6, 20))).capitalize() for _row in range(60))
    return [(name, "FM"[at % 2], str(10 + at)) for at, name in enumerate(names)]


def answers(seed: int) -> dict[str, str]:
    """What is typed into each field of the record: too long to come to an end."""
    chance = random.Random(seed)
    return {field: "".join(chance.choices(_LETTERS, k=chance.randint(8, 30))) for field in list(_FIELDS)[:-1]} | {
        list(_FIELDS)[-1]: "".join(chance.choices(_LETTERS, k=600))
    }


def main() -> None:
    """Open the vault, go to the form and type; each line tells when, by the monotonic clock, and how many keys."""
    vault, seed, form = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    app = QApplication([sys.argv[0]])
    dress(app, DeviceSettings(theme="light"))
    shortcuts().listen()
    qt_api.set_qt_api("pyside6")
    bot = QtBot(cast("Any", None))
    at = Caseworker(app, bot, vault, Clock())
    at.unlock()
    typed = _into_the_grid(at, seed) if form == FAMILY else _into_the_record(at, seed, form)
    chance, told = random.Random(seed), 0
    for signs in typed:
        told += signs
        print(time.monotonic(), told, flush=True)
        bot.wait(chance.randint(*_PAUSES))


def _into_the_grid(at: Caseworker, seed: int) -> Iterator[int]:
    """Type the family; gives how many signs of data each key brought."""
    at.press("Ctrl+Shift+N")
    at.sees("Members of the family")
    at.press("Alt+M")
    for name, sex, age in members(seed):
        for sign in (*name, "\t", "ж" if sex == "F" else "м", *age, "\n"):
            at.type(sign)
            yield int(sign not in "\t\n")


def _into_the_record(at: Caseworker, seed: int, number: str) -> Iterator[int]:
    """Type into the tab 'Identity and documents' of one person."""
    at.find(number)
    at.sees("Tabs of the record")
    at.settle()
    at.press("Ctrl+PgDown")
    for field, text in answers(seed).items():
        at.tab_to(_FIELDS[field])
        for sign in text:
            at.type(sign)
            yield 1


if __name__ == "__main__":
    main()
