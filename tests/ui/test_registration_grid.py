from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget
from registration_helpers import CTRL, Keyboard

from panoh.services import resources
from panoh.services.registration import FamilyRow
from panoh.ui.registration.cells import Cells, Column
from panoh.ui.registration.grid_delegate import GridDelegate
from panoh.ui.registration.grid_model import MOST_ROWS, GridModel
from panoh.ui.registration.grid_view import FamilyGrid

Key = Qt.Key


class Bench:
    """The grid between two lines, and a keyboard."""

    def __init__(self) -> None:
        self.model = GridModel(Cells(resources.vocabularies(), lambda: date(2010, 6, 14)))
        self.grid = FamilyGrid(self.model)
        self.told: list[str] = []
        self.grid.told.connect(self.told.append)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        for part in (self.before, self.grid, self.after):
            column.addWidget(part)
        self.window.resize(900, 600)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.grid.setFocus()
        self.keys = Keyboard()

    @property
    def rows(self) -> tuple[FamilyRow, ...]:
        return self.model.rows()

    def spoken(self, at: int, column: Column) -> str:
        return str(self.model.index(at, column).data(Qt.ItemDataRole.AccessibleTextRole))

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.keys.press(Key.Key_V, CTRL, "\x16")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.window.close()
    made.window.deleteLater()


def test_a_row_is_typed_by_keys_alone(bench: Bench) -> None:
    bench.keys.type("Эргашева Дилноза\tж34\t\tnurs\t\t ")
    assert bench.rows == (
        FamilyRow(name="Эргашева Дилноза", sex="F", birth="34", relation="head", needs=("WR-LC",), talk_alone=True),
    )


def test_the_first_row_is_the_head_and_later_ones_are_not(bench: Bench) -> None:
    bench.keys.type("A\nB\n")
    assert [row.relation for row in bench.rows] == ["head", "", ""]


def test_enter_goes_to_the_next_row_and_adds_one_only_after_a_row_with_something_in_it(bench: Bench) -> None:
    bench.keys.type("A\n\n\n")
    assert [row.name for row in bench.rows] == ["A", ""]
    assert bench.grid.here() == (1, Column.NAME)
    bench.grid.go_to(0, Column.ALONE)
    bench.keys.type("\n")
    assert bench.grid.here() == (1, Column.NAME)


def test_tab_leaves_the_grid_at_both_ends(bench: Bench) -> None:
    bench.grid.go_to(0, Column.ALONE)
    bench.keys.type("\t")
    assert QApplication.focusWidget() is bench.after
    bench.grid.go_to(0, Column.NAME)
    bench.keys.press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is bench.before


def test_arrows_keep_what_was_typed_and_move_up_and_down(bench: Bench) -> None:
    bench.keys.type("A\nB")
    bench.keys.press(Key.Key_Up)
    assert bench.grid.here() == (0, Column.NAME)
    assert [row.name for row in bench.rows] == ["A", "B"]
    bench.keys.type("C")
    bench.keys.press(Key.Key_Down)
    assert [row.name for row in bench.rows] == ["C", "B"]


def test_escape_leaves_the_cell_as_it_was(bench: Bench) -> None:
    bench.keys.type("A\t")
    bench.grid.go_to(0, Column.NAME)
    bench.keys.type("zzz")
    assert bench.rows[0].name == "zzz"
    bench.keys.press(Key.Key_Escape)
    assert bench.rows[0].name == "A"


def test_f2_opens_a_cell_with_its_text(bench: Bench) -> None:
    bench.keys.type("Малика\t")
    bench.grid.go_to(0, Column.NAME)
    bench.keys.press(Key.Key_F2)
    bench.keys.press(Key.Key_End)
    bench.keys.type("хон\t")
    assert bench.rows[0].name == "Маликахон"


def test_a_key_that_is_no_sex_says_which_keys_are(bench: Bench) -> None:
    bench.grid.go_to(0, Column.SEX)
    bench.keys.type("7")
    assert bench.rows[0].sex == ""
    assert "F" in bench.told[-1]
    assert bench.grid.here() == (0, Column.SEX)


def test_suggestions_are_chosen_by_arrows_and_never_take_the_focus(bench: Bench) -> None:
    bench.keys.type("A\tм\ts")
    editor = QApplication.focusWidget()
    bench.keys.press(Key.Key_Down)
    bench.keys.press(Key.Key_Down)
    assert QApplication.focusWidget() is editor
    bench.keys.type("\t")
    assert bench.rows[0].relation == "step_child"


def test_several_needs_are_typed_one_after_the_other(bench: Bench) -> None:
    bench.grid.go_to(0, Column.NEEDS)
    bench.keys.type("preg,burn\t")
    assert bench.rows[0].needs == ("PX-PR", "PX-WO")
    assert bench.grid.here() == (0, Column.PRESENCE)


