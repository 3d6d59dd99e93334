"""Why a person has their level, rule by rule: what each one read, whether it fired, and on what that turned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.triage.assess import Reason
from panoh.domain.triage.explain import NEEDS, Tried, explain
from panoh.domain.triage.facts import FactRead
from panoh.domain.triage.wording import FACTS, fact_label, fact_text
from panoh.services import levels
from panoh.services.deriving import facts_about
from panoh.services.desk import Desk
from panoh.services.need_to_know import told_facts


@dataclass(frozen=True, slots=True)
class Explained:
    """One variant: what it asks, the facts it read in words by name, and its level and due time where it fired."""

    rule: str
    variant: str
    fired: bool
    asks: str
    facts: dict[str, str]
    level: str = ""
    due_at: datetime | None = None

    def words(self) -> str:
        """'T06.alone  high, due 15 Jun 2010  Age: 9; Care: Nobody', 'T07.frail  no  Care: not recorded'."""
        told = "; ".join(_("{name}: {value}").format(name=name, value=value) for name, value in self.facts.items())
        fired = _("no")
        if self.fired:
            due = _("due {when}").format(when=self.due_at.isoformat()) if self.due_at else _("next contact")
            fired = f"{self.level}, {due}"
        return f"{self.rule}.{self.variant}  {fired}  {told or '-'}  ({self.asks})"


def explain_person(desk: Desk, person_id: str) -> list[Explained]:
    """Every rule and variant of which this reader may know; restricted ones only for those who may see them.

    Others read what the queue tells them, and of what did not fire no fact: how far a rule read tells what stopped it.
    Raises AppError record.not_found.
    """
    with desk.reading() as reading:
        line = levels.line_of(reading, person_id)
        told, sight = levels.told(desk, reading, line)
        facts = facts_about(reading, person_id, desk.believed.now())
    if facts is None:
        raise AppError("record.not_found")
    reasons = {(reason.rule, reason.variant): reason for reason in told.reasons if reason.rule}
    found = []
    for each in explain(facts):
        entry, key = desk.rulebook.entry(each.rule, each.variant), (each.rule, each.variant)
        if (not sight.own and entry.sensitive) or (each.rule == "T02b" and not (sight.own and sight.kin)):
            continue
        reason = reasons.get(key)
        read = _in_words(desk, each) if sight.own else _of_reason(desk, reason)
        fired = reason is not None
        found.append(
            Explained(
                each.rule,
                each.variant,
                fired,
                each.asks,
                read,
                reason.level if reason else "",
                reason.due if reason else None,
            )
        )
    return found


def _of_reason(desk: Desk, reason: Reason | None) -> dict[str, str]:
    facts = told_facts(desk, reason.facts, may_see=False) if reason is not None else ()
    return {fact_label(fact.name): fact_text(fact, desk.name_of) for fact in facts}


def _in_words(desk: Desk, tried: Tried) -> dict[str, str]:
    """The facts that were read, by their names."""
    told: dict[str, str] = {}
    for name, value in tried.facts:
        if name == NEEDS:
            told[fact_label("need")] = ", ".join(value) or _("none of these")
        else:
            told[_label(name)] = _value(desk, name, value)
    return told


def _label(name: str) -> str:
    return fact_label(name) if name in FACTS else name.replace("_", " ")


def _value(desk: Desk, name: str, value: Any) -> str:
    """A value in words; what is not recorded is told so."""
    if value is None or value == "" or value == () or value == frozenset():
        return _("not recorded")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str | int):
        return fact_text(FactRead(name, value), desk.name_of) if name in FACTS else str(value)
    return ", ".join(sorted(map(str, value))) if isinstance(value, Iterable) else str(value)
