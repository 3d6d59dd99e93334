"""panoh-cli vault exposed: a laptop was lost, and the people on it have to be warned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import exposed, vault
from panoh.terminal import JsonOption, PassphraseOption, UserOption, progress, say, secret, show


def exposed_command(
    backup: Path,
    out: Annotated[Path | None, typer.Option(help="File or folder to write.")] = None,
    recovery_file: Annotated[
        Path | None, typer.Option(help="File that holds the recovery text, in place of a user and passphrase.")
    ] = None,
    pdf_passphrase_file: Annotated[Path | None, typer.Option(help="File that holds the password of the PDF.")] = None,
    user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """A laptop was lost: from a BACKUP of it, the list of everyone it exposes, the most endangered first. For supervisors.

    The backup is only read. BACKUP is its folder, or one that holds backups: the newest that opens is taken.
    """
    if not (user or recovery_file):
        raise typer.BadParameter(_("give --user, or --recovery-file"))
    target = out or Path.cwd()
    if not target.is_dir() and not target.absolute().parent.is_dir():  # before anything is opened
        raise AppError("file.not_written", name=target.name)
    password = secret(pdf_passphrase_file, "") if pdf_passphrase_file else ""
    if recovery_file:
        way = exposed.Way(recovery=secret(recovery_file, ""))
    else:
        way = exposed.Way(user, secret(passphrase_file, _("Passphrase")))
    made = exposed.make(backup, way, clock=Clock(), password=password, progress=progress())
    target = target / made.file_name if target.is_dir() else target
    vault.write_file(target, made.pdf)
    say(made.words())
    say(_("That this list was made is noted nowhere: a backup is not written to. Note export {number} where you keep such things.").format(number=made.export_no))  # fmt: skip
    if not password:
        say(_("Password of the file, shown only now: {password}").format(password=made.password))
    line = {
        "file": str(target),
        "export_no": made.export_no,
        "backup": str(made.backup),
        "made_at": made.backup_at and made.backup_at.isoformat(),
        "people": made.people,
        "groups": made.counts,
        "levels": made.levels,
    }
    show(line, str(target), as_json)
