"""Who is what to whom: links read from a household's relations, and relations that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from panoh.base.i18n import N_
from panoh.domain.date_spans import years_between
from panoh.domain.family import KinLink
from panoh.domain.person import Person

PARENT_KINDS = frozenset({"birth_parent", "adoptive_parent", "step_parent", "foster_parent", "customary_parent"})
ADULT = 18
LEAST_PARENT = 12  # years between a birth parent and the child; below it somebody was mistaken

# What a member with this relation to the head is: the kind of link, and whether the member or the head comes first.
_TO_HEAD: dict[str, tuple[str, bool]] = {
    "spouse": ("partner", False),
    "child": ("birth_parent", False),
    "step_child": ("step_parent", False),
    "foster_child": ("foster_parent", False),
    "parent": ("birth_parent", True),
    "step_parent": ("step_parent", True),
    "sibling": ("sibling", False),
    "grandparent": ("grandparent", True),
    "grandchild": ("grandparent", False),
    "aunt_uncle": ("aunt_uncle", True),
    "niece_nephew": ("aunt_uncle", False),
    "not_related": ("travelled_together", False),
}
_TO_SPOUSE: dict[str, tuple[str, bool]] = {
    "parent_in_law": ("birth_parent", True),
    "sibling_in_law": ("sibling", False),
}
OTHER_KIN = "other_kin"
# What the first person of a link is to the second, and the second to the first, as codes of vocab relation.
_KIN_CODES = {
    "birth_parent": ("parent", "child"), "customary_parent": ("parent", "child"), "adoptive_parent": ("parent", "child"),
    "step_parent": ("step_parent", "step_child"), "foster_parent": ("", "foster_child"), "grandparent": ("grandparent", "grandchild"),
    "partner": ("spouse", "spouse"), "sibling": ("sibling", "sibling"), "aunt_uncle": ("aunt_uncle", "niece_nephew"),
}  # fmt: skip


def kin_code(kind: str, *, is_first: bool) -> str:
    """The code of vocab relation for one end of a link, seen from the other; '' where the kind of link says it itself."""
    first, second = _KIN_CODES.get(kind, ("", ""))
    return first if is_first else second


def implied_links(members: Sequence[Person]) -> list[KinLink]:
    """The links that a household's relations to its head state, as far as they are plain. They are read, never stored.

    A child of the head is taken for the spouse's as well only when a link says so: it may be a stepchild.
    """
    head = next((one for one in members if one.relation == "head"), None)
    if head is None:
        return []
    spouse = next((one for one in members if one.relation == "spouse"), None)
    links = []
    for one in members:
        if one is head or not one.relation:
            continue
        if one.relation in _TO_SPOUSE and spouse is not None:
            links.append(_link(one.id, spouse.id, *_TO_SPOUSE[one.relation]))
        else:
            links.append(link_of_relation(one.relation, one.id, head.id))
    return links


def link_of_relation(relation: str, person_id: str, anchor_id: str) -> KinLink:
    """The link that a relation states which one person has to another, as far as it is plain; else other kin."""
    return _link(person_id, anchor_id, *_TO_HEAD.get(relation, (OTHER_KIN, False)))


def _link(member_id: str, anchor_id: str, kind: str, member_first: bool) -> KinLink:
    first, second = (member_id, anchor_id) if member_first else (anchor_id, member_id)
    return KinLink(id="", from_person_id=first, to_person_id=second, kind=kind)


def with_implied(stated: Iterable[KinLink], members: Sequence[Person]) -> list[KinLink]:
    """Stated links, and beside them those that the household implies for pairs of whom nothing is stated."""
    links = list(stated)
    pairs = {frozenset((link.from_person_id, link.to_person_id)) for link in links}
    return links + [
        one for one in implied_links(members) if frozenset((one.from_person_id, one.to_person_id)) not in pairs
    ]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A relation that cannot be, or can hardly be: told to whoever registers, and never in the way of saving."""

    kind: str
    person_ids: tuple[str, ...]
    words: str  # to be translated


TOO_YOUNG_PARENT = N_("The child is older than the parent, or nearly as old.")
CHILD_SPOUSE = N_("One of the two partners is a child. If it is so, note the need: child spouse.")
TWO_PARTNERS = N_("Two partners at the same time. If it is so, leave it.")
OWN_ANCESTOR = N_("This makes somebody their own ancestor.")
PARENT_AND_SIBLING = N_("The same two people are linked as parent and child and as brother or sister.")
SECOND_MOTHER = N_("Two birth parents of the same sex.")


def doubts(people: Mapping[str, Person], links: Sequence[KinLink], today: date) -> list[Doubt]:
    """Every relation among these that cannot be or hardly can be."""
    known = [link for link in links if link.from_person_id in people and link.to_person_id in people]
    found = [doubt for link in known for doubt in _of_link(people, link, today)]
    found += _two_partners(known)
    found += _birth_parents(people, known)
    found += _mixed(known)
    return found + _ancestors(known)


