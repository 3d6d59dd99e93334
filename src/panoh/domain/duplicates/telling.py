"""From the evidence on one pair to its reasons: which clauses its levels are told in."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.domain.duplicates import evidence as e
from panoh.domain.duplicates.arrays import Floats, Ints
from panoh.domain.duplicates.evidence import Evidence
from panoh.domain.duplicates.households import H_NOBODY, H_NOT_TOLD, H_ONE_LIST
from panoh.domain.duplicates.reasons import Clause, Reason
from panoh.domain.duplicates.register import DAYS
from panoh.domain.duplicates.scoring import FACTS
from panoh.domain.match_parts import DIFFERS, NEAR, NOT_KNOWN, SAME
from panoh.domain.name_letters import script_of

Told = tuple[str, tuple[Clause, ...]]
_UNKNOWN: Told = (NOT_KNOWN, (("not_told", 0),))
_SAME_BIRTHS = frozenset(e.B[level] for level in ("same_day", "same_year", "same_age", "child_same_age"))
_FITTING = frozenset(e.B[level] for level in ("age_fits", "child_age_fits"))
_SLIPS = frozenset(e.B[level] for level in ("slip", "rare_slip"))
_TWO_AGES = frozenset(range(e.B["same_age"], e.B["age_fits"]))
_BIRTH_DIFFERS = frozenset(number for level, number in e.B.items() if level.endswith("apart")) - {e.B["year_apart"]}
_PLACES: tuple[Told, ...] = (
    _UNKNOWN,
    (SAME, (("place_same", 0),)),
    (NEAR, (("place_part", 0),)),
    (DIFFERS, (("place_other", 0),)),
)
_FATHERS: tuple[Told, ...] = (
    _UNKNOWN,
    (SAME, (("father_same", 0),)),
    (SAME, (("father_other_form", 0),)),
    (NEAR, (("father_near", 0),)),
    (NEAR, (("father_near", 0),)),
    (DIFFERS, (("father_differs", 0),)),
)


def reasons_of(
    found: Evidence, at: int, points: Floats, home: int, shared: int, names: tuple[str, str]
) -> tuple[Reason, ...]:
    """The reasons of the pair at this place; `points` are those of its facts, `names` its two full names."""
    told = (
        _name(found, at, names),
        _birth(found, at),
        _FATHERS[found.father[at]],
        _PLACES[found.place[at]],
        _papers(int(found.phone[at]), int(found.paper[at])),
        _household(home, shared),
    )
    return tuple(
        Reason(fact, round(float(each), 1), verdict, clauses)
        for fact, each, (verdict, clauses) in zip(FACTS, points, told, strict=True)
    )


def _name(found: Evidence, at: int, names: tuple[str, str]) -> Told:
    given, family = int(found.given[at]), int(found.family[at])
    verdict, code = _name_code(given, family, script_of(names[0]) == script_of(names[1]))
    clauses: list[Clause] = [(code, 0)]
    if found.crossed[at]:
        clauses.append(("crossed", 0))
    namesakes = int(found.namesakes[at])
    if namesakes and verdict != DIFFERS:
        clauses.append(("namesakes", namesakes))
    return verdict, tuple(clauses)


def _name_code(given: int, family: int, same_script: bool) -> tuple[str, str]:
    worst = max(given, family)
    if min(given, family) == e.NOT_TOLD:
        return (
            (NOT_KNOWN, "not_told")
            if worst == e.NOT_TOLD
            else (NEAR, "name_one_part")
            if worst <= e.LOOSE
            else (DIFFERS, "name_differs")
        )
    if worst == e.SPELLED:
        return SAME, "name_same"
    if worst == e.SOUNDED:
        return SAME, "name_same_other_spelling" if same_script else "name_same_other_script"
    if worst <= e.LOOSE:
        return NEAR, "name_near" if same_script else "name_near_other_script"
    if given > e.LOOSE:
        return DIFFERS, "given_differs" if family <= e.LOOSE else "name_differs"
    return NEAR, "family_differs"


def _birth(found: Evidence, at: int) -> Told:
    level = int(found.birth[at])
    years = max(1, round(float(found.gap[at])))
    if level == 0:
        return _UNKNOWN
    if level in _SAME_BIRTHS:
        code = {e.B["same_day"]: "same_day", e.B["same_year"]: "same_year"}.get(level, "same_age")
        return SAME, ((code, 0),)
    if level in _FITTING:
        return SAME, (("age_fits", 0),)
    if level == e.B["swapped"]:
        return NEAR, (("swapped", 0),)
    if level in _SLIPS:
        days = round(float(found.gap[at]) * DAYS)
        return NEAR, (("days", days) if days < 300 else ("years", years),)
    verdict = DIFFERS if level in _BIRTH_DIFFERS else NEAR
    if level == e.B["days_apart"] and found.gap[at] < 1:
        return verdict, (("days_apart", 0),)
    return verdict, (("ages" if level in _TWO_AGES else "years", years),)


def _papers(phone: int, paper: int) -> Told:
    clauses: list[Clause] = []
    for kind, level in (("paper", paper), ("phone", phone)):
        if level != e.N_NOT_TOLD:
            clauses.append((f"{kind}_same" if level == e.N_SAME else f"{kind}_other", 0))
    if not clauses:
        return _UNKNOWN
    return SAME if e.N_SAME in (phone, paper) else DIFFERS, tuple(clauses)


def _household(home: int, shared: int) -> Told:
    if home == H_NOT_TOLD:
        return _UNKNOWN
    if home == H_ONE_LIST:
        return DIFFERS, (("one_list", 0),)
    return (DIFFERS, (("nobody", 0),)) if home == H_NOBODY else (SAME, (("in_common", shared),))


def full_names(spellings: Sequence[str], given: Ints, family: Ints) -> list[str]:
    """The names of rows as they were spelled, for telling scripts apart."""
    return [f"{spellings[g]} {spellings[f]}" for g, f in zip(given.tolist(), family.tolist(), strict=True)]
