"""What there is to decide from: what is asked and why, the level with its reasons, the question, what was decided before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.closing import Check
from panoh.services.approvals import AskedLine, ToDecide
from panoh.services.desk import Desk
from panoh.ui.decision_words import asked_words, by_words, decision_words, kind_words, proposed_words
from panoh.ui.privacy import Privacy
from panoh.ui.record_pane import RecordPane, link_to, stacked
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import order_tabs
from panoh.ui.widgets.labels import plain_label, show_when
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel

_ACTS = {"approve": N_("Approve…"), "amend": N_("With changes…"), "refuse": N_("Refuse…"), "discuss": N_("Discuss…")}
_ON_CONTACT = {
    "approve": N_("Contact…"),
    "amend": N_("Ask again…"),
    "refuse": N_("Not a match…"),
    "discuss": N_("Discuss…"),
}
_KEYS = {"approve": "Alt+1", "amend": "Alt+2", "refuse": "Alt+3", "discuss": "Alt+4"}  # the digits of the paper


class ApprovalPanel(RecordPane):
    """Shows one of them and tells what is wanted of it."""

    decide_asked = Signal(str)  # vocab approval_decision
    withdraw_asked = Signal()
    person_asked = Signal(str)

    def __init__(self, desk: Desk, privacy: Privacy) -> None:
        super().__init__(_("What is asked, the facts to decide from and the buttons will stand here."))
        self._desk, self._privacy = desk, privacy
        self.acts = {
            code: KeyButton(_(word), lambda code=code: self.decide_asked.emit(code), keys=_KEYS[code])  # type: ignore[misc]
            for code, word in _ACTS.items()
        }
        self.withdraw = KeyButton(_("Take back"), self.withdraw_asked.emit, keys="Alt+5")
        self._title = plain_label("", "title bold", wrap=True)
        self._who = QVBoxLayout()
        self._told = NoteBar(tone="info", icon="action.ask_supervisor")
        self._why = plain_label("", wrap=True)
        self._facts = FactGrid(label_width=112)
        self._reasons, self._before = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.show_nothing()

    def show_one(self, found: ToDecide, checks: Sequence[Check] = ()) -> None:
        """Show what is asked, or was decided; `checks` are what is still open in a case that is to be closed."""
        asked, said = found.asked, found.asked.approval
        self._show_whole()
        what = proposed_words(self._desk, said)
        kind = kind_words(self._desk, said)
        self._title.setText(_("{kind}: {what}").format(kind=kind, what=what) if what else kind)
        self._show_who(asked)
        self._why.setText(said.why)
        show_when(self._why, bool(said.why))
        open_still = [(_("Still open"), "\n".join(check.text for check in checks))] if checks else []
        self._facts.set_facts(*open_still, *self._fact_rows(found))
        self._say_who_decides(asked)
        self._show_reasons(found)
        self._show_before(found.before)
        order_tabs(self)

    def _say_who_decides(self, asked: AskedLine) -> None:
        may = asked.waits and self._desk.is_supervisor and not asked.mine
        words = _ON_CONTACT if asked.approval.kind == "verification" else _ACTS
        for code, act in self.acts.items():
            act.set_words(_(words[code]))
            act.setVisible(may and not (asked.approval.kind == "shield" and code in ("amend", "discuss")))
        self.withdraw.setVisible(asked.waits and asked.mine)
        told = ""
        if asked.waits and asked.mine:
            told = _("You asked for this, so somebody else decides: another supervisor, or a paper that one signs.")
        elif asked.withheld:
            told = _("The words of this case are shown to supervisors and to whoever holds it.")
        self._told.say(told)
        show_when(self._told, bool(told))

    def _show_who(self, asked: AskedLine) -> None:
        clear(self._who)
        self._who.addWidget(link_to(asked.line, self._privacy, self.person_asked.emit))

    def _fact_rows(self, found: ToDecide) -> list[tuple[str, str]]:
        asked, said, level = found.asked, found.asked.approval, found.level
        options = "\n".join(
            _("{letter}: {what}").format(letter=one.letter, what="; ".join(filter(None, (one.what, one.consequence))))
            for one in found.options
        )
        advised = ": ".join(part for part in (found.recommended, found.recommendation) if part)
        now = level_word(level.level)
        if level.override is not None:
            now = _("{level}, set by hand; worked out: {computed}").format(
                level=now, computed=level_word(level.computed_level)
            )
        facts = [
            (_("Asked by"), asked_words(asked)),
            (_("Decision"), decision_words(self._desk, said) if said.decision else ""),
            (_("Decided"), by_words(asked)),
            (_("In words"), said.words),
            (_("Level now"), now),
            (_("Held by"), asked.line.owner_name or _("nobody")),
            (_("Question"), found.question if found.question != said.why else ""),
            (_("Options"), options),
            (_("Recommended"), advised),
            (_("The person wants"), found.wish),
        ]
        return [fact for fact in facts if fact[1]]

    def _show_reasons(self, found: ToDecide) -> None:
        clear(self._reasons)
        for reason in found.level.reasons:
            self._reasons.addWidget(stacked(plain_label(reason.text, wrap=True)))
        if not found.level.reasons:
            self._reasons.addWidget(
                stacked(plain_label(_("No rule gives a reason for a higher level."), "secondary", wrap=True))
            )

    def _show_before(self, before: Sequence[AskedLine]) -> None:
        clear(self._before)
        show_when(self._before_panel, bool(before))
        for one in before:
            head = _("{kind}: {decision}").format(
                kind=kind_words(self._desk, one.approval), decision=decision_words(self._desk, one.approval).lower()
            )
            told = by_words(one) or asked_words(one)
            parts = [plain_label(head, "bold", wrap=True), plain_label(one.approval.words, wrap=True)]
            parts.append(plain_label(told, "small secondary", wrap=True))
            self._before.addWidget(stacked(*(part for part in parts if part.text())))

    def _lay_out(self) -> None:
        reasons = Panel(_("Reasons of the level"))
        reasons.body.addLayout(self._reasons)
        self._before_panel = Panel(_("Asked and decided before"))
        self._before_panel.body.addLayout(self._before)
        acts = QGridLayout()
        acts.setSpacing(8)
        acts.setColumnStretch(2, 1)
        for at, act in enumerate((*self.acts.values(), self.withdraw)):
            acts.addWidget(act, at // 2, at % 2)
        self._put(self._title, self._who, self._why, self._told, acts, self._facts, reasons, self._before_panel)
