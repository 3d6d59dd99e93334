"""What speaks for and against two records being one person, fact by fact, in points and in words.

Most points of a fact: name 35, parents' names 15, birth 15, place before 12, sex 5, relation 5,
separation 8, phone or paper 20. A fact that one side did not tell is left out of the sum, and the rest is taken
as the whole, but of no less than LEAST_KNOWN points: so a request that tells name, sex, age and origin can reach
a strong match when all of it agrees, and a name alone never can. The bands are fixed, whatever else was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain import births
from panoh.domain.dates import PartialDate
from panoh.domain.name_letters import fold, script_of
from panoh.domain.name_parts import Part as NamePart
from panoh.domain.name_sounds import alike, sound
from panoh.domain.names import POSSIBLE, PROBABLE, Name, compare_names, parts_alike, read_name

NAME, PARENTS, BIRTH, PLACE, SEPARATION, SEX, PAPER = "name", "parents", "birth", "place", "separation", "sex", "paper"
MARKS = "marks"
HOUSEHOLD = "household"
LABELS = {
    NAME: N_("Name"),
    PARENTS: N_("Parents, kin"),
    BIRTH: N_("Birth"),
    PLACE: N_("Place before"),
    SEPARATION: N_("Separated"),
    SEX: N_("Sex, relation"),
    MARKS: N_("Marks, language"),
    PAPER: N_("Phone, paper"),
    HOUSEHOLD: N_("Household"),
}
SAME, NEAR, DIFFERS, NOT_KNOWN = "same", "near", "differs", "not_known"
STRONG, PROBABLE_MATCH, POSSIBLE_MATCH, NONE = "strong", "probable", "possible", "none"
BANDS = ((80, STRONG), (60, PROBABLE_MATCH), (40, POSSIBLE_MATCH))

LEAST_KNOWN = 70  # points that must be in play before a score can be full
_OTHER_NAME = 0.5  # what the rest is worth when the names are two names and no paper agrees


@dataclass(frozen=True, slots=True)
class Part:
    """One fact compared. `points` of `out_of`; `words` say how the two sides relate."""

    name: str
    points: float
    out_of: int
    verdict: str
    words: str

    @property
    def known(self) -> bool:
        """Whether both sides told it."""
        return self.verdict != NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Match:
    """How well two records fit, 0 to 100, with its parts. `impossible` says why they cannot be one person."""

    score: float
    band: str
    parts: tuple[Part, ...] = ()
    impossible: str = ""

    @property
    def shown(self) -> int:
        """The score as a whole number that never shows a better band than it has."""
        return int(self.score)


def band_of(score: float) -> str:
    """The band of a score: fixed limits, never relative to other hits."""
    return next((band for least, band in BANDS if score >= least), NONE)


def matched(parts: Iterable[Part], impossible: str = "") -> Match:
    """The match that these parts make; nothing scores when the two cannot be one person."""
    parts = tuple(parts)
    if impossible:
        return Match(0.0, NONE, parts, impossible)
    told = [part for part in parts if part.known]
    score = 100 * sum(part.points for part in told) / max(LEAST_KNOWN, sum(part.out_of for part in told))
    by_name = {part.name: part for part in told}
    if by_name.get(PAPER, _ABSENT).verdict != SAME and by_name.get(NAME, _ABSENT).points <= 0:
        score *= _OTHER_NAME
    return Match(round(score, 1), band_of(round(score, 1)), parts)


def not_known(name: str, out_of: int) -> Part:
    """A fact that one side or both did not tell."""
    return Part(name, 0, out_of, NOT_KNOWN, _("not known"))


_ABSENT = Part("", 0, 0, NOT_KNOWN, "")

# --- names -----------------------------------------------------------------------------------------------------------

NAME_POINTS, PARENTS_POINTS = 35, 15
_NEARLY = 0.99
_SAME_NAME = 0.97
_NO_NAME = 0.5
_ONE_PART_TOLD = 0.8
_MARRIED = 0.72  # a woman's family name changes; her given name and the rest must speak


def name_part(mine: str, yours: str, a: Sequence[Name], b: Sequence[Name], *, woman: bool) -> Part:
    """Given and family name, the best of all recorded ones; `mine` and `yours` are the spellings shown.

    The father's name counts with the parents. One part alone, with no other to bear it out, is at most near.
    """
    pairs = [(x, y) for x in a for y in b if x.parts and y.parts]
    if not pairs:
        return not_known(NAME, NAME_POINTS)
    relations = [(compare_names(x, y, same_sex=True, fathers=False), min(len(x.parts), len(y.parts))) for x, y in pairs]
    best, told = max(relations, key=lambda each: each[0].score)
    score = best.score if told > 1 else min(best.score, _ONE_PART_TOLD)
    if best.given is not None and best.given < POSSIBLE:  # a brother or sister, not the same person
        return Part(NAME, 0, NAME_POINTS, DIFFERS, _("given name differs"))
    changed = (best.family or 0.0) < POSSIBLE <= (best.given or 0.0)
    if woman and changed and best.given is not None and best.family is not None:
        score = max(score, _MARRIED * best.given)
    points = NAME_POINTS * min(1.0, max(0.0, (score - _NO_NAME) / (_SAME_NAME - _NO_NAME)))
    verdict = SAME if score >= _SAME_NAME else NEAR if points else DIFFERS
    if told == 1 and verdict == NEAR:
        words = _("only one part of the name was told")
    elif changed and verdict == NEAR:
        words = _("given name near, family name differs")
    else:
        words = _name_words(best.score, verdict, script_of(mine) == script_of(yours))
    return Part(NAME, round(points, 1), NAME_POINTS, verdict, words)


def _name_words(score: float, verdict: str, same_script: bool) -> str:
    if verdict == DIFFERS:
        return _("differs")
    if verdict == SAME:
        return _("same") if same_script else _("same, other script")
    if score < PROBABLE:
        return _("near, in part")
    return _("near, other spelling") if same_script else _("near, other script")


def father_alike(a: Name, b: Name) -> float | None:
    """How alike the fathers' names are; None if one is not told."""
    return parts_alike(a.father, b.father, True) if a.father and b.father else None


