from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from panoh.base.paths import resource
from panoh.ui.icons import file_of, pixmap
from panoh.ui.theme import LEVELS, Theme, look, palette, theme, tokens
from panoh.ui.widgets.level import LevelChip, level_icon, level_size, paint_level

THEMES = ("light", "dark", "high_contrast")
TEXT = 4.5  # WCAG 2, text against its ground
OTHER = 3.0  # WCAG 2, lines, icons and outlines

TEXT_PAIRS = """
text:window text:base text:alternate text:button text:header text:accent_soft
secondary:window secondary:base secondary:alternate secondary:header secondary:accent_soft secondary:button
accent_text:accent accent_text:accent_hover link:base link:window link:alternate link:accent_soft
selection_text:selection text_selection_text:text_selection do_text:do_fill dont_text:dont_fill note_text:note_fill
error:base error:window error:error_fill error:selection error:alternate tooltip_text:tooltip disabled:base disabled:window
""".split()
OTHER_PAIRS = """
border:window border:base border:alternate border:button focus:window focus:base focus:selection accent:window accent:base
do_line:do_fill dont_line:dont_fill note_line:note_fill chart1:base chart2:base
""".split()


def luminance(colour: QColor) -> float:
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pair(of: Theme, words: str) -> float:
    first, second = words.split(":")
    return contrast(of.colours[first], of.colours[second])


@pytest.mark.parametrize("name", THEMES)
def test_text_and_lines_stand_out(name: str) -> None:
    of = theme(name)
    assert [words for words in TEXT_PAIRS if pair(of, words) < TEXT] == []
    assert [words for words in OTHER_PAIRS if pair(of, words) < OTHER] == []


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("level", LEVELS)
def test_level_marks_stand_out(name: str, level: str) -> None:
    of = theme(name)
    mark = of.levels[level]
    assert contrast(mark.text, mark.fill) >= TEXT
    for ground in ("base", "alternate", "window", "selection"):
        assert contrast(mark.outline, of.colours[ground]) >= OTHER


def test_every_theme_has_the_same_colours() -> None:
    kinds = [(set(theme(name).colours), set(theme(name).levels)) for name in THEMES]
    assert kinds[0] == kinds[1] == kinds[2]


def test_the_icons_are_those_that_the_tokens_name() -> None:
    groups = (value for key, value in tokens()["icon"].items() if isinstance(value, dict) and key != "sizes")
    named = {name for group in groups for name in group.values()}
    assert named == {file.stem for file in resource("icons").glob("*.svg")}


def grey(level: str) -> QImage:
    side = 48
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, pixmap(level_icon(level), QColor("black"), side))
    painter.end()
    return image


def test_levels_differ_without_colour() -> None:
    images = {level: grey(level) for level in LEVELS}
    for one, other in combinations(LEVELS, 2):
        first, second = images[one], images[other]
        differing = sum(
            abs(first.pixelColor(x, y).value() - second.pixelColor(x, y).value()) > 64
            for x in range(first.width())
            for y in range(first.height())
        )
        assert differing > 40, f"{one} and {other} look alike in a grey print"


@pytest.mark.parametrize("name", THEMES)
def test_every_level_mark_is_painted_in_every_form_and_theme(name: str) -> None:
    look().choose_theme(name)
    for level in LEVELS:
        for form in ("chip", "large", "plain"):
            size = level_size(level, form)
            image = QImage(size, QImage.Format.Format_RGB32)
            image.fill(look().colour("base"))
            blank = QImage(image)
            painter = QPainter(image)
            paint_level(painter, image.rect(), level, form)
            painter.end()
            assert image != blank


def test_a_level_that_is_not_known_counts_as_unknown() -> None:
    chip = LevelChip("purple")
    assert chip.level == "unknown"
    assert chip.accessibleName() == "Level unknown"


def test_fonts_have_the_letters_of_the_region() -> None:
    for bold in (False, True):
        metrics = QFontMetrics(look().font(bold=bold))
        missing = [sign for sign in "ўқғҳңүөӣӯҷʻʼ№–…ЎҚҒҲ" if not metrics.inFontUcs4(ord(sign))]
        assert missing == []


def test_lengths_grow_with_the_text_and_spacing_does_not() -> None:
    look().set_text_size(200)
    assert look().size("row.table") == 64
    assert look().size("control.height") == 64
    assert look().size("space.page") == 24
    assert look().font().pixelSize() == 28


def test_text_size_steps_stay_within_their_ends() -> None:
    for _step in range(20):
        look().step_text_size(1)
    assert look().text_size == 200
    for _step in range(20):
        look().step_text_size(-1)
    assert look().text_size == 80
    look().step_text_size(0)
    assert look().text_size == 100


def test_the_palette_takes_the_theme() -> None:
    look().choose_theme("dark")
    assert palette(look().theme).window().color() == theme("dark").colours["window"]


def test_icons_have_the_colour_that_was_asked_for() -> None:
    image = pixmap("action.lock", QColor("#ff0000"), 32).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#ff0000"}
    assert file_of("level.high") == "triangle-alert"
