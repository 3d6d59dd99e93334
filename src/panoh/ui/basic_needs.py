"""What everyone needs, in words and forms: nine sectors ticked one after the other by keyboard, and what was given."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from panoh.base.i18n import day, ngettext, number
from panoh.base.i18n import gettext as _
from panoh.domain.vocabulary import Vocabularies
from panoh.services.assistance import HOUSEHOLD, PERSON, SITE, Assistance, BasicNeed, Said, Stand
from panoh.ui.form_reader import FormReader, day_text
from panoh.ui.theme import look
from panoh.ui.widgets.choices import Choice, ChoiceBox, RadioChoice
from panoh.ui.widgets.controls import day_edit, fitted, offered
from panoh.ui.widgets.form import FieldRow
from panoh.ui.widgets.small_form import SmallForm

AWAY, WHOM, ON = "away", "whom", "on"
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[\s,.'’][0-9]{3})+")  # with or without signs between the thousands
_MOST_SIGNS = 12
_WIDE, _HIGH = 860, 664  # pixels at 100 % text


class TickChoice(RadioChoice):
    """Radio buttons with a digit for each: 0 is the first. A digit chooses and tells that one goes on."""

    ticked = Signal()

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__(choices, columns=len(choices))
        self._codes = [code for code, _words in choices]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose."""
        at = event.key() - Qt.Key.Key_0
        if not 0 <= at < len(self._codes):
            super().keyPressEvent(event)
            return
        self.set_value(self._codes[at])
        self.chosen.emit(self.value())
        self.ticked.emit()


class NeedsForm(SmallForm):
    """How every sector stands, ticked in one go; a sector of which nothing is said keeps what stood before."""

    def __init__(
        self,
        parent: QWidget,
        words: Vocabularies,
        stands: Sequence[Stand],
        today: date,
        *,
        whom: Sequence[Choice] = (),
        of_site: bool = False,
        hidden: Collection[str] = (),
    ) -> None:
        said = _(
            "1 enough, 2 partly, 3 lacking, 0 nothing said: each goes on to the next; Shift+Tab goes back to its note."
        )
        said += " " + _("What is not ticked stays as it was.")
        if of_site:
            said += " " + _("Everyone reads the notes on a site: write no name and no person's number.")
        super().__init__(parent, _("How it stands with what everyone needs"), said, _("Save"))
        self.form.set_spacing(12)
        seen = FieldRow(_("Seen or told on"), day_edit())
        if whom:
            asked = FieldRow(_("Whose needs"), RadioChoice(whom, columns=len(whom)))
            self.form.add_beside((WHOM, asked), (ON, seen), stretches=(5, 4))
            self.set_value(WHOM, whom[0][0])
        else:
            self.form.add(ON, seen)
        self.set_value(ON, day_text(today))
        states = [("", _("nothing said")), *offered(words, "need_state")]
        self.ticks: list[TickChoice] = []
        for stand in stands:
            known = stand_words(words, stand, today) if stand.need else ""
            how = _("shown by role") if stand.sector in hidden else known
            self._add_sector(words, stand.sector, states, how, of_site=of_site)
        for one, following in zip(self.ticks, [*self.ticks[1:], None], strict=True):
            one.ticked.connect(lambda then=following: self._go_on(then))
        self.form.finish()
        widen(self, _HIGH)

    def take_focus(self) -> None:
        """Put the keys on the first sector."""
        self.ticks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_sector(
        self, words: Vocabularies, sector: str, states: Sequence[Choice], how: str, *, of_site: bool
    ) -> None:
        tick = TickChoice(states)
        self.ticks.append(tick)
        label = words.label("sector", sector)
        row = FieldRow(label, tick, hint=_("Now: {how}").format(how=how) if how else "")
        note = FieldRow(_("Note"), QLineEdit())
        note.control.setAccessibleName(_("Note on {sector}").format(sector=label))
        fields = [(f"state.{sector}", row), (f"note.{sector}", note)]
        if of_site:
            people = FieldRow(_("How many"), QLineEdit())
            people.control.setAccessibleName(_("{sector}: how many people lack it").format(sector=label))
            fields.append((f"people.{sector}", people))
        self.form.add_beside(*fields, stretches=(5, 4, 2)[: len(fields)])
        tick.set_value("")

    def _go_on(self, then: TickChoice | None) -> None:
        (then or self.act).setFocus(Qt.FocusReason.TabFocusReason)


