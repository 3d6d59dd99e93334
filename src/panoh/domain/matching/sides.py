"""The two sides of a comparison: what a request tells of the one sought, and what is known of somebody registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panoh.domain.dates import PartialDate
from panoh.domain.person import Person

NOT_TOLD = PartialDate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """One sought person as a request tells of them, with what the inquirer's own record adds. Empty: not told."""

    given_name: str = ""
    family_name: str = ""
    patronymic: str = ""
    nickname: str = ""
    other_names: tuple[str, ...] = ()  # maiden name, name in a paper ...
    sex: str = ""
    birth: PartialDate = NOT_TOLD
    origin: str = ""
    relatives: tuple[str, ...] = ()  # named in the request; that one of them is not there counts a little against
    kin_beside: tuple[str, ...] = ()  # of the inquirer: they and their household, kin; these only speak for
    father: str = ""  # the inquirer's given name, where he looks for his child
    family_beside: str = ""  # the inquirer's family name, where the request tells none
    relation: str = ""  # of the sought person to the inquirer, vocab relation
    inquirer_birth: PartialDate = NOT_TOLD
    separated_on: date | None = None
    separated_where: str = ""
    last_seen: str = ""
    last_seen_on: date | None = None
    phones: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    marks: str = ""
    clothes: str = ""


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name somebody bears; a nickname stands in place of the given name, a maiden name of the family name."""

    text: str
    kind: str = ""  # vocab name_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody registered, with what stands beside the record."""

    person: Person
    other_names: tuple[OtherName, ...] = ()
    phones: tuple[str, ...] = ()  # besides the one in the record
    papers: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()  # household, family links, kin that they name, those they look for themselves
    marks: str = ""
    clothes: str = ""
    site_place: str = ""  # where the site is at which they stay
