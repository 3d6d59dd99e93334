"""What the papers of family tracing are, and what no typed word on one that anybody may read may tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.leaks import (
    AUTHORITIES,
    LEFT_OUT,
    PAPERS,
    PHONES,
    PLACES,
    POLITICS,
    STAFF,
    STATES,
    YEARS,
    Leak,
    LeakFinder,
)
from panoh.domain.redaction import composed
from panoh.domain.summary_words import Place
from panoh.domain.telltales import WordList, tokens_of

# Kinds of export.
FORM, BLANK_FORM, BOARD, ALOUD, NEWS = "tracing_form", "tracing_form_blank", "photo_board", "read_aloud", "family_news"
REUNION, REUNION_FAMILY, FAMILY = "reunification", "reunification_family", "family_page"
KINDS = {
    FORM: N_("Tracing request"),
    BLANK_FORM: N_("Tracing request, empty form"),
    BOARD: N_("Photo board"),
    ALOUD: N_("List to read aloud"),
    NEWS: N_("Family news"),
    REUNION: N_("Reunification, office copy"),
    REUNION_FAMILY: N_("Reunification, family copy"),
    FAMILY: N_("Family diagram"),
}
OF_REQUEST = frozenset({FORM})
OF_PERSON = frozenset({NEWS, REUNION, REUNION_FAMILY, FAMILY})
OF_NOBODY = frozenset({BLANK_FORM, BOARD, ALOUD})
PUBLIC = "public"  # level of a paper that anybody may read
OPEN_KINDS = (PAPERS, STATES, AUTHORITIES, YEARS, STAFF, PHONES, PLACES)  # looked for in words that anybody may read

_PLACES = {
    "text": N_("the news"),
    "recipient": N_("to whom"),
    "handed_to": N_("handed to"),
    "witness": N_("witness"),
    "name": N_("name"),
}


@dataclass(frozen=True, slots=True)
class News:
    """Family news as it is typed."""

    recipient: str = field(default="", repr=False)
    recipient_id: str = ""  # person, where registered
    kin: str = ""  # vocab relation: of the recipient to the sender
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which paper, and about whom or what."""

    kind: str
    about: str = ""  # id of the request of FORM, of the person of NEWS, FAMILY and REUNION
    news: News = News()


@dataclass(frozen=True, slots=True)
class PaperPlace(Place):
    """Where on a paper of tracing a typed text stands."""

    def words(self) -> str:
        """The same in words."""
        return _(_PLACES[self.field])


def politics(text: str) -> WordList:
    """The list of open_letter.toml. Raises tomllib.TOMLDecodeError or KeyError for a file that is not as it should be."""
    return WordList(tomllib.loads(text)["politics"])


def open_leaks_in(
    texts: Iterable[tuple[str, str]], finder: LeakFinder, also: WordList | None = None
) -> tuple[Leak, ...]:
    """What gives somebody away in words that anybody may read; `texts` are fields and what was typed there."""
    found: dict[tuple[str, str], Leak] = {}
    for name, text in texts:
        place = PaperPlace(name)
        for kind, words in (*finder.find(text, OPEN_KINDS), *_listed(text, also)):
            leak = found.get((kind, words.casefold()), Leak(kind, words))
            if place not in leak.places:
                found[leak.key] = Leak(leak.kind, leak.words, (*leak.places, place))
    return tuple(found.values())


def _listed(text: str, also: WordList | None) -> list[tuple[str, str]]:
    text = composed(text)
    tokens = tokens_of(text)
    spans = also.find(tokens) if also else ()
    return [(POLITICS, text[tokens[start].start : tokens[end - 1].end]) for start, end in spans]


def masked(text: str, words: Iterable[str]) -> str:
    """The text with these words left out."""
    for one in sorted(map(composed, words), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", LEFT_OUT, composed(text), flags=re.IGNORECASE) if one else text
    return text
