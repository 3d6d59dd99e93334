"""Columns of the list of leads, and a lead in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from panoh.base.i18n import N_, day
from panoh.base.i18n import gettext as _
from panoh.domain.leads import Lead, LeadNote
from panoh.domain.match_parts import LABELS, NEAR, SAME, Match
from panoh.domain.vocabulary import Vocabularies
from panoh.services.leads import PossiblePerson, PossibleRequest
from panoh.ui.privacy import Privacy
from panoh.ui.tasks import TaskRunner
from panoh.ui.widgets.cells import Cell
from panoh.ui.widgets.table import Column, PagedModel
from panoh.ui.words import name_words, who_words

# Fields of the format that a lead keeps as they are said. Links are shown and never followed.
_TOLD = {
    "newer": N_("News since"),  # of a lead that was followed: the newer record stands in the notes
    "full_name": N_("The record now says"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "alternate_names": N_("Other names"),
    "sex": N_("Sex"),
    "home_neighborhood": N_("Neighbourhood"),
    "home_city": N_("City"),
    "home_state": N_("Province"),
    "home_country": N_("Country"),
    "author_email": N_("E-mail of the author"),
    "author_phone": N_("Phone of the author"),
    "author_made_contact": N_("The author was in contact"),
    "source_url": N_("Published at"),
    "date_of_birth": N_("Born, as said"),
    "age": N_("Age, as said"),
    "home_street": N_("Street"),
    "home_postal_code": N_("Postal code"),
    "photo_url": N_("Photo at"),
    "profile_urls": N_("Profiles at"),
    "linked_person_record_id": N_("Said to be the same as"),
    "entry_date": N_("Entered"),
    "email_of_found_person": N_("E-mail of the person"),
    "phone_of_found_person": N_("Phone of the person"),
}


_NAMES = frozenset({"full_name", "given_name", "family_name", "alternate_names"})
_DAYS = frozenset({"newer", "entry_date"})  # kept as the standard writes a day or a moment
_YES_NO = {"true": N_("yes"), "false": N_("no")}


class LeadWords:
    """Leads, their notes, and who of ours one may be, in words."""

    def __init__(self, words: Vocabularies, privacy: Privacy, today: Callable[[], date]) -> None:
        self._words, self._privacy, self._today = words, privacy, today

    def name(self, lead: Lead) -> str:
        """Whom it is about."""
        return self._privacy.name(lead.full_name) or _("no name recorded")

    def who(self, lead: Lead) -> str:
        """'Woman, about 35'."""
        return who_words(lead.sex, lead.birth, self._today())

    def says(self, lead: Lead | LeadNote) -> str:
        """What the public says of the person."""
        return self._words.label("pfif_status", lead.status) if lead.status else ""

    def state(self, lead: Lead) -> str:
        """What was done with it."""
        return self._words.label("lead_state", lead.state) if lead.state else _("New")

    @staticmethod
    def news(lead: Lead) -> str:
        """That the public has said something newer since it was followed; '' when not."""
        return _("News since") if lead.has_news else ""

    def facts(self, lead: Lead) -> list[tuple[str, str]]:
        """Everything that the record says, a label and a value each."""
        names = ", ".join(self._privacy.name(name) for name in lead.other_names)
        found = [
            (_("Other names"), names),
            (_("Home"), lead.home),
            (_("The public says"), self.says(lead)),
            (_("Last known place"), lead.last_place),
            (_("Described as"), lead.words),
            (_("Source"), ", ".join(part for part in (lead.source_name, _day(lead.source_at)) if part)),
            (_("Author"), self._privacy.name(lead.author_name)),
            *self._told(lead.told),
            (_("Public record"), lead.public_no),
            (_("Expires"), _day(lead.expires_at)),
            (_("Done with it"), ": ".join(part for part in (self.state(lead), lead.state_words) if part)),
        ]
        return [(label, value) for label, value in found if value]

    def note(self, note: LeadNote) -> str:
        """A note: who, when, what; a line each for what else it tells."""
        head = ", ".join(part for part in (_day(note.source_at), self._privacy.name(note.author_name)) if part)
        lines = [head, self.says(note), note.words]
        if note.last_place:
            lines.append(_("Last known place: {place}").format(place=note.last_place))
        lines += [_("{what}: {words}").format(what=label, words=value) for label, value in self._told(note.told)]
        return "\n".join(line for line in lines if line)

    def person(self, found: PossiblePerson) -> str:
        """Somebody here who may be meant."""
        line = found.person
        told = (
            line.number,
            name_words(line, self._today(), self._privacy),
            who_words(line.sex, line.birth, self._today()),
        )
        who = ", ".join(part for part in told if part)
        return _("{who}: possible, {points} of 100").format(who=who, points=found.match.shown)

    def request(self, found: PossibleRequest) -> str:
        """A request that may be about the same person."""
        asked = found.request
        name = self._privacy.name(asked.full_name) or _("no name recorded")
        told = (asked.number, name, who_words(asked.sex, asked.birth, self._today()))
        who = ", ".join(part for part in told if part)
        return _("Request {who}: possible, {points} of 100").format(who=who, points=found.match.shown)

    @staticmethod
    def agreeing(match: Match) -> str:
        """Which facts are the same or near."""
        facts = [_(LABELS[part.name]).lower() for part in match.parts if part.verdict in (SAME, NEAR)]
        return _("Same or near: {facts}").format(facts=", ".join(facts)) if facts else ""

    def _told(self, told: Sequence[str]) -> list[tuple[str, str]]:
        pairs = (one.partition("=") for one in told)
        return [(_(_TOLD.get(name, name)), self._shown(name, value)) for name, _equals, value in pairs]

    def _shown(self, name: str, value: str) -> str:
        if name in _NAMES:
            return ", ".join(self._privacy.name(one) for one in value.splitlines())
        if name in _DAYS:
            return _read_day(value) or value
        return _(_YES_NO[value]) if value in _YES_NO else value


def _day(at: datetime | None) -> str:
    return day(at.astimezone().date()) if at else ""


def _read_day(said: str) -> str:
    try:
        return _day(datetime.fromisoformat(said))
    except ValueError:
        return ""


def leads_model(runner: TaskRunner, words: LeadWords) -> PagedModel:
    """The model of the list; its rows are Lead."""

    def state(lead: Lead) -> Cell:
        return Cell(words.state(lead), below=words.news(lead), tone="" if lead.state and not lead.has_news else "bold")

    def spoken(lead: Lead) -> str:
        parts = (
            words.name(lead),
            words.who(lead),
            words.says(lead),
            lead.home,
            lead.source_name,
            words.state(lead),
            words.news(lead),
        )
        return ", ".join(part for part in parts if part)

    columns = (
        Column("name", _("Name"), 0, lambda lead: Cell(words.name(lead), below=words.who(lead))),
        Column("says", _("The public says"), 224, lambda lead: Cell(words.says(lead))),
        Column("home", _("Home"), 124, lambda lead: Cell(lead.home)),
        Column("source", _("Source"), 124, lambda lead: Cell(lead.source_name, below=_day(lead.source_at))),
        Column("state", _("Done with it"), 112, state),
    )
    return PagedModel(columns, runner, row_words=spoken, key=lambda lead: lead.id)
