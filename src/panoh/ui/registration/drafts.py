"""A family form as a draft: turned into plain values for the vault and back, whatever version wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from panoh.services.registration import COUNTS, FamilyForm, FamilyRow

KIND, ONE = "family", "newcomer"  # kinds of draft: of a family, of one person
_Shape = TypeVar("_Shape", FamilyForm, FamilyRow)


def to_payload(form: FamilyForm) -> dict[str, Any]:
    """The form as values that JSON knows, with a title for lists of drafts."""
    values = asdict(replace(form, draft_id="", alike=()))
    return {"title": title(form), "form": values}


def from_payload(payload: Mapping[str, Any], draft_id: str) -> FamilyForm:
    """The form of a draft. Fields that this version does not know, or of another kind, are left out."""
    values = payload.get("form")
    values = values if isinstance(values, dict) else {}
    given = values.get("rows")
    rows = [_row(row) for row in given if isinstance(row, dict)] if isinstance(given, list | tuple) else []
    needs = tuple(str(code) for code in _list(values.get("needs_told")))
    return replace(_taken(FamilyForm(), values), rows=tuple(rows), needs_told=needs, draft_id=draft_id)


def title(form: FamilyForm) -> str:
    """Whose form it is: the first name in it, else the address; '' when neither was typed."""
    return next((row.name for row in form.rows if row.name), form.address_before)


def worth_keeping(form: FamilyForm) -> bool:
    """Whether anything of this family was typed; what is only remembered from the family before does not count."""
    counts = any(getattr(form, name).strip() for name in COUNTS)
    return bool(form.address_before.strip() or form.phone.strip() or counts) or any(_typed(row) for row in form.rows)


def _typed(row: FamilyRow) -> bool:
    return not row.empty or bool(row.unanswered) or row.talk_alone


def _row(values: Mapping[str, Any]) -> FamilyRow:
    needs = tuple(str(code) for code in _list(values.get("needs")))
    unanswered = [entry for entry in _list(values.get("unanswered")) if isinstance(entry, list | tuple)]
    pairs = tuple((str(entry[0]), str(entry[1])) for entry in unanswered if len(entry) == 2)
    return replace(_taken(FamilyRow(), values), needs=needs, unanswered=pairs)


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _taken(shape: _Shape, values: Mapping[str, Any]) -> _Shape:
    """The record with those of its text and yes-or-no fields that the values hold in the right kind."""
    plain = [field.name for field in fields(shape) if type(getattr(shape, field.name)) in (str, bool)]
    known: dict[str, Any] = {
        name: values[name] for name in plain if type(values.get(name)) is type(getattr(shape, name))
    }
    return replace(shape, **known)
