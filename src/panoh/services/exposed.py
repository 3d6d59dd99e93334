"""A laptop was lost or seized: from a backup of it, the list of everyone whom it exposes, in one step.

The backup is read and not changed, and no plain byte of it reaches a disk. Only supervisors and the head of office of
that very vault get the list, and whoever holds its recovery paper. What they get is one PDF under AES-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from panoh.base import paths
from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number, speaking
from panoh.base.progress import Progress, Silent
from panoh.domain.access import HEAD
from panoh.domain.cases import User
from panoh.domain.check_codes import new_export_no
from panoh.domain.exposed import Access, ExposedPaper, Guard
from panoh.reports.exposed_list import render
from panoh.reports.protect import protect
from panoh.services import erasing, resources, vault
from panoh.services.deriving import Deriver
from panoh.services.desk import Desk
from panoh.services.exposed_entries import entries, words_of
from panoh.services.levels import edition_now
from panoh.services.open_vault import Keyring
from panoh.services.passphrases import new_passphrase
from panoh.services.summaries import require_password
from panoh.store import derived, erased_list, exposure, journal, keys, manifest
from panoh.store.folder import VaultFolder, backup_time, listed
from panoh.store.keyfile import KeyFile
from panoh.store.keys import RECOVERY_USER, Unlocked
from panoh.store.lock import nobody_in
from panoh.store.looking import Looked, looking
from panoh.store.store import Store
from panoh.store.units import Reading

KEEP_DAYS = 12  # as any paper
_AT_ONCE, _MOST_ANEW, _EVERYONE = 2000, 40_000, 10_000_000  # people
_MOST_TRIED = 20  # backups of one folder, newest first, that are tried with the passphrase
LIST_OF_EXPOSED = "ExposedList"  # record class of its entry in the journal


@dataclass(frozen=True, slots=True)
class Way:
    """How the backup is opened: by a user's name and passphrase, or by the recovery text of its paper."""

    user: str = ""
    passphrase: str = field(default="", repr=False)
    recovery: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Exposed:
    """The list that was made."""

    export_no: str
    backup: Path
    counts: dict[str, int]  # people by group, of domain/exposed.py
    levels: dict[str, int]
    backup_at: datetime | None
    pdf: bytes = field(repr=False)
    password: str = field(repr=False)

    @property
    def file_name(self) -> str:
        """A name that tells nothing: the export number alone."""
        return f"{self.export_no}.pdf"

    @property
    def people(self) -> int:
        """How many stand on it."""
        return sum(self.counts.values())

    def words(self) -> str:
        """Whom it holds, in a sentence."""
        return words_of(self.counts)


def make(
    backup: Path,
    way: Way,
    *,
    clock: Clock,
    password: str = "",
    language: str = "en",
    progress: Progress | None = None,
) -> Exposed:
    """The list of everyone in a backup, for whoever has to warn them, under AES-256; a password is made without one.

    `backup` is a backup's folder, or one that holds backups: the newest that opens is then taken.
    Raises AppError: vault.missing, vault.in_use, vault.wrong_passphrase, vault.wrong_recovery, vault.key_damaged,
    vault.damaged, vault.newer, vault.choose_passphrase, access.denied for a caseworker, report.password, disk.full, cancelled.
    """
    watch = progress or Silent()
    if password:
        require_password(password)
    place, unlocked = _opened(backup, way)
    with speaking(language), _desk(place, unlocked, clock, watch) as (desk, copied):
        desk.require_supervisor()
        if desk.user.one_time:  # it may be known to whoever handed it over
            raise AppError("vault.choose_passphrase")
        if copied:
            _assess_anew(desk, watch)
        paper = _paper(desk, place, unlocked, language, watch)
    password = password or new_passphrase()
    watch.step(0, 0, _("Protecting the list"))
    pdf = protect(render(paper, watch), password)
    counts = {group: len(of_group) for group, of_group in paper.groups.items()}
    return Exposed(paper.export_no, place.path, counts, dict(paper.levels), paper.backup_at, pdf, password)


def note(desk: Desk, made: Exposed) -> None:
    """Write into the journal of the user's own vault that the list was made; of whom it tells nothing."""
    told = [made.export_no, made.backup.name, number(made.people), hashlib.sha256(made.pdf).hexdigest()]
    with desk.writing() as unit:
        unit.tell("exported", LIST_OF_EXPOSED, made.export_no, " · ".join(told))


# --- opening -----------------------------------------------------------------------------------------------------------


