"""The first page of the list of exposed people: what the laptop held, who could open it, and what is done for whom."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.domain.exposed import FIRST, GROUPS, PLANS, RETURN, ExposedPaper
from panoh.domain.triage.levels import LEVELS
from panoh.reports import marks, words
from panoh.reports.fonts import FACT, FINE, HEAD, LABEL, QUESTION, SMALL
from panoh.reports.layout import CONTENT, FULL, SIDE, Flow, Group, Row, Rule
from panoh.reports.pen import MM, Pen
from panoh.reports.text import balanced, line, side_head, wrap

_COUNT = 58.0  # for how many people a group has
_PEN = 96.0  # for who leads, written by hand
_SIGN = 14.0
_LINE_STEP = 7 * MM


def head_blocks(flow: Flow, paper: ExposedPaper) -> None:
    """Put the page's blocks into the flow."""
    _question(flow, paper)
    _levels(flow, paper)
    for title, text in _facts(paper):
        _fact(flow, title, text)
    _plans(flow, paper)
    _decided(flow)


def _question(flow: Flow, paper: ExposedPaper) -> None:
    flow.put(line(_("A laptop was lost or seized"), LABEL))
    people = ngettext("{n} person was on it.", "{n} people were on it.", paper.people)
    said = people.format(n=number(paper.people))
    first = len(paper.groups[RETURN])
    if first:
        danger = ngettext(
            "{n} of them is in danger of being sent back.", "{n} of them are in danger of being sent back.", first
        )
        said = f"{said} {danger.format(n=number(first))}"
    flow.put(balanced(said, FULL, QUESTION, 3))


def _levels(flow: Flow, paper: ExposedPaper) -> None:
    group, x = Group(), 0.0
    for level in LEVELS:
        told = line(f"{number(paper.levels.get(level, 0))} {_(words.SMALL_LEVELS[level])}", FACT)
        group.put(x, 1, marks.level(level, _SIGN))
        group.put(x + _SIGN + 4, 2.4, told)
        x += _SIGN + 4 + told.width + 16
    flow.space(3)
    flow.put(group.pad(4))


def _facts(paper: ExposedPaper) -> list[tuple[str, str]]:
    return [
        (_("The backup"), _backup(paper)),
        (_("Could open it"), _access(paper)),
        (_("Protects it"), _guard(paper)),
        (_("Sealed"), _sealed(paper)),
        (_("Cannot know"), _not_known(paper)),
    ]


def _backup(paper: ExposedPaper) -> str:
    made = _("made {moment}").format(moment=words.full_moment(paper.backup_at)) if paper.backup_at else ""
    last = (
        _("last written into {moment}").format(moment=words.full_moment(paper.last_entry)) if paper.last_entry else ""
    )
    device = _("device {code}").format(code=paper.device)
    return words.joined(made, last, device, _("journal {code}").format(code=paper.journal_code))


def _access(paper: ExposedPaper) -> str:
    inside = [one for one in paper.access if not one.left]
    named = "; ".join(f"{one.name} ({one.role})" for one in inside)
    told = [_("{names}; and the recovery paper.").format(names=named) if named else _("The recovery paper.")]
    handed = [one.name for one in inside if one.handed]
    if handed:
        told.append(_("Still with a passphrase that somebody else made: {names}.").format(names=", ".join(handed)))
    left = [one.name for one in paper.access if one.left]
    if left:
        told.append(_("Had left before: {names}.").format(names=", ".join(left)))
    return " ".join(told)


def _guard(paper: ExposedPaper) -> str:
    guard = paper.guard
    told = [
        _("Encryption of the whole vault, behind {slots} passphrases. Each guess costs Argon2id with {mib} MiB and {passes} passes.").format(
            slots=guard.slots, mib=guard.mebibytes, passes=guard.passes
        ),
        _("Five words drawn by chance hold for years; one that people would guess does not. How good theirs are nobody can tell from here."),
    ]  # fmt: skip
    if guard.key_changed:
        told.append(_("Key last changed {moment}.").format(moment=words.full_moment(guard.key_changed)))
    else:
        told.append(_("The key was never changed since the vault was made."))
    return " ".join(told)


