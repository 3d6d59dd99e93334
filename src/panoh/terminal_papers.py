"""What the commands of all papers share: where one is written, its password, what in it gives somebody away."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.domain.leaks import Leak
from panoh.services import summaries, vault
from panoh.terminal import say, secret

OutOption = Annotated[Path | None, typer.Option("--out", help="File or folder to write.")]
PdfPasswordOption = Annotated[
    Path | None, typer.Option("--pdf-passphrase-file", help="File that holds the password of the PDF.")
]


def place_for(out: Path | None) -> Path:
    """The file or folder to write, looked at before a vault is opened, or a paper made and recorded.

    Raises AppError file.not_written.
    """
    target = out or Path.cwd()
    if not target.is_dir() and not target.absolute().parent.is_dir():
        raise AppError("file.not_written", name=target.name)
    return target


def pdf_password(file: Path | None) -> str:
    """The password in this file, which must be hard to guess; '' where one is to be made."""
    if file is None:
        return ""
    password = secret(file, "")
    summaries.require_password(password)
    return password


def write_paper(place: Path, name: str, pdf: bytes) -> Path:
    """Write a paper under its own name into a folder, or as the file that was named; tells where it is."""
    target = place / name if place.is_dir() else place
    vault.write_file(target, pdf)
    return target


def say_password(password: str, given: str) -> None:
    """A password that was made is told once; one that was given is known."""
    if password and not given:
        say(_("Password of the file, shown only now: {password}").format(password=password))


def say_leaks(leaks: Iterable[Leak]) -> None:
    """Which words give somebody away, and where they were typed."""
    for leak in leaks:
        say(_("{kind}: “{words}” ({where})").format(kind=leak.kind_words(), words=leak.words, where=leak.where()))
