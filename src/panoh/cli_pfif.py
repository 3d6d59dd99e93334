"""Commands of PFIF: public records of missing people brought in as leads, and whoever agreed to it made public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from panoh.base.errors import AppError, FormProblems
from panoh.base.i18n import gettext as _
from panoh.services import import_leads, imports, public_file, publishing, vault
from panoh.terminal import (
    DryRunOption,
    JsonOption,
    PassphraseOption,
    RefusedOption,
    StrictOption,
    UserOption,
    VaultOption,
    WithoutBackupOption,
    done,
    open_vault,
    progress,
    say,
    show,
)

export_app = typer.Typer(no_args_is_help=True, help="Files that leave the vault.")
publish_app = typer.Typer(no_args_is_help=True, help="Who is made public (PFIF). Off until a supervisor turns it on.")
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is recorded.")]


def import_pfif(
    file: Path, dry_run: DryRunOption = False, strict: StrictOption = False, without_backup: WithoutBackupOption = False,
    refused: RefusedOption = None, vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Bring in a PFIF file (1.1 to 1.4) as leads, a list apart: it makes nobody and changes nobody."""
    options = imports.Options(dry_run=dry_run, strict=strict, without_backup=without_backup)
    with open_vault(vault_path, user, passphrase_file) as opened:
        try:
            result = import_leads.import_pfif(opened.desk, file, options, progress())
        except KeyboardInterrupt:
            raise AppError("import.interrupted") from None
    if refused and result.refused:
        imports.write_refused(result, refused)
        say(_("The refused rows stand in {file}, in clear: delete it once they are in.").format(file=refused.name))
    for line in result.words():
        say(line)
    counts = result.counts()
    words = _("{added} added, {updated} updated, {refused} refused, {warnings} warnings")
    show(counts, words.format(**counts), as_json)


@export_app.command("pfif")
def export_pfif(
    file: Path,
    recipient: Annotated[str, typer.Option("--recipient", help="To whom it goes; it is recorded.")],
    purpose: Annotated[str, typer.Option("--purpose", help="What for; it is recorded.")],
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Write everyone who is public into a PFIF 1.4 file, and call back who is not any more. For supervisors."""
    if not file.absolute().parent.is_dir():  # before the file is made and recorded
        raise AppError("file.not_written", name=file.name)
    with open_vault(vault_path, user, passphrase_file) as opened:
        made = public_file.export_pfif(opened.desk, recipient, purpose)
        vault.write_file(file, made.content)
    line = {"file": str(file), "public": made.public, "called_back": made.called_back, "sha256": made.sha256}
    show(line, _("{public} public, {called_back} called back: {file}").format(**line), as_json)


@publish_app.command("on")
def turn_on(
    organisation: Annotated[str, typer.Option("--organisation", help="In whose name.")],
    domain: Annotated[str, typer.Option("--domain", help="Its website, such as example.org.")],
    reason: ReasonOption,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Allow that people are made public, one by one. For supervisors."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        _telling(lambda: publishing.turn_on(opened.desk, organisation, domain, reason))
    done(_("People can be made public now, each with their consent."), {"publishing": True}, as_json)


@publish_app.command("off")
def turn_off(
    reason: ReasonOption,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Let nothing more be made public; the next file calls back what is. For supervisors."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        _telling(lambda: publishing.turn_off(opened.desk, reason))
    done(
        _("Nothing is made public any more. Export once again: that calls back what is public."),
        {"publishing": False},
        as_json,
    )


@publish_app.command("add")
def add(
    number: Annotated[str, typer.Argument(help="Of a person, or of a tracing request.")],
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="At most 360 days ahead.")],
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Agree that a person, or the one sought by a request, is public until a day; their consent has to be recorded."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise typer.BadParameter(_("write the day as YYYY-MM-DD")) from None
    with open_vault(vault_path, user, passphrase_file) as opened:
        whom = publishing.whom(opened.desk, number)
        _telling(lambda: publishing.publish(opened.desk, day, **whom))
    done(_("They stand in the next file."), {"number": number, "until": until}, as_json)


@publish_app.command("withdraw")
def withdraw(
    number: Annotated[str, typer.Argument(help="Of a person, or of a tracing request.")],
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Take somebody back who is public: the next file calls them back."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        standing = publishing.standing(opened.desk, **publishing.whom(opened.desk, number))
        if not standing:
            raise AppError("publishing.over")
        for each in standing:
            publishing.withdraw(opened.desk, each.id)
    done(_("Taken back. Export once again: that calls back what is public."), {"number": number}, as_json)


@publish_app.command("list")
def list_public(
    vault_path: VaultOption = None,
    user: UserOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who was agreed to be public, and where that stands. For supervisors."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        for one in publishing.listed(opened.desk):
            until = one.publication.expires_on.isoformat() if one.publication.expires_on else ""
            line = {"number": one.number, "public": one.publication.public_no, "until": until, "state": one.state.value}
            show(line, "  ".join(map(str, line.values())), as_json)


def _telling(work: Callable[[], object]) -> None:
    """Do it; what a form would say beside its fields is said in one line."""
    try:
        work()
    except FormProblems as problems:
        raise problems.problems[0] from None
