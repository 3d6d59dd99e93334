"""Code lists: which codes a field may hold, how they are called, and what people type for them.

The lists are TOML under resources/vocab/; services read the files and hand the texts over. A code that
has ever been in a list stays in it (retired), because records keep codes and papers are read years later.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import PurePath

from panoh.base.errors import AppError
from panoh.base.i18n import gettext as _
from panoh.base.i18n import language

LISTS = (
    "agreement",
    "approval_decision",
    "approval_kind",
    "attachment",
    "authorities_wish",
    "best_interests",
    "best_interests_why",
    "birth_basis",
    "border_state",
    "border_status",
    "care",
    "claim_stage",
    "closing_why",
    "consent_by",
    "consent_how",
    "countries",
    "danger",
    "depth",
    "detention_access",
    "document_kind",
    "document_state",
    "duplicate_state",
    "education",
    "erasure_why",
    "extradition_stage",
    "fear_basis",
    "follow_up_kind",
    "harm_agent",
    "hiding",
    "household_move",
    "incident_kind",
    "incident_outcome",
    "incident_role",
    "interpreter",
    "kin_kind",
    "kin_sure",
    "languages",
    "lead_state",
    "legal_status",
    "locations",
    "marital_status",
    "match_state",
    "name_kind",
    "need_state",
    "need_status",
    "other_adult_why",
    "paper_evidence",
    "paper_step",
    "pfif_status",
    "phone_whose",
    "photo_choice",
    "presence",
    "purpose",
    "recipient",
    "referral_answer",
    "refoulement_outcome",
    "refoulement_signal",
    "relation",
    "reliability",
    "removal_why",
    "reunification_kind",
    "reunification_outcome",
    "reunion_wish",
    "role",
    "sealed_kind",
    "sector",
    "separation_cause",
    "service_kind",
    "severity",
    "sex",
    "shelter",
    "site_access",
    "site_kind",
    "site_lack",
    "site_security",
    "source",
    "specific_needs",
    "sure",
    "time_frame",
    "tracing_action",
    "tracing_closing",
    "tracing_outcome",
    "tracing_status",
    "unanswered",
    "verification_advice",
    "verification_question",
    "verification_result",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One code of a list. resources/vocab/README.md says what each field means."""

    code: str
    label: str
    label_f: str = ""
    label_m: str = ""
    category: str = ""
    definition: str = ""
    aliases: tuple[str, ...] = ()
    heading: bool = False
    sensitive: bool = False
    restricted: bool = False
    shown_as: str = ""
    at_grid: bool = True
    local: bool = False
    source: str = ""
    retired: bool = False
    replaced_by: str = ""
    parent: str = ""
    country: str = ""

    @property
    def offered(self) -> bool:
        """Whether the code may be chosen for a new record."""
        return not (self.retired or self.heading)

    def spoken(self) -> Iterator[str]:
        """Everything that people may type for this code, the code itself first."""
        yield self.code
        for label in (self.label, self.label_f, self.label_m):
            if label:
                yield label
                yield _(label)
        yield from self.aliases


_APOSTROPHES = frozenset("ʹʺʻʼʽˈˊ")  # letters to Unicode, apostrophes to whoever types Uzbek


