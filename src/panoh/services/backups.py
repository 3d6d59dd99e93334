"""Backups in the course of the work: when one is due, before what changes much, to a second place, the drill, the list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import number
from panoh.base.progress import Progress
from panoh.services import erasing
from panoh.services.desk import Desk
from panoh.store import backup as copying
from panoh.store import manifest
from panoh.store.backup_plan import DAY, is_due
from panoh.store.drill import DrillReport
from panoh.store.drill import drill as drill_store
from panoh.store.files import make_folder, telling, write_whole
from panoh.store.folder import Backup, VaultFolder
from panoh.store.keys import StoreKey
from panoh.store.manifest import ASKED, DUE, IMPORT, MERGE
from panoh.store.thinning import of_vault, thin

if TYPE_CHECKING:
    from panoh.services.vault import OpenVault

__all__ = ["ASKED", "IMPORT", "MANY", "MERGE", "Drilled", "KeptBackup", "SecondPlace"]

MANY = 300  # a list that adds more people than this, or changes any, is brought in after a backup
REMIND_AFTER = timedelta(days=7)
_MERGE_WITHIN = timedelta(hours=1)  # joining many pairs in a row needs no backup before each: each can be undone
_MARK = "panoh-second-place"  # a file in the second place: the empty folder of a stick that is not in has none
_CHECKS, _SECOND_AT = "backup_checks", "second_backup_at"
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup in the list: where it lies, why it was made, and what the last drill said of it ('' before any)."""

    path: Path
    made_at: datetime
    size: int
    second: bool
    reason: str
    checked: str  # 'good', 'bad' or ''
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """The second place: whether it is there now, when this vault was last copied to it, whether to remind of it."""

    path: Path
    there: bool
    last: datetime | None
    remind: bool


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that was done."""

    backup: Path
    report: DrillReport

    def words(self) -> str:
        """The result in a sentence or two."""
        if not self.report.good:
            return _("{backup} did not come back whole: {found} Do not rely on it; make another backup now.").format(
                backup=self.backup.name, found=" ".join(self.report.problems)
            )
        counts = _("{tables} tables with {rows} rows and {entries} entries of the journal").format(
            tables=number(self.report.tables), rows=number(self.report.rows), entries=number(self.report.entries)
        )
        if self.report.claimed:
            return _(
                "{backup} was restored, opened and compared: {counts} are what they were when it was made. It was removed again."
            ).format(backup=self.backup.name, counts=counts)
        return _(
            "{backup} was restored, opened and read through: {counts}. An earlier Panoh made it without a list of what it "
            "holds, so only its structure could be checked. It was removed again."
        ).format(backup=self.backup.name, counts=counts)


def make(opened: OpenVault, reason: str, progress: Progress | None = None) -> Path:
    """A backup among the vault's own, and what the plan no longer keeps goes. Raises what `store.backup.backup` does."""
    now = opened.desk.clock.now()
    with opened.at_work(progress) as (folder, unlocked, watch):
        with telling():
            make_folder(folder.backups)
        made = copying.backup(folder, unlocked.key, folder.backups, now, watch, reason).path
        with suppress(AppError):  # the backup is made; what is too many goes another time
            thin(folder.backups, unlocked.vault_id, unlocked.key, now, _bad(opened.desk))
    return made


def due(opened: OpenVault, progress: Progress | None = None) -> Path | None:
    """Make the backup of the day when the newest is a day old; None when it is not, or in a vault for trying out."""
    desk = opened.desk
    with opened.at_work() as (folder, unlocked, _watch):
        times = [each.made_at for each in of_vault(folder.backups, unlocked.vault_id)]
    if desk.demo or desk.store.read_only or not is_due(times, desk.clock.now()):
        return None
    return make(opened, DUE, progress)


def before(desk: Desk, reason: str, progress: Progress | None = None) -> None:
    """The backup that comes before a change of many records (IMPORT) or of two that become one (MERGE).

    Raises AppError backup.not_first when it cannot be made: the change was not begun, and whoever asked for it says
    whether to go on without; cancelled, vault.locked.
    """
    if desk.back_up is None or desk.demo:
        return
    try:
        desk.back_up(reason, progress)
    except AppError as error:
        if error.code in ("cancelled", "vault.locked", "vault.read_only"):
            raise
        raise AppError("backup.not_first", why=error.sentence()) from None


def unless_made(opened: OpenVault, reason: str, progress: Progress | None = None) -> None:
    """Make a backup for this reason, unless one holds the very state already, or an hour's joining is in one."""
    desk, now = opened.desk, opened.desk.clock.now()
    with opened.at_work(progress) as (folder, unlocked, _watch):
        last = next((each for each in of_vault(folder.backups, unlocked.vault_id) if each.made_at <= now), None)
        told = manifest.read(VaultFolder(last.path), unlocked.key) if last else None
    if last and reason == MERGE and now - last.made_at < _MERGE_WITHIN:
        return
    if told is None or told.head != desk.store.journal_head().mac.hex():
        make(opened, reason, progress)


