"""What a registration still lacks, graded as UNHCR's own quality checker grades it. It never blocks saving.

Grades: field-guide of the project, section 2.2, after the checker's rating of missing values. Two departures:
ethnicity and religion are never asked for here, because they can kill; and a question that was asked counts as
settled even when the answer was "does not know", "refused" or "none".
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from panoh.base.i18n import N_
from panoh.domain.consent import Consent
from panoh.domain.household import Household
from panoh.domain.person import IdentityDocument, Person, PersonName, Unanswered

CRITICAL, WARNING, INFORMATION = "critical", "warning", "information"
GRADES = (CRITICAL, WARNING, INFORMATION)
GROUP, EMERGENCY, FULL = "group", "emergency", "full"
DEPTHS = (GROUP, EMERGENCY, FULL)
_SETTLED = frozenset({"does_not_know", "refused", "none"})


@dataclass(frozen=True, slots=True)
class Registered:
    """One person with what hangs on the record, as far as completeness looks at it."""

    person: Person
    household: Household | None = None
    names: tuple[PersonName, ...] = ()
    documents: tuple[IdentityDocument, ...] = ()
    consents: tuple[Consent, ...] = ()
    has_photo: bool = False
    unanswered: tuple[Unanswered, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is still to be asked or looked for."""

    field: str
    label: str
    grade: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a registration has come: what it lacks at the depth that is wanted, the gravest first."""

    fields: tuple[str, ...]  # that this depth wants
    gaps: tuple[Gap, ...] = ()

    @property
    def asked(self) -> int:
        """How many fields this depth wants."""
        return len(self.fields)

    @property
    def done(self) -> int:
        """Fields that are told or settled."""
        return self.asked - len(self.gaps)

    def of_grade(self, grade: str) -> tuple[Gap, ...]:
        """The gaps of one grade."""
        return tuple(gap for gap in self.gaps if gap.grade == grade)

    def part(self, fields: Collection[str]) -> Completeness:
        """How far these fields alone have come: a section of a form."""
        return Completeness(
            tuple(name for name in self.fields if name in fields),
            tuple(gap for gap in self.gaps if gap.field in fields),
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A field, from which depth on it is wanted, and how to see that it is there."""

    field: str
    label: str
    grade: str
    depth: str
    told: Callable[[Registered], object]


def _own(name: str) -> Callable[[Registered], object]:
    return lambda one: getattr(one.person, name) not in ("", None, ())


def _name_of_kind(*kinds: str) -> Callable[[Registered], object]:
    return lambda one: any(name.kind in kinds for name in one.names)


_WANTED: tuple[_Wanted, ...] = (
    _Wanted("given_name", N_("Given name"), CRITICAL, EMERGENCY, _own("given_name")),
    _Wanted("sex", N_("Sex"), CRITICAL, EMERGENCY, _own("sex")),
    _Wanted("birth", N_("Birth date or age"), CRITICAL, EMERGENCY, lambda one: one.person.birth_precision),
    _Wanted("relation", N_("Relation in the household"), CRITICAL, EMERGENCY, _own("relation")),
    _Wanted("site", N_("Where they stay"), CRITICAL, EMERGENCY, lambda one: one.person.site_id or _is_away(one)),
    _Wanted("storage", N_("Consent to keep the record"), CRITICAL, EMERGENCY, lambda one: _decided(one, "storage")),
    _Wanted("family_name", N_("Family name"), CRITICAL, FULL, _own("family_name")),
    _Wanted("birth_country", N_("Country of birth"), CRITICAL, FULL, _own("birth_country")),
    _Wanted("nationalities", N_("Nationality"), CRITICAL, FULL, _own("nationalities")),
    _Wanted("fled_from", N_("Country that this flight left"), CRITICAL, FULL, _own("fled_from")),
    _Wanted("country_now", N_("Country now"), CRITICAL, FULL, lambda one: one.person.country_now or _is_away(one)),
    _Wanted("arrival_on", N_("Day of arrival"), CRITICAL, FULL, lambda one: one.person.arrival_on or _is_away(one)),
    _Wanted("marital_status", N_("Marital status"), CRITICAL, FULL, _own("marital_status")),
    _Wanted("legal_status", N_("Legal status"), CRITICAL, FULL, _own("legal_status")),
    _Wanted("sharing", N_("Decision on sharing"), CRITICAL, FULL, lambda one: _decided(one, "sharing")),
    _Wanted("origin", N_("Address before"), CRITICAL, FULL, _own("origin")),
    _Wanted("documents", N_("Identity papers"), CRITICAL, FULL, lambda one: one.documents),
    _Wanted("photo", N_("Photo"), CRITICAL, FULL, lambda one: one.has_photo),
    _Wanted("patronymic", N_("Father's name"), WARNING, FULL, lambda one: one.person.patronymic or one.person.father_name),
    _Wanted("other_script", N_("Name in the own script"), WARNING, FULL, _name_of_kind("other_script", "as_said")),
    _Wanted("education", N_("Education"), WARNING, FULL, _own("education")),
    _Wanted("occupation", N_("Occupation"), WARNING, FULL, _own("occupation")),
    _Wanted("fled_on", N_("Day of flight"), WARNING, FULL, _own("fled_on")),
    _Wanted("birth_place", N_("Place of birth"), WARNING, FULL, _own("birth_place")),
    _Wanted("mother_name", N_("Mother's name"), INFORMATION, FULL, _own("mother_name")),
    _Wanted("maiden", N_("Name before marriage"), INFORMATION, FULL, _name_of_kind("maiden")),
    _Wanted("nickname", N_("What the person is called"), INFORMATION, FULL, _name_of_kind("nickname")),
    _Wanted("languages", N_("Languages"), INFORMATION, FULL, _own("languages")),
    _Wanted("interpreter", N_("Interpreter"), INFORMATION, FULL, _own("interpreter")),
)  # fmt: skip


def completeness(one: Registered, depth: str = FULL) -> Completeness:
    """What this registration lacks to be of that depth, the gravest first."""
    settled = {each.field for each in one.unanswered if each.answer in _SETTLED}
    wanted = [w for w in _WANTED if DEPTHS.index(w.depth) <= DEPTHS.index(depth) and _applies(w, one)]
    gaps = (Gap(w.field, w.label, w.grade) for w in wanted if w.field not in settled and not w.told(one))
    return Completeness(tuple(w.field for w in wanted), tuple(sorted(gaps, key=lambda gap: GRADES.index(gap.grade))))


def next_depth(depth: str) -> str:
    """The depth that a registration should be brought to next; the deepest stays."""
    return {GROUP: EMERGENCY, EMERGENCY: FULL}.get(depth, FULL)


def _applies(wanted: _Wanted, one: Registered) -> bool:
    """Men and children have no name before marriage; who has no household has no place in one."""
    if wanted.field == "maiden":
        return one.person.sex != "M" and one.person.marital_status not in ("", "single")
    return wanted.field != "relation" or one.household is not None


def _is_away(one: Registered) -> bool:
    return one.person.presence not in ("here", "")


def _decided(one: Registered, purpose: str) -> bool:
    """Whether the person was asked for this consent by anyone: a yes and a no are decisions alike."""
    return any(consent.purpose == purpose and consent.answer for consent in one.consents)


def fields_of(grade: str, depth: str = FULL) -> Collection[str]:
    """The names of the fields of one grade that this depth wants: for the help page and for tests."""
    return [w.field for w in _WANTED if w.grade == grade and DEPTHS.index(w.depth) <= DEPTHS.index(depth)]
