"""The check that IT runs after installing: the whole way once, in a temporary folder that is removed again."""

from __future__ import annotations

import platform
import secrets
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from panoh import __version__
from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.ids import new_id
from panoh.domain.refoulement import RefoulementAssessment
from panoh.services import attachments, imports, people, registration, search, summaries, tracing, triage, vault
from panoh.services.records import keep

_LIST = """person_id,family_name,given_name,patronymic,sex,birth_date
1,Намунаева,Зулфия,Саидовна,F,1976-03-12
2,Namunayeva,Zulfiya,Saidovna,F,1976-03-12
"""
# A picture of four red points, as BMP.
_PICTURE = bytes.fromhex(
    "424d46000000000000003600000028000000020000000200000001001800000000001000000000000000000000000000000000000000"
    "0000ff0000ff00000000ff0000ff0000"
)
LIBRARIES = ("PySide6-Essentials", "sqlmodel", "sqlcipher3", "PyNaCl", "reportlab", "pikepdf")


def versions() -> Iterator[str]:
    """Panoh's version, then those of Python and of the libraries that matter for support."""
    yield f"panoh {__version__}"
    yield f"Python {platform.python_version()}"
    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} " + _("(version not recorded)")


def run(clock: Clock) -> Iterator[str]:
    """Register, triage, trace, print, back up and verify in a vault that is removed. Raises AppError selfcheck.failed and others."""
    with tempfile.TemporaryDirectory(prefix="panoh-check-") as folder:
        passphrase = secrets.token_urlsafe(24)
        made = vault.create(Path(folder) / "vault", "self-check", passphrase, clock=clock)
        with made.open as opened:
            yield _("made an encrypted vault")
            yield from _walk(opened)
            yield from _bring_in(opened, Path(folder) / "list.csv")
            yield from _take_in(opened, Path(folder) / "picture.bmp")
            problems = opened.check().problems
            _demand(not problems, "check")
            yield _("checked every page and the journal's chain: everything fits")
            backup = opened.backup(Path(folder) / "backup")
        vault.restore(backup, Path(folder) / "restored", "self-check", passphrase, clock=clock)
        yield _("backed up, read back, restored")
    yield _("removed everything again")


def _walk(opened: vault.OpenVault) -> Iterator[str]:
    desk = opened.desk
    rows = (
        registration.FamilyRow(name="Намунаева Гулнора", sex="F", birth="34", relation="head"),
        registration.FamilyRow(name="Намунаев Шерзод", sex="M", birth="8", relation="child", presence="missing"),
    )
    saved = registration.save_family(desk, registration.FamilyForm(rows=rows, fled_from="KG", country_now="UZ"))
    yield _("registered a household of {count}").format(count=len(saved.people))
    head = saved.people[0]
    keep(
        desk,
        RefoulementAssessment(id=new_id(), person_id=head.id, feared_country="UZ", source="own_account", sure="stated"),
    )
    first = triage.whole_queue(desk, 1)[0]
    _demand(first.line.id == head.id and first.line.level == "critical", "triage")
    yield _("triage: {level}, rule {rule}").format(level=first.line.level, rule=first.reasons[0].rule)
    _demand(search.people(desk, "Namunayeva Gulnora", 5)[0].line.id == head.id, "search")
    yield _("found across scripts")
    other = registration.FamilyRow(name="Namunayev Sherzod", sex="M", birth="8", relation="head")
    registration.save_family(desk, registration.FamilyForm(rows=(other,), fled_from="KG", country_now="UZ"))
    _demand(bool(tracing.candidates(desk, saved.requests[0].id)), "tracing")
    yield _("tracing: a candidate was found")
    made = summaries.export_case(desk, head.id, summaries.Wanted(level="supervisor"))
    _demand(made.pdf.startswith(b"%PDF") and bool(made.password), "report")
    yield _("printed a case summary, encrypted, {count} bytes").format(count=len(made.pdf))


def _bring_in(opened: vault.OpenVault, path: Path) -> Iterator[str]:
    """A list, which processes of their own read and prepare; then a look through everyone for people registered twice."""
    path.write_text(_LIST, "utf-8")
    done = imports.import_people(opened.desk, path, imports.Options())
    path.unlink()
    _demand(done.added == 2, "import")
    yield _("brought in a list of {count}").format(count=done.added)
    found = opened.find_duplicates()
    _demand(bool(found.bands), "duplicates")
    yield _("looked through {count} people for those registered twice").format(count=found.people)


def _take_in(opened: vault.OpenVault, path: Path) -> Iterator[str]:
    """A picture, which a process without rights decodes."""
    path.write_bytes(_PICTURE)
    person = people.page(opened.desk, 0, 1)[0]
    made, _changes = attachments.add_picture(opened.desk, person.id, path)
    path.unlink()
    _demand(bool(attachments.opened(opened.desk, made.id).content), "picture")
    yield _("took in a picture")


def _demand(fact: bool, step: str) -> None:
    if not fact:
        raise AppError("selfcheck.failed", step=step)
