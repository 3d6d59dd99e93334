"""Before two records are joined: which goes on, and which value is right where the two tell different things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from panoh.base.i18n import gettext as _
from panoh.domain.merging import Difference
from panoh.ui.field_words import FieldWords
from panoh.ui.widgets.choices import RadioChoice
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

KEPT, GONE = "kept", "gone"


class MergeForm(SmallForm):
    """One choice for each difference; the record registered first goes on unless one chose otherwise."""

    def __init__(
        self, parent: QWidget, kept: str, gone: str, found: Sequence[tuple[str, Difference]], words: FieldWords
    ) -> None:
        told = _(
            "{kept} goes on. {gone} is put aside: its number leads to the one that goes on, blanks are filled from it, "
            "papers, needs, requests and notes move over. This can be undone whole."
        ).format(kept=kept, gone=gone)
        super().__init__(parent, _("Make these two records one"), told, _("Join them"))
        self._found = found
        for at, (record_class, each) in enumerate(found):
            mine, yours = (told_values(words, record_class, each.names, side) for side in (each.kept, each.gone))
            label = words.field(each.names[0]).capitalize()
            self.form.add(str(at), FieldRow(label, RadioChoice([(KEPT, mine), (GONE, yours)], columns=2)))
        self.form.finish()
        for at in range(len(found)):
            self.set_value(str(at), KEPT)

    def from_gone(self, values: dict[str, str]) -> list[tuple[str, str]]:
        """The fields, by record class, in which the record that is put aside is right."""
        return [
            (record_class, name)
            for at, (record_class, each) in enumerate(self._found)
            if values[str(at)] == GONE
            for name in each.names
        ]


def told_values(words: FieldWords, record_class: str, names: tuple[str, ...], values: tuple[Any, ...]) -> str:
    """Values that belong together, in words: those that tell something."""
    told = [words.value(record_class, name, _plain(value)) for name, value in zip(names, values, strict=True)]
    return ", ".join(dict.fromkeys(each for each in told if each != "—")) or "—"


def _plain(value: Any) -> Any:
    """A value as the journal writes it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
