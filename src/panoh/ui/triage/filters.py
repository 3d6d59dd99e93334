"""Filters of the queue in words: those that every user has, those that one keeps, and the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.cases import User
from panoh.domain.lines import AGE_BANDS
from panoh.services.queue_filters import Choice, Kept, Offers
from panoh.services.triage import ALL_BUT_LOW, QueueFilter
from panoh.ui.widgets.level import level_word

EVERYONE = QueueFilter()
NOW = "now"  # the code of the filter in force where it is none of the others
_AGES = {
    "under_5": N_("Under 5"),
    "child": N_("Under 18"),
    "adult": N_("18 to 59"),
    "over_60": N_("60 or older"),
    "unknown": N_("Age unknown"),
}
LAPSED, ESCALATED, OVERDUE, CHILDREN = "lapsed", "escalated", "overdue", "children_alone"
_ONLY = {
    OVERDUE: N_("Overdue"),
    CHILDREN: N_("Children alone"),
    LAPSED: N_("Set level lapsed"),
    ESCALATED: N_("Advice asked"),
}


NO_OFFERS = Offers((), (), ())


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of filters need: what can be chosen, who can hold a case, what is kept."""

    offers: Offers = NO_OFFERS
    users: Sequence[User] = ()
    kept: Sequence[Kept] = ()


def saved_filters(base: QueueFilter, known: Known) -> list[tuple[str, str, QueueFilter]]:
    """The choices of the box of saved filters: code, words, filter. Another one in force stands beside them."""
    choices = [
        (key_of(ALL_BUT_LOW), _("All but low"), ALL_BUT_LOW),
        (key_of(EVERYONE), _("Everyone"), EVERYONE),
        *((each.id, each.name, each.wanted) for each in known.kept),
    ]
    if all(wanted != base for _code, _words, wanted in choices):
        choices.append((NOW, filter_words(base, known), base))
    return choices


def code_of(base: QueueFilter, known: Known) -> str:
    """The code of the choice that stands for this filter."""
    return next(code for code, _words, wanted in saved_filters(base, known) if wanted == base)


def key_of(wanted: QueueFilter) -> str:
    """A choice of levels as the code of a choice."""
    return " ".join(wanted.levels)


def filter_words(wanted: QueueFilter, known: Known) -> str:
    """'Critical, High, School 5, nobody’s, under 18'."""
    offers = known.offers
    owners = {user.id: user.name for user in known.users}
    parts = [
        level_words(wanted.levels),
        dict(offers.sites).get(wanted.site_id, ""),
        _("nobody’s") if wanted.nobody else owners.get(wanted.owner_id, ""),
        dict(offers.reasons).get(wanted.reason, ""),
        dict(offers.sexes).get(wanted.sex, ""),
        _(_AGES[wanted.age]) if wanted.age in AGE_BANDS else "",
        *(_(words) for field, words in _ONLY.items() if getattr(wanted, field)),
    ]
    return ", ".join(part for part in parts if part) or _("Everyone")


def level_words(levels: Sequence[str]) -> str:
    """The levels of a filter; '' for all of them."""
    if tuple(levels) == ALL_BUT_LOW.levels:
        return _("All but low")
    return ", ".join(level_word(level) for level in levels)


def age_choices() -> list[Choice]:
    """The bands of age that can be chosen."""
    return [(band, _(_AGES[band])) for band in AGE_BANDS]


def only_choices(*, supervisor: bool) -> list[Choice]:
    """What may be asked for by itself; what was asked of supervisors is theirs."""
    return [(field, _(words)) for field, words in _ONLY.items() if supervisor or field != ESCALATED]


def only_of(wanted: QueueFilter) -> str:
    """Which of these the filter asks for."""
    return next((field for field in _ONLY if getattr(wanted, field)), "")


def with_only(wanted: QueueFilter, only: str) -> QueueFilter:
    """The filter that asks for this alone."""
    return replace(wanted, **{field: field == only for field in _ONLY})  # type: ignore[arg-type]
