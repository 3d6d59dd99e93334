"""Personal names of the field: how alike two names are, in any spelling, script and order.

Parts are compared by sound, straight and crossed, with what is known about names: short forms, equivalent forms,
endings that come and go, feminine forms, and which near-sounding names are two people's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from panoh.domain.name_letters import fold, script_of, to_latin
from panoh.domain.name_parts import (
    FAMILY,
    FATHER,
    GIVEN,
    FullName,
    Name,
    Part,
    name_of,
    read_name,
    split_ending,
)
from panoh.domain.name_readings import readings
from panoh.domain.name_sounds import VOWELS, alike
from panoh.domain.name_split import split_full_name
from panoh.domain.name_tables import WEAK_ENDINGS

__all__ = [
    "POSSIBLE",
    "PROBABLE",
    "SAME_NAME",
    "FullName",
    "Name",
    "NameRelation",
    "compare_names",
    "fold",
    "name_of",
    "parts_alike",
    "read_name",
    "script_of",
    "similarity",
    "split_full_name",
    "to_latin",
]

PROBABLE = 0.84  # from here on two names are probably one name in two spellings
SAME_NAME = 0.79  # the one threshold of a yes or no: from here on two texts may be one person's name, spelled otherwise
POSSIBLE = 0.64  # from here on they may be one name, in part

_CROSSED = 0.95  # a given name that stands where the other has the family name
_OTHER_KIND = 0.7  # Karim, a given name, beside Karimov, a family name
_ENDING_ADDED = 0.74  # the same where all else agrees: Davlat Usmon beside Davlat Usmonov
_WITHOUT_ENDING = 0.93  # Karimov beside Karim or Karimzoda, as family names
_ENDING_DROPPED = 0.82  # Nodirbek beside Nodir: weak, and so only possible
_ENDING_CHANGED = 0.76  # Nodirbek beside Nodirjon
_EQUIVALENT, _SHORT, _BOTH_SHORT = 0.97, 0.92, 0.86
_TWO_NAMES = 0.5  # the most for two words that are known as two names, and for a man's name beside a woman's
_INITIAL = 0.8
_ONE_PART = 0.82  # only one part of the name was told
_EACH_ANOTHER = 0.72  # Bakyt, son of Asan, beside Bakyt Karimov
_PART_MORE = 0.95  # a part more on one side
_FATHER_AS_FAMILY = 0.9  # Bakyt, son of Asan, beside Bakyt Asanov
_OTHER_FATHER = 0.62
_OTHER_SEX = 0.6
_SAME_FATHER = 0.15  # of what is missing to certainty
_OTHER_READING = 0.98
_SLIP, _SWAP_SEEN = 0.88, 4  # two neighbouring letters typed in the wrong order, in a word of so many
_FOREIGN_READING = 0.96
_NOTHING_ALIKE = 0.45  # below it no ending explains what differs
_WORTH_READING, _AGREES = 0.5, 0.86  # between these the usual reading leaves it open, and further ones are tried


@dataclass(frozen=True, slots=True)
class NameRelation:
    """How alike two names are, 0 to 1, as a whole and by part; a part is None where one side did not tell it."""

    score: float
    given: float | None = None
    family: float | None = None
    father: float | None = None


Pair = tuple[float, Part, Part]  # how alike, and which parts
_EQUAL = 1e-6  # two sums no further apart are equal
_JOINED_APART = 3  # sounds by which two names differ in length at most, if one has words joined


def similarity(a: str | Name, b: str | Name, *, same_sex: bool = False) -> float:
    """How alike two names are, 0 to 1, whatever the order, the spelling and the script; see PROBABLE and POSSIBLE.

    `same_sex` says that the sex of both is known and the same, so that an ending of the other sex is a slip.
    """
    a, b = read_name(a) if isinstance(a, str) else a, read_name(b) if isinstance(b, str) else b
    return _compared(a, b, same_sex, True)[0]


def compare_names(a: str | Name, b: str | Name, *, same_sex: bool = False, fathers: bool = True) -> NameRelation:
    """How alike two names are, as a whole and by part; without `fathers`, by given and family name alone.

    Comparing b with a gives the same.
    """
    a, b = read_name(a) if isinstance(a, str) else a, read_name(b) if isinstance(b, str) else b
    score, found, father = _compared(a, b, same_sex, fathers)
    family = [value for value, p, q in found if FAMILY in (p.role, q.role)]
    given = [value for value, p, q in found if FAMILY not in (p.role, q.role)]
    return NameRelation(score, min(given, default=None), min(family, default=None), father)


def _compared(a: Name, b: Name, same_sex: bool, fathers: bool) -> tuple[float, list[Pair], float | None]:
    """How alike they are as a whole, which parts were taken for each other, and how alike the fathers' names are."""
    if _order(b) < _order(a):
        a, b = b, a  # where two ways of pairing parts are equally good, the same one is taken from both sides
    same_sex = same_sex or (a.sex != "" and a.sex == b.sex)
    other_sex = not same_sex and a.sex and b.sex
    father = parts_alike(a.father, b.father, True) if fathers and a.father and b.father else None
    mine, yours = a.parts or _father_alone(a, b), b.parts or _father_alone(b, a)
    found = _read_further(_best_pairs(mine, yours, same_sex))
    if found:
        score = _score(found)
        if len(mine) != len(yours):
            score *= _part_missing(a, b, len(found))
            if score < PROBABLE:
                score = max(score, _by_family_of_father(a, b, found), _joined(mine, yours, same_sex))
        score = score if father is None else _with_father(score, father)
    else:  # no more than fathers' names, if anything
        score = father if father is not None and not a.parts and not b.parts else 0.0
    return score * _OTHER_SEX if other_sex else score, found, father


