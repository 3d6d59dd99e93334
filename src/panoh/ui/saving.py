"""Asking where a PDF goes, before it is made: so that nothing is recorded as given out that nobody has."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from panoh.base.i18n import gettext as _


def ask_pdf_path(parent: QWidget, title: str, offered: str) -> Path | None:
    """The file that was chosen for a PDF, ending in .pdf; None when it was left. `offered` names nobody."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, offered, _("PDF (*.pdf)"))
    if not chosen:
        return None
    return Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")
