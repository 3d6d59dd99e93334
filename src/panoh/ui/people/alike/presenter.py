"""What happens on the list of people who are perhaps registered twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, ngettext, number
from panoh.base.progress import Progress
from panoh.domain.merging import Difference, Merge
from panoh.services import backups, duplicates, merging, person_edit
from panoh.services.desk import Changes, Desk
from panoh.services.duplicates import Found, Pair
from panoh.services.merging import Joined, Undone
from panoh.ui import errors
from panoh.ui.field_words import FieldWords
from panoh.ui.navigator import Navigator
from panoh.ui.people.alike.merge_form import MergeForm
from panoh.ui.people.alike.model import AlikeWords
from panoh.ui.people.alike.view import JOINED, LATER, SAME, TO_ANSWER, WAITING, AlikeView
from panoh.ui.shell.list_screen import ListScreen
from panoh.ui.tasks import FILES, TaskRunner


class AlikePresenter(ListScreen[AlikeView], QObject):
    """One of the lists of the People screen."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "duplicates"
    shown_kinds = frozenset({"Person", "PersonName", "DuplicateDecision", "Merge"})

    def __init__(
        self,
        view: AlikeView,
        desk: Desk,
        runner: TaskRunner,
        navigator: Navigator,
        words: AlikeWords,
        find: Callable[[Progress], Found],
    ) -> None:
        super().__init__(view)
        self.title = _("Perhaps the same person")
        self._view, self._desk, self._runner, self._navigator, self._words = view, desk, runner, navigator, words
        self._find = find
        self._last: Found | None = None
        self.form: MergeForm | None = None
        view.pairs.counted.connect(self._show_count)
        view.joined.counted.connect(self._show_count)
        for model in (view.pairs, view.joined):
            model.failed.connect(self._fail)
        view.table.current_changed.connect(self._show_pair)
        view.joined_table.current_changed.connect(self._show_joined)
        view.look_asked.connect(self.look)
        view.shown_changed.connect(lambda _which: self._read())
        view.answered.connect(self.answer)
        view.record_asked.connect(self._open_record)
        view.apart_asked.connect(self._take_apart)

    def opened(self) -> None:
        """Read the list; the keys go into it."""
        self._read()
        (self._view.joined_list if self._view.shown == JOINED else self._view.list).setFocus()

    def look(self) -> None:
        """Look through the whole vault; it can be cancelled, and the list is then as it was."""

        def done(_found: Found) -> None:
            self._view.which.set_value(TO_ANSWER)
            self._read()

        task = self._runner.start(self._find, done, self._fail, owner=self, lane=FILES)
        self._view.progress.watch(task, _("Looking for people registered twice"))

    def answer(self, answer: str) -> None:
        """Remember an answer about the chosen pair; 'same person' asks first what is right where the two differ."""
        pair = self._view.table.current()
        if not isinstance(pair, Pair):
            return
        reason = self._view.reason.text()
        if answer == SAME:
            self._ask_merge(pair, reason)
            return
        self._write(lambda: duplicates.decide(self._desk, pair.a.id, pair.b.id, answer, reason), self._answered)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk, view = self._desk, self._view
        waiting = view.shown == WAITING

        def show(last: Found | None) -> None:
            self._last = last
            if view.shown == JOINED:
                self._runner.start(
                    lambda _progress: merging.joined(desk), view.joined.show_rows, self._fail, owner=self
                )
            else:
                view.pairs.open(
                    lambda: duplicates.count(desk, waiting=waiting),
                    lambda offset, limit: duplicates.worklist(desk, offset, limit, waiting=waiting),
                )

        self._runner.start(lambda _progress: duplicates.last_search(desk), show, self._fail, owner=self)

    def _show_count(self, count: int) -> None:
        pairs = ngettext("{n} pair", "{n} pairs", count).format(n=number(count))
        if self._view.shown == JOINED:
            words = ngettext("{n} joining", "{n} joinings", count).format(n=number(count)) if count else ""
        elif self._last is None:
            words = _("nobody has looked through everyone yet")
        else:
            when, people = moment(self._last.at), number(self._last.people)
            words = _("{pairs}; last looked {when}, among {people} people").format(
                pairs=pairs, when=when, people=people
            )
        self._view.show_list(count, words)

    def _show_pair(self, pair: Pair | None) -> None:
        if isinstance(pair, Pair):
            self._view.show_facts(self._words.score(pair), self._words.facts(pair))

    def _show_joined(self, joined: Joined | None) -> None:
        if isinstance(joined, Joined):
            title = _("{gone} was put aside for {kept}").format(gone=joined.gone.number, kept=joined.kept.number)
            self._view.show_facts(title, [])

    def _open_record(self, which: int) -> None:
        row = (self._view.joined_table if self._view.shown == JOINED else self._view.table).current()
        if isinstance(row, Pair):
            self._navigator.open_person((row.a, row.b)[which].id)
        elif isinstance(row, Joined):
            self._navigator.open_person((row.kept, row.gone)[which].id)

    def _answered(self, changes: Changes) -> None:
        self._view.told.say("")
        self.changed.emit(changes)
        self._read()

    # --- joining ----------------------------------------------------------------------------------------------------

    def _ask_merge(self, pair: Pair, reason: str) -> None:
        kept, gone = pair.a, pair.b

        def ask(found: list[tuple[str, Difference]]) -> None:
            offers = person_edit.offers(self._desk)
            words = FieldWords(self._desk, offers.user_names, {})
            form = MergeForm(self._view, self._words.called(kept), self._words.called(gone), found, words)
            form.wanted.connect(lambda values: self._merge(form, pair, reason, form.from_gone(values)))
            self.form = form
            form.open()

        self._runner.start(
            lambda _progress: merging.to_choose(self._desk, kept.id, gone.id), ask, self._fail, owner=self
        )

    def _merge(self, form: MergeForm, pair: Pair, reason: str, from_gone: list[tuple[str, str]]) -> None:
        """Join after a backup; when that cannot be made, whoever joins says whether to go on without."""
        join = partial(self._join, form, pair, reason, from_gone)

        def failed(error: AppError) -> None:
            form.act.setEnabled(True)
            form.fail(error)
            if error.code == "backup.not_first":
                form.note.say(error.sentence(), action=_("Join without a backup"), run=join)

        form.act.setEnabled(False)
        work = lambda step: backups.before(self._desk, backups.MERGE, step)  # noqa: E731
        self._runner.start(work, lambda _made: join(), failed, owner=form, lane=FILES)

    def _join(self, form: MergeForm, pair: Pair, reason: str, from_gone: list[tuple[str, str]]) -> None:
        form.act.setEnabled(True)

        def work() -> tuple[Merge, Changes]:
            made = merging.merge(self._desk, pair.a.id, pair.b.id, from_gone)
            duplicates.decide(self._desk, pair.a.id, pair.b.id, SAME, reason)
            return made

        def done(made: tuple[Merge, Changes]) -> None:
            form.accept()
            words = _("{gone} leads to {kept} now.").format(gone=pair.b.number, kept=pair.a.number)
            self._view.told.say(words, action=_("Undo"), run=lambda: self._undo(made[0].id))
            self.changed.emit(made[1])
            self._read()

        self._runner.start(lambda _progress: work(), done, form.fail, owner=self)

    def _take_apart(self) -> None:
        joined = self._view.joined_table.current()
        if isinstance(joined, Joined):
            self._undo(joined.merge_id)

    def _undo(self, merge_id: str) -> None:
        def done(undone: Undone) -> None:
            left = ngettext(
                "{n} value was changed since and stays.",
                "{n} values were changed since and stay.",
                undone.changed_since,
            ).format(n=undone.changed_since)
            words = left if undone.changed_since else _("Both are as they were.")
            self._view.told.say(words, heading=_("The two records are apart again"))
            self.changed.emit(undone.changes)
            self._read()

        def work() -> Undone:
            undone = merging.undo(self._desk, merge_id)
            duplicates.decide(self._desk, undone.kept_id, undone.gone_id, LATER)  # 'same' it was not, or not yet
            return undone

        self._runner.start(lambda _progress: work(), done, self._fail, owner=self)

    def _write(self, work: Callable[[], Changes], done: Callable[[Changes], object]) -> None:
        self._runner.start(lambda _progress: work(), done, self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
