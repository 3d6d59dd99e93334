"""What can be done about the candidate chosen: buttons in as many rows as the width asks for, and what is never forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.tracing_decisions import CONFIRMED, WAITING
from panoh.domain.verification import GIVEN_UP, VERIFIED, Verification
from panoh.services.tracing import Candidate
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panes import FooterBar

_GAP = 8


def footnote() -> str:
    """What must never be forgotten over a score."""
    return _("A hit is a lead, not a reunion. Both sides are asked first.")


class ButtonRows(QWidget):
    """Buttons from the left, in further rows where the width ends: with large text none of them is cut."""

    def __init__(self, parts: Iterable[QWidget]) -> None:
        super().__init__()
        self._parts = list(parts)
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_parts(self, shown: Iterable[QWidget]) -> None:
        """Show these, in their order."""
        wanted = set(shown)
        for part in self._parts:
            part.setVisible(part in wanted)
        self.updateGeometry()
        self._place(self.width(), move=True)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its rows."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [part.sizeHint() for part in self._parts if not part.isHidden()]
        width = sum(size.width() + _GAP for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """At least the widest of them."""
        sizes = [part.sizeHint() for part in self._parts if not part.isHidden()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Into rows anew."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        x = y = high = 0
        for part in self._parts:
            if part.isHidden():
                continue
            size = part.sizeHint()
            if x and x + size.width() > width:
                x, y, high = 0, y + high + _GAP, 0
            if move:
                part.setGeometry(x, y, min(size.width(), max(width, 1)), size.height())
            x, high = x + size.width() + _GAP, max(high, size.height())
        return y + high


class CompareFooter(FooterBar):
    """The verbs of the candidate chosen; which of them show depends on where the decision stands."""

    verify_asked = Signal()
    review_asked = Signal()
    reject_asked = Signal()
    confirm_asked = Signal()
    advice_asked = Signal()
    open_again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.verify = KeyButton(
            _("Start verification…"), self.verify_asked.emit, icon="action.start_verification", keys="Ctrl+Enter",
            kind="main",
        )  # fmt: skip
        self.review = KeyButton(_("Under review"), self.review_asked.emit, icon="action.under_review")
        self.no = KeyButton(_("Reject, because…"), self.reject_asked.emit, icon="action.reject")
        self.ask = KeyButton(_("Ask the supervisor"), self.advice_asked.emit, icon="action.ask_supervisor")
        self.again = KeyButton(_("Open again…"), self.open_again_asked.emit, icon="action.undo")
        self.more = KeyButton(_("More"), self._offer_more, trailing_icon="action.open_menu")
        self._goes_on = False  # a verification of the two
        self._rows = ButtonRows((self.verify, self.review, self.no, self.again, self.ask, self.more))
        self.row.addWidget(self._rows, 4)
        self._footnote = plain_label(footnote(), "secondary", wrap=True)
        self.row.addWidget(self._footnote, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def take_room(self, *, stacked: bool) -> None:
        """Where there is little room the sentence stands at the end of the page."""
        self._footnote.setVisible(not stacked)

    def show_for(self, found: Candidate | None, *, may_open: bool) -> None:
        """Offer what can be done about this candidate."""
        if found is None:
            return
        state = found.decision.state if found.decision else ""
        self.verify.set_kind(
            "normal" if state == WAITING else "main"
        )  # another one is confirmed: nothing comes next here
        shown = [self.verify, self.ask]
        if state == CONFIRMED:
            shown += [self.again] if may_open else []
        else:
            shown += [self.no] if state == WAITING else [self.review, self.no, self.more]
        self._rows.show_parts(shown)

    def show_verification(self, one: Verification | None, *, reunified: bool = False) -> None:
        """Say on the main button what comes next of the verification of these two, or of the visits once they are together."""
        self._goes_on = one is not None and not one.result
        words = _("Start verification…")
        if one is not None:
            verified = _("Reunified: on to the visits…") if reunified else _("Verified: on to the hand-over…")
            words = {
                "": _("Go on with the verification…"), VERIFIED: verified, GIVEN_UP: _("Verification: given up…"),
            }.get(one.result, _("Verification: not verified…"))  # fmt: skip
        self.verify.set_words(words)
        self._rows.updateGeometry()

    def _offer_more(self) -> None:
        """Confirming is no next step beside a verification, which confirms by itself: it stands apart."""
        menu = QMenu(self.more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("More"))
        words = _("Confirm without a verification…")
        if self._goes_on:
            words = _("Confirm: their verification goes on, and decides it")
        menu.addAction(words, self.confirm_asked.emit).setEnabled(not self._goes_on)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
