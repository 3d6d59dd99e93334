"""Who is let in: users with their roles and passphrases, the recovery paper, and the key of the vault itself.

Removing a user, and changing the vault's key, end with a locked vault: its new key is in nobody's memory yet.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.base.progress import Progress
from panoh.domain.access import HEAD, ROLES
from panoh.domain.cases import Case, User
from panoh.services import seal
from panoh.services.vault import OpenVault
from panoh.store import keys, slots
from panoh.store.rekey import DUE, rekey
from panoh.store.tables import table
from panoh.store.units import Reading, Unit


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user, how many open cases are theirs, and whether they have a way in."""

    user: User
    cases: int
    has_slot: bool


def listed(opened: OpenVault) -> list[UserLine]:
    """Everyone who is or was let in, by name."""
    with opened.desk.reading() as reading:
        users = reading.all(User)
        counts = [len(reading.all(Case, table(Case).c.owner_id == user.id)) for user in users]
    ring = opened.keyring
    lines = [
        UserLine(user, count, slots.has_slot(ring.folder, ring.unlocked, user.id))
        for user, count in zip(users, counts, strict=True)
    ]
    return sorted(lines, key=lambda line: (line.user.left_on is not None, line.user.name.casefold()))


def named(opened: OpenVault, name: str) -> User:
    """The user of this name, however it is typed. Raises AppError vault.no_such_user."""
    with opened.desk.reading() as reading:
        found = next((user for user in reading.all(User) if keys.same_name(user.name, name)), None)
    if found is None:
        raise AppError("vault.no_such_user")
    return found


def add(opened: OpenVault, name: str, passphrase: str, role: str, *, one_time: bool = True) -> User:
    """Give another person a slot of their own. With `one_time` they choose their own passphrase when they first unlock.

    The row commits before the slot is in place: cut off between the two, the user cannot get in, and adding them
    once more gives them their slot. The other order would leave a key to the vault that belongs to nobody.

    Raises AppError: access.head, vault.no_such_role, vault.user_exists, vault.weak_passphrase, vault.key_damaged,
    disk.full; FieldProblem for an empty name.
    """
    desk, ring = opened.desk, opened.keyring
    desk.require_head()
    if role not in ROLES:
        raise AppError("vault.no_such_role", role=role[:20])
    with opened.works.one(), ExitStack() as stack:
        with desk.writing() as unit:
            known = next((user for user in unit.all(User) if keys.same_name(user.name, name)), None)
            user = _to_be_let_in(opened, known, User(id=new_id(), name=name.strip(), role=role, one_time=one_time))
            let_in = stack.enter_context(slots.adding_slot(ring.folder, ring.unlocked, user.name, passphrase, user.id))
            if known:
                unit.save(user)
            else:
                unit.add(user)
        let_in()
        seal.hand_out(desk)
    return user


def _to_be_let_in(opened: OpenVault, known: User | None, wanted: User) -> User:
    """The new user, or the one of this name who was left without a slot."""
    if known is None:
        return wanted
    if known.left_on is not None or slots.has_slot(opened.keyring.folder, opened.keyring.unlocked, known.id):
        raise AppError("vault.user_exists")
    return replace(wanted, id=known.id)


def change_role(opened: OpenVault, user_id: str, role: str) -> User:
    """Give a user another role. Raises AppError access.head, vault.no_such_role, vault.last_head."""
    desk = opened.desk
    desk.require_head()
    if role not in ROLES:
        raise AppError("vault.no_such_role", role=role[:20])
    with desk.writing() as unit:
        user = replace(unit.get(User, user_id), role=role)
        if role != HEAD:
            _require_another_head(unit, user_id)
        unit.save(user)
    seal.hand_out(desk)
    return user


def change_passphrase(opened: OpenVault, old: str, new: str) -> None:
    """Another passphrase for this user; at every moment either the old one or the new one opens the vault.

    The journal tells of it first: cut off right after, it tells of a change that did not come about; the other order
    would leave one that nobody knows of. Whoever chose instead of a passphrase that was handed over is no more asked to.

    An old backup still opens with the old one, and its key opens today's vault too: `change_key` ends that.
    Raises AppError vault.wrong_passphrase, vault.weak_passphrase, vault.key_damaged, disk.full.
    """
    desk, ring = opened.desk, opened.keyring

    def tell() -> None:
        with desk.store.writing(desk.user.id) as unit:  # their own: the table of access speaks of others'
            unit.tell("changed", "User", desk.user.id, "passphrase")

    with opened.works.one():
        ring.unlocked = slots.change_passphrase(ring.folder, desk.user.name, old, new, tell)
        with (
            suppress(AppError),
            desk.store.writing(desk.user.id) as unit,
        ):  # changed it is; asked again, they choose again
            unit.save(replace(unit.get(User, desk.user.id), one_time=False))
    desk.user = replace(desk.user, one_time=False)


