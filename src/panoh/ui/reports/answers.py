"""What was decided about the words that give somebody away, as long as one person's paper is being made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from panoh.base.i18n import gettext as _
from panoh.domain.leaks import Kept, Leak, open_leaks


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that can be taken back: about which words, and what it was."""

    words: str = field(repr=False)
    told: str = field(repr=False)


class Answers:
    """Words left out of the paper, and words kept with their reason."""

    def __init__(self) -> None:
        self.left_out: tuple[str, ...] = ()
        self.kept: tuple[Kept, ...] = ()

    def leave_out(self, leak: Leak) -> None:
        """These words are masked from now on."""
        self.take_back(leak.words)
        self.left_out = (*self.left_out, leak.words)

    def keep(self, leak: Leak, because: str) -> None:
        """These words stay, for this reason."""
        self.take_back(leak.words)
        self.kept = (*self.kept, Kept(leak.kind, leak.words, because.strip()))

    def take_back(self, words: str) -> None:
        """Nothing is decided about these words any more."""
        self.left_out = tuple(one for one in self.left_out if one.casefold() != words.casefold())
        self.kept = tuple(one for one in self.kept if one.words.casefold() != words.casefold())

    def open_of(self, leaks: Iterable[Leak]) -> tuple[Leak, ...]:
        """Those of these leaks that still wait for an answer."""
        return open_leaks(leaks, self.kept)

    def decided(self, leaks: Iterable[Leak]) -> list[Decided]:
        """Every decision that concerns this paper, in words."""
        standing = {leak.key for leak in leaks}
        told = [Decided(one, _("“{words}” is left out").format(words=one)) for one in self.left_out]
        pattern = _("“{words}” stays: {because}")
        told += [
            Decided(one.words, pattern.format(words=one.words, because=one.because))
            for one in self.kept
            if one.key in standing
        ]
        return told
