"""How PanohStyle paints: one small function for each control, flat, from the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionTab,
    QWidget,
)

from panoh.ui.icons import paint_icon
from panoh.ui.theme import look

_S = QStyle.StateFlag
_SC = QStyle.SubControl
RING_RADIUS = 6


def outline(
    painter: QPainter, rect: QRect | QRectF, colour: QColor, width: int, radius: int, fill: QColor | None = None
) -> None:
    """A rounded rectangle whose line lies wholly inside `rect`, sharp at any pixel ratio."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width) if width else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def _is(option: QStyleOption, state: QStyle.StateFlag) -> bool:
    return bool(option.state & state)


def _field(painter: QPainter, rect: QRect, widget: QWidget | None, *, focus: bool, enabled: bool) -> None:
    """The ground and outline of an input: 1 px, 2 px with focus or with an error."""
    error = widget is not None and widget.property("state") == "error"
    colour = look().colour("error" if error else "focus" if focus else "border" if enabled else "divider")
    width = look().size("line.focus") if focus or error else look().size("line.control")
    fill = look().colour("base" if enabled else "window")
    outline(painter, rect, colour, width, look().size("radius.control"), fill)
    if focus and error:  # the ring stays visible beside the error's outline
        outline(painter, rect.adjusted(2, 2, -2, -2), look().colour("focus"), 1, 2)


