"""What comes out of the printer is the page itself, at its own size."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from tests.reports.example_summary import EXAMPLE

from panoh.base.errors import AppError
from panoh.base.progress import Reporting, Silent
from panoh.domain.redaction import SUPERVISOR
from panoh.reports.case_summary import render
from panoh.ui.reports import printing

A4 = (595, 842)


def file_printer(path: Path, resolution: int = 300) -> QPrinter:
    """A printer whose paper is a PDF file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(resolution)
    printing.use_a4(printer)
    return printer


def picture(pdf: bytes, at: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[at]
        made = page.render(scale=1, grayscale=True).to_pil().convert("L")
        page.close()
        return made


def apart(one: Image.Image, other: Image.Image) -> int:
    """How many dots are black on the one and white on the other."""
    return sum(ImageChops.difference(one, other).histogram()[160:])


@pytest.mark.parametrize("resolution", [203, 300, 1200])
def test_every_page_comes_out_one_to_one(tmp_path: Path, resolution: int) -> None:
    pdf = render(EXAMPLE, SUPERVISOR)
    printing.print_pages(pdf, file_printer(tmp_path / "paper.pdf", resolution), Silent())
    printed = (tmp_path / "paper.pdf").read_bytes()
    with pypdfium2.PdfDocument(printed) as document:
        assert [tuple(round(side) for side in page.get_size()) for page in document] == [A4, A4]
    for at in range(2):
        before, after = picture(pdf, at).crop((0, 0, *A4)), picture(printed, at).crop((0, 0, *A4))
        assert apart(before, after) < 0.2 * apart(before, ImageChops.offset(after, 1))


def test_colours_are_as_the_printer_wants_them(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "grey.pdf")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printing.print_pages(render(EXAMPLE, SUPERVISOR), printer, Silent())
    with pypdfium2.PdfDocument((tmp_path / "grey.pdf").read_bytes()) as document:
        made = document[0].render(scale=1).to_pil().convert("RGB")
    assert all(max(colour) - min(colour) < 12 for _count, colour in made.getcolors(1 << 24) or [])


def test_printing_can_be_called_off(tmp_path: Path) -> None:
    steps: list[int] = []
    progress = Reporting(lambda done, _total, _what: steps.append(done), lambda: len(steps) > 2)
    with pytest.raises(AppError) as error:
        printing.print_pages(render(EXAMPLE, SUPERVISOR), file_printer(tmp_path / "paper.pdf"), progress)
    assert error.value.code == "cancelled"
    assert len(steps) == 3


def test_a_printer_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError) as error:
        printing.print_pages(render(EXAMPLE, SUPERVISOR), file_printer(tmp_path / "nowhere" / "paper.pdf"), Silent())
    assert error.value.code == "print.failed"


def test_without_a_printer_it_says_so(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(AppError) as error:
        printing.ask_printer(QWidget(), "A4K7-T29")
    assert error.value.code == "print.no_printer"
    assert "knows no printer" in error.value.sentence()


def test_the_dialog_offers_no_file_and_no_half_paper(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["office"]))
    seen: list[QPrintDialog] = []

    def answer(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        seen.append(dialog)
        options = dialog.options()
        for option in ("PrintToFile", "PrintPageRange", "PrintSelection", "PrintCurrentPage"):
            assert not options & getattr(QPrintDialog.PrintDialogOption, option)
        return QPrintDialog.DialogCode.Accepted if len(seen) == 1 else QPrintDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    parent = QWidget()
    printer = printing.ask_printer(parent, "A4K7-T29")
    assert printer is not None
    assert printer.docName() == "A4K7-T29"
    assert printer.fullPage()
    assert printing.ask_printer(parent, "A4K7-T29") is None
