"""The comparison of one pair in words: each fact with its points, how the two sides relate, and why."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain import places as tree
from panoh.domain.duplicates import evidence as e
from panoh.domain.duplicates.arrays import Floats, Ints
from panoh.domain.duplicates.reasons import words_of
from panoh.domain.duplicates.register import WOMAN
from panoh.domain.duplicates.telling import full_names, reasons_of
from panoh.domain.match_parts import (
    BIRTH,
    DIFFERS,
    MARKS,
    NAME,
    NEAR,
    NONE,
    NOT_KNOWN,
    PAPER,
    PARENTS,
    PLACE,
    SAME,
    SEPARATION,
    SEX,
    Match,
    Part,
)
from panoh.domain.matching import evidence as ev
from panoh.domain.matching import scoring
from panoh.domain.matching import weights as w
from panoh.domain.matching.columns import Sides
from panoh.domain.matching.commonness import is_common

Told = tuple[str, str]  # how the two sides relate, and the words


def band_of(score: float) -> str:
    """The band of a score of a request: fixed limits, never relative to other hits."""
    return next((band for least, band in w.BANDS if score >= least), NONE)


def match_of(
    sides: Sides, found: ev.Evidence, rows: tuple[Ints, Ints], points: Floats, at: int, rejected: str = ""
) -> Match:
    """The match of the pair at this place."""
    telling = _Telling(sides, found, int(rows[0][at]), int(rows[1][at]), at)
    parts = tuple(
        Part(fact, round(float(each), 1), most, *telling.of(fact))
        for fact, each, most in zip(scoring.FACTS, points[at], scoring.MOST, strict=True)
    )
    why = telling.ruled_out() or rejected
    if why:
        return Match(0.0, NONE, parts, why)
    score = round(min(100.0, max(0.0, sum(part.points for part in parts))), 1)
    return Match(score, band_of(score), parts)


class _Telling:
    """Finds the words of one pair."""

    def __init__(self, sides: Sides, found: ev.Evidence, q: int, p: int, at: int) -> None:
        self._s, self._e, self._at, self._p = sides, found, at, p
        r = sides.register
        names = full_names(r.spellings, r.given_spelling[[q, p]], r.family_spelling[[q, p]])
        nothing = np.zeros(6, np.float32)
        told = reasons_of(found.likeness, at, nothing, 0, 0, (names[0], names[1]))
        self._reasons = {reason.fact: reason for reason in told}
        self._tell: dict[str, Callable[[], Told]] = {
            NAME: self._name,
            PARENTS: self._parents,
            BIRTH: self._birth,
            PLACE: self._place,
            SEPARATION: self._separation,
            SEX: self._sex,
            MARKS: self._marks,
            PAPER: self._paper,
        }

    def of(self, fact: str) -> Told:
        """How the two sides relate in this fact, and the words."""
        return self._tell[fact]()

    def ruled_out(self) -> str:
        """Why the two cannot be one person; '' where they can."""
        why = int(self._e.ruled_out[self._at])
        if why == ev.OTHER_SEX:
            woman = self._s.register.sex[self._p] == WOMAN
            return _("a woman or girl, sex verified") if woman else _("a man or boy, sex verified")
        return {
            ev.AGES_APART: _("their ages are too far apart"),
            ev.GENERATIONS: _("the ages do not fit parent and child"),
            ev.TWO_PLACES: _("was here when the one sought was seen elsewhere"),
        }.get(why, "")

    def _name(self) -> Told:
        reason, like, at = self._reasons[NAME], self._e.likeness, self._at
        words = words_of([clause for clause in reason.clauses if clause[0] != "namesakes"])
        given, family = int(like.given[at]), int(like.family[at])
        common = is_common(like.rare_given[at]) and (family == e.NOT_TOLD or is_common(like.rare_family[at]))
        if common and reason.verdict in (SAME, NEAR) and e.NOT_TOLD < given <= e.LOOSE:
            words = _("{words}; a common name").format(words=words)
        return reason.verdict, words

    def _parents(self) -> Told:
        found, at = self._e, self._at
        some, gone, beside = int(found.found[at]), int(found.missing[at]), int(found.beside[at])
        words = []
        father = self._reasons[PARENTS]
        if father.verdict != NOT_KNOWN:
            words.append(words_of(father.clauses))
        elif found.father_there[at]:
            words.append(_("a man of the father's name is there"))
        if some or gone:
            words.append(_("kin named and there: {found} of {named}").format(found=some, named=some + gone))
        if beside:
            words.append(
                ngettext("{n} of the inquirer's kin known here", "{n} of the inquirer's kin known here", beside).format(
                    n=beside
                )
            )
        if not words:
            return NOT_KNOWN, _("not known")
        speaks = some or beside or found.father_there[at] or father.verdict in (SAME, NEAR)
        against = gone or father.verdict in (DIFFERS, NEAR)
        return (NEAR if against else SAME) if speaks else DIFFERS, "; ".join(words)

    def _birth(self) -> Told:
        level = ev.BIRTH_LEVELS[int(self._e.birth[self._at])]
        if level == "not_told":
            return NOT_KNOWN, _("not known")
        if level in ("same_day", "swapped"):
            return (SAME, _("same day")) if level == "same_day" else (NEAR, _("day and month swapped"))
        if level.endswith("_fits"):
            return SAME, _("fits")
        years = float(self._e.years[self._at])
        if level == "day_within_1" and years < 1:
            return NEAR, _("another day, less than a year apart")
        whole = max(1, round(years))
        words = ngettext("{n} year apart", "{n} years apart", whole).format(n=whole)
        return NEAR if w.BIRTH_POINTS[level] > 0 else DIFFERS, words

    def _place(self) -> Told:
        return {
            tree.NOT_TOLD: (NOT_KNOWN, _("not known")),
            tree.SAME: (SAME, _("same")),
            tree.WITHIN: (NEAR, _("same in part")),
            tree.REGION: (NEAR, _("near, the same region")),
            tree.COUNTRY: (DIFFERS, _("another region")),
            tree.OTHER: (DIFFERS, _("another country")),
            tree.UNLIKE: (DIFFERS, _("another place")),
        }[int(self._e.place[self._at])]

    def _separation(self) -> Told:
        level = ev.SEPARATION_LEVELS[int(self._e.separation[self._at])]
        n = int(self._e.days[self._at])
        there = int(self._e.parted[self._at]) in (tree.SAME, tree.WITHIN)
        words = []
        if level == "before":
            words.append(_("was here before the separation"))
        elif level != "not_told":
            words.append(ngettext("came {n} day after", "came {n} days after", n).format(n=n))
        if there:
            words.append(_("lost near home"))
        if not words:
            return NOT_KNOWN, _("not known")
        return SAME if level == "days" else NEAR, "; ".join(words)

    def _sex(self) -> Told:
        sex, fits = int(self._e.sex[self._at]), int(self._e.relation[self._at])
        words = {ev.SEX_SAME: [_("same")], ev.SEX_DIFFERS: [_("differs, as it was stated")]}.get(sex, [])
        if fits == ev.FITS:
            words.append(_("the age fits the relation"))
        elif fits == ev.FITS_NOT:
            words.append(_("the age does not fit the relation"))
        if not words:
            return NOT_KNOWN, _("not known")
        good = [sex == ev.SEX_SAME] * (sex > 0) + [fits == ev.FITS] * (fits > 0)
        return SAME if all(good) else NEAR if any(good) else DIFFERS, "; ".join(words)

    def _marks(self) -> Told:
        named = {"marks": _("marks"), "clothes": _("clothes"), "languages": _("language")}
        levels = {kind: int(self._e.words[kind][self._at]) for kind in named}
        told = {kind: level for kind, level in levels.items() if level}
        if not told:
            return NOT_KNOWN, _("not known")
        alike = [named[kind] for kind, level in told.items() if level == 1]
        if not alike:
            return DIFFERS, _("nothing in common")
        return SAME if len(alike) == len(told) else NEAR, _("in common: {facts}").format(facts=", ".join(alike))

    def _paper(self) -> Told:
        like, at = self._e.likeness, self._at
        words = []
        if like.paper[at] == e.N_SAME:
            words.append(_("same paper"))
        if like.phone[at] == e.N_SAME:
            words.append(_("same phone"))
        if words:
            return SAME, "; ".join(words)
        other = e.N_OTHER in (like.paper[at], like.phone[at])
        return NOT_KNOWN, _("other numbers") if other else _("not known")