def line_edit(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Ground of a line edit; with its outline when it has a frame of its own."""
    enabled = _is(option, _S.State_Enabled)
    if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
        _field(painter, option.rect, widget, focus=_is(option, _S.State_HasFocus), enabled=enabled)
    elif not isinstance(widget.parentWidget() if widget else None, QComboBox):
        painter.fillRect(option.rect, look().colour("base"))


def text_box(option: QStyleOption, painter: QPainter, widget: QWidget) -> None:
    """Ground and outline of a box for several lines."""
    _field(painter, option.rect, widget, focus=widget.hasFocus(), enabled=widget.isEnabled())


def combo_box(option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
    """Outline of a combo box and its arrow."""
    enabled = _is(option, _S.State_Enabled)
    if option.frame:
        _field(painter, option.rect, widget, focus=_is(option, _S.State_HasFocus), enabled=enabled)
    arrow = combo_box_part(option, _SC.SC_ComboBoxArrow)
    side = look().size("icon.sizes.text")
    place = QRectF(0, 0, side, side)
    place.moveCenter(QRectF(arrow or option.rect).center())
    paint_icon(painter, place, "action.open_menu", look().colour("text" if enabled else "disabled"))


def combo_box_part(option: QStyleOptionComboBox, part: QStyle.SubControl) -> QRect | None:
    """Place of a combo box's text and arrow; None where Fusion's place will do."""
    arrow = look().size("icon.sizes.text") + 16
    rect = option.rect
    if part == _SC.SC_ComboBoxArrow:
        found = QRect(rect.right() - arrow + 1, rect.top(), arrow, rect.height())
    elif part == _SC.SC_ComboBoxEditField:
        found = rect.adjusted(7, 2, -arrow, -2)
    else:
        return None
    return QStyle.visualRect(option.direction, rect, found)


def button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Ground of a push button by its property `kind`: normal, main or flat."""
    kind = (widget.property("kind") if widget else "") or "normal"
    flat = kind == "flat" or (
        isinstance(option, QStyleOptionButton) and bool(option.features & QStyleOptionButton.ButtonFeature.Flat)
    )
    down = _is(option, _S.State_Sunken)
    hover = _is(option, _S.State_MouseOver) and _is(option, _S.State_Enabled)
    checked = _is(option, _S.State_On)
    colour = look().colour
    radius, line = look().size("radius.control"), look().size("line.control")
    if kind == "main":
        outline(
            painter, option.rect, colour("accent"), 0, radius, colour("accent_hover" if hover or down else "accent")
        )
    elif flat:
        if hover or down:
            outline(painter, option.rect, colour("divider"), 0, radius, colour("header"))
    elif checked:
        outline(painter, option.rect, colour("accent"), line, radius, colour("selection"))
    else:
        edge = colour("border" if _is(option, _S.State_Enabled) else "divider")
        outline(painter, option.rect, edge, line, radius, colour("header" if hover or down else "button"))


def tool_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Ground of a flat tool button: none until the pointer is on it."""
    if option.state & (_S.State_MouseOver | _S.State_Sunken | _S.State_On):
        outline(
            painter, option.rect, look().colour("divider"), 0, look().size("radius.control"), look().colour("header")
        )


def check_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A check box's square: filled with a tick, or empty."""
    colour = look().colour
    on = bool(option.state & (_S.State_On | _S.State_NoChange))
    enabled = _is(option, _S.State_Enabled)
    edge = colour("disabled") if not enabled else colour("accent" if on else "border")
    outline(painter, option.rect, edge, 1, look().size("radius.check"), edge if on else colour("base"))
    if on:
        inside = QRectF(option.rect).adjusted(2, 2, -2, -2)
        name = "state.not_known" if option.state & _S.State_NoChange else "state.same"
        paint_icon(painter, inside, name, colour("accent_text"))


def radio_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A radio button's circle, with a dot when it is chosen."""
    colour = look().colour
    on = _is(option, _S.State_On)
    edge = colour("disabled") if not _is(option, _S.State_Enabled) else colour("accent" if on else "border")
    rect = QRectF(option.rect)
    outline(painter, rect, edge, 1, round(rect.width() / 2), colour("base"))
    if on:
        gap = rect.width() / 4
        dot = rect.adjusted(gap, gap, -gap, -gap)
        outline(painter, dot, edge, 0, round(dot.width()), edge)


def tab_base(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The line under a row of tabs."""
    rect = option.rect
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("border"))


def tab_shape(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A tab: nothing but the underline of the chosen one and the ring of the one with focus."""
    rect = option.rect
    if _is(option, _S.State_Selected):
        edge = look().size("line.edge")
        painter.fillRect(QRect(rect.left(), rect.bottom() - edge + 1, rect.width(), edge), look().colour("accent"))
        if _is(option, _S.State_HasFocus):
            outline(painter, rect.adjusted(2, 4, -2, -edge - 4), look().colour("focus"), 2, RING_RADIUS)
    elif _is(option, _S.State_MouseOver):
        painter.fillRect(rect, look().colour("header"))


def tab_label(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A tab's word; those not chosen in the secondary colour."""
    if isinstance(option, QStyleOptionTab):
        painter.setPen(look().colour("text" if _is(option, _S.State_Selected) else "secondary"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextHideMnemonic
        painter.drawText(option.rect, flags, option.text)


def header_section(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Ground of a table's header with the line under it."""
    rect = option.rect
    painter.fillRect(rect, look().colour("alternate"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().colour("border"))


def header_label(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A column's title, small and bold, with an arrow when the table is sorted by it."""
    if not isinstance(option, QStyleOptionHeader):
        return
    painter.save()
    painter.setFont(look().font("small", bold=True))
    painter.setPen(look().colour("secondary"))
    rect = option.rect
    alone = QStyleOptionHeader.SectionPosition
    if option.position in (
        alone.Beginning,
        alone.OnlyOneSection,
    ):  # in line with the first cell, which leaves room for the edge of the selection
        rect = (
            rect.adjusted(8, 0, 0, 0)
            if option.direction == Qt.LayoutDirection.LeftToRight
            else rect.adjusted(0, 0, -8, 0)
        )
    if option.sortIndicator != QStyleOptionHeader.SortIndicator.None_:
        side = look().size("icon.sizes.small")
        place = QRect(rect.right() - side, rect.center().y() - side // 2, side, side)
        painter.save()
        if option.sortIndicator == QStyleOptionHeader.SortIndicator.SortUp:
            painter.translate(0, 2 * place.center().y() + 1)
            painter.scale(1, -1)
        paint_icon(painter, QRectF(place), "action.open_menu", look().colour("secondary"))
        painter.restore()
        rect = rect.adjusted(0, 0, -side - 4, 0)
    text = painter.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, option.textAlignment | Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def splitter(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The line at the end of an 8 px handle between two panes, stronger while the handle has the focus."""
    rect = option.rect
    focus = widget is not None and widget.hasFocus()
    width = 2 if focus else 1
    if rect.width() < rect.height():
        line = QRect(rect.right() + 1 - width, rect.top(), width, rect.height())
    else:
        line = QRect(rect.left(), rect.bottom() + 1 - width, rect.width(), width)
    line = QStyle.visualRect(option.direction, rect, line)
    painter.fillRect(line, look().colour("focus" if focus else "divider"))


def focus_frame(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The one focus ring, around a button, chip, check or error summary."""
    outline(painter, option.rect, look().colour("focus"), look().size("line.focus"), RING_RADIUS)


def progress_groove(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The empty bar of long work."""
    outline(painter, option.rect, look().colour("border"), 1, 0, look().colour("base"))


def progress_contents(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The done part of long work; a bar of unknown length stays empty, since nothing moves."""
    if isinstance(option, QStyleOptionProgressBar) and option.maximum > option.minimum:
        part = (option.progress - option.minimum) / (option.maximum - option.minimum)
        inside = option.rect.adjusted(1, 1, -1, -1)
        done = QRect(inside.left(), inside.top(), round(inside.width() * part), inside.height())
        painter.fillRect(QStyle.visualRect(option.direction, inside, done), look().colour("accent"))


def scroll_bar(option: QStyleOptionSlider, painter: QPainter, slider: QRect) -> None:
    """A flat track and a thumb."""
    painter.fillRect(option.rect, look().colour("header"))
    outline(painter, slider.adjusted(2, 2, -2, -2), look().colour("border"), 0, 4, look().colour("border"))


def scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Places in a scroll bar without arrow buttons."""
    rect = option.rect
    across = option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if across else rect.height()
    span = option.maximum - option.minimum
    thumb = length if span <= 0 else max(32, length * option.pageStep // (span + option.pageStep))
    thumb = min(thumb, length)
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown
    )
    spans = {
        _SC.SC_ScrollBarGroove: (0, length),
        _SC.SC_ScrollBarSlider: (start, thumb),
        _SC.SC_ScrollBarSubPage: (0, start),
        _SC.SC_ScrollBarAddPage: (start + thumb, length - start - thumb),
    }
    if part not in spans:
        return QRect()
    at, size = spans[part]
    if across:
        return QStyle.visualRect(option.direction, rect, QRect(rect.left() + at, rect.top(), size, rect.height()))
    return QRect(rect.left(), rect.top() + at, rect.width(), size)