class NeedForm(SmallForm):
    """One row of what was noted, to be put right or taken away."""

    def __init__(self, parent: QWidget, words: Vocabularies, need: BasicNeed) -> None:
        sector = words.label("sector", need.sector)
        said = _("To tell that it changed, note it anew with its day. This is for what was noted by mistake.")
        super().__init__(parent, _("Put right: {sector}").format(sector=sector), said, _("Save"))
        states = TickChoice([("", _("nothing said")), *offered(words, "need_state")])
        self.form.add(f"state.{need.sector}", FieldRow(sector, states))
        self.form.add(f"note.{need.sector}", FieldRow(_("Note"), QLineEdit(), optional=True))
        self.form.add(ON, FieldRow(_("Seen or told on"), day_edit()))
        self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the journal"))))
        self.set_value(f"state.{need.sector}", need.state)
        self.set_value(f"note.{need.sector}", need.note)
        self.set_value(ON, day_text(need.noted_on))
        self.form.finish()


class GiftForm(SmallForm):
    """What was given; one that was noted before can be put right or taken away."""

    def __init__(
        self,
        parent: QWidget,
        words: Vocabularies,
        today: date,
        *,
        whom: Sequence[Choice] = (),
        before: Assistance | None = None,
    ) -> None:
        said = _("What was handed out or done, by which organisation, and when.")
        super().__init__(parent, _("What was given"), said, _("Save") if before else _("Add it"))
        if whom and before is None:
            self.form.add(WHOM, FieldRow(_("Given to"), RadioChoice(whom, columns=len(whom))))
            self.set_value(WHOM, whom[0][0])
        add_gift_fields(self, words, today)
        if before is not None:
            self.form.add(AWAY, FieldRow(_("A mistake?"), QCheckBox(_("Take it away; it stays in the journal"))))
            for key, value in gift_values(before).items():
                self.set_value(key, value)
        self.form.finish()
        widen(self)


def widen(form: SmallForm, high: int = 0) -> None:
    """Give a form room for three fields side by side, as far as its window has it."""
    parent = form.parentWidget()
    room = parent.window().size() if parent else QSize(_WIDE, _HIGH)
    wanted = QSize(look().grown(_WIDE), look().grown(high) if high else form.height())
    form.resize(wanted.boundedTo(room))


def add_gift_fields(form: SmallForm, words: Vocabularies, today: date, *each: tuple[str, FieldRow]) -> None:
    """The fields of a gift; `each` says of whom the quantity is, where many are given to."""
    sector = fitted(ChoiceBox([("", _("choose")), *offered(words, "sector")]))
    form.form.add_beside(
        ("sector", FieldRow(_("For which need"), sector)),
        ("what", FieldRow(_("What was given"), QLineEdit())),
        ("given_by", FieldRow(_("By which organisation"), QLineEdit(), optional=True)),
    )
    form.form.add_beside(
        ("quantity", FieldRow(_("How much"), QLineEdit(), optional=True)),
        ("unit", FieldRow(_("Unit: kg, pieces"), QLineEdit(), optional=True)),
        *each,
        ("given_on", FieldRow(_("Given on"), day_edit())),
    )
    form.set_value("given_on", day_text(today))


def said_of(values: FormReader, stands: Sequence[Stand], *, of_site: bool = False) -> list[Said]:
    """What was ticked. A note or a number beside a sector that nobody ticked is told, so that it is not lost."""
    found = []
    for stand in stands:
        sector = stand.sector
        state, note = values.raw(f"state.{sector}"), values.raw(f"note.{sector}")
        people = _number(values, f"people.{sector}", _("Write how many people lack it, for example 40."), nought=True)
        if state:
            found.append(Said(sector, state, note, people if of_site else None))
        elif note or values.raw(f"people.{sector}"):
            values.wrong(f"state.{sector}", _("Say how it stands too: the note would be lost."))
    return found