def test_a_word_of_no_list_stays_and_marks_its_cell(bench: Bench) -> None:
    bench.grid.go_to(0, Column.RELATION)
    bench.keys.type("кум\t")
    assert bench.rows[0].relation == "кум"
    assert "not in the list" in bench.spoken(0, Column.RELATION)


def test_an_impossible_date_marks_its_cell_and_says_why(bench: Bench) -> None:
    bench.grid.go_to(0, Column.BIRTH)
    bench.keys.type("29.2.1999\t")
    assert "29 Feb 1999 does not exist" in bench.model.problem(0, Column.BIRTH)
    bench.grid.go_to(0, Column.BIRTH)
    bench.keys.type("28.2.1999\t")
    assert bench.model.problem(0, Column.BIRTH) == ""


def test_of_two_readings_one_is_chosen_by_arrow(bench: Bench) -> None:
    bench.grid.go_to(0, Column.BIRTH)
    bench.keys.type("3/4/1998")
    bench.keys.press(Key.Key_Down)
    bench.keys.press(Key.Key_Down)
    bench.keys.type("\t")
    assert bench.spoken(0, Column.BIRTH) in (
        "Row 1, age or birth date, 4 Mar 1998",
        "Row 1, age or birth date, 3 Apr 1998",
    )


def test_f8_steps_the_unknowns_in_a_cell_and_typing_replaces_them(bench: Bench) -> None:
    bench.grid.go_to(0, Column.BIRTH)
    words = []
    for _press in range(4):
        bench.keys.press(Key.Key_F8)
        words.append(bench.spoken(0, Column.BIRTH))
    assert words == [f"Row 1, age or birth date, {word}" for word in ("not asked", "does not know", "refused", "none")]
    bench.keys.type("12\t")
    assert (bench.rows[0].birth, bench.rows[0].unanswered) == ("12", ())


def test_f8_while_typing_takes_the_place_of_what_was_typed(bench: Bench) -> None:
    bench.grid.go_to(0, Column.NEEDS)
    bench.keys.type("preg")
    bench.keys.press(Key.Key_F8)
    assert (bench.rows[0].needs, bench.rows[0].unanswered) == ((), (("needs", "not_asked"),))
    assert QApplication.focusWidget() is bench.grid


def test_opening_a_cell_with_an_unknown_and_leaving_it_keeps_the_unknown(bench: Bench) -> None:
    bench.grid.go_to(0, Column.BIRTH)
    bench.keys.press(Key.Key_F8)
    bench.keys.press(Key.Key_F2)
    bench.keys.type("\t")
    assert bench.rows[0].unanswered == (("birth", "not_asked"),)


def test_f8_leaves_whereabouts_alone(bench: Bench) -> None:
    bench.keys.type("A\t")
    bench.grid.go_to(0, Column.PRESENCE)
    bench.keys.press(Key.Key_F8)
    assert bench.rows == (FamilyRow(name="A", relation="head"),)


def test_ctrl_d_copies_from_the_row_above(bench: Bench) -> None:
    bench.keys.type("Эргашева Малика\tж\nЭ")
    bench.keys.press(Key.Key_D, CTRL)
    bench.grid.go_to(1, Column.SEX)
    bench.keys.press(Key.Key_D, CTRL)
    assert (bench.rows[1].name, bench.rows[1].sex) == ("Эргашева Малика", "F")
    bench.grid.go_to(0, Column.NAME)
    bench.keys.press(Key.Key_D, CTRL)
    assert bench.rows[0].name == "Эргашева Малика"


def test_ctrl_d_and_ctrl_z_work_on_a_cyrillic_keyboard(bench: Bench) -> None:
    bench.keys.type("A\n")
    bench.keys.press(Key(ord("В")), CTRL, "в")
    assert bench.rows[1].name == "A"
    bench.keys.press(Key(ord("Я")), CTRL, "я")
    assert bench.rows[1].name == ""


def test_delete_clears_a_cell_and_ctrl_delete_takes_the_row_out_and_ctrl_z_brings_it_back(bench: Bench) -> None:
    bench.keys.type("A\tf12\t\nB\n")
    bench.grid.go_to(0, Column.BIRTH)
    bench.keys.press(Key.Key_Delete)
    assert bench.rows[0].birth == ""
    bench.grid.go_to(0, Column.NAME)
    bench.keys.press(Key.Key_Delete, CTRL)
    assert [row.name for row in bench.rows] == ["B", ""]
    assert "Ctrl+Z" in bench.told[-1]
    bench.keys.press(Key.Key_Z, CTRL)
    assert [row.name for row in bench.rows] == ["A", "B", ""]
    bench.keys.press(Key.Key_Z, CTRL)
    assert bench.rows[0].birth == "12"


def test_the_last_row_is_emptied_instead_of_taken_out(bench: Bench) -> None:
    bench.keys.type("A\t")
    bench.keys.press(Key.Key_Delete, CTRL)
    assert bench.rows == (FamilyRow(relation="head"),)


