"""Whether two requests may be asked by one person: who may be the danger gives another spelling, or half a name.

A record tells for certain. Where only names tell, a full name is enough; half a name, or two records of one name, are
where they ask for somebody alike. What nobody said may be anything, but something must tell that two are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panoh.domain.find_keys import paper_number, phone_backwards
from panoh.domain.names import POSSIBLE, SAME_NAME, Name, compare_names, name_of, read_name
from panoh.domain.person import Person, PersonName
from panoh.domain.tracing import TracingRequest
from panoh.services.feeding import grouped
from panoh.store.units import Reading

_FULL = 2  # parts of a name that tells more than half


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, the names of whoever asks, and of the one sought."""

    request: TracingRequest
    asker: tuple[Name, ...]
    sought: tuple[Name, ...]


def asked_by(reading: Reading, requests: Iterable[TracingRequest]) -> list[Asked]:
    """These requests with the names of both sides, as far as anybody said them."""
    every = list(requests)
    people = {one.id: one for one in reading.where_in(Person, "id", (each.inquirer_id for each in every))}
    others = grouped(reading.where_in(PersonName, "person_id", people), lambda one: one.person_id)
    return [_asked(one, people.get(one.inquirer_id), others.get(one.inquirer_id, ())) for one in every]


def _asked(request: TracingRequest, asker: Person | None, others: Sequence[PersonName]) -> Asked:
    texts = [request.inquirer_name, *(one.text for one in others)]
    own = [name_of(asker.given_name, asker.family_name, asker.patronymic)] if asker else []
    sought = (request.nickname, *request.other_names)
    names = [name_of(request.given_name, request.family_name, request.patronymic)] if request.full_name else []
    return Asked(
        request,
        (*own, *(read_name(text) for text in texts if text.strip())),
        (*names, *(read_name(text) for text in sought if text.strip())),
    )


def may_be_one_asker(one: Asked, other: Asked) -> bool:
    """Whether whoever asks in the one may be who asks in the other."""
    first, second = one.request.inquirer_id, other.request.inquirer_id
    if first and first == second:
        return True
    pairs = [(a, b, _alike(a, b)) for a in one.asker for b in other.asker]
    if not (first and second) and any(score >= SAME_NAME and _is_full(a) and _is_full(b) for a, b, score in pairs):
        return True
    may_be = not pairs or any(score >= POSSIBLE for _a, _b, score in pairs)
    return may_be and _may_be_one_sought(one, other, unsaid=bool(pairs))


def _may_be_one_sought(one: Asked, other: Asked, *, unsaid: bool) -> bool:
    """Whether both may ask for the same person. A given name is enough: families change, and are left out on purpose.

    `unsaid` is the answer where one tells no name of the one sought.
    """
    if _known_by(one.request) & _known_by(other.request):
        return True
    if not one.sought or not other.sought:
        return unsaid
    found = [compare_names(x, y, same_sex=True) for x in one.sought for y in other.sought]
    return any(each.score >= POSSIBLE or (each.given or 0) >= SAME_NAME for each in found)


def _known_by(request: TracingRequest) -> set[tuple[str, str]]:
    """By what the one sought is known for certain, however it is written."""
    told = (
        ("person", request.sought_person_id),
        ("phone", phone_backwards(request.phone)),
        ("paper", paper_number(request.document_no)),
    )
    return {each for each in told if each[1]}


def _alike(a: Name, b: Name) -> float:
    return compare_names(a, b, same_sex=True).score  # an ending of the other sex is a slip, or a trick


def _is_full(name: Name) -> bool:
    return len(name.parts) + bool(name.father) >= _FULL
