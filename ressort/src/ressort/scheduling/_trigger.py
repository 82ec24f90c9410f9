"""APScheduler triggers of ours: a Spring cron expression on the application's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger

from ressort.clock import Clock
from ressort.scheduling.cron import CronExpression


class CronTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires by a `CronExpression`.

    APScheduler counts on the machine's clock; when the application's clock is shifted, so are the firing
    times, so that nine o'clock is the application's nine o'clock.
    """

    def __init__(self, expression: CronExpression, zone: ZoneInfo, clock: Clock) -> None:
        self._expression = expression
        self._zone = zone
        self._clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first time after the last firing, or after now; None when there is none."""
        shift = self._shift()
        after = (
            now if previous_fire_time is None else max(previous_fire_time, now - timedelta(microseconds=1))
        )
        found = self._expression.next_after(after + shift, self._zone)
        return None if found is None else (found.astimezone(UTC) - shift).astimezone(self._zone)

    def _shift(self) -> timedelta:
        """How far the application's clock is from the machine's, in whole seconds."""
        return timedelta(seconds=round((self._clock.now() - datetime.now(UTC)).total_seconds()))
