"""People registered twice: looked for while a name is typed, and in the whole vault; what was answered is remembered.

Nothing is joined by itself: whoever answers 'same person' joins the two records by a use case of its own.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.duplicates.decisions import LATER, STATES, comes_back, facts_of, in_order
from panoh.domain.duplicates.reasons import Reason, dump, load, match_of, sentences
from panoh.domain.lines import PersonLine
from panoh.domain.match_parts import Match, band_of
from panoh.domain.merging import DuplicateDecision
from panoh.domain.person import Person
from panoh.services.desk import Changes, Desk
from panoh.services.look_alikes import Duplicate, open_papers, probable
from panoh.services.need_to_know import told_line
from panoh.services.records import is_withheld
from panoh.store import duplicates as store
from panoh.store import lines
from panoh.store.tables import table
from panoh.store.units import Reading

if TYPE_CHECKING:
    from panoh.domain.duplicates.register import Register
    from panoh.domain.duplicates.sweep import Scored

__all__ = [
    "LEAST",
    "Duplicate",
    "Found",
    "Pair",
    "answered",
    "candidates",
    "count",
    "decide",
    "last_search",
    "probable",
    "sweep",
    "worklist",
]

LEAST = 20  # points below which a pair is not kept: of a hundred true pairs one is lost
_LAST = "duplicates_found"  # the fact about the vault that tells of the last search
_READ, _SEARCHED = 0.3, 0.95  # shares of the work: everyone read, every pair compared


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the one registered first on the left, and the answer that was given before, if any."""

    a: PersonLine
    b: PersonLine
    match: Match
    sentences: list[str]  # the facts that both told: 'Birth: day and month swapped'
    decision: DuplicateDecision | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of the whole vault found: when, among how many people, how many pairs of each band ('none' is weak)."""

    at: datetime
    people: int
    bands: dict[str, int]


def sweep(desk: Desk, progress: Progress | None = None) -> Found:
    """Look through the whole vault for people registered twice, and keep what is found as the list to be answered.

    Pairs that were answered are left out; see decisions.comes_back for the exception. Pairs of two sexes, of births too
    far apart, and two whom one household's list tells apart are never on it. Nothing of anybody's record is changed.
    Raises AppError('cancelled') when stopped: the list is then as it was.
    """
    watch = _Share(progress or Silent())
    with desk.reading() as reading:
        ids = store.ids(reading)
        found = list(_named(ids, _search(desk, reading, ids, LEAST, watch)))
    watch.to(1)
    with desk.writing() as unit:  # answers are read here: one may have been given while the search ran
        kept = list(_to_ask(unit, found))
        store.put_pairs(unit, kept)
        bands = Counter(band_of(score) for _a, _b, score, _reasons in kept)
        result = Found(desk.clock.now(), len(ids), dict(bands))
        told = {"at": result.at.isoformat(), "people": result.people, "bands": result.bands}
        unit.set_meta(_LAST, json.dumps(told))
    return result


def candidates(desk: Desk, least: float, progress: Progress | None = None) -> Iterator[tuple[str, str, float]]:
    """Ids and score of every pair that scores at least so much, best first, answered or not; nothing is kept."""
    with desk.reading() as reading:
        ids = store.ids(reading)
        found = _search(desk, reading, ids, least, _Share(progress or Silent()))
    for a, b, score in zip(found.a.tolist(), found.b.tolist(), found.scores.tolist(), strict=True):
        yield ids[a], ids[b], round(score, 1)


def last_search(desk: Desk) -> Found | None:
    """What the last search of the whole vault found; None before the first."""
    with desk.reading() as reading:
        told = reading.meta(_LAST)
    if not told:
        return None
    kept = json.loads(told)
    return Found(datetime.fromisoformat(kept["at"]), kept["people"], kept["bands"])


def worklist(desk: Desk, offset: int, limit: int, *, least: float = LEAST, waiting: bool = False) -> list[Pair]:
    """A page of the pairs that the last search found and nobody answered, best first; `waiting`: answered with 'later'.

    Both sides are lines as this user may read them, and the reasons rest on nothing that is shown by role. What somebody
    else wrote beside an earlier answer is withheld like the words of a case.
    """
    with desk.reading() as reading:
        found = store.pairs(reading, waiting, least, offset, limit, desk.limited_reader)
        shown = lines.people_by_id(reading, [one for pair in found for one in pair[:2]])
        answers = [_told(desk, reading, each.decision) if each.decision else None for each in found]
    told = {one: told_line(desk, line) for one, line in shown.items()}
    return [
        Pair(told[each.person_a_id], told[each.person_b_id], match_of(reasons), sentences(reasons), answer)
        for each, answer in zip(found, answers, strict=True)
        for reasons in [load(each.reasons)]
    ]


def count(desk: Desk, *, least: float = LEAST, waiting: bool = False) -> int:
    """How many pairs that score at least so much are still to be answered, or wait."""
    with desk.reading() as reading:
        return store.pairs_count(reading, waiting, least, desk.limited_reader)


def decide(desk: Desk, one: str, other: str, state: str, reason: str = "") -> Changes:
    """Remember what somebody answered about two people: same, relatives, different or later; answering again changes it.

    Raises AppError('record.not_found') when one of them is gone, ValueError for the same person twice or another state.
    """
    if one == other or state not in STATES:
        raise ValueError("an answer is about two people, and one of same, relatives, different, later")
    a, b = in_order(one, other)
    with desk.writing() as unit:
        for person_id in (a, b):
            unit.get(Person, person_id)
        known = store.decision_on(unit, a, b)
        score = store.score_of(unit, a, b)
        decision = DuplicateDecision(
            id=known.id if known else new_id(),
            person_a_id=a,
            person_b_id=b,
            state=state,
            reason=reason.strip(),
            facts=facts_of(score) if score is not None else known.facts if known else "",
            decided_by=desk.user.id,
            decided_at=desk.clock.now(),
        )
        if known:
            unit.save(decision)
        else:
            unit.add(decision)
        if state != LATER:
            store.drop_pair(unit, a, b)
        return Changes(unit.changes())


def answered(desk: Desk, state: str) -> list[DuplicateDecision]:
    """What was answered so, the first answered first, about people of whom neither was joined to anyone since.

    Those of 'same' are what still has to be joined, or was joined and taken apart again.
    """
    with desk.reading() as reading:
        gone = store.joined(reading)
        found = reading.all(DuplicateDecision, table(DuplicateDecision).c.state == state)
        return [_told(desk, reading, one) for one in found if not {one.person_a_id, one.person_b_id} & gone.keys()]


# --- inside ----------------------------------------------------------------------------------------------------------


class _Share:
    """Tells a progress of shares of the whole work."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def to(self, share: float) -> None:
        self._progress.step(round(100 * share), 100, _("Looking for people registered twice"))


