"""Key slots: one for each user and one for recovery, and every one of them opens the whole store.

One Argon2id over the user's name and passphrase gives the slot's id and its wrapping key; the slot's box
(XChaCha20-Poly1305) holds the store key. Who gets in and who no longer is changed in slots.py.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_scalarmult_base,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id

from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.store import keyfile
from panoh.store.files import telling
from panoh.store.folder import VaultFolder
from panoh.store.keyfile import STANDARD, Kdf, KeyFile, Slot
from panoh.store.passphrase import normal, require_strong

__all__ = ["RECOVERY_USER", "STANDARD", "Kdf", "StoreKey", "Unlocked", "create", "genuine", "unlock", "unlock_recovery"]

RECOVERY_USER = "0" * 32  # the user id inside the recovery slot


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
    renewed: Slot | None = field(
        default=None, repr=False
    )  # the slot as it should be: with today's store key in its box

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
    state = state.following((make_slot(state, holder, require_name(name), passphrase),), mac_key(key))
    with telling():
        keyfile.write(folder, state)
    return holder


def unlock(folder: VaultFolder, name: str, passphrase: str) -> Unlocked:
    """Open the vault's keys. Nothing is written: `slots.mend` does that, once this key has opened the store.

    Raises AppError vault.wrong_passphrase, vault.key_damaged (neither copy is good) or vault.newer.
    """
    states = _states(folder)
    if not states:
        raise AppError("vault.key_damaged")
    opened = list(_opened(states, name, passphrase))
    if not opened:
        raise AppError("vault.wrong_passphrase")
    # One copy may be of another vault where somebody has the same name and passphrase: the store tells whose it is.
    # And while the store changes its key, the file has slots for either: its head tells which key it has.
    salt = _head(folder)
    slot_id, holder = min(opened, key=lambda each: each[1].key.salt != salt)
    state = _newest_genuine(states, holder.key)
    if state.slot(slot_id) is None:  # taken away since: only an older copy still has it
        raise AppError("vault.wrong_passphrase")
    return replace(holder, generation=state.generation)


def opens(state: KeyFile, name: str, passphrase: str) -> bool:
    """Whether a slot of this state yields a key to whoever knows this name and passphrase; costs one derivation."""
    return any(True for _ in _opened([state], name, passphrase))


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


def genuine(folder: VaultFolder, key: StoreKey) -> KeyFile:
    """The newest undamaged state of the key file that a holder of this key wrote. Raises AppError vault.key_damaged."""
    return _newest_genuine(_states(folder), key)


def same_name(one: str, other: str) -> bool:
    """Whether two user names are one to the slots, however they are typed."""
    return _said(one) == _said(other)


def same_phrase(one: str, other: str) -> bool:
    """Whether two passphrases are one to the slots."""
    return normal(one) == normal(other)


def require_name(name: str) -> str:
    """The name, unless it is empty: FieldProblem."""
    if not name.strip():  # the empty name belongs to the recovery slot
        raise FieldProblem("user_name", _("Write a user name."))
    return name


def _said(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())


def _slot_secret(state: KeyFile, name: str, passphrase: str) -> tuple[bytes, bytes]:
    """The slot's id and its wrapping key, by the one costly derivation."""
    said = _said(name).encode()
    typed = len(said).to_bytes(4, "big") + said + normal(passphrase).encode()
    root = argon2id.kdf(32, typed, state.salt, opslimit=state.kdf.operations, memlimit=state.kdf.memory)
    return (
        hashlib.blake2b(b"slot id", key=root, digest_size=16).digest(),
        hashlib.blake2b(b"slot wrapping", key=root, digest_size=32).digest(),
    )


def make_slot(state: KeyFile, holder: Unlocked, name: str, passphrase: str) -> Slot:
    """A slot that gives what `holder` has to whoever knows this name and passphrase; costs one derivation."""
    return _sealed(state, holder, *_slot_secret(state, name, passphrase))


def _sealed(state: KeyFile, holder: Unlocked, slot_id: bytes, wrapping: bytes) -> Slot:
    nonce = secrets.token_bytes(24)
    payload = holder.key.key + holder.key.salt + bytes.fromhex(holder.user_id) + holder.secret_key
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(payload, state.bound_to(slot_id), nonce, wrapping)
    return Slot(slot_id, owner_mark(holder.key, holder.user_id), nonce, box, holder.public_key)


def step_to(slot: Slot, before: StoreKey, after: StoreKey) -> bytes:
    """The step that hands a slot the store's next key: sealed to its public key, signed under the key before."""
    sealed = SealedBox(PublicKey(slot.public)).encrypt(after.key + after.salt)
    return sealed + _step_mac(before, slot.public, sealed)


def _step_mac(before: StoreKey, public: bytes, sealed: bytes) -> bytes:
    return hashlib.blake2b(public + sealed, key=before.derive("next key"), digest_size=32).digest()


def _walked(key: StoreKey, secret_key: bytes, slot: Slot) -> StoreKey:
    """Today's store key, from the one in the box by the slot's steps. Raises CryptoError for a step that does not fit."""
    for step in slot.steps:
        sealed, mac = step[:-32], step[-32:]
        if not hmac.compare_digest(mac, _step_mac(key, slot.public, sealed)):
            raise CryptoError
        raw = SealedBox(PrivateKey(secret_key)).decrypt(sealed)
        key = StoreKey(raw[:32], raw[32:])
    return key


def _states(folder: VaultFolder) -> list[KeyFile]:
    """The undamaged states of the key file, newest first, pending ones too; of two that are equally new, the first copy."""
    with telling():
        copies = list(filter(None, keyfile.read(folder)))
    every = (state for copy in copies for state in (copy, copy.pending) if state)
    return sorted(dict.fromkeys(every), key=lambda state: state.generation, reverse=True)


def _head(folder: VaultFolder) -> bytes:
    """The salt at the head of the store, or nothing where there is none to be read."""
    try:
        with folder.db.open("rb") as file:
            return file.read(16)
    except OSError:
        return b""


def _opened(states: list[KeyFile], name: str, passphrase: str) -> Iterator[tuple[bytes, Unlocked]]:
    """Each state whose slot opens, newest first; the states of one vault share the derivation."""
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
            user_id, secret_key = raw[48:64].hex(), raw[64:]
            key = _walked(StoreKey(raw[:32], raw[32:48]), secret_key, slot)
            holder = Unlocked(key, user_id, secret_key, state.vault_id, state.generation)
            if slot.steps or not slot.public:
                holder = replace(holder, renewed=_sealed(state, holder, slot_id, wrapping))
            yield slot_id, holder


def owner_mark(key: StoreKey, user_id: str) -> bytes:
    """The mark of this user on their slots, which tells nothing without the store key."""
    return hashlib.blake2b(bytes.fromhex(user_id), key=key.derive("slot owner"), digest_size=16).digest()


def mac_key(key: StoreKey) -> bytes:
    """The key of the key file's MAC."""
    return key.derive("key file")


def _newest_genuine(states: list[KeyFile], key: StoreKey) -> KeyFile:
    for state in states:
        if state.genuine(mac_key(key)):
            return state
    raise AppError("vault.key_damaged")