def need_of(values: FormReader, before: BasicNeed) -> BasicNeed:
    """The row as it was put right."""
    state, note = values.raw(f"state.{before.sector}"), values.raw(f"note.{before.sector}")
    return replace(before, state=state, note=note, noted_on=values.day(ON) or before.noted_on)


def gift_of(values: FormReader, before: Assistance | None = None) -> Assistance:
    """The gift that was typed."""
    return replace(
        before or Assistance(id="", sector="", what=""),
        sector=values.text("sector"),
        what=values.text("what"),
        quantity=_number(values, "quantity", _("Write how much was given, for example 2. Nothing is less than one.")),
        unit=values.text("unit"),
        given_by=values.text("given_by"),
        given_on=values.day("given_on"),
    )


def gift_values(gift: Assistance) -> dict[str, str]:
    """A gift as its form shows it."""
    return {
        "sector": gift.sector, "what": gift.what, "unit": gift.unit, "given_by": gift.given_by,
        "quantity": "" if gift.quantity is None else number(gift.quantity), "given_on": day_text(gift.given_on),
    }  # fmt: skip


def whom_choices(*, household: bool) -> list[Choice]:
    """For whom something is noted in the record of a person."""
    mine = (PERSON, _("this person alone"))
    return [(HOUSEHOLD, _("everyone of the household")), mine] if household else [mine]


def stand_words(words: Vocabularies, stand: Stand, today: date) -> str:
    """'Lacking, of the household, 12 Jun 2010, 2 days ago'; 'nothing said yet'."""
    if stand.need is None:
        return _("nothing said yet")
    return _("{state}, {whose}").format(state=state_words(words, stand), whose=age_of(stand.need, today, stand.of))


def state_words(words: Vocabularies, stand: Stand) -> str:
    """'Lacking'; '' when nothing is said."""
    return words.label("need_state", stand.need.state) if stand.need else ""


def age_of(need: BasicNeed, today: date, of: str = PERSON) -> str:
    """Whose it is where it is inherited, and how old: 'of the household, 12 Jun 2010, 2 days ago'."""
    whose = {HOUSEHOLD: _("of the household"), SITE: _("of the site")}.get(of, "")
    when = [day(need.noted_on), days_ago(need.noted_on, today)] if need.noted_on else [_("day not known")]
    return ", ".join(part for part in (whose, *when) if part)


def days_ago(on: date, today: date) -> str:
    """'today', '3 days ago'."""
    days = (today - on).days
    return ngettext("{n} day ago", "{n} days ago", days).format(n=number(days)) if days > 0 else _("today")


def gift_words(words: Vocabularies, gift: Assistance) -> str:
    """'Blankets: 2 pieces'; the sector alone where what was given is withheld."""
    what = gift.what or words.label("sector", gift.sector)
    if gift.quantity is None:
        return what
    return _("{what}: {much}").format(what=what, much=" ".join(p for p in (number(gift.quantity), gift.unit) if p))


def homes_and_people(homes: int | None, people: int | None) -> str:
    """'12 households, 40 people'; a count that is None is under five, and no more is told to this user."""
    told_homes = ngettext("{n} household", "{n} households", 2 if homes is None else homes)
    told_people = ngettext("{n} person", "{n} people", 2 if people is None else people)
    few = _("under 5")
    homes_words = told_homes.format(n=few if homes is None else number(homes))
    people_words = told_people.format(n=few if people is None else number(people))
    return _("{homes}, {people}").format(homes=homes_words, people=people_words)


def _number(values: FormReader, key: str, sentence: str, *, nought: bool = False) -> int | None:
    """A whole number; '2.5' is none, and is no 25 either."""
    said = values.raw(key).strip()
    found = int(re.sub(r"\D", "", said)) if _WHOLE.fullmatch(said) and len(said) <= _MOST_SIGNS else -1
    if said and found < (0 if nought else 1):
        values.wrong(key, sentence)
    return found if said and found >= 0 else None
