"""The family of whoever asks, drawn, and beside it the same as a list with the same selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from panoh.base.i18n import gettext as _
from panoh.services.families import Family, Relative
from panoh.services.sought_family import ASKS, SOUGHT
from panoh.ui.theme import look
from panoh.ui.tracing.compare_panel import height_of
from panoh.ui.widgets.family_diagram import Box, FamilyDiagram
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.panels import Panel, scrolled
from panoh.ui.widgets.table import PagedModel, PagedTable

_HIGH = 300  # of the drawing and the list at 100 % text
_HEAD = 46  # of a panel
_WIDTHS = (0, 92, 116, 212)  # of the list's columns
_NUMBER = 4  # a column of the list that needs more room than there is


class FamilyPart(QWidget):
    """Both panels. `person_asked` tells whose record is wanted; those without a record are passed over."""

    person_asked = Signal(str)

    def __init__(self, relatives: PagedModel) -> None:
        super().__init__()
        self._relatives = relatives
        self.diagram = FamilyDiagram()
        self.list = PagedTable(relatives, name=_("The same as a list"), row="row.dense")
        self.list.setColumnHidden(_NUMBER, True)
        self._measure()
        look().changed.connect(self._measure)
        self._holder: QScrollArea = scrolled(self.diagram)
        holder = self._holder
        holder.setWidgetResizable(False)
        holder.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._drawn = Panel(_("Family"), sub=_("ring: missing, dashed: separated"))
        self._drawn.body.addWidget(holder)
        self._listed = Panel(_("The same as a list"), sub=" ", right=plain_label(_("F6"), "small secondary"))
        self._listed.body.addWidget(self.list)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self._drawn, 13)
        self._row.addWidget(self._listed, 12)
        self.list.opened.connect(lambda row: self._open(row[1].line.id))
        self.list.current_changed.connect(self._select)
        self.diagram.current_changed.connect(self.list.select_key)
        self.diagram.opened.connect(self._open)

    def show_family(self, family: Family, boxes: Sequence[Box], spoken: str, current: str) -> None:
        """Draw these people, and list them; the selection stays where it was."""
        kept = self.diagram.current
        chosen = kept if family.relative(kept) else current
        self.diagram.show_family(family.tree, boxes, spoken, chosen)
        self.diagram.adjustSize()
        rows: list[tuple[Family, Relative]] = [(family, one) for one in family.relatives]
        self._relatives.show_rows(rows)
        self.list.select_key(chosen)
        self._show_chosen()

    def take_room(self, *, stacked: bool) -> None:
        """One beside the other, or one under the other; each as high as what stands in it, up to a limit."""
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        most = look().grown(_HIGH)
        listed = min(most, height_of(self.list) + look().grown(_HEAD))
        bar = self._holder.horizontalScrollBar().sizeHint().height()
        drawn = min(most, self.diagram.sizeHint().height() + look().grown(_HEAD) + bar)
        self._drawn.setFixedHeight(drawn if stacked else max(drawn, listed))
        self._listed.setFixedHeight(listed if stacked else max(drawn, listed))
        self._show_chosen()

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
