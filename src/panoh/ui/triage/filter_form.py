"""The form that makes a filter of the queue, and keeps it under a name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from panoh.base.errors import FieldProblem
from panoh.base.i18n import gettext as _
from panoh.domain.triage.levels import LEVELS
from panoh.services.queue_filters import Kept
from panoh.services.triage import ALL_BUT_LOW, QueueFilter
from panoh.ui.triage.filters import EVERYONE, Known, age_choices, key_of, level_words, only_choices, only_of, with_only
from panoh.ui.widgets.buttons import LinkButton
from panoh.ui.widgets.choices import Choice, ChoiceBox
from panoh.ui.widgets.control_values import typed_in
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

NOBODY, ANY = "nobody", "any"
_LONGEST_NAME = 60


class FilterForm(SmallForm):
    """Everything that a filter can ask for; '' asks for nothing. `forget_asked` tells the kept filter that is to go."""

    forget_asked = Signal(str)

    def __init__(self, parent: QWidget, base: QueueFilter, known: Known, me: str, *, supervisor: bool) -> None:
        words = _("Only who fits all of these stands in the queue. With a name the filter is kept, for you alone.")
        super().__init__(parent, _("Filter the queue"), words, _("Show"))
        self._base = base
        kept = next((each for each in known.kept if each.wanted == base), None)
        rows = {
            "levels": (_("Levels"), _levels(base)),
            "only": (_("Only"), [("", _("Everyone")), *only_choices(supervisor=supervisor)]),
            "site": (_("Site"), [(ANY, _("Any site")), *known.offers.sites]),
            "owner": (_("Who holds the case"), _owners(known, me)),
            "reason": (_("Reason"), [(ANY, _("Any reason")), *known.offers.reasons]),
            "sex": (_("Sex"), [("", _("Any")), *known.offers.sexes]),
            "age": (_("Age"), [("", _("Any")), *age_choices()]),
        }
        made = {
            key: FieldRow(label, ChoiceBox(choices, search=key in ("reason", "site")))
            for key, (label, choices) in rows.items()
        }
        name = QLineEdit()
        name.setMaxLength(_LONGEST_NAME)
        hint = _("For example: Children at School 5")
        made["name"] = FieldRow(_("Keep it as"), name, hint=hint, optional=True)
        for left, right in (("levels", "only"), ("site", "owner"), ("sex", "age")):
            self.form.add_beside((left, made[left]), (right, made[right]))
        self.form.add("reason", made["reason"])
        self.form.add("name", made["name"])
        if kept is not None:
            self._offer_to_forget(kept)
        self.form.finish()
        self._show(base)

    def problems(self, values: dict[str, str]) -> list[FieldProblem]:
        """What was typed into a box and is none of its choices."""
        told = _("Choose from the list.")
        return [FieldProblem(key, told) for key, value in values.items() if key != "name" and typed_in(value)]

    def wanted_filter(self, values: dict[str, str]) -> QueueFilter:
        """The filter that stands in the form."""
        nobody = values["owner"] == NOBODY
        made = QueueFilter(
            levels=tuple(values["levels"].split()),
            nobody=nobody,
            owner_id="" if nobody else values["owner"],
            site_id=_or_any(values["site"]),
            reason=_or_any(values["reason"]),
            sex=values["sex"],
            age=values["age"],
        )
        return with_only(made, values["only"])

    def _show(self, base: QueueFilter) -> None:
        told = {
            "levels": key_of(base),
            "only": only_of(base),
            "site": base.site_id or ANY,
            "owner": NOBODY if base.nobody else base.owner_id,
            "reason": base.reason or ANY,
            "sex": base.sex,
            "age": base.age,
        }
        for key, value in told.items():
            self.set_value(key, value)

    def _offer_to_forget(self, kept: Kept) -> None:
        words = _("Forget the filter “{name}”").format(name=kept.name)
        self.form.add_widget(LinkButton(words, lambda: self.forget_asked.emit(kept.id)))


def _or_any(code: str) -> str:
    return "" if code == ANY else code


def _levels(base: QueueFilter) -> list[Choice]:
    choices = [(key_of(ALL_BUT_LOW), _("All but low")), (key_of(EVERYONE), _("All levels"))]
    choices += [(level, level_words((level,))) for level in LEVELS]
    choices.append(("critical high", level_words(("critical", "high"))))
    if key_of(base) not in dict(choices):
        choices.append((key_of(base), level_words(base.levels)))
    return choices


def _owners(known: Known, me: str) -> list[Choice]:
    others = [(user.id, user.name) for user in known.users if user.id != me]
    return [("", _("Anyone or nobody")), (NOBODY, _("Nobody")), (me, _("Me")), *others]
