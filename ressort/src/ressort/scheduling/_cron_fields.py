"""One field of a cron expression, as a set of numbers or as a rule about days.

Source: the documentation of Spring's CronExpression: six fields (second minute hour day-of-month month
day-of-week), lists, ranges, steps, names, `?`, and for days `L`, `L-n`, `LW`, `nW`, `dL` and `d#n`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ressort.scheduling.errors import CronError

_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
DAYS = {name: i for i, name in enumerate(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])}

DayRule = Callable[[date], bool]


@dataclass(frozen=True)
class Field:
    """A plain field: its name, bounds and names of values."""

    label: str
    low: int
    high: int
    names: Mapping[str, int]


SECOND = Field("second", 0, 59, {})
MINUTE = Field("minute", 0, 59, {})
HOUR = Field("hour", 0, 23, {})
MONTH = Field("month", 1, 12, MONTHS)
DAY_OF_MONTH = Field("day of month", 1, 31, {})
DAY_OF_WEEK = Field("day of week", 0, 7, DAYS)


class FieldParser:
    """Parses the fields of one expression, which its errors name."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def numbers(self, text: str, field: Field) -> frozenset[int]:
        """All values a list of numbers, ranges and steps stands for."""
        values: set[int] = set()
        for part in text.split(","):
            values |= self._part(part, field)
        return frozenset(values)

    def day_of_month(self, text: str) -> DayRule:
        """A rule over dates for the fourth field."""
        return self._any_of(text, self._one_day_of_month)

    def day_of_week(self, text: str) -> DayRule:
        """A rule over dates for the sixth field; 0 and 7 are Sunday."""
        return self._any_of(text, self._one_day_of_week)

    def _any_of(self, text: str, one: Callable[[str], DayRule]) -> DayRule:
        if text == "?":
            text = "*"
        rules = [one(part) for part in text.split(",")]
        return rules[0] if len(rules) == 1 else lambda day: any(rule(day) for rule in rules)

    def _one_day_of_month(self, part: str) -> DayRule:
        if part == "L":
            return lambda day: day.day == _last(day)
        if part == "LW":
            return lambda day: day.day == _weekday_not_after(day, _last(day))
        if found := re.fullmatch(r"L-(\d+)", part):
            back = self._bounded(found[1], 1, 30, DAY_OF_MONTH)
            return lambda day: day.day == _last(day) - back
        if found := re.fullmatch(r"(\d+)W", part):
            wanted = self._bounded(found[1], 1, 31, DAY_OF_MONTH)
            return lambda day: day.day == _nearest_weekday(day, wanted)
        days = self._part(part, DAY_OF_MONTH)
        return lambda day: day.day in days

    def _one_day_of_week(self, part: str) -> DayRule:
        if found := re.fullmatch(r"(\w+)#(\d+)", part):
            weekday = self._weekday(found[1])
            nth = self._bounded(found[2], 1, 5, DAY_OF_WEEK)
            return lambda day: _cron_weekday(day) == weekday and (day.day - 1) // 7 + 1 == nth
        if (found := re.fullmatch(r"(\w+)L", part)) and part != "L":
            weekday = self._weekday(found[1])
            return lambda day: _cron_weekday(day) == weekday and day.day + 7 > _last(day)
        days = {number % 7 for number in self._part(part, DAY_OF_WEEK)}
        return lambda day: _cron_weekday(day) in days

    def _weekday(self, text: str) -> int:
        return self._value(text, DAY_OF_WEEK) % 7

    def _part(self, part: str, field: Field) -> set[int]:
        head, slash, step_text = part.partition("/")
        step = self._bounded(step_text, 1, field.high, field) if slash else 1
        low, high = self._range(head, field, open_ended=bool(slash))
        return set(range(low, high + 1, step))

    def _range(self, text: str, field: Field, open_ended: bool) -> tuple[int, int]:
        if text == "*" or (text == "?" and field in (DAY_OF_MONTH, DAY_OF_WEEK)):
            return field.low, field.high - (field is DAY_OF_WEEK)
        first, dash, last = text.partition("-")
        low = self._value(first, field)
        if not dash:
            return low, field.high - (field is DAY_OF_WEEK and low < 7) if open_ended else low
        high = self._value(last, field)
        if field is DAY_OF_WEEK and high == 0:
            high = 7
        if low > high:
            raise CronError(self._expression, f"{field.label} '{text}': the range goes backwards")
        return low, high

    def _value(self, text: str, field: Field) -> int:
        named = field.names.get(text.upper())
        return named if named is not None else self._bounded(text, field.low, field.high, field)

    def _bounded(self, text: str, low: int, high: int, field: Field) -> int:
        if not re.fullmatch(r"\d{1,4}", text) or not low <= int(text) <= high:
            allowed = f"{low} to {high}" + (f" or {', '.join(field.names)}" if field.names else "")
            raise CronError(self._expression, f"{field.label} '{text}' is not one of {allowed}")
        return int(text)


def _last(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _cron_weekday(day: date) -> int:
    return day.isoweekday() % 7


def _weekday_not_after(day: date, number: int) -> int:
    """The last Monday-to-Friday day of the month up to a day number."""
    wanted = day.replace(day=number)
    return (wanted - timedelta(days=max(0, wanted.weekday() - 4))).day


def _nearest_weekday(day: date, number: int) -> int | None:
    """The Monday-to-Friday day nearest to a day number, inside the month; None when the month is shorter."""
    if number > _last(day):
        return None
    wanted = day.replace(day=number)
    if wanted.weekday() == 5:
        return number - 1 if number > 1 else number + 2
    if wanted.weekday() == 6:
        return number + 1 if number < _last(day) else number - 2
    return number