# --- the second place --------------------------------------------------------------------------------------------


def choose_second(place: Path) -> None:
    """Mark a folder as the second place for backups, so that an empty mount point is not taken for it.

    Raises AppError vault.not_readable, disk.full.
    """
    with telling():
        make_folder(place)
        write_whole(place / _MARK, b"Panoh keeps copies of its backups here.\n")


def second_place(opened: OpenVault, place: str) -> SecondPlace | None:
    """What is known of the second place; None when none was chosen. Asks the disk, so it may take a moment."""
    if not place:
        return None
    now, there = opened.desk.clock.now(), _there(Path(place))
    with opened.desk.reading() as reading:
        kept = reading.meta(_SECOND_AT)
    last = datetime.fromisoformat(kept) if kept else None
    if there:
        with opened.at_work() as (_folder, unlocked, _watch), suppress(AppError):
            last = max((each.made_at for each in of_vault(Path(place), unlocked.vault_id)), default=None)
    late = last is None or now - last > REMIND_AFTER or last - now > DAY
    return SecondPlace(Path(place), there, last, late)


def to_second(opened: OpenVault, place: str, progress: Progress | None = None) -> Path:
    """A backup in the second place; what the plan no longer keeps there goes. Raises AppError backup.place_missing too."""
    target, now = Path(place), opened.desk.clock.now()
    if not _there(target):
        raise AppError("backup.place_missing", place=place)
    with opened.at_work(progress) as (folder, unlocked, watch):
        made = copying.backup(folder, unlocked.key, target, now, watch, ASKED).path
        erasing.keep_list(opened.desk, target)
        with suppress(AppError):
            thin(target, unlocked.vault_id, unlocked.key, now, _bad(opened.desk))
    with opened.desk.writing() as unit:
        unit.set_meta(_SECOND_AT, now.isoformat())
    return made


def due_second(opened: OpenVault, place: str, progress: Progress | None = None) -> SecondPlace | None:
    """Copy to the second place when it is there and its copy is a day old; a place that is not there is no error."""
    found = second_place(opened, place)
    if found is None or opened.desk.demo or opened.desk.store.read_only:
        return None
    if found.there and is_due([found.last] if found.last else [], opened.desk.clock.now()):
        to_second(opened, place, progress)
        return second_place(opened, place)
    return found


def _there(place: Path) -> bool:
    try:
        return (place / _MARK).is_file()
    except OSError:
        return False


# --- the list and the drill --------------------------------------------------------------------------------------


def kept(opened: OpenVault, second: str = "") -> list[KeptBackup]:
    """Every backup of this vault, its own and those in the second place if that is there, newest first."""
    checks, rows = _checks(opened.desk), []
    with opened.at_work() as (folder, unlocked, _watch):
        places: Sequence[tuple[Path, bool]] = ((folder.backups, False), *([(Path(second), True)] if second else []))
        for place, is_second in places:
            with suppress(AppError, OSError):
                rows += [_row(each, unlocked.key, is_second, checks) for each in of_vault(place, unlocked.vault_id)]
    return sorted(rows, key=lambda row: row.made_at, reverse=True)


def _row(made: Backup, key: StoreKey, second: bool, checks: dict[str, tuple[str, str]]) -> KeptBackup:
    told = manifest.read(VaultFolder(made.path), key)
    checked, at = checks.get(made.path.name, ("", ""))
    return KeptBackup(
        path=made.path,
        made_at=made.made_at,
        size=made.size,
        second=second,
        reason=told.reason if told else "",
        checked=checked,
        checked_at=datetime.fromisoformat(at) if at else None,
    )


def drill(opened: OpenVault, backup: Path | None = None, progress: Progress | None = None) -> Drilled:
    """Restore a backup (the newest without one) out of sight, compare it with what it claimed, and remove it again.

    Raises AppError backup.none, backup.other_key, disk.full, cancelled.
    """
    with opened.at_work(progress) as (folder, unlocked, watch):
        own = of_vault(folder.backups, unlocked.vault_id)
        chosen = backup or (own[0].path if own else None)
        if chosen is None:
            raise AppError("backup.none")
        report = drill_store(folder, unlocked.key, chosen, watch)
    checks = _checks(opened.desk)
    checks[chosen.name] = ("good" if report.good else "bad", opened.desk.clock.now().isoformat())
    newest = dict(sorted(checks.items(), reverse=True)[:_REMEMBERED])
    with suppress(AppError), opened.desk.writing() as unit:
        unit.set_meta(_CHECKS, json.dumps(newest))
    return Drilled(chosen, report)


def _checks(desk: Desk) -> dict[str, tuple[str, str]]:
    with desk.reading() as reading:
        return {name: (said, at) for name, (said, at) in json.loads(reading.meta(_CHECKS, "{}")).items()}


def _bad(desk: Desk) -> frozenset[str]:
    return frozenset(name for name, (said, _at) in _checks(desk).items() if said == "bad")
