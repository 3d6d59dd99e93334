"""What a lost laptop held of everyone, read in a few passes over the vault: for the list of exposed people.

Joined records are not told of on their own: what they held goes to the record that goes on. Records that were set
aside are: they lie on the laptop like all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from panoh.domain.cases import Case, CaseAction, CaseOption, Note, User
from panoh.domain.dates import PartialDate
from panoh.domain.household import Household, Site
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import Attachment
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.sealing import Sealed, SealKey
from panoh.domain.tracing import TracingRequest
from panoh.store import journal as chain
from panoh.store.keys import RECOVERY_USER
from panoh.store.lines import SET_ASIDE
from panoh.store.tables import journal, journal_value, person_level, table
from panoh.store.units import Reading

_p, _h, _s, _c, _u, _l = (
    table(Person).c,
    table(Household).c,
    table(Site).c,
    table(Case).c,
    table(User).c,
    person_level.c,
)
_ROWS_AT_ONCE = 500
_SAYS_NOTHING = ("", "none", "no")
PHOTO, FILES, PHONES, PAPERS, OTHER_NAMES, SEARCHES, CASE_WORDS, FEARS, STATUS, NEEDS = (
    "photo", "files", "phones", "papers", "other_names", "searches", "case_words", "fears", "status", "needs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExposedRow:
    """One person as the laptop held them."""

    id: str
    number: str
    name: str
    sex: str
    birth: PartialDate
    site: str
    household: str
    level: str
    rank: int
    alone_child: bool
    reasons: str  # as stored; see services/stored_reasons.py
    holder: str
    phone: bool
    status: str  # vocab legal_status
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What lies beside the records of people, by person."""

    counts: dict[str, dict[str, int]]  # person -> what of it -> how many
    sealed: dict[str, dict[str, frozenset[str]]]  # person -> kind of sealed record -> names of users who have its key


_LINE = (
    select(
        _p.id, _p.number, _p.family_name, _p.given_name, _p.patronymic, _p.sex,
        _p.birth_precision, _p.birth_earliest, _p.birth_latest, _p.birth_said, _p.birth_as_of,
        _s.name, _h.number, _l.level, _l.rank, _l.alone_child, _l.reasons, _u.name,
        or_(_p.phone != "", func.coalesce(_h.phone, "") != ""), _p.legal_status, _p.merged_into_id,
    )
    .select_from(
        table(Person)
        .outerjoin(person_level, _l.person_id == _p.id)
        .outerjoin(table(Household), _h.id == _p.household_id)
        .outerjoin(table(Site), _s.id == _p.site_id)
        .outerjoin(table(Case), _c.person_id == _p.id)
        .outerjoin(table(User), _u.id == _c.owner_id)
    )
    .where(or_(_p.merged_into_id.is_(None), _p.merged_into_id == _p.id))
)  # fmt: skip


def everyone(reading: Reading) -> Iterator[ExposedRow]:
    """Everyone whom the vault holds, in no order, a few hundred in memory at a time."""
    for rows in reading.connection.execute(_LINE).partitions(_ROWS_AT_ONCE):
        yield from map(_row, rows)


def _row(row: Sequence[Any]) -> ExposedRow:
    return ExposedRow(
        id=row[0], number=row[1], name=" ".join(part for part in row[2:5] if part), sex=row[5],
        birth=PartialDate(*row[6:11]), site=row[11] or "", household=row[12] or "", level=row[13] or "",
        rank=99 if row[14] is None else row[14], alone_child=bool(row[15]), reasons=row[16] or "[]",
        holder=row[17] or "", phone=bool(row[18]), status=row[19] or "", set_aside=row[20] is not None,
    )  # fmt: skip


