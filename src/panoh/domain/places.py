"""How near two places are that people named: by the tree of villages, towns, districts, regions and countries, else by words.

A name may mean several places (Osh is a city and a region): then the nearest two count. A text that no list knows is
compared word by word, by sound, so that a village in two scripts is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from panoh.domain.match_parts import place_words
from panoh.domain.name_sounds import alike
from panoh.domain.vocabulary import Term, fold

# From the same place to another country.
NOT_TOLD, SAME, WITHIN, REGION, COUNTRY, OTHER, UNLIKE = range(7)
LEVELS = ("not_told", "same", "within", "region", "country", "other", "unlike")
_ALIKE = 0.85  # two words that are one place in two spellings
_DEEPEST = 6  # steps up a tree; a list that leads in a circle ends here


class Places:
    """The places that a list knows, by every name they have."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._above: dict[str, str] = {}
        self._codes: dict[str, set[str]] = {}
        for term in terms:
            self._above[term.code] = term.parent or term.country
            for word in (term.code, term.label, *term.aliases):
                self._codes.setdefault(fold(word), set()).add(term.code)
        self._codes.pop("", None)
        self.level = lru_cache(maxsize=20_000)(self._level)
        self.codes = lru_cache(maxsize=20_000)(self._read)

    def _read(self, text: str) -> frozenset[str]:
        """The codes that a text may mean: the whole of it, else its parts, the smallest place of those."""
        whole = self._codes.get(fold(text))
        if whole or not text:
            return frozenset(whole or ())
        parts = [part for part in text.replace(";", ",").replace("(", ",").replace(")", ",").split(",") if part.strip()]
        found = [codes for part in parts if (codes := self._codes.get(fold(part)))]
        if not found and len(parts) == 1:
            found = [codes for word in text.split() if len(word) > 2 and (codes := self._codes.get(fold(word)))]
        return frozenset().union(*found) - {self._above.get(code, "") for codes in found for code in codes}

    def _level(self, a: str, b: str) -> int:
        """How near two places are, one of the levels; the order does not matter."""
        if not a.strip() or not b.strip():
            return NOT_TOLD
        by_words = _by_words(a, b)
        if by_words == SAME:
            return SAME
        mine, yours = self.codes(a), self.codes(b)
        if not mine or not yours:
            return by_words
        by_tree = min(self._apart(x, y) for x in mine for y in yours)
        # In one place in two streets; 'Kara-Suu' and 'Kara-Kul' have a word in common and are two towns.
        return WITHIN if by_words == WITHIN and by_tree == SAME else by_tree

    def _apart(self, x: str, y: str) -> int:
        if x == y:
            return SAME
        up_x, up_y = self._line(x), self._line(y)
        if x in up_y or y in up_x:
            return WITHIN if len(up_x) > 1 and len(up_y) > 1 else COUNTRY
        shared = [code for code in up_x if code in up_y]
        if not shared:
            return OTHER
        return REGION if shared[0] in self._above else COUNTRY

    def _line(self, code: str) -> list[str]:
        line = [code]
        while (above := self._above.get(line[-1], "")) and len(line) < _DEEPEST:
            line.append(above)
        return line


def _by_words(a: str, b: str) -> int:
    mine, yours = place_words(a), place_words(b)
    if not mine or not yours:
        return SAME if fold(a) == fold(b) else NOT_TOLD
    shared = sum(any(alike(x, y) >= _ALIKE for y in yours) for x in mine)
    other = sum(any(alike(x, y) >= _ALIKE for x in mine) for y in yours)
    if shared == len(mine) and other == len(yours):
        return SAME
    return WITHIN if shared else UNLIKE


NOWHERE = Places()
