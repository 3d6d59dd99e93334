"""What a referral may tell about one person, and the words of its slip."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain import referrals as rules
from panoh.domain.consent import Consent
from panoh.domain.dates import ADULT, age_band, age_span
from panoh.domain.needs import SpecificNeed
from panoh.domain.person import Person
from panoh.domain.referrals import YES, Slip
from panoh.services import levels
from panoh.services.desk import Desk
from panoh.services.records import is_withheld, owner_of
from panoh.services.summaries import KEEP_DAYS
from panoh.store.masking import is_masked
from panoh.store.tables import table
from panoh.store.units import Reading

# Kinds of recipient whose name on a carried slip tells nothing.
_OPEN_RECIPIENTS = frozenset({"health", "red_crescent", "unicef", "other_organisations"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a referral asks and tells. `facts` are names of domain/referrals.py; none is told that was not picked."""

    service_kind: str = ""
    recipient: str = ""
    organisation: str = field(default="", repr=False)
    asked: str = field(default="", repr=False)
    known: str = field(default="", repr=False)
    facts: tuple[str, ...] = ()
    need_id: str = ""
    urgent: bool = False
    answer_by: datetime | None = None
    without_consent_why: str = field(default="", repr=False)  # a supervisor's reason
    vital: bool = False  # a life is at stake: a supervisor goes past a no


class About:
    """The facts behind a slip about one person, read once."""

    def __init__(self, desk: Desk, reading: Reading, person_id: str) -> None:
        """Raises AppError('access.denied') when the words of the case are withheld from this user."""
        if is_withheld(desk, reading, person_id):
            raise AppError("access.denied")
        self._desk = desk
        self.person = reading.get(Person, person_id)
        self._consents = reading.all(Consent, table(Consent).c.person_id == person_id)
        found = reading.all(SpecificNeed, table(SpecificNeed).c.person_id == person_id)
        self._needs = [need.code for need in found if need.stands]
        may_know = desk.may_see_restricted(owner_of(reading, person_id))
        line = levels.line_of(reading, person_id)
        self.shielded = not may_know or is_masked(reading, person_id) or levels.told(desk, reading, line)[0].shielded
        span = age_span(self.person.birth, desk.clock.today())
        self.child = None if span is None else span[0] < ADULT

    def consent(self, recipient: str) -> str:
        """What the consent to this recipient is worth today."""
        return rules.worth(self._consents, recipient, self._desk.clock.today(), child=bool(self.child))

    def agreed_on(self, recipient: str) -> date | None:
        """When the yes was given that holds today."""
        return rules.agreed_on(self._consents, recipient, self._desk.clock.today())

    def pickable(self, recipient: str) -> tuple[str, ...]:
        """The facts that may be told to this recipient."""
        restricted = self._desk.vocabularies["specific_needs"].restricted
        agreed = self.consent(recipient) == YES
        return rules.pickable(self._needs, restricted, shielded=self.shielded, agreed=agreed)


def slip_of(desk: Desk, about: About, wanted: Wanted, reference: str) -> Slip:
    """The words of a slip: what was picked and typed, and nothing else."""
    person, facts, today = about.person, set(wanted.facts), desk.clock.today()
    codes = [name.removeprefix(rules.NEED_FACT) for name in wanted.facts if name.startswith(rules.NEED_FACT)]
    band = age_band(person.birth, today) if rules.AGE in facts else ""
    return Slip(
        reference=reference,
        asked=wanted.asked.strip(),
        wanted_by=wanted.answer_by,
        to=wanted.organisation.strip() or _addressee(desk, about, wanted.recipient),
        who=rules.who_comes(
            about.child if facts & {rules.GROUP, rules.SEX, rules.AGE} else None,
            person.sex if rules.SEX in facts else "",
            band,
        ),
        how_soon=_("Urgent: as soon as the holder comes.") if wanted.urgent else "",
        needs=tuple(desk.name_of("need", code) for code in codes),
        typed=wanted.known.strip(),
        language=_language(desk, person, facts),
        on_the_way=_("Comes with a helper.") if rules.HELPER in facts else "",
        agreed_on=about.agreed_on(wanted.recipient) if about.consent(wanted.recipient) == YES else None,
        destroy_by=today + timedelta(days=KEEP_DAYS),
        demo=desk.demo,
    )


def _addressee(desk: Desk, about: About, recipient: str) -> str:
    """The kind of recipient; of a shielded person only for services whose name tells nothing."""
    if about.shielded and recipient not in _OPEN_RECIPIENTS:
        return _("The service that was agreed")
    return desk.name_of("recipient", recipient)


def _language(desk: Desk, person: Person, facts: set[str]) -> str:
    """Whether an interpreter is needed, and for which language where that was picked."""
    told = []
    if rules.INTERPRETER in facts and person.interpreter not in ("", "not_needed"):
        told.append(
            _("{interpreter}; the desk sends one with the holder.").format(
                interpreter=desk.name_of("interpreter", person.interpreter)
            )
        )
    elif rules.INTERPRETER in facts and person.interpreter:
        told.append(_("No interpreter needed."))
    if rules.LANGUAGE in facts and person.languages:
        told.append(
            _("Speaks {languages}.").format(
                languages=", ".join(desk.name_of("languages", code) for code in person.languages)
            )
        )
    return " ".join(told)
