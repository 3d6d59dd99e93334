"""What the buttons of a record do: take, assign, another level, tasks, notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panoh.base.i18n import gettext as _
from panoh.domain.border import PRESENT, BorderEvent
from panoh.services import border, cases, households, person_edit
from panoh.services.desk import Changes, Desk
from panoh.services.person_edit import Opened
from panoh.ui.form_drafts import FormDraft
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.form_work import open_form
from panoh.ui.level_asking import OfWhom, ask_level
from panoh.ui.person.border_form import TOGETHER, AwayForm, BorderForm, event_of
from panoh.ui.person.dialogs import AssignForm, TaskForm
from panoh.ui.person.move_form import OWN, WHERE, WHO, MoveForm
from panoh.ui.person.needs_form import ALONE
from panoh.ui.person.view import FAMILY, PersonView
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.small_form import SmallForm

Work = Callable[[], Changes]


class Actions:
    """Turns wishes into service calls. `opened` gives the record that shows; `written` is told what changed."""

    def __init__(
        self,
        view: PersonView,
        desk: Desk,
        runner: TaskRunner,
        privacy: Privacy,
        opened: Callable[[], Opened | None],
        written: Callable[[Changes], object],
    ) -> None:
        self._view, self._desk, self._runner = view, desk, runner
        self._privacy, self._opened, self._written = privacy, opened, written
        self.dialog: SmallForm | None = None
        view.needs.take_asked.connect(self.take)
        view.needs.level_asked.connect(self.ask_level)
        view.needs.alone_today_asked.connect(self.alone_today)
        view.family.move_asked.connect(self.ask_move)
        view.identity.border.add_asked.connect(self.ask_border)
        view.identity.border.away_asked.connect(self.ask_border_away)
        view.case.take_asked.connect(self.take)
        view.case.assign_asked.connect(self.ask_assign)
        view.case.note_asked.connect(self.add_note)
        view.case.add_task_asked.connect(self.ask_task)
        view.summary.add_task_asked.connect(self.ask_task)

    def take(self) -> None:
        """Hold this case oneself."""
        opened = self._opened()
        if opened is not None:
            self._write(partial(cases.take, self._desk, opened.view.person.id))

    def alone_today(self) -> None:
        """Record that the person was interviewed alone today. What else is typed on the page stays as it is."""
        opened = self._opened()
        if opened is not None:
            today = {ALONE: day_text(self._desk.clock.today())}
            work = partial(person_edit.interviewed_alone, self._desk, opened.view.person.id)
            self._write(work, lambda: self._view.needs.set_values(today))

    def add_note(self, text: str) -> None:
        """Write a note; its box is emptied when the note is kept."""
        opened = self._opened()
        if opened is not None:
            self._write(partial(cases.add_note, self._desk, opened.view.person.id, text), self._view.case.clear_note)

    def ask_assign(self) -> None:
        """Open the form that gives the case to someone."""
        opened = self._opened()
        if opened is not None:
            owner = opened.view.case.owner_id if opened.view.case else ""
            form = AssignForm(self._view, _users(opened), owner)
            self.open_form(form, lambda values: self._assignment(opened.view.person.id, values))

    def ask_task(self) -> None:
        """Open the form of a new task."""
        opened = self._opened()
        if opened is not None:
            form = TaskForm(self._view, _users(opened), self._desk.user.id)
            self.open_form(form, lambda values: self._task(opened.view.person.id, values))

    def ask_level(self) -> None:
        """Open the form of another level."""
        opened = self._opened()
        if opened is not None:
            level, person = opened.view.level, opened.view.person
            whom = OfWhom(person.id, person.number, level.level, level.computed_level)
            ask_level(self._view, self._desk, self._runner, whom, self._level_asked)

    def _level_asked(self, changes: Changes, said: str) -> None:
        self._written(changes)
        if said:
            self._view.told_saved.emit(said)

    def ask_move(self) -> None:
        """Open the form that moves this person to another household, or to one of their own."""
        opened = self._opened()
        if opened is None:
            return
        picker = PersonPicker(self._desk, self._runner, self._privacy)
        view = opened.view
        whole = view.household is None or len(view.members) > 1
        last = view.household.number if view.household and len(view.members) == 1 else ""
        form = MoveForm(self._view, picker, offered(self._desk.vocabularies, "relation"), may_leave=whole, last=last)
        form.picked.connect(partial(self._tell_home, form))
        stale = partial(self._view.undo_asked.emit, FAMILY)  # a draft about the household before is not for the next
        self.open_form(form, lambda values: self._move(view.person.id, values), stale)

    def ask_border(self) -> None:
        """Open the form that adds what happened at the border on a day."""
        opened = self._opened()
        if opened is None:
            return
        me, today = opened.view.person.id, self._desk.clock.today()
        others = [one.id for one in opened.view.members if one.id != me and one.presence in PRESENT]
        points = opened.offers.border_points
        form = BorderForm(self._view, self._desk.vocabularies, points, today, others=bool(others))

        def read(values: FormReader) -> Work:
            event = event_of(values, me, today)
            together = [me, *others] if values.raw(TOGETHER) else [me]
            return partial(border.record_together, self._desk, together, event)

        self.open_form(form, read)

    def ask_border_away(self, event: BorderEvent) -> None:
        """Ask whether a day at the border was noted by mistake, and take it away."""
        status = self._desk.vocabularies.label("border_status", event.status)
        called = ", ".join(part for part in (status, day_text(event.happened_on)) if part)
        self.open_form(AwayForm(self._view, called), lambda _values: partial(border.take_away, self._desk, event))

    def _tell_home(self, form: MoveForm, person_id: str) -> None:
        """Say which household was found, before anything is moved."""
        find = partial(households.home_of, self._desk, person_id)
        self._runner.start(lambda _progress: find(), form.show_home, form.fail, owner=form)

    def _move(self, person_id: str, values: FormReader) -> Work:
        relation = values.text("relation")
        if values.raw(WHERE) == OWN:
            return partial(households.move_out, self._desk, person_id, relation)
        other = values.needed(
            WHO, _("Find the household: type its number or a member's name, and choose from the list.")
        )
        return partial(households.join, self._desk, person_id, other, relation)

    def _assignment(self, person_id: str, values: FormReader) -> Work:
        owner = values.needed("owner", _("Choose who holds the case."))
        return partial(cases.assign, self._desk, person_id, owner)

    def _task(self, person_id: str, values: FormReader) -> Work:
        what = values.needed("what", _("Say what is to be done."))
        return partial(cases.add_task, self._desk, person_id, what, values.moment("day", "time"), values.text("owner"))

    def open_form(
        self, form: SmallForm, read: Callable[[FormReader], Work], then: Callable[[], object] = lambda: None
    ) -> None:
        """Open a form that stays until its work was done; what is half typed in it is kept as a draft."""
        self.dialog = form
        if (opened := self._opened()) is not None and form.form.rows:
            told = self._view.told_saved.emit
            FormDraft(form, self._desk, self._runner, opened.view.person.id, told=told)

        def done(changes: Changes) -> None:
            then()
            self._written(changes)

        open_form(form, self._desk, self._runner, read, done)

    def _write(self, work: Work, then: Callable[[], object] = lambda: None) -> None:
        def done(changes: Changes) -> None:
            then()
            self._written(changes)

        self._runner.start(lambda _progress: work(), done, self._view.fail, owner=self._view)


def _users(opened: Opened) -> list[tuple[str, str]]:
    return [(user.id, user.name) for user in opened.offers.users]
