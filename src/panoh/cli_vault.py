"""panoh-cli vault: make, look at, check, back up and restore a vault."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.services import backups, users, vault
from panoh.terminal import (
    JsonOption,
    PassphraseOption,
    UserOption,
    VaultOption,
    done,
    open_vault,
    progress,
    say,
    say_around,
    secret,
    show,
    show_damage,
)

app = typer.Typer(no_args_is_help=True, help="Make, look at, check, back up and restore a vault.")


@app.command("create")
def vault_create(
    path: Path, user: UserOption = "", passphrase_file: PassphraseOption = None, device: str = "",
    one_time: Annotated[bool, typer.Option(help="The passphrase is handed to someone, who chooses their own at the first unlocking.")] = False,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Make a vault with its first user, the head of office; the recovery text is shown once."""
    if not user:
        raise typer.BadParameter(_("give --user"))
    phrase = secret(passphrase_file, _("New passphrase"), new=True)
    made = vault.create(path, user, phrase, clock=Clock(), device=device, one_time=one_time)
    made.open.close()
    say(_("The vault is made. Write the recovery text on paper, away from this computer: it is shown only now."))
    show({"vault": str(path), "recovery": made.recovery}, made.recovery, as_json)


@app.command("add-user")
def vault_add_user(
    name: str,
    new_passphrase_file: Annotated[Path | None, typer.Option(help="File that holds the new user's passphrase.")] = None,
    role: Annotated[str, typer.Option(help="caseworker, supervisor or head")] = "caseworker",
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Give another person a key slot of their own; only the head of office may."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        phrase = secret(new_passphrase_file, _("New user's passphrase"), "--new-passphrase-file", new=True)
        made = users.add(opened, name, phrase, role)
    done(
        _("The user was added. They choose their own passphrase when they first unlock."),
        {"user": made.name, "role": made.role},
        as_json,
    )


@app.command("info")
def vault_info(vault_path: VaultOption = None, as_json: JsonOption = False) -> None:
    """What can be said about a locked vault: key files, newest backup, size. Needs no passphrase."""
    if vault_path is None:
        raise typer.BadParameter(_("give --vault, or set PANOH_VAULT"))
    facts = vault.facts(vault_path)
    last = moment(facts.newest_backup) if facts.newest_backup else _("none")
    keys = _("both copies match") if facts.key_files_match else _("the two copies differ; unlocking repairs them")
    if not (facts.key_file_whole or facts.mirror_whole):
        keys = _("both copies are damaged or missing; put back vault.key from a backup of this vault")
    words = _("{size} bytes · key files: {keys} · newest backup: {last}").format(size=facts.size, keys=keys, last=last)
    line = {
        "size": facts.size,
        "key_files_match": facts.key_files_match,
        "key_files_whole": int(facts.key_file_whole) + int(facts.mirror_whole),
        "newest_backup": facts.newest_backup and facts.newest_backup.isoformat(),
    }
    show(line, words, as_json)


@app.command("check")
def vault_check(
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Check every page, every link between records, and the journal's chain; of a damaged vault, tell the way back."""
    try:
        with open_vault(vault_path, user, passphrase_file) as opened:
            found = opened.check()
            say_around(opened)
    except AppError as error:
        if error.code != "vault.damaged" or vault_path is None:
            raise
        show_damage(vault_path, user, secret(passphrase_file, _("Passphrase")), as_json)
        raise typer.Exit(1) from None
    for problem in found.problems:
        say(problem)
    words = _("{people} people, {entries} journal entries, head {head}: everything fits.")
    if found.problems:
        words = _(
            "{people} people, {entries} journal entries, head {head}: damage was found. Restore the newest good backup."
        )
    values = {"people": found.people, "entries": found.journal_entries, "head": found.journal_code}
    show({**values, "problems": list(found.problems)}, words.format(**values), as_json)
    if found.problems:
        raise typer.Exit(1)


@app.command("drill")
def vault_drill(
    backup: Annotated[Path | None, typer.Argument(help="The backup to try; the newest without one.")] = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Restore a backup out of sight, compare every table with what it held when it was made, and remove it again."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        tried = backups.drill(opened, backup, progress())
    line = {"backup": str(tried.backup), "good": tried.report.good, "rows": tried.report.rows}
    show({**line, "problems": list(tried.report.problems)}, tried.words(), as_json)
    if not tried.report.good:
        raise typer.Exit(1)


@app.command("backup")
def vault_backup(
    dest: Path,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Copy the vault to another place, encrypted; it counts only after it was read back."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        made = opened.backup(dest)
    say(_("The backup was read back and is complete."))
    show({"backup": str(made)}, str(made), as_json)


@app.command("restore")
def vault_restore(
    backup: Path, path: Path, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Put a backup into a new folder; it counts only after it was read back."""
    if not user:
        raise typer.BadParameter(_("give --user"))
    code = vault.restore(backup, path, user, secret(passphrase_file, _("Passphrase")), clock=Clock())
    words = _("The backup was restored, read back and is complete. New numbers in it begin with {code}.")
    done(words.format(code=code), {"vault": str(path), "device": code}, as_json)
