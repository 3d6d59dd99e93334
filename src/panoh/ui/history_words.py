"""The journal of a record in words: what was changed, and the values before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panoh.base.i18n import N_, moment
from panoh.base.i18n import gettext as _
from panoh.services.desk import Desk
from panoh.services.people import Happened
from panoh.services.undoing import can_restore
from panoh.ui.field_words import FIELD_WORDS, RECORD_WORDS, FieldWords

_DONE = {
    "made": N_("{record} recorded"), "removed": N_("{record} taken away"), "read": N_("{record} read"),
    "exported": N_("{record} given out"),
}  # fmt: skip
_PLACES = ("household_id", "site_id")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal in words."""

    key: str
    when: str
    who: str
    what: str
    values: str
    spoken: str
    entry: Happened
    put_back: str = ""  # what taking it back is called; '' where it cannot be


def places_in(entries: Iterable[Happened]) -> set[str]:
    """The ids of households and sites that these entries tell of."""
    found: set[str] = set()
    for entry in entries:
        told = [{entry.field: entry.old}, {entry.field: entry.new}] if entry.field else [entry.old, entry.new]
        for image in told:
            if isinstance(image, dict):
                found |= {str(image[name]) for name in _PLACES if image.get(name)}
    return found


class HistoryWords(FieldWords):
    """Puts journal entries into words, with names of users by id, and what households and sites are called by theirs.

    `whom` tells of some records, by their id, the number of the other record that they are about.
    """

    def __init__(
        self, desk: Desk, user_names: dict[str, str], places: dict[str, str], whom: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(desk, user_names, places)
        self._whom = whom or {}

    def change(self, entry: Happened) -> Change:
        """One entry."""
        record = _(RECORD_WORDS.get(entry.record_class, entry.record_class))
        record = " ".join(part for part in (record, self._whom.get(entry.record_id, "")) if part)
        if entry.field:
            what = _("{record}: {field}").format(record=record, field=self.field(entry.field))
            old, new = (self.value(entry.record_class, entry.field, value) for value in (entry.old, entry.new))
            values = _("{old} → {new}").format(old=old, new=new)
            heard = _("{old} became {new}").format(old=old, new=new)
        else:
            what = _(_DONE.get(entry.change, "{record}")).format(record=record)
            values = heard = self._image(entry)
        who, when = self._user_names.get(entry.actor, _("Panoh")), moment(entry.at)
        return Change(
            str(entry.seq), when, who, what, values, ", ".join(part for part in (when, who, what, heard) if part),
            entry, self._put_back(entry),
        )  # fmt: skip

    def _put_back(self, entry: Happened) -> str:
        if not can_restore(entry):
            return ""
        return _("Bring it back") if entry.change == "removed" else _("Put back the value before")

    def _image(self, entry: Happened) -> str:
        if isinstance(entry.new, str):  # told in words: which paper was given out
            return entry.new
        image = entry.new if isinstance(entry.new, dict) else entry.old if isinstance(entry.old, dict) else {}
        told = [
            _("{field}: {value}").format(field=self.field(name), value=self.value(entry.record_class, name, value))
            for name, value in image.items()
            if name in FIELD_WORDS and value not in (None, "", [], False)
        ]
        return "; ".join(told)
