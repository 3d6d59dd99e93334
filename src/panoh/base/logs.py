"""A log that cannot hold people's data: only fields of an allow-list, only of plain kinds."""

from __future__ import annotations

import contextlib
import logging
import re
from pathlib import Path

ALLOWED = frozenset({"event", "module", "ms", "count", "refused", "ref", "version", "code", "kind", "error"})
_log = logging.getLogger("panoh")
_CRASH = "crash.txt"
_WHAT = re.compile(r"(?:Fatal Python error|Windows fatal exception): ([\w ().]{1,80})")
_PLACE = re.compile(r'  File "(?:[^"]*[/\\])?([\w.]{1,80})", line (\d{1,9}) in ([\w<>]{1,80})')


def start(folder: Path) -> None:
    """Write the log to `folder`/panoh.log, at most three files of 512 kB."""
    from logging.handlers import RotatingFileHandler  # costs the first window a tenth of its time: start after it

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "panoh.log", maxBytes=512_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def note_crashes(folder: Path) -> str:
    """From now on a crash below Python (in Qt, in a driver) leaves the places where it was in `folder`/crash.txt.

    Returns the report that one left there before, '' for none: what happened and names of files, lines and functions.
    """
    import faulthandler

    path = folder / _CRASH
    told = ""
    with contextlib.suppress(OSError):
        told = path.read_text("utf-8", "replace")
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        faulthandler.enable(path.open("wb", buffering=0))  # stays open: a crash cannot open it
    what = _WHAT.search(told)
    places = [f"{file}:{line} {function}" for file, line, function in _PLACE.findall(told)]
    report = " < ".join([what[1], *places[:60]]) if what else ""
    if report:
        _log.error(_line(event="crash", error=report))
    return report


def note(event: str, **fields: str | float) -> None:
    """Log an event; a field outside the allow-list is a bug and raises at once."""
    unknown = fields.keys() - ALLOWED
    if unknown:
        raise KeyError(f"log fields not on the allow-list: {sorted(unknown)}")
    _log.info(_line(event=event, **fields))


def bug(error: BaseException) -> str:
    """Log where a bug happened, without its message or values; returns the text for the crash dialog."""
    text = where(error)
    _log.error(_line(event="bug", error=text))
    return text


def where(error: BaseException) -> str:
    """Where an error happened, without its message or values."""
    lines = [type(error).__name__]
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        lines.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(lines)


def _line(**fields: str | float) -> str:
    import json  # not needed for the first window

    return json.dumps(fields)
