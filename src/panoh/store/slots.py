"""Who gets in: every change of the slots is a new state of the key file, and happens whole or not at all.

Removing a slot does not help against someone who kept an older key file: that needs a new store key (rekey.py).
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from panoh.base.errors import AppError
from panoh.base.ids import DEVICE_LETTERS
from panoh.store import keyfile
from panoh.store.files import telling
from panoh.store.folder import VaultFolder
from panoh.store.keyfile import KeyFile, Slot
from panoh.store.keys import (
    RECOVERY_USER,
    StoreKey,
    Unlocked,
    genuine,
    mac_key,
    make_slot,
    opens,
    owner_mark,
    require_name,
    step_to,
    unlock,
)
from panoh.store.passphrase import require_strong

_RECOVERY_BYTES = 20
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@contextmanager
def adding_slot(
    folder: VaultFolder, holder: Unlocked, name: str, passphrase: str, user_id: str
) -> Iterator[Callable[[], None]]:
    """A slot for another user, with a new key pair: written beside the key file, and let in by the call that is yielded.

    Their row commits between the two. Cut off before, the slot opens nothing; cut off after, the row has no slot and
    can be given one. Raises AppError vault.weak_passphrase, vault.user_exists (this id has a slot, or another user has
    this very name and passphrase), vault.key_damaged, disk.full; FieldProblem for an empty name.
    """
    require_strong(passphrase)
    if has_slot(folder, holder, user_id):
        raise AppError("vault.user_exists")
    state = genuine(folder, holder.key)
    guest = replace(holder, user_id=user_id, secret_key=os.urandom(32))
    grown = _seated(state, holder.key, make_slot(state, guest, require_name(name), passphrase))
    with telling(), keyfile.staged(folder, grown) as put:
        yield put


def renew(folder: VaultFolder, holder: Unlocked, name: str, passphrase: str, user_id: str) -> tuple[Unlocked, str]:
    """For who came in by the paper: another passphrase for this user and another recovery text, in one change or not at all.

    The passphrase and the text before stop working. The user's key pair is new too: nobody but the old slot could open
    the old secret key. Raises AppError vault.weak_passphrase, vault.user_exists, vault.key_damaged, disk.full;
    FieldProblem for an empty name.
    """
    require_strong(passphrase)
    state = genuine(folder, holder.key)
    text, paper = _recovery_slot(state, holder)
    user = replace(holder, user_id=user_id, secret_key=os.urandom(32), generation=state.generation + 1)
    changed = _seated(state, holder.key, paper, make_slot(state, user, require_name(name), passphrase))
    with telling():
        keyfile.write(folder, changed)
    return user, text


def make_recovery(folder: VaultFolder, holder: Unlocked) -> str:
    """A new recovery text of 160 bits, to be printed once; an earlier one stops working."""
    state = genuine(folder, holder.key)
    text, paper = _recovery_slot(state, holder)
    with telling():
        keyfile.write(folder, _seated(state, holder.key, paper))
    return text


def change_passphrase(
    folder: VaultFolder, name: str, old: str, new: str, first: Callable[[], None] = lambda: None
) -> Unlocked:
    """Another passphrase for who knows the old one, in one change: either of them opens at any moment, never both.

    `first` is called when the new key file lies ready and its new slot was opened: what it raises leaves the old one.
    Raises AppError vault.wrong_passphrase, vault.weak_passphrase, vault.key_damaged, disk.full.
    """
    require_strong(new)
    holder = unlock(folder, name, old)
    state = genuine(folder, holder.key)
    fresh = make_slot(state, holder, require_name(name), new)
    if state.slot(fresh.id):  # the same passphrase again
        first()
        return holder
    state = _seated(state, holder.key, fresh)
    if not opens(state, name, new):
        raise RuntimeError("the new slot does not open")
    with telling(), keyfile.staged(folder, state) as put:
        first()
        put()
    return replace(holder, generation=state.generation)


def drop_slot(folder: VaultFolder, holder: Unlocked, user_id: str) -> None:
    """Take a user's way in away. Nobody drops their own, so that one who can open the vault always remains."""
    if user_id == holder.user_id:
        raise ValueError("a user cannot drop their own slot")
    owner = owner_mark(holder.key, user_id)
    state = genuine(folder, holder.key)
    _change(folder, holder.key, state, (slot for slot in state.slots if slot.owner != owner))


