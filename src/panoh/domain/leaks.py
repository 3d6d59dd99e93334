"""What gives somebody away in words that people typed, before a paper leaves the vault.

At level supervisor no State, authority, year of recognition, name, phone, place or number of a paper may stand in a
typed text; at level named the names of the household, States, authorities and years may. A carried paper holds no
typed text. The same check serves the preview, the save and panoh-cli.

Finding too much is the lesser harm: whoever makes the paper may leave the words out, change them, or keep them and
say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.name_letters import to_latin
from panoh.domain.redaction import CARRY, NAMED, SUPERVISOR, composed, name_finder
from panoh.domain.summary import CaseSummary
from panoh.domain.summary_words import Place, retyped, typed
from panoh.domain.telltales import Telltales, Token, WordList, place_phrases, tokens_of

# In the order in which they are told; where two stand at one place the first is meant.
STATES, AUTHORITIES, YEARS, NAMES, STAFF = "states", "authorities", "years", "names", "staff"
PAPERS, PHONES, PLACES = "papers", "phones", "places"
KINDS = {
    PAPERS: N_("The number of a paper"),
    STATES: N_("A State"),
    AUTHORITIES: N_("An authority"),
    YEARS: N_("Perhaps the year of recognition"),
    NAMES: N_("Reads like a name of the household"),
    STAFF: N_("The name of a staff member"),
    PHONES: N_("A phone number"),
    PLACES: N_("A place"),
}
POLITICS = "politics"  # in family news alone
_WORDS = KINDS | {POLITICS: N_("Politics, fighting or police")}
_THINGS = {
    PAPERS: N_("number of a paper"),
    STATES: N_("State"),
    AUTHORITIES: N_("authority"),
    YEARS: N_("year of recognition"),
    NAMES: N_("name"),
    STAFF: N_("name of staff"),
    PHONES: N_("phone"),
    PLACES: N_("place"),
}
_LOOKED_FOR = {SUPERVISOR: tuple(KINDS), CARRY: (), NAMED: (STAFF, PAPERS, PHONES, PLACES)}

LEFT_OUT = "[…]"  # what stands in place of words that were left out
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PHONE = re.compile(r"(?<![\d+])(?:\+\s?)?\(?\d(?:[\s()\-–.]{0,2}\d){6,14}(?!\w)")
_DATE = re.compile(  # no phone number: 18.06.2010, 18/6/10, 18-06-2010, 2010-06-18
    r"(?<!\d)(?:[0-3]?\d[./][01]?\d[./](?:(?:19|20)\d\d|\d\d)|[0-3]?\d-[01]?\d-(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
)
_SUM = re.compile(r"\d{1,3}(?:[ .]\d{3})+")  # of money
_LEAST_PHONE, _LEAST_PAPER = 7, 5  # digits, signs: what is shorter is a count or a date
_PHONE_END = 9  # digits of a number without the ways to dial into a country
_SEPARATORS = r"[\s\-./№#]*"
_SHORT_PLACE, _SHORT_NAME = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the vault holds about a household and must not stand in a typed text; no repr shows it."""

    names: tuple[str, ...] = field(default=(), repr=False)
    staff: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    papers: tuple[str, ...] = field(default=(), repr=False)  # numbers of identity papers and certificates
    places: tuple[str, ...] = field(default=(), repr=False)  # sites, places of origin and of separation, as written
    years: tuple[int, ...] = field(default=(), repr=False)  # of recognition


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that give somebody away: of which kind, and every place of the paper where they stand."""

    kind: str
    words: str = field(repr=False)
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes two leaks the same one, whatever the letter case."""
        return self.kind, self.words.casefold()

    def kind_words(self) -> str:
        """What was found, in words."""
        return _(_WORDS[self.kind])

    def where(self) -> str:
        """The places in words: 'wish; option A, what follows'."""
        return "; ".join(place.words() for place in self.places)


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that were found and stay on the paper, with the reason, which is recorded."""

    kind: str
    words: str = field(repr=False)
    because: str = field(repr=False)

    @property
    def key(self) -> tuple[str, str]:
        """The key of the leak that it answers."""
        return self.kind, self.words.casefold()


def leaks_in(summary: CaseSummary, finder: LeakFinder, level: str) -> tuple[Leak, ...]:
    """Everything in the typed texts of a summary, redacted for this level, that must not stand on its paper."""
    kinds = _LOOKED_FOR[level]
    found: dict[tuple[str, str], Leak] = {}
    for place, text in typed(summary) if kinds else ():
        for kind, words in finder.find(text, kinds):
            leak = Leak(kind, words, (place,))
            known = found.get(leak.key)
            if known is None:
                found[leak.key] = leak
            elif place not in known.places:
                found[leak.key] = replace(known, places=(*known.places, place))
    order = tuple(KINDS)
    return tuple(sorted(found.values(), key=lambda leak: order.index(leak.kind)))


def not_found(level: str, leaks: Iterable[Leak]) -> str:
    """What was looked for at this level and is not among these leaks, in words: 'No State, authority, phone'."""
    if level == CARRY:
        return _("Nothing that anybody typed stands on it")
    found = {leak.kind for leak in leaks}
    things = [_(_THINGS[kind]) for kind in _LOOKED_FOR[level] if kind not in found]
    return _("No {things}").format(things=", ".join(things)) if things else ""


def open_leaks(leaks: Iterable[Leak], kept: Iterable[Kept]) -> tuple[Leak, ...]:
    """The leaks that nobody has answered; a reason without words is no answer."""
    answered = {one.key for one in kept if one.because.strip()}
    return tuple(leak for leak in leaks if leak.key not in answered)


def leave_out(summary: CaseSummary, words: Iterable[str]) -> CaseSummary:
    """The summary with these words masked wherever they were typed, and a line that says so."""
    patterns = [_whole(one) for one in sorted(map(composed, words), key=len, reverse=True) if one]
    if not patterns:
        return summary
    masked = re.compile("|".join(patterns), re.IGNORECASE)
    left = retyped(summary, lambda text: masked.sub(LEFT_OUT, composed(text)))
    if left == retyped(summary, composed):
        return summary
    return replace(left, left_out=(*left.left_out, _("words marked {mark}").format(mark=LEFT_OUT)))


def _whole(words: str) -> str:
    """A pattern for these very words, and not for a part of longer ones."""
    before, after = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    return f"{before}{re.escape(words)}{after}"


class LeakFinder:
    """Looks for the secrets of one household, and for what tells in anybody's paper. `year` is the one it is now."""

    def __init__(self, secrets: Secrets, lists: Telltales, year: int) -> None:
        self._secrets, self._lists, self._year = secrets, lists, year

    def find(self, text: str, kinds: Sequence[str] = tuple(KINDS)) -> list[tuple[str, str]]:
        """The kinds and words found in one text, in their order; nothing is told twice for the same place."""
        text = composed(text)
        tokens = tokens_of(text)
        ways: dict[str, Callable[[str, list[Token]], Iterator[tuple[int, int]]]] = {
            STATES: lambda _text, words: _spans(words, self._lists.states),
            AUTHORITIES: lambda _text, words: _spans(words, self._lists.authorities),
            YEARS: self._years,
            NAMES: lambda _text, words: _named(words, self._names),
            STAFF: lambda _text, words: _named(words, self._staff),
            PAPERS: self._papers,
            PHONES: self._phones,
            PLACES: self._places,
        }
        taken: list[tuple[int, int, str]] = []
        for kind in kinds:
            for start, end in ways[kind](text, tokens):
                start, end = _whole_words(tokens, start, end)  # noqa: PLW2901
                if not any(start < other_end and other < end for other, other_end, _kind in taken):
                    taken.append((start, end, kind))
        return [(kind, text[start:end]) for start, end, kind in sorted(taken)]

    @cached_property
    def _names(self) -> Callable[[str], bool]:
        return name_finder(_in_both_scripts(self._secrets.names))

    @cached_property
    def _staff(self) -> Callable[[str], bool]:
        """The staff, except for who is called like someone of the household."""
        staff = name_finder(_in_both_scripts(self._secrets.staff))
        return lambda word: staff(word) and not self._names(word)

    @cached_property
    def _own_places(self) -> tuple[WordList, Callable[[str], bool]]:
        """The places of the vault as written, and those of one word however they are spelt."""
        places = _in_both_scripts(self._secrets.places)
        phrases = [one for place in places for one in place_phrases(place, self._lists.kinds_of_place)]
        short = [one for one in phrases if len(one) <= _SHORT_PLACE]
        single = [one.title() for one in phrases if " " not in one and len(one) > _SHORT_PLACE]
        return WordList((one for one in phrases if one not in short), short), name_finder(single)

    def _places(self, text: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        written, spelt = self._own_places
        yield from _spans(tokens, written)
        yield from _spans(tokens, self._lists.places)
        yield from ((token.start, token.end) for token in tokens if token.raw[:1].isupper() and spelt(token.raw))
        yield from self._numbered(text, tokens)

    def _numbered(self, text: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """'School 7' and '7-мактаб' tell a place that nobody wrote down; '7 schools' is a count."""
        for one, then in pairwise(tokens):
            between = text[one.end : then.start]
            kind, number = (one, then) if then.key.isdecimal() else (then, one)
            told = between == "-" or (number is then and not between.strip(" №#–"))
            if told and number.key.isdecimal() and kind.raw in self._lists.kinds_of_place:
                yield one.start, then.end

    def _years(self, text: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """A recorded year of recognition; beside a word of recognition any year that is past."""
        told = any(True for _span in self._lists.recognition.find(tokens))
        for found in _YEAR.finditer(text):
            year = int(found.group())
            if year in self._secrets.years or (told and year < self._year):
                yield found.span()

    def _papers(self, text: str, _tokens: list[Token]) -> Iterator[tuple[int, int]]:
        for number in self._secrets.papers:
            signs = re.findall(r"[^\W_]", composed(number))
            digits = re.findall(r"\d", number)
            for wanted in (signs, digits):
                if len(wanted) >= _LEAST_PAPER:
                    pattern = _SEPARATORS.join(map(re.escape, wanted))
                    yield from (one.span() for one in re.finditer(rf"(?<!\d){pattern}(?!\d)", text, re.IGNORECASE))

    def _phones(self, text: str, _tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """Recorded numbers however they are spaced, and whatever else reads like a phone number."""
        known = {re.sub(r"\D", "", phone)[-_PHONE_END:] for phone in self._secrets.phones}
        for digits in known:
            if len(digits) >= _LEAST_PHONE - 1:
                pattern = r"[\s()+\-–.]*".join(digits)
                yield from (one.span() for one in re.finditer(pattern, text))
        for found in _PHONE.finditer(_DATE.sub(lambda date: "_" * len(date.group()), text)):
            if not _SUM.fullmatch(found.group()):
                yield found.span()


def _in_both_scripts(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one for name in names for one in (name, to_latin(name))))


def _spans(tokens: list[Token], words: WordList) -> Iterator[tuple[int, int]]:
    return ((tokens[start].start, tokens[end - 1].end) for start, end in words.find(tokens))


def _named(tokens: list[Token], names_someone: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    return ((token.start, token.end) for token in tokens if names_someone(token.raw))


def _whole_words(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    """A span stretched to the words that it touches, so that no half of a word stays when it is left out."""
    touched = [token for token in tokens if token.start < end and start < token.end]
    if not touched:
        return start, end
    return min(start, touched[0].start), max(end, touched[-1].end)
