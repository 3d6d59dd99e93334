"""Filters of the queue: what can be chosen in them, and those that a user keeps under a name of their own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.casework import QueueView
from panoh.domain.household import Site
from panoh.domain.lines import AGE_BANDS, RESTRICTED, QueueFilter
from panoh.domain.triage.levels import LEVELS
from panoh.services.desk import Changes, Desk
from panoh.store.tables import table
from panoh.store.units import Reading

_LONGEST_NAME = 60
Choice = tuple[str, str]  # code, words


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter under a name."""

    id: str
    name: str
    wanted: QueueFilter


@dataclass(frozen=True, slots=True)
class Offers:
    """What a filter can be made of, in words."""

    sites: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    sexes: tuple[Choice, ...]


def offers(desk: Desk) -> Offers:
    """What this user can choose. A restricted reason by itself can be chosen by supervisors alone; others choose all of
    them as one, because a list of those who have one reason would tell it of people whose case they do not hold."""
    with desk.reading() as reading:
        sites = sorted(((site.id, site.name) for site in reading.all(Site)), key=lambda site: site[1].casefold())
    reasons = [
        (f"{rule}.{variant}", _("{rule} {words}").format(rule=rule, words=_without_facts(_(entry.why))))
        for (rule, variant), entry in sorted(desk.rulebook.entries.items())
        if desk.is_supervisor or not entry.sensitive
    ]
    sexes = desk.vocabularies["sex"]
    return Offers(
        tuple(sites),
        ((RESTRICTED, _(desk.rulebook.restricted.reason)), *reasons),
        tuple((term.code, sexes.label(term.code)) for term in sexes.offers()),
    )


def _without_facts(words: str) -> str:
    """'Disappeared on {disappeared_on}' is 'Disappeared on …' of everyone."""
    return "".join(
        part.rpartition("}")[2] if at else part for at, part in enumerate(words.replace("{", "…{").split("{"))
    )


def allowed(desk: Desk, wanted: QueueFilter) -> QueueFilter:
    """The filter as this user may use it: a restricted reason becomes all of them, and who is asked about is a supervisor's.

    So is a restricted reason at one site: how many in danger are at a place can be read from no count.
    """
    if wanted.escalated and not desk.is_supervisor:
        wanted = replace(wanted, escalated=False)
    rule, _dot, variant = wanted.reason.partition(".")
    entry = desk.rulebook.entries.get((rule, variant))
    if entry is None and wanted.reason != RESTRICTED:
        wanted = replace(wanted, reason="")
    if desk.is_supervisor:
        return wanted
    if entry is not None and entry.sensitive:
        wanted = replace(wanted, reason=RESTRICTED)
    return replace(wanted, site_id="") if wanted.reason == RESTRICTED else wanted


def kept(desk: Desk) -> list[Kept]:
    """The user's own filters, by name."""
    with desk.reading() as reading:
        mine = _mine(desk, reading)
    found = [Kept(each.id, each.name, allowed(desk, _filter(_loaded(each.filter)))) for each in mine]
    return sorted(found, key=lambda each: each.name.casefold())


def keep(desk: Desk, name: str, wanted: QueueFilter) -> Changes:
    """Keep a filter under a name; the one of the same name before it goes. Raises FormProblems without a name."""
    plain = " ".join(name.split())[:_LONGEST_NAME]
    if not plain:
        raise FormProblems([FieldProblem("name", _("Type a name for this filter."))])
    told = {key: value for key, value in asdict(wanted).items() if value}
    with desk.writing() as unit:
        for each in _mine(desk, unit):
            if each.name.casefold() == plain.casefold():
                unit.remove(each)
        unit.add(QueueView(id=new_id(), owner_id=desk.user.id, name=plain, filter=json.dumps(told)))
        return Changes.of(unit)


def forget(desk: Desk, view_id: str) -> Changes:
    """Take a filter of one's own away. Raises AppError record.not_found for another's."""
    with desk.writing() as unit:
        found = next((each for each in _mine(desk, unit) if each.id == view_id), None)
        if found is None:
            raise AppError("record.not_found")
        unit.remove(found)
        return Changes.of(unit)


def _mine(desk: Desk, reading: Reading) -> list[QueueView]:
    return reading.all(QueueView, table(QueueView).c.owner_id == desk.user.id)


def _loaded(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _filter(told: dict[str, object]) -> QueueFilter:
    """The filter of stored values: what another version of Panoh wrote and this one does not know is left out."""
    found: dict[str, object] = {}
    for each in fields(QueueFilter):
        value = told.get(each.name)
        if each.name == "levels":
            found["levels"] = tuple(level for level in LEVELS if isinstance(value, list | tuple) and level in value)
        elif isinstance(value, type(each.default)):
            found[each.name] = value
    if found.get("age", "") not in ("", *AGE_BANDS):
        found.pop("age")
    return QueueFilter(**found)  # type: ignore[arg-type]
