"""Key slots: one for each user and one for recovery, and every one of them opens the whole store.

One Argon2id over the user's name and passphrase gives the slot's id and its wrapping key; the slot's box
(XChaCha20-Poly1305) holds the store key. Removing a slot does not help against someone who kept an older key file:
that needs a new store key.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_scalarmult_base,
)
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.ids import DEVICE_LETTERS, new_id
from panoh.store import keyfile
from panoh.store.files import telling
from panoh.store.folder import VaultFolder
from panoh.store.keyfile import STANDARD, Kdf, KeyFile, Slot
from panoh.store.passphrase import normal, require_strong

__all__ = [
    "RECOVERY_USER",
    "STANDARD",
    "Kdf",
    "StoreKey",
    "Unlocked",
    "add_slot",
    "change_passphrase",
    "create",
    "drop_slot",
    "genuine",
    "make_recovery",
    "replace_slot",
    "unlock",
    "unlock_recovery",
]

RECOVERY_USER = "0" * 32  # the user id inside the recovery slot
_RECOVERY_BYTES = 20
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The store's 32-byte key and the 16-byte salt at the head of its file; never shown."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != 32 or len(self.salt) != 16:
            raise ValueError("store key of another length")

    def hex96(self) -> str:
        """Key and salt as SQLCipher takes them raw: 96 hex digits."""
        return (self.key + self.salt).hex()

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one other purpose ('journal', 'key file'), by keyed BLAKE2b."""
        return hashlib.blake2b(purpose.encode(), key=self.key, digest_size=32).digest()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a slot yields: the store key, and who holds the slot."""

    key: StoreKey
    user_id: str
    secret_key: bytes = field(repr=False)  # X25519, of this user
    vault_id: str
    generation: int
    repaired: bool = False  # one copy of the key file was damaged and has been written anew from the other

    @property
    def public_key(self) -> bytes:
        """The user's X25519 public key, 32 bytes."""
        return crypto_scalarmult_base(self.secret_key)

    @property
    def by_recovery(self) -> bool:
        """True when the recovery text opened the vault."""
        return self.user_id == RECOVERY_USER


def create(folder: VaultFolder, name: str, passphrase: str, kdf: Kdf = STANDARD) -> Unlocked:
    """Make the keys of a new vault and its first slot.

    Raises AppError vault.exists, vault.weak_passphrase, disk.full; FieldProblem for an empty name.
    """
    require_strong(passphrase)
    if folder.key.exists() or folder.mirror.exists():
        raise AppError("vault.exists")
    key = StoreKey(os.urandom(32), os.urandom(16))
    state = KeyFile(vault_id=new_id(), generation=0, salt=os.urandom(16), kdf=kdf, slots=())
    holder = Unlocked(key, new_id(), os.urandom(32), state.vault_id, 1)
    state = state.following((_slot(state, holder, _named(name), passphrase),), _mac_key(key))
    with telling():
        keyfile.write(folder, state)
    return holder


def unlock(folder: VaultFolder, name: str, passphrase: str) -> Unlocked:
    """Open the vault's keys, and repair a damaged copy of the key file from the good one.

    Raises AppError vault.wrong_passphrase, vault.key_damaged (neither copy is good) or vault.newer.
    """
    with telling():
        copies = keyfile.read(folder)
    states = sorted({state for state in copies if state}, key=lambda state: state.generation, reverse=True)
    if not states:
        raise AppError("vault.key_damaged")
    slot_id, holder = _open_first(states, name, passphrase)
    state = _newest_genuine(states, holder.key)
    if state.slot(slot_id) is None:  # taken away since: only an older copy still has it
        raise AppError("vault.wrong_passphrase")
    repaired = copies != (state, state) and _repair(folder, state)
    return replace(holder, generation=state.generation, repaired=repaired)


def add_slot(folder: VaultFolder, holder: Unlocked, name: str, passphrase: str, user_id: str) -> None:
    """Let another user in, by a slot of their own with a new key pair.

    Raises AppError vault.weak_passphrase, vault.user_exists (this id has a slot), vault.key_damaged, disk.full;
    FieldProblem for an empty name.
    """
    require_strong(passphrase)
    owner = _owner(holder.key, user_id)
    if any(slot.owner == owner for slot in genuine(folder, holder.key).slots):
        raise AppError("vault.user_exists")
    _give_slot(folder, holder, _named(name), passphrase, user_id)


def replace_slot(folder: VaultFolder, holder: Unlocked, name: str, passphrase: str, user_id: str) -> None:
    """Give a user who forgot their passphrase another one; the old one stops working.

    The key pair is new too: nobody but the old slot could open the old secret key.
    Raises AppError vault.weak_passphrase, vault.key_damaged, disk.full; FieldProblem for an empty name.
    """
    require_strong(passphrase)
    _give_slot(folder, holder, _named(name), passphrase, user_id)


def drop_slot(folder: VaultFolder, holder: Unlocked, user_id: str) -> None:
    """Take a user's way in away. Nobody drops their own, so that one who can open the vault always remains."""
    if user_id == holder.user_id:
        raise ValueError("a user cannot drop their own slot")
    owner = _owner(holder.key, user_id)
    state = genuine(folder, holder.key)
    _change(folder, holder.key, state, (slot for slot in state.slots if slot.owner != owner))