def is_among(one: NamePart, names: Iterable[Name]) -> bool:
    """Whether this part of a name is probably one of the given names."""
    return any(parts_alike(one, other, True) >= PROBABLE for name in names for other in name.parts)


def kin_found(named: Sequence[str], there: Sequence[Name]) -> tuple[int, int]:
    """How many of the named kin stand among the names there, and how many were named; family names do not count."""
    wanted = [[part for part in name.parts if not part.has_ending] for name in map(read_name, named)]
    wanted = [given for given in wanted if given]
    return sum(any(is_among(part, there) for part in given) for given in wanted), len(wanted)


def parents_part(father: float | None, found: int, named: int) -> Part:
    """The father's name (how alike, if both told it) and the kin found of those named; each half, if both are told.

    Kin who were named and are not there may have been lost as well: that none is there weighs half.
    """
    told = []
    if father is not None:
        told.append(1.0 if father >= PROBABLE else 0.5 if father >= POSSIBLE else 0.0)
    if named:
        told.append(found / named)
    if not told:
        return not_known(PARENTS, PARENTS_POINTS)
    share = sum(told) / len(told)
    verdict = SAME if share > _NEARLY else NEAR if share else DIFFERS
    out_of = PARENTS_POINTS if share or father is not None else PARENTS_POINTS // 2
    return Part(PARENTS, round(out_of * share, 1), out_of, verdict, _kin_words(father, found, named))


def _kin_words(father: float | None, found: int, named: int) -> str:
    kin = _("kin named and there: {found} of {named}").format(found=found, named=named)
    if father is None:
        return kin
    about_father = (
        _("father same") if father >= PROBABLE else _("father near") if father >= POSSIBLE else _("father differs")
    )
    return _("{father}; {kin}").format(father=about_father, kin=kin) if named else about_father


# --- birth, place, papers --------------------------------------------------------------------------------------------

BIRTH_POINTS, PLACE_POINTS, SEX_POINTS, PAPER_POINTS = 15, 12, 5, 20
_GONE_AFTER = 5  # years between two dates at which no point is left; for told ages twice their usual error


