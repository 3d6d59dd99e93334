"""Candidates of a request, best first, and the one chosen side by side with what the request says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.tracing import Candidate
from panoh.ui.match_words import band_word
from panoh.ui.theme import look
from panoh.ui.tracing.compare_words import Compared, CompareModel, in_words
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.empty import EmptyPage, ListOrEmpty
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.notes import IconMark, NoteBar
from panoh.ui.widgets.panels import Panel
from panoh.ui.widgets.table import PagedModel, PagedTable

_CANDIDATES = 288  # width of the list at 100 % text
_MOST_LIST = 432  # height of the list beside the comparison: nine candidates
_PHOTO = 96  # side of a photo
_NO_LIMIT = 16_777_215  # Qt's own greatest width


@dataclass(frozen=True, slots=True)
class Others:
    """Who is no candidate: whoever cannot be it and why, who was rejected and why, what became of those decided about."""

    ruled_out: Sequence[str]
    rejected: Sequence[str]
    last_no: str  # the day of the last rejection
    may_open: bool  # one of the rejected may be opened again by this reader


def height_of(table: PagedTable) -> int:
    """The height at which this table shows all its rows."""
    header = 0 if table.horizontalHeader().isHidden() else table.horizontalHeader().sizeHint().height()
    return header + table.model().rowCount() * table.verticalHeader().defaultSectionSize() + 4


class Photos(QWidget):
    """The photo that was brought beside the one that was taken, where there are any to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures = (plain_label(), plain_label())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        for words, picture in zip((_("Brought"), _("Taken")), self._pictures, strict=True):
            picture.setAccessibleName(_("Photo: {which}").format(which=words))
            column = QVBoxLayout()
            column.addWidget(plain_label(words, "small secondary"))
            column.addWidget(picture)
            column.addStretch()
            row.addLayout(column)
        row.addStretch()

    def show_photos(self, brought: bytes, taken: bytes) -> None:
        """Show these; with none at all the row is gone."""
        side = look().grown(_PHOTO)
        for content, picture in zip((brought, taken), self._pictures, strict=True):
            whole = QPixmap()
            if content:
                whole.loadFromData(content)
            if whole.isNull():
                picture.setText(_("none to be seen"))
            else:
                picture.setPixmap(whole.scaledToHeight(side))
        self.setVisible(bool(brought or taken))