def _of_link(people: Mapping[str, Person], link: KinLink, today: date) -> list[Doubt]:
    one, other = people[link.from_person_id], people[link.to_person_id]
    pair = (one.id, other.id)
    if link.kind == "birth_parent" and _too_close(one, other):
        return [Doubt("parent_age", pair, TOO_YOUNG_PARENT)]
    if link.kind == "partner" and link.until is None and any(_surely_child(each, today) for each in (one, other)):
        return [Doubt("child_spouse", pair, CHILD_SPOUSE)]
    return []


def _too_close(parent: Person, child: Person) -> bool:
    """The parent born as early, the child as late as it may be: if even that is too close, somebody was mistaken."""
    if parent.birth_earliest is None or child.birth_latest is None:
        return False
    return years_between(parent.birth_earliest, child.birth_latest) < LEAST_PARENT


def _surely_child(person: Person, today: date) -> bool:
    return person.birth_earliest is not None and years_between(person.birth_earliest, today) < ADULT


def _two_partners(links: Sequence[KinLink]) -> list[Doubt]:
    partners: dict[str, set[str]] = {}
    for link in links:
        if link.kind == "partner" and link.until is None:
            partners.setdefault(link.from_person_id, set()).add(link.to_person_id)
            partners.setdefault(link.to_person_id, set()).add(link.from_person_id)
    return [
        Doubt("two_partners", (person, *sorted(others)), TWO_PARTNERS)
        for person, others in sorted(partners.items())
        if len(others) > 1
    ]


def _birth_parents(people: Mapping[str, Person], links: Sequence[KinLink]) -> list[Doubt]:
    parents: dict[str, set[str]] = {}
    for link in links:
        if link.kind == "birth_parent":
            parents.setdefault(link.to_person_id, set()).add(link.from_person_id)
    found = []
    for child, mine in sorted(parents.items()):
        for sex in "FM":
            same = sorted(one for one in mine if people[one].sex == sex)
            if len(same) > 1:
                found.append(Doubt("birth_parents", (child, *same), SECOND_MOTHER))
    return found


def _mixed(links: Sequence[KinLink]) -> list[Doubt]:
    kinds: dict[frozenset[str], set[str]] = {}
    for link in links:
        kinds.setdefault(frozenset((link.from_person_id, link.to_person_id)), set()).add(link.kind)
    return [
        Doubt("parent_and_sibling", tuple(sorted(pair)), PARENT_AND_SIBLING)
        for pair, mine in kinds.items()
        if mine & PARENT_KINDS and mine & {"sibling", "half_sibling", "partner"}
    ]


def _ancestors(links: Sequence[KinLink]) -> list[Doubt]:
    """Circles of parents and grandparents: every person from whom a way down leads back to the same person."""
    below: dict[str, set[str]] = {}
    for link in links:
        if link.kind in PARENT_KINDS or link.kind == "grandparent":
            below.setdefault(link.from_person_id, set()).add(link.to_person_id)
    circle = tuple(person for person in sorted(below) if _reaches(below, person, person))
    return [Doubt("own_ancestor", circle, OWN_ANCESTOR)] if circle else []


def _reaches(below: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = list(below.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            waiting += below.get(one, ())
    return False


_BY_BIRTH = PARENT_KINDS - {
    "step_parent",
    "foster_parent",
}  # or by adoption: whose other children are brothers and sisters


def kin_of(focus: str, links: Iterable[KinLink]) -> dict[str, str]:
    """What people are to one person, as codes of vocab relation, as far as a link or two or three of them tell it.

    A link of the two themselves counts before what others tell; who is kin in no such way is not in it.
    """
    links = list(links)
    above: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for link in links:
        if link.kind in _BY_BIRTH:
            above.setdefault(link.to_person_id, set()).add(link.from_person_id)
            below.setdefault(link.from_person_id, set()).add(link.to_person_id)

    def of(people: Iterable[str], kin: Mapping[str, set[str]]) -> set[str]:
        return {other for one in people for other in kin.get(one, ())}

    parents, children = of([focus], above), of([focus], below)
    siblings = of(parents, below) - {focus}
    grandparents = of(parents, above)
    aunts = of(grandparents, below) - parents
    found = {
        "cousin": of(aunts, below), "niece_nephew": of(siblings, below), "aunt_uncle": aunts, "grandparent": grandparents,
        "grandchild": of(children, below), "sibling": siblings,
    }  # fmt: skip
    codes = {person: code for code, people in found.items() for person in people}
    for link in links:
        for one, other in ((link.from_person_id, link.to_person_id), (link.to_person_id, link.from_person_id)):
            if other == focus and (code := kin_code(link.kind, is_first=one == link.from_person_id)):
                codes[one] = code
    codes.pop(focus, None)
    return codes
