"""Is the vault well? One list of checks, each a small function that gives its findings, and what is around the vault.

`DAMAGE` means that the vault itself does not fit: nothing is written into it from then on. `WARNING` is for somebody to
look at; `UNKNOWN` is what this computer does not tell.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from panoh.base import disks
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment, ngettext, number
from panoh.base.progress import Progress
from panoh.domain.papers import Attachment
from panoh.services.deriving import fresh_keys
from panoh.services.desk import Desk
from panoh.store import check as checks
from panoh.store import contents, derived, journal, looks
from panoh.store.files import discard, make_private

if TYPE_CHECKING:
    from panoh.services.vault import OpenVault

DAMAGE, WARNING, UNKNOWN = "damage", "warning", "unknown"
LITTLE_SPACE, TIMES_THE_VAULT = 500 * 1024 * 1024, 2.5
BUILT = datetime(2026, 1, 1, tzinfo=UTC)  # no Panoh is older: a clock before that is wrong
LONG_AWAY = timedelta(days=200)
SAMPLE = 400  # people whose search keys are made anew by the daily look; all of them on demand
_WHOLE_AT = "health_whole_at"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: what, and what to do. `code` is for scripts and tests."""

    code: str
    severity: str
    sentence: str
    todo: str


class Health(NamedTuple):
    """What a look at the vault found, when, and how much of it was read."""

    at: datetime
    findings: tuple[Finding, ...]
    people: int = 0
    journal_entries: int = 0
    journal_code: str = ""

    @property
    def damaged(self) -> bool:
        """Whether the vault itself does not fit."""
        return any(each.severity == DAMAGE for each in self.findings)

    @property
    def warnings(self) -> int:
        """How many things there are to look at besides."""
        return sum(each.severity == WARNING for each in self.findings)


def look(opened: OpenVault, progress: Progress | None = None, *, every_key: bool = False) -> Health:
    """Look at everything: the store, the key files, the search, the files in it, the disk, the clock.

    `every_key` makes all search keys anew instead of a sample. Damage makes the open vault one that is only read, and
    has the next unlock read it whole before anyone is let in. Raises AppError vault.locked, cancelled.
    """
    desk = opened.desk
    with opened.at_work(progress) as (folder, unlocked, watch):
        report = checks.check(folder, unlocked.key, watch)
        found = [_damage("pages", problem) for problem in report.in_store]
        found += [_beside(problem) for problem in report.problems if problem not in report.in_store]
        head, broken = _journal(desk)
        found += broken
        for part in (lambda: search_keys(desk, watch, None if every_key else SAMPLE), lambda: attachments(desk, watch)):
            found += _read(part)
        found += surroundings(desk.folder, report.size)
        found += clock_oddities(desk)
        made = Health(
            desk.clock.now(),
            tuple({each.sentence: each for each in found}.values()),
            report.tables.get("person", 0),
            head.count,
            head.code,
        )
        if made.damaged:
            desk.store.read_only = True
            with suppress(OSError):
                make_private(folder.suspect)
        else:
            discard(folder.suspect)
            with suppress(AppError), desk.writing() as unit:
                unit.set_meta(_WHOLE_AT, made.at.isoformat())
    return made


def is_due(desk: Desk) -> bool:
    """Whether the whole was looked at longer ago than a day; a day that lies ahead tells nothing."""
    with desk.reading() as reading:
        kept = reading.meta(_WHOLE_AT)
    return not kept or not timedelta() <= desk.clock.now() - datetime.fromisoformat(kept) < _DAY


def _damage(code: str, sentence: str) -> Finding:
    todo = _("Lock the vault and unlock it again: Panoh then offers the newest good backup.")
    return Finding(code, DAMAGE, sentence, todo)


def _beside(sentence: str) -> Finding:
    """Something about the files beside the store: key files, rights, what was left behind."""
    return Finding("files", WARNING, sentence, _("Lock the vault and unlock it again. If it stays, tell support."))


