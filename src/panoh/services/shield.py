"""The shield over a person at risk: put up, kept up by every write, and taken down by two people.

While it holds, whoever does not need to know (everyone but supervisors and the holder of the case) meets the person, and
everyone who lives with them, by number alone: in lists, records, searches and papers. Where they stay and their phones
stand under Sealed and nowhere else; `keep_up` sees to that before each commit, so whatever form, list or merge writes a
place or a phone, it ends there, and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.base.ids import new_id
from panoh.domain.cases import Case, User
from panoh.domain.casework import Approval
from panoh.domain.consent import AUTHORITIES as TO_AUTHORITIES
from panoh.domain.household import Household, Site
from panoh.domain.leaks import AUTHORITIES, STATES, LeakFinder, Secrets
from panoh.domain.person import Person, PersonPhone
from panoh.domain.shield import Shield
from panoh.services import levels, resources, seal
from panoh.services.cases import new_case
from panoh.services.desk import Changes, Desk
from panoh.services.need_to_know import require_known
from panoh.store import erasing, history, masking
from panoh.store.tables import table
from panoh.store.units import Reading, Unit

_LEAST_REASON = 3  # letters
_OF_PERSON = ("site_id", "phone")
_OF_HOUSEHOLD = ("site_id", "address_before", "phone")
_OF_PHONE = ("phone_no", "whose")
_WATCHED = (Shield, Person, Household, PersonPhone)


def of_person(desk: Desk, person_id: str) -> Shield | None:
    """The shield that holds over a person, for those who may know of it; None for all others, whether there is one or not."""
    with desk.reading() as reading:
        return holding(reading, person_id) if desk.may_see_restricted(reading.holder_of(person_id)) else None


def preview(desk: Desk, person_id: str) -> tuple[str, ...]:
    """What a shield over this person will do, a sentence for each thing, before it is done. Raises AppError access.denied."""
    with desk.reading() as reading:
        _require_near(desk, reading, person_id)
        home = _with_household(reading, person_id)
        facts = _places(reading, {one.id for one in home}, shielded={person_id})
        users = [user for user in reading.all(User) if user.left_on is None]
        holder = reading.holder_of(person_id) or desk.user.id
    strangers = sum(user.role == "caseworker" and user.id != holder for user in users)
    told = [
        ngettext(
            "{n} other caseworker sees a number in place of the name, in lists, searches and records.",
            "{n} other caseworkers see a number in place of the name, in lists, searches and records.",
            strangers,
        ).format(n=strangers)
    ]
    if len(home) > 1:
        told.append(
            ngettext(
                "{n} person who lives with them is hidden too, so that nobody can tell who is meant.",
                "{n} people who live with them are hidden too, so that nobody can tell who is meant.",
                len(home) - 1,
            ).format(n=len(home) - 1)
        )
    count = sum(len(texts) for texts in facts.values())
    told.append(
        ngettext(
            "{n} place or phone number moves to Sealed, and leaves the history too.",
            "{n} places and phone numbers move to Sealed, and leave the history too.",
            count,
        ).format(n=count)
        if count
        else _("A place or phone number that is written later goes to Sealed by itself.")
    )
    told.append(_("No paper or file about them goes to an authority of any State, and no public list names them."))
    told.append(_("Every page says: do not phone, do not name, ask first."))
    told.append(_("Taking the shield down needs a reason and a second person."))
    return tuple(told)


def offered(desk: Desk, person_id: str) -> tuple[str, ...]:
    """The same for somebody at risk of being sent back over whom no shield is up; nothing for everyone else."""
    with desk.reading() as reading:
        up = holding(reading, person_id) is not None
    return () if up or not levels.of_person(desk, person_id).shielded else preview(desk, person_id)


def put_up(desk: Desk, person_id: str, why: str) -> Changes:
    """Put a shield over a person. Whoever does so takes the case if nobody holds it, and so those of the household.

    For whoever may not know would else tell by the case that is held which of them is meant.

    Raises AppError access.denied for somebody else's case, shield.withheld, shield.holds, case.why without a reason,
    record.not_found.
    """
    if len(why.strip()) < _LEAST_REASON:
        raise AppError("case.why")
    with desk.writing() as unit:
        unit.get(Person, person_id)
        _require_near(desk, unit, person_id)
        if holding(unit, person_id) is not None:
            raise AppError("shield.holds")
        if holder := unit.holder_of(person_id) or ("" if desk.is_supervisor else desk.user.id):
            for one in _with_household(unit, person_id):
                _give(desk, unit, one.id, holder)
        unit.add(Shield(id=new_id(), person_id=person_id, on_at=unit.at, on_by=desk.user.id, why=why.strip()))
        _drop_drafts_of_others(desk, unit, person_id)
        return Changes.of(unit)


def ask_off(desk: Desk, person_id: str, why: str) -> Changes:
    """Ask that the shield is taken down; it holds until a second person agrees.

    Raises AppError shield.none, shield.asked, case.why, access.denied.
    """
    if len(why.strip()) < _LEAST_REASON:
        raise AppError("case.why")
    with desk.writing() as unit:
        found = _wanted(desk, unit, person_id)
        if found.off_asked_by:
            raise AppError("shield.asked")
        unit.save(replace(found, off_asked_by=desk.user.id, off_asked_at=unit.at, off_why=why.strip()))
        return Changes.of(unit)


def agree_off(desk: Desk, person_id: str) -> Changes:
    """Take the shield down, which somebody else asked for. What is sealed stays sealed.

    Raises AppError shield.none, shield.not_asked, shield.same_person, access.denied.
    """
    desk.require_supervisor()
    with desk.writing() as unit:
        found = _wanted(desk, unit, person_id)
        if found.off_asked_by == desk.user.id:
            raise AppError("shield.same_person")
        agree_off_in(desk, unit, person_id)
        return Changes.of(unit)


def agree_off_in(desk: Desk, unit: Unit, person_id: str) -> None:
    """The same within a write that has seen to it that a second person decided, by their own unlocking or on paper.

    Raises AppError shield.none, shield.not_asked, access.denied.
    """
    found = _wanted(desk, unit, person_id)
    if not found.off_asked_by:
        raise AppError("shield.not_asked")
    unit.save(replace(found, off_by=desk.user.id, off_at=unit.at))


def keep_on(desk: Desk, person_id: str) -> Changes:
    """Leave the shield where it is: the wish to take it down is dropped. Raises AppError shield.none, access.denied."""
    with desk.writing() as unit:
        found = _wanted(desk, unit, person_id)
        if not desk.is_supervisor and found.off_asked_by not in ("", desk.user.id):
            raise AppError("access.denied")
        keep_on_in(desk, unit, person_id)
        return Changes.of(unit)


def keep_on_in(desk: Desk, unit: Unit, person_id: str) -> None:
    """The same within a write that has asked who decides. Raises AppError shield.none, access.denied."""
    unit.save(replace(_wanted(desk, unit, person_id), off_asked_by="", off_asked_at=None, off_why=""))


def asked_off(desk: Desk, reading: Reading) -> list[Approval]:
    """Each shield that somebody asked to take down as what is asked of supervisors, under the shield's id.

    A caseworker gets those that they asked about themselves, while they hold the case.
    """
    c = table(Shield).c
    found = reading.all(Shield, c.off_at.is_(None), c.off_asked_by != "")
    mine = [one for one in found if one.off_asked_by == desk.user.id]
    shown = found if desk.is_supervisor else [one for one in mine if reading.holder_of(one.person_id) == desk.user.id]
    return [_as_approval(one) for one in shown]


def as_asked(reading: Reading, shield_id: str) -> Approval:
    """One of them, for the services alone. Raises AppError record.not_found, approval.decided."""
    found = reading.get(Shield, shield_id)
    if found.off_at is not None or not found.off_asked_by:
        raise AppError("approval.decided")
    return _as_approval(found)


def _as_approval(one: Shield) -> Approval:
    return Approval(
        id=one.id, person_id=one.person_id, kind="shield", asked_by=one.off_asked_by, asked_at=one.off_asked_at,
        why=one.off_why,
    )  # fmt: skip


def require_recipient(desk: Desk, reading: Reading, person_id: str, recipient: str) -> None:
    """Raise AppError('shield.recipient') for a paper about a masked person that goes to an authority or a State.

    `recipient` is a code of the list or what was typed. What an authority of any State reads, it may share.
    """
    if not masking.is_masked(reading, person_id):
        return
    finder = LeakFinder(Secrets(), resources.telltales(), desk.clock.today().year)
    if recipient in TO_AUTHORITIES or finder.find(recipient, (STATES, AUTHORITIES)):
        raise AppError("shield.recipient")


# --- kept up by every write --------------------------------------------------------------------------------------------


def keep_up(desk: Desk, unit: Unit) -> None:
    """Before a write commits: work out anew who is masked, and seal what it wrote of their places and phones."""
    if not any(kind in unit.touched for kind in _WATCHED):  # of a long list only the classes are told
        return
    hidden = masking.mask_anew(unit)
    if hidden:
        _seal_places(desk, unit, hidden)


def _seal_places(desk: Desk, unit: Unit, hidden: set[str]) -> None:
    shielded = {one.person_id for one in unit.all(Shield, table(Shield).c.off_at.is_(None))}
    texts = _places(unit, hidden, shielded)
    for person_id, told in texts.items():
        seal.seal_in(desk, unit, person_id, "whereabouts", {"text": "\n".join(told)})
    if texts:
        _empty(unit, hidden)


def _places(reading: Reading, hidden: set[str], shielded: set[str]) -> dict[str, list[str]]:
    """What the records of these people and their households tell of a place or a phone, in words, by whom it is sealed for."""
    people = reading.where_in(Person, "id", hidden)
    homes = {home.id: home for home in reading.where_in(Household, "id", (one.household_id for one in people))}
    stay = [*(one.site_id for one in people), *(home.site_id for home in homes.values())]
    sites = {site.id: site for site in reading.where_in(Site, "id", stay)}
    phones: dict[str, list[str]] = {}
    for each in reading.where_in(PersonPhone, "person_id", hidden):
        phones.setdefault(each.person_id, []).append(each.phone_no)
    found: dict[str, list[str]] = {}
    for one in people:
        told = _words(sites.get(one.site_id), "", one.phone, *phones.get(one.id, ()))
        home = homes.get(one.household_id)
        if home is not None and one.id in shielded:
            told += _words(sites.get(home.site_id), home.address_before, home.phone)
        if told:
            found[one.id] = list(dict.fromkeys(told))
    return found


def _words(site: Site | None, address: str, *phones: str) -> list[str]:
    told = [_("Site: {name} ({number})").format(name=site.name, number=site.number)] if site else []
    told += [_("Address before the flight: {address}").format(address=address)] if address else []
    return told + [_("Phone: {number}").format(number=number) for number in phones if number]


def _empty(unit: Unit, hidden: set[str]) -> None:
    """Take places and phones out of the records, and out of what the journal told of them."""
    people = unit.where_in(Person, "id", hidden)
    homes = unit.where_in(Household, "id", (one.household_id for one in people))
    phones = unit.where_in(PersonPhone, "person_id", hidden)
    for one in people:
        masking.blank(unit, one, [name for name in _OF_PERSON if getattr(one, name)])
    for home in homes:
        masking.blank(unit, home, [name for name in _OF_HOUSEHOLD if getattr(home, name)])
    for phone in phones:
        masking.drop(unit, phone)
    gone = masking.forget(unit, {one.id for one in people}, _OF_PERSON)
    gone += masking.forget(unit, {home.id for home in homes}, _OF_HOUSEHOLD)
    gone += masking.forget(unit, {phone.id for phone in phones}, _OF_PHONE)
    if gone:
        unit.tell(history.ERASED, Shield.__name__, "", str(gone))


# --- small helpers -----------------------------------------------------------------------------------------------------


def holding(reading: Reading, person_id: str) -> Shield | None:
    """The shield that is up over a person, for the services alone."""
    c = table(Shield).c
    return reading.first(Shield, c.person_id == person_id, c.off_at.is_(None))


def _wanted(desk: Desk, reading: Reading, person_id: str) -> Shield:
    if not desk.may_see_restricted(reading.holder_of(person_id)):
        raise AppError("access.denied")
    found = holding(reading, person_id)
    if found is None:
        raise AppError("shield.none")
    return found


def _require_near(desk: Desk, reading: Reading, person_id: str) -> None:
    """Of a case that somebody else holds, and of whoever is masked for others, only a supervisor decides."""
    require_known(desk, reading, person_id)
    if not desk.is_supervisor and reading.holder_of(person_id) not in ("", desk.user.id):
        raise AppError("access.denied")


def _with_household(reading: Reading, person_id: str) -> list[Person]:
    person = reading.get(Person, person_id)
    return reading.where_in(Person, "household_id", [person.household_id]) if person.household_id else [person]


def _give(desk: Desk, unit: Unit, person_id: str, holder: str) -> None:
    """Let this user hold the person's case, unless somebody holds it; whoever is masked already is given by supervisors."""
    if masking.is_masked(unit, person_id):
        return
    case = unit.first(Case, table(Case).c.person_id == person_id)
    if case is None:
        unit.add(replace(new_case(desk, unit, person_id), owner_id=holder))
    elif not case.owner_id:
        unit.save(replace(case, owner_id=holder))


def _drop_drafts_of_others(desk: Desk, unit: Unit, person_id: str) -> None:
    """Half-typed words of others about the household go: they may hold the place. Those who need to know keep theirs."""
    ids = {one.id for one in _with_household(unit, person_id)}
    keepers = {user.id for user in unit.all(User) if user.role != "caseworker"} | {desk.user.id}
    _drop(unit, ids, keepers)


def _drop(unit: Unit, ids: Iterable[str], keepers: set[str]) -> None:
    wanted = tuple(ids)
    for draft_id, user_id, _kind in erasing.drafts_with(unit, lambda text: any(one in text for one in wanted)):
        if user_id not in keepers:
            erasing.drop_draft(unit, draft_id)
