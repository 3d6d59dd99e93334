"""The very pages of a paper, painted from its finished bytes, and their text for the checks. Nothing on disk."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from panoh.base.i18n import gettext as _
from panoh.ui.accessibility import set_accessible_role
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import ChoiceBox
from panoh.ui.widgets.empty import EmptyPage
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.panels import scrolled

_MARGIN = 16
FIT_WIDTH, WHOLE_PAGE, LARGE = "width", "page", "large"
_LARGE = 1.5  # pixels of the screen to a point of the paper


@dataclass(frozen=True, slots=True)
class Paper:
    """Bytes of a finished PDF, with the text of each page and the facts that the file tells of itself."""

    pdf: bytes = field(repr=False)
    texts: tuple[str, ...]
    file_data: str
    size: tuple[float, float]  # of the first page, in points


def read_paper(pdf: bytes) -> Paper:
    """Read back a paper as any reader would."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = tuple(page.get_textpage().get_text_bounded() for page in document)
        told = document.get_metadata_dict(skip_empty=True)
        width, height = document[0].get_size()
        return Paper(pdf, texts, "\n".join(str(value) for value in told.values()), (width, height))
    finally:
        document.close()


def paint_page(pdf: bytes, at: int, width: int) -> QImage:
    """One page (from 0) as a picture that is so many device pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[at]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
        form = QImage.Format.Format_RGBX8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
    finally:
        document.close()


class _Sheet(QWidget):
    """One page on the desk: the picture, or an empty sheet while it is on the way."""

    def __init__(self) -> None:
        super().__init__()
        set_accessible_role(self, QAccessible.Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show this picture."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet with its edge, and the ring when it has the focus."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(QPointF(0, 0), QRectF(self.rect()).size()), self._image)
        painter.setPen(look().colour("focus" if self.hasFocus() else "border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagePreview(QWidget):
    """Shows a paper page by page. `wanted` asks for a page (from 0) as a picture so many device pixels wide."""

    wanted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._paper: Paper | None = None
        self._at = 0
        self._sheet = _Sheet()
        self._title = plain_label(_("No page yet"), "bold")
        self._very = ElidedLabel("", "secondary")
        self.previous = KeyButton(_("Page"), lambda: self._turn(-1), icon="action.previous")
        self.next = KeyButton(_("Page"), lambda: self._turn(1), trailing_icon="action.next")
        self.zoom = ChoiceBox([(FIT_WIDTH, _("Fit width")), (WHOLE_PAGE, _("Whole page")), (LARGE, _("Large"))])
        self.zoom.set_value(FIT_WIDTH)
        self.zoom.set_label(_("Size of the page"))
        self.zoom.answered.connect(self._measure)
        self.previous.setAccessibleName(_("Page before"))
        self.next.setAccessibleName(_("Next page"))
        self._lay_out()
        self._turn(0)

    def show_paper(self, paper: Paper | None, why: str = "") -> None:
        """Show this paper from the page that shows now, or in its place why there is none."""
        self._paper = paper
        self._words.set_words(_("The page will stand here"), why)
        self._words.setVisible(paper is None)
        self._area.setVisible(paper is not None)
        self._sheet.show_image(QImage())
        self._at = min(self._at, len(paper.texts) - 1) if paper else 0
        self._turn(0)

    def show_image(self, at: int, image: QImage) -> None:
        """The picture of a page came."""
        if at == self._at:
            self._sheet.show_image(image)

    @property
    def page(self) -> int:
        """The page that shows, from 0."""
        return self._at

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another picture."""
        super().resizeEvent(event)
        self._measure()

    # --- inside ------------------------------------------------------------------------------------------------------

    def _turn(self, step: int) -> None:
        count = len(self._paper.texts) if self._paper else 0
        self._at = max(0, min(self._at + step, count - 1))
        if self._paper:
            words = _("Page {n} of {count}").format(n=self._at + 1, count=count)
            self._title.setText(words)
            self._very.setText(_("this is the very file"))
            self._sheet.setAccessibleName(words)
            self._sheet.setAccessibleDescription(self._paper.texts[self._at])
        else:
            self._title.setText(_("No page yet"))
            self._very.setText("")
        for button in (self.previous, self.next, self.zoom):
            button.setVisible(self._paper is not None)
        if step:
            self._area.verticalScrollBar().setValue(0)
            self._sheet.show_image(QImage())
        self._measure()

    def _measure(self) -> None:
        if self._paper is None:
            return
        size = self._sheet_size(*self._paper.size)
        self._sheet.setFixedSize(size)
        self.wanted.emit(self._at, round(size.width() * self.devicePixelRatioF()))

    def _sheet_size(self, width: float, height: float) -> QSize:
        bar = self._area.verticalScrollBar().sizeHint().width()
        room = QSize(self.width() - 2 * _MARGIN - bar - 8, self._area.height() - 2 * _MARGIN)
        scale = room.width() / width
        if self.zoom.value() == WHOLE_PAGE:
            scale = min(scale, room.height() / height)
        elif self.zoom.value() == LARGE:
            scale = _LARGE * look().text_size / 100
        scale = max(scale, 0.3)
        return QSize(round(width * scale), round(height * scale))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._very, 1)
        for part in (self.previous, self.next, self.zoom):
            head.addWidget(part)
        desk = QWidget()
        middle = QVBoxLayout(desk)
        middle.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        middle.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area: QScrollArea = scrolled(desk)
        self._words = EmptyPage("", [""])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The desk on which the sheet lies."""
        QPainter(self).fillRect(self.rect(), look().colour("header"))
