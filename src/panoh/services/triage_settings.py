"""What supervisors set about the rules: another clock or a higher level of a variant, for the vault or one site.

Before a setting is kept it can be tried: how many people it would move. After it, everyone is assessed anew, a few at a
time (levels.refresh_some), because the edition of the rules holds the settings too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from panoh.base.errors import FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.ids import new_id
from panoh.base.progress import Progress, Silent
from panoh.domain.cases import User
from panoh.domain.household import Site
from panoh.domain.triage.levels import LEVELS
from panoh.domain.triage.rulebook import RuleEntry
from panoh.domain.triage.settings import RuleSetting
from panoh.domain.triage.site_rules import SiteRules, can_be_set, clock_fits, higher_levels, in_force
from panoh.services.deriving import derive, settings_of
from panoh.services.desk import Changes, Desk
from panoh.services.feeding import Records
from panoh.services.triage_words import clock_words, level_name, longest_words
from panoh.store import derived
from panoh.store.units import Reading

AT_ONCE = 200  # people read together while a setting is tried
_LEAST_REASON = 3  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A setting that is asked for; '' leaves level or clock as the rule file has it, and means the whole vault."""

    rule: str
    variant: str
    site_id: str = ""
    level: str = ""
    clock: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One variant that can be set, as the rule file has it, with what is set about it, the vault's own first."""

    rule: str
    variant: str
    words: str
    level: str
    clock: str
    levels: tuple[str, ...]  # to which it may be raised
    set: tuple[SettingLine, ...]

    @property
    def key(self) -> str:
        """What tells this line from the others."""
        return f"{self.rule}.{self.variant}"


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting in words: where it holds, and what holds there."""

    id: str
    site_name: str  # '' is the whole vault
    level: str
    clock: str
    why: str
    set_by: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """Whom a setting would move: by the level that they would get, and how many would get another due time alone."""

    looked_at: int
    levels: Counter[str] = field(default_factory=Counter)
    dues: int = 0

    @property
    def moved(self) -> int:
        """How many people would get another level."""
        return sum(self.levels.values())

    def words(self) -> str:
        """'12 people would change level: 9 to high, 3 to critical.'"""
        told = _("Nobody would change level.")
        if self.moved:
            each = ", ".join(
                _("{n} to {level}").format(n=self.levels[level], level=level_name(level))
                for level in reversed(LEVELS)
                if self.levels[level]
            )
            told = ngettext(
                "{n} person would change level: {each}.", "{n} people would change level: {each}.", self.moved
            ).format(n=self.moved, each=each)
        if not self.dues:
            return told
        more = ngettext(
            "{n} would only have another due time.", "{n} would only have another due time.", self.dues
        ).format(n=self.dues)
        return f"{told} {more}"


def listed(desk: Desk) -> list[RuleLine]:
    """Every variant that can be set, in the order of the rules. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        settings = in_force(settings_of(reading))
        sites = {site.id: site.name for site in reading.all(Site)}
        names = {user.id: user.name for user in reading.all(User)}
    rules = SiteRules(desk.rulebook, settings)
    lines = []
    for (rule, variant), entry in sorted(desk.rulebook.entries.items()):
        if not can_be_set(entry):
            continue
        mine = sorted((s for s in settings if (s.rule, s.variant) == (rule, variant)), key=lambda s: (s.site_id, s.id))
        told = tuple(_line(s, rules.at(s.site_id).entry(rule, variant), sites, names.get(s.set_by, "")) for s in mine)
        lines.append(
            RuleLine(rule, variant, _(entry.why), entry.level, clock_words(entry.clock), higher_levels(entry), told)
        )
    return lines


def _line(setting: RuleSetting, now: RuleEntry, sites: dict[str, str], set_by: str) -> SettingLine:
    where = sites.get(setting.site_id, setting.site_id)
    return SettingLine(setting.id, where, now.level, clock_words(now.clock), setting.why, set_by)


def sites(desk: Desk) -> list[tuple[str, str]]:
    """The sites for which a rule can be set: id and name. Raises AppError access.denied."""
    desk.require_supervisor()
    with desk.reading() as reading:
        return sorted(((site.id, site.name) for site in reading.all(Site)), key=lambda site: site[1].casefold())


def dry_run(desk: Desk, wanted: Wanted, progress: Progress | None = None) -> DryRun:
    """Whom this would move, without keeping anything. Raises FormProblems, AppError access.denied, cancelled."""
    desk.require_supervisor()
    _require(desk, wanted, reason=False)
    with desk.reading() as reading:
        before = settings_of(reading)
    after = [*(each for each in before if not _same(each, wanted)), _made(desk, wanted)]
    return _compared(desk, wanted, before, after, progress or Silent())


