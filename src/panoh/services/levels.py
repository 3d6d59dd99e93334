"""Risk levels in words, as each reader may know them: why a person has one, what to do first, what is to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.cases import LevelOverride
from panoh.domain.lines import PersonLine
from panoh.domain.triage import withheld
from panoh.domain.triage.assess import Assessment, Reason
from panoh.domain.triage.site_rules import SiteRules
from panoh.domain.triage.withheld import Sight
from panoh.domain.triage.wording import (
    advice,
    fact_label,
    fact_text,
    question_texts,
    reason_text,
    shown_facts,
    why_text,
)
from panoh.services.deriving import settings_of
from panoh.services.desk import Desk
from panoh.services.need_to_know import may_know, told_facts, told_line
from panoh.services.stored_reasons import load_reasons
from panoh.store import derived, lines
from panoh.store.tables import table
from panoh.store.units import Reading

REFRESH_AT_ONCE = 400  # people assessed anew in one write: a tenth of a second, for which other work waits


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that a rule read, in words, with where it comes from."""

    label: str
    value: str
    source: str
    sure: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason in words. A restricted one, for those who may not see it, has no rule, no facts and no due time."""

    rule: str
    level: str
    text: str
    why: str
    facts: tuple[FactView, ...]
    due_at: datetime | None
    restricted: bool

    @property
    def withheld(self) -> bool:
        """Whether this reader may not see what stands behind it."""
        return not self.rule


@dataclass(frozen=True, slots=True)
class LevelView:
    """A person's level with its reasons, the weightiest first."""

    level: str
    computed_level: str
    override: LevelOverride | None
    due_at: datetime | None
    since: datetime | None
    reasons: tuple[ReasonView, ...]
    questions: tuple[str, ...]
    first_action: str
    do: tuple[str, ...]
    dont: tuple[str, ...]
    shielded: bool  # at risk of return, or living with someone who is; never told to those who may not see it


# Of everyone who is masked alike: what to do and not to do stands with a restricted reason.
_OF_MASKED = Reason("", "", "unknown", None, datetime(1, 1, 1, tzinfo=UTC), (), sensitive=True)
_NOTHING_TOLD = Assessment("unknown", None, (_OF_MASKED,), None, (), "unknown")


def told(desk: Desk, reading: Reading, line: PersonLine) -> tuple[Assessment, Sight]:
    """The assessment behind a line as this reader may know it, and what they see of it: of somebody masked nothing."""
    if not may_know(desk, line):
        return _NOTHING_TOLD, withheld.OPEN_ONLY
    assessment = _of_line(line)
    sight = _sight(desk, reading, line, assessment)
    return withheld.told(assessment, desk.rulebook, sight), sight


def of_person(desk: Desk, person_id: str) -> Assessment:
    """A person's assessment as this user may know it. Raises AppError('record.not_found')."""
    with desk.reading() as reading:
        return told(desk, reading, line_of(reading, person_id))[0]


def line_of(reading: Reading, person_id: str) -> PersonLine:
    """The line of a person with the stored reasons, for the services alone. Raises AppError('record.not_found')."""
    found = lines.people_by_id(reading, [person_id]).get(person_id)
    if found is None:
        raise AppError("record.not_found")
    return found


def _of_line(line: PersonLine) -> Assessment:
    return load_reasons(line.level, line.due_at, line.reasons)


def _sight(desk: Desk, reading: Reading, line: PersonLine, assessment: Assessment) -> Sight:
    """What the reader sees: all, nothing restricted, or the own person's facts without those of a relative (T02b).

    Who holds one person's case learns nothing of another's: not that they are the reason, nor why.
    """
    if desk.is_supervisor:
        return withheld.EVERYTHING
    if not desk.may_see_restricted(line.owner_id):
        return withheld.OPEN_ONLY
    if all(reason.rule != withheld.HOUSEHOLD_OF_EXILE for reason in assessment.reasons):
        return withheld.EVERYTHING
    others = (other for other in lines.household_members(reading, line.household_id) if other.id != line.id)
    exiles = [other for other in others if any(reason.rule == "T02" for reason in _of_line(other).reasons)]
    kin = bool(exiles) and all(desk.may_see_restricted(exile.owner_id) for exile in exiles)
    return Sight(own=True, kin=kin)


