"""What happens with the papers of family tracing: the page as it would leave, its checks, saving and printing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from panoh.base.errors import AppError, FieldProblem, FormProblems
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress
from panoh.domain.leaks import Leak
from panoh.domain.lines import PersonLine
from panoh.domain.redaction import NAMED
from panoh.domain.tracing_papers import (
    BLANK_FORM,
    FAMILY,
    FORM,
    NEWS,
    OF_PERSON,
    OF_REQUEST,
    PUBLIC,
)
from panoh.services import people, tracing, tracing_papers
from panoh.services.desk import Desk
from panoh.services.summaries import Made
from panoh.services.tracing_papers import Asked, News, Preview, Wanted
from panoh.ui.navigator import Navigator
from panoh.ui.reports.answers import Answers
from panoh.ui.reports.paper_presenter import PaperPresenter
from panoh.ui.reports.tracing_pane import CHECKED, TracingPane, clean_words, never_on
from panoh.ui.reports.view import PaperView
from panoh.ui.tasks import TaskRunner

_SHOWN_KINDS = frozenset(
    {
        "Person",
        "Household",
        "KinLink",
        "Consent",
        "TracingRequest",
        "MatchDecision",
        "Reunification",
        "Attachment",
        "Shield",
    }
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The paper that shows, and what it was asked for."""

    asked: Asked
    made: Preview = field(repr=False)

    @property
    def pdf(self) -> bytes:
        """Its bytes."""
        return self.made.pdf

    @property
    def leaks(self) -> tuple[Leak, ...]:
        """What in it gives somebody away."""
        return self.made.leaks

    @property
    def numbers(self) -> tuple[str, str]:
        """Export number and check code as printed."""
        return self.made.numbers


class TracingPapersPresenter(PaperPresenter):
    """The second part of the Reports screen."""

    _shown: _Shown | None

    def __init__(
        self, pane: TracingPane, view: PaperView, desk: Desk, runner: TaskRunner, navigator: Navigator
    ) -> None:
        super().__init__(pane, view, desk, runner, navigator)
        self.title = _("Papers of tracing")
        self._pane = pane
        self._answers_for = ("", "")  # kind, and whose paper

    # --- the frame's side --------------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Make the page anew; the keys go where one is chosen."""
        self._make_preview()
        self._pane.form.rows["kind"].take_focus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What the paper tells may have changed."""
        if kinds & _SHOWN_KINDS and not self._saving and self._view.isVisible():
            self._make_preview()

    def open_paper(self, kind: str, about: str = "") -> None:
        """Begin this paper; `about` is the id of the request of its form, else of the person."""
        self._view.saved.hide()  # with the password of the paper before
        self._pane.kind.set_value(kind)
        self._pane.needs_names(False)

        def work(_progress: Progress) -> tuple[str, PersonLine | None]:
            if kind == FORM and about:
                return tracing.request(self._desk, about).number, None
            return "", people.line(self._desk, about) if about else None

        def show(found: tuple[str, PersonLine | None]) -> None:
            number, line = found
            self._pane.request.setText(number)
            if line is not None:
                self._pane.picker.show_person(line)
            self._make_preview()

        self._runner.start(work, show, self._fail, owner=self._view)

    # --- the page ----------------------------------------------------------------------------------------------------

    def _make_preview(self) -> None:
        pane = self._pane
        kind = pane.kind.value()
        whose = pane.request.text().strip() if kind in OF_REQUEST else pane.picker.person_id
        if (kind, whose) != self._answers_for:
            self._answers, self._answers_for = Answers(), (kind, whose)
        self._asked += 1
        self._shown = None  # the page on the screen is not the one that is wanted now
        if missing := self._pane.missing():
            self._no_page(missing[0].text)
            return
        mine, wanted, news = self._asked, self._wanted(), self._news()

        def work(_progress: Progress) -> _Shown | FormProblems:
            about = self._about(kind, whose)
            try:
                asked = Asked(kind=kind, about=about, news=news)
                return _Shown(asked, tracing_papers.preview(self._desk, asked, wanted))
            except FormProblems as found:
                return found

        def show(found: _Shown | FormProblems) -> None:
            if mine != self._asked:
                return
            if isinstance(found, FormProblems):
                self._no_page(found.problems[0].text)
                pane.show_problems(found.problems)
            else:
                self._show_page(found)

        def fail(error: AppError) -> None:
            if mine == self._asked:
                self._no_page(error.sentence())

        self._runner.start(work, show, fail, owner=self._view)

    def _about(self, kind: str, whose: str) -> str:
        return (
            tracing_papers.request_of(self._desk, whose) if kind in OF_REQUEST else whose if kind in OF_PERSON else ""
        )

    def _show_page(self, shown: _Shown) -> None:
        self._pane.show_problems([])
        self._pane.needs_names(shown.made.named)
        self._show(shown)

    def _tell_leaks(self, still: Sequence[Leak]) -> None:
        shown = self._shown
        if shown is None:
            return
        panel, leaks, kind = self._view.leaks, shown.leaks, shown.asked.kind
        panel.show_leaks(still, self._answers.decided(leaks), clean_words(kind, leaks), checked=kind in CHECKED)
        level = self._pane.level if kind == FAMILY else NAMED if shown.made.named else PUBLIC
        panel.show_left_out(
            [
                *((line, _("counted here only")) for line in shown.made.told),
                *((line, "") for line in never_on(kind, level)),
            ]
        )
        readers = {NAMED: _("It tells who people are: for the office."), PUBLIC: _("Anybody may read it.")}
        reader = readers.get(level, _("A supervisor reads it inside this organisation."))
        panel.show_recipient(reader, _("Saving records it as export {number}").format(number=shown.numbers[0]))

    def _change(self, leak: Leak) -> None:
        """Go where the words were typed: here for family news, else to the record."""
        shown = self._shown
        if shown is None:
            return
        if shown.asked.kind == NEWS:
            self._view.tabs.setCurrentIndex(0)
            self._pane.form.rows[leak.places[0].field].take_focus()
        else:
            self._navigator.open_person(shown.asked.about)

    # --- leaving -----------------------------------------------------------------------------------------------------

    def _making(self, *, printing: bool) -> Callable[[], Made]:
        shown = self._shown
        assert shown is not None  # noqa: S101 - a page shows that may leave
        return partial(tracing_papers.make, self._desk, shown.asked, self._wanted(printing=printing), shown.numbers)

    def _problems(self, *, printing: bool) -> list[FieldProblem]:
        problems, wanted = self._pane.missing(), self._wanted(printing=printing)
        named = self._shown is not None and self._shown.made.named
        if (wanted.unprotected or named) and not wanted.reason and self._pane.kind.value() != BLANK_FORM:
            problems.append(FieldProblem("reason", _("Say why: it is recorded")))
        return problems

    def _wanted(self, *, printing: bool = False) -> Wanted:
        pane = self._pane
        plain = pane.plain.isChecked()
        return Wanted(
            level=pane.level,
            language=pane.language.value() or "en",
            reason=pane.reason.text().strip(),
            plain=plain and not printing,
            printed=printing,
            password="" if plain or printing else pane.password.line.text(),
            leave_out=self._answers.left_out,
            kept=self._answers.kept,
        )

    def _news(self) -> News:
        pane = self._pane
        return News(recipient=pane.recipient.text().strip(), kin=pane.kin.value(), text=pane.text.toPlainText())
