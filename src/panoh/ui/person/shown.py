"""What the record's pages show, put into words once: names, tasks, family, consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.cases import Task
from panoh.domain.consent import AUTHORITIES
from panoh.domain.dates import UNKNOWN, PartialDate, child_possible, words
from panoh.domain.lines import PersonLine
from panoh.domain.names import to_latin
from panoh.domain.person import Person
from panoh.services.desk import Desk
from panoh.services.person_edit import Opened
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.unknown import unknown_word
from panoh.ui.words import age_words, due_words, who_words

_PRECISIONS = {
    "day": N_("born {when}"),
    "month": N_("born {when}, month only"),
    "year": N_("born {when}, year only"),
    "age": N_("told {when}"),
    "range": N_("told {when}"),
}


def _when(birth: PartialDate) -> str:
    """The birth date, or for an age, which stands before it, the day on which it was told."""
    return day(birth.as_of) if birth.precision in ("age", "range") and birth.as_of else words(birth)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the household in words; `missing` of whoever is not there and not known to be safe."""

    id: str
    name: str
    relation: str
    age: str
    where: str
    missing: bool
    level: str


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task in words."""

    task: Task
    due: str
    what: str
    owner: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """An answer on consent in words; `kind` is yes, no or ''."""

    what: str
    answer: str
    kind: str
    authority: bool = False


class Shown:
    """A record with its words, as this user may read them now."""

    def __init__(self, desk: Desk, privacy: Privacy, opened: Opened) -> None:
        self.opened = opened
        self.desk = self._desk = desk
        self._privacy = privacy
        self._vocabularies = desk.vocabularies

    @property
    def person(self) -> Person:
        """The person."""
        return self.opened.view.person

    @property
    def name(self) -> str:
        """The name as recorded, or that there is none."""
        return self._privacy.name(self.person.full_name) or _("No name recorded")

    def called(self, line: PersonLine) -> str:
        """Somebody else, by name and number; by number alone where the name may not be known, or names are hidden."""
        name = self._privacy.name(line.full_name)
        return name if name == line.number else ", ".join(part for part in (name, line.number) if part)

    @property
    def other_name(self) -> str:
        """The name in the other script: the recorded one, else in Latin letters; '' if that is the same."""
        recorded = next((name.text for name in self.opened.view.names if name.kind == "other_script"), "")
        other = recorded or to_latin(self.person.full_name)
        return self._privacy.name(other) if other != self.person.full_name else ""

    @property
    def who(self) -> str:
        """'Man, 38 (born 1972, year only, stated)'."""
        person, today = self.person, self._desk.clock.today()
        told = who_words(person.sex, person.birth, today)
        if person.birth.precision == UNKNOWN:
            return _("{who}, age not known").format(who=told)
        parts = [_(_PRECISIONS[person.birth.precision]).format(when=_when(person.birth))]
        if person.birth_basis:
            parts.append(self._vocabularies.label("birth_basis", person.birth_basis).lower())
        return _("{who} ({birth})").format(who=told, birth=", ".join(parts))

    @property
    def speaks(self) -> str:
        """'Speaks Uzbek, Russian'; '' when no language is recorded."""
        known = dict(self.opened.offers.languages)
        told = ", ".join(known.get(code, code) for code in self.person.languages)
        return _("Speaks {languages}").format(languages=told) if told else ""

    @property
    def held_by(self) -> str:
        """Who holds the case."""
        view = self.opened.view
        if not view.owner_name:
            return _("Nobody holds this case.")
        if view.case and view.case.owner_id == self._desk.user.id:
            return _("You hold this case. Each opening of restricted facts is written in the journal.")
        return _("{who} holds this case.").format(who=view.owner_name)

    @property
    def due(self) -> tuple[str, bool]:
        """When the first action is due, in words, and whether that time is past."""
        due, now = self.opened.view.level.due_at, self._desk.clock.now()
        return (due_words(due, now), due < now) if due else ("", False)

    @property
    def names_hidden(self) -> bool:
        """Whether names, and faces with them, are hidden."""
        return self._privacy.hidden

    @property
    def may_be_child(self) -> bool:
        """Whether the person may be under 18."""
        return child_possible(self.person.birth, self._desk.clock.today())

    @property
    def tasks(self) -> list[TaskShown]:
        """All tasks: open ones by due time, then those done."""
        tasks = sorted(self.opened.view.tasks, key=lambda task: (task.done_at is not None, _order(task.due_at)))
        return [self._task(task) for task in tasks]

    def _task(self, task: Task) -> TaskShown:
        now = self._desk.clock.now()
        due = due_words(task.due_at, now) if task.due_at else _("no date")
        owner = self.opened.offers.user_names.get(task.owner_id, _("nobody"))
        what = task.what or _("Private task")
        return TaskShown(task, due, what, owner, bool(task.due_at and task.due_at < now and not task.done_at))

    @property
    def members(self) -> list[MemberLine]:
        """The household, this person included."""
        return [self._member(line) for line in self.opened.view.members]

    @property
    def relatives(self) -> list[MemberLine]:
        """The household without this person."""
        return [member for member in self.members if member.id != self.person.id]

    @property
    def household_facts(self) -> list[tuple[str, str]]:
        """What is recorded of the household, each with its label."""
        home, words = self.opened.view.household, self._vocabularies
        if home is None:
            return []
        yes_no = {"yes": _("Yes"), "no": _("No")}
        language = dict(self.opened.offers.languages).get(home.language, home.language)
        facts = (
            ("address_before", _("Address before"), home.address_before),
            ("site_id", _("Where they stay now"), dict(self.opened.offers.sites).get(home.site_id, "")),
            ("shelter", _("Shelter"), words.label("shelter", home.shelter) if home.shelter else ""),
            ("house_burnt", _("House burnt"), yes_no.get(home.house_burnt, "")),
            ("phone", _("Phone of the household"), home.phone),
            ("language", _("Language to speak with them"), language),
            ("notice_read", _("Notice read to them"), yes_no.get(home.notice_read, "")),
        )
        asked = {one.field: unknown_word(one.answer) for one in self.opened.unanswered if one.record_id == home.id}
        return [(label, value or asked.get(key) or _("not recorded")) for key, label, value in facts]

    def _member(self, line: PersonLine) -> MemberLine:
        together = line.presence == self.person.presence == "here"
        where = _("Here") if together else self._vocabularies.label("presence", line.presence)
        relation = self._vocabularies["relation"].label(line.relation, line.sex) if line.relation else ""
        missing = line.presence in ("missing", "detained")
        age = age_words(line.birth, self._desk.clock.today())
        name = self._privacy.name(line.full_name) or _("no name recorded")
        return MemberLine(line.id, name, relation, age, where, missing, line.level)

    @property
    def consent_given(self) -> str:
        """How the newest answer was given: 'spoken, 14 Jun'."""
        given = [consent for consent in self.opened.view.consents if consent.given_on]
        newest = max(given, key=lambda consent: consent.given_on or self._desk.clock.today(), default=None)
        if newest is None or newest.given_on is None:
            return ""
        how = self._vocabularies.label("consent_how", newest.how).lower()
        return ", ".join(part for part in (how, day(newest.given_on, year=False)) if part)

    @property
    def consent(self) -> list[ConsentLine]:
        """The authorities first, each No unless the person said yes; then what was allowed for each purpose."""
        recipients = [term.code for term in self._vocabularies["recipient"].offers()]
        lines = [self._authority(code) for code in recipients if code in AUTHORITIES]
        return [*lines, *(self._purpose(term.code) for term in self._vocabularies["purpose"].offers())]

    def _authority(self, recipient: str) -> ConsentLine:
        today = self._desk.clock.today()
        yes = any(one.holds_on(today) for one in self.opened.view.consents if one.recipient == recipient)
        word = self._vocabularies.label("recipient", recipient)
        return ConsentLine(word, _("Yes") if yes else _("No"), "yes" if yes else "no", authority=True)

    def _purpose(self, purpose: str) -> ConsentLine:
        answers = [
            one for one in self.opened.view.consents if one.purpose == purpose and one.recipient not in AUTHORITIES
        ]
        word = self._vocabularies.label("purpose", purpose)
        states = [one.state_on(self._desk.clock.today()) for one in answers]
        holding = [
            self._vocabularies.label("recipient", one.recipient)
            for one, state in zip(answers, states, strict=True)
            if state == "yes"
        ]
        if holding:
            return ConsentLine(word, _("Yes: {recipients}").format(recipients=", ".join(holding)), "yes")
        for state, told in (("withdrawn", _("Withdrawn")), ("expired", _("Has run out: ask again")), ("no", _("No"))):
            if state in states:
                return ConsentLine(word, told, "no")
        return ConsentLine(word, _("Not asked"), "")


def _order(due: datetime | None) -> float:
    return due.timestamp() if due else float("inf")
