"""What an operator orders of a breaker: a state, why, and until when.

The body of ``POST /actuator/circuitbreakers/{name}`` is Resilience4j's ``{"updateState": "FORCE_OPEN"}``; ``reason``
and one of ``until`` (an instant with its offset) and ``duration`` (``15m``, ``PT1H``) may stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unicodedata import category

from ressort.config.conversion import seconds

COMMANDS = ("CLOSE", "FORCE_OPEN", "DISABLE")
_KNOWN = ("updateState", "reason", "until", "duration")
_NOT_IN_A_LINE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
LONGEST_REASON = 200
"""Characters of a reason, at most."""
LONGEST = timedelta(days=30)
"""How far ahead an end may lie."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a breaker stands where somebody put it; both instants are aware and in UTC."""

    reason: str | None
    since: datetime
    until: datetime | None = None
    """When it closes by itself; None: when somebody closes it."""

    def described(self) -> dict[str, str | None]:
        """As the actuator shows it."""
        until = None if self.until is None else instant(self.until)
        return {"reason": self.reason, "since": instant(self.since), "until": until}


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; ``lasts_s`` seconds from now, None without end."""

    command: str
    reason: str | None = None
    lasts_s: float | None = None


def read_order(body: Any, now: datetime) -> Order:
    """The order in a request's body. Raises ``ValueError`` naming the field that cannot be understood."""
    given = body if isinstance(body, Mapping) else {}
    for name in given:
        if name not in _KNOWN:
            raise ValueError(f"unknown field {name!r}; known: {', '.join(_KNOWN)}")
    command = given.get("updateState")
    if command not in COMMANDS:
        raise ValueError(f"updateState must be one of {', '.join(COMMANDS)}, not {command!r}")
    lasts_s = _lasts_s(given, now)
    if lasts_s is not None and command == "CLOSE":
        field = "until" if given.get("until") is not None else "duration"
        raise ValueError(f"{field} goes with FORCE_OPEN and DISABLE only: a closed breaker moves by itself")
    return Order(command, _reason(given.get("reason")), lasts_s)


def instant(when: datetime) -> str:
    """``2026-12-01T03:52:01.123Z``."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _reason(raw: Any) -> str | None:
    if raw is None:
        return None
    text = raw.strip() if isinstance(raw, str) else ""
    if not 0 < len(text) <= LONGEST_REASON or any(category(each) in _NOT_IN_A_LINE for each in text):
        raise ValueError(f"reason must be one line of 1 to {LONGEST_REASON} characters")
    return text


def _lasts_s(given: Mapping[str, Any], now: datetime) -> float | None:
    until, length = given.get("until"), given.get("duration")
    if until is not None and length is not None:
        raise ValueError("duration and until say the same thing: give one of them")
    if until is not None:
        return _bounded("until", _seconds_until(until, now))
    return None if length is None else _bounded("duration", _length_s(length))


def _length_s(raw: Any) -> float:
    try:
        if not isinstance(raw, str):
            raise ValueError("not a duration in text, such as 15m")
        return seconds(raw, "s")
    except (ValueError, OverflowError) as error:
        raise ValueError(f"duration: {error}") from error


def _seconds_until(raw: Any, now: datetime) -> float:
    try:
        when = datetime.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise ValueError(f"until must be an instant such as 2026-12-01T10:00:00Z, not {raw!r}") from error
    if when.tzinfo is None:
        raise ValueError("until must carry its offset, such as 2026-12-01T10:00:00Z")
    return (when - now).total_seconds()


def _bounded(field: str, lasts_s: float) -> float:
    if not lasts_s > 0:
        raise ValueError(f"{field} lies in the past: an end must come after now")
    if lasts_s > LONGEST.total_seconds():
        raise ValueError(f"{field} lies too far ahead: {LONGEST.days} days at most")
    return lasts_s
