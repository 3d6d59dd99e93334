"""panoh-cli: the same services without a window, for IT, for scripts and for checks.

Answers go to standard output (one JSON object a line with --json), words to standard error. Exit 0 done,
1 refused or failed with the reason in one line, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from panoh import cli_casework, cli_erasing, cli_exposed, cli_pfif, cli_tracing_papers, cli_users, cli_vault
from panoh.base import child, logs, paths
from panoh.base.clock import Clock
from panoh.base.errors import AppError, FieldProblem
from panoh.base.i18n import gettext as _
from panoh.services import (
    duplicates,
    explaining,
    imports,
    journal,
    people,
    search,
    selfcheck,
    summaries,
    tracing,
    triage,
)
from panoh.terminal import (
    NO_LIMIT,
    AsBeforeOption,
    BeforeOption,
    DatesOption,
    DryRunOption,
    JsonOption,
    LimitOption,
    MapOption,
    PassphraseOption,
    RefusedOption,
    StrictOption,
    UserOption,
    VaultOption,
    WithoutBackupOption,
    open_vault,
    progress,
    say,
    show,
)
from panoh.terminal_papers import (
    OutOption,
    PdfPasswordOption,
    pdf_password,
    place_for,
    say_leaks,
    say_password,
    write_paper,
)

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Panoh without a window."
)
import_app = typer.Typer(no_args_is_help=True, help="Bring in a csv, xlsx or PFIF file.")
tracing_app = typer.Typer(no_args_is_help=True, help="Family tracing.")
report_app = typer.Typer(no_args_is_help=True, help="Papers as PDF.")
for name, group in {
    "vault": cli_vault.app,
    "user": cli_users.app,
    "erase": cli_erasing.app,
    "import": import_app,
    "tracing": tracing_app,
    "report": report_app,
    "export": cli_pfif.export_app,
    "publish": cli_pfif.publish_app,
}.items():
    app.add_typer(group, name=name)
app.command("journal")(cli_erasing.journal_command)
import_app.command("pfif")(cli_pfif.import_pfif)
report_app.command("referral")(cli_casework.report_referral)
for name, command in cli_tracing_papers.COMMANDS.items():
    report_app.command(name)(command)
cli_vault.app.command("exposed")(cli_exposed.exposed_command)
cli_vault.app.command("hold-only")(cli_exposed.hold_only_command)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Say which Panoh this is.")] = False,
    vault_path: Annotated[Path | None, typer.Option("--vault", help="Folder of the vault.")] = None,
    user: Annotated[str, typer.Option("--user", help="User name.")] = "",
    passphrase_file: Annotated[
        Path | None, typer.Option("--passphrase-file", help="File that holds the passphrase.")
    ] = None,
) -> None:
    """Panoh without a window."""
    # What stands before the command counts where the command itself says nothing, like the environment.
    given = {"PANOH_VAULT": vault_path, "PANOH_USER": user, "PANOH_PASSPHRASE_FILE": passphrase_file}
    os.environ.update({name: str(value) for name, value in given.items() if value})
    if version:
        for line in selfcheck.versions():
            print(line)
        raise typer.Exit


@app.command("self-check")
def self_check() -> None:
    """Make a vault in a temporary folder, register, triage, trace, print a PDF, verify, remove."""
    for line in selfcheck.run(Clock()):
        print(line)


def _import_command(kind: imports.ListKind, words: str) -> None:
    def command(
        file: Path, mapping: MapOption = None, dates: DatesOption = None, before: BeforeOption = 0, as_before: AsBeforeOption = False,
        dry_run: DryRunOption = False, strict: StrictOption = False, without_backup: WithoutBackupOption = False,
        refused: RefusedOption = None, vault_path: VaultOption = None,
        user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
    ) -> None:  # fmt: skip
        typed = imports.Typed(
            tuple(mapping or ()), tuple(dates or ()), before, as_before, dry_run, strict, without_backup
        )
        with open_vault(vault_path, user, passphrase_file) as opened:
            result = imports.bring_in_as_typed(opened.desk, kind, file, typed, progress())
        if refused and result.refused:
            imports.write_refused(result, refused)
            say(_("The refused rows stand in {file}, in clear: delete it once they are in.").format(file=refused.name))
        for line in result.words():
            say(line)
        counts = result.counts()
        show(
            counts,
            _("{added} added, {updated} updated, {refused} refused, {warnings} warnings").format(**counts),
            as_json,
        )

    import_app.command(kind.value, help=words)(command)


_import_command(imports.ListKind.PEOPLE, "Bring in registrations, one row a person; all valid rows together or none.")
_import_command(imports.ListKind.TRACING, "Bring in tracing requests, one row a sought person.")


@app.command("people")
def list_people(
    query: Annotated[str, typer.Argument(help="A name in any spelling; a year, sex or place ranks.")] = "", limit: LimitOption = 20,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Find people by name in any spelling, best first; without a name, the last registered."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        every = search.people(opened.desk, query, limit)
        journal.took_list(opened.desk, "people", len(every))
        for found in every:
            line = {
                "number": found.line.number,
                "external_id": found.line.external_id,
                "name": found.line.full_name,
                "score": found.score,
            }
            show(line, f"{line['number']}  {line['name']}  {line['score']}", as_json)


@app.command("triage")
def list_triage(
    limit: LimitOption = NO_LIMIT,
    explain: Annotated[
        str, typer.Option("--explain", metavar="NUMBER", help="Each rule with the facts that it read of this person.")
    ] = "",
    vault_path: VaultOption = None,
    user: UserOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """The triage queue with the reasons that this user may see; or why one person has their level, rule by rule."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        if explain:
            found = explaining.explain_person(opened.desk, people.by_number(opened.desk, explain))
            journal.took_list(opened.desk, "triage", 1)
            for each in found:
                told = asdict(each) | {"due_at": each.due_at.isoformat() if each.due_at else None}
                show(told, each.words(), as_json)
            return
        queue = list(triage.whole_queue(opened.desk, limit))
        journal.took_list(opened.desk, "triage", len(queue))
        for item in queue:
            reasons = [{"rule": reason.rule, "text": reason.text} for reason in item.reasons]
            due = item.line.due_at.isoformat() if item.line.due_at else None
            line = {
                "number": item.line.number,
                "external_id": item.line.external_id,
                "level": item.line.level,
                "due": due,
                "reasons": reasons,
            }
            show(
                line,
                f"{item.line.number}  {item.line.level}  {due or '-'}  {'; '.join(r['text'] for r in reasons)}",
                as_json,
            )


