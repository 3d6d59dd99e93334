"""The tab 'Summary': why this level, what comes next, the family here and missing, consent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import day, moment
from panoh.base.i18n import gettext as _
from panoh.services.due import DueLine
from panoh.services.levels import FactView, ReasonView
from panoh.ui.person.casework.words import CaseWords
from panoh.ui.person.fields import PAGE_MARGINS
from panoh.ui.person.parts import RowTable, TwoColumns, marked
from panoh.ui.person.shown import ConsentLine, MemberLine, Shown
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.notes import IconMark, NoteBar
from panoh.ui.widgets.panels import FactGrid, Line, Page, Panel, scrolled


class SummaryTab(QWidget):
    """Shows; the only things to do here are adding a task and reading all facts."""

    add_task_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all_facts = False
        self._details: list[tuple[QWidget, QWidget]] = []
        self.facts_link = LinkButton(_("All facts"), self._turn_facts)
        self._why = Panel(" ", right=self.facts_link)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(0)
        self._why.body.addLayout(self._reasons)
        add = KeyButton(_("Add a task"), self.add_task_asked.emit, icon="action.add", size="small", bold=True)
        self._next = _TablePanel(_("Next"), (3, 6, 2), add)
        self._family = _TablePanel(_("Family"), (0, 1, 0, 0))
        self._consent = _TablePanel(_("Consent"), (5, 4))
        page = Page()
        column = QVBoxLayout(page)
        column.setContentsMargins(*PAGE_MARGINS)
        column.addWidget(TwoColumns((self._why, self._next), (self._family, self._consent)))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))

    def show_record(self, shown: Shown) -> None:
        """Show this record."""
        self._show_why(shown)
        words = CaseWords(shown.desk, shown.opened)
        self._next.table.set_rows([_due_row(words, line) for line in words.due], _("Nothing is planned."))
        alone = _("Nobody else is recorded in this household.")
        self._family.table.set_rows([_member_row(one) for one in shown.relatives], alone)
        self._consent.set_sub(shown.consent_given)
        self._consent.table.set_rows([_consent_row(line) for line in shown.consent])

    def _show_why(self, shown: Shown) -> None:
        clear(self._reasons)
        self._details = []
        level = shown.opened.view.level
        title = _("Why {level}").format(level=level_word(level.level).lower())
        self._why.set_title(title, _("since {moment}").format(moment=moment(level.since)) if level.since else "")
        if level.override:
            self._add(_override_block(shown))
        if level.first_action:
            self._reasons.addWidget(NoteBar(level.first_action, heading=_("First action"), tone="info"))
        for reason in level.reasons:
            self._add(self._reason_block(reason))
        if level.questions:
            self._add(_questions_block(level.questions))
        if not level.reasons and not level.questions:
            none = plain_label(_("No rule found a reason for concern in what is recorded."), "secondary", wrap=True)
            none.setContentsMargins(16, 12, 16, 12)
            self._reasons.addWidget(none)
        self.facts_link.setVisible(bool(self._details))
        self._show_facts()

    def _add(self, block: QWidget) -> None:
        if self._reasons.count() and not isinstance(self._last(), NoteBar):
            self._reasons.addWidget(Line())
        self._reasons.addWidget(block)

    def _last(self) -> QWidget | None:
        item = self._reasons.itemAt(self._reasons.count() - 1)
        return item.widget() if item else None

    def _reason_block(self, reason: ReasonView) -> QWidget:
        block, column = _block(reason.text)
        head = QHBoxLayout()
        head.setSpacing(8)
        icon = "state.restricted_reason" if reason.withheld else f"level.{reason.level}"
        head.addWidget(IconMark(icon), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(plain_label(reason.text, "bold", wrap=True), 1)
        source = _where_from(reason.facts[0]) if reason.facts else ""
        head.addWidget(plain_label(source, "small secondary"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if reason.facts:
            short = plain_label(_in_short(reason), wrap=True)
            grid = FactGrid(*((fact.label, fact.value, _where_from(fact)) for fact in reason.facts), label_width=150)
            for part in (short, grid):
                part.setContentsMargins(24, 0, 0, 0)
                column.addWidget(part)
            self._details.append((short, grid))
        return block

    def _turn_facts(self) -> None:
        self._all_facts = not self._all_facts
        self._show_facts()

    def _show_facts(self) -> None:
        self.facts_link.set_words(_("In short") if self._all_facts else _("All facts"))
        for short, grid in self._details:
            short.setVisible(not self._all_facts)
            grid.setVisible(self._all_facts)


class _TablePanel(Panel):
    """A panel that holds rows."""

    def __init__(self, title: str, stretches: tuple[int, ...], right: QWidget | None = None) -> None:
        super().__init__(title, right=right)
        self._words = title
        self.table = RowTable(stretches)
        self.body.addWidget(self.table)

    def set_sub(self, sub: str) -> None:
        """Change the words beside the title."""
        self.set_title(self._words, sub)


def _block(name: str) -> tuple[QWidget, QVBoxLayout]:
    """A part of the reasons, which Tab reaches so that a screen reader can read it on its own."""
    block = QWidget()
    block.setAccessibleName(name)
    column = QVBoxLayout(block)
    column.setContentsMargins(16, 10, 16, 10)
    column.setSpacing(4)
    return block, column


def _override_block(shown: Shown) -> QWidget:
    override = shown.opened.view.level.override
    block, column = _block(_("Set by hand"))
    if override is not None:
        who = shown.opened.offers.user_names.get(override.set_by, "")
        words = _("Set by hand by {who} until {day}; the rules say {level}").format(
            who=who, day=day(override.review_on), level=level_word(shown.opened.view.level.computed_level).lower()
        )
        column.addWidget(marked("action.assign", words, "bold"))
        column.addWidget(plain_label(override.reason, wrap=True))
    return block


def _questions_block(questions: tuple[str, ...]) -> QWidget:
    block, column = _block(_("Not known"))
    column.addWidget(marked("level.unknown", _("Not known"), "bold"))
    for question in questions:
        label = plain_label(question, wrap=True)
        label.setContentsMargins(24, 0, 0, 0)
        column.addWidget(label)
    return block


def _in_short(reason: ReasonView) -> str:
    facts = [_("{label}: {value}").format(label=fact.label, value=fact.value) for fact in reason.facts]
    return " · ".join(facts)


def _where_from(fact: FactView) -> str:
    on = day(fact.on, year=False) if fact.on else ""
    return ", ".join(part for part in (fact.source, fact.sure.lower(), on) if part)


def _due_row(words: CaseWords, line: DueLine) -> list[QWidget | str]:
    late = line.state == "overdue"
    mark = marked(
        "state.overdue" if late else "state.due",
        words.when(line),
        "bold error" if late else "",
        "error" if late else "text",
    )
    return [mark, line.what, plain_label(words.owner(line), "secondary", wrap=True)]


def _member_row(member: MemberLine) -> list[QWidget | str]:
    where: QWidget = plain_label(member.where)
    if member.missing:
        where = marked("state.missing", member.where, "bold", "error", wrap=False)
    relation = plain_label(member.relation, "secondary")
    return [relation, ElidedLabel(member.name), plain_label(member.age), where]


def _consent_row(line: ConsentLine) -> list[QWidget | str]:
    icon = {"yes": "state.do", "no": "state.do_not"}.get(line.kind, "state.not_known")
    colour = {"yes": "do_text", "no": "error"}.get(line.kind, "secondary")
    return [plain_label(line.what, "bold" if line.authority else "", wrap=True), marked(icon, line.answer, "", colour)]