def _sealed(paper: ExposedPaper) -> str:
    sealed = sum(bool(entry.sealed) for entries in paper.groups.values() for entry in entries)
    if not sealed:
        return _("Nothing. Whoever opens the vault reads all of it, however their role shows it.")
    told = ngettext("Something about {n} person.", "Something about {n} people.", sealed).format(n=number(sealed))
    return (
        told
        + " "
        + _(
            "It opens only with the passphrases named beside it and the recovery paper. Everything else any passphrase opens."
        )
    )


def _not_known(paper: ExposedPaper) -> str:
    told = [
        _("Whoever was registered, and whatever was written, after the backup: ask whoever worked with the laptop."),
        _("Papers, files and photos outside the vault."),
        _("Levels and places are those of the backup; people may have moved."),
    ]
    if paper.only_sought:
        told.append(
            ngettext(
                "{n} tracing request names somebody who is not on this list.",
                "{n} tracing requests name people who are not on this list.",
                paper.only_sought,
            ).format(n=number(paper.only_sought))
        )
    if paper.rules_changed:
        told.append(_("The levels were set by rules of another Panoh; some reasons may be missing."))
    return " ".join(told)


def _fact(flow: Flow, title: str, text: str) -> None:
    flow.rows(None, [Row(((0, side_head(title, SIDE - 6)), (SIDE, wrap(text, CONTENT, SMALL))), padding=1.5)])


def _plans(flow: Flow, paper: ExposedPaper) -> None:
    flow.space(7)
    flow.put(Rule(1.2))
    flow.space(2)
    width = FULL - _COUNT - _PEN - 12
    head = Row(
        (
            (0, line(_("people"), LABEL)),
            (_COUNT, line(_("what to do, the first first"), LABEL)),
            (FULL - _PEN, line(_("who leads, from when"), LABEL)),
        )
    )
    everyone = Row(
        (
            (0, line(number(paper.people), HEAD)),
            (_COUNT, _steps(_(FIRST.title), FIRST.steps, width)),
            (FULL - _PEN, _Pen()),
        )
    )
    rows = [everyone]
    for group in GROUPS:
        count = len(paper.groups[group])
        if count:
            plan = PLANS[group]
            told = _steps(_(plan.title), plan.steps, width)
            rows.append(Row(((0, line(number(count), HEAD)), (_COUNT, told), (FULL - _PEN, _Pen()))))
    flow.rows(head, rows)


def _steps(title: str, steps: tuple[str, ...], width: float) -> Group:
    group = Group()
    below = group.put(0, 0, wrap(title, width, FACT))
    for step in steps:
        group.put(0, below, line("–", SMALL))
        below = group.put(8, below, wrap(_(step), width - 8, SMALL))
    return group


class _Pen:
    """A line to write on."""

    height = _LINE_STEP - 2

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it where a hand finds room above it."""
        pen.line(x, top + self.height, x + _PEN, top + self.height, 1.0)


def _decided(flow: Flow) -> None:
    flow.space(8)
    group = Group()
    fields: tuple[tuple[str, float], ...] = (
        (_("Decided on, at"), 150), (_("Role code"), 110), (_("Sign or initial"), 150)
    )  # fmt: skip
    x = 0.0
    for label, width in fields:
        group.put(x, 0, line(label, FINE))
        group.put(x, 11, _Box(width))
        x += width + 12
    flow.put(group)


class _Box:
    """A rectangle for a pen."""

    height = 8.8 * MM

    def __init__(self, width: float) -> None:
        self._width = width

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw its outline."""
        pen.box(x, top, self._width, self.height, 1.1)
