"""Everyone of a lost vault as lines of the list of exposed people: in which group, why, and what the laptop tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.domain.dates import ADULT, age_span
from panoh.domain.exposed import GROUPS, WHOLE, WITH_REASONS, Entry, group_of
from panoh.domain.triage.assess import Assessment
from panoh.domain.triage.wording import reason_text, why_text
from panoh.domain.vocabulary import Vocabulary
from panoh.services.desk import Desk
from panoh.services.stored_reasons import load_reasons
from panoh.store import exposure
from panoh.store.exposure import ExposedRow, Held
from panoh.store.units import Reading

_MOST_NAMES = 8  # of those who can open something sealed
_STEP = 1000  # people between two looks at "cancel"
Groups = dict[str, tuple[Entry, ...]]


def entries(
    desk: Desk, reading: Reading, on: date, erased: frozenset[str], progress: Progress
) -> tuple[Groups, dict[str, int]]:
    """Everyone by group, in the order in which they are warned, and how many stand at each level.

    Within a group by level, then household by household, because a household is warned together. Ages are those `on`
    that day. Whoever was `erased` since the backup is left out. Only for supervisors: nothing is withheld here.
    Raises AppError cancelled.
    """
    words = desk.vocabularies
    open_needs = [term.code for term in words["specific_needs"] if not term.restricted]
    of_papers = [term.code for term in words["document_kind"] if term.restricted]
    beside = exposure.held(reading, open_needs, of_papers)
    sorted_in: dict[str, list[tuple[tuple[int, str, str], Entry]]] = {group: [] for group in GROUPS}
    levels: dict[str, int] = {}
    told = _Words(desk, beside, on)
    for count, row in enumerate(exposure.everyone(reading)):
        if count % _STEP == 0:
            progress.step(count, 0, _("Reading whom it held"))
        if row.id in erased:
            continue
        assessment = load_reasons(row.level or "unknown", None, row.reasons)
        group = group_of(row.level, shielded=assessment.shielded, child_alone=row.alone_child, set_aside=row.set_aside)
        if not row.set_aside:
            levels[row.level or "unknown"] = levels.get(row.level or "unknown", 0) + 1
        order = (row.rank, row.household, row.number)
        sorted_in[group].append((order, told.entry(row, assessment, group)))
    return {group: tuple(entry for _order, entry in sorted(rows)) for group, rows in sorted_in.items()}, levels


class _Words:
    """Puts what is known of a person into words; what is the same for many is put into words once."""

    def __init__(self, desk: Desk, beside: Held, on: date) -> None:
        self._desk, self._beside, self._on = desk, beside, on
        self._status: Vocabulary = desk.vocabularies["legal_status"]
        self._sealed = desk.vocabularies["sealed_kind"]
        self._known: dict[object, str] = {}
        self._who = {
            ("F", True): _("Girl"), ("F", False): _("Woman"), ("F", None): _("Female"),
            ("M", True): _("Boy"), ("M", False): _("Man"), ("M", None): _("Male"),
        }  # fmt: skip

    def entry(self, row: ExposedRow, assessment: Assessment, group: str) -> Entry:
        """The person as a line of this group."""
        reasons: tuple[str, ...] = ()
        if group in WITH_REASONS:
            reasons = self._reasons(assessment) if group in WHOLE else self._shortest(assessment)
        return Entry(
            number=row.number, name=row.name, who=self._sex_and_age(row), site=row.site, household=row.household,
            level=row.level or "unknown", reasons=reasons, held=self._held(row), sealed=self._whose(row.id), holder=row.holder,
        )  # fmt: skip

    def _reasons(self, assessment: Assessment) -> tuple[str, ...]:
        """As on any paper: no State, authority or year. A rule that an older Panoh had and this one lacks is left out."""
        rules = self._desk.rulebook
        known = [reason for reason in assessment.reasons if (reason.rule, reason.variant) in rules.entries]
        texts = (reason_text(one, rules, may_see_restricted=True, for_paper=True) for one in known)
        return tuple(dict.fromkeys(texts))

    def _shortest(self, assessment: Assessment) -> tuple[str, ...]:
        """The weightiest reason in few words; one that stays off paper only says that there is one."""
        rules = self._desk.rulebook
        for one in assessment.reasons:
            entry = rules.entries.get((one.rule, one.variant))
            if entry is not None:
                hidden = one.sensitive or not entry.paper
                return (why_text(one, rules, may_see_restricted=not hidden, naming=self._desk.name_of),)
        return ()

    def _sex_and_age(self, row: ExposedRow) -> str:
        span = age_span(row.birth, self._on)
        key = (row.sex, span)
        if key not in self._known:
            child = None if span is None or span[0] < ADULT <= span[1] else span[1] < ADULT
            who = self._who.get((row.sex, child), _("Person"))
            age = "" if span is None else str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"
            self._known[key] = f"{who} {age}".strip()
        return self._known[key]

    def _held(self, row: ExposedRow) -> str:
        """What the laptop tells of the person, what endangers most first. No State and no authority is named."""
        counts = self._beside.counts.get(row.id, {})
        status = self._status.restricted(row.status) or exposure.STATUS in counts
        key = (row.phone, status, tuple(sorted(counts.items())))
        if key not in self._known:
            self._known[key] = ", ".join(self._parts(counts, phone=row.phone, status=status))
        return self._known[key]

    def _parts(self, counts: Mapping[str, int], *, phone: bool, status: bool) -> list[str]:
        def several(what: str, one: str, many: str, more: int = 0) -> str:
            count = counts.get(what, 0) + more
            return (one if count == 1 else many.format(n=count)) if count else ""

        told = (
            _("whom they fear") if exposure.FEARS in counts else "",
            _("status as a refugee or claim") if status else "",
            _("restricted needs") if exposure.NEEDS in counts else "",
            _("words of the case") if exposure.CASE_WORDS in counts else "",
            several(exposure.PHOTO, _("photo"), _("{n} photos")),
            several(exposure.FILES, _("file"), _("{n} files")),
            several(exposure.PHONES, _("phone"), _("{n} phones"), int(phone)),
            several(exposure.PAPERS, _("number of a paper"), _("numbers of {n} papers")),
            several(exposure.OTHER_NAMES, _("another name"), _("{n} other names")),
            several(exposure.SEARCHES, _("whom they search"), _("whom they search ({n})")),
        )
        return [part for part in told if part]

    def _whose(self, person_id: str) -> str:
        """What is sealed, and whose passphrase opens it: nobody else's does, and the recovery paper."""
        kinds = self._beside.sealed.get(person_id)
        if not kinds:
            return ""
        parts = []
        for kind, names in sorted(kinds.items()):
            whose = _some(sorted(names, key=str.casefold)) or _("the recovery paper alone")
            parts.append(_("{what} (opens to {names})").format(what=self._sealed.label(kind), names=whose))
        return "; ".join(parts)


def _some(names: Sequence[str]) -> str:
    """Names in a row; of very many the first few, because a row must fit on a page."""
    told = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return (
        told if more <= 0 else ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=told, n=more)
    )


def words_of(counts: Mapping[str, int]) -> str:
    """How many people stand in each group, in one sentence; groups without anybody are left out."""
    titles = {
        "return": _("in danger of being sent back"), "critical": _("critical for other reasons"), "high": _("high"),
        "children": _("children alone"), "medium": _("medium"), "low": _("low"), "unknown": _("unknown"),
        "aside": _("set aside"),
    }  # fmt: skip
    people = sum(counts.values())
    whole = ngettext("{n} person", "{n} people", people).format(n=number(people))
    parts = [f"{number(counts[group])} {titles[group]}" for group in GROUPS if counts.get(group)]
    return f"{whole}: {', '.join(parts)}." if parts else f"{whole}."
