"""How far many pairs of sounds are apart at once: a weighted edit distance over arrays, in hundredths.

The letters are those of `name_sounds.sound`; so are the kinds of slips that cost little: vowels that spellings
disagree on, neighbours of one class (z and s, ж and ш, х and ч of the German style), a letter dropped, doubled or
swapped with its neighbour. One pair costs about a microsecond; a pair by itself is cheaper by `name_sounds.alike`.
"""

from __future__ import annotations

import numpy as np

from panoh.domain.duplicates.arrays import Ints, Levels
from panoh.domain.name_sounds import VOWELS

LONGEST = 16  # letters of a sound that are compared
FAR = 100  # hundredths: nothing in common
LETTERS = "aowuieybvgdJzklmnprstfxCSjhqc"
_CODE = {letter: at for at, letter in enumerate(LETTERS, 1)}

_AS_CODES = {ord(letter): code for letter, code in _CODE.items()} | {
    other: None for other in range(128) if chr(other) not in _CODE
}

_UNIT = 20  # the cost of one letter for another that has nothing of it
_NEAR = {
    1: "ow wu iy",
    4: "ao ou zs JS ie ae",
    6: "bp dt gk vf JC CS xk gx ui aw ea",
    8: "Cx Jz Ss Jy mn oe uy ey xS kC",
    12: "au ai oi ue bv lr vw uv yJ",
}
_OTHER_VOWEL, _DROPPED_VOWEL, _DROPPED = 14, 10, 18
_DROPS = {"y": 3, "x": 9}
_SWAPPED = 10  # two neighbours typed in the wrong order
_OTHER_BEGINNING = 8  # on top, when two names begin with consonants that have nothing in common
_SHORTEST = 4  # a slip in a very short name counts as in one of four sounds
_BAND = 4  # letters that may be dropped or added in a row; names of which more are gone have nothing in common
_BEYOND = 10_000
_SLICE = 8192  # pairs worked on at once: their rows stay in the processor's cache


def _costs() -> tuple[Ints, Ints]:
    """Cost of one letter for another, and of a letter dropped; 0 stands for no letter, so dropping is a turn to 0."""
    size = len(LETTERS) + 1
    turn = np.full((size, size), _UNIT, np.int16)
    vowels = [_CODE[letter] for letter in sorted(VOWELS)]
    turn[np.ix_(vowels, vowels)] = _OTHER_VOWEL
    for cost, pairs in _NEAR.items():
        for pair in pairs.split():
            a, b = _CODE[pair[0]], _CODE[pair[1]]
            turn[a, b] = turn[b, a] = cost
    drop = np.full(size, _DROPPED, np.int16)
    drop[vowels] = _DROPPED_VOWEL
    for letter, cost in _DROPS.items():
        drop[_CODE[letter]] = cost
    drop[0] = 0
    turn[0], turn[:, 0] = drop, drop
    np.fill_diagonal(turn, 0)
    return turn, drop


_TURN, _DROP = _costs()
_IS_CONSONANT = np.array([False, *(letter not in VOWELS for letter in LETTERS)])


def as_codes(sounds: list[str]) -> Levels:
    """Sounds as rows of letter codes, filled up with 0."""
    text = "".join([sound[:LONGEST].translate(_AS_CODES).ljust(LONGEST, "\0") for sound in sounds])
    return np.frombuffer(text.encode("latin-1"), np.uint8).reshape(-1, LONGEST)


def distances(codes: Levels, a: Ints, b: Ints) -> Levels:
    """How far row a[i] of `codes` is from row b[i], 0 to FAR; the order of the two does not matter."""
    lengths = (codes != 0).sum(1).astype(np.int16)
    longer = np.maximum(lengths[a], lengths[b])
    order = np.argsort(longer, kind="stable")
    found = np.full(len(a), FAR, np.uint8)
    for start in range(0, len(a), _SLICE):
        at = order[start : start + _SLICE]
        width = int(longer[at[-1]]) if len(at) else 0
        if width:
            x, y = np.ascontiguousarray(codes[a[at], :width].T), np.ascontiguousarray(codes[b[at], :width].T)
            cost = _distance(x, y)
            clash = _IS_CONSONANT[x[0]] & _IS_CONSONANT[y[0]] & (_TURN[x[0], y[0]] == _UNIT)
            cost += np.where(clash, np.int16(_OTHER_BEGINNING), np.int16(0))
            share = cost * (100.0 / _UNIT) / np.maximum(longer[at], _SHORTEST)
            share[(x[0] == 0) | (y[0] == 0)] = FAR
            found[at] = np.minimum(share, FAR).astype(np.uint8)
    return found


def _distance(x: Levels, y: Levels) -> Ints:
    """Optimal string alignment of columns of letters, all pairs at once."""
    width, count = x.shape
    drops = _DROP[y]
    last = np.zeros((width + 1, count), np.int16)
    np.cumsum(drops, axis=0, out=last[1:])
    older, row = np.empty_like(last), np.empty_like(last)
    spare = np.empty(count, np.int16)
    beyond = np.full(count, _BEYOND, np.int16)
    meet = x[:, None] == y[None]
    swapped = meet[1:, :-1] & meet[:-1, 1:]
    somewhere = swapped.any(2)
    for i in range(width):
        drop = _DROP[x[i]]
        turn = _TURN[x[i], y]
        first, after = max(0, i - _BAND), min(width, i + _BAND + 1)
        np.add(last[first], drop, out=row[first]) if not first else np.copyto(row[first], beyond)
        for j in range(first, after):
            best = row[j + 1]
            np.add(last[j], turn[j], out=best)
            np.add(row[j], drops[j], out=spare)
            np.minimum(best, spare, out=best)
            if j < i + _BAND:
                np.add(last[j + 1], drop, out=spare)
                np.minimum(best, spare, out=best)
            if i and j and somewhere[i - 1, j - 1]:
                at = swapped[i - 1, j - 1]
                np.copyto(best, np.minimum(best, older[j - 1] + np.int16(_SWAPPED)), where=at)
        older, last, row = last, row, older
    return last[width]
