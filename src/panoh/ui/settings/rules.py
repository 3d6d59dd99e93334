"""The rules of triage as supervisors set them: the page, and the form that tries a setting before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from panoh.base.i18n import gettext as _
from panoh.services.triage_settings import RuleLine
from panoh.ui.theme import look
from panoh.ui.widgets.buttons import KeyButton
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.labels import plain_label
from panoh.ui.widgets.level import level_word
from panoh.ui.widgets.list_page import fill, list_page
from panoh.ui.widgets.notes import NoteBar
from panoh.ui.widgets.panels import side_by_side
from panoh.ui.widgets.progress import ProgressPanel
from panoh.ui.widgets.small_form import SmallForm
from panoh.ui.widgets.table import PagedModel, PagedTable

AS_THE_RULE = "rule"  # the choice that leaves the level as it is
_MOST_REASON = 300  # characters
_MOST_CLOCK = 40
_HIGH = 640  # pixels at 100 % text: all fields and the answer


class RulesView(QWidget):
    """Builds the page and tells what is wanted."""

    set_asked = Signal()
    end_asked = Signal()

    def __init__(self, model: PagedModel) -> None:
        super().__init__()
        self.model = model
        self.note = NoteBar(tone="error", icon="state.error", closable=True)
        self.told = NoteBar(tone="info", icon="state.saved", closable=True)
        self.progress = ProgressPanel()
        self.table = PagedTable(model, name=_("Rules of triage"), row="row.two_lines")
        self.list = self.table
        self.set = KeyButton(_("Set clock or level…"), self.set_asked.emit, keys="Ctrl+Enter")
        self.end = KeyButton(_("End this setting…"), self.end_asked.emit)
        words = _("A rule can be given another time or a higher level here, never a lower one.")
        bar = QWidget()
        bar.setLayout(side_by_side(self.set, self.end))
        above = (self.note, self.told, self.progress, bar)
        fill(self, list_page(_("Triage rules"), plain_label(words, "secondary", wrap=True), self.list, above=above))
        self.show_choice(rule=False, setting=False)

    def show_choice(self, *, rule: bool, setting: bool) -> None:
        """Which of the buttons do something with the chosen row."""
        self.set.setEnabled(rule)
        self.end.setEnabled(setting)


class TriedForm(SmallForm):
    """A form that is tried first: its button then keeps just what was tried."""

    def __init__(self, parent: QWidget, title: str, words: str, keep: str) -> None:
        super().__init__(parent, title, words, _("Try it"))
        self.said = NoteBar(tone="info", icon="state.saved")
        self.resize(QSize(self.width(), look().grown(_HIGH)).boundedTo(parent.window().size()))
        self._keep, self.tried = keep, dict[str, str]()
        self._was_tried = False

    def is_tried(self, values: dict[str, str]) -> bool:
        """Whether just this was tried."""
        return self._was_tried and values == self.tried

    def show_tried(self, values: dict[str, str], words: str) -> None:
        """Tell what the setting would do, and offer to keep it."""
        self.tried, self._was_tried = values, True
        self.show_problems([])
        self.said.say(words, heading=_("If this is kept"))
        self.act.set_words(self._keep)
        for area in self.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)  # the answer stands above the fields

    def forget(self) -> None:
        """Something else stands in the form: it is to be tried first."""
        self._was_tried = False
        self.said.hide()
        self.act.set_words(_("Try it"))


class SetForm(TriedForm):
    """Where, which level, which time, and why."""

    def __init__(self, parent: QWidget, line: RuleLine, sites: Sequence[Choice]) -> None:
        title = _("{rule}: {words}").format(rule=line.rule, words=line.words)
        told = _("As the rule is: {level}, {clock}.").format(level=level_word(line.level), clock=line.clock)
        super().__init__(parent, title, told, _("Keep it"))
        site = ChoiceBox([("", _("The whole vault")), *sites])
        kept = _("{level}, as the rule is").format(level=level_word(line.level))
        level = RadioChoice([(AS_THE_RULE, kept), *((code, level_word(code)) for code in line.levels)])
        level.set_value(AS_THE_RULE)
        clock, why = QLineEdit(), QLineEdit()
        clock.setMaxLength(_MOST_CLOCK)
        why.setMaxLength(_MOST_REASON)
        hint = _("For example 4 h or 2 d. Empty: as the rule is, or the usual time of a higher level.")
        self.form.add_widget(self.said)
        self.form.add("site_id", FieldRow(_("Where"), site))
        self.form.add("level", FieldRow(_("Level"), level))
        self.form.add("clock", FieldRow(_("First action due within"), clock, hint=hint, optional=True))
        self.form.add("why", FieldRow(_("Why"), why, hint=_("It stands in the journal, with your name.")))
        self.form.finish()
        site.answered.connect(self.forget)
        level.chosen.connect(self.forget)
        clock.textEdited.connect(self.forget)
        why.textEdited.connect(self.forget)


class EndForm(TriedForm):
    """What the end of a setting does, before it ends."""

    def __init__(self, parent: QWidget, line: RuleLine, place: str) -> None:
        title = _("{rule}: {words}").format(rule=line.rule, words=line.words)
        told = _("{place}: the setting ends, and the rule counts as it is: {level}, {clock}.").format(
            place=place, level=level_word(line.level), clock=line.clock
        )
        super().__init__(parent, title, told, _("End it"))
        self.form.add_widget(self.said)
        self.form.finish()
