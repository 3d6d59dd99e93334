"""Whether a registered person may be the one sought: a score with its parts in words, and what rules it out.

A hit is a lead, never proof: nothing is joined or told to anyone because of a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain import births
from panoh.domain import match_parts as parts
from panoh.domain.dates import age_span
from panoh.domain.match_parts import Match, Part
from panoh.domain.name_keys import own_keys
from panoh.domain.names import Name, name_of, read_name
from panoh.domain.person import Person
from panoh.domain.tracing import TracingRequest

__all__ = ["Match", "Part", "request_keys", "score"]

SEPARATION_POINTS = 8
_AFTER_SEPARATION = ((3, 8, parts.SAME), (30, 5, parts.NEAR), (10_000_000, 2, parts.NEAR))  # days at most, points
# What the sought person is to the one who asks, and from which age that is possible.
_LEAST_AGE = {"spouse": 14, "parent": 25, "parent_in_law": 30, "grandparent": 38, "step_parent": 20}


def request_keys(request: TracingRequest) -> frozenset[str]:
    """The name keys under which the one sought may be registered."""
    return own_keys(name_of(request.given_name, request.family_name, request.patronymic))


def score(
    request: TracingRequest,
    person: Person,
    household: Sequence[Person] = (),
    other_names: Sequence[str] = (),
    *,
    rejected: bool = False,
) -> Match:
    """How well this person fits the request. `household` are the others who stay with the person.

    Where the names are not near, or the two cannot be one person, nothing else is compared. Impossible: the
    other sex, births too far apart. One who was rejected before scores nothing, but keeps the comparison.
    """
    impossible = _impossible(request, person)
    if impossible:
        return parts.matched((), impossible)
    sought = name_of(request.given_name, request.family_name, request.patronymic)
    own = name_of(person.given_name, person.family_name, person.patronymic)
    woman = "F" in (request.sex, person.sex) and "M" not in (request.sex, person.sex)
    names = (own, *map(read_name, other_names))
    name = parts.name_part(request.full_name, person.full_name, (sought,), names, woman=woman)
    if not name.points:  # no paper numbers stand in a request, so nothing else could make up for another name
        return parts.matched([name])
    compared = (
        name,
        _parents_part(request, sought, own, household),
        parts.birth_part(request.birth, person.birth),
        parts.place_part(request.origin, person.origin),
        _separation_part(request, person),
        parts.sex_part(request.sex, person.sex, _relation_fits(request, person)),
    )
    return parts.matched(compared, _("rejected before") if rejected else "")


def _impossible(request: TracingRequest, person: Person) -> str:
    if parts.sexes_clash(request.sex, person.sex):
        return _("the sex differs")
    if births.compare(request.birth, person.birth).kind == births.CONTRADICTION:
        return _("their ages are too far apart")
    return ""


def _parents_part(request: TracingRequest, sought: Name, own: Name, household: Sequence[Person]) -> Part:
    """The father's name, and the kin named in the request, against the person's own father and household."""
    father = parts.father_alike(sought, own)
    if father is None and sought.father:
        men = [name_of(kin.given_name) for kin in household if kin.sex != "F"]
        father = 1.0 if parts.is_among(sought.father, men) else None
    there = [name_of(kin.given_name) for kin in household]
    if own.father:
        there.append(Name((own.father,)))
    found, named = parts.kin_found(request.relatives, there) if household or own.father else (0, 0)
    return parts.parents_part(father, found, named if household or found else 0)


def _separation_part(request: TracingRequest, person: Person) -> Part:
    """When they lost each other against when the person came. Who came before may have been lost here."""
    if (
        request.separated_on is None
        or person.arrival_on is None
        or person.arrival_on < request.separated_on - timedelta(days=1)
    ):
        return parts.not_known(parts.SEPARATION, SEPARATION_POINTS)
    days = max(0, (person.arrival_on - request.separated_on).days)
    words = ngettext("came {n} day after", "came {n} days after", days).format(n=days)
    points, verdict = next((points, verdict) for most, points, verdict in _AFTER_SEPARATION if days <= most)
    return Part(parts.SEPARATION, points, SEPARATION_POINTS, verdict, words)


def _relation_fits(request: TracingRequest, person: Person) -> bool | None:
    """Whether someone of this age can be what is sought (a husband is no child); None if that tells nothing."""
    at = person.registered_at or request.opened_at
    span = age_span(person.birth, at.date()) if at else None
    least = _LEAST_AGE.get(request.relation)
    return None if span is None or least is None else span[1] >= least
