"""Decisions about the candidate chosen, at work: each through its form, and one write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.services import approvals, matches
from panoh.services.desk import Changes, Desk
from panoh.services.matches import Beforehand, Standing
from panoh.services.tracing import Candidate
from panoh.ui.form_reader import FormReader
from panoh.ui.form_work import open_form
from panoh.ui.match_words import band_word
from panoh.ui.tasks import TaskRunner
from panoh.ui.tracing.compare_forms import KNOWN_DEAD, REASON, WHOM, AdviceForm, ConfirmForm, RejectForm, ReopenForm
from panoh.ui.tracing.compare_page import RequestPage
from panoh.ui.tracing.look_up import Seen
from panoh.ui.widgets.small_form import SmallForm

T = TypeVar("T")


class Deciding:
    """Drives the footer of a request's page. `seen` tells what shows; `written` is told what changed, with words for the status."""

    def __init__(
        self,
        page: RequestPage,
        desk: Desk,
        runner: TaskRunner,
        seen: Callable[[], Seen | None],
        written: Callable[[Changes, str], object],
        fail: Callable[[AppError], object],
    ) -> None:
        self._page, self._desk, self._runner = page, desk, runner
        self._seen, self._written, self._fail = seen, written, fail
        footer = page.footer
        footer.review_asked.connect(self.review)
        footer.reject_asked.connect(self.reject)
        footer.confirm_asked.connect(self.confirm)
        footer.advice_asked.connect(self.ask)
        footer.open_again_asked.connect(self.open_again)
        page.panel.open_again_asked.connect(self.open_rejected)

    def review(self) -> None:
        """Note that somebody looks into this pair; the one decision that needs no words."""
        found = self._pair()
        if found is not None:
            seen, candidate = found
            self._run(
                partial(matches.review, self._desk, seen.request.id, candidate.person.id),
                lambda changes: self._written(changes, _("Under review")),
            )

    def reject(self) -> None:
        """Ask why it is not the one sought."""
        found = self._pair()
        if found is None:
            return
        seen, candidate = found
        ids = (self._desk, seen.request.id, candidate.person.id)

        def read(values: FormReader) -> Callable[[], Changes]:
            return partial(matches.reject, *ids, values.raw(REASON))

        self._open(RejectForm(self._page, candidate.person.number), read, _("Rejected"))

    def confirm(self) -> None:
        """Tell what a confirmation says and does, and ask by what it was seen."""
        found = self._pair()
        if found is not None:
            seen, candidate = found
            ids = (self._desk, seen.request.id, candidate.person.id)
            self._run(partial(matches.beforehand, *ids), partial(self._ask_confirm, candidate, seen.request.id))

    def _ask_confirm(self, candidate: Candidate, request_id: str, before: Beforehand) -> None:
        if before.refused:
            self._fail(AppError(before.refused))
            return
        ids = (self._desk, request_id, candidate.person.id)

        def read(values: FormReader) -> Callable[[], Changes]:
            known = values.raw(KNOWN_DEAD) == "yes"
            if before.died and not known:
                values.problems.append(FieldProblem(KNOWN_DEAD, _("Say that you know it, or leave it.")))
            return lambda: matches.confirm(*ids, values.raw(REASON), although_dead=known).changes

        self._open(ConfirmForm(self._page, before), read, _("Confirmed"))

    def open_again(self) -> None:
        """Take back what was decided about the candidate chosen."""
        found = self._pair()
        if found is not None:
            seen, candidate = found
            standing = seen.decided(candidate.person.id)
            self._ask_again(seen, [standing] if standing is not None else [])

    def open_rejected(self) -> None:
        """Take back the No about one of those who were rejected."""
        seen = self._seen()
        if seen is not None:
            self._ask_again(seen, [one for one in seen.rejected if one.may_open])

    def _ask_again(self, seen: Seen, standing: Sequence[Standing]) -> None:
        if not standing:
            return

        def read(values: FormReader) -> Callable[[], Changes]:
            if not values.raw(WHOM):
                values.problems.append(FieldProblem(WHOM, _("Choose which decision is opened again")))
            return partial(matches.reopen, self._desk, seen.request.id, values.raw(WHOM), values.raw(REASON))

        self._open(ReopenForm(self._page, standing), read, _("Opened again"))

    def ask(self) -> None:
        """Ask a supervisor for advice, in words that name nobody."""
        found = self._pair()
        if found is None:
            return
        seen, candidate = found
        match = candidate.match
        score = _("{band}, {score} of 100").format(band=band_word(match.band), score=match.shown)

        def read(values: FormReader) -> Callable[[], Changes]:
            return partial(approvals.ask, self._desk, candidate.person.id, "advice", values.raw("why"))

        form = AdviceForm(self._page, candidate.person.number, seen.request.number, score)
        self._open(form, read, _("A supervisor is asked"))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _pair(self) -> tuple[Seen, Candidate] | None:
        seen, candidate = self._seen(), self._page.current()
        return (seen, candidate) if seen is not None and candidate is not None else None

    def _open(self, form: SmallForm, read: Callable[[FormReader], Callable[[], Changes]], told: str) -> None:
        open_form(form, self._desk, self._runner, read, lambda changes: self._written(changes, told))

    def _run(self, work: Callable[[], T], on_done: Callable[[T], object]) -> None:
        self._runner.start(lambda _progress: work(), on_done, self._fail, owner=self._page)