def _order(name: Name) -> list[tuple[str, str]]:
    father = (name.father,) if name.father else ()
    return [(part.word, part.role) for part in (*name.parts, *father)]


def _part_missing(a: Name, b: Name, paired: int) -> float:
    """What a part that only one side has takes away; more if each side tells one that the other does not."""
    if paired > 1:
        return _PART_MORE
    shorter, longer = (a, b) if len(a.parts) < len(b.parts) else (b, a)
    father = shorter.father
    if father is None or longer.father or any(_roots_alike(part, father, True) >= PROBABLE for part in longer.parts):
        return _ONE_PART
    return _EACH_ANOTHER


def _score(pairs: Sequence[Pair]) -> float:
    """What the pairs of parts tell of the whole: the mean of all and the weakest count alike."""
    if len(pairs) == 1:
        return pairs[0][0]
    values = [pair[0] for pair in pairs]
    least = min(values)
    if least < _ENDING_ADDED:
        values[values.index(least)] = least = _with_ending_added(pairs, values.index(least))
    return (sum(values) / len(values) + least) / 2


def _with_ending_added(pairs: Sequence[Pair], weakest: int) -> float:
    """What the weakest pair counts: one family name may have its ending on one side only, if all else agrees."""
    value, p, q = pairs[weakest]
    if p.has_ending == q.has_ending:
        return value
    others = [pair for at, pair in enumerate(pairs) if at != weakest]
    if any(other < PROBABLE or x.has_ending != y.has_ending for other, x, y in others):
        return value
    return max(value, min(alike(p.root, q.root) * _ENDING_ADDED, *(other for other, _, _ in others)))


def _read_further(pairs: list[Pair]) -> list[Pair]:
    """The pairs, of which one that alone keeps the two names apart is read as foreign ways of writing have it."""
    if all(pair[0] >= _AGREES for pair in pairs):
        return pairs
    weak = [at for at, (value, _, _) in enumerate(pairs) if value < _AGREES]
    if len(weak) == 1:
        value, p, q = pairs[weak[0]]
        if value >= _WORTH_READING:
            pairs[weak[0]] = (max(value, _foreign_alike(p, q)), p, q)
    elif len(weak) == 2 == len(pairs):
        first, second = sorted(pairs, key=_first, reverse=True)
        if second[0] >= _WORTH_READING and first[0] >= POSSIBLE:
            return [(max(value, _foreign_alike(p, q)), p, q) for value, p, q in (first, second)]
    return pairs


