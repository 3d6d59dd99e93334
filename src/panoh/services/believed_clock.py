"""The clock by which triage goes: the computer's, unless it jumped (domain/believed.py)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from panoh.base.clock import Clock
from panoh.base.errors import AppError
from panoh.domain.believed import Look, next_look
from panoh.store.store import Store
from panoh.store.units import Reading, Unit

_LOOK = "triage_clock"  # of vault_meta
_OFTEN = timedelta(minutes=10)  # looks closer together are one


class BelievedClock(Clock):
    """The computer's clock, put right by what was found at the last look."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._off = timedelta(0)

    @property
    def odd(self) -> bool:
        """Whether the computer's clock is not believed."""
        return bool(self._off)

    def now(self) -> datetime:
        """The moment that is believed."""
        return self._clock.now() + self._off

    def today(self) -> date:
        """The local calendar day of that moment."""
        return self.now().astimezone().date()

    def ticks(self) -> tuple[float, float]:
        """Those of the computer."""
        return self._clock.ticks()

    def look(self, store: Store, actor: str) -> None:
        """Hold the clock beside the look before, and remember this one; a full disk, or a vault that is only read, keeps none."""
        now = self._clock.now()
        with store.reading() as reading:
            before = _kept(reading)
        look = next_look(now, before)
        self._off = look.believed - look.shown
        if before is not None and timedelta(0) <= now - before.shown < _OFTEN and look.odd == before.odd:
            return
        try:
            with store.writing(actor) as unit:
                _keep(unit, look)
        except AppError as error:
            if error.code not in ("disk.full", "disk.failed", "vault.read_only"):
                raise

    def trust(self, unit: Unit) -> None:
        """Take the computer's clock as right from now on: the head of office says so."""
        now = self._clock.now()
        self._off = timedelta(0)
        _keep(unit, Look(now, now))


def _kept(reading: Reading) -> Look | None:
    told = json.loads(reading.meta(_LOOK, "null"))
    return Look(*(datetime.fromtimestamp(seconds, UTC) for seconds in told)) if told else None


def _keep(unit: Unit, look: Look) -> None:
    unit.set_meta(_LOOK, json.dumps([int(look.shown.timestamp()), int(look.believed.timestamp())]))