def _search(desk: Desk, reading: Reading, ids: Sequence[str], least: float, watch: _Share) -> Scored:
    from panoh.domain.duplicates.between import days
    from panoh.domain.duplicates.sweep import sweep as compare_all

    register = _register(desk, reading, ids, watch)
    today = days(desk.clock.today())
    return compare_all(register, today, least, lambda share: watch.to(_READ + share * (_SEARCHED - _READ)))


def _register(desk: Desk, reading: Reading, ids: Sequence[str], watch: _Share) -> Register:
    """Everyone as columns, numbered in the order of the ids."""
    from panoh.domain.duplicates.register import Gathering

    gathering = Gathering()
    for rows in store.everyone(reading):
        watch.to(_READ * gathering.people / max(1, len(ids)))
        gathering.add(rows)
    gathering.add_papers((bisect_left(ids, one), number) for one, number in open_papers(desk, reading))
    gathering.add_phones((bisect_left(ids, one), number) for one, number in store.further_phones(reading))
    gathering.add_names((bisect_left(ids, one), name) for one, name in store.other_names(reading))
    return gathering.register()


_Kept = tuple[str, str, float, tuple[Reason, ...]]


def _named(ids: Sequence[str], found: Scored) -> Iterator[_Kept]:
    pairs = zip(found.a.tolist(), found.b.tolist(), found.scores.tolist(), found.reasons(), strict=True)
    return ((ids[a], ids[b], round(score, 1), reasons) for a, b, score, reasons in pairs)


def _told(desk: Desk, reading: Reading, answer: DuplicateDecision) -> DuplicateDecision:
    """An answer without its words, where they may tell restricted facts of one of the two; one's own words stay."""
    both = (answer.person_a_id, answer.person_b_id)
    if not answer.reason or answer.decided_by == desk.user.id or not any(is_withheld(desk, reading, p) for p in both):
        return answer
    return replace(answer, reason=_(desk.rulebook.restricted.reason))


def _answers(reading: Reading) -> dict[tuple[str, str], DuplicateDecision]:
    """What was answered about each pair; of a record that was joined, it is the answer about the one that goes on."""
    into, answers = store.joined(reading), {}
    for each in reading.all(DuplicateDecision):
        pair = in_order(_goes_on(into, each.person_a_id), _goes_on(into, each.person_b_id))
        if pair not in answers or pair == (each.person_a_id, each.person_b_id):
            answers[pair] = each
    return answers


def _goes_on(into: dict[str, str], person_id: str) -> str:
    while into.get(person_id, person_id) != person_id:
        person_id = into[person_id]
    return person_id


def _to_ask(reading: Reading, found: Iterable[_Kept]) -> Iterator[tuple[str, str, float, str]]:
    """The pairs that are to be asked about: those nobody answered, those that wait, and those that come back."""
    answers = _answers(reading)
    for a, b, score, reasons in found:
        answer = answers.get((a, b))
        if answer is None or answer.state == LATER or _comes_back(reading, answer, score):
            yield a, b, score, dump(reasons)


def _comes_back(reading: Reading, answer: DuplicateDecision, score: float) -> bool:
    return comes_back(answer, score) and store.changed_after(reading, answer)
