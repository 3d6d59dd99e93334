"""When a vault is damaged: what is wrong, the newest good backup, what would be lost; put back, or opened to be read.

Nothing of the damaged vault is thrown away: its files lie in a folder beside it before anything takes their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, ngettext, number
from panoh.base.progress import Progress, Silent
from panoh.domain.cases import User
from panoh.services import resources, vault
from panoh.services.deriving import Deriver
from panoh.services.vault import Keyring, OpenVault
from panoh.store import check as checks
from panoh.store import keys, putting_back
from panoh.store.door import behind_mark, whole_without_log
from panoh.store.engine import damaged, open_engine
from panoh.store.folder import PUT_BACK, Backup, VaultFolder, listed
from panoh.store.keys import StoreKey, Unlocked
from panoh.store.lock import VaultLock
from panoh.store.migrate import head_revision
from panoh.store.putting_back import Loss, Opening
from panoh.store.store import Store

BACKUP, KEYS, LOG = (
    "backup",
    "keys",
    "log",
)  # what is put back: a whole backup, only key files, the store without its log


@dataclass(frozen=True, slots=True)
class Best:
    """The best way back that was found, read through and not just listed."""

    what: str
    path: Path | None  # the backup; None for LOG
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the recovery screen tells. `bad` names backups that were read and are no way back."""

    problems: tuple[str, ...]
    best: Best | None
    lost: str
    bad: tuple[str, ...]
    readable: bool  # whether it can be opened to be read, as far as that goes


def look(
    path: Path,
    user: str,
    passphrase: str,
    *,
    clock: Clock,
    elsewhere: Path | None = None,
    progress: Progress | None = None,
) -> Outlook:
    """Look at a damaged vault and at its backups, its own and those in the folder `elsewhere`; nothing is changed.

    Raises AppError vault.wrong_passphrase (neither the vault nor any backup opens), vault.missing, vault.in_use, cancelled.
    """
    watch, folder = progress or Silent(), VaultFolder(path.absolute())
    with VaultLock(folder, clock.now()):
        candidates = list(_candidates(folder, elsewhere))
        try:
            own: Unlocked | None = keys.unlock(folder, user, passphrase)
        except AppError as error:
            if error.code not in ("vault.key_damaged", "vault.missing"):
                raise
            own = None
        if own is None:
            return _without_keys(folder, user, passphrase, candidates, watch)
        problems = _problems(folder, own.key, watch)
        if whole_without_log(folder, own.key, watch):
            words = _("Nothing that was written into the vault in order: only the log beside it is set aside.")
            return Outlook(problems, Best(LOG, None, None), words, (), readable=True)
        best, opening, bad = _newest_good(candidates, user, passphrase, own, watch)
        loss = putting_back.lost_since(folder, own.key, opening.entries) if opening else None
        readable = putting_back.can_be_read(folder, own.key)
        return Outlook(problems, best, _lost(best, loss, clock.now()), bad, readable)


def _problems(folder: VaultFolder, key: StoreKey, watch: Progress) -> tuple[str, ...]:
    if not folder.db.is_file():
        return (_("The vault file is not there."),)
    report = checks.check(folder, key, watch, read_only=True)
    if not report.problems and behind_mark(folder, key):
        return (_("The vault holds less than when it was last locked: a file of another day lies in its folder."),)
    return report.problems or (
        _("The journal does not fit: a log of another day lies beside the vault, or it was changed."),
    )


def _candidates(folder: VaultFolder, elsewhere: Path | None) -> Iterator[Backup]:
    """Backups to look at, newest first; a folder that was chosen may be a backup itself, or hold folders of them."""
    found = listed(folder.backups)
    if elsewhere is not None:
        with suppress(OSError):
            places = [elsewhere, elsewhere.parent, *(each for each in elsewhere.iterdir() if each.is_dir())]
            found += [
                made
                for place in places
                for made in listed(place)
                if place != elsewhere.parent or made.path == elsewhere
            ]
    by_place = {made.path.resolve(): made for made in found}
    yield from sorted(by_place.values(), key=lambda made: made.made_at, reverse=True)


def _newest_good(
    candidates: list[Backup], user: str, passphrase: str, own: Unlocked, watch: Progress
) -> tuple[Best | None, Opening | None, tuple[str, ...]]:
    """The best backup that reads through: one that holds more of the journal is newer, whatever its clock said."""
    opened, bad = [], []
    for made in candidates:
        opening = putting_back.opens(made.path, user, passphrase, own)
        if opening is None:
            bad.append(made.path.name)
        elif opening.vault_id == own.vault_id:
            opened.append((opening.entries, made, opening))
    for _entries, made, opening in sorted(opened, key=lambda each: (each[0], each[1].made_at), reverse=True):
        if putting_back.whole(made.path, opening, watch):
            return Best(BACKUP, made.path, made.made_at), opening, tuple(bad)
        bad.append(made.path.name)
    return None, None, tuple(bad)


