"""Commands of casework: the slip of a referral."""

from __future__ import annotations

from typing import Annotated

import typer

from panoh.base.errors import AppError
from panoh.services import referrals, summaries
from panoh.terminal import JsonOption, PassphraseOption, UserOption, VaultOption, open_vault, show
from panoh.terminal_papers import OutOption, PdfPasswordOption, pdf_password, place_for, say_password, write_paper


def report_referral(
    reference: str, out: OutOption = None, language: str = "en",
    reason: str = "", plain: Annotated[bool, typer.Option(help="Without a password; needs --reason.")] = False,
    pdf_passphrase_file: PdfPasswordOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The slip of a referral that was made, by its REFERENCE; no name stands on it."""
    place = place_for(out)
    if language not in summaries.language_names():
        raise AppError("report.no_such_language", language=language[:20], known=", ".join(summaries.language_names()))
    password = pdf_password(pdf_passphrase_file)
    with open_vault(vault_path, user, passphrase_file) as opened:
        made = referrals.slip(opened.desk, reference, language=language, plain=plain, reason=reason, password=password)
        target = write_paper(place, made.file_name, made.pdf)
    say_password(made.password, password)
    show({"file": str(target), "export_no": made.export.export_no, "level": "referral"}, str(target), as_json)
