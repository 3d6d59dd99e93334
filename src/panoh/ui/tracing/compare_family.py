"""The family of whoever asks, drawn, and beside it the same as a list with the same selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.services.families import Family, Relative
from panoh.services.sought_family import ASKS, SOUGHT
from panoh.ui.theme import look
from panoh.ui.tracing.compare_panel import height_of
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.family_diagram import MISSING, SEPARATED, Box, FamilyDiagram
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.table import PagedModel, PagedTable

_HIGH = 182  # of the drawing and the list at 100 % text: three generations, and the comparison below is still seen
_WIDTHS = (0, 116, 116, 204)  # of the list's columns
_NUMBER = 4  # a column of the list that needs more room than there is


class FamilyPart(QWidget):
    """One panel with both, which folds into a line. `person_asked` tells whose record is wanted; those without a record
    are passed over. Folded it stays folded for every request, until it is unfolded."""

    person_asked = Signal(str)

    def __init__(self, relatives: PagedModel) -> None:
        super().__init__()
        self._relatives = relatives
        self._boxes: Sequence[Box] = ()
        self._sought = ""
        self._turned = False  # somebody folded or unfolded it: so it stays
        self.diagram = FamilyDiagram(dense=True)
        self.list = PagedTable(relatives, name=_("The same as a list"), row="row.dense")
        self.list.setColumnHidden(_NUMBER, True)
        self._measure()
        look().changed.connect(self._measure)
        self._holder: QScrollArea = scrolled(self.diagram)
        holder = self._holder
        holder.setWidgetResizable(False)
        holder.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.fold = LinkButton("", self._turn)
        self._panel = Panel(_("Family"), sub=" ", right=self.fold)
        self._inside = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(holder, 13)
        self._row.addWidget(self.list, 12)
        self._panel.body.addWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self._show_fold(folded=False)
        self.list.opened.connect(lambda row: self._open(row[1].line.id))
        self.list.current_changed.connect(self._select)
        self.diagram.current_changed.connect(self.list.select_key)
        self.diagram.opened.connect(self._open)

    def show_family(self, family: Family, boxes: Sequence[Box], spoken: str, current: str) -> None:
        """Draw these people, and list them; the selection stays where it was until somebody else is `current`."""
        self._boxes = boxes
        kept = self.diagram.current
        chosen = kept if self._sought == current and family.relative(kept) else current
        self._sought = current
        self.diagram.show_family(family.tree, boxes, spoken, chosen)
        self.diagram.adjustSize()
        rows: list[tuple[Family, Relative]] = [(family, one) for one in family.relatives]
        self._relatives.show_rows(rows)
        self.list.select_key(chosen)
        self._show_fold(folded=self._inside.isHidden())
        self._show_chosen()

    def take_room(self, *, stacked: bool) -> None:
        """One beside the other, or one under the other; each as high as what stands in it, up to a limit."""
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        if not self._turned:  # with large text it would push the candidates out of sight: there it begins folded
            self._show_fold(folded=look().large)
        most = look().grown(_HIGH)
        listed = height_of(self.list)
        bar = self._holder.horizontalScrollBar().sizeHint().height()
        drawn = self.diagram.sizeHint().height() + (bar if stacked else 0)
        high = min(most, max(drawn, listed))
        self._holder.setFixedHeight(min(most, drawn) if stacked else high)
        self.list.setFixedHeight(min(most, listed) if stacked else high)
        self._show_chosen()

    def _turn(self) -> None:
        self._turned = True
        self._show_fold(folded=not self._inside.isHidden())

    def _show_fold(self, *, folded: bool) -> None:
        self._inside.setVisible(not folded)
        if folded:
            self.fold.set_words(_("Show the family"))
            self._panel.set_title(_("Family"), self._counted())
        else:
            self.fold.set_words(_("Fold the family"))
            self._panel.set_title(_("Family"), _("drawn and as a list; ring: missing, dashed: separated"))

    def _counted(self) -> str:
        """How many they are, and how many of them are missing or elsewhere."""
        states = [box.state for box in self._boxes]
        missing, apart = states.count(MISSING), states.count(SEPARATED)
        told = [ngettext("{n} person", "{n} people", len(states)).format(n=len(states))]
        told += [ngettext("{n} missing", "{n} missing", missing).format(n=missing)] if missing else []
        told += [ngettext("{n} separated", "{n} separated", apart).format(n=apart)] if apart else []
        return ", ".join(told)

    def _show_chosen(self) -> None:
        """Scroll the drawing to whom the selection is on: at first the one who is sought."""
        middle = self.diagram.rect_of(self.diagram.current).center().toPoint()
        self._holder.ensureVisible(middle.x(), middle.y(), look().grown(96), look().grown(48))

    def _measure(self) -> None:
        for at, width in enumerate(_WIDTHS):
            if width:
                self.list.setColumnWidth(at, look().grown(width))

    def _select(self, row: tuple[Family, Relative] | None) -> None:
        if row is not None:
            self.diagram.select(row[1].line.id)

    def _open(self, person_id: str) -> None:
        if person_id not in (ASKS, SOUGHT):
            self.person_asked.emit(person_id)
