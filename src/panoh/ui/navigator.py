"""Ways from one screen to another: what a presenter asks of whoever put the screens together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Among:
    """The list that one came from, so that a record can go on to its neighbours.

    `title` names the list ('Triage'), `words` says where one stands in it and holds {n} and {count} to be filled,
    `at` counts from 0. `id_at` reads the id of the person at a place; it runs on the store's worker.
    """

    title: str
    words: str
    at: int
    count: int
    id_at: Callable[[int], str]


class Navigator(Protocol):
    """Opens screens."""

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        """Open a person's record, perhaps out of a list."""

    def open_assessment(self, person_id: str) -> None:
        """Open a person's refoulement assessment."""

    def open_request(self, request_id: str) -> None:
        """Open a tracing request."""

    def new_request(self, person_id: str) -> None:
        """Begin a tracing request that this person makes."""

    def open_report(self, person_id: str) -> None:
        """Begin this person's case summary."""

    def open_tracing_paper(self, kind: str, about: str = "") -> None:
        """Begin a paper of tracing of this kind (domain/tracing_papers.py) about a request, for its form, or a person."""

    def open_case_field(self, person_id: str, key: str) -> None:
        """Open a person's case with the keys in this field: 'wish', or 'options.1.what' for one of a row."""

    def back(self) -> None:
        """Go back to the screen before."""
