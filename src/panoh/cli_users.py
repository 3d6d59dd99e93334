"""panoh-cli user: who is let into a vault, their passphrases, the recovery paper and the vault's own key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext
from panoh.domain.cases import User
from panoh.services import users
from panoh.services.vault import OpenVault
from panoh.terminal import (
    JsonOption,
    PassphraseOption,
    UserOption,
    VaultOption,
    done,
    open_vault,
    progress,
    secret,
    show,
)

app = typer.Typer(no_args_is_help=True, help="Who is let into a vault.")
NewPassphraseOption = Annotated[
    Path | None, typer.Option("--new-passphrase-file", help="File that holds the new passphrase.")
]


@app.command("list")
def list_users(
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Users with their roles, how many cases are theirs, and whether they can unlock."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        lines = users.listed(opened)
        roles = opened.desk.vocabularies["role"]
        for line in lines:
            told = {
                "name": line.user.name,
                "role": line.user.role,
                "cases": line.cases,
                "can_unlock": line.has_slot and line.user.left_on is None,
                "own_passphrase": not line.user.one_time,
                "left_on": line.user.left_on and line.user.left_on.isoformat(),
            }
            held = ngettext("{n} case", "{n} cases", line.cases).format(n=line.cases)
            words = f"{line.user.name} · {roles.label(line.user.role)} · {held}"
            show(told, words, as_json)


@app.command("add")
def add(
    name: str, new_passphrase_file: NewPassphraseOption = None,
    role: Annotated[str, typer.Option(help="caseworker, supervisor or head")] = "caseworker",
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Let another person in, with a passphrase that they change when they first unlock. For the head of office."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        phrase = secret(new_passphrase_file, _("New user's passphrase"), "--new-passphrase-file", new=True)
        made = users.add(opened, name, phrase, role)
    words = _("The user was added. They choose their own passphrase when they first unlock.")
    done(words, {"user": made.name, "role": made.role}, as_json)


@app.command("role")
def role_of(
    name: str, role: str,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Give a user another role. For the head of office."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        made = users.change_role(opened, users.named(opened, name).id, role)
    done(_("The role was changed."), {"user": made.name, "role": made.role}, as_json)


@app.command("remove")
def remove(
    name: str,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Take a user's access away and give the vault another key. For the head of office."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        lost = users.remove(opened, users.named(opened, name).id, progress())
    _tell(_("The user is out, and the vault has another key. Their cases are nobody's now."), lost, as_json)


@app.command("change-key")
def change_key(
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Give the vault another key: older key files and backups no longer lead into it. For the head of office."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        lost = users.change_key(opened, progress())
    _tell(_("The vault has another key. Passphrases stay as they are."), lost, as_json)


@app.command("passphrase")
def passphrase(
    new_passphrase_file: NewPassphraseOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Change your own passphrase, or choose it when the one you have was handed to you."""
    old = secret(passphrase_file, _("Passphrase"))
    with open_vault(vault_path, user, passphrase_file, first=True, typed=old) as opened:
        new = secret(new_passphrase_file, _("New passphrase"), "--new-passphrase-file", new=True)
        paper = _chosen(opened, old, new)
    words = _("Your new passphrase opens the vault; the old one does not.")
    done(words, {"recovery": paper} if paper else {"changed": True}, as_json)
    if paper and not as_json:
        show({}, paper, as_json)


def _chosen(opened: OpenVault, old: str, new: str) -> str:
    if opened.desk.user.one_time:
        return users.begin(opened, old, new, progress())
    users.change_passphrase(opened, old, new)
    return ""


@app.command("paper")
def paper(
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Make another recovery text; the one before stops working. For the head of office."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        text = users.new_paper(opened)
    show({"recovery": text}, text, as_json)


def _tell(words: str, lost: list[User], as_json: bool) -> None:
    if lost:
        names = ", ".join(user.name for user in lost)
        words += " " + _(
            "These users did not unlock since an older Panoh and have to be let in again: {names}."
        ).format(names=names)
    done(words, {"let_in_again": [user.name for user in lost]}, as_json)