def with_key(folder: VaultFolder, holder: Unlocked, key: StoreKey) -> Unlocked:
    """The same holder after the store got this key; their slot is made anew at the next unlocking."""
    return replace(holder, key=key, generation=genuine(folder, key).generation, renewed=None)


def mend(folder: VaultFolder, holder: Unlocked, users: Iterable[str]) -> bool:
    """Make both copies of the key file agree, and take away the slots of nobody; True when a copy was not as it should be.

    Only for a key that has opened the store (another vault's key file must not take the place of this one's), with the
    ids of all users whom the store lets in: a slot of anyone else was made for a user who never came to be, or is gone.
    The holder's own slot is made anew when it was reached by steps, or is of an older format.
    A disk that takes no writes does not keep anyone from opening the vault.
    """
    state = genuine(folder, holder.key)
    owners = {owner_mark(holder.key, user) for user in (*users, RECOVERY_USER)}
    mine = holder.renewed
    kept = tuple(mine if mine and slot.id == mine.id else slot for slot in state.slots if slot.owner in owners)
    whole = keyfile.read(folder) == (state, state)
    if whole and kept == state.slots and state.pending is None:
        return False
    if kept != state.slots or state.pending is not None:  # a change of the store's key was cut off before it counted
        state = state.following(kept, mac_key(holder.key))
    try:
        keyfile.write(folder, state)
    except OSError:
        return False
    return not whole


def has_slot(folder: VaultFolder, holder: Unlocked, user_id: str) -> bool:
    """Whether this user has a way in. Raises AppError vault.key_damaged."""
    owner = owner_mark(holder.key, user_id)
    return any(slot.owner == owner for slot in genuine(folder, holder.key).slots)


def handed_on(state: KeyFile, before: StoreKey, after: StoreKey, users: Iterable[str]) -> tuple[KeyFile, set[str]]:
    """The state under the store's next key, and whose slots cannot come along: they have no public key yet.

    Only slots of these users, and the paper's, go on; their holders notice nothing. Two generations are left between
    the states, one of them for the state that holds both.
    """
    marks = {owner_mark(before, user): user for user in (*users, RECOVERY_USER)}
    stay = [(slot, marks[slot.owner]) for slot in state.slots if slot.owner in marks]
    slots = tuple(
        replace(slot, owner=owner_mark(after, user), steps=(*slot.steps, step_to(slot, before, after)))
        for slot, user in stay
        if slot.public
    )
    between = replace(state, generation=state.generation + 1, pending=None)
    return between.following(slots, mac_key(after)), {user for slot, user in stay if not slot.public}


def public_keys(folder: VaultFolder, key: StoreKey, users: Iterable[str]) -> dict[str, bytes]:
    """The public keys of those of these users who have one, and of the recovery paper. Raises AppError vault.key_damaged."""
    marks = {owner_mark(key, user): user for user in (*users, RECOVERY_USER)}
    return {
        marks[slot.owner]: slot.public for slot in genuine(folder, key).slots if slot.owner in marks and slot.public
    }


def _recovery_slot(state: KeyFile, holder: Unlocked) -> tuple[str, Slot]:
    raw = base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
    text = raw.translate(str.maketrans(_BASE32, DEVICE_LETTERS))
    paper = replace(holder, user_id=RECOVERY_USER, secret_key=os.urandom(32))
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4)), make_slot(state, paper, "", text)


def _seated(state: KeyFile, key: StoreKey, *made: Slot) -> KeyFile:
    """The generation after `state`, with these slots in the place of any that their owners had."""
    owners, ids = {slot.owner for slot in made}, {slot.id for slot in made}
    others = tuple(slot for slot in state.slots if slot.owner not in owners)
    if any(slot.id in ids for slot in others):  # another user of this very name and passphrase
        raise AppError("vault.user_exists")
    return state.following((*others, *made), mac_key(key))


def _change(folder: VaultFolder, key: StoreKey, state: KeyFile, slots: Iterable[Slot]) -> KeyFile:
    """Write the generation after `state`, with these slots."""
    state = state.following(tuple(slots), mac_key(key))
    with telling():
        keyfile.write(folder, state)
    return state
