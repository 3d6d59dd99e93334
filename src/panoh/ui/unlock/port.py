"""What the Unlock screen needs of the rest: named here so that it can show before the rest is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.progress import Progress

T = TypeVar("T")

OnOpened = Callable[[object], None]  # is handed the open vault, whatever that is to the application
OnCreated = Callable[[object, str], None]  # the open vault, and the recovery text to be written down
OnStep = Callable[[str], None]  # what is being done, in words
OnError = Callable[[AppError], None]


class KnownVault(NamedTuple):
    """A vault on this computer: the name of its folder, and the folder."""

    name: str
    path: Path


class UnlockPort(Protocol):
    """Vaults, as far as one may know them while they are locked. The long ones call back on the window's thread."""

    def known_vaults(self) -> Sequence[KnownVault]:
        """Vaults on this computer, the one used last first."""

    def facts(self, path: Path) -> Sequence[tuple[str, str]]:
        """What may be told of a locked vault, as label and words: last backup, key files. Quick; reads no key."""

    def default_place(self) -> Path:
        """Where a new vault goes unless one says otherwise."""

    def suggest_passphrase(self) -> str:
        """A new passphrase of several words, hard to guess and easy to type."""

    def unlock(
        self, path: Path, user: str, passphrase: str, on_done: OnOpened, on_error: OnError, on_step: OnStep
    ) -> None:
        """Open a vault. After an update of Panoh that may take a while: `on_step` is told how far it is."""

    def was_handed_over(self, opened: object) -> bool:
        """Whether this user still has the passphrase that somebody else made."""

    def begin(self, opened: object, path: Path, handed: str, own: str, on_done: OnCreated, on_error: OnError) -> None:
        """Take an own passphrase instead. A recovery text comes with it when nobody used the vault before."""

    def paper_opens(self, opened: object, text: str, on_done: Callable[[bool], object], on_error: OnError) -> None:
        """Whether what was typed off the paper opens the vault."""

    def close(self, opened: object) -> None:
        """Lock a vault that nobody went into."""

    def work(
        self,
        job: Callable[[Progress, Clock], T],
        on_done: Callable[[T], object],
        on_error: OnError,
        on_step: OnStep,
    ) -> None:
        """Do something else with a locked vault, on the store's worker: what the recovery screen asks for."""

    def create(self, path: Path, user: str, passphrase: str, on_done: OnCreated, on_error: OnError) -> None:
        """Make a vault with its first user, and leave it open."""

    def recover(
        self, path: Path, recovery: str, user: str, passphrase: str, on_done: OnCreated, on_error: OnError
    ) -> None:
        """Open a vault with its recovery text and give this user this passphrase; the text that holds from now on."""