def view(desk: Desk, reading: Reading, line: PersonLine, *, words_withheld: bool) -> LevelView:
    """The level of a person as this reader may know it; `words_withheld` keeps back what was typed beside it."""
    assessment, sight = told(desk, reading, line)
    lines_of = advice(assessment.reasons, desk.rulebook, may_see_restricted=True)
    known, line = may_know(desk, line), told_line(desk, line)
    return LevelView(
        level=line.level or "unknown",
        computed_level=assessment.computed_level or "unknown",
        override=_override(desk, reading, line.id, hidden=words_withheld) if known else None,
        due_at=line.due_at,
        since=line.waiting_since,
        reasons=reasons_in_words(desk, assessment.reasons, sight),
        questions=question_texts(assessment, desk.rulebook, may_see_restricted=True),
        first_action=lines_of.first_action,
        do=lines_of.do,
        dont=lines_of.dont,
        shielded=assessment.shielded,
    )


def reasons_in_words(desk: Desk, reasons: tuple[Reason, ...], sight: Sight) -> tuple[ReasonView, ...]:
    """Reasons that `told` gave, in words: all withheld ones together are one 'Restricted reason', without a count."""
    return tuple(_in_words(desk, reason, sight) for reason in reasons)


def _in_words(desk: Desk, reason: Reason, sight: Sight) -> ReasonView:
    text = reason_text(reason, desk.rulebook, may_see_restricted=True, naming=desk.name_of)
    why = why_text(reason, desk.rulebook, may_see_restricted=True, naming=desk.name_of)
    facts = tuple(
        FactView(
            fact_label(fact.name),
            fact_text(fact, desk.name_of),
            desk.name_of("source", fact.source),
            desk.name_of("sure", fact.sure),
            fact.on,
        )
        for fact in told_facts(desk, shown_facts(reason, may_see_restricted=sight.own), sight.own)
    )
    return ReasonView(reason.rule, reason.level, text, why, facts, reason.due, reason.sensitive)


def _override(desk: Desk, reading: Reading, person_id: str, *, hidden: bool) -> LevelOverride | None:
    """The level set by hand that is in force; what was typed as its reason may tell a restricted one."""
    c = table(LevelOverride).c
    found = reading.all(LevelOverride, c.person_id == person_id, c.ended_at.is_(None), order=c.set_at.desc(), limit=1)
    if not found or found[0].review_on <= desk.believed.today():
        return None
    return replace(found[0], reason=_(desk.rulebook.restricted.reason)) if hidden else found[0]


def refresh_due(desk: Desk) -> int:
    """Assess anew everyone whose level time has changed, or all when the rules did. Returns how many were assessed."""
    done = 0
    while True:
        count = refresh_some(desk)
        done += count
        if count < REFRESH_AT_ONCE:
            return done


def refresh_some(desk: Desk) -> int:
    """Assess anew the first of those whom `refresh_due` would, at most REFRESH_AT_ONCE. Fewer than that were the last."""
    desk.believed.look(desk.store, desk.user.id)
    with desk.writing() as unit:
        edition = edition_now(desk, unit)
        if unit.meta("rules") != edition:
            derived.all_due_for_refresh(unit)
            unit.set_meta("rules", edition)
        ids = derived.due_for_refresh(unit, desk.believed.now(), REFRESH_AT_ONCE)
        desk.derive(unit, ids)
    return len(ids)


def edition_now(desk: Desk, reading: Reading) -> str:
    """What tells the rules that hold now, with what supervisors set about them, from all others."""
    return SiteRules(desk.rulebook, settings_of(reading)).edition


def still_due(desk: Desk) -> int:
    """How many people are still to be assessed anew, once `refresh_some` has begun."""
    with desk.reading() as reading:
        return derived.count_due(reading, desk.believed.now())
