"""Another key for the store: whoever was let in stays let in, whoever was dropped has nothing that opens it.

The store is copied under the new key, read through, and takes the old one's place by one rename. The key file holds the
slots for both keys from before that rename until after it: cut off at any moment, the vault opens by the old key or by
the new one, and the next unlocking leaves no trace of the other. What backups hold stays under the keys of their day.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Silent
from panoh.store import keyfile
from panoh.store.backup import copy_store
from panoh.store.engine import connect, translating
from panoh.store.folder import VaultFolder
from panoh.store.journal import KEY as JOURNAL_KEY
from panoh.store.keys import StoreKey, genuine, mac_key
from panoh.store.migrate import put_in_place
from panoh.store.slots import handed_on
from panoh.store.verify import count_rows, problems

DUE = "rekey_due"  # of vault_meta: 'yes' while somebody was removed and the key is not changed yet


def rekey(
    folder: VaultFolder, key: StoreKey, users: Iterable[str], progress: Progress | None = None
) -> tuple[StoreKey, set[str]]:
    """Give the store a new key that only these users (and the recovery paper) get; returns it, and who lost their slot.

    A slot that was not used since the format of slots changed cannot be handed a key: its user needs another one.
    For the holder of the lock, while no engine is open. It takes as long as a backup, and as much room.
    Raises AppError disk.full, vault.damaged, vault.key_damaged, backup.unreadable, cancelled; the vault is then as it was.
    """
    watch = progress or Silent()
    state = genuine(folder, key)
    fresh = StoreKey(os.urandom(32), os.urandom(16))
    after, lost = handed_on(state, key, fresh, users)
    try:
        with translating(folder):
            folder.sweep()
            expected = copy_store(folder, key, folder.migrating, watch, fresh)
            _settle_copy(folder, key, fresh)
            _prove(folder, fresh, expected, watch)
            watch.step(0, 1, _("Changing the vault's key"))
            keyfile.write(folder, state.following(state.slots, mac_key(key), pending=after))
            put_in_place(folder, key)
            keyfile.write(folder, after)
    finally:
        with suppress(OSError):  # what stays is swept away when the vault is next opened
            folder.sweep()
    return fresh, lost


def _settle_copy(folder: VaultFolder, key: StoreKey, fresh: StoreKey) -> None:
    """In the copy nothing is due any more, and the journal keeps the key that it began with."""
    opened = connect(folder.migrating, fresh)
    try:
        opened.execute("DELETE FROM vault_meta WHERE key = ?", (DUE,))
        opened.execute(
            "INSERT OR IGNORE INTO vault_meta (key, value) VALUES (?, ?)", (JOURNAL_KEY, key.derive("journal").hex())
        )
    finally:
        opened.close()


def _prove(folder: VaultFolder, key: StoreKey, expected: dict[str, int], progress: Progress) -> None:
    opened = connect(folder.migrating, key)
    try:
        found = problems(opened, progress)
        rows = {name: count for name, count in count_rows(opened).items() if name != "vault_meta"}
        if found or rows != {name: count for name, count in expected.items() if name != "vault_meta"}:
            raise AppError("backup.unreadable", found=" ".join(found) or _("The numbers of rows differ."))
    finally:
        opened.close()
