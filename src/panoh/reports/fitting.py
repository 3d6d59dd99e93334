"""How page 1 is made to fit: what may be cut, in which order, and where the full text goes.

The body is measured with one budget of lines after the other until one fits; the letters never get
smaller. Level, clock, do and do not, consent and the decision are never cut. Every cut ends in '… p. 2'.
"""

from __future__ import annotations

from typing import NamedTuple

from panoh.reports.text import Text


class Budget(NamedTuple):
    """How many lines, rows or points page 1 may spend on what can be cut."""

    consequence: int = 6
    done: int = 3
    said: int = 6  # wish, child's view
    option: int = 3
    unknown: int = 2
    source: int = 2
    without_answer: int = 3
    done_rows: int = 4
    option_rows: int = 5
    family: float = 190  # height of the drawing, points
    fact: int = 2
    recommendation: int = 2
    advice: int = 2  # do and do not: the rule file promises one line, and so they are never cut
    name: int = 2
    company: int = 4  # alone, or with whom
    question: int = 3  # when two lines of the large letters are not enough


_LEAST = Budget(consequence=1, done=1, said=2, option=1, unknown=1, family=150)

# The last one only meets texts many times longer than the forms allow.
BUDGETS = (
    Budget(),
    Budget(consequence=3),
    Budget(consequence=2),
    Budget(consequence=2, done=1, family=150),
    Budget(consequence=2, done=1, said=2, family=150),
    _LEAST,
    _LEAST._replace(source=1, without_answer=2, done_rows=2, option_rows=3),
    Budget(1, 1, 1, 1, 1, 0, 1, 1, 2, family=100, fact=1, recommendation=1, name=1, company=2, question=2),
)


class Overflow:
    """What page 1 had no room for. Page 2 carries it in full, under the same label."""

    def __init__(self) -> None:
        self.items: list[tuple[str, str]] = []

    def fit(self, label: str, text: str, cut: Text) -> Text:
        """Hand the text block on; when it was cut, note the full text for page 2."""
        if cut.tail:
            self.add(label, text)
        return cut

    def add(self, label: str, text: str) -> None:
        """Note a text for page 2."""
        if (label, text) not in self.items:
            self.items.append((label, text))
