"""How common names are among everyone registered: what a full run counts, and what a single comparison goes by.

Only names that many bear are kept, by sound and with their number; any other is held to be rare. So a pair scores the
same in a full run and by itself. In a vault where nothing was counted yet every name is held to be as common as usual.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np

from panoh.domain.duplicates.evidence import USUAL_NAME, USUAL_PLACE, Commonness
from panoh.domain.duplicates.register import Register
from panoh.domain.duplicates.spellings import NOTHING, soft

LEAST_BEARERS, LEAST_SHARE = 5, 1 / 2000  # from which on a name is kept
_RARE = 1 / 4000  # the share of any other
_A_TOWN = 100_000
_FIELDS = ("given", "family", "father")


@dataclass(frozen=True, slots=True)
class Names:
    """How many of so many people bear each given, family and father's name, by sound; 0 people: not counted yet."""

    people: int = 0
    bearers: dict[str, dict[str, int]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, register: Register, people: int, origins: list[str]) -> Names:
        """Counted among the first `people` of a register."""
        least = max(LEAST_BEARERS, people * LEAST_SHARE)
        first = slice(0, people)
        texts = [soft(each.root) for each in register.sounds.sounds]
        bearers: dict[str, dict[str, int]] = {}
        for name, column in zip(_FIELDS, (register.given, register.family, register.father), strict=True):
            counts = np.bincount(column[first], minlength=len(texts))
            summed: dict[str, int] = {}
            for sound in np.flatnonzero(counts).tolist():
                if sound != NOTHING:
                    summed[texts[sound]] = summed.get(texts[sound], 0) + int(counts[sound])
            bearers[name] = {text: count for text, count in summed.items() if count >= least}
        counts = np.bincount(register.place[first], minlength=len(origins))
        places = {origins[at]: int(counts[at]) for at in np.flatnonzero(counts >= least).tolist() if origins[at]}
        return cls(people, bearers, places)

    def commonness(self, register: Register, origins: list[str]) -> Commonness:
        """For comparing rows of this register."""
        people = self.people or _A_TOWN
        common = Commonness(register)
        common.people = people
        if not self.people:
            for counts in (common.given, common.family, common.father):
                counts[:] = people // USUAL_NAME
            common.place = np.full(len(origins), people // USUAL_PLACE)
            return common
        texts = [soft(each.root) for each in register.sounds.sounds]
        number = register.sounds.soft
        for name, counts in zip(_FIELDS, (common.given, common.family, common.father), strict=True):
            counts[:] = int(people * _RARE)
            known = self.bearers.get(name, {})
            counts[number] = [known.get(text, int(people * _RARE)) for text in texts]
        common.place = np.array([self.places.get(text, int(people * _RARE)) for text in origins], np.int64)
        return common

    def dump(self) -> str:
        """As text for the vault."""
        return json.dumps([self.people, self.bearers, self.places], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Names:
        """What was kept as text; '' where nothing was counted yet."""
        return cls(*json.loads(text)) if text else cls()


def is_common(one_in: float) -> bool:
    """Whether a name of which one in so many (as a natural logarithm) is the bearer is a common one."""
    return bool(np.exp(one_in) < USUAL_NAME / 2)
