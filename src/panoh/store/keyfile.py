"""The key file: who may open the vault, without saying who they are.

One line of canonical JSON, kept twice. Slots are opaque: their ids come from name and passphrase, their order is that
of their ids, and all are equally long, the recovery slot too. A checksum tells damage from a wrong passphrase before
any key is known; the MAC, under a key of the store's own, tells a file that was written by someone without the key.

A slot's box holds the store key of the day on which it was made. When the store gets another key, each slot that stays
is handed the new one by a step: the new key, sealed to the slot's public key and signed under the key before it. At the
next unlocking the box is made anew and its steps go. While the store itself changes its key, the file holds two states,
the one before and the `pending` one, so that whichever key the store then has, somebody can open it.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from panoh.base.errors import AppError
from panoh.store.files import discard, settle_folder, stage, write_whole
from panoh.store.folder import VaultFolder

FORMAT = 2  # 1 had neither public keys nor steps
_KNOWN = (1, FORMAT)
_BOXES = 1  # the format that the tags of boxes were made under; it has not changed since
STEP = 96 + 32  # a sealed store key and the MAC over it
MIB = 1024 * 1024
LARGEST = MIB  # a key file is a few thousand bytes; whatever is larger was not written by Panoh
BOX = 96 + 16  # the sealed payload and its tag
_FLOOR = (2, 64 * MIB)
_CEILING = (10, 1024 * MIB)
_SMALLEST = (1, 8192)  # of libsodium


@dataclass(frozen=True, slots=True)
class Kdf:
    """What one guess costs under Argon2id: passes, and memory in bytes.

    An edited file cannot ask for more than the ceiling. Less than the floor has to be asked for in code: by tests, and
    when reading a file (where a lowered figure opens no slot: it is part of the derivation, the tag and the MAC).
    """

    operations: int = 3
    memory: int = 128 * MIB
    below_floor: bool = field(default=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        least = _SMALLEST if self.below_floor else _FLOOR
        if not (least[0] <= self.operations <= _CEILING[0] and least[1] <= self.memory <= _CEILING[1]):
            raise ValueError("key derivation outside its bounds")

    @classmethod
    def cheap(cls) -> Kdf:
        """The least that the library does; guards nothing, and makes tests quick."""
        return cls(*_SMALLEST, below_floor=True)


STANDARD = Kdf()


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: an opaque id, a keyed mark of its owner that only holders of the store key can read, a sealed box.

    `public` is the X25519 key to which a new store key is sealed (b'' in a slot of format 1), `steps` the keys since.
    """

    id: bytes
    owner: bytes
    nonce: bytes
    box: bytes
    public: bytes = b""
    steps: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if (len(self.id), len(self.owner), len(self.nonce), len(self.box)) != (16, 16, 24, BOX):
            raise ValueError("slot of another shape")
        if len(self.public) not in (0, 32) or any(len(step) != STEP for step in self.steps):
            raise ValueError("slot of another shape")

    def plain(self, version: int) -> dict[str, object]:
        """The slot as the file of this format holds it."""
        told: dict[str, object] = {
            "id": self.id.hex(), "owner": self.owner.hex(), "nonce": self.nonce.hex(), "box": self.box.hex()
        }  # fmt: skip
        if version > 1:
            told |= {"public": self.public.hex(), "steps": [step.hex() for step in self.steps]}
        return told

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Slot:
        """The slot that `plain` gave."""
        steps = tuple(bytes.fromhex(step) for step in told.pop("steps", ()))
        return cls(**{name: bytes.fromhex(text) for name, text in told.items()}, steps=steps)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One state of the key file; a change is a new state with the next generation."""

    vault_id: str
    generation: int
    salt: bytes
    kdf: Kdf
    slots: tuple[Slot, ...]
    mac: bytes = b""
    pending: KeyFile | None = None  # under the key that the store is about to get
    version: int = FORMAT

    def slot(self, slot_id: bytes) -> Slot | None:
        """The slot of this id, or None."""
        return next((slot for slot in self.slots if hmac.compare_digest(slot.id, slot_id)), None)

    def bound_to(self, slot_id: bytes) -> bytes:
        """What a slot's tag covers besides its content, so that a slot fits this vault and these parameters only."""
        return _canonical([_BOXES, self.vault_id, self.salt.hex(), self.kdf.operations, self.kdf.memory, slot_id.hex()])

    def following(self, slots: tuple[Slot, ...], mac_key: bytes, pending: KeyFile | None = None) -> KeyFile:
        """The next generation, with these slots, under a new MAC."""
        ordered = tuple(sorted(slots, key=lambda slot: slot.id))
        state = replace(self, generation=self.generation + 1, slots=ordered, pending=pending, version=FORMAT)
        return replace(state, mac=state.mac_under(mac_key))

    def genuine(self, mac_key: bytes) -> bool:
        """True when a holder of the store key wrote this state."""
        return hmac.compare_digest(self.mac, self.mac_under(mac_key))

    def mac_under(self, mac_key: bytes) -> bytes:
        """The MAC that this state has to bear."""
        return hashlib.blake2b(_canonical(self._body()), key=mac_key, digest_size=32).digest()

    def _body(self) -> dict[str, object]:
        told: dict[str, object] = {
            "format": self.version,
            "vault": self.vault_id,
            "generation": self.generation,
            "salt": self.salt.hex(),
            "kdf": {"name": "argon2id", "operations": self.kdf.operations, "memory": self.kdf.memory},
            "slots": [slot.plain(self.version) for slot in self.slots],
        }
        return told if self.pending is None else {**told, "pending": self.pending.content()}

    def content(self) -> dict[str, object]:
        """The state as plain values, with its MAC."""
        return {**self._body(), "mac": self.mac.hex()}

    def to_bytes(self) -> bytes:
        """The file's one line."""
        content = self.content()
        return _canonical({**content, "checksum": _checksum(content)}) + b"\n"

    @classmethod
    def from_bytes(cls, raw: bytes) -> KeyFile | None:
        """The state in these bytes, or None when a single bit of them is not as it was written.

        Raises AppError vault.newer for an undamaged file of a format that this Panoh does not know.
        """
        try:
            content = json.loads(raw)
            checksum = content.pop("checksum")
            if checksum != _checksum(content):
                return None
            if content["format"] not in _KNOWN:
                raise AppError("vault.newer", found=content["format"], known=FORMAT)
            state = cls._from_content(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return state if state.to_bytes() == raw else None

    @classmethod
    def _from_content(cls, content: dict[str, Any]) -> KeyFile:
        pending = content.get("pending")
        return cls(
            vault_id=str(content["vault"]),
            generation=int(content["generation"]),
            salt=bytes.fromhex(content["salt"]),
            kdf=Kdf(int(content["kdf"]["operations"]), int(content["kdf"]["memory"]), below_floor=True),
            slots=tuple(Slot.from_plain(dict(slot)) for slot in content["slots"]),
            mac=bytes.fromhex(content["mac"]),
            pending=cls._from_content(pending) if pending is not None else None,
            version=int(content["format"]),
        )


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _checksum(content: object) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def read(folder: VaultFolder) -> tuple[KeyFile | None, KeyFile | None]:
    """The key file and its mirror, each None when missing or damaged."""
    return _read(folder, mirror=False), _read(folder, mirror=True)


def _read(folder: VaultFolder, *, mirror: bool) -> KeyFile | None:
    path = folder.mirror if mirror else folder.key
    try:
        with path.open("rb") as file:
            return KeyFile.from_bytes(file.read(LARGEST))
    except PermissionError:
        raise
    except OSError:  # missing, or the disk cannot read it: the other copy has to do
        return None


@contextmanager
def staged(folder: VaultFolder, state: KeyFile) -> Iterator[Callable[[], None]]:
    """Both copies of a new state, written beside the old ones and read back; the call that is yielded puts them in place.

    Nothing has changed before that call. From its first rename on the change stands, and one whole copy stands at
    every moment; a second copy that stayed behind is out of date and is brought up at the next unlocking.
    """
    content = state.to_bytes()
    waiting: list[tuple[Path, Path]] = []

    def put() -> None:
        (first, key), (second, mirror) = waiting
        first.replace(key)
        with suppress(OSError):
            second.replace(mirror)
            settle_folder(folder.path)

    try:
        for place in (folder.key, folder.mirror):
            waiting.append((stage(place, content), place))  # noqa: PERF401  (what was written has to be known)
        if any(beside.read_bytes() != content for beside, _place in waiting):
            raise OSError(errno.EIO, "the key file does not read back")
        yield put
    finally:
        for beside, _place in waiting:
            discard(beside)


def lay(folder: VaultFolder, state: KeyFile) -> None:
    """Write both copies into a folder that is being made: there neither may stay behind. Raises OSError."""
    content = state.to_bytes()
    for place in (folder.key, folder.mirror):
        write_whole(place, content)


def write(folder: VaultFolder, state: KeyFile) -> None:
    """Write both copies, or change nothing."""
    with staged(folder, state) as put:
        put()