def _opened(backup: Path, way: Way) -> tuple[VaultFolder, Unlocked]:
    """The backup, or the newest in this folder, that opens this way."""
    wanted = VaultFolder(backup.absolute())
    places = [wanted] if wanted.db.is_file() else [VaultFolder(each.path) for each in listed(backup)[:_MOST_TRIED]]
    if not places:
        raise AppError("vault.missing")
    refused: AppError | None = None
    for place in places:
        try:
            return place, keys.unlock_recovery(place, way.recovery) if way.recovery else keys.unlock(
                place, way.user, way.passphrase
            )
        except AppError as error:
            refused = refused or error
    assert refused is not None  # noqa: S101 - there was a place to try
    raise refused


@contextmanager
def _desk(place: VaultFolder, unlocked: Unlocked, clock: Clock, progress: Progress) -> Iterator[tuple[Desk, bool]]:
    """A desk at the backup that writes nothing, or at a copy of an older one; and whether it is a copy."""
    copy_at = paths.private_folder(paths.vaults_folder().parent) / "backup-looked-into"
    with ExitStack() as stack:
        stack.enter_context(nobody_in(place, clock.now()))
        looked: Looked = stack.enter_context(
            looking(place, unlocked.key, vault.MIGRATIONS, journal.TRIGGERS, copy_at, progress)
        )
        deriver = Deriver(resources.rulebook(), clock)
        store = Store(looked.engine, unlocked.key.derive("journal"), clock, deriver)
        store.read_only = not looked.copied
        with store.reading() as reading:
            user = _user(reading, unlocked)
        yield vault.desk_of(store, user, clock, deriver, Keyring(place, unlocked)), looked.copied


def _assess_anew(desk: Desk, progress: Progress) -> None:
    """Bring the levels of a copy up to date in one write: everyone by other rules, else those whom time has changed.

    More people than can be assessed in half a minute keep the levels of the rules of before, which the list then tells.
    """
    with desk.store.writing(desk.user.id) as unit:
        edition = edition_now(desk, unit)
        other_rules = unit.meta("rules") != edition
        ids = derived.everyone(unit) if other_rules else derived.due_for_refresh(unit, desk.clock.now(), _EVERYONE)
        if len(ids) > _MOST_ANEW:
            return
        for start in range(0, len(ids), _AT_ONCE):
            progress.step(start, len(ids), _("Working out the levels"))
            desk.derive(unit, ids[start : start + _AT_ONCE])
        unit.set_meta("rules", edition)


def _user(reading: Reading, unlocked: Unlocked) -> User:
    """Whose slot it was; the recovery paper is kept for the head of office."""
    if unlocked.user_id == RECOVERY_USER:
        return User(id=RECOVERY_USER, name="", role=HEAD)
    found = next((user for user in reading.all(User) if user.id == unlocked.user_id and user.left_on is None), None)
    if found is None:
        raise AppError("vault.no_such_user")
    return found


# --- the paper ---------------------------------------------------------------------------------------------------------


def _paper(desk: Desk, place: VaultFolder, unlocked: Unlocked, language: str, progress: Progress) -> ExposedPaper:
    today = desk.clock.today()
    told = manifest.read(place, unlocked.key)
    made_at = datetime.fromisoformat(told.made_at) if told else backup_time(place.path.name)
    erased = frozenset(line.subject_id for line in erased_list.read(erasing.lists_near(place.path), desk.store.sign))
    with desk.reading() as reading:
        groups, levels = entries(desk, reading, today, erased, progress)
        return ExposedPaper(
            export_no=new_export_no(),
            made_at=desk.clock.now(),
            destroy_by=today + timedelta(days=KEEP_DAYS),
            backup_at=made_at,
            last_entry=exposure.last_entry(reading),
            device=reading.meta("device_code"),
            journal_code=desk.store.journal_head().code,
            levels=levels,
            groups=groups,
            access=_access(desk, reading),
            guard=_guard(keys.genuine(place, unlocked.key), exposure.key_changed(reading)),
            only_sought=exposure.only_sought(reading),
            rules_changed=reading.meta("rules") != desk.rulebook.edition,
            language=language,
            demo=desk.demo,
        )


def _access(desk: Desk, reading: Reading) -> tuple[Access, ...]:
    roles = desk.vocabularies["role"]
    users = sorted(reading.all(User), key=lambda user: (user.left_on is not None, user.name.casefold()))
    return tuple(Access(user.name, roles.label(user.role), user.left_on is not None, user.one_time) for user in users)


def _guard(state: KeyFile, changed: datetime | None) -> Guard:
    return Guard(state.kdf.operations, state.kdf.memory // (1024 * 1024), len(state.slots), changed)
