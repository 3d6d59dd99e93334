"""A picture as large as there is room, or words in its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_LEAST_PICTURE = 160


class Picture(QLabel):
    """A picture as large as there is room, or words in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(_LEAST_PICTURE, _LEAST_PICTURE)
        self._whole = QPixmap()

    def show_picture(self, content: bytes, words: str) -> None:
        """Show the picture in these bytes; `words` stand in its place when there is none, and are read to the blind."""
        self._whole = QPixmap()
        if content:
            self._whole.loadFromData(content)
        self.setAccessibleName(words)
        self.setText("" if not self._whole.isNull() else words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow and shrink with the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._whole.isNull():
            ratio = self.devicePixelRatioF()
            room = QSize(int(self.width() * ratio), int(self.height() * ratio)).boundedTo(self._whole.size())
            shown = self._whole.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            shown.setDevicePixelRatio(ratio)
            self.setPixmap(shown)