def make_recovery(folder: VaultFolder, holder: Unlocked) -> str:
    """A new recovery text of 160 bits, to be printed once; an earlier one stops working."""
    raw = base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
    text = raw.translate(str.maketrans(_BASE32, DEVICE_LETTERS))
    _give_slot(folder, holder, "", text, RECOVERY_USER)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def unlock_recovery(folder: VaultFolder, text: str) -> Unlocked:
    """Open with the recovery text: lower case, O for 0, I or L for 1 and missing dashes are understood.

    Raises AppError vault.wrong_recovery, vault.key_damaged.
    """
    typed = "".join(letter for letter in text.upper() if letter.isalnum())
    try:
        return unlock(folder, "", typed.translate(str.maketrans("OIL", "011")))
    except AppError as error:
        if error.code == "vault.wrong_passphrase":
            raise AppError("vault.wrong_recovery") from None
        raise


def change_passphrase(folder: VaultFolder, name: str, old: str, new: str) -> Unlocked:
    """Write a slot for the new passphrase, open it, and only then drop the old one: at every moment one of them works.

    Raises AppError vault.wrong_passphrase, vault.weak_passphrase, vault.key_damaged, disk.full.
    """
    require_strong(new)
    holder = unlock(folder, name, old)
    state = genuine(folder, holder.key)
    fresh = _slot(state, holder, _named(name), new)
    if state.slot(fresh.id):  # the same passphrase again
        return holder
    state = _change(folder, holder.key, state, (*state.slots, fresh))
    unlock(folder, name, new)
    kept = (slot for slot in state.slots if slot.owner != fresh.owner or slot.id == fresh.id)
    state = _change(folder, holder.key, state, kept)
    return replace(holder, generation=state.generation)


def genuine(folder: VaultFolder, key: StoreKey) -> KeyFile:
    """The newest undamaged state of the key file that a holder of this key wrote. Raises AppError vault.key_damaged."""
    with telling():
        states = sorted(filter(None, keyfile.read(folder)), key=lambda state: state.generation, reverse=True)
    return _newest_genuine(states, key)


def _named(name: str) -> str:
    if not name.strip():  # the empty name belongs to the recovery slot
        raise FieldProblem("user_name", _("Write a user name."))
    return name


def _slot_secret(state: KeyFile, name: str, passphrase: str) -> tuple[bytes, bytes]:
    """The slot's id and its wrapping key, by the one costly derivation."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    said = " ".join(folded.split()).encode()
    typed = len(said).to_bytes(4, "big") + said + normal(passphrase).encode()
    root = argon2id.kdf(32, typed, state.salt, opslimit=state.kdf.operations, memlimit=state.kdf.memory)
    return (
        hashlib.blake2b(b"slot id", key=root, digest_size=16).digest(),
        hashlib.blake2b(b"slot wrapping", key=root, digest_size=32).digest(),
    )


def _slot(state: KeyFile, holder: Unlocked, name: str, passphrase: str) -> Slot:
    slot_id, wrapping = _slot_secret(state, name, passphrase)
    nonce = secrets.token_bytes(24)
    payload = holder.key.key + holder.key.salt + bytes.fromhex(holder.user_id) + holder.secret_key
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(payload, state.bound_to(slot_id), nonce, wrapping)
    return Slot(slot_id, _owner(holder.key, holder.user_id), nonce, box)


def _give_slot(folder: VaultFolder, holder: Unlocked, name: str, passphrase: str, user_id: str) -> None:
    """Write a slot with a new key pair for this user, in the place of any that they had."""
    guest = replace(holder, user_id=user_id, secret_key=os.urandom(32))
    state = genuine(folder, holder.key)
    made = _slot(state, guest, name, passphrase)
    others = tuple(slot for slot in state.slots if slot.owner != made.owner)
    if any(slot.id == made.id for slot in others):  # another user of this very name and passphrase
        raise AppError("vault.user_exists")
    _change(folder, holder.key, state, (*others, made))


def _open_first(states: list[KeyFile], name: str, passphrase: str) -> tuple[bytes, Unlocked]:
    """The first state whose slot opens, newest first; the states of one vault share the derivation."""
    derived: dict[tuple[bytes, Kdf], tuple[bytes, bytes]] = {}
    for state in states:
        if (state.salt, state.kdf) not in derived:
            derived[state.salt, state.kdf] = _slot_secret(state, name, passphrase)
        slot_id, wrapping = derived[state.salt, state.kdf]
        slot = state.slot(slot_id)
        if slot is None:
            continue
        with suppress(CryptoError):
            raw = crypto_aead_xchacha20poly1305_ietf_decrypt(slot.box, state.bound_to(slot_id), slot.nonce, wrapping)
            key = StoreKey(raw[:32], raw[32:48])
            return slot_id, Unlocked(key, raw[48:64].hex(), raw[64:], state.vault_id, state.generation)
    raise AppError("vault.wrong_passphrase")


def _owner(key: StoreKey, user_id: str) -> bytes:
    return hashlib.blake2b(bytes.fromhex(user_id), key=key.derive("slot owner"), digest_size=16).digest()


def _mac_key(key: StoreKey) -> bytes:
    return key.derive("key file")


def _newest_genuine(states: list[KeyFile], key: StoreKey) -> KeyFile:
    for state in states:
        if state.genuine(_mac_key(key)):
            return state
    raise AppError("vault.key_damaged")


def _change(folder: VaultFolder, key: StoreKey, state: KeyFile, slots: Iterable[Slot]) -> KeyFile:
    """Write the generation after `state`, with these slots."""
    state = state.following(tuple(slots), _mac_key(key))
    with telling():
        keyfile.write(folder, state)
    return state


def _repair(folder: VaultFolder, state: KeyFile) -> bool:
    """Write both copies anew; a disk that takes no writes does not keep anyone from opening the vault."""
    try:
        keyfile.write(folder, state)
    except OSError:
        return False
    return True