def _first(pair: Pair) -> float:
    return pair[0]


@lru_cache(maxsize=40_000)
def _foreign_alike(p: Part, q: Part) -> float:
    """How alike they are when one of them is read as some foreign way of writing has it; 0 where that tells nothing."""
    if (p.known and q.known) or _man_and_woman(p, q) or bool(split_ending(p.root)[1]) != bool(split_ending(q.root)[1]):
        return 0.0
    found = [alike(reading, other.whole) for one, other in ((p, q), (q, p)) for reading in readings(one.word)]
    return _FOREIGN_READING * max(found, default=0.0)


def _father_alone(name: Name, other: Name) -> tuple[Part, ...]:
    """A name that is nothing but a father's name, as a part like others where the other name has such."""
    father = name.father
    return (Part("", father.whole, father.whole, "", "", word=father.word),) if father and other.parts else ()


def _by_family_of_father(a: Name, b: Name, pairs: Sequence[Pair]) -> float:
    """The score when a father's name on one side is the family name on the other: Asan uulu Bakyt, Bakyt Asanov."""
    longer, shorter = (a, b) if len(a.parts) > len(b.parts) else (b, a)
    if longer.father or not shorter.father or len(longer.parts) != len(shorter.parts) + 1:
        return 0.0
    paired = {part for _, p, q in pairs for part in (p, q)}
    rest = next((part for part in longer.parts if part not in paired), None)
    if rest is None:  # the same word twice
        return 0.0
    value = _roots_alike(rest, shorter.father, True)
    return _score([*pairs, (value, rest, rest)]) * _FATHER_AS_FAMILY if value >= PROBABLE else 0.0


def _with_father(score: float, father: float) -> float:
    if father < POSSIBLE:
        return score * _OTHER_FATHER
    return score + (1 - score) * _SAME_FATHER if father >= PROBABLE else score


def _best_pairs(a: Sequence[Part], b: Sequence[Part], same_sex: bool) -> list[Pair]:
    """Which part stands for which: the pairing with the greatest sum, each part at most once."""
    if not a or not b:
        return []
    if len(a) > len(b):
        return [(value, q, p) for value, p, q in _best_pairs(b, a, same_sex)]
    table = [[parts_alike(p, q, same_sex) for q in b] for p in a]
    if len(a) == 1:
        best = max(range(len(b)), key=table[0].__getitem__)
        return [(table[0][best], a[0], b[best])]
    if len(b) == 2:  # as almost always
        (a1b1, a1b2), (a2b1, a2b2) = table
        more = a1b1 + a2b2 - a1b2 - a2b1
        if more > _EQUAL or (more > -_EQUAL and min(a1b1, a2b2) >= min(a1b2, a2b1)):
            return [(a1b1, a[0], b[0]), (a2b2, a[1], b[1])]
        return [(a1b2, a[0], b[1]), (a2b1, a[1], b[0])]
    choices = permutations(range(len(b)), len(a))
    best_choice = max(choices, key=lambda choice: _fit([table[i][j] for i, j in enumerate(choice)]))
    return [(table[i][j], a[i], b[j]) for i, j in enumerate(best_choice)]


def _fit(values: Sequence[float]) -> tuple[float, float]:
    """How good a pairing is: by its sum, and of two equal ones by its weakest pair, so that order never decides."""
    return round(sum(values), 6), min(values)