def birth_part(a: PartialDate, b: PartialDate) -> Part:
    """Birth against birth, with the errors that dates and told ages usually have."""
    relation = births.compare(a, b)
    if relation.kind == births.NOT_KNOWN:
        return not_known(BIRTH, BIRTH_POINTS)
    if relation.kind == births.EQUAL:
        return Part(BIRTH, BIRTH_POINTS, BIRTH_POINTS, SAME, _("same day"))
    if relation.kind == births.SWAPPED:
        return Part(BIRTH, 13, BIRTH_POINTS, NEAR, _("day and month swapped"))
    if relation.kind == births.SAME_SPAN:
        points = BIRTH_POINTS - min(5.0, 1 + 0.5 * max(0.0, relation.width - 1))
        return Part(BIRTH, round(points, 1), BIRTH_POINTS, SAME, _("fits"))
    gone = 1 + 2 * relation.tolerance if relation.tolerance else _GONE_AFTER
    points = max(0.0, (BIRTH_POINTS - 1) * (1 - relation.years / gone))
    if relation.kind == births.SLIGHT:
        return Part(BIRTH, round(max(points, 10), 1), BIRTH_POINTS, NEAR, _("a little off"))
    years = max(1, round(relation.years))
    words = ngettext("{n} year apart", "{n} years apart", years).format(n=years)
    return Part(BIRTH, round(points, 1), BIRTH_POINTS, NEAR if points > BIRTH_POINTS / 3 else DIFFERS, words)


# Words of addresses that tell nothing about which place it is.
_GENERAL_WORDS = """
область oblast облусу вилояти viloyati region район rayon району district тумани tumani
город gorod city шаҳри shahri шаар шаары г ш село village кишлак қишлоқ айыл маҳалла mahalla
улица ул street кўча кўчаси kochasi дом uy уй
"""
_GENERAL = frozenset(sound(fold(word)) for word in _GENERAL_WORDS.split())
_SAME_PLACE = 0.85


def place_part(a: str, b: str) -> Part:
    """Where they lived before: all the words the same, or some of them (the same town, another street)."""
    mine, yours = place_words(a), place_words(b)
    if not mine or not yours:
        return not_known(PLACE, PLACE_POINTS)
    shared = sum(any(alike(x, y) >= _SAME_PLACE for y in yours) for x in mine)
    if shared == len(mine) == len(yours):
        return Part(PLACE, PLACE_POINTS, PLACE_POINTS, SAME, _("same"))
    if shared:
        return Part(PLACE, PLACE_POINTS / 2, PLACE_POINTS, NEAR, _("same in part"))
    return Part(PLACE, 0, PLACE_POINTS, DIFFERS, _("another place"))


def place_words(text: str) -> frozenset[str]:
    """The words of an address that tell which place it is, by sound."""
    return frozenset(word for word in map(sound, fold(text).split()) if word and word not in _GENERAL)


def paper_part(papers_a: Iterable[str], papers_b: Iterable[str]) -> Part:
    """Phone and document numbers: one in common speaks strongly; none in common says nothing, as papers are lost."""
    mine = {number for number in map(number_key, papers_a) if number}
    yours = {number for number in map(number_key, papers_b) if number}
    if mine & yours:
        return Part(PAPER, PAPER_POINTS, PAPER_POINTS, SAME, _("same number"))
    return Part(PAPER, 0, PAPER_POINTS, NOT_KNOWN, _("other numbers") if mine and yours else _("not known"))


def number_key(text: str) -> str:
    """Letters and digits of a number; of a phone the last nine digits, so that 0 and +996 are one."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return plain[-9:] if plain.isdigit() else plain


def sexes_clash(a: str, b: str) -> bool:
    """Whether one is recorded as female and the other as male."""
    return {a, b} == {"F", "M"}


def sex_part(a: str, b: str, relation_fits: bool | None = None) -> Part:
    """Sex, and with it whether the relation fits, where that could be judged."""
    if not a or not b:
        return not_known(SEX, SEX_POINTS)
    judged = [a == b] if relation_fits is None else [a == b, relation_fits]
    points, out_of = SEX_POINTS * sum(judged), SEX_POINTS * len(judged)
    verdict = SAME if points == out_of else NEAR if points else DIFFERS
    words = {SAME: _("same"), NEAR: _("same in part"), DIFFERS: _("differs")}[verdict]
    return Part(SEX, points, out_of, verdict, words)
