"""The checks of the rule file. Each mistake is told with its line, in words for whoever edits the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.triage.clocks import BY_LEVEL, parse_clock
from panoh.domain.triage.levels import LEVELS, UNKNOWN
from panoh.domain.triage.predicates import codes_of_rules, variants
from panoh.domain.triage.toml_lines import TomlLines

ONE_UP = "one up"
MOST_LINES, LONGEST_LINE = 4, 52  # of do and don't: one printed line each
QUESTIONS = frozenset(
    {
        "age",
        "sex",
        "adult",
        "feared",
        "urgent",
        "what_is_urgent",
        "feared_state",
        "extradition",
        "approached_by_agents",
        "named_on_list",
    }
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Values that passed: by rule and variant, by question, and the restricted wording."""

    variants: dict[tuple[str, str], dict[str, Any]]
    questions: dict[str, dict[str, Any]]
    restricted: dict[str, Any]


class RuleFile:
    """One reading of a rule file; `checked` gives its values or tells the first mistake."""

    def __init__(self, text: str, file_name: str) -> None:
        self._file = file_name
        self._lines = TomlLines(text)
        self._data = self._parsed(text)

    def _parsed(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as mistake:
            found = re.search(r"line (\d+)", str(mistake))
            raise self._wrong(int(found[1]) if found else len(text.splitlines()), str(mistake)) from None

    def checked(self) -> Checked:
        """All values, checked. Raises AppError('rules.invalid')."""
        rules = codes_of_rules()
        self._names("", self._data, {*rules, "restricted", "questions"})
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for rule, codes in rules.items():
            found |= self._rule(rule, codes)
        questions = self._table("questions")
        self._names("questions", questions, QUESTIONS, all_needed=True)
        return Checked(
            found,
            {name: self._values(("questions", name), questions[name], _QUESTION) for name in questions},
            self._values(("restricted",), self._table("restricted"), _RESTRICTED),
        )

    def _rule(self, rule: str, codes: frozenset[str]) -> dict[tuple[str, str], dict[str, Any]]:
        table = self._table(rule)
        shared = {name: value for name, value in table.items() if not isinstance(value, dict)}
        self._need_codes(rule, shared.pop("codes", None), codes)
        wanted = {variant: always for (owner, variant), always in variants().items() if owner == rule}
        tables = {name: value for name, value in table.items() if isinstance(value, dict)}
        self._names(rule, shared, _VARIANT)
        self._names(rule, tables, wanted, all_needed=True)
        found = {}
        for variant, always in wanted.items():
            path = (rule, variant)
            values = self._values(path, {"fact": f"{rule}.{variant}", **shared, **tables[variant]}, _VARIANT)
            self._together(path, values)
            self._placeholders(path, values, always)
            values["clock"] = parse_clock(values["clock"])
            found[path] = values
        return found

    def _table(self, name: str) -> dict[str, Any]:
        value = self._data.get(name)
        if not isinstance(value, dict):
            raise self._wrong(self._lines.of(name), _("[{name}] is missing").format(name=name))
        return value

    def _names(self, table: str, found: Mapping[str, Any], known: Any, *, all_needed: bool = False) -> None:
        path = (table,) if table else ()
        for name in found:
            if name not in known:
                raise self._wrong(self._lines.of(*path, name), _("Panoh knows no {name} here").format(name=name))
        if all_needed and (missing := sorted(set(known) - set(found))):
            raise self._wrong(self._lines.of(*path), _("[{name}] is missing").format(name=f"{table}.{missing[0]}"))

    def _need_codes(self, rule: str, said: Any, read: frozenset[str]) -> None:
        """The codes that the file names must be those that the rule reads, so that readers can trust the file."""
        if not isinstance(said, list) or not all(isinstance(code, str) for code in said):
            raise self._wrong(self._lines.of(rule), _("codes is missing: the list of needs codes that feed the rule"))
        for code in said:
            if code not in read:
                line = self._lines.holding(f'"{code}"', rule, "codes")
                raise self._wrong(line, _("{rule} reads no needs code {code}").format(rule=rule, code=code))
        if missing := sorted(read - set(said)):
            raise self._wrong(
                self._lines.of(rule, "codes"), _("{rule} also reads {code}").format(rule=rule, code=missing[0])
            )

    def _values(self, path: tuple[str, ...], table: Any, fields: Mapping[str, Callable[[Any], str]]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._wrong(self._lines.of(*path), _("[{name}] is missing").format(name=".".join(path)))
        for name in table:
            if name not in fields:
                raise self._wrong(self._lines.of(*path, name), _("Panoh knows no {name} here").format(name=name))
        for name, problem_of in fields.items():
            if name not in table:
                raise self._wrong(self._lines.of(*path), _("{name} is missing").format(name=name))
            if problem := problem_of(table[name]):
                raise self._wrong(self._line_of_value(path, name, table[name]), f"{name}: {problem}")
        return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}

    def _line_of_value(self, path: tuple[str, ...], name: str, value: Any) -> int:
        if isinstance(value, list):
            wrong = next((item for item in value if not isinstance(item, str) or len(item) > LONGEST_LINE), "")
            return self._lines.holding(str(wrong), *path, name)
        return self._lines.of(*path, name)

    def _together(self, path: tuple[str, ...], values: Mapping[str, Any]) -> None:
        """What must agree within one variant."""
        if (values["level"] == ONE_UP) != (values["clock"] == BY_LEVEL):
            raise self._wrong(self._lines.of(*path, "clock"), _("'one up' and 'by level' go together"))
        if (values["level"] == UNKNOWN) != (path[0] == "T18"):
            raise self._wrong(self._lines.of(*path, "level"), _("unknown is the level of T18, and of no other rule"))
        if not values["paper"] and not values["sensitive"]:
            raise self._wrong(self._lines.of(*path, "paper"), _("only a sensitive reason may have no words for paper"))

    def _placeholders(self, path: tuple[str, ...], values: Mapping[str, Any], always: tuple[str, ...]) -> None:
        for name in ("reason", "why", "paper"):
            known = () if name == "paper" else always
            try:
                parts = list(Formatter().parse(values[name]))
            except ValueError as mistake:
                raise self._wrong(self._lines.of(*path, name), f"{name}: {mistake}") from None
            for _text, fact, spec, conversion in parts:
                if fact is not None and (fact not in known or spec or conversion):
                    problem = _("{field} may not use {fact}; it may use: {known}")
                    told = problem.format(field=name, fact=f"{{{fact}}}", known=", ".join(known) or "-")
                    raise self._wrong(self._lines.of(*path, name), told)

    def _wrong(self, line: int, problem: str) -> AppError:
        raise AppError(
            "rules.invalid", problem=_("line {line}: {problem}").format(line=line, problem=problem), file=self._file
        )


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else _("this must be words in quotation marks")


def _text_or_nothing(value: Any) -> str:
    return "" if isinstance(value, str) else _("this must be words in quotation marks")


def _yes_or_no(value: Any) -> str:
    return "" if isinstance(value, bool) else _("this must be true or false")


def _level(value: Any) -> str:
    return "" if value in (*LEVELS, ONE_UP) else _("there is no level {value}").format(value=value)


def _clock(value: Any) -> str:
    try:
        parse_clock(str(value))
    except ValueError:
        return _("there is no clock {value}; write for example now, 4 h or 7 d").format(value=value)
    return "" if isinstance(value, str) else _text(value)


def _lines_to_print(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        return _("this must be a list of lines in quotation marks")
    if len(value) > MOST_LINES:
        return _("at most {most} lines").format(most=MOST_LINES)
    if any(len(item) > LONGEST_LINE for item in value):
        return _("a line may have {most} characters").format(most=LONGEST_LINE)
    return ""


def _weight(value: Any) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100
    return "" if fits else _("a weight is a whole number from 1 to 100")


_VARIANT: dict[str, Callable[[Any], str]] = {
    "level": _level,
    "clock": _clock,
    "first_action": _text,
    "do": _lines_to_print,
    "dont": _lines_to_print,
    "source": _text,
    "reason": _text,
    "paper": _text_or_nothing,
    "why": _text,
    "sensitive": _yes_or_no,
    "weight": _weight,
    "fact": _text,
}
_QUESTION: dict[str, Callable[[Any], str]] = {"text": _text, "sensitive": _yes_or_no}
_RESTRICTED: dict[str, Callable[[Any], str]] = {
    "reason": _text,
    "first_action": _text,
    "do": _lines_to_print,
    "dont": _lines_to_print,
}
