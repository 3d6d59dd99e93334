"""What happens on the Families screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.family import KinLink
from panoh.domain.kinship import Doubt
from panoh.domain.lines import FamilyLine
from panoh.services import cards, families
from panoh.services.desk import Changes, Desk
from panoh.services.families import Family
from panoh.services.vault import write_file
from panoh.ui import errors
from panoh.ui.families.link_form import SECOND, LinkForm, UnlinkForm
from panoh.ui.families.model import FamilyWords
from panoh.ui.families.view import FamiliesView
from panoh.ui.navigator import Navigator
from panoh.ui.person_picker import PersonPicker
from panoh.ui.privacy import Privacy
from panoh.ui.saving import ask_pdf_path
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.controls import offered
from panoh.ui.widgets.small_form import SmallForm

MOST_FOUND = 60
T = TypeVar("T")
_SHOWN_KINDS = frozenset({"Person", "Household", "KinLink", "PersonName", "TracingRequest", "HouseholdMove"})


class FamiliesPresenter(QObject):
    """The screen of the frame."""

    changed = Signal(object)  # Changes of a write made here
    help_page = "families"

    def __init__(
        self,
        view: FamiliesView,
        desk: Desk,
        runner: TaskRunner,
        navigator: Navigator,
        privacy: Privacy,
        words: FamilyWords,
    ) -> None:
        super().__init__(view)
        self.title = _("Families")
        self._view, self._desk, self._runner, self._navigator = view, desk, runner, navigator
        self._privacy, self._words = privacy, words
        self._searched = ""
        self._head = ""  # whose family shows
        self._family: Family | None = None
        self._form: SmallForm | None = None
        self._connect()

    @property
    def widget(self) -> QWidget:
        """The view."""
        return self._view

    def panes(self) -> Sequence[QWidget]:
        """Households, drawing, list, footer."""
        view = self._view
        return (view.households_or_empty, view.diagram, view.list, view.footer)

    def opened(self) -> None:
        """Read the list; the keys go into it."""
        self._read()
        self._view.households_or_empty.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Something that shows here changed: read again."""
        if kinds & _SHOWN_KINDS:
            self._read()
            self._read_family()

    def show_family_of(self, person_id: str) -> None:
        """Show the family of this person."""
        self._head = person_id
        self._read_family()

    # --- reading ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        view = self._view
        view.search_asked.connect(self._search)
        view.chosen.connect(self._choose)
        view.person_asked.connect(self._navigator.open_person)
        view.link_asked.connect(self._ask_link)
        view.unlink_asked.connect(self._ask_unlink)
        view.card_asked.connect(self._print_card)
        view.households.counted.connect(lambda count: view.show_count(count, self._searched))
        for model in (view.households, view.members):
            model.failed.connect(self._fail)
        self._privacy.changed.connect(self._show_family)

    def _search(self, text: str) -> None:
        self._searched = text
        self._read()

    def _read(self) -> None:
        text, desk = self._searched, self._desk
        if not text:
            self._view.households.open(
                lambda: families.count(desk), lambda offset, limit: families.page(desk, offset, limit)
            )
            return
        self._run(lambda: families.search(desk, text, MOST_FOUND), self._view.households.show_rows)

    def _choose(self, line: FamilyLine | None) -> None:
        if line is not None and line.head_id and line.head_id != self._head:
            self.show_family_of(line.head_id)

    def _read_family(self) -> None:
        if self._head:
            self._run(partial(families.family_of, self._desk, self._head), self._take_family)

    def _take_family(self, family: Family) -> None:
        if family.focus == self._head:
            self._family = family
            self._show_family()

    def _show_family(self) -> None:
        family = self._family
        focus = family.relative(family.focus) if family else None
        if family is None or focus is None:
            return
        title = _("Family of {name}").format(name=self._words.name(focus))
        missing = sum(self._words.state(one) == "missing" for one in family.relatives)
        spoken = _("{title}, {n} people, {missing} missing").format(
            title=title, n=len(family.relatives), missing=missing
        )
        kept = self._view.diagram.current
        current = kept if family.relative(kept) else family.focus
        self._view.diagram.show_family(family.tree, self._words.boxes(family), spoken, current)
        self._view.diagram.adjustSize()
        self._view.list.select_key(current)
        rows = [(family, one) for one in family.relatives]
        self._view.show_family(title, rows, [self._doubt(family, doubt) for doubt in family.doubts])

    def _doubt(self, family: Family, doubt: Doubt) -> str:
        found = [family.relative(one) for one in doubt.person_ids]
        names = ", ".join(self._words.name(one) for one in found if one)
        return f"{names}: {_(doubt.words)}"

    # --- links and cards --------------------------------------------------------------------------------------------

    def _current(self) -> str:
        return self._view.diagram.current or self._head

    def _ask_link(self) -> None:
        one = self._family.relative(self._current()) if self._family else None
        if one is None:
            return
        words = self._desk.vocabularies
        kinds, sure = offered(words, "kin_kind"), offered(words, "kin_sure")
        picker = PersonPicker(self._desk, self._runner, self._privacy)
        form = LinkForm(self._view, self._words.name(one), picker, kinds, sure)
        form.wanted.connect(lambda values: self._link(form, one.line.id, values))
        self._open(form)

    def _link(self, form: LinkForm, person_id: str, values: dict[str, str]) -> None:
        problems = [
            FieldProblem(key, words)
            for key, words in (
                ("kind", _("Choose what the one is to the other.")),
                ("other", _("Choose a registered person.")),
            )
            if not values[key]
        ]
        if values["other"] == person_id:
            problems.append(FieldProblem("other", _("This is the same person.")))
        if problems:
            form.show_problems(problems)
            return
        ends = (person_id, values["other"])
        first, second = ends if values["way"] != SECOND else ends[::-1]
        made = KinLink(
            id="", from_person_id=first, to_person_id=second, kind=values["kind"], sure=values["sure"] or "stated"
        )
        self._make(form, made)

    def _make(self, form: LinkForm, made: KinLink) -> None:
        """Make the link once it was told what is doubtful about it."""

        def told(doubts: list[Doubt]) -> None:
            form.act.setEnabled(True)
            if form.is_meant(made, [_(doubt.words) for doubt in doubts]):
                self._write(form, lambda: families.link(self._desk, made))

        def failed(error: AppError) -> None:
            form.act.setEnabled(True)
            form.fail(error)

        form.act.setEnabled(False)  # a second click would answer before anything was told
        self._runner.start(lambda _progress: families.doubts_with(self._desk, made), told, failed, owner=self)

    def _ask_unlink(self) -> None:
        family, person_id = self._family, self._current()
        if family is None:
            return
        stated = [link for link in family.links if link.id and person_id in (link.from_person_id, link.to_person_id)]
        if not stated:
            self._view.note.say(
                _("No stated link of this person can be taken away. The others follow from the household.")
            )
            return
        form = UnlinkForm(self._view, [(link.id, self._link_words(family, link)) for link in stated])
        by_id = {link.id: link for link in stated}
        form.wanted.connect(
            lambda values: self._write(form, lambda: families.unlink(self._desk, by_id[values["link"] or stated[0].id]))
        )
        self._open(form)

    def _link_words(self, family: Family, link: KinLink) -> str:
        ends = [family.relative(one) for one in (link.from_person_id, link.to_person_id)]
        first, second = (self._words.name(one) if one else "" for one in ends)
        kind = self._desk.vocabularies.label("kin_kind", link.kind).lower()
        return _("{first}: {kind} of {second}").format(first=first, kind=kind, second=second)

    def _print_card(self) -> None:
        person_id = self._current()
        path = ask_pdf_path(self._view, _("Save the card"), "card.pdf") if person_id else None
        if path is None:
            return

        def issue() -> cards.Printed:
            printed = cards.issue(self._desk, [person_id])
            write_file(path, printed.pdf)
            return printed

        self._run(issue, self._issued)

    def _issued(self, printed: cards.Printed) -> None:
        number = printed.cards[0].card_no
        words = _(
            "It holds the number alone, and the card before it is worth nothing any more. Print it without scaling."
        )
        self._view.told.say(words, heading=_("Card {number} is saved").format(number=number))
        self.changed.emit(printed.changes)

    def _open(self, form: SmallForm) -> None:
        self._form = form
        form.open()

    def _write(self, form: SmallForm, write: Callable[[], Changes]) -> None:
        def done(changes: Changes) -> None:
            form.accept()
            self.changed.emit(changes)
            self._read_family()

        self._runner.start(lambda _progress: write(), done, form.fail, owner=self)

    def _run(self, work: Callable[[], T], show: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), show, self._fail, owner=self)

    def _fail(self, error: AppError) -> None:
        errors.tell(self._view.note, error)
