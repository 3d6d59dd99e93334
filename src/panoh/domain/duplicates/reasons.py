"""Why two registrations score as they do, in words: first as short codes that can be kept, then in the language in force.

A clause is a code and a number; a part is a fact with its points and its clauses. Levels are kept in the vault, so a
code that was once given keeps its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from panoh.base.i18n import N_, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.match_parts import DIFFERS, LABELS, NEAR, NOT_KNOWN, SAME, Match, Part, band_of

Clause = tuple[str, int]


class Reason(NamedTuple):
    """One fact: its name, points, how the two sides relate, and why."""

    fact: str
    points: float
    verdict: str
    clauses: tuple[Clause, ...]


_WORDS = {
    "not_told": N_("not known"),
    # names
    "name_same": N_("same"),
    "name_same_other_script": N_("same, other script"),
    "name_same_other_spelling": N_("same, other spelling"),
    "name_near": N_("near, other spelling"),
    "name_near_other_script": N_("near, other script"),
    "name_one_part": N_("only one part of the name was told"),
    "given_differs": N_("given name differs"),
    "family_differs": N_("given name near, family name differs"),
    "name_differs": N_("differs"),
    "crossed": N_("given and family name in each other's place"),
    # births
    "same_day": N_("same day"),
    "swapped": N_("day and month swapped"),
    "same_year": N_("fits"),
    "same_age": N_("same age"),
    "age_fits": N_("age and date fit"),
    "days_apart": N_("another day"),
    # fathers
    "father_same": N_("father same"),
    "father_other_form": N_("father same, other form"),
    "father_near": N_("father near"),
    "father_differs": N_("father differs"),
    # places, phones, papers, households
    "place_same": N_("same"),
    "place_part": N_("same in part"),
    "place_other": N_("another place"),
    "phone_same": N_("same phone"),
    "phone_other": N_("other phone"),
    "paper_same": N_("same paper"),
    "paper_other": N_("other paper"),
    "one_list": N_("both stand in one household"),
    "nobody": N_("nobody else in common"),
}


def _namesakes(n: int) -> str:
    return ngettext("{n} other bears this name", "{n} others bear this name", n)


def _days(n: int) -> str:
    return ngettext("{n} day apart", "{n} days apart", n)


def _years(n: int) -> str:
    return ngettext("{n} year apart", "{n} years apart", n)


def _ages(n: int) -> str:
    return ngettext("ages {n} year apart", "ages {n} years apart", n)


def _in_common(n: int) -> str:
    return ngettext("{n} other in common", "{n} others in common", n)


_COUNTED: dict[str, Callable[[int], str]] = {
    "namesakes": _namesakes,
    "days": _days,
    "years": _years,
    "ages": _ages,
    "in_common": _in_common,
}


def words_of(clauses: Sequence[Clause]) -> str:
    """Clauses in words: 'near, other script; 3 others bear this name'."""
    return "; ".join(_COUNTED[code](n).format(n=n) if code in _COUNTED else _(_WORDS[code]) for code, n in clauses)


def match_of(reasons: Sequence[Reason], impossible: str = "") -> Match:
    """The match that these reasons make, in words. The score is the sum of the parts, kept within 0 and 100."""
    parts = tuple(Part(each.fact, each.points, 0, each.verdict, words_of(each.clauses)) for each in reasons)
    if impossible:
        return Match(0.0, band_of(0.0), parts, impossible)
    score = min(100.0, max(0.0, round(sum(each.points for each in reasons), 1)))
    return Match(score, band_of(score), parts)


def sentences(reasons: Sequence[Reason]) -> list[str]:
    """The reasons that both sides told, in words: 'Birth: day and month swapped'."""
    told = (each for each in reasons if each.verdict != NOT_KNOWN)
    return [_("{fact}: {words}").format(fact=_(LABELS[each.fact]), words=words_of(each.clauses)) for each in told]


def dump(reasons: Sequence[Reason]) -> str:
    """Reasons as text for the vault; no name, date or number of a person stands in it."""
    return json.dumps([[each.fact, each.points, each.verdict, each.clauses] for each in reasons], separators=(",", ":"))


def load(text: str) -> tuple[Reason, ...]:
    """The reasons that were kept as text."""
    kept = json.loads(text)
    return tuple(
        Reason(fact, points, verdict, tuple((c, n) for c, n in clauses)) for fact, points, verdict, clauses in kept
    )


__all__ = [
    "DIFFERS",
    "NEAR",
    "NOT_KNOWN",
    "SAME",
    "Clause",
    "Reason",
    "dump",
    "load",
    "match_of",
    "sentences",
    "words_of",
]
