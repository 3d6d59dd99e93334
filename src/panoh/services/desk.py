"""The desk: an unlocked vault with its user, its rules and code lists. Every use case takes it first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import country_name
from panoh.base.progress import Progress
from panoh.domain.access import CASEWORKER, HEAD, SUPERVISOR, Access
from panoh.domain.cases import User
from panoh.domain.records import Record
from panoh.domain.triage.rulebook import Rulebook
from panoh.domain.vocabulary import Vocabularies
from panoh.services.believed_clock import BelievedClock
from panoh.store.store import Store
from panoh.store.units import Reading, Unit

__all__ = ["CASEWORKER", "HEAD", "SUPERVISOR", "Changes", "Desk", "Refresh"]


@dataclass(frozen=True, slots=True)
class Changes:
    """Which kinds of record a write touched: broadcast once, screens refresh themselves."""

    kinds: frozenset[str]
    entries: tuple[int, int] = (0, 0)  # its first and last entry of the journal, for undoing it

    @classmethod
    def of(cls, unit: Unit) -> Changes:
        """What this write did so far."""
        return cls(unit.changes(), unit.entry_numbers())


PublicKeys = Callable[[Iterable[str]], Mapping[str, bytes]]  # of these users, and of the recovery paper
BackUp = Callable[[str, Progress | None], object]  # for this reason, before a change of many records
BeforeCommit = Callable[["Desk", Unit], None]  # what follows from a write, in the same transaction
Refresh = Callable[[Unit, Iterable[str]], None]  # assess these people and their households anew


class Desk:
    """What a use case needs: the store, who asks, what time it is, the rules and the words."""

    def __init__(
        self,
        store: Store,
        user: User,
        clock: Clock,
        vocabularies: Vocabularies,
        rulebook: Rulebook,
        folder: Path,
        derive: Refresh,
        access: Access,
        secret_key: bytes = b"",
        public_keys: PublicKeys = lambda _users: {},
        before_commit: BeforeCommit = lambda _desk, _unit: None,
    ) -> None:
        self.store = store
        self.user = user
        self.clock = clock
        self.vocabularies = vocabularies
        self.rulebook = rulebook
        self.folder = folder
        self.derive = derive
        self.access = access
        self.secret_key = secret_key  # the user's own, which opens what is sealed to them; never shown
        self.public_keys = public_keys
        self.before_commit = before_commit
        self.believed = BelievedClock(clock)  # by which triage goes; the open vault's
        self.back_up: BackUp | None = None  # the open vault's; see services/backups.py
        with store.reading() as reading:
            self.demo = reading.meta("demo") == "yes"

    def of(self, user: User, secret_key: bytes = b"") -> Desk:
        """The same vault as another user sees it."""
        other = Desk(
            self.store, user, self.clock, self.vocabularies, self.rulebook, self.folder, self.derive, self.access,
            secret_key, self.public_keys, self.before_commit,
        )  # fmt: skip
        other.believed = self.believed
        return other

    def reading(self) -> AbstractContextManager[Reading]:
        """One consistent picture of the vault."""
        return self.store.reading()

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """One write in this user's name, in which each record is held beside the table of access."""
        with self.store.writing(self.user.id) as unit:
            unit.allow = lambda action, record: self._require(unit, action, record)
            yield unit
            unit.allow = lambda _action, _record: None
            self.before_commit(self, unit)

    @contextmanager
    def writing_as(self, action: str, kind: type[Record]) -> Iterator[Unit]:
        """One write that is granted as a whole, as a merge is: of what it moves along nothing is asked again.

        Raises AppError access.denied for a role that may not do this with records of this class.
        """
        if not self.may(action, kind):
            raise AppError("access.denied")
        with self.store.writing(self.user.id) as unit:
            yield unit
            self.before_commit(self, unit)

    def may(self, action: str, kind: type, *, own: bool = False) -> bool:
        """Whether this user's role may do this with records of this class; `own` when they hold the case."""
        return self.access.may(self.user.role, kind.__name__, action, own=own)

    def _require(self, reading: Reading, action: str, record: Record) -> None:
        kind = type(record)
        if self.may(action, kind):
            return
        if self.may(action, kind, own=True) and reading.holder_of(getattr(record, "person_id", "")) == self.user.id:
            return
        raise AppError("access.denied")

    @property
    def is_supervisor(self) -> bool:
        """Whether the user decides: lowers levels, sees every restricted fact."""
        return self.user.role in (SUPERVISOR, HEAD)

    @property
    def is_head(self) -> bool:
        """Whether the user sees to users, the recovery sheet and how long records are kept."""
        return self.user.role == HEAD

    def may_see_restricted(self, owner_id: str) -> bool:
        """Whether this user may read restricted facts of a case with this owner.

        A rule of the services layer and, in an offline file, no more than that.
        """
        return self.is_supervisor or bool(owner_id and owner_id == self.user.id)

    @property
    def limited_reader(self) -> str:
        """The user's id when only restricted facts of the own cases may be read, '' when all may."""
        return "" if self.is_supervisor else self.user.id

    def name_of(self, code_list: str, code: str) -> str:
        """The word for a code in the language in force: ('country', 'UZ') is 'Uzbekistan'. An unknown code is its own word."""
        if code_list == "country":
            return country_name(code) or self.vocabularies.label("countries", code)
        return self.vocabularies.label({"need": "specific_needs"}.get(code_list, code_list), code)

    def require_supervisor(self) -> None:
        """Raise AppError('access.denied') unless the user is a supervisor."""
        if not self.is_supervisor:
            raise AppError("access.denied")

    def require_head(self) -> None:
        """Raise AppError('access.head') unless the user is the head of office."""
        if not self.is_head:
            raise AppError("access.head")
