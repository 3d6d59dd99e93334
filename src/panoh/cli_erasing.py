"""panoh-cli erase and journal: erasing people takes two users here too; the journal for those who decide."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import moment
from panoh.services import erasing, journal, mentions, people
from panoh.services.desk import Desk
from panoh.services.journal import Filter, Happened
from panoh.services.vault import OpenVault
from panoh.terminal import (
    JsonOption,
    LimitOption,
    PassphraseOption,
    UserOption,
    VaultOption,
    done,
    open_vault,
    progress,
    say,
    show,
)

app = typer.Typer(no_args_is_help=True, help="Erase people for good: one user asks, another one agrees.")


@app.command("ask")
def ask(
    number: str, why: Annotated[str, typer.Option(help="request, retention or mistake")] = "request",
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Ask that a person is erased. NUMBER is Panoh's number or the sender's id. For supervisors."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        if why not in {term.code for term in opened.desk.vocabularies["erasure_why"]}:
            raise typer.BadParameter(_("give --why request, retention, elsewhere or mistake"))
        erasing.ask(opened.desk, people.by_number(opened.desk, number), why)
    done(
        _("It is asked for. Another supervisor or the head of office agrees."),
        {"number": number, "asked": True},
        as_json,
    )


@app.command("list")
def list_asked(
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Who is asked to be erased, by whom, and where else the name stands, with the key of each place."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        for one in erasing.waiting(opened.desk):
            number = one.line.number if one.line else ""
            found = erasing.mentioned(opened.desk, one.line.id).places if one.line else ()
            places = [{"place": place.key, "record": place.record_class, "number": place.number} for place in found]
            line = {
                "erasure": one.erasure.id,
                "number": number,
                "why": one.erasure.why,
                "asked_by": one.asked_by,
                "places": places,
            }
            show(line, f"{number}  {one.erasure.why}  {one.asked_by}", as_json)
            if not as_json:
                for place in found:
                    show({}, f"    {place.key}  {place.number}  {mentions.said(place)}", as_json)


@app.command("agree")
def agree(
    number: str,
    keep: Annotated[list[str] | None, typer.Option("--keep", metavar="PLACE=WHY", help="The name stays at this place of `erase list`.")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="The name goes from every other place.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="Do not erase: take the wish away.")] = False,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Agree to what another user asked for, and erase at once."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        desk = opened.desk
        wanted = next((one for one in erasing.waiting(desk) if one.line and one.line.number == number.strip()), None)
        if wanted is None or wanted.line is None:
            raise AppError("erase.gone")
        if refuse:
            erasing.refuse(desk, wanted.erasure.id)
            done(_("The wish was taken away. Nobody was erased."), {"number": number, "erased": False}, as_json)
            return
        kept = {place: why for place, _sign, why in (each.partition("=") for each in keep or ())}
        places = erasing.mentioned(desk, wanted.line.id).places if blank else ()
        erasing.agree(desk, wanted.erasure.id, kept, [place.key for place in places if place.key not in kept])
    done(_("Erased for good."), {"number": number, "erased": True}, as_json)


def journal_command(
    limit: LimitOption = 100,
    who: Annotated[str, typer.Option("--by", help="User name.")] = "",
    record: Annotated[str, typer.Option(help="Record class, for example Note.")] = "",
    change: Annotated[str, typer.Option(help="made, changed, removed, read, exported")] = "",
    number: Annotated[str, typer.Option(help="Number of a person.")] = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    check: Annotated[bool, typer.Option("--check", help="Walk along the whole chain, and say what does not fit.")] = False,
    code: Annotated[str, typer.Option(help="Say whether the code of a paper or backup stands in this journal.")] = "",
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """The journal, the newest entry first, for supervisors; --check and --code for everyone."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        desk = opened.desk
        if check or code:
            _walked(opened, code, as_json)
            return
        names = journal.users(desk)
        ids = [one for one, name in names.items() if name == who]
        if who and not ids:
            raise AppError("vault.no_such_user")
        wanted = Filter(
            ids[0] if who else "",
            record,
            change,
            since.date() if since else None,
            until.date() if until else None,
            number,
        )
        _listed(desk, names, journal.page(desk, wanted, 0, limit), as_json)


def _walked(opened: OpenVault, code: str, as_json: bool) -> None:
    """Walk along the chain, compare the code if there is one, and fail when something does not fit."""
    found = opened.check_journal(progress())
    stands = journal.stands_in(opened.desk, code) if code else None
    for problem in found.problems():
        say(problem)
    if stands is False:
        say(_("This code does not stand in this journal: its end was cut off, or an older file was put back."))
    line = {"entries": found.head.count, "head": found.head.code, "whole": found.whole, "code_stands": stands}
    show(line, _("{n} entries, head {code}").format(n=found.head.count, code=found.head.code), as_json)
    if not found.whole or stands is False:
        raise typer.Exit(1)


def _listed(desk: Desk, names: dict[str, str], entries: list[Happened], as_json: bool) -> None:
    numbers = journal.about_whom(desk, entries)
    journal.took_list(desk, "journal", len(entries))
    for entry in entries:
        told = {
            "seq": entry.seq, "at": entry.at.isoformat(), "by": names.get(entry.actor, ""), "change": entry.change,
            "record": entry.record_class, "number": numbers.get(entry.record_id, ""), "field": entry.field,
            "old": entry.old, "new": entry.new,
        }  # fmt: skip
        words = f"{entry.seq}  {moment(entry.at)}  {told['by']}  {entry.change}  {entry.record_class}  {entry.field}  {told['number']}"
        show(told, words, as_json)
