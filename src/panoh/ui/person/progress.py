"""How far one section of the full form has come: a count beside its heading, and what is missing most under it."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.domain.completeness import CRITICAL, Completeness
from panoh.ui.widgets.labels import plain_label


class SectionProgress:
    """Two labels: `count` stands in the heading of the section, `missing` above its fields. What is recorded counts."""

    def __init__(self) -> None:
        self.count = plain_label("", "small secondary")
        self.missing = plain_label("", "secondary", wrap=True)
        self.missing.hide()

    def show_part(self, found: Completeness) -> None:
        """Show how much of this part is recorded; only what is critical is named, the rest waits in silence."""
        words = _("{done} of {asked} recorded").format(done=number(found.done), asked=number(found.asked))
        self.count.setText(words)
        missing = ", ".join(_(gap.label) for gap in found.of_grade(CRITICAL))
        self.missing.setText(_("Still needed: {fields}").format(fields=missing) if missing else "")
        self.missing.setVisible(bool(missing))
