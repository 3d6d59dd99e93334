"""What a look at the vault's health reads of the store itself."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.store.units import Reading, one_of


def search_keys(reading: Reading, ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """The stored keys of the search of each of these people."""
    asked = "SELECT person_id, key FROM name_key WHERE person_id IN (SELECT value FROM json_each(:one_of))"
    found: dict[str, set[str]] = {each: set() for each in ids}
    for person_id, key in reading.connection.exec_driver_sql(asked, one_of(ids)):
        found[person_id].add(key)
    return {person_id: frozenset(keys) for person_id, keys in found.items()}


def entry_times(reading: Reading) -> tuple[int | None, int | None]:
    """When the last entry of the journal says that it was made, and the latest time among the last thousand; seconds."""
    asked = "SELECT at FROM journal ORDER BY seq DESC LIMIT 1000"
    times = [row[0] for row in reading.connection.exec_driver_sql(asked)]
    return (times[0], max(times)) if times else (None, None)
