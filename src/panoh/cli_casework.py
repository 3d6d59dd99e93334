"""Commands of casework: the slip of a referral."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.services import referrals, summaries, vault
from panoh.terminal import JsonOption, PassphraseOption, UserOption, VaultOption, open_vault, say, secret, show


def report_referral(
    reference: str, out: Annotated[Path | None, typer.Option(help="File or folder to write.")] = None, language: str = "en",
    reason: str = "", plain: Annotated[bool, typer.Option(help="Without a password; needs --reason.")] = False,
    pdf_passphrase_file: Annotated[Path | None, typer.Option(help="File that holds the password of the PDF.")] = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The slip of a referral that was made, by its REFERENCE; no name stands on it."""
    target = out or Path.cwd()
    if not target.is_dir() and not target.absolute().parent.is_dir():  # before the slip is made and recorded
        raise AppError("file.not_written", name=target.name)
    if language not in summaries.language_names():
        raise AppError("report.no_such_language", language=language[:20], known=", ".join(summaries.language_names()))
    password = ""
    if pdf_passphrase_file:
        password = secret(pdf_passphrase_file, "")
        summaries.require_password(password)
    with open_vault(vault_path, user, passphrase_file) as opened:
        made = referrals.slip(opened.desk, reference, language=language, plain=plain, reason=reason, password=password)
        target = target / made.file_name if target.is_dir() else target
        vault.write_file(target, made.pdf)
    if made.password and not password:
        say(_("Password of the file, shown only now: {password}").format(password=made.password))
    show({"file": str(target), "export_no": made.export.export_no, "level": "referral"}, str(target), as_json)
