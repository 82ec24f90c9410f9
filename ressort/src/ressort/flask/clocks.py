"""The clock of a process: the machine's, or a demonstration's day when nobody outside can be misled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ressort.clock import Clock, SystemClock
from ressort.config import ConfigError, Environment
from ressort.errors import StartError
from ressort.security import is_loopback

OFFSET = "ressort.clock.offset"
DATE = "ressort.clock.date"


def clock_of(env: Environment) -> Clock:
    """The clock asked for by `ressort.clock.offset` (duration) or `ressort.clock.date` (ISO day in Paris).

    Raises StartError when the server is reachable from outside, ConfigError for an unreadable value.
    """
    day, offset_s = env.get(DATE, ""), env.seconds(OFFSET, 0.0)
    if not day and not offset_s:
        return SystemClock()
    address = env.get("server.address", "127.0.0.1")
    if not is_loopback(address):
        raise StartError(f"{DATE} and {OFFSET} need a loopback server.address, not {address}")
    if not day:
        return SystemClock(timedelta(seconds=offset_s))
    try:
        return SystemClock.on_day(date.fromisoformat(day))
    except ValueError as error:
        raise ConfigError(str(error), key=DATE, value=day, origin=env.origin(DATE)) from error


def clock_note(clock: Clock) -> Mapping[str, Any]:
    """What /actuator/info says of a moved clock; nothing of the machine's own."""
    shift = getattr(clock, "shift", timedelta(0))
    if not shift:
        return {}
    note = "the clock of this process is moved"
    return {"shiftSeconds": round(shift.total_seconds()), "now": clock.now().isoformat(), "note": note}
