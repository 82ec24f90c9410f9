"""Time as a value that is handed in, so that tests and demonstrations choose their own day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = "Europe/Paris"


class Clock(Protocol):
    """What business code may know of time."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def today(self, zone: str = PARIS) -> date:
        """The calendar day at that instant in an IANA zone."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary origin, never going back: for durations only."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, optionally moved by a constant shift (a demonstration's day)."""

    shift: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The shifted instant, aware, in UTC."""
        return datetime.now(UTC) + self.shift

    def today(self, zone: str = PARIS) -> date:
        """The calendar day of `now()` in an IANA zone."""
        return self.now().astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        """Seconds of the machine's monotonic clock; the shift does not touch it."""
        return time.monotonic()

    @classmethod
    def on_day(cls, day: date, zone: str = PARIS) -> SystemClock:
        """A running clock whose `today(zone)` is `day` now, at the present time of day.

        The shift is counted between the two local wall clocks, so a change of summer time
        between both days does not move it across midnight.
        """
        tz = ZoneInfo(zone)
        real = datetime.now(UTC)
        wished = datetime.combine(day, real.astimezone(tz).time(), tz)
        return cls(wished.astimezone(UTC) - real)


class FixedClock:
    """A clock that moves only when told to."""

    def __init__(self, instant: datetime) -> None:
        self._instant = _aware(instant)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """The instant last set, aware, in UTC."""
        return self._instant

    def today(self, zone: str = PARIS) -> date:
        """The calendar day of `now()` in an IANA zone."""
        return self._instant.astimezone(ZoneInfo(zone)).date()

    def monotonic(self) -> float:
        """Seconds advanced since the clock was made."""
        return self._monotonic

    def set(self, instant: datetime) -> None:
        """Jump to an aware instant; the monotonic time stays."""
        self._instant = _aware(instant)

    def advance(self, step: timedelta) -> None:
        """Let time pass, on the wall and for durations."""
        self._instant += step
        self._monotonic += step.total_seconds()


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {instant.isoformat()}")
    return instant.astimezone(UTC)
