"""The words that stand in names, by sound, and which of them are near to one that somebody types.

A vault of a hundred thousand people holds a few thousand such words, so that all of them can be looked at for each
word of a query. What the keys of people hold is in `find_keys`.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from panoh.domain.name_parts import Part, full_forms, stem
from panoh.domain.name_sounds import alike, in_quarters, near_sounds

_LIKELY, _UNLIKELY = 0.6, 0.45  # by the quick look; the second is tried when the first finds nobody
_LEAST = 0.5  # by the weighted distance
_OTHER_FORM, _WITHOUT_ENDING, _BEGUN = 0.95, 0.85, 0.9
_ONE_SLIP = 0.7
_BEGINNINGS = 40  # words that an unfinished one may grow into


class NameWords:
    """Words by sound. Only ever grows: a word that nobody bears any more costs one look that finds nobody."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._codes: list[str] = []
        self._sorted: list[str] = []
        self._by_stem: dict[str, list[str]] = {}
        self._known: set[str] = set()

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Iterable[str]) -> None:
        """Take in words that are not there yet."""
        new = {word for word in words if word} - self._known
        self._known |= new
        for word in new:
            self._words.append(word)
            self._codes.append(in_quarters(word))
            if stem(word) != word:
                self._by_stem.setdefault(stem(word), []).append(word)
        if len(new) > len(self._sorted) // 8:
            self._sorted = sorted(self._known)
        else:
            for word in new:
                insort(self._sorted, word)

    def near(self, part: Part, most: int, *, unfinished: bool = False, far: bool = False) -> dict[str, float]:
        """Words that this part of a query may be, and how like it each is, 0 to 1; at most `most`, the likeliest.

        `unfinished`: somebody may still be typing it. `far`: with more slips than are likely.
        """
        found: dict[str, float] = {}
        for sounds, weight in self._sounds_of(part):
            looked = process.extract(
                in_quarters(sounds),
                self._codes,
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_UNLIKELY if far else _LIKELY,
                limit=most + 8,
            )
            for _code, _score, at in looked:
                word = self._words[at]
                found[word] = max(found.get(word, 0.0), weight * alike(sounds, word))
        for word in full_forms(part) & self._known:
            found[word] = max(found.get(word, 0.0), _OTHER_FORM)
        for word in self._by_stem.get(part.root, ()):
            found[word] = max(found.get(word, 0.0), _WITHOUT_ENDING)
        if unfinished:
            for word in self._beginning_with(part.whole):
                found[word] = max(found.get(word, 0.0), _BEGUN)
        likely = [(value, word) for word, value in found.items() if value >= _LEAST]
        return {word: value for value, word in heapq.nlargest(most, likely)}

    def one_slip(self, part: Part, most: int) -> dict[str, float]:
        """Words that differ by one sound left out, put in, changed or swapped with its neighbour, at most `most`."""
        looked = process.extract(part.root, self._words, scorer=OSA.distance, score_cutoff=1, limit=most)
        return {word: max(_ONE_SLIP, alike(part.root, word)) for word, _distance, _at in looked}

    def _sounds_of(self, part: Part) -> Iterator[tuple[str, float]]:
        yield part.root, 1.0
        if part.other and part.other != part.root:
            yield part.other, 1.0
        if stem(part.root) != part.root:
            yield stem(part.root), _WITHOUT_ENDING

    def _beginning_with(self, sounds: str) -> list[str]:
        """Words that begin so, or with sounds that spellings of them change for these; the first few."""
        if len(sounds) < 2:
            return []
        words: list[str] = []
        for beginning in (sounds, *near_sounds(sounds)):
            at = bisect_left(self._sorted, beginning)
            until = bisect_left(self._sorted, beginning + "\x7f", at)
            words += self._sorted[at : min(until, at + _BEGINNINGS)]
        return words[: 2 * _BEGINNINGS]
