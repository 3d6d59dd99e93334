"""The list of rules: each variant as the rule file has it, and under it what is set about it."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import gettext as _
from panoh.services import triage_settings
from panoh.services.desk import Desk
from panoh.services.triage_settings import RuleLine, SettingLine
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.table import Column, PagedModel


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the file has it, or one setting of it."""

    rule: RuleLine
    setting: SettingLine | None = None

    @property
    def key(self) -> str:
        """What tells this row from the others."""
        return self.setting.id if self.setting else self.rule.key


def read(desk: Desk) -> list[RuleRow]:
    """The rows."""
    rows: list[RuleRow] = []
    for line in triage_settings.listed(desk):
        rows.append(RuleRow(line))
        rows += [RuleRow(line, setting) for setting in line.set]
    return rows


def place_words(setting: SettingLine) -> str:
    """Where a setting holds."""
    return setting.site_name or _("Whole vault")


def rules_model(runner: TaskRunner) -> PagedModel:
    """The model of the list; its rows are RuleRow."""

    def rule(row: RuleRow) -> Cell:
        return Cell("" if row.setting else row.rule.rule)

    def what(row: RuleRow) -> Cell:
        if row.setting is None:
            return Cell(row.rule.words, wrap=True)
        told = _("{why} ({name})").format(why=row.setting.why, name=row.setting.set_by)
        return Cell(place_words(row.setting), below=told, icon="area.settings")

    def level(row: RuleRow) -> Cell:
        return Cell(level=row.setting.level if row.setting else row.rule.level)

    def clock(row: RuleRow) -> Cell:
        return Cell(row.setting.clock if row.setting else row.rule.clock, wrap=True)

    def spoken(row: RuleRow) -> str:
        if row.setting is None:
            told = (row.rule.rule, row.rule.words, level_word(row.rule.level), row.rule.clock)
        else:
            told = (_("set"), place_words(row.setting), level_word(row.setting.level), row.setting.clock)
        return ", ".join(told)

    columns = (
        Column("rule", _("Rule"), 72, rule),
        Column("what", _("What it finds"), 0, what),
        Column("level", _("Level"), 132, level),
        Column("clock", _("First action due"), 210, clock),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda row: row.key)