class ComparePanel(QWidget):
    """Both panels side by side, or one under the other."""

    chosen = Signal(object)  # a Candidate, or None
    person_asked = Signal(object)  # a Candidate
    open_again_asked = Signal()  # one of the rejected

    def __init__(self, candidates: PagedModel, compared: CompareModel) -> None:
        super().__init__()
        self._candidates, self._compared = candidates, compared
        self.list = PagedTable(candidates, name=_("Candidates"), row="row.two_lines")
        self.list.horizontalHeader().hide()
        self.table = PagedTable(compared, name=_("Comparison"), row="row.dense")
        self.also = NoteBar(tone="note", icon="state.perhaps_duplicate")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._candidate_side())
        self._columns.addWidget(self._comparison_side(), 1)
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.person_asked)
        self.table.current_changed.connect(self._show_whole)

    def show_candidates(self, found: Sequence[Candidate], others: Others, none: tuple[str, str]) -> None:
        """Show who may be the one sought, and on demand who is not; with nobody the panel says why."""
        self._empty.set_words(*none)
        self._candidates.show_rows(found)
        self._either.show_count(len(found))
        self._verdict.setVisible(bool(found))
        self._panel.set_title(_("Candidates"), str(len(found)) if found else "")
        out, no = len(others.ruled_out), len(others.rejected)
        told = [ngettext("{n} more cannot be it.", "{n} more cannot be it.", out).format(n=out)] if out else []
        if no:
            words = ngettext("{n} was rejected on {day}.", "{n} were rejected, the last on {day}.", no)
            told.append(words.format(n=no, day=others.last_no))
        self._others_words.setText("\n".join(told))
        self._others_list.setText("\n".join((*others.ruled_out, *others.rejected)))
        self._again.setVisible(others.may_open)
        self._show_others(False)
        self._others.setVisible(bool(told))

    def show_verdict(self, found: Candidate, decides: str, below: str, *, closed: bool) -> None:
        """The band, what would decide, and below where the decision stands; `closed`: place and phone are not shown."""
        band, score = band_word(found.match.band), found.match.shown
        self._verdict.set_title(_("{band}, {score} of 100").format(band=band, score=score), decides)
        self._told.setText(below)
        self._told.setVisible(bool(below))
        self._closed.setVisible(closed)

    def show_rows(self, number: str, rows: Sequence[Compared]) -> None:
        """Show one candidate, who goes by this number, fact by fact."""
        self._compared.show_number(number)
        self._compared.show_rows(rows)

    def show_photos(self, brought: bytes, taken: bytes) -> None:
        """Show the photos of both sides, where there are any."""
        self._photos.show_photos(brought, taken)

    def current(self) -> Candidate | None:
        """The candidate chosen."""
        found = self.list.current()
        return found if isinstance(found, Candidate) else None

    def take_room(self, *, stacked: bool) -> None:
        """One under the other, or side by side; the comparison as high as its rows: the page scrolls, not it."""
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        width = look().grown(_CANDIDATES) if not stacked and self._verdict.isVisibleTo(self) else 0
        self._panel.setMinimumWidth(width)
        self._panel.setMaximumWidth(width or _NO_LIMIT)
        rows = height_of(self.list)
        found = self._either.currentWidget() is self.list
        self._either.setFixedHeight(rows if stacked else min(rows, look().grown(_MOST_LIST)))
        if not found:
            self._either.setMinimumHeight(0)
            self._either.setMaximumHeight(_NO_LIMIT)
        self.table.setMinimumHeight(height_of(self.table))  # one thing scrolls, the page

    # --- building ----------------------------------------------------------------------------------------------------

    def _candidate_side(self) -> Panel:
        self._empty = EmptyPage("", [""])
        self._either = ListOrEmpty(self.list, self._empty)
        self._panel = Panel(_("Candidates"), sub=" ")
        self._panel.body.addWidget(self._either)
        self._others_words = plain_label("", "small secondary", wrap=True)
        self._others_list = plain_label("", "small", wrap=True)
        self._show = LinkButton(_("Show"), lambda: self._show_others(self._others_list.isHidden()))
        self._again = LinkButton(_("Open again…"), self.open_again_asked.emit)
        self._others = QWidget()
        rows = QVBoxLayout(self._others)
        rows.setContentsMargins(16, 8, 16, 12)
        rows.addWidget(self._others_words)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._show)
        row.addWidget(self._again)
        row.addStretch()
        rows.addLayout(row)
        rows.addWidget(self._others_list)
        self._panel.body.addWidget(self._others)
        self._panel.body.addStretch(1)
        return self._panel

    def _comparison_side(self) -> Panel:
        self._closed = QWidget()
        lock = QHBoxLayout(self._closed)
        lock.setContentsMargins(0, 0, 0, 0)
        lock.setSpacing(8)
        lock.addWidget(IconMark("state.restricted_reason", "secondary"))
        lock.addWidget(plain_label(_("Place, phone: after a supervisor agrees"), "small secondary"))
        self._verdict = Panel(_("Comparison"), sub=" ", right=self._closed)
        self._told = plain_label("", wrap=True)
        self._told.setContentsMargins(16, 6, 16, 6)
        self._photos = Photos()
        self._whole = plain_label("", "small secondary", wrap=True)
        self._whole.setContentsMargins(16, 6, 16, 8)
        for part in (self._told, self.also):
            self._verdict.body.addWidget(part)
        self._verdict.body.addWidget(self.table, 1)
        self._verdict.body.addWidget(self._whole)
        self._verdict.body.addWidget(self._photos)
        return self._verdict

    def _show_whole(self, row: Compared | None) -> None:
        self._whole.setText(in_words(row) if row is not None else "")

    def _show_others(self, on: bool) -> None:
        self._others_list.setVisible(on)
        if on:
            self._show.set_words(_("Hide"), _("Hide who is no candidate"))
        else:
            self._show.set_words(_("Show"), _("Show who is no candidate, and why"))
