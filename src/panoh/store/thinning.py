"""Carrying out the plan of backup_plan.py in a folder that may hold backups of other vaults too."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from panoh.store import keyfile, manifest
from panoh.store.backup_plan import Made, surplus
from panoh.store.files import telling
from panoh.store.folder import Backup, VaultFolder, listed, remove
from panoh.store.keys import StoreKey


def of_vault(place: Path, vault_id: str) -> list[Backup]:
    """The backups of this vault in a folder, newest first; a folder that is not there has none."""
    with telling():
        return [made for made in listed(place) if _vault_id(made.path) == vault_id]


def _vault_id(path: Path) -> str:
    state = next(filter(None, keyfile.read(VaultFolder(path))), None)
    return state.vault_id if state else ""


def thin(place: Path, vault_id: str, key: StoreKey, now: datetime, bad: Collection[str] = ()) -> list[str]:
    """Remove the backups of this vault that the plan does not keep; returns their names.

    Each is renamed before it is removed, so that a kill leaves it whole or no backup any more. Raises AppError.
    """
    found = of_vault(place, vault_id)
    plan = [Made(each.path.name, each.made_at, _guarded(each, key), each.path.name not in bad) for each in found]
    gone = surplus(plan, now)
    with telling():
        for name in gone:
            part = place / f"{name}.{secrets.token_hex(4)}.part"
            (place / name).rename(part)
            remove(part)
    return gone


def _guarded(made: Backup, key: StoreKey) -> bool:
    """Made before a migration; without a manifest that can be read nobody knows."""
    told = manifest.read(VaultFolder(made.path), key)
    return told is None or told.reason == manifest.MIGRATION
