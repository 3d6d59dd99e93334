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
    is_child_of,
    name_of,
    read_name,
    split_ending,
)
from panoh.domain.name_sounds import VOWELS, alike
from panoh.domain.name_tables import WEAK_ENDINGS

__all__ = [
    "POSSIBLE",
    "PROBABLE",
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
POSSIBLE = 0.64  # from here on they may be one name

_CROSSED = 0.95  # a given name that stands where the other has the family name
_OTHER_KIND = 0.7  # Karim, a given name, beside Karimov, a family name
_WITHOUT_ENDING = 0.93  # Karimov beside Karim or Karimzoda, as family names
_ENDING_DROPPED = 0.82  # Nodirbek beside Nodir: weak, and so only possible
_ENDING_CHANGED = 0.76  # Nodirbek beside Nodirjon
_EQUIVALENT, _SHORT, _BOTH_SHORT = 0.97, 0.92, 0.86
_TWO_NAMES = 0.5  # the most for two words that are known as two names, and for a man's name beside a woman's
_INITIAL = 0.8
_ONE_PART = 0.8  # only one part of the name was told
_PART_MORE = 0.95  # a part more on one side
_OTHER_FATHER = 0.62
_OTHER_SEX = 0.6
_SAME_FATHER = 0.15  # of what is missing to certainty


@dataclass(frozen=True, slots=True)
class NameRelation:
    """How alike two names are, 0 to 1, as a whole and by part; a part is None where one side did not tell it."""

    score: float
    given: float | None = None
    family: float | None = None
    father: float | None = None


NOTHING = NameRelation(0.0)


def similarity(a: str | Name, b: str | Name, *, same_sex: bool = False) -> float:
    """How alike two names are, 0 to 1, whatever the order, the spelling and the script; see PROBABLE and POSSIBLE.

    `same_sex` says that the sex of both is known and the same, so that an ending of the other sex is a slip.
    """
    return compare_names(a, b, same_sex=same_sex).score


def compare_names(a: str | Name, b: str | Name, *, same_sex: bool = False, fathers: bool = True) -> NameRelation:
    """How alike two names are, as a whole and by part; without `fathers`, by given and family name alone.

    Comparing b with a gives the same.
    """
    a, b = read_name(a) if isinstance(a, str) else a, read_name(b) if isinstance(b, str) else b
    father = parts_alike(a.father, b.father, True) if fathers and a.father and b.father else None
    found = _best_pairs(a.parts, b.parts, same_sex)
    if not found:
        return _by_father(a, b, father, same_sex)
    values = [value for value, _, _ in found]
    score = (sum(values) / len(values) + min(values)) / 2
    if len(a.parts) != len(b.parts):
        score = max(score * (_ONE_PART if len(found) == 1 else _PART_MORE), _joined(a.parts, b.parts, same_sex))
    if father is not None:
        score = _with_father(score, father)
    if not same_sex and a.sex and b.sex and a.sex != b.sex:
        score *= _OTHER_SEX
    family = [value for value, p, q in found if FAMILY in (p.role, q.role)]
    given = [value for value, p, q in found if FAMILY not in (p.role, q.role)]
    return NameRelation(score, min(given, default=None), min(family, default=None), father)


def _with_father(score: float, father: float) -> float:
    if father < POSSIBLE:
        return score * _OTHER_FATHER
    return score + (1 - score) * _SAME_FATHER if father >= PROBABLE else score


def _by_father(a: Name, b: Name, father: float | None, same_sex: bool) -> NameRelation:
    """Two names of which one at least is no more than a father's name."""
    if father is None or a.parts or b.parts:
        return NOTHING
    clash = not same_sex and a.sex and b.sex and a.sex != b.sex
    return NameRelation(father * (_OTHER_SEX if clash else 1.0), father=father)


def _best_pairs(a: Sequence[Part], b: Sequence[Part], same_sex: bool) -> list[tuple[float, Part, Part]]:
    """Which part stands for which: the pairing with the greatest sum, each part at most once."""
    if not a or not b:
        return []
    if len(a) > len(b):
        return [(value, q, p) for value, p, q in _best_pairs(b, a, same_sex)]
    table = [[parts_alike(p, q, same_sex) for q in b] for p in a]
    if len(a) == 1:
        best = max(range(len(b)), key=lambda at: table[0][at])
        return [(table[0][best], a[0], b[best])]
    choices = ([(table[i][j], a[i], b[j]) for i, j in enumerate(c)] for c in permutations(range(len(b)), len(a)))
    return max(choices, key=_fit)


def _fit(pairs: Sequence[tuple[float, Part, Part]]) -> tuple[float, float]:
    """How good a pairing is: by its sum, and of two equal ones by its weakest pair, so that order never decides."""
    values = [value for value, _, _ in pairs]
    return round(sum(values), 6), min(values)


def _joined(a: Sequence[Part], b: Sequence[Part], same_sex: bool) -> float:
    """The score when two neighbouring words of the longer name are one word in the other ('Gul Bahor')."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) != len(shorter) + 1:
        return 0.0
    best = 0.0
    for at in range(len(longer) - 1):
        first, second = longer[at], longer[at + 1]
        one = Part(second.role, first.whole + second.whole, first.whole + second.root, "", second.sex)
        values = [value for value, _, _ in _best_pairs((*longer[:at], one, *longer[at + 2 :]), shorter, same_sex)]
        best = max(best, (sum(values) / len(values) + min(values)) / 2)
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
        readings = [alike(x, y) for x in (p.root, p.other) for y in (q.root, q.other) if x and y]
        value = max(value, 0.98 * max(readings))
    bare_p, ending_p = split_ending(p.root)
    bare_q, ending_q = split_ending(q.root)
    if ending_p and ending_q:
        value = min(value, alike(bare_p, bare_q) if ending_p == ending_q else _ENDING_CHANGED)
    mine, yours = p.known | p.short_for, q.known | q.short_for
    if p.known & q.known:
        return max(value, _EQUIVALENT)
    if mine & yours:
        return max(value, _SHORT if mine & q.known or p.known & yours else _BOTH_SHORT)
    if p.known and q.known:
        return min(value, _TWO_NAMES)
    if not p.has_ending and not same_sex and _man_and_woman(p.root, q.root):
        return min(value, _TWO_NAMES)
    if bool(ending_p) != bool(ending_q):
        return _with_ending_dropped(value, alike(bare_p, bare_q), ending_p or ending_q, p.has_ending)
    return value


def _with_ending_dropped(value: float, bare: float, ending: str, family: bool) -> float:
    """One of the two has an ending more: the same person for a given name, another family for a family name."""
    if family:
        return min(value, _TWO_NAMES) if bare >= _EQUIVALENT else value
    return max(value, bare * _ENDING_DROPPED) if ending in WEAK_ENDINGS else value


def _man_and_woman(a: str, b: str) -> bool:
    """Whether one name is the other with the feminine ending: Umid and Umida."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[-1] in "ao" and shorter[-1] not in VOWELS and alike(longer[:-1], shorter) >= 0.9


def split_full_name(text: str) -> FullName:
    """A name as it was said, in its parts and spelled as typed. One word alone is a given name.

    Endings and 'o'g'li', 'кызы' tell family and father's name. Where none does, the order of documents counts, family
    name first, unless only the first word is a known given name.
    """
    words = text.split()
    roles = [_role(words, at) for at in range(len(words))]
    free = [at for at, role in enumerate(roles) if not role]
    if FAMILY not in roles and len(free) >= 2:
        given_first = _is_known(words[free[0]]) and not _is_known(words[free[1]])
        roles[free[-1] if given_first else free[0]] = FAMILY
    if len(words) == 1:
        roles = [GIVEN]
    return FullName(
        given=" ".join(word for word, role in zip(words, roles, strict=True) if role in (GIVEN, "")),
        family=" ".join(word for word, role in zip(words, roles, strict=True) if role == FAMILY),
        patronymic=" ".join(word for word, role in zip(words, roles, strict=True) if role == FATHER),
    )


def _role(words: Sequence[str], at: int) -> str:
    """The role of one word that was typed: '' if neither its ending nor the word behind it tells."""
    after = words[at + 1] if at + 1 < len(words) else ""
    if (at and is_child_of(words[at])) or (after and is_child_of(after) and not is_child_of(words[at])):
        return FATHER
    name = read_name(words[at])
    return FATHER if name.father else name.parts[0].role if name.parts else ""


def _is_known(word: str) -> bool:
    return any(part.known for part in read_name(word).parts)
