"""Ways to the pages of the area Tracing that stand beside its lists; the workplace has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panoh.ui.screens import Screens
    from panoh.ui.shell.frame import Frame


class WaysOfTracing:
    """Part of the Workplace."""

    screens: Screens
    frame: Frame

    def open_verification(self, request_id: str, person_id: str) -> None:
        """Open the worksheet of a candidate for a request."""
        self.screens.verification().show(request_id, person_id)
        self.frame.show_screen("verification")

    def open_reunions(self, person_id: str, request_id: str = "") -> None:
        """Open the reunifications of a person; with a request one can be noted for it."""
        self.screens.reunions().show(person_id, request_id)
        self.frame.show_screen("reunions")
