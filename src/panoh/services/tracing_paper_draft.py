"""What the modules of tracing papers share: a drawn paper, what stands around it, and who must not be on any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from panoh.base.errors import AppError
from panoh.domain.cases import User
from panoh.domain.dates import PartialDate, age_span, certainly_adult, certainly_child
from panoh.domain.household import Site
from panoh.domain.leaks import Leak, LeakFinder, Secrets
from panoh.domain.lines import PersonLine
from panoh.domain.redaction import NAMED
from panoh.domain.summary import FamilyMember
from panoh.reports import words
from panoh.reports.tracing_page import Sheet
from panoh.services import resources
from panoh.services.desk import Desk
from panoh.services.need_to_know import require_known
from panoh.services.stored_reasons import load_reasons
from panoh.store.masking import is_masked
from panoh.store.units import Reading

DEAD = frozenset({"dead", "died_reported"})
_BAND = 5  # years
_WIDEST = 14  # years of a span that is told as one band of five


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around every paper."""

    export_no: str
    destroy_by: date
    demo: bool

    def sheet(self, class_words: str, *columns: tuple[str, str], public: bool = False) -> Sheet:
        """Head and foot of a paper of this class."""
        return Sheet(
            class_words=class_words, export_no=self.export_no, destroy_by=self.destroy_by, columns=columns, public=public,
            demo=self.demo,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A paper as it was drawn."""

    pdf: bytes = field(repr=False)
    level: str
    person_id: str = ""  # whose paper it is
    leaks: tuple[Leak, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it tells who somebody is, and so needs a reason."""
        return self.level == NAMED


def require_open(desk: Desk, reading: Reading, person_ids: Iterable[str]) -> None:
    """Raise AppError when one of these may be on no paper of tracing: shield.withheld to who may not know of it, else tracing_paper.shielded."""
    known = [one for one in person_ids if one]
    require_known(desk, reading, *known)
    if any(is_masked(reading, one) for one in known):
        raise AppError("tracing_paper.shielded")


def endangered(shown: Mapping[str, PersonLine]) -> set[str]:
    """Who of these must not be on anything that anybody may read: masked, at risk of being sent back or living with who is.

    And whoever has a restricted reason at all, whoever asks: were exiles alone left out, a board would tell them from survivors.
    """
    return {one.id for one in shown.values() if one.masked or one.restricted or _about_return(one)}


def _about_return(line: PersonLine) -> bool:
    return load_reasons(line.level or "unknown", line.due_at, line.reasons).shielded


def who_words(sex: str, birth: PartialDate, today: date) -> str:
    """Girl, Boy, Woman, Man; of somebody who may be either a child or not Female, Male."""
    child = True if certainly_child(birth, today) else False if certainly_adult(birth, today) else None
    return words.who(FamilyMember(relation="", sex=sex, is_child=child))


def band_words(birth: PartialDate, today: date) -> str:
    """The age as a band: '5–9'; of a wide span its bands, '15–34'; '' when nothing is known."""
    span = age_span(birth, today)
    if span is None:
        return ""
    low, high = span
    if high - low <= _WIDEST:
        low = high = (low + high) // 2
    return f"{low // _BAND * _BAND}–{high // _BAND * _BAND + _BAND - 1}"


def open_finder(
    desk: Desk, reading: Reading, *, phones: Iterable[str] = (), papers: Iterable[str] = (), places: Iterable[str] = ()
) -> LeakFinder:
    """What looks for places, phones, authorities, States, papers and staff in words that anybody may read."""
    sites = [site.name for site in reading.all(Site)]
    secrets = Secrets(
        staff=tuple(user.name for user in reading.all(User)),
        phones=tuple(one for one in phones if one),
        papers=tuple(one for one in papers if one),
        places=tuple(dict.fromkeys(one for one in (*sites, *places) if one.strip())),
    )
    return LeakFinder(secrets, resources.telltales(), desk.clock.today().year)
