"""What a comparison of two records tells, in words: its band, and each fact that was compared."""

from __future__ import annotations

from panoh.base.i18n import gettext as _
from panoh.domain.match_parts import LABELS, POSSIBLE_MATCH, PROBABLE_MATCH, STRONG, Part


def band_word(band: str) -> str:
    """The word for the band of a match."""
    words = {STRONG: _("Strong"), PROBABLE_MATCH: _("Probable"), POSSIBLE_MATCH: _("Possible")}
    return words.get(band, _("Weak"))


def part_words(part: Part) -> tuple[str, str, str]:
    """A part of a comparison: what was compared, how the two relate, and the points."""
    points = f"{part.points:+g}".replace("-", "−")  # what speaks against is taken away
    return _(LABELS[part.name]), part.words, points
