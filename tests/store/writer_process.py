"""A process that writes families into a vault until it is killed, and says each one that was acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from panoh.base.clock import Clock
from panoh.services import registration, vault

PASSPHRASE = "apricot ladder seven rivers"


def main() -> None:
    """Write without end; a line is printed only after its commit."""
    with vault.unlock(Path(sys.argv[1]), "feruza", PASSPHRASE, clock=Clock()) as opened:
        print("open", flush=True)
        count = 0
        while True:
            count += 1
            rows = tuple(
                registration.FamilyRow(name=f"Синов{letter} Шерзод", sex="M", birth=str(10 + at), relation=relation)
                for at, (letter, relation) in enumerate((("а", "head"), ("б", "child"), ("в", "child")))
            )
            saved = registration.save_family(
                opened.desk, registration.FamilyForm(rows=rows, fled_from="KG", country_now="UZ")
            )
            print(" ".join([saved.household.id, *(person.id for person in saved.people)]), flush=True)


if __name__ == "__main__":
    main()
