"""What screen readers are told beyond Qt's own: roles that Qt gives no setter for, and announcements."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLE = "accessible_role"
_made: dict[int, QAccessibleInterface] = {}  # Qt keeps a bare pointer: without a reference here it would dangle
_roles = {role.name: role for role in QAccessible.Role}
_last = QElapsedTimer()
_installed: list[object] = []


def _interface(_class_name: str, target: QObject) -> QAccessibleInterface | None:
    if not isinstance(target, QWidget):
        return None
    role = target.property(_ROLE)
    if not isinstance(role, str):
        return None
    made = QAccessibleWidget(target, _roles[role], "")
    key = id(target)
    _made[key] = made
    target.destroyed.connect(lambda _=None: _made.pop(key, None))
    return made


def install() -> None:
    """Let widgets with a role of their own tell it; called once, when the application starts."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(_interface)


def set_accessible_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Give a widget a role, before anyone asks for it: right after it is made."""
    widget.setProperty(_ROLE, role.name)


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have a screen reader say these words, at most once a second unless they are urgent."""
    if not words or (_last.isValid() and _last.elapsed() < 1000 and not urgent):
        return
    _last.start()
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
