"""One side of a verification: its questions one below another, the photos after them, and nothing of the other side."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.verification import SideView
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.control_values import read, watch, write
from panoh.ui.widgets.controls import LongEdit, offered
from panoh.ui.widgets.form import FieldRow, Form
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import scrolled
from panoh.ui.widgets.panes import FooterBar

PHOTO = "photo"
_WIDE = 760  # pixels at 100 % text


class SidePage(QWidget):
    """Builds the form of a side and tells what is wanted of it."""

    edited = Signal()
    complete_asked = Signal()
    anew_asked = Signal()
    back_asked = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self._words = words
        self._first: tuple[str, ...] = ()
        self.form = Form()
        self.send_out = NoteBar(tone="note", icon="state.warning")
        self._title = plain_label("", "title bold", wrap=True)
        self._sub = plain_label("", "secondary", wrap=True)
        self._photo = RadioChoice(offered(words, "photo_choice"))
        self._holder = QVBoxLayout()
        self.footer = FooterBar()
        self._lay_out()

    def show_side(self, view: SideView, whom: str, send_out: str) -> None:
        """Ask this side; `whom` is whom one asks, `send_out` who must not hear it."""
        letter = view.side.upper()
        self._title.setText(_("Side {letter}: {who}").format(letter=letter, who=whom))
        self._sub.setText(
            _("Ask the questions as they stand, one after another, and write what is said. It is kept while you type.")
        )
        heading = _("Send out of the room: {who}").format(who=send_out)
        words = _("Nobody of the other side hears the questions or the answers.")
        if view.heard_other:
            words += "\n" + _(
                "You heard the other side. Ask as it stands, and lead to no answer; better a colleague asks this side."
            )
        self.send_out.say(words, heading=heading)
        self.forget()
        self._first = tuple(one.id for one in view.questions if one.first)
        for one in view.questions:
            self.form.add(one.id, FieldRow(one.words, LongEdit(2)))
            write(self.form.rows[one.id].control, one.answer)
        hint = _("After the questions, at least those about names. Lay six photos down; say nothing while they look.")
        self.form.add(PHOTO, FieldRow(_("Whom they picked out of the photos"), self._photo, hint=hint))
        self._photo.set_value(view.photo)
        for row in self.form.rows.values():
            watch(row.control, self._changed)
        self.form.finish()
        self._holder.addWidget(self.form)
        self._open_photo()
        self._area.verticalScrollBar().setValue(0)
        first = next(iter(self.form.rows.values()))
        QTimer.singleShot(0, first, first.take_focus)

    def forget(self) -> None:
        """No answer is left on the page, not even on one that does not show."""
        clear(self._holder)
        self.form, self._first = Form(), ()
        self._photo = RadioChoice(offered(self._words, "photo_choice"))

    def answers(self) -> dict[str, str]:
        """What stands in the fields, by the id of the question."""
        return {key: read(row.control) for key, row in self.form.rows.items() if key != PHOTO}

    def photo(self) -> str:
        """Whom they picked; '' while the photos are not open."""
        return self._photo.value() if self.photo_open else ""

    @property
    def photo_open(self) -> bool:
        """Whether the photos may be shown: the questions about names are answered."""
        return self._photo.isEnabled()

    def _changed(self) -> None:
        self._open_photo()
        self.edited.emit()

    def _open_photo(self) -> None:
        answers = self.answers()
        self._photo.setEnabled(all(answers[key] for key in self._first))

    def _lay_out(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(12)
        held = QWidget()
        held.setLayout(self._holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self.send_out, self._sub, held):
            part.setMaximumWidth(look().grown(_WIDE))
            page.addWidget(part)
        page.addStretch()
        self._area = scrolled(inside)
        row: QHBoxLayout = self.footer.row
        row.addWidget(KeyButton(_("Complete this side"), self.complete_asked.emit, kind="main", keys="Ctrl+Enter"))
        row.addWidget(KeyButton(_("Break off, go on later"), self.back_asked.emit, kind="flat"))
        row.addStretch()
        row.addWidget(KeyButton(_("Have it asked anew…"), self.anew_asked.emit, kind="flat"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self.footer)
