"""The tab 'Case': who holds it, the decision asked, options, what was done, notes and tasks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import day, moment
from panoh.base.i18n import gettext as _
from panoh.ui.person.case_form import LETTERS, MOST_IN_QUESTION
from panoh.ui.person.fields import EditTab, line_of
from panoh.ui.person.parts import RowTable
from panoh.ui.person.rows import RowField, RowsEdit, RowsWords
from panoh.ui.person.shown import Shown, TaskShown
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.controls import LongEdit, choice_box, day_edit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label


class CaseTab(EditTab):
    """What is asked of whom, what was tried, what is still to do."""

    take_asked = Signal()
    assign_asked = Signal()
    report_asked = Signal()
    turn_asked = Signal()  # close it, or open it again
    note_asked = Signal(str)
    add_task_asked = Signal()
    task_done = Signal(object)  # a Task

    def __init__(self) -> None:
        super().__init__()
        self.take_button = KeyButton(_("Take"), self.take_asked.emit, icon="action.take", keys="Ctrl+T")
        self._owner = plain_label("", wrap=True)
        self._holder()
        self._decision()
        self._ways()
        self._voice()
        self._tasks()
        self._notes()
        self.finish()

    def show_record(self, shown: Shown, mine: bool) -> None:
        """Show who holds the case, its notes and tasks."""
        self._owner.setText(shown.held_by)
        self.take_button.setVisible(not mine)
        case = shown.opened.view.case
        closed = case is not None and case.status == "closed"
        self.turn_button.set_words(_("Open the case again…") if closed else _("Close the case…"))
        closed_on = day(case.closed_on) if case and case.closed_on else ""
        self._state.setText(_("Closed on {day}").format(day=closed_on) if closed else "")
        self._state.setVisible(closed)
        self.form.rows["child_view"].setVisible(shown.may_be_child)
        self._task_table.set_rows([self._task_row(task) for task in shown.tasks], _("Nothing is planned."))
        names = shown.opened.offers.user_names
        notes = sorted(shown.opened.view.notes, key=lambda note: note.written_at, reverse=True)
        rows: list[list[QWidget | str]] = [
            [plain_label(moment(note.written_at), "secondary", wrap=True), note.text, names.get(note.author_id, "")]
            for note in notes
        ]
        self._note_table.set_rows(rows, _("No note was written yet."))

    def clear_note(self) -> None:
        """Empty the box of a note that was written."""
        self.note.clear()

    def _holder(self) -> None:
        panel = self.section(_("Who holds this case"))
        assign = KeyButton(_("Assign…"), self.assign_asked.emit, icon="action.assign")
        report = KeyButton(_("Case summary PDF…"), self.report_asked.emit, icon="action.save_pdf")
        panel.body.addWidget(self._owner)
        self.turn_button = KeyButton(_("Close the case…"), self.turn_asked.emit)
        self._state = plain_label("", "bold", wrap=True)
        panel.body.addWidget(self._state)
        panel.body.addWidget(line_of(self.take_button, assign, report, self.turn_button))

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
            _("Option"), _("Add an option"), _("No option is written yet: two or three let a supervisor decide.")
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

    def _tasks(self) -> None:
        add = KeyButton(_("Add a task"), self.add_task_asked.emit, icon="action.add", size="small", bold=True)
        panel = self.section(_("Tasks"), right=add)
        panel.body.setContentsMargins(0, 0, 0, 0)
        self._task_table = RowTable((4, 6, 2, 2))
        panel.body.addWidget(self._task_table)

    def _notes(self) -> None:
        panel = self.section(_("Notes"), _("facts and what was agreed; no names of helpers"))
        self.note = LongEdit(2)
        panel.body.addWidget(FieldRow(_("New note"), self.note))
        panel.body.addWidget(line_of(KeyButton(_("Add the note"), self._write_note, icon="action.add")))
        self._note_table = RowTable((3, 8, 2))
        panel.body.addWidget(self._note_table)

    def _task_row(self, task: TaskShown) -> list[QWidget | str]:
        done = QCheckBox(_("Done"))
        done.setAccessibleName(_("Done: {what}").format(what=task.what))
        done.setChecked(task.task.done_at is not None)
        done.setEnabled(task.task.done_at is None)
        done.clicked.connect(partial(self._tick, task))
        when = plain_label(task.due, "bold error" if task.overdue else "", wrap=True)
        return [when, task.what, plain_label(task.owner, "secondary", wrap=True), done]

    def _tick(self, task: TaskShown, _on: bool) -> None:
        self.task_done.emit(task.task)

    def _write_note(self) -> None:
        if self.note.toPlainText().strip():
            self.note_asked.emit(self.note.toPlainText())
        else:
            self.note.setFocus()

    def _count(self, text: str) -> None:
        self._counter.setText(_("{n} of {most}").format(n=len(text), most=MOST_IN_QUESTION))
