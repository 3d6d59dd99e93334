"""What a referral tells: facts picked one by one, starting from none, and what never stands on a slip.

A slip carries no name, whoever it is about: if only hidden people had none, the blank would tell. So what a paper for
a supervisor leaves out (domain/redaction.py) is offered for nobody here, and besides:

- a need is told with its word alone; a restricted one only on a yes for this recipient, by who may know it;
- of a shielded person neither a restricted need nor the language, which tells an origin, may be picked. Who may not
  know who is shielded picks as for a shielded person, so that no refusal tells one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.consent import AUTHORITIES, Consent
from panoh.domain.leaks import AUTHORITIES as AUTHORITY_WORDS
from panoh.domain.leaks import KINDS, PLACES, Leak, LeakFinder
from panoh.domain.redaction import LEFT_OUT, SUPERVISOR

GROUP, AGE, SEX, LANGUAGE, INTERPRETER, HELPER, NEED = (
    "group",
    "age",
    "sex",
    "language",
    "interpreter",
    "helper",
    "need",
)
FACTS: dict[str, str] = {
    GROUP: N_("Adult or child"),
    AGE: N_("Age, within five years"),
    SEX: N_("Sex"),
    LANGUAGE: N_("Language"),
    INTERPRETER: N_("Whether an interpreter is needed"),
    HELPER: N_("Comes with a helper"),
}
NEED_FACT = f"{NEED} "  # before the code of a need: 'need SM-CI'
NOT_OF_THE_SHIELDED = frozenset({LANGUAGE})
NEVER = (*LEFT_OUT[SUPERVISOR], N_("ethnicity and religion"), N_("relatives"), N_("what is feared"))
NOT_A_RECIPIENT = frozenset({"authorities_origin", "public", "this_organisation"})
PURPOSES = ("services", "sharing")
YES, NO, NOT_ASKED, RUN_OUT, NO_ASSENT, VITAL = "yes", "no", "not_asked", "run_out", "no_assent", "vital_interest"
CONSENT_WORDS = {
    YES: N_("Yes: this person agreed to this recipient."),
    NO: N_("No: this person refused this recipient."),
    NOT_ASKED: N_("Not asked: there is no answer for this recipient."),
    RUN_OUT: N_("Run out: the answer for this recipient is to be asked again."),
    NO_ASSENT: N_("Not whole: of a child, the carer's yes and the child's are both needed."),
    VITAL: N_("Without the person: a life was at stake."),
}
MOST_ASKED, MOST_KNOWN, MOST_TO = 120, 240, 90  # signs of the typed lines: the slip has room for them on one side
_OF_A_SERVICE = frozenset({PLACES, AUTHORITY_WORDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Everything that stands on a slip, in words."""

    reference: str
    asked: str = field(repr=False)
    wanted_by: datetime | None
    to: str = field(repr=False)
    who: str
    how_soon: str
    needs: tuple[str, ...] = ()  # the words of the needs that were picked
    typed: str = field(default="", repr=False)  # what the recipient must know besides
    language: str = ""
    on_the_way: str = ""
    agreed_on: date | None = None  # None: it goes out without a yes
    destroy_by: date
    demo: bool = False


def worth(consents: Iterable[Consent], recipient: str, on: date, *, child: bool) -> str:
    """What the person's consent to this recipient is worth on a day: YES, NO, NOT_ASKED, RUN_OUT or NO_ASSENT.

    Both purposes count, services and sharing: one no, also one that withdrew a yes, is a no. Of a child the carer's yes
    counts with the child's own assent.
    """
    asked = [one for one in consents if one.recipient == recipient and one.purpose in PURPOSES]
    states = [(one.state_on(on), one) for one in asked]
    if any(state in ("no", "withdrawn") for state, _one in states):
        return NO
    given = [one for state, one in states if state == "yes"]
    if given:
        whole = not child or any(one.given_by == "carer" and one.assent == "yes" for one in given)
        return YES if whole else NO_ASSENT
    return RUN_OUT if any(state == "expired" for state, _one in states) else NOT_ASKED


def agreed_on(consents: Iterable[Consent], recipient: str, on: date) -> date | None:
    """The last day on which a yes that holds was given."""
    asked = (one for one in consents if one.recipient == recipient and one.purpose in PURPOSES and one.holds_on(on))
    return max((one.given_on for one in asked if one.given_on), default=None)


def pickable(
    needs: Iterable[str], restricted: Callable[[str], bool], *, shielded: bool, agreed: bool
) -> tuple[str, ...]:
    """The facts that may be picked, in the order in which they are offered; `needs` are codes that stand.

    `shielded` also for who may not know whether somebody is. `agreed`: the person said yes to this recipient.
    """
    open_facts = [name for name in FACTS if not (shielded and name in NOT_OF_THE_SHIELDED)]
    told = [code for code in dict.fromkeys(needs) if not restricted(code) or (agreed and not shielded)]
    return (*open_facts, *(NEED_FACT + code for code in told))


def may_go_to(recipient: str, *, shielded: bool) -> bool:
    """Whether a slip may go there at all: never to authorities of origin, to those here about nobody who is shielded."""
    return recipient not in NOT_A_RECIPIENT and not (shielded and recipient in AUTHORITIES)


def leaks_on(slip: Slip, finder: LeakFinder, *, shielded: bool) -> tuple[tuple[str, Leak], ...]:
    """What in the typed words of a slip gives somebody away, each with its field (asked, known, organisation).

    No reason lets it stay. The service that is asked may be called by its place or its authority, which it knows; on the
    slip of a shielded person it may not, because that slip is carried.
    """
    of_to = tuple(kind for kind in KINDS if shielded or kind not in _OF_A_SERVICE)
    typed = (("asked", slip.asked, tuple(KINDS)), ("known", slip.typed, tuple(KINDS)), ("organisation", slip.to, of_to))
    return tuple((name, Leak(kind, words)) for name, text, kinds in typed for kind, words in finder.find(text, kinds))


def who_comes(child: bool | None, sex: str = "", age: str = "") -> str:
    """Who comes, as little as was picked: 'One adult. Brings this slip.', 'One woman, 30-34. Brings this slip.'"""
    words = _("One person") if child is None else _("One child") if child else _("One adult")
    named = {
        ("F", False): _("One woman"),
        ("M", False): _("One man"),
        ("F", True): _("One girl"),
        ("M", True): _("One boy"),
    }
    if sex:
        words = (
            named.get((sex, bool(child)), words)
            if child is not None
            else {"F": _("One female"), "M": _("One male")}.get(sex, words)
        )
    return _("{who}. Brings this slip.").format(who=", ".join(part for part in (words, age) if part))
