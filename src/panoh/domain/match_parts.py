"""What speaks for and against two records being one person: the facts that are compared, their verdicts, and the bands.

How registrations are compared with each other stands in `duplicates`, how requests are compared with people in
`matching`; both tell what they find as a Match of Parts, so that every screen shows it alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _
from panoh.domain.name_letters import fold
from panoh.domain.name_sounds import sound

NAME, PARENTS, BIRTH, PLACE, SEPARATION, SEX, PAPER = "name", "parents", "birth", "place", "separation", "sex", "paper"
MARKS = "marks"
HOUSEHOLD = "household"
LABELS = {
    NAME: N_("Name"),
    PARENTS: N_("Parents, kin"),
    BIRTH: N_("Birth"),
    PLACE: N_("Place before"),
    SEPARATION: N_("Separated"),
    SEX: N_("Sex, relation"),
    MARKS: N_("Marks, language"),
    PAPER: N_("Phone, paper"),
    HOUSEHOLD: N_("Household"),
}
SAME, NEAR, DIFFERS, NOT_KNOWN = "same", "near", "differs", "not_known"
STRONG, PROBABLE_MATCH, POSSIBLE_MATCH, NONE = "strong", "probable", "possible", "none"
LEAST_STRONG = 80
BANDS = ((LEAST_STRONG, STRONG), (60, PROBABLE_MATCH), (40, POSSIBLE_MATCH))


@dataclass(frozen=True, slots=True)
class Part:
    """One fact compared. `points` of `out_of`; `words` say how the two sides relate."""

    name: str
    points: float
    out_of: int
    verdict: str
    words: str

    @property
    def known(self) -> bool:
        """Whether both sides told it."""
        return self.verdict != NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Match:
    """How well two records fit, 0 to 100, with its parts. `impossible` says why they cannot be one person."""

    score: float
    band: str
    parts: tuple[Part, ...] = ()
    impossible: str = ""

    @property
    def shown(self) -> int:
        """The score as a whole number that never shows a better band than it has."""
        return int(self.score)

    @property
    def sentences(self) -> list[str]:
        """Each fact that both sides told, in words: 'Birth: 1 year apart'."""
        told = _("{fact}: {words}")
        return [told.format(fact=_(LABELS[part.name]), words=part.words) for part in self.parts if part.known]


def band_of(score: float) -> str:
    """The band of a score: fixed limits, never relative to other hits."""
    return next((band for least, band in BANDS if score >= least), NONE)


def ruled_out(impossible: str) -> Match:
    """Two records that cannot be one person, and why."""
    return Match(0.0, NONE, (), impossible)


# Words of addresses that tell nothing about which place it is.
_GENERAL_WORDS = """
область oblast облусу вилояти viloyati region район rayon району district тумани tumani
город gorod city шаҳри shahri шаар шаары г ш село village кишлак қишлоқ айыл маҳалла mahalla
улица ул street кўча кўчаси kochasi дом uy уй
"""
_GENERAL = frozenset(sound(fold(word)) for word in _GENERAL_WORDS.split())


def place_words(text: str) -> frozenset[str]:
    """The words of an address that tell which place it is, by sound."""
    return frozenset(word for word in map(sound, fold(text).split()) if word and word not in _GENERAL)


def number_key(text: str) -> str:
    """Letters and digits of a number; of a phone the last nine digits, so that 0 and +996 are one."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return plain[-9:] if plain.isdigit() else plain
