"""panoh-cli vault exposed and hold-only: who is on a laptop that was lost, and fewer people on the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import caseload, exposed
from panoh.terminal import (
    JsonOption,
    PassphraseOption,
    UserOption,
    VaultOption,
    open_vault,
    progress,
    say,
    secret,
    show,
)
from panoh.terminal_papers import OutOption, PdfPasswordOption, pdf_password, place_for, say_password, write_paper


def exposed_command(
    backup: Path,
    out: OutOption = None,
    recovery_file: Annotated[
        Path | None, typer.Option(help="File that holds the recovery text, in place of a user and passphrase.")
    ] = None,
    pdf_passphrase_file: PdfPasswordOption = None,
    user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """A laptop was lost: from a BACKUP of it, the list of everyone it exposes, the most endangered first. For supervisors.

    The backup is only read. BACKUP is its folder, or one that holds backups: the newest that opens is taken.
    """
    if not (user or recovery_file):
        raise typer.BadParameter(_("give --user, or --recovery-file"))
    place = place_for(out)
    password = pdf_password(pdf_passphrase_file)
    way = exposed.Way(recovery=secret(recovery_file, "")) if recovery_file else None
    way = way or exposed.Way(user, secret(passphrase_file, _("Passphrase")))
    made = exposed.make(backup, way, clock=Clock(), password=password, progress=progress())
    target = write_paper(place, made.file_name, made.pdf)
    _tell(made, target, password, as_json)


def _tell(made: exposed.Exposed, target: Path, given: str, as_json: bool) -> None:
    say(made.words())
    noted = _("That it was made is noted in no vault: a backup is not written to. Write export {number} down.")
    say(noted.format(number=made.export_no))
    say_password(made.password, given)
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


def hold_only_command(
    site: Annotated[str, typer.Argument(help="Name or number of the site; without one, say how it is.")] = "",
    everyone: Annotated[bool, typer.Option("--everyone", help="Hold people of all sites again.")] = False,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Let a vault hold only one site's caseload, so that less is lost with its laptop. For the head of office."""
    if site and everyone:
        raise typer.BadParameter(_("give a site, or --everyone"))
    with open_vault(vault_path, user, passphrase_file) as opened:
        desk = opened.desk
        if site or everyone:
            found = caseload.site_named(desk, site) if site else None
            if site and found is None:
                raise AppError("site.not_found", site=site.strip()[:40])
            caseload.hold_only(desk, found.id if found else "")
        now = caseload.of_vault(desk)
    words = _("This vault holds people of all sites.")
    if now.site:
        words = _("This vault holds only the caseload of {site}. People of other sites in it: {n}.").format(
            site=now.site.name, n=now.others
        )
    show({"only_site": now.site.name if now.site else None, "others": now.others}, words, as_json)
    if now.others:
        say(_("Nobody is removed by itself: ask for their erasure with “erase ask NUMBER --why elsewhere”."))