def _without_keys(
    folder: VaultFolder, user: str, passphrase: str, candidates: list[Backup], watch: Progress
) -> Outlook:
    """Both key files are gone: a backup's may open this very store, and then nothing is lost."""
    problems = (_("Both key files of this vault are damaged or missing."),)
    wrong = False
    for made in candidates:
        try:
            found = keys.unlock(VaultFolder(made.path), user, passphrase)
        except AppError as error:
            wrong |= error.code == "vault.wrong_passphrase"
            continue
        if folder.db.is_file() and not putting_back.store_problems(folder, found.key, watch):
            words = _("Nothing: the vault itself is whole, and the key files of this backup open it.")
            return Outlook(problems, Best(KEYS, made.path, made.made_at), words, (), readable=False)
        best, _opening, bad = _newest_good(candidates, user, passphrase, found, watch)
        if best:
            return Outlook(problems, best, _since(best), bad, readable=False)
    if wrong:
        raise AppError("vault.wrong_passphrase")
    return Outlook(problems, None, "", (), readable=False)


def _lost(best: Best | None, loss: Loss | None, now: datetime) -> str:
    if best is None:
        return ""
    if loss is None or best.made_at is None:
        return _since(best)
    if not loss.entries:
        return _(
            "Nothing, as far as the vault can still be read: it holds no entry of the journal that the backup lacks."
        )
    entries = ngettext("{n} entry of the journal", "{n} entries of the journal", loss.entries).format(
        n=number(loss.entries)
    )
    records = ngettext("{n} record", "{n} records", loss.records).format(n=number(loss.records))
    return _(
        "{entries} about {records}, written until {when}. The files that are kept aside still hold what can be read."
    ).format(entries=entries, records=records, when=moment(loss.last))


def _since(best: Best) -> str:
    when = moment(best.made_at) if best.made_at else ""
    return _("Everything written after {when}: the journal of the vault cannot be read.").format(when=when)


# --- the ways out ------------------------------------------------------------------------------------------------


def put_back(
    path: Path, best: Best, user: str, passphrase: str, *, clock: Clock, progress: Progress | None = None
) -> Path:
    """Put the best way back in place of the damaged vault; returns the folder beside it that keeps the damaged files.

    A restored backup is a new incarnation (incarnation.py). A kill leaves the damaged vault or the restored one; before
    its files are touched all of them lie in the other folder. Raises AppError backup.not_this, disk.full, cancelled,
    vault.in_use, vault.wrong_passphrase.
    """
    folder, watch = VaultFolder(path.absolute()), progress or Silent()
    with VaultLock(folder, clock.now()):
        restored = None
        if best.what == BACKUP and best.path is not None:
            inside = folder.path / PUT_BACK
            try:
                vault.restore(best.path, inside, user, passphrase, clock=clock, progress=watch)
            except AppError as error:
                if error.code in ("backup.unreadable", "vault.damaged", "vault.key_damaged"):
                    raise AppError("backup.not_this", backup=best.path.name) from None
                raise
            restored = VaultFolder(inside)
        aside = putting_back.keep_aside(folder, clock.now(), watch)
        if restored is not None:
            putting_back.switch(folder, restored)
        elif best.what == KEYS and best.path is not None:
            putting_back.take_keys(folder, VaultFolder(best.path))
        else:
            putting_back.drop_log(folder)
        with suppress(OSError):  # put back it is; what stays is swept away when the vault is next opened
            folder.sweep()
    return aside


def open_read_only(path: Path, user: str, passphrase: str, *, clock: Clock) -> OpenVault:
    """Open a damaged vault to be read as far as that goes: every write is refused, and none of its files is changed.

    Raises AppError vault.damaged when not even its users can be read, and those of `vault.unlock`.
    """
    folder = VaultFolder.require(path)
    lock = VaultLock(folder, clock.now())
    engine = None
    try:
        unlocked = keys.unlock(folder, user, passphrase)
        engine = open_engine(folder.db, unlocked.key, read_only=True)
        deriver = Deriver(resources.rulebook(), clock)
        store = Store(engine, unlocked.key.derive("journal"), clock, deriver)
        store.read_only = True
        with store.reading() as reading:
            if putting_back.schema_of(reading) != head_revision(vault.MIGRATIONS):
                raise damaged(folder)
            found = next(
                (known for known in reading.all(User) if known.id == unlocked.user_id and known.left_on is None), None
            )
        if found is None:
            raise AppError("vault.no_such_user")
        ring = Keyring(folder, unlocked)
        return OpenVault(vault.desk_of(store, found, clock, deriver, ring), ring, lock, repaired=False)
    except BaseException:
        if engine is not None:
            engine.dispose()
        lock.release()
        raise
