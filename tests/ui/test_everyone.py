"""What holds for every widget: a name for screen readers, plain text only, nothing cut at 200 % text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from test_frame import AREAS, Shown
from test_unlock import Screen

from panoh.base.settings import DeviceSettings
from panoh.ui.errors import show_bug, show_crash
from panoh.ui.privacy import Privacy
from panoh.ui.shell.frame import Frame
from panoh.ui.shell.help import HelpDialog
from panoh.ui.shell.window import MainWindow
from panoh.ui.theme import look
from panoh.ui.unlock.view import UnlockView
from panoh.ui.widgets.bands import DoDontBand
from panoh.ui.widgets.buttons import FilterChip, KeyButton, LinkButton
from panoh.ui.widgets.chart_kinds import AgeRow, BarChart, LevelBars, Occupancy, Place, Pyramid
from panoh.ui.widgets.charts import Bar, ChartPanel
from panoh.ui.widgets.date import PartialDateEdit
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import ElidedLabel, SpanLabel, plain_label
from panoh.ui.widgets.level import LevelChip
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import FactGrid, Panel


def gallery() -> QWidget:
    """One of each widget."""
    page = QWidget()
    column = QVBoxLayout(page)
    panel = Panel("Family", sub="5 people", right=LinkButton("Diagram"), padded=True)
    panel.body.addWidget(FactGrid(("Feared country", "Uzbekistan", "he said, today"), ("Where he is", "sealed")))
    band = DoDontBand(["phone him", "visit"], ["meet alone"])
    note = NoteBar("Two people asked.", heading="Note", icon="state.warning", closable=True)
    note.say("Said", action="Look", run=lambda: None)
    bars = ChartPanel(BarChart("Registered a day", [Bar("Thu 10", 3), Bar("Fri 11", 118)]))
    for widget in (
        panel,
        band,
        note,
        bars,
        KeyButton("Save", icon="action.save", keys="Ctrl+S"),
        FilterChip("Overdue 9", checked=True),
        LevelChip("critical"),
        SpanLabel(("Nothing has been done yet.", "bold"), ("It starts when you put it on.", "")),
        ElidedLabel("a long name that may end in an ellipsis"),
        plain_label("<b>not bold</b>", wrap=True),
    ):
        column.addWidget(widget)
    from datetime import date

    column.addWidget(FieldRow("Born", PartialDateEdit(lambda: date(2010, 6, 14)), hint="as said"))
    return page


@pytest.fixture
def pages(dressed: QApplication) -> Iterator[dict[str, QWidget]]:
    shown, screen = Shown(), Screen("South team 2")
    shown.frame.show_screen("today")
    screen.view.making.show()
    screen.view.recover.show()
    screen.view.recovery_text.show()
    made = {
        "frame": shown.window,
        "unlock": screen.window,
        "gallery": gallery(),
        "help": HelpDialog("start", shown.window),
        "bug": show_bug(ValueError("x"), shown.window),
        "crash": show_crash("Aborted < app.py:12 main", shown.window),
    }
    for page in made.values():
        page.show()
    dressed.processEvents()
    yield made
    for page in made.values():
        page.close()
        page.deleteLater()


def below(page: QWidget) -> list[QWidget]:
    return [page, *page.findChildren(QWidget)]


def test_everything_that_takes_the_focus_has_a_name(pages: dict[str, QWidget]) -> None:
    unnamed: list[str] = []
    for name, page in pages.items():
        for widget in below(page):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page) and not widget.focusProxy():
                spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                if not (widget.accessibleName() or spoken).strip():
                    unnamed.append(f"{name}: {type(widget).__name__} {widget.objectName()}")
    assert unnamed == []


def test_all_text_is_plain(pages: dict[str, QWidget]) -> None:
    labels = [label for page in pages.values() for label in page.findChildren(QLabel)]
    assert len(labels) > 20
    assert [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []


def test_enter_never_presses_a_button_elsewhere(pages: dict[str, QWidget]) -> None:
    buttons = [button for page in pages.values() for button in page.findChildren(QPushButton)]
    assert [button.text() for button in buttons if button.autoDefault() or button.isDefault()] == []


def test_making_widgets_opens_no_window(dressed: QApplication) -> None:
    class Watcher(QObject):
        """Notes every window that opens."""

        opened: ClassVar[list[str]] = []

        def eventFilter(self, target: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(target, QWidget) and target.isWindow():
                self.opened.append(type(target).__name__)
            return False

    watcher = Watcher()
    dressed.installEventFilter(watcher)
    made = [gallery(), MainWindow(DeviceSettings(), lambda _settings: None), Frame(AREAS, "F", Privacy(), demo=True)]
    made.append(UnlockView([("en", "English")], "en"))
    dressed.removeEventFilter(watcher)
    assert watcher.opened == []
    for widget in made:
        widget.deleteLater()


@pytest.mark.parametrize("size", [100, 150, 200])
def test_no_word_is_cut_in_a_small_window(dressed: QApplication, size: int) -> None:
    look().set_text_size(size)
    shown, screen = Shown(), Screen("South team 2")
    shown.frame.show_screen("today")
    dressed.processEvents()
    cut: list[str] = []
    for window in (shown.window, screen.window):
        assert window.width() == 1366
        for widget in window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            whole = isinstance(widget, QAbstractButton) or (
                isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel)
            )
            if whole and widget.width() < widget.minimumSizeHint().width():
                cut.append(f"{type(widget).__name__} {widget.accessibleName()}")
            if whole and widget.height() < widget.minimumSizeHint().height():
                cut.append(f"{type(widget).__name__} {widget.accessibleName()} (height)")
        window.close()
        window.deleteLater()
    assert cut == []


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_everything_paints_in_every_theme(pages: dict[str, QWidget], theme: str) -> None:
    look().choose_theme(theme)
    for page in pages.values():
        assert not page.grab().isNull()


def test_roles_that_qt_has_no_setter_for(pages: dict[str, QWidget]) -> None:
    chip = pages["gallery"].findChild(LevelChip)
    note = pages["gallery"].findChild(NoteBar)
    assert chip is not None
    assert note is not None
    assert QAccessible.queryAccessibleInterface(chip).role() == QAccessible.Role.StaticText
    assert QAccessible.queryAccessibleInterface(note).role() == QAccessible.Role.Note
    assert chip.accessibleName() == "Level critical"


def charts() -> list[Callable[[], BarChart | Pyramid | LevelBars | Occupancy]]:
    return [
        lambda: BarChart("Registered a day", [Bar("Thu", 0), Bar("Fri", 118), Bar("Sat", 402)]),
        lambda: Pyramid("Age and sex", "Women", "Men", [AgeRow("60+", 64, 38), AgeRow("0–4", 158, 161)]),
        lambda: LevelBars("People by level", [("critical", 14), ("high", 203), ("low", 802)]),
        lambda: Occupancy("Places", [Place("School 7", 412, 300), Place("Tents", 88, 90), Place("Homes", 7, 0)]),
    ]


@pytest.mark.parametrize("number", range(4))
def test_charts_go_by_arrow_keys_and_have_a_table(dressed: QApplication, number: int) -> None:
    from PySide6.QtTest import QTest

    chart = charts()[number]()
    panel = ChartPanel(chart)
    panel.resize(400, 300)
    panel.show()
    dressed.processEvents()
    opened: list[int] = []
    chart.opened.connect(opened.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Home):
        QTest.keyClick(chart, key)
    assert opened == [1, len(chart.bars) - 1]
    assert len(chart.places()) == len(chart.bars)
    place = chart.places()[1].center().toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened[-1] == 1
    assert chart.accessibleName().startswith(chart.title)
    assert chart.accessibleDescription().startswith("Largest: ")
    panel._switch.click()
    assert panel._table.isVisible()
    assert panel._table.model().rowCount() == len(chart.table_rows())
    assert not panel.grab().isNull()
    panel._switch.click()
    assert chart.isVisible()
    panel.deleteLater()


def test_over_capacity_is_told_in_words(dressed: QApplication) -> None:
    chart = Occupancy("Places", [Place("School 7", 412, 300)])
    assert chart.bars[0].spoken == "School 7, 112 over 300"