def _read(part: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What a part found; damaged pages on its way are told, so that the rest is looked at all the same."""
    try:
        return list(part())
    except AppError as error:
        if error.code != "vault.damaged":
            raise
        return [_damage("pages", _("Pages of the vault file are damaged."))]


def _journal(desk: Desk) -> tuple[journal.Head, list[Finding]]:
    try:
        head, broken = desk.store.verify_journal()
    except AppError as error:
        if error.code != "vault.damaged":
            raise
        return journal.Head(0, journal.GENESIS), [_damage("pages", _("Pages of the journal are damaged."))]
    if broken is None:
        return head, []
    todo = _("Keep this vault as it is and tell your supervisor.")
    words = _("The journal does not fit from entry {entry} on: it was changed outside of Panoh, or is damaged.")
    return head, [Finding("journal", DAMAGE, words.format(entry=broken), todo)]


# --- what is in the vault ----------------------------------------------------------------------------------------


def search_keys(desk: Desk, progress: Progress, sample: int | None) -> list[Finding]:
    """The keys that a search looks up, against those made anew from the names; `sample` people drawn by chance, or all."""
    with desk.reading() as reading:
        ids = derived.everyone(reading)
    if sample is not None and len(ids) > sample:
        ids = random.sample(ids, sample)
    wrong = 0
    for start in range(0, len(ids), SAMPLE):
        some = ids[start : start + SAMPLE]
        progress.step(start, len(ids), _("Looking at the search"))
        with desk.reading() as reading:
            stored, made = looks.search_keys(reading, some), fresh_keys(reading, set(some))
        wrong += sum(stored[each] != frozenset(made.get(each, ())) for each in some)
    if not wrong:
        return []
    words = ngettext(
        "{n} person would not be found under every name.", "{n} people would not be found under every name.", wrong
    )
    todo = _("Nothing is lost. Save their record again, or tell support: the search has to be made anew.")
    return [Finding("search", WARNING, words.format(n=number(wrong)), todo)]


def attachments(desk: Desk, progress: Progress) -> list[Finding]:
    """Photos and files against the digest (SHA-256) that was taken of them when they came in."""
    with desk.reading() as reading:
        known = [(each.id, each.sha256) for each in reading.all(Attachment)]
    wrong = 0
    for done, (attachment_id, digest) in enumerate(known):
        progress.step(done, len(known), _("Reading photos and files"))
        with desk.reading() as reading:
            content = contents.content(reading, attachment_id)
        wrong += bool(digest) and hashlib.sha256(content).hexdigest() != digest
    if not wrong:
        return []
    words = ngettext(
        "{n} photo or file is not what was taken in.", "{n} photos or files are not what was taken in.", wrong
    )
    return [_damage("attachments", words.format(n=number(wrong)))]


# --- what is around it -------------------------------------------------------------------------------------------


def surroundings(folder: Path, size: int) -> list[Finding]:
    """The disk under the vault: room, encryption, whose it is."""
    return [*space(folder, size), *encryption(folder), *kind_of_disk(folder)]


def space(folder: Path, size: int) -> list[Finding]:
    """Is there room for the next backup and the next update? Below 500 MB, or two and a half vaults, there may not be."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return []
    if free >= max(LITTLE_SPACE, size * TIMES_THE_VAULT):
        return []
    words = _("The disk has {n} MB left; a backup or an update may not find room.").format(n=number(free // 1_000_000))
    return [Finding("space", WARNING, words, _("Free some space on this disk soon."))]


def encryption(folder: Path) -> list[Finding]:
    """Is the disk encrypted as a whole? While the vault is open, the computer may write parts of memory to it."""
    said = disks.encrypted(folder)
    if said is None:
        words = _("This computer does not tell whether its disk is encrypted.")
        return [Finding("encryption", UNKNOWN, words, _("Ask IT: swap and hibernation files need it."))]
    if said:
        return []
    words = _(
        "The disk of this computer is not encrypted. The vault is, but memory that is written to the disk is not."
    )
    return [Finding("encryption", WARNING, words, _("Ask IT to turn on BitLocker, FileVault or LUKS."))]


def kind_of_disk(folder: Path) -> list[Finding]:
    """A vault works on this computer's own disk: on a stick or a network drive a cut connection can damage it."""
    kind = disks.kind_of(folder)
    if kind == disks.NETWORK:
        words = _("The vault lies on a network drive, where a cut connection can damage it.")
    elif kind == disks.STICK:
        words = _("The vault lies on a stick or a disk that can be pulled out, which can damage it.")
    else:
        return []
    return [Finding(kind or "", WARNING, words, _("Make a backup and restore it to a folder on this computer's disk."))]


def clock_oddities(desk: Desk) -> list[Finding]:
    """The clock decides what is overdue: is it before the last entry, far after it, or before this Panoh was built?"""
    now = desk.clock.now()
    with desk.reading() as reading:
        last, newest = looks.entry_times(reading)
    todo = _("Set the clock and the time zone of this computer right, then lock and unlock.")
    if now < BUILT:
        words = _("The clock says {now}, which is before this Panoh was made.")
        return [Finding("clock.before_build", WARNING, words.format(now=moment(now)), todo)]
    if newest is not None and now.timestamp() < newest - 60:
        words = _("The clock says {now}, but the vault was written to at {last} by its own account.")
        at = datetime.fromtimestamp(newest, UTC)
        return [Finding("clock.before_last", WARNING, words.format(now=moment(now), last=moment(at)), todo)]
    if last is not None and now.timestamp() - last > LONG_AWAY.total_seconds():
        words = _("The clock says {now}, and the vault was last written to on {last}. If that is wrong, the clock is.")
        at = datetime.fromtimestamp(last, UTC)
        return [Finding("clock.long_after", WARNING, words.format(now=moment(now), last=moment(at)), todo)]
    return []
