"""The family around one request: the inquirer's own, with the one who is sought in it, also where no record is of them."""

from __future__ import annotations

from dataclasses import replace

from panoh.domain.dates import PartialDate
from panoh.domain.family import KinLink
from panoh.domain.family_tree import family_tree
from panoh.domain.kinship import link_of_relation
from panoh.domain.lines import PersonLine
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Desk
from panoh.services.families import Family, Relative, family_of
from panoh.services.need_to_know import require_known, told_line
from panoh.store import lines

ASKS, SOUGHT = "asks", "sought"  # ids of those who stand in the drawing without a record


def of_request(desk: Desk, request_id: str) -> tuple[Family, str]:
    """The family of whoever asks, and the id in it of the one who is sought.

    One who is no record stands in it by the relation that was told, and is missing. Relatives whom a shield masks go by
    their number. Raises AppError shield.withheld, record.not_found.
    """
    with desk.reading() as reading:
        request = reading.get(TracingRequest, request_id)
        require_known(desk, reading, request.inquirer_id, request.sought_person_id)
        known = lines.people_by_id(reading, [request.sought_person_id]) if request.sought_person_id else {}
    family = family_of(desk, request.inquirer_id) if request.inquirer_id else _of_nobody(request)
    sought = known.get(request.sought_person_id)
    if sought is not None and family.relative(sought.id):
        return replace(family, relatives=tuple(_missing(one, sought.id) for one in family.relatives)), sought.id
    line = told_line(desk, sought) if sought is not None else _line(request)
    return _with(family, request, Relative(line, request.last_seen_on or request.separated_on, sought=True)), line.id


def _missing(one: Relative, sought_id: str) -> Relative:
    """The relative; the one who is sought counts as such, and as missing unless the record says where they are."""
    if one.line.id != sought_id:
        return one
    line = replace(one.line, presence="missing") if one.line.presence in ("", "here") else one.line
    return replace(one, line=line, sought=True)


def _with(family: Family, request: TracingRequest, sought: Relative) -> Family:
    """The family with one more in it, linked to whoever asks as the request says."""
    relatives = {one.line.id: one for one in (*family.relatives, sought)}
    drawn = [each for each in family.links if {each.from_person_id, each.to_person_id} <= set(relatives)]
    links = (*drawn, link_of_relation(request.relation, sought.line.id, family.focus))
    tree = family_tree(family.focus, links, [*(one.line.id for one in family.relatives), sought.line.id])
    shown = tuple(relatives[place.person_id] for place in tree.places)
    return replace(family, relatives=shown, links=links, tree=tree)


def _of_nobody(request: TracingRequest) -> Family:
    """Somebody who asks and is only named, alone."""
    links: tuple[KinLink, ...] = ()
    asker = _named(ASKS, given_name=request.inquirer_name)
    return Family(ASKS, (Relative(asker, None, sought=False),), links, family_tree(ASKS, links), ())


def _line(request: TracingRequest) -> PersonLine:
    line = _named(SOUGHT, request.given_name or request.nickname, request.family_name, request.patronymic)
    return replace(line, sex=request.sex, birth=request.birth, relation=request.relation, presence="missing")


def _named(line_id: str, given_name: str, family_name: str = "", patronymic: str = "") -> PersonLine:
    return PersonLine(
        id=line_id, number="", external_id="", given_name=given_name, family_name=family_name, patronymic=patronymic,
        sex="", birth=PartialDate(), relation="", household_id="", presence="here", site_name="", level="", due_at=None,
        waiting_since=None, restricted=False, reasons="[]", owner_id="", owner_name="", told_due=None, masked=False,
    )  # fmt: skip