def new_paper(opened: OpenVault) -> str:
    """Another recovery text, to be written on paper once; the one before stops working. Raises AppError access.head."""
    opened.desk.require_head()
    ring = opened.keyring
    with opened.works.one():
        text = slots.make_recovery(ring.folder, ring.unlocked)
        with opened.desk.writing() as unit:
            unit.tell("changed", "User", opened.desk.user.id, "recovery paper")
        seal.hand_out(opened.desk)
    return text


def paper_opens(opened: OpenVault, text: str) -> bool:
    """Whether what was copied onto the paper opens the vault: tried once, so that no slip lies in the safe for years."""
    try:
        return keys.unlock_recovery(opened.keyring.folder, text).key == opened.keyring.unlocked.key
    except AppError as error:
        if error.code != "vault.wrong_recovery":
            raise
        return False


def remove(opened: OpenVault, user_id: str, progress: Progress | None = None) -> list[User]:
    """Take a user's way in away and give the vault another key, in one operation; the vault is locked afterwards.

    Their cases become nobody's. Cut off in between, the next unlocking of anyone finishes it. Returns the users whose
    slot could not be handed the new key, because it is of an older format and was never used since: they need another.
    Raises AppError access.head, vault.yourself, vault.last_head, disk.full, vault.damaged, cancelled (the user is out then,
    and the key is changed at the next unlocking).
    """
    desk = opened.desk
    desk.require_head()
    if user_id == desk.user.id:
        raise AppError("vault.yourself")

    def leave(unit: Unit) -> None:
        _require_another_head(unit, user_id)
        for case in unit.all(Case, table(Case).c.owner_id == user_id):
            unit.save(replace(case, owner_id=""))
        unit.save(replace(unit.get(User, user_id), left_on=desk.clock.today()))

    return _rekeyed(opened, leave, progress)


def change_key(opened: OpenVault, progress: Progress | None = None) -> list[User]:
    """Give the vault another key, so that no older key file or backup leads into it; the vault is locked afterwards.

    Raises AppError access.head, disk.full, vault.damaged, cancelled; returns as `remove`.
    """
    opened.desk.require_head()
    return _rekeyed(opened, lambda _unit: None, progress)


def _rekeyed(opened: OpenVault, before: Callable[[Unit], None], progress: Progress | None) -> list[User]:
    desk, ring = opened.desk, opened.keyring
    with desk.writing() as unit:
        before(unit)
        unit.tell("changed", "User", desk.user.id, "vault key")
        unit.set_meta(DUE, "yes")
    with desk.reading() as reading:
        users = {user.id: user for user in reading.all(User) if user.left_on is None}
    opened.works.end()
    desk.store.close()
    try:
        _key, lost = rekey(ring.folder, ring.unlocked.key, users, progress)
    finally:
        opened.close()
    return [users[one] for one in lost if one in users]


def _require_another_head(reading: Reading, user_id: str) -> None:
    """Raise AppError('vault.last_head') unless somebody else is head of office as well."""
    heads = [user for user in reading.all(User) if user.role == HEAD and user.left_on is None]
    if not [user for user in heads if user.id != user_id]:
        raise AppError("vault.last_head")


def begin(opened: OpenVault, handed: str, new: str, progress: Progress | None = None) -> str:
    """For who unlocked with a passphrase that was handed over: their own instead.

    In a vault that nobody used yet it also changes the key, which whoever prepared the laptop may know, and returns the
    recovery text; the vault is then locked. '' otherwise, and the vault stays open.
    Raises AppError vault.wrong_passphrase, vault.weak_passphrase, vault.same_passphrase, vault.key_damaged, disk.full.
    """
    if keys.same_phrase(handed, new):
        raise AppError("vault.same_passphrase")
    alone = opened.desk.is_head and len(listed(opened)) == 1
    change_passphrase(opened, handed, new)
    if not alone:
        return ""
    paper = new_paper(opened)
    change_key(opened, progress)
    return paper
