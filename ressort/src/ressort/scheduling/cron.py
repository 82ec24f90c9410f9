"""Spring's cron expressions: parsed once, asked for the next time.

Daylight saving: a time skipped in spring fires once, at the first moment after the gap. A time that comes
twice in autumn fires once (its first occurrence) unless the hour field is `*` or has a step, in which case
the task is one that follows the clock round and fires at both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ressort.scheduling import _cron_fields as fields
from ressort.scheduling.errors import CronError, ZoneError

DISABLED = "-"
MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_HORIZON_YEARS = 30


def zone_of(name: str) -> ZoneInfo:
    """An IANA time zone. Raises ZoneError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ZoneError(name) from error


class CronExpression:
    """Six fields: second, minute, hour, day of month, month, day of week (0 and 7 are Sunday).

    Both day fields must hold, as in Spring (not either, as in Unix cron). `-` is the expression that never
    fires.

    Raises:
        CronError: naming the field and what it may hold.
    """

    def __init__(self, expression: str) -> None:
        self.text = expression.strip()
        self.disabled = self.text == DISABLED
        if not self.disabled:
            self._parse(MACROS.get(self.text.lower(), self.text))

    def __repr__(self) -> str:
        return f"CronExpression('{self.text}')"

    def _parse(self, text: str) -> None:
        parts = text.split()
        if len(parts) != 6:
            hint = "; a five-field Unix expression needs the seconds in front" if len(parts) == 5 else ""
            raise CronError(self.text, f"six fields are needed, {len(parts)} found{hint}")
        parser = fields.FieldParser(self.text)
        self._seconds = sorted(parser.numbers(parts[0], fields.SECOND))
        self._minutes = sorted(parser.numbers(parts[1], fields.MINUTE))
        self._hours = sorted(parser.numbers(parts[2], fields.HOUR))
        self._round_the_clock = parts[2] == "*" or "/" in parts[2]
        self._day_of_month = parser.day_of_month(parts[3])
        self._months = parser.numbers(parts[4], fields.MONTH)
        self._day_of_week = parser.day_of_week(parts[5])

    def next_after(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """The first time strictly after an aware instant, in `zone`; None when there is none in 30 years."""
        if self.disabled:
            return None
        after = instant.astimezone(UTC)
        day = instant.astimezone(zone).date() - timedelta(days=1)
        last = day.replace(year=day.year + _HORIZON_YEARS, day=1)
        while day <= last:
            if day.month not in self._months:
                day = _next_month(day)
                continue
            if self._day_of_month(day) and self._day_of_week(day):
                found = self._first_on(day, after, zone)
                if found is not None:
                    return found
            day += timedelta(days=1)
        return None

    def _first_on(self, day: date, after: datetime, zone: ZoneInfo) -> datetime | None:
        """The first time of a matching day that lies after an instant."""
        for hour in self._hours:
            found = self._first_in_hour(datetime.combine(day, time(hour)), after, zone)
            if found is not None:
                return found.astimezone(zone)
        return None

    def _first_in_hour(self, hour: datetime, after: datetime, zone: ZoneInfo) -> datetime | None:
        for fold in (0, 1) if self._round_the_clock and _comes_twice(hour, zone) else (0,):
            for minute in self._minutes:
                if _moment(hour.replace(minute=minute, second=59, fold=fold), zone) <= after:
                    continue
                for second in self._seconds:
                    moment = _moment(hour.replace(minute=minute, second=second, fold=fold), zone)
                    if moment > after:
                        return moment
        return None


def _comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    return _utc(wall, zone, 0) < _utc(wall, zone, 1)


def _moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time; of one that does not exist, the first instant after the gap."""
    chosen, other = _utc(wall, zone, wall.fold), _utc(wall, zone, 1 - wall.fold)
    before, after = (chosen, other) if wall.fold else (other, chosen)
    if before < after and wall.fold == 0:  # in a gap, fold 0 lands behind it and fold 1 before it
        return _end_of_gap(before, after, zone)
    return chosen


def _utc(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after the clock jumped, between two instants on either side of it."""
    offset = before.astimezone(zone).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
