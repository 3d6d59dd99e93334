"""What everyone in the family shares: where they come from and stay, how to speak with them, and their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies, Vocabulary
from panoh.services.registration import FamilyForm
from panoh.ui.registration.term_box import Choice, TermBox, stand_in_own_site
from panoh.ui.shortcuts import shortcuts
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import ElidedLabel, plain_label
from panoh.ui.widgets.panels import Panel

HOME = ("address_before", "site_id", "phone", "language", "shelter", "notice_read")
JOURNEY = ("fled_from", "country_now", "border_status", "intends_to_go")
REMEMBERED = ("site_id", "language", "fled_from", "country_now", "intends_to_go")
STAYS = (*REMEMBERED, "depth")  # from one family to the next
KEYS = "Alt+H"


class FoldedLine(QWidget):
    """Fields as one line of words, with a button that opens them."""

    def __init__(self, title: str, on_change: Callable[[], object], keys: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(plain_label(title, "bold"))
        self._words = ElidedLabel()
        row.addWidget(self._words, 1)
        self.button = KeyButton(_("Change"), on_change, size="height" if keys else "small")
        self.button.keys = keys  # shown only: the block answers to the keys whether folded or not
        self._title = title
        row.addWidget(self.button)

    def set_words(self, words: str) -> None:
        """What the folded fields hold."""
        self._words.setText(words)
        self.button.setAccessibleDescription(words)
        self.button.setAccessibleName(_("Change: {title}").format(title=self._title))


class HouseholdBlock(Panel):
    """The fields by their names in FamilyForm. `edited` follows each change by a person.

    The journey is often the same for the next family: it folds into one line once it is known. From 150 % text on the
    whole block folds while one works in the grid.
    """

    edited = Signal()

    def __init__(self, words: Vocabularies) -> None:
        super().__init__()
        self._vocabularies = words
        self.rows: dict[str, FieldRow] = {}
        self._home_open = self._journey_open = True
        self._own_site = ""  # where everyone is registered in a vault that holds one site's caseload
        self._make_fields()
        self._home_line = FoldedLine(_("Household"), self.open, KEYS)
        self._home = self._home_fields()
        self._journey_line = FoldedLine(_("Journey"), self._open_journey)
        self._journey = self._journey_fields()
        for part in (self._head(), self._home_line, self._home, self._journey_line, self._journey):
            self.body.addWidget(part)
        shortcuts().add(KEYS, _("Go to the household"), self.open, self)
        look().changed.connect(self._arrange)
        self._arrange()

    # --- values -----------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        """What the fields hold, by field."""
        return {name: self._value(row.control) for name, row in self.rows.items()}

    def show_form(self, form: FamilyForm) -> None:
        """Show a form's household; what is filled in already folds away where that saves room."""
        for name, row in self.rows.items():
            control, value = row.control, getattr(form, name) or (self._own_site if name == "site_id" else "")
            if isinstance(control, TermBox):
                control.set_value(value)
            elif isinstance(control, QLineEdit):
                control.setText(value)
            row.set_error("")
        self._journey_open = not all(getattr(form, name) for name in JOURNEY if name in REMEMBERED)
        self._home_open = not (look().large and self._filled(HOME))
        self._arrange()

    def set_choices(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Offer these codes and words in the boxes of these fields."""
        for name, offered in choices.items():
            box = self.rows[name].control if name in self.rows else None
            if isinstance(box, TermBox):
                box.set_choices(offered)
        self._own_site = stand_in_own_site(choices, self.rows["site_id"].control)

    def problems(self) -> list[FieldProblem]:
        """Boxes in which something stands that their list does not know."""
        boxes = [(name, row.control) for name, row in self.rows.items()]
        found = [(name, box.problem()) for name, box in boxes if isinstance(box, TermBox)]
        return [FieldProblem(name, words) for name, words in found if words]

    # --- focus and folding ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Unfold, and put the keys into the first field."""
        self._home_open = True
        self._arrange()
        self.rows[HOME[0]].take_focus()

    def go_to(self, name: str) -> None:
        """Unfold what holds this field and put the keys into it."""
        self._home_open = True
        self._journey_open = self._journey_open or name in JOURNEY
        self._arrange()
        self.rows[name].take_focus()

    def fold(self) -> None:
        """The keys went on to the grid: at large text what is filled in makes room for it."""
        if look().large and self._filled(HOME + JOURNEY):
            self._home_open = False
        if self._filled(JOURNEY) == len(JOURNEY):
            self._journey_open = False
        self._arrange()

    def keep_typing(self) -> None:
        """Complete what was typed into a box and not left yet."""
        for row in self.rows.values():
            if isinstance(row.control, TermBox):
                row.control.take_first()

    def _open_journey(self) -> None:
        """Most of it is known from the family before: go to what is not."""
        self.go_to(next((name for name in JOURNEY if not self._value(self.rows[name].control)), JOURNEY[0]))

    def _arrange(self) -> None:
        folded = look().large and not self._home_open
        self._caption.setVisible(not folded)
        self._home_line.setVisible(folded)
        self._home.setVisible(not folded)
        self._journey_line.setVisible(not folded and not self._journey_open)
        self._journey.setVisible(not folded and self._journey_open)
        self._journey_line.set_words(self._summary(JOURNEY))
        self._home_line.set_words(self._summary(HOME))
        self._set_columns()

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        words = self._vocabularies
        for name, label, control in (
            ("address_before", _("Address before"), QLineEdit()),
            ("site_id", _("Where they stay now"), TermBox()),
            ("phone", _("Phone"), QLineEdit()),
            ("language", _("Language to speak with them"), TermBox(terms=words["languages"])),
            ("shelter", _("Shelter"), _box(words["shelter"])),
            ("notice_read", _("Notice read to them"), TermBox([("yes", _("Yes")), ("no", _("No"))])),
            ("fled_from", _("Country they fled from"), TermBox(terms=words["countries"])),
            ("country_now", _("Country now"), TermBox(terms=words["countries"])),
            ("border_status", _("At the border"), _box(words["border_status"])),
            ("intends_to_go", _("Where they intend to go"), TermBox(terms=words["countries"])),
        ):
            self.rows[name] = FieldRow(label, control, optional=name == "phone")
            self._listen(control)

    def _listen(self, control: QWidget) -> None:
        if isinstance(control, TermBox):
            control.answered.connect(self.edited)
        elif isinstance(control, QLineEdit):
            control.textEdited.connect(self.edited)

    def _head(self) -> QWidget:
        self._caption = QWidget()
        row = QHBoxLayout(self._caption)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(8)
        row.addWidget(plain_label(_("Household"), "bold"))
        row.addWidget(plain_label(_("everyone below shares these"), "secondary"))
        row.addStretch()
        row.addWidget(plain_label(KEYS, "small secondary"))
        return self._caption

    def _home_fields(self) -> QWidget:
        page, self._home_grid = _field_page()
        return page

    def _journey_fields(self) -> QWidget:
        page, self._journey_grid = _field_page()
        return page

    def _set_columns(self) -> None:
        """Three and four fields beside each other; two where the text is large."""
        _place(self._home_grid, [self.rows[name] for name in HOME], 2 if look().large else 3)
        _place(self._journey_grid, [self.rows[name] for name in JOURNEY], 2 if look().large else 4)

    # --- words ------------------------------------------------------------------------------------------------------

    def _summary(self, names: Sequence[str]) -> str:
        return "; ".join(self._said(name) for name in names if self._said(name)) or _("nothing yet")

    def _said(self, name: str) -> str:
        control = self.rows[name].control
        words = control.words() if isinstance(control, TermBox) else self._value(control)
        texts = {
            "site_id": _("now {words}"),
            "fled_from": _("from {words}"),
            "country_now": _("now in {words}"),
            "border_status": _("at the border: {words}"),
            "intends_to_go": _("going to {words}"),
            "notice_read": _("notice read: {words}"),
        }
        if not words:
            return _("at the border: not said yet") if name == "border_status" else ""
        return texts.get(name, "{words}").format(words=words)

    def _filled(self, names: Sequence[str]) -> int:
        return sum(bool(self._value(self.rows[name].control)) for name in names)

    @staticmethod
    def _value(control: QWidget) -> str:
        if isinstance(control, TermBox):
            return control.value()
        return control.text().strip() if isinstance(control, QLineEdit) else ""


def remembered(form: FamilyForm) -> FamilyForm:
    """The form for the next family of the same session: the site, the countries, the language and the depth stay."""
    kept: dict[str, Any] = {name: getattr(form, name) for name in STAYS}
    return replace(FamilyForm(), **kept)


def _box(terms: Vocabulary) -> TermBox:
    return TermBox([(term.code, terms.label(term.code)) for term in terms.offers()], terms)


def _field_page() -> tuple[QWidget, QGridLayout]:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 8, 16, 12)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    return page, grid


def _place(grid: QGridLayout, rows: Sequence[FieldRow], columns: int) -> None:
    for at, row in enumerate(rows):
        grid.addWidget(row, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
    for column in range(len(rows)):
        grid.setColumnStretch(column, int(column < columns))
