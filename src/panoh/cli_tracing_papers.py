"""Commands of the papers of family tracing: the form of a request, the board, names to read aloud, news, records, families."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from panoh.base.errors import AppError, FormProblems
from panoh.domain.tracing_papers import ALOUD, BLANK_FORM, BOARD, FAMILY, FORM, NEWS, REUNION, REUNION_FAMILY
from panoh.services import people, tracing_papers
from panoh.services.desk import Desk
from panoh.services.tracing_papers import Asked, News, Wanted
from panoh.terminal import JsonOption, PassphraseOption, UserOption, VaultOption, open_vault, say, show
from panoh.terminal_papers import (
    OutOption,
    PdfPasswordOption,
    pdf_password,
    place_for,
    say_leaks,
    say_password,
    write_paper,
)

PlainOption = Annotated[bool, typer.Option("--plain", help="Without a password; needs --reason.")]
LeaveOutOption = Annotated[bool, typer.Option("--leave-out", help="Mask typed words that give somebody away.")]
Login = tuple[Path | None, str, Path | None]
_MOST_TEXT = 20_000  # bytes of a file of family news


def report_tracing(
    number: Annotated[str, typer.Argument(help="Number of the tracing request; none with --blank.")] = "",
    blank: Annotated[bool, typer.Option("--blank", help="The empty form, to write by hand.")] = False,
    out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False, pdf_passphrase_file: PdfPasswordOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The form of a tracing request, filled in or empty. It names people: say why with --reason."""
    if not blank and not number:
        raise AppError("tracing_paper.no_request")

    def asked(desk: Desk) -> Asked:
        return Asked(kind=BLANK_FORM) if blank else Asked(kind=FORM, about=tracing_papers.request_of(desk, number))

    wanted = Wanted(language=language, reason=reason, plain=plain)
    _make(asked, wanted, out, pdf_passphrase_file, (vault_path, user, passphrase_file), as_json)


def report_board(
    out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False, pdf_passphrase_file: PdfPasswordOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The photo board of a camp: only who agreed to be shown, with numbers and age bands, without places."""
    wanted = Wanted(language=language, reason=reason, plain=plain)
    _make(_about_nobody(BOARD), wanted, out, pdf_passphrase_file, (vault_path, user, passphrase_file), as_json)


def report_readaloud(
    out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False, pdf_passphrase_file: PdfPasswordOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The list of names to read aloud: the same people as on the board."""
    wanted = Wanted(language=language, reason=reason, plain=plain)
    _make(_about_nobody(ALOUD), wanted, out, pdf_passphrase_file, (vault_path, user, passphrase_file), as_json)


def report_family(
    number: str, named: Annotated[bool, typer.Option("--named", help="With names; needs --reason.")] = False,
    out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False, pdf_passphrase_file: PdfPasswordOption = None,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The family of a person as a drawing and a list. NUMBER is Panoh's number or the sender's id."""
    wanted = Wanted(language=language, reason=reason, plain=plain, level="named" if named else "supervisor")
    _make(_about(FAMILY, number), wanted, out, pdf_passphrase_file, (vault_path, user, passphrase_file), as_json)


def report_reunification(
    number: str, for_family: Annotated[bool, typer.Option("--for-family", help="The copy without any fact of the case.")] = False,
    leave_out: LeaveOutOption = False, out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False,
    pdf_passphrase_file: PdfPasswordOption = None, vault_path: VaultOption = None, user: UserOption = "",
    passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The record of a person's last reunification, to be signed; it names people: say why with --reason."""
    wanted, login = Wanted(language=language, reason=reason, plain=plain), (vault_path, user, passphrase_file)
    kind = REUNION_FAMILY if for_family else REUNION
    _make(_about(kind, number), wanted, out, pdf_passphrase_file, login, as_json, leave_out=leave_out)


def report_news(
    number: Annotated[str, typer.Argument(help="Whose news: a person's number.")],
    to: Annotated[str, typer.Option("--to", help="The name of who is to read it.")],
    text_file: Annotated[Path | None, typer.Option("--text-file", help="File with the news; without it lines to write on.")] = None,
    kin: Annotated[str, typer.Option("--kin", help="What that one is to the sender: child, parent, spouse …")] = "",
    leave_out: LeaveOutOption = False, out: OutOption = None, language: str = "en", reason: str = "", plain: PlainOption = False,
    pdf_passphrase_file: PdfPasswordOption = None, vault_path: VaultOption = None, user: UserOption = "",
    passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Family news, open to be read by everybody, with room for the answer."""
    news = News(recipient=to, kin=kin, text=_text_of(text_file) if text_file else "")
    wanted, login = Wanted(language=language, reason=reason, plain=plain), (vault_path, user, passphrase_file)
    _make(_about(NEWS, number, news), wanted, out, pdf_passphrase_file, login, as_json, leave_out=leave_out)


COMMANDS: dict[str, Callable[..., None]] = {
    "tracing": report_tracing, "board": report_board, "readaloud": report_readaloud, "family": report_family,
    "reunification": report_reunification, "news": report_news,
}  # fmt: skip


def _about_nobody(kind: str) -> Callable[[Desk], Asked]:
    return lambda _desk: Asked(kind=kind)


def _about(kind: str, number: str, news: News | None = None) -> Callable[[Desk], Asked]:
    return lambda desk: Asked(kind=kind, about=people.by_number(desk, number), news=news or News())


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_TEXT).decode("utf-8", errors="replace")
    except OSError:
        raise AppError("file.missing", name=path.name) from None


def _previewed(desk: Desk, asked: Asked, wanted: Wanted) -> tracing_papers.Preview:
    try:
        return tracing_papers.preview(desk, asked, wanted)
    except FormProblems as found:
        raise found.problems[0] from None


def _make(
    asked_of: Callable[[Desk], Asked], wanted: Wanted, out: Path | None, pdf_passphrase_file: Path | None, login: Login,
    as_json: bool, *, leave_out: bool = False,
) -> None:  # fmt: skip
    """Make a paper, write it, and say what keeps it back and who is left out."""
    place = place_for(out)
    password = pdf_password(pdf_passphrase_file)
    wanted = replace(wanted, password=password)
    with open_vault(*login) as opened:
        asked = asked_of(opened.desk)
        shown = _previewed(opened.desk, asked, wanted)
        if leave_out and shown.leaks:
            wanted = replace(wanted, leave_out=tuple(leak.words for leak in shown.leaks))
            shown = tracing_papers.preview(opened.desk, asked, wanted)
        say_leaks(shown.leaks)
        made = tracing_papers.make(opened.desk, asked, wanted, shown.numbers)
        target = write_paper(place, made.file_name, made.pdf)
    for line in shown.told:
        say(line)
    say_password(made.password, password)
    told = {
        "file": str(target),
        "export_no": made.export.export_no,
        "level": made.export.level,
        "left_out": list(shown.told),
    }
    show(told, str(target), as_json)
