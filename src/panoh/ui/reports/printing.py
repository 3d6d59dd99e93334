"""Paper out of a printer: the finished bytes of a PDF, painted page by page at their own size. Nothing on disk by us.

The printer's own queue may keep what it was sent for a while; help and form say so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress

_MOST_DPI = 600  # finer than this only grows: the thinnest line on a paper is 0.4 pt
_STRIPE = 700  # rows of dots that are in memory at once
_POINTS = 72.0
_FORMS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}


def ask_printer(parent: QWidget, name: str) -> QPrinter | None:
    """Ask which printer, for a document of this name in its queue; None when it was called off.

    Raises AppError: print.no_printer, print.no_a4.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise AppError("print.no_printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    use_a4(printer)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    for option in (
        QAbstractPrintDialog.PrintDialogOption.PrintToFile,  # a file would lie there in the clear
        QAbstractPrintDialog.PrintDialogOption.PrintPageRange,  # half a paper would be read as a whole one
        QAbstractPrintDialog.PrintDialogOption.PrintSelection,
        QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
    ):
        dialog.setOption(option, False)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not accepted:
        return None
    use_a4(printer)
    if printer.pageLayout().pageSize().id() != QPageSize.PageSizeId.A4:
        raise AppError("print.no_a4")
    return printer


def use_a4(printer: QPrinter) -> None:
    """A4, upright, from edge to edge: the papers have margins of their own."""
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)


def print_pages(pdf: bytes, printer: QPrinter, progress: Progress) -> None:
    """Paint every page at the printer's resolution, one point of the PDF one point of the paper.

    Called off between two stripes. Raises AppError: print.failed, cancelled.
    """
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise AppError("print.failed")
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        pages = [page for _copy in range(copies) for page in range(len(document))]
        for count, page in enumerate(pages):
            if count and not printer.newPage():
                raise AppError("print.failed")
            for _stripe in _stripes(document[page], painter, printer):
                progress.step(count, len(pages), _("Printing"))
        if not painter.end():
            raise AppError("print.failed")
    except AppError:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
        document.close()


def _stripes(page: pypdfium2.PdfPage, painter: QPainter, printer: QPrinter) -> Iterator[None]:
    """Paint one page in stripes from top to bottom, so that a fine resolution needs little memory."""
    width, height = page.get_size()
    scale = min(printer.resolution(), _MOST_DPI) / _POINTS
    dots = printer.resolution() / _POINTS / scale  # of the printer, to a dot of the picture
    across, down = math.ceil(width * scale), math.ceil(height * scale)
    grey = printer.colorMode() == QPrinter.ColorMode.GrayScale
    for top in range(0, down, _STRIPE):
        rows = min(_STRIPE, down - top)
        crop = (0, _points(down - top - rows, scale), 0, _points(top, scale))
        bitmap = page.render(scale=scale, crop=crop, grayscale=grey, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, _FORMS[bitmap.n_channels])
        painter.drawImage(QRectF(0, top * dots, across * dots, rows * dots), image)
        del image
        bitmap.close()
        yield


def _points(dots: int, scale: float) -> float:
    """So many dots as points that come out as just as many when they are rounded up again."""
    return (dots - 0.5) / scale if dots else 0
