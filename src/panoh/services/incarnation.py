"""A restored vault is another incarnation of its device: what it gives from now on was given by no other copy of it.

Numbers that were given between the backup and the loss stand on papers. So the restored vault takes a device code of its
own, four random letters that none of its earlier ones is, and its numbers and journal entries repeat nobody's. See
"Restored vaults" in src/panoh/README.md.
"""

from __future__ import annotations

import json

from panoh.base.ids import new_device_code, new_id
from panoh.services.desk import Desk

INCARNATION, DEVICE, EARLIER = "incarnation", "device_code", "earlier_device_codes"


def renew(desk: Desk, backup: str) -> str:
    """Make this vault, restored from the backup of this name, a new incarnation; returns its device code.

    The journal tells it, under the code of before. The store has to be opened anew before it gives numbers.
    """
    with desk.writing() as unit:
        earlier = [*json.loads(unit.meta(EARLIER, "[]")), unit.meta(DEVICE)]
        code = new_device_code()
        while code in earlier:
            code = new_device_code()
        made = new_id()
        unit.set_meta(EARLIER, json.dumps(earlier))
        unit.set_meta(DEVICE, code)
        unit.set_meta(INCARNATION, made)
        unit.tell("restored", "Vault", unit.meta("vault_id"), f"{backup} {code}")
    return code