def _joined(a: Sequence[Part], b: Sequence[Part], same_sex: bool) -> float:
    """The score when two neighbouring words of the longer name are one word in the other ('Gul Bahor')."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) != len(shorter) + 1:
        return 0.0
    if abs(sum(len(part.whole) for part in longer) - sum(len(part.whole) for part in shorter)) > _JOINED_APART:
        return 0.0
    best = 0.0
    for at in range(len(longer) - 1):
        first, second = longer[at], longer[at + 1]
        one = Part(second.role, first.whole + second.whole, first.whole + second.root, "", second.sex)
        best = max(best, _score(_best_pairs((*longer[:at], one, *longer[at + 2 :]), shorter, same_sex)))
    return best


@lru_cache(maxsize=100_000)
def parts_alike(p: Part, q: Part, same_sex: bool) -> float:
    """How alike two parts of names are, 0 to 1."""
    if p.whole == q.whole and p.role == q.role:
        return 1.0
    if len(p.whole) <= 1 or len(q.whole) <= 1:
        return _INITIAL if p.whole[:1] == q.whole[:1] else 0.0
    if p.has_ending != q.has_ending and FATHER not in (p.role, q.role):
        if p.role == q.role:
            return _roots_alike(p, q, same_sex) * _WITHOUT_ENDING
        value = alike(p.whole, q.whole)  # the ending tells that they are not one word, unless it stands in both
        return value * (_CROSSED if value >= PROBABLE else _OTHER_KIND)
    value = _roots_alike(p, q, same_sex)
    return value * _CROSSED if {p.role, q.role} == {GIVEN, FAMILY} else value


def _roots_alike(p: Part, q: Part, same_sex: bool) -> float:
    value = alike(p.root, q.root)
    if value == 1.0:
        return value
    if p.other or q.other:
        value = max(value, _OTHER_READING * _other_readings_alike(p, q))
    if value < _NOTHING_ALIKE and not ((p.known or p.short_for) and (q.known or q.short_for)):
        return value
    if value < _AGREES and len(p.word) == len(q.word) and _neighbours_swapped(p.word, q.word):
        value = _SLIP
    mine, yours = p.known | p.short_for, q.known | q.short_for
    if mine and yours:
        if p.known & q.known:
            return max(value, _EQUIVALENT)
        if mine & yours:
            return max(value, _SHORT if mine & q.known or p.known & yours else _BOTH_SHORT)
        if p.known and q.known:
            return min(value, _TWO_NAMES)
    bare_p, ending_p = split_ending(p.root)
    bare_q, ending_q = split_ending(q.root)
    if ending_p and ending_q:
        value = min(value, alike(bare_p, bare_q) if ending_p == ending_q else _ENDING_CHANGED)
    if not p.has_ending and not same_sex and _man_and_woman(p, q):
        return min(value, _TWO_NAMES)
    if bool(ending_p) != bool(ending_q):
        return _with_ending_dropped(value, alike(bare_p, bare_q), ending_p or ending_q, p.has_ending)
    return value


def _neighbours_swapped(a: str, b: str) -> bool:
    """Whether two letters that stand beside each other are all that differs; a swap may change how the rest is read."""
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y), len(a))
    return at < len(a) >= _SWAP_SEEN and a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]


def _other_readings_alike(p: Part, q: Part) -> float:
    return max(alike(x, y) for x in (p.root, p.other) for y in (q.root, q.other) if x and y)


def _with_ending_dropped(value: float, bare: float, ending: str, family: bool) -> float:
    """One of the two has an ending more: the same person for a given name, another family for a family name."""
    if family:
        return min(value, _TWO_NAMES) if bare >= _EQUIVALENT else value
    return max(value, bare * _ENDING_DROPPED) if ending in WEAK_ENDINGS else value


def _man_and_woman(p: Part, q: Part) -> bool:
    """Whether one name is the other with the feminine ending: Umid and Umida; with an o only if one is known."""
    longer, shorter = (p.root, q.root) if len(p.root) > len(q.root) else (q.root, p.root)
    if longer[-1] not in "ao" or shorter[-1] in VOWELS or len(longer) - len(shorter) > 1:
        return False
    return (longer[-1] == "a" or bool(p.known or q.known)) and alike(longer[:-1], shorter) >= 0.9