def dry_end(desk: Desk, setting_id: str, progress: Progress | None = None) -> DryRun:
    """Whom the end of a setting would move. Raises AppError access.denied, record.not_found, cancelled."""
    desk.require_supervisor()
    with desk.reading() as reading:
        gone, before = reading.get(RuleSetting, setting_id), settings_of(reading)
    wanted = Wanted(rule=gone.rule, variant=gone.variant, site_id=gone.site_id)
    return _compared(desk, wanted, before, [each for each in before if each.id != setting_id], progress or Silent())


def set_rule(desk: Desk, wanted: Wanted) -> Changes:
    """Keep a setting; the one before it of the same variant and place ends. Raises FormProblems, AppError access.denied."""
    desk.require_supervisor()
    _require(desk, wanted)
    with desk.writing() as unit:
        for each in settings_of(unit):
            if _same(each, wanted):
                unit.save(replace(each, ended_at=desk.believed.now()))
        unit.add(_made(desk, wanted))
        return Changes.of(unit)


def end(desk: Desk, setting_id: str) -> Changes:
    """End a setting: the rule file counts again. Raises AppError access.denied, record.not_found."""
    desk.require_supervisor()
    with desk.writing() as unit:
        setting = unit.get(RuleSetting, setting_id)
        if setting.ended_at is None:
            unit.save(replace(setting, ended_at=desk.believed.now()))
        return Changes.of(unit)


def _made(desk: Desk, wanted: Wanted) -> RuleSetting:
    return RuleSetting(
        id=new_id(),
        rule=wanted.rule,
        variant=wanted.variant,
        clock=wanted.clock.strip(),
        level=wanted.level,
        site_id=wanted.site_id,
        why=wanted.why.strip(),
        set_by=desk.user.id,
        set_at=desk.believed.now(),
    )


def _same(setting: RuleSetting, wanted: Wanted) -> bool:
    return (setting.rule, setting.variant, setting.site_id) == (wanted.rule, wanted.variant, wanted.site_id)


def _require(desk: Desk, wanted: Wanted, *, reason: bool = True) -> None:
    """Raise FormProblems for what may not be set."""
    entry = desk.rulebook.entries.get((wanted.rule, wanted.variant))
    if entry is None or not can_be_set(entry):
        raise FormProblems([FieldProblem("rule", _("Nothing can be set about this rule."))])
    problems = []
    if wanted.level and wanted.level not in higher_levels(entry):
        told = _("The level may only be higher than the rule's own: {level}.").format(level=level_name(entry.level))
        problems.append(FieldProblem("level", told))
    level = wanted.level if wanted.level in higher_levels(entry) else entry.level
    if wanted.clock.strip() and not clock_fits(entry, level, wanted.clock.strip()):
        told = _("Write a time like 4 h or 2 d, at most {longest}.").format(longest=longest_words(entry, level))
        problems.append(FieldProblem("clock", told))
    if not wanted.level and not wanted.clock.strip():
        problems.append(FieldProblem("level", _("Say what is to be different: the level, the time, or both.")))
    if reason and len(wanted.why.strip()) < _LEAST_REASON:
        problems.append(FieldProblem("why", _("Say why: the reason stands in the journal.")))
    if problems:
        raise FormProblems(problems)


def _compared(
    desk: Desk, wanted: Wanted, before: Iterable[RuleSetting], after: Iterable[RuleSetting], progress: Progress
) -> DryRun:
    """Everyone on whose level the variant has a say, assessed by the rules of now and by those that are asked for."""
    now_rules, then_rules = SiteRules(desk.rulebook, before), SiteRules(desk.rulebook, after)
    with desk.reading() as reading:
        ids = derived.with_reason(reading, wanted.rule, wanted.variant, wanted.site_id)
    levels: Counter[str] = Counter()
    dues = 0
    for at in range(0, len(ids), AT_ONCE):
        progress.step(at, len(ids), _("Trying the rule"))
        with desk.reading() as reading:  # a short one each time: others write meanwhile
            found = _two_ways(desk, reading, ids[at : at + AT_ONCE], now_rules, then_rules)
        for (level, due), (other_level, other_due) in found:
            if level != other_level:
                levels[other_level] += 1
            elif due != other_due:
                dues += 1
    return DryRun(len(ids), levels, dues)


def _two_ways(
    desk: Desk, reading: Reading, ids: list[str], one: SiteRules, other: SiteRules
) -> list[tuple[tuple[str, object], tuple[str, object]]]:
    known, wanted, now = Records(reading, ids), set(ids), desk.believed.now()
    stored = derived.rows_of(reading, known.ids)
    first, then = (
        {level.person_id: (level.level, level.due_at) for level, _held in derive(reading, known, rules, now, stored)}
        for rules in (one, other)
    )
    return [(first[person_id], then[person_id]) for person_id in wanted & first.keys()]
