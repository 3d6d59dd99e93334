"""Needs that contradict each other or what else is recorded: shown as something to solve, never lowering a level.

A contradiction is told only when it is sure: an age that is not known contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.dates import age_span
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.triage import codes as c

ADULT = 18
OLDER = 60  # UNHCR's older person; ages are guesses, so a contradiction begins well below it
OLDER_GUESS = 50
MOTHER_FROM, MOTHER_TO = 9, 60  # ages between which a pregnancy is possible
BIRTH_PAST = timedelta(days=42)  # after this the birth must have been, and was not noted
LONGEST = timedelta(days=300)  # days for which a birth can lie ahead
ALONE = frozenset({"SC-UC", "SC-CH"})
SINGLE_PARENT = frozenset({"SP-PT"})
WOMAN_ONLY = ("WR",)
# A foster child's head is no parent: a child may be unaccompanied and in a foster family.
_PARENTS = {  # the relations of two members to their head that make the second the parent of the first
    "head": ("parent", "step_parent"),
    "spouse": ("parent_in_law",),
    "sibling": ("parent", "step_parent"),
    "child": ("head",),
    "step_child": ("head",),
}

WORDS = {
    "alone_with_parent": N_(
        "Unaccompanied, with a parent in the household. Is that the parent? Then it is no longer so."
    ),
    "alone_and_separated": N_(
        "Unaccompanied and separated together: with no adult, or with a relative? Keep the one that is so."
    ),
    "old_too_young": N_("A need of older people, recorded of somebody under {age}."),
    "old_with_adults": N_("An older person alone, with other adults in the household."),
    "pregnant_man": N_("A pregnancy or birth, recorded of a man or boy."),
    "pregnant_age": N_("A pregnancy or birth at an age at which it cannot be."),
    "child_adult": N_("A need of children, recorded of an adult. Is the age right?"),
    "woman_man": N_("A need of women and girls, recorded of a man or boy."),
    "birth_past": N_("The birth was expected more than six weeks ago. Was the child born?"),
    "birth_far": N_("The birth is expected later than it can be."),
    "before_birth": N_("It happened before the person was born."),
    "single_with_spouse": N_("A single parent, with a husband or wife in the household."),
    "held_and_here": N_("Detained, and recorded as being here."),
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Needs that do not go with each other, or not with the person or household."""

    kind: str  # a key of WORDS
    codes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What does not fit, and what to look at."""
        return _(WORDS[self.kind]).format(age=OLDER_GUESS)


def contradictions(
    person: Person, needs: Iterable[SpecificNeed], members: Sequence[Person], today: date
) -> tuple[Contradiction, ...]:
    """What does not fit among the standing needs of a person; `members` are the people of the household.

    Only what is handed in is looked at: whoever may not see a need is told of no contradiction with it.
    """
    standing = [need for need in needs if need.stands]
    told = {need.code for need in standing}
    others = [one for one in members if one.id != person.id and one.presence == "here"]
    found = [
        *_alone(person, told, others),
        *_of_sex(person, told),
        *_of_age(person, told, today),
        *_of_household(person, told, others, today),
        *_of_days(person, standing, today),
    ]
    return tuple(found)


def _with(kind: str, told: Iterable[str], codes: Iterable[str]) -> list[Contradiction]:
    meant = tuple(sorted(set(told) & set(codes)))
    return [Contradiction(kind, meant)] if meant else []


def _alone(person: Person, told: set[str], others: Sequence[Person]) -> list[Contradiction]:
    found = _with("alone_with_parent", told, ALONE) if any(_is_parent(one, person) for one in others) else []
    if "SC-UC" in told and "SC-SC" in told:
        found.append(Contradiction("alone_and_separated", ("SC-SC", "SC-UC")))
    return found


def _is_parent(one: Person, child: Person) -> bool:
    return one.relation in _PARENTS.get(child.relation, ())


def _of_sex(person: Person, told: set[str]) -> list[Contradiction]:
    if person.sex != "M":
        return []
    women = [code for code in told if code.partition("-")[0] in WOMAN_ONLY]
    return [*_with("pregnant_man", told, {*c.PREGNANT, c.GAVE_BIRTH}), *_with("woman_man", told, women)]


def _of_age(person: Person, told: set[str], today: date) -> list[Contradiction]:
    span = age_span(person.birth, today)
    if span is None:
        return []
    least, most = span
    found = []
    if most < MOTHER_FROM or least > MOTHER_TO:
        found += _with("pregnant_age", told, {*c.PREGNANT, c.GAVE_BIRTH})
    if most < OLDER_GUESS:
        found += _with("old_too_young", told, c.OLDER | {"ER"})
    if least >= ADULT:
        found += _with("child_adult", told, (code for code in told if code.partition("-")[0] in c.ONLY_FOR_CHILDREN))
    return found


def _of_household(person: Person, told: set[str], others: Sequence[Person], today: date) -> list[Contradiction]:
    found = []
    spans = (age_span(one.birth, today) for one in others)
    if any(span is not None and span[0] >= ADULT and span[1] < OLDER for span in spans):
        found += _with("old_with_adults", told, {c.OLDER_ALONE})
    married = {person.relation, *(one.relation for one in others)} >= {"head", "spouse"}
    if married and person.relation in ("head", "spouse"):
        found += _with("single_with_spouse", told, SINGLE_PARENT)
    if person.presence == "here":
        found += _with("held_and_here", told, {"LP-DA", "LP-DT"})
    return found


def _of_days(person: Person, standing: Sequence[SpecificNeed], today: date) -> list[Contradiction]:
    kinds: dict[str, set[str]] = {}
    for need in standing:
        for kind in _days_of(person, need, today):
            kinds.setdefault(kind, set()).add(need.code)
    return [Contradiction(kind, tuple(sorted(codes))) for kind, codes in kinds.items()]


def _days_of(person: Person, need: SpecificNeed, today: date) -> list[str]:
    found = []
    if need.due_on is not None and need.code in c.PREGNANT:
        found += ["birth_past"] if need.due_on + BIRTH_PAST < today else []
        found += ["birth_far"] if need.due_on - LONGEST > today else []
    if need.event_on is not None and person.birth.earliest is not None and need.event_on < person.birth.earliest:
        found.append("before_birth")
    return found
