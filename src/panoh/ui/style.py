"""PanohStyle: Fusion with flat controls in the colours of the theme.

Widgets say what they are by the dynamic property `role` (words such as 'small secondary' or 'title bold') and what
state they are in by `state` ('error'): `set_role` and `set_state`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from panoh.ui import style_paint as paint
from panoh.ui.theme import dress, look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

FIELD_PADDING = 8  # between the outline of an input and its text

_P, _C, _CC = QStyle.PrimitiveElement, QStyle.ControlElement, QStyle.ComplexControl
_PM, _SH, _CT, _SE = QStyle.PixelMetric, QStyle.StyleHint, QStyle.ContentsType, QStyle.SubElement

_NOTHING = frozenset({_P.PE_FrameFocusRect, _P.PE_FrameStatusBarItem})
_PRIMITIVES = {
    _P.PE_PanelLineEdit: paint.line_edit,
    _P.PE_IndicatorCheckBox: paint.check_box,
    _P.PE_IndicatorItemViewItemCheck: paint.check_box,
    _P.PE_IndicatorRadioButton: paint.radio_button,
    _P.PE_FrameTabBarBase: paint.tab_base,
    _P.PE_PanelButtonTool: paint.tool_button,
}
_CONTROLS = {
    _C.CE_FocusFrame: paint.focus_frame,
    _C.CE_PushButtonBevel: paint.button,
    _C.CE_TabBarTabShape: paint.tab_shape,
    _C.CE_TabBarTabLabel: paint.tab_label,
    _C.CE_HeaderSection: paint.header_section,
    _C.CE_HeaderLabel: paint.header_label,
    _C.CE_HeaderEmptyArea: paint.header_section,
    _C.CE_Splitter: paint.splitter,
    _C.CE_ProgressBarGroove: paint.progress_groove,
    _C.CE_ProgressBarContents: paint.progress_contents,
}
_METRICS: dict[QStyle.PixelMetric, int] = {
    _PM.PM_FocusFrameHMargin: 4,
    _PM.PM_FocusFrameVMargin: 4,
    _PM.PM_ScrollBarExtent: 12,
    _PM.PM_SplitterWidth: 8,
    _PM.PM_ButtonShiftHorizontal: 0,
    _PM.PM_ButtonShiftVertical: 0,
    _PM.PM_TabBarTabShiftVertical: 0,
    _PM.PM_TabBarTabOverlap: 0,
    _PM.PM_TabBarTabHSpace: 24,
    _PM.PM_TabBarTabVSpace: 20,
    _PM.PM_TabBarBaseHeight: 1,
    _PM.PM_CheckBoxLabelSpacing: 8,
    _PM.PM_RadioButtonLabelSpacing: 8,
    _PM.PM_LayoutHorizontalSpacing: 8,
    _PM.PM_LayoutVerticalSpacing: 8,
    _PM.PM_HeaderMargin: 8,
}
_GROWING: dict[QStyle.PixelMetric, int] = {
    _PM.PM_IndicatorWidth: 16,
    _PM.PM_IndicatorHeight: 16,
    _PM.PM_ExclusiveIndicatorWidth: 16,
    _PM.PM_ExclusiveIndicatorHeight: 16,
    _PM.PM_SmallIconSize: 16,
    _PM.PM_ButtonIconSize: 16,
    _PM.PM_HeaderMarkSize: 12,
}
_HINTS: dict[QStyle.StyleHint, int] = {
    _SH.SH_FocusFrame_AboveWidget: 1,  # beside its widget, a narrow line of buttons would cut it
    _SH.SH_FocusFrame_Mask: 0,
    _SH.SH_ComboBox_Popup: 0,
    _SH.SH_EtchDisabledText: 0,
    _SH.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _SH.SH_Widget_Animation_Duration: 0,
    _SH.SH_ItemView_ShowDecorationSelected: 1,
}


def is_text_box(widget: QWidget | None) -> TypeGuard[QPlainTextEdit | QTextEdit]:
    """Whether it is a box for several lines."""
    return widget is not None and (widget.inherits("QPlainTextEdit") or widget.inherits("QTextEdit"))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role, for example 'small secondary', now or later."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        dress(widget)


def set_state(widget: QWidget, state: str) -> None:
    """Give a widget its state: 'error', or '' for none."""
    if (widget.property("state") or "") != state:
        widget.setProperty("state", state)
        widget.update()


class PanohStyle(QProxyStyle):
    """Fusion's behaviour with Panoh's look."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
        /,
    ) -> None:
        """Draw the flat parts ourselves, the rest as Fusion does."""
        draw = _PRIMITIVES.get(element)
        if element == _P.PE_Frame and is_text_box(widget):
            paint.text_box(option, painter, widget)
        elif draw:
            draw(option, painter, widget)
        elif element not in _NOTHING:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
        /,
    ) -> None:
        """Draw the flat parts ourselves, the rest as Fusion does."""
        draw = _CONTROLS.get(element)
        if draw:
            draw(option, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
        /,
    ) -> None:
        """Draw combo boxes and scroll bars ourselves, the rest as Fusion does."""
        if control == _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            paint.combo_box(option, painter, widget)
        elif control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            slider = self.subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, widget)
            paint.scroll_bar(option, painter, slider)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: Any = None,
        /,
    ) -> QRect:
        """Places of the parts of combo boxes and scroll bars."""
        if control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return paint.scroll_bar_part(option, part)
        if control == _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            return paint.combo_box_part(option, part) or super().subControlRect(control, option, part, widget)
        return super().subControlRect(control, option, part, widget)

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: Any = None, /) -> QRect:
        """More room between the outline of an input and its text."""
        rect = super().subElementRect(element, option, widget)
        if element == _SE.SE_LineEditContents and getattr(option, "lineWidth", 0) > 0:
            return rect.adjusted(FIELD_PADDING - 3, 0, 3 - FIELD_PADDING, 0)
        return rect

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: Any = None,
        /,
    ) -> QSize:
        """Controls as high as the tokens say, or higher where the font needs it."""
        made = super().sizeFromContents(kind, option, size, widget)
        if kind == _CT.CT_ComboBox:
            made.setWidth(size.width() + 2 * FIELD_PADDING + look().size("icon.sizes.text") + 12)
        if kind in (_CT.CT_LineEdit, _CT.CT_ComboBox, _CT.CT_PushButton):
            made.setHeight(max(look().control_height(), QFontMetrics(option.fontMetrics).height() + 8))
        elif kind in (_CT.CT_CheckBox, _CT.CT_RadioButton):
            made.setHeight(max(made.height(), look().size("control.least_target")))
        elif kind == _CT.CT_HeaderSection:
            made.setHeight(max(look().size("row.header"), look().line_height("small") + 8))
        return made

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None, /
    ) -> int:
        """Lengths that differ from Fusion's."""
        if metric in _METRICS:
            return _METRICS[metric]
        if metric == _PM.PM_DefaultFrameWidth and is_text_box(widget):
            return 3  # room for the ring
        if metric in _GROWING:
            return look().grown(_GROWING[metric])
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: Any = None,
        /,
    ) -> int:
        """Nothing moves; the focus frame has no mask; long choices open below their box."""
        found = _HINTS.get(hint)
        if found is not None:
            return found
        if hint == _SH.SH_Table_GridLineColor:
            return look().colour("divider").rgba() - (1 << 32)
        return super().styleHint(hint, option, widget, data)
