"""The paper that shows on the Reports screen: made from what, its bytes, what in it gives somebody away."""

from __future__ import annotations

from dataclasses import dataclass, field

from panoh.domain.leaks import Leak
from panoh.domain.summary import CaseSummary


@dataclass(frozen=True, slots=True)
class Shown:
    """One preview."""

    person_id: str
    level: str
    summary: CaseSummary = field(repr=False)
    pdf: bytes = field(repr=False)
    leaks: tuple[Leak, ...]

    @property
    def numbers(self) -> tuple[str, str]:
        """Export number and check code as printed."""
        return self.summary.export_no, self.summary.check_code
