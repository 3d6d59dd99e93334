"""The last page of the assessment: what the shield will do, in plain sentences, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.layouts import clear
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import Panel, side_by_side


class Sentences(QWidget):
    """Plain sentences under each other, each reached by Tab so that it is read out."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def set_sentences(self, sentences: Sequence[str]) -> None:
        """Show these."""
        clear(self._column)
        for sentence in sentences:
            self._column.addWidget(plain_label(_("• {sentence}").format(sentence=sentence), wrap=True))
        self.setAccessibleName(" ".join(sentences))


class ShieldPage(Panel):
    """Says what will be done; `shield_asked` tells that somebody wants it done."""

    shield_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("What the shield will do"), padded=True)
        self.body.setSpacing(16)
        words = _("It starts when you put it on. Taking it off again needs a second person and a reason.")
        self.body.addWidget(NoteBar(words, heading=_("Nothing has been done yet."), tone="info"))
        self.sentences = Sentences()
        self.body.addWidget(self.sentences)
        self.put_on = KeyButton(_("Put the shield on…"), self.shield_asked.emit, icon="action.put_shield_on")
        self.body.addLayout(side_by_side(self.put_on))
        self.body.addStretch(1)
