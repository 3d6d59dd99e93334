"""The demo without a display: the same work as in the window, leaving a case summary and a picture of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from panoh.base.i18n import gettext as _
from panoh.base.paths import private_folder
from panoh.domain.lines import QueueFilter
from panoh.services import registration, summaries, tracing, triage
from panoh.services.vault import write_file
from panoh.ui.shell.window import MainWindow
from panoh.ui.workplace import Workplace

SETTLE = 3000  # milliseconds for background reads before the picture is taken


def walk(window: MainWindow, work: Workplace, folder: Path) -> None:
    """Register a family, look at the queue, trace, print; tell on standard output what was done and where it lies."""
    desk = work.desk
    rows = (
        registration.FamilyRow(name="Эргашева Дилноза", sex="F", birth="34", relation="head"),
        registration.FamilyRow(name="Эргашев Муроджон", sex="M", birth="36", relation="spouse", presence="stopped"),
        registration.FamilyRow(name="Эргашева Малика", sex="F", birth="12", relation="child"),
    )
    saved = registration.save_family(desk, registration.FamilyForm(rows=rows, fled_from="KG", country_now="UZ"))
    print(
        _("Registered a family of {count}, one stopped at the border: a tracing request was drafted.").format(
            count=len(saved.people)
        )
    )
    first = triage.queue(desk, QueueFilter(owner_id=desk.user.id), 0, 1)[0]
    print(_("Triage: {number} comes first for you: {why}.").format(number=first.line.number, why=first.why))
    candidates = sum(len(found) for _request, found in tracing.matches(desk, 3))
    print(_("Tracing: {count} candidates for the open requests.").format(count=candidates))
    private_folder(folder)
    made = summaries.export_case(desk, first.line.id, summaries.Wanted(plain=True, reason="demo of invented people"))
    write_file(folder / "case-summary.pdf", made.pdf)
    print(_("Case summary: {place}").format(place=folder / "case-summary.pdf"))
    work.frame.show_screen("triage")
    window.show()
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < SETTLE:
        QApplication.processEvents()
    picture = folder / "window.png"
    window.grab().save(str(picture))
    print(_("Picture of the window: {place}").format(place=picture))