def test_rows_of_a_spreadsheet_are_pasted_from_the_cell_on(bench: Bench) -> None:
    bench.paste(
        "Эргашева Дилноза\tж\t34\tHead\tкормящая\tздесь\t\r\n"
        "Эргашев Муроджон\tM\t36\tмуж\t\tstopped\tда\r\n"
        '"Эргашев\nЖавоҳир"\tмальчик\tabout 6\tсын\tожог; pregnant\tHere\tno\textra\r\n\r\n'
    )
    assert bench.rows == (
        FamilyRow(name="Эргашева Дилноза", sex="F", birth="34", relation="head", needs=("WR-LC",)),
        FamilyRow(name="Эргашев Муроджон", sex="M", birth="36", relation="spouse", presence="stopped", talk_alone=True),
        FamilyRow(name="Эргашев Жавоҳир", sex="M", birth="about 6", relation="child", needs=("PX-WO", "PX-PR")),
    )
    bench.keys.press(Key.Key_Z, CTRL)
    assert bench.rows == (FamilyRow(relation="head"),)


def test_one_word_is_pasted_into_the_open_editor(bench: Bench) -> None:
    bench.keys.type("Эргашева ")
    bench.paste("Малика")
    bench.keys.type("\t")
    assert [row.name for row in bench.rows] == ["Эргашева Малика"]


def test_no_more_rows_are_pasted_than_a_family_can_have(bench: Bench) -> None:
    bench.paste("\n".join(f"Name {n}\tF" for n in range(MOST_ROWS + 7)))
    assert len(bench.rows) == MOST_ROWS
    assert "7" in bench.told[-1]


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\t\x07", '"', "a" * 10_000, "\t" * 500, "<b>x</b>\t<img src=x>"])
def test_nothing_pasted_breaks_the_grid(bench: Bench, text: str) -> None:
    bench.paste(text)
    bench.window.grab()
    assert len(bench.rows) >= 1


def test_cells_say_row_column_and_content(bench: Bench) -> None:
    bench.keys.type("A\nB\nЭргашева Малика\tж12.3.1998\t")
    assert bench.spoken(2, Column.BIRTH) == "Row 3, age or birth date, 12 Mar 1998"
    assert bench.spoken(2, Column.SEX) == "Row 3, sex, Female"
    assert bench.spoken(2, Column.ALONE) == "Row 3, talk alone, no"
    assert bench.spoken(2, Column.RELATION) == "Row 3, relation, empty"
    bench.model.set_marks({2: ["duplicate", "tracing"]})
    assert bench.spoken(2, Column.MARKS) == ("Row 3, marks, perhaps already registered; a tracing request is drafted")


def test_a_check_box_is_ticked_by_a_click_and_by_the_space_bar(bench: Bench) -> None:
    place = bench.grid.visualRect(bench.model.index(0, Column.ALONE)).center()
    QTest.mouseClick(bench.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.rows[0].talk_alone
    bench.keys.type(" ")
    assert not bench.rows[0].talk_alone


def test_what_comes_in_while_one_types_does_not_disturb_the_editor(bench: Bench) -> None:
    bench.keys.type("Мал")
    bench.model.set_marks({0: ["duplicate"]})
    bench.keys.type("ика\t")
    assert bench.rows[0].name == "Малика"


def test_a_row_that_is_being_typed_counts_at_once(bench: Bench) -> None:
    bench.keys.type("Малик")
    assert bench.rows[0].name == "Малик"


def test_every_row_and_column_is_painted_in_all_themes(bench: Bench) -> None:
    from panoh.ui.theme import look

    bench.keys.type("A\tf30.2.1998\t")
    bench.keys.press(Key.Key_F8)
    for theme in ("light", "dark", "high_contrast"):
        look().choose_theme(theme)
        assert not bench.grid.grab().isNull()


def test_another_window_in_front_does_not_end_a_cell(bench: Bench) -> None:
    bench.keys.type("Sattor")
    editor = QApplication.focusWidget()
    QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    bench.keys.type("qulov\t")
    assert bench.rows[0].name == "Sattorqulov"


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Row and column of each cell as it is painted, in grids that are made after this."""
    cells: list[tuple[int, int]] = []
    paint = GridDelegate.paint

    def noted(self: GridDelegate, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        cells.append((index.row(), index.column()))
        paint(self, painter, option, index)

    monkeypatch.setattr(GridDelegate, "paint", noted)
    return cells


def test_a_key_paints_the_cells_that_it_changes_and_not_all(painted: list[tuple[int, int]], bench: Bench) -> None:
    bench.paste("\n".join(f"Karimov {name}" for name in ("Aziz", "Umid", "Sardor", "Temur", "Jasur")))
    bench.grid.go_to(0, Column.NAME)
    bench.keys.type("a")
    QApplication.processEvents()
    for key in "\tf3\tx\t":
        painted.clear()
        bench.keys.type(key)
        QApplication.processEvents()
        assert painted, "nothing was seen of the painting"
        assert len({row for row, _column in painted}) <= 3, "the row, and what a list of suggestions hid"