def fold(text: str) -> str:
    """Letters and digits only, in lower case: 'DS- EB' and 'ds-eb', "O'g'il" and 'oʻgʻil' fold to the same."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum() and letter not in _APOSTROPHES)


class Vocabulary:
    """One code list, in the order in which it is offered."""

    def __init__(self, name: str, terms: Iterable[Term]) -> None:
        self.name = name
        self._terms = {term.code: term for term in terms}
        self._indexes: dict[str, dict[str, str]] = {}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def get(self, code: str) -> Term | None:
        """The term with exactly this code, retired or not; None when the list does not know it."""
        return self._terms.get(code)

    def label(self, code: str, sex: str = "") -> str:
        """The word for a code in the language in force, for sex F or M if it has one; an unknown code names itself."""
        term = self._terms.get(code)
        if term is None:
            return code
        return _({"F": term.label_f, "M": term.label_m}.get(sex) or term.label)

    def offers(self, *, at_grid: bool = False) -> list[Term]:
        """The terms for a new record; `at_grid` leaves out what must not be typed while the family looks on."""
        return [term for term in self if term.offered and (term.at_grid or not at_grid)]

    def restricted(self, code: str) -> bool:
        """Whether the code is shown by role only. A code that the list does not know is, to be on the safe side."""
        term = self._terms.get(code)
        return bool(code) and (term is None or term.restricted)

    def shown(self, code: str) -> str:
        """The code as those read it who may not see restricted ones; '' for a restricted code without another in its place."""
        term = self._terms.get(code)
        if not code or (term and not term.restricted):
            return code
        return term.shown_as if term else ""

    def current(self, code: str) -> str:
        """The code that stands for a retired one today; any other code is returned as it is."""
        term = self._terms.get(code)
        return term.replaced_by if term and term.replaced_by else code

    def match(self, text: str, *, at_grid: bool = False) -> str | None:
        """The code for a typed code, label or alias in any script, or None. A retired code is found as itself.

        With `at_grid`, only what may be typed while the family looks on is found.
        """
        code = text if text in self._terms else self._index().get(fold(text))
        if code is None or (at_grid and not self._terms[code].at_grid):
            return None
        return code

    def complete(self, text: str, *, at_grid: bool = False, limit: int = 8) -> list[Term]:
        """Offered terms whose code, label or alias has a word that begins with the text; whole beginnings first."""
        typed = fold(text)
        if not typed:
            return []
        ranked: list[tuple[int, int, Term]] = []
        for order, term in enumerate(self.offers(at_grid=at_grid)):
            rank = _rank(term, typed)
            if rank is not None:
                ranked.append((rank, order, term))
        return [term for _rank_, _order, term in sorted(ranked, key=lambda found: found[:2])[:limit]]

    def _index(self) -> dict[str, str]:
        """Folded words to codes in the language in force: codes win over labels of headings and of retired codes."""
        if language() not in self._indexes:
            index = {fold(code): code for code in self._terms}
            for term in sorted(self, key=lambda term: not term.offered):
                for word in term.spoken():
                    index.setdefault(fold(word), term.code)
            index.pop("", None)
            self._indexes[language()] = index
        return self._indexes[language()]


def _rank(term: Term, typed: str) -> int | None:
    """0 when something spoken begins with the typed text, 1 when one of its later words does, None otherwise."""
    spoken = list(term.spoken())
    if any(fold(word).startswith(typed) for word in spoken):
        return 0
    return 1 if any(fold(part).startswith(typed) for word in spoken for part in word.split()) else None


_KINDS = {
    field.name: "text" if field.type == "str" else "list" if "tuple" in str(field.type) else "flag"
    for field in fields(Term)
}
_NEEDED = tuple(field.name for field in fields(Term) if field.default is MISSING)


def parse_vocabulary(text: str, file_name: str) -> Vocabulary:
    """Read one list from the text of its TOML file; the list is called like the file.

    Raises AppError('vocab.invalid') for TOML that cannot be read, an unknown or missing field,
    a value of the wrong kind, a code that stands twice, or a replacement that is not in the list.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(file_name, str(error)) from None
    rows = data.get("term")
    if set(data) != {"term"} or not isinstance(rows, list) or not rows:
        raise _invalid(file_name, _("it must hold terms and nothing else"))
    terms: dict[str, Term] = {}
    for number, row in enumerate(rows, start=1):
        term = _parse_term(row, number, file_name)
        if term.code in terms:
            raise _invalid(file_name, _("the code {code} stands twice").format(code=term.code))
        terms[term.code] = term
    for term in terms.values():
        if term.replaced_by and (term.replaced_by not in terms or terms[term.replaced_by].retired or not term.retired):
            raise _invalid(file_name, _("the replacement of {code} must be a current code").format(code=term.code))
        if term.shown_as and (not term.restricted or terms.get(term.shown_as, term).restricted):
            raise _invalid(file_name, _("{code} must be shown as a code that is open to all").format(code=term.code))
    return Vocabulary(PurePath(file_name).stem, terms.values())


def _parse_term(row: object, number: int, file_name: str) -> Term:
    if not isinstance(row, dict):
        raise _invalid(file_name, _("term {number} is not a table").format(number=number))
    values: dict[str, object] = {}
    for key, value in row.items():
        kind = _KINDS.get(key)
        if kind is None:
            raise _invalid(file_name, _("term {number} has an unknown field {field}").format(number=number, field=key))
        fits = {
            "text": isinstance(value, str),
            "flag": isinstance(value, bool),
            "list": isinstance(value, list) and all(isinstance(item, str) for item in value),
        }[kind]
        if not fits:
            raise _invalid(file_name, _("term {number} has a wrong value in {field}").format(number=number, field=key))
        values[key] = tuple(value) if isinstance(value, list) else value
    for key in _NEEDED:
        if not values.get(key) or str(values[key]) != str(values[key]).strip():
            raise _invalid(file_name, _("term {number} lacks {field}").format(number=number, field=key))
    return Term(**values)  # type: ignore[arg-type]


def _invalid(file_name: str, problem: str) -> AppError:
    return AppError("vocab.invalid", problem=problem, file=file_name)


class Vocabularies(Mapping[str, Vocabulary]):
    """All code lists by name: `vocab["sex"].label("F")`. Raises AppError('vocab.invalid') when one is missing."""

    def __init__(self, lists: Mapping[str, Vocabulary]) -> None:
        self._lists = dict(lists)
        for name in LISTS:
            if name not in self._lists:
                raise _invalid(f"{name}.toml", _("the file is missing"))

    def __getitem__(self, name: str) -> Vocabulary:
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def label(self, name: str, code: str, sex: str = "") -> str:
        """The word for a code of a list; an unknown list or code is shown as the code."""
        return self._lists[name].label(code, sex) if name in self._lists else code
