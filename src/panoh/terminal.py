"""What every command of panoh-cli shares: its options, words and answers, passphrases, the open vault."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.progress import Progress, Reporting, Silent
from panoh.services import health, recovery, vault

VaultOption = Annotated[Path | None, typer.Option("--vault", envvar="PANOH_VAULT", help="Folder of the vault.")]
UserOption = Annotated[str, typer.Option("--user", envvar="PANOH_USER", help="User name.")]
PassphraseOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", envvar="PANOH_PASSPHRASE_FILE", help="File that holds the passphrase."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many lines.")]
MapOption = Annotated[list[str] | None, typer.Option("--map", metavar="THEIRS=OURS", help="Read their column as ours.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and keep nothing.")]
DatesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--dates", metavar="COLUMN=ORDER", help="birth_date=month-first; day-first, year-day-month, solar, lunar."
    ),
]
BeforeOption = Annotated[int, typer.Option("--rows-before", min=0, help="Rows above the row of column names.")]
AsBeforeOption = Annotated[
    bool, typer.Option("--as-before", help="Read the columns as the last list that had the same.")
]
RefusedOption = Annotated[
    Path | None, typer.Option("--refused", help="csv or xlsx for refused rows and their reasons.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Refuse the whole file for one bad row.")]
WithoutBackupOption = Annotated[
    bool, typer.Option("--without-backup", help="Do not back up before many people are added or any is changed.")
]
NO_LIMIT = 10_000_000


def say(text: str) -> None:
    """Words for the person at the terminal."""
    print(text, file=sys.stderr)


def show(line: dict[str, Any], words: str, as_json: bool) -> None:
    """One line of the answer."""
    print(json.dumps(line, ensure_ascii=False) if as_json else words)


def done(words: str, line: dict[str, Any], as_json: bool) -> None:
    """What was done, where there is nothing more to answer."""
    say(words)
    if as_json:
        show(line, "", as_json)


def secret(file: Path | None, prompt: str, option: str = "--passphrase-file", *, new: bool = False) -> str:
    """The passphrase in this file, or typed; one that is to hold from now on is typed twice."""
    if file is None:
        if not sys.stdin.isatty():
            raise typer.BadParameter(_("give {option}, or run this on a terminal").format(option=option))
        return str(typer.prompt(prompt, hide_input=True, err=True, confirmation_prompt=new))
    try:
        return file.read_text("utf-8-sig").strip("\r\n")
    except FileNotFoundError:
        raise AppError("file.missing", name=file.name) from None
    except (OSError, UnicodeDecodeError):
        raise AppError("file.no_passphrase", name=file.name) from None


def open_vault(
    path: Path | None, user: str, passphrase_file: Path | None, *, first: bool = False, typed: str = ""
) -> vault.OpenVault:
    """The vault that the options name, unlocked. Only with `first` for who still has the passphrase that was handed over.

    Raises typer.BadParameter without a vault or a user, AppError vault.choose_passphrase.
    """
    if path is None or not user:
        raise typer.BadParameter(_("give --vault and --user, or set PANOH_VAULT and PANOH_USER"))
    opened = vault.unlock(path, user, typed or secret(passphrase_file, _("Passphrase")), clock=Clock())
    if opened.desk.user.one_time and not first:
        opened.close()
        raise AppError("vault.choose_passphrase")
    return opened


def progress() -> Progress:
    """Steps of long work, in one line that is written over; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return Silent()
    return Reporting(lambda done, total, what: print(f"\r{what} {done}/{total}", end="", file=sys.stderr))


def say_around(opened: vault.OpenVault) -> None:
    """Words about the disk under an open vault and about the clock, where something is odd."""
    for each in [*health.surroundings(opened.desk.folder, 0), *health.clock_oddities(opened.desk)]:
        say(f"{each.sentence} {each.todo}")


def show_damage(path: Path, user: str, phrase: str, as_json: bool) -> None:
    """What is wrong with a damaged vault, and the best way back."""
    found = recovery.look(path, user, phrase, clock=Clock())
    for problem in found.problems:
        say(problem)
    best = str(found.best.path or "") if found.best else ""
    words = _("The vault file is damaged. Restore the newest good backup: {best}. Lost with that: {lost}")
    if found.best is None:
        words = _("The vault file is damaged, and no good backup lies in its folder.")
    line = {"problems": list(found.problems), "best": best, "lost": found.lost, "bad": list(found.bad)}
    show(line, words.format(best=best, lost=found.lost), as_json)
