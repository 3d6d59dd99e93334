"""The tab 'Case', from the top: where it stands, what is due, plan, services, referrals, follow-ups, decision, notes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.ui.decision_words import DECISIONS
from panoh.ui.person.case_form import LETTERS, MOST_IN_QUESTION
from panoh.ui.person.casework.child_panels import BestInterestsPanel, CarePanel
from panoh.ui.person.casework.decided import DecisionsPanel
from panoh.ui.person.casework.panels import DuePanel, RowsPanel, StandPanel
from panoh.ui.person.casework.words import CaseWords
from panoh.ui.person.fields import EditTab, line_of
from panoh.ui.person.parts import RowTable
from panoh.ui.person.rows import RowField, RowsEdit, RowsWords
from panoh.ui.person.shown import Shown
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.controls import LongEdit, choice_box, day_edit
from panoh.ui.widgets.form import FieldRow, order_tabs
from panoh.ui.widgets.labels import plain_label


class CaseTab(EditTab):
    """What is asked of whom, what was tried, what is still to do."""

    take_asked = Signal()
    assign_asked = Signal()
    report_asked = Signal()
    turn_asked = Signal()  # close it, or open it again
    take_back_asked = Signal()  # the request that it is closed
    note_asked = Signal(str)
    add_task_asked = Signal()
    approve_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.take_button = KeyButton(_("Take"), self.take_asked.emit, icon="action.take", keys="Ctrl+T")
        self.may_be_child = False
        self._shown_of = ""
        self._holder()
        self._casework()
        self._decision()
        self.decisions = DecisionsPanel(
            KeyButton(
                _("Ask to approve…"), self.approve_asked.emit, icon="action.ask_supervisor", size="small", bold=True
            )
        )
        self.page.addWidget(self.decisions)
        self._ways()
        self._voice()
        self._notes()
        self.finish()

    def show_record(self, shown: Shown, mine: bool) -> None:
        """Show where the case stands and who holds it, its rows, its notes."""
        self.stand.owner.setText(shown.held_by)
        self.take_button.setVisible(not mine)
        self.assign.setVisible(shown.desk.is_supervisor or not shown.opened.view.owner_name)  # else one asks: transfers
        self.turn_button.setVisible(not shown.opened.view.case_withheld)
        case = shown.opened.view.case
        closed = case is not None and case.status == "closed"
        self.turn_button.set_words(_("Open the case again…") if closed else _("Close the case…"))
        self.take_back.setVisible(any(one.mine for one in shown.opened.closing))
        self.may_be_child = shown.may_be_child
        self._show_casework(shown)
        self.form.rows["child_view"].setVisible(shown.may_be_child)
        names = shown.opened.offers.user_names
        notes = sorted(shown.opened.view.notes, key=lambda note: note.written_at, reverse=True)
        rows: list[list[QWidget | str]] = [
            [plain_label(moment(note.written_at), "secondary", wrap=True), note.text, names.get(note.author_id, "")]
            for note in notes
        ]
        self._note_table.set_rows(rows, _("No note was written yet."))

    def go_to(self, key: str) -> None:
        """Put the keys into a field, or to what was decided, or to the follow-ups."""
        panel: DecisionsPanel | RowsPanel | None = None
        if key == "follow_ups":
            panel = self.follow_ups
            panel.take_focus()
        elif key == DECISIONS:
            panel = self.decisions
            panel.add.setFocus(Qt.FocusReason.OtherFocusReason)
        if panel is not None:
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(panel))
        else:
            super().go_to(key)

    def tell_slip(self, words: str, heading: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say where a slip is, in sight."""
        self.referrals.note.say(words, heading=heading, action=action, run=run)
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.referrals.note))

    def clear_note(self) -> None:
        """Empty the box of a note that was written."""
        self.note.clear()

    def _holder(self) -> None:
        self.assign = KeyButton(_("Assign…"), self.assign_asked.emit, icon="action.assign")
        report = KeyButton(_("Case summary PDF…"), self.report_asked.emit, icon="action.save_pdf")
        self.turn_button = KeyButton(_("Close the case…"), self.turn_asked.emit)
        ask = KeyButton(_("Ask to approve…"), self.approve_asked.emit, icon="action.ask_supervisor")
        self.take_back = KeyButton(_("Take the request back"), self.take_back_asked.emit)
        self.stand = StandPanel(self.take_button, self.assign)
        second = line_of(ask, report, self.turn_button, self.take_back)
        self.stand.body.addWidget(second)  # all in one line would be too wide at large text
        self.page.addWidget(self.stand)

    def _casework(self) -> None:
        add = KeyButton(_("Add a task"), self.add_task_asked.emit, icon="action.add", size="small", bold=True)
        self.due = DuePanel(add)
        self.plan = RowsPanel(
            _("Plan"), _("Add a step…"), _("Nothing is planned yet: write it together with the person.")
        )
        self.services = RowsPanel(_("Services"), _("Add a service…"), _("No service is planned or given yet."))
        self.referrals = RowsPanel(_("Referrals"), _("Refer…"), _("Nobody else was asked for help yet."))
        self.follow_ups = RowsPanel(_("Follow-ups"), _("Add a follow-up…"), _("No follow-up is planned."))
        self.care, self.best_interests = CarePanel(), BestInterestsPanel()
        self.transfers = RowsPanel(
            _("Handing over"), _("Transfer…"), _("No colleague was asked to take the case over.")
        )
        for panel in (
            self.due,
            self.plan,
            self.services,
            self.referrals,
            self.follow_ups,
            self.care,
            self.best_interests,
            self.transfers,
        ):
            self.page.addWidget(panel)

    def _show_casework(self, shown: Shown) -> None:
        words = CaseWords(shown.desk, shown.opened)
        self.stand.show_stand(words)
        told = "\n".join(part for part in (words.closing, words.waiting) if part)
        self.stand.state.setText(told)
        self.stand.state.setVisible(bool(told))
        self.due.show_due(words, shown.tasks)
        self.plan.show_rows(words.plan, words.withheld)
        self.services.show_rows(words.services, words.withheld)
        self.referrals.show_rows(words.referrals, words.withheld)
        self.follow_ups.show_rows(words.follow_ups, words.withheld)
        self.care.show_care(shown, words.withheld)
        self.best_interests.show_procedures(shown, words.withheld)
        self._place_child(first=shown.may_be_child)
        handed = shown.opened.transfers
        self.transfers.show_rows(words.transfers, words.withheld)
        self.transfers.setVisible(bool(handed.rows) or handed.may_ask)
        self.transfers.add.setVisible(handed.may_ask)
        if self._shown_of != shown.person.id:  # what was told of a slip of somebody else goes
            self.referrals.note.say("")
        self._shown_of = shown.person.id
        self.decisions.show_decisions(shown.desk, shown.opened.decisions, words.withheld)
        order_tabs(self)

    def _place_child(self, *, first: bool) -> None:
        """Of a child care and best interests stand right under what is due, of others below the follow-ups."""
        below = self.plan if first else self.transfers
        if self.page.indexOf(self.best_interests) == self.page.indexOf(below) - 1:
            return
        for panel in (self.care, self.best_interests):
            self.page.removeWidget(panel)
            self.page.insertWidget(self.page.indexOf(below), panel)

    def _decision(self) -> None:
        panel = self.section(_("Decision asked"), _("one question that “approve” answers"))
        question = QLineEdit()
        self._counter = plain_label("", "small secondary")
        question.textChanged.connect(self._count)
        row = FieldRow(_("Question"), question, beside=self._counter)
        self.add(panel, ("question", row))
        self.add(
            panel,
            ("answer_day", FieldRow(_("Answer by, day"), day_edit())),
            ("answer_time", FieldRow(_("Time"), QLineEdit())),
            ("review_on", FieldRow(_("Review on"), day_edit())),
        )
        self.add(panel, ("without_answer", FieldRow(_("What happens without an answer"), LongEdit(2))))
        self._count(question.text())

    def _ways(self) -> None:
        panel = self.section(_("Options"), _("A, B, C in this order"))
        fields = (
            RowField("what", _("What"), QLineEdit),
            RowField("consequence", _("What follows from it"), QLineEdit),
            RowField("ready", _("What is ready"), QLineEdit),
        )
        words = RowsWords(
            _("Option"),
            _("Add an option"),
            _("No option is written yet: two or three let a supervisor decide."),
            LETTERS,
        )
        self.add_rows(panel, "options", RowsEdit(fields, words))
        letters = choice_box([(letter, letter) for letter in LETTERS])
        self.add(
            panel,
            ("recommended_option", FieldRow(_("Recommended option"), letters)),
            ("recommendation", FieldRow(_("Recommendation, and why"), LongEdit(2))),
            least=300,
        )
        done = self.section(_("What was done"))
        fields = (
            RowField("done_on", _("On"), day_edit),
            RowField("what", _("What"), QLineEdit),
            RowField("result", _("What came of it"), QLineEdit),
        )
        words = RowsWords(_("Step"), _("Add a step"), _("Nothing is recorded as done yet."))
        self.add_rows(done, "actions", RowsEdit(fields, words))

    def _voice(self) -> None:
        panel = self.section(_("The person's own voice"))
        self.add(
            panel,
            ("wish", FieldRow(_("What the person wants"), LongEdit(3))),
            ("child_view", FieldRow(_("The child's own view"), LongEdit(3))),
            least=300,
        )

    def _notes(self) -> None:
        panel = self.section(_("Notes"), _("facts and what was agreed; no names of helpers"))
        self.note = LongEdit(2)
        panel.body.addWidget(FieldRow(_("New note"), self.note))
        panel.body.addWidget(line_of(KeyButton(_("Add the note"), self._write_note, icon="action.add")))
        self._note_table = RowTable((3, 8, 2))
        panel.body.addWidget(self._note_table)

    def _write_note(self) -> None:
        if self.note.toPlainText().strip():
            self.note_asked.emit(self.note.toPlainText())
        else:
            self.note.setFocus()

    def _count(self, text: str) -> None:
        self._counter.setText(_("{n} of {most}").format(n=len(text), most=MOST_IN_QUESTION))