def held(reading: Reading, open_needs: Iterable[str], restricted_papers: Iterable[str]) -> Held:
    """What lies beside the records: how many of each, and which sealed records with whose keys."""
    onto = _joined(reading)
    counts: dict[str, dict[str, int]] = {}

    def add(what: str, wanted: Select[Any]) -> None:
        for person_id, count in reading.connection.execute(wanted):
            if person_id:
                mine = counts.setdefault(onto.get(person_id, person_id), {})
                mine[what] = mine.get(what, 0) + count

    papers, needs, files = table(IdentityDocument).c, table(SpecificNeed).c, table(Attachment).c
    add(PHONES, _by(PersonPhone))
    add(OTHER_NAMES, _by(PersonName))
    add(PHOTO, _by(Attachment, files.kind == "photo"))
    add(FILES, _by(Attachment, files.kind != "photo"))
    add(PAPERS, _by(IdentityDocument, papers.document_no != ""))
    add(STATUS, _by(IdentityDocument, papers.kind.in_(list(restricted_papers))))
    add(NEEDS, _by(SpecificNeed, needs.code.not_in(list(open_needs))))
    asked = table(TracingRequest).c.inquirer_id
    add(SEARCHES, select(asked, func.count()).where(asked.is_not(None)).group_by(asked))
    for kind in (Note, CaseAction, CaseOption):
        told = table(kind)
        of_case = told.join(table(Case), _c.id == told.c.case_id)
        add(CASE_WORDS, select(_c.person_id, func.count()).select_from(of_case).group_by(_c.person_id))
    worded = or_(*(_c[name] != "" for name in ("question", "recommendation", "wish", "child_view")))
    add(CASE_WORDS, select(_c.person_id, func.count()).where(worded).group_by(_c.person_id))
    feared = table(RefoulementAssessment).c.person_id
    of_person = table(RefoulementAssessment).join(table(Person), _p.id == feared)
    add(FEARS, select(feared, func.count()).select_from(of_person).where(_says_something()).group_by(feared))
    return Held(counts, _sealed(reading, onto))


def _by(kind: type, *where: ColumnElement[bool]) -> Select[Any]:
    person = table(kind).c.person_id
    return select(person, func.count()).where(*where).group_by(person)


def _says_something() -> ColumnElement[bool]:
    """An assessment that tells more than the country which this flight left, and which everyone fled."""
    c = table(RefoulementAssessment).c
    codes = (
        "hiding_from", "extradition", "named_on_list", "approached_by_agents", "recognised_by",
        "recognised_country", "recognition_no", "resettlement_pending", "claim_stage",
    )  # fmt: skip
    days = (c.return_threatened_on.is_not(None), c.recognised_year.is_not(None))
    feared = and_(c.feared_country.not_in(_SAYS_NOTHING), c.feared_country != _p.fled_from)
    return or_(feared, *(c[name].not_in(_SAYS_NOTHING) for name in codes), *days)


def _joined(reading: Reading) -> dict[str, str]:
    """Which record goes on for each that was joined to another one, however many times that was joined itself."""
    wanted = select(_p.id, _p.merged_into_id).where(and_(_p.merged_into_id.is_not(None), _p.id.not_in(SET_ASIDE)))
    step = {row[0]: row[1] for row in reading.connection.execute(wanted)}

    def end(person_id: str) -> str:
        seen = {person_id}
        while (further := step.get(person_id)) and further not in seen:
            seen.add(further)
            person_id = further
        return person_id

    return {person_id: end(person_id) for person_id in step}


def _sealed(reading: Reading, onto: dict[str, str]) -> dict[str, dict[str, frozenset[str]]]:
    """Of each person which kinds are sealed, and who has a key to any of that kind; the recovery paper has no name here."""
    k, s = table(SealKey).c, table(Sealed).c
    names = {user.id: user.name for user in reading.all(User)}
    keys: dict[str, set[str]] = {}
    for sealed_id, holder in reading.connection.execute(select(k.sealed_id, k.holder_id)):
        if holder != RECOVERY_USER and holder in names:
            keys.setdefault(sealed_id, set()).add(names[holder])
    found: dict[str, dict[str, frozenset[str]]] = {}
    for sealed_id, person_id, kind in reading.connection.execute(select(s.id, s.person_id, s.kind)):
        mine = found.setdefault(onto.get(person_id, person_id), {})
        mine[kind] = mine.get(kind, frozenset()) | keys.get(sealed_id, set())
    return found


def only_sought(reading: Reading) -> int:
    """How many tracing requests name somebody who has no record of their own here."""
    wanted = select(func.count()).where(table(TracingRequest).c.sought_person_id.is_(None))
    return int(reading.connection.execute(wanted).scalar_one())


def last_entry(reading: Reading) -> datetime | None:
    """When the last entry of the journal was written."""
    found: datetime | None = reading.connection.execute(
        select(journal.c.at).order_by(journal.c.seq.desc()).limit(1)
    ).scalar()
    return found


def key_changed(reading: Reading) -> datetime | None:
    """When the vault's key was last changed, as its journal tells; None since it was made."""
    c, value = journal.c, journal_value
    wanted = (
        select(c.at)
        .join(value, value.c.seq == c.seq)
        .where(c.record_class == User.__name__, c.change == "changed", value.c.new == chain.as_text("vault key"))
        .order_by(c.seq.desc())
        .limit(1)
    )
    found: datetime | None = reading.connection.execute(wanted).scalar()
    return found
