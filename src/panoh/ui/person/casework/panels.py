"""Panels of the tab 'Case': short tables of what is open; what is done is folded away; each has its button to add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.due import DueLine
from panoh.ui.person.casework.words import CaseWords, RowWords
from panoh.ui.person.fields import line_of
from panoh.ui.person.parts import RowTable, marked
from panoh.ui.person.shown import TaskShown
from panoh.ui.widgets.buttons import KeyButton, LinkButton
from panoh.ui.widgets.form import focusable
from panoh.ui.widgets.labels import SpanLabel, plain_label
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel

Cells = list[QWidget | str]


@contextmanager
def keys_kept(panel: QWidget, otherwise: QWidget) -> Iterator[None]:
    """While the rows of a panel are made anew, the keys stay: on what is called the same, else on `otherwise`."""
    focus = panel.window().focusWidget()
    inside = focus is not None and focus is not panel and panel.isAncestorOf(focus)
    name = focus.accessibleName() if inside and focus is not None else ""
    if inside and focus is not otherwise:
        otherwise.setFocus(Qt.FocusReason.OtherFocusReason)
    yield
    if inside and focus is not otherwise:
        named = [each for each in focusable(panel) if each.accessibleName() == name and not each.isHidden()]
        (named[0] if named else otherwise).setFocus(Qt.FocusReason.OtherFocusReason)


class StandPanel(Panel):
    """Where the case stands, what is next, who holds it; the step that is due is one button away."""

    step_asked = Signal()
    days_asked = Signal()

    def __init__(self, take: QWidget, *others: QWidget) -> None:
        super().__init__(_("Where the case stands"), padded=True)
        self.body.setSpacing(10)
        self._stages = SpanLabel((" ", ""))
        self._next = plain_label("", "bold", wrap=True)
        self.owner = plain_label("", wrap=True)
        self.state = plain_label("", "bold", wrap=True)
        self.step = KeyButton(_("Assessed…"), self.step_asked.emit, icon="state.do")
        self.days = KeyButton(_("Other days…"), self.days_asked.emit)
        for part in (self._stages, self._next, self.owner, self.state):
            self.body.addWidget(part)
        self.body.addWidget(line_of(take, self.step, self.days, *others))

    def show_stand(self, words: CaseWords) -> None:
        """Show this case."""
        self._stages.set_spans(*words.stages)
        self._next.setText(words.next)
        self.step.setVisible(bool(words.step))
        self.step.set_words(words.step or " ")
        self.days.setVisible(words.days_can_be_set)


class DuePanel(Panel):
    """Everything that is due for this person, and the tasks that are done."""

    done_asked = Signal(object)  # a DueLine that can be marked as done where it stands

    def __init__(self, add: KeyButton) -> None:
        super().__init__(_("Tasks and what is due"), right=add)
        self.add = add
        self._table = RowTable((4, 6, 2, 2))
        self._folded = _Folded(self, 4)
        self.body.insertWidget(0, self._table)

    def show_due(self, words: CaseWords, tasks: Sequence[TaskShown]) -> None:
        """Show these lines, and below them what is done."""
        with keys_kept(self, self.add):
            self._table.set_rows([self._row(words, line) for line in words.due], _("Nothing is planned."))
        done = [task for task in tasks if task.task.done_at is not None]
        rows: list[Cells] = [
            [_("Done"), task.what, plain_label(task.owner, "secondary", wrap=True), ""] for task in done
        ]
        self._folded.set_rows(rows)

    def _row(self, words: CaseWords, line: DueLine) -> Cells:
        late = line.state == "overdue"
        when = marked(
            "state.overdue" if late else "state.due",
            words.when(line),
            "bold error" if late else "",
            "error" if late else "text",
        )
        cell: QWidget | str = ""
        if line.at_once:
            tick = QCheckBox(_("Done"))
            tick.setAccessibleName(_("Done: {what}").format(what=line.what))
            tick.clicked.connect(partial(self._tick, line))
            cell = tick
        return [when, line.what, plain_label(words.owner(line), "secondary", wrap=True), cell]

    def _tick(self, line: DueLine, _on: bool = False) -> None:
        self.done_asked.emit(line)


class RowsPanel(Panel):
    """One kind of rows: what is open in a short table, what is done behind a link. `note` tells what was just made.

    `act_asked` carries what is asked for and the record of the row.
    """

    add_asked = Signal()
    act_asked = Signal(str, object)

    def __init__(self, title: str, add: str, empty: str) -> None:
        self.add = KeyButton(add, icon="action.add", size="small", bold=True)
        super().__init__(title, right=self.add)
        self.add.clicked.connect(lambda _checked: self.add_asked.emit())
        self._empty = empty
        self.note = NoteBar(tone="info", icon="state.saved", closable=True)
        self._table = RowTable((3, 7, 4, 4))
        self._folded = _Folded(self, 4, (3, 7, 4, 4))
        self.body.insertWidget(0, self._table)
        self.body.insertWidget(0, self.note)

    def show_rows(self, rows: Sequence[RowWords], withheld: str = "") -> None:
        """Show these; with `withheld` these words in their place."""
        with keys_kept(self, self.add):
            self._table.set_rows([self._row(row) for row in rows if not row.over], withheld or self._empty)
            self._folded.set_rows([self._row(row) for row in rows if row.over])

    def take_focus(self) -> None:
        """Put the keys on what can be done with the first row, or where there is none on what adds one."""
        first = next(focusable(self._table), self.add)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, row: RowWords) -> Cells:
        more = " · ".join(text for text in row.more if text)
        what = SpanLabel((row.what, "bold"), *(((more, "small secondary"),) if more else ()))
        links = [
            LinkButton(word, partial(self.act_asked.emit, act, row.record), spoken=f"{word} {row.what}")
            for act, word in row.acts
        ]
        when = plain_label(row.when, "bold error" if row.late else "", wrap=True)
        return [when, what, plain_label(row.state, "secondary", wrap=True), line_of(*links)]


class _Folded:
    """Rows at the foot of a panel that show when their link is used."""

    def __init__(self, panel: Panel, columns: int, stretches: Sequence[int] = (4, 6, 2, 2)) -> None:
        self._rows: Sequence[Cells] = ()
        self._open = False
        self._table = RowTable(stretches[:columns])
        self._link = LinkButton(" ", self._turn)
        self._line = line_of(self._link)
        self._line.setContentsMargins(16, 4, 16, 8)
        panel.body.addWidget(self._line)
        panel.body.addWidget(self._table)

    def set_rows(self, rows: Sequence[Cells]) -> None:
        """Keep these folded, or show them where they are unfolded."""
        self._rows = rows
        self._table.set_rows(rows, " ")
        self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        count = len(self._rows)
        closed = ngettext("Show {n} that is done", "Show {n} that are done", count).format(n=count)
        self._link.set_words(_("Hide what is done") if self._open else closed)
        self._line.setVisible(count > 0)
        self._table.setVisible(self._open and count > 0)