@app.command("duplicates")
def list_duplicates(
    limit: LimitOption = NO_LIMIT, vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Look through the whole vault for people registered twice, best first, without what was answered. Joins nobody."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        opened.find_duplicates(progress())
        pairs = duplicates.worklist(opened.desk, 0, limit)
        journal.took_list(opened.desk, "duplicates", len(pairs))
        for pair in pairs:
            a, b = ({"number": one.number, "external_id": one.external_id} for one in (pair.a, pair.b))
            line = {"a": a, "b": b, "score": pair.match.score, "reasons": pair.sentences}
            show(line, f"{a['number']}  {b['number']}  {pair.match.score}  {'; '.join(pair.sentences)}", as_json)


@tracing_app.command("matches")
def tracing_matches(
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many candidates a request.")] = 10,
    vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None, as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Candidates of every open tracing request, best first."""
    with open_vault(vault_path, user, passphrase_file) as opened:
        requests = list(tracing.matches(opened.desk, limit))
        journal.took_list(opened.desk, "tracing", len(requests))
        for request, found in requests:
            for each in found:
                line = {
                    "request": {"number": request.number, "external_id": request.external_id},
                    "person": {"number": each.person.number, "external_id": each.person.external_id},
                    "score": each.match.score, "band": each.match.band,
                    "reasons": each.match.sentences,
                }  # fmt: skip
                show(line, f"{request.number}  {each.person.number}  {each.match.band} {each.match.score}", as_json)


@report_app.command("case")
def report_case(
    number: str, out: OutOption = None, level: str = "supervisor",
    language: str = "en", reason: str = "", plain: Annotated[bool, typer.Option(help="Without a password; needs --reason.")] = False,
    pdf_passphrase_file: PdfPasswordOption = None,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Mask typed words that give somebody away.")] = False,
    keep_because: Annotated[str, typer.Option(help="Keep such words; the reason is recorded.")] = "",
    recipient: str = "", vault_path: VaultOption = None, user: UserOption = "", passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """A case summary that a supervisor can decide from. NUMBER is Panoh's number or the sender's id."""
    place = place_for(out)
    password = pdf_password(pdf_passphrase_file)
    with open_vault(vault_path, user, passphrase_file) as opened:
        wanted = summaries.Wanted(
            level=level, language=language, reason=reason, plain=plain, password=password, recipient=recipient
        )
        person_id = people.by_number(opened.desk, number)
        wanted, still = summaries.answer_all(opened.desk, person_id, wanted, omit=leave_out, because=keep_because)
        say_leaks(still)
        made = summaries.export_case(opened.desk, person_id, wanted)
        target = write_paper(place, made.file_name, made.pdf)
    say_password(made.password, password)
    show({"file": str(target), "export_no": made.export.export_no, "level": level}, str(target), as_json)


def main(argv: list[str] | None = None) -> None:
    """Entry point: words instead of tracebacks for everything that can happen to a user."""
    if child.asked(sys.argv[1:]):
        sys.exit(child.run(sys.argv[1:]))
    paths.guard_process()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show must not stop what is being done
            stream.reconfigure(errors="backslashreplace")
    try:
        app(args=argv)
    except SystemExit as ended:
        if ended.code != 130:  # what typer makes of Ctrl+C
            raise
        say(AppError("cancelled").sentence())
        sys.exit(1)
    except AppError as error:
        say(error.sentence())
        sys.exit(1)
    except FieldProblem as problem:
        say(problem.text)
        sys.exit(1)
    except BrokenPipeError:
        os._exit(0)
    except Exception as error:  # a bug: where it happened, never its message, which may hold a person's data
        say(AppError("bug").sentence())
        logs.bug(error)  # no log is open here, so this goes to standard error
        sys.exit(1)


if __name__ == "__main__":
    main()
