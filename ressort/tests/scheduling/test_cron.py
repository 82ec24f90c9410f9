"""Spring's cron expressions."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ressort.scheduling import CronError, CronExpression, ZoneError, zone_of

PARIS = ZoneInfo("Europe/Paris")


def fires(expression: str, after: str, count: int = 1, zone: ZoneInfo = PARIS) -> list[str]:
    """The next firings as local wall times."""
    instant = datetime.fromisoformat(after).replace(tzinfo=zone)
    found = []
    for _ in range(count):
        following = CronExpression(expression).next_after(instant, zone)
        if following is None:
            break
        instant = following
        found.append(following.strftime("%Y-%m-%d %H:%M:%S %z"))
    return found


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("0 0 9 * * MON-FRI", "2026-11-20T09:00:00", "2026-11-23 09:00:00 +0100"),
        ("0 0 9 * * 1-5", "2026-11-20T08:59:59", "2026-11-20 09:00:00 +0100"),
        ("0 0 9 * * 0", "2026-11-20T00:00:00", "2026-11-22 09:00:00 +0100"),
        ("0 0 9 * * 7", "2026-11-20T00:00:00", "2026-11-22 09:00:00 +0100"),
        ("0 0 9 * * SAT-SUN", "2026-11-20T00:00:00", "2026-11-21 09:00:00 +0100"),
        ("*/20 * * * * *", "2026-11-20T00:00:41", "2026-11-20 00:01:00 +0100"),
        ("0 5/15 8-10 * * ?", "2026-11-20T08:51:00", "2026-11-20 09:05:00 +0100"),
        ("0 0 0 L * *", "2026-02-01T00:00:00", "2026-02-28 00:00:00 +0100"),
        ("0 0 0 L-3 * *", "2026-02-01T00:00:00", "2026-02-25 00:00:00 +0100"),
        ("0 0 0 LW * *", "2026-05-01T00:00:00", "2026-05-29 00:00:00 +0200"),
        ("0 0 0 15W * *", "2026-08-01T00:00:00", "2026-08-14 00:00:00 +0200"),
        ("0 0 0 1W * *", "2026-07-31T12:00:00", "2026-08-03 00:00:00 +0200"),
        ("0 0 0 ? * FRI#2", "2026-11-01T00:00:00", "2026-11-13 00:00:00 +0100"),
        ("0 0 0 ? * 5L", "2026-11-01T00:00:00", "2026-11-27 00:00:00 +0100"),
        ("0 0 0 ? * MONL", "2026-11-01T00:00:00", "2026-11-30 00:00:00 +0100"),
        ("0 0 0 29 2 *", "2026-11-01T00:00:00", "2028-02-29 00:00:00 +0100"),
        ("0 0 0 13 * FRI", "2026-11-14T00:00:00", "2027-08-13 00:00:00 +0200"),
        ("0 0 12 1 JAN,JUL *", "2026-11-14T00:00:00", "2027-01-01 12:00:00 +0100"),
        ("@hourly", "2026-11-20T08:30:00", "2026-11-20 09:00:00 +0100"),
        ("@yearly", "2026-11-20T08:30:00", "2027-01-01 00:00:00 +0100"),
    ],
)
def test_next_firing(expression: str, after: str, expected: str) -> None:
    """The documented forms of each field."""
    assert fires(expression, after) == [expected]


def test_dash_never_fires() -> None:
    """Spring's switch for a disabled task."""
    assert fires("-", "2026-01-01T00:00:00") == []


def test_impossible_date_never_fires() -> None:
    """30 February ends the search instead of looping."""
    assert fires("0 0 0 30 2 *", "2026-01-01T00:00:00") == []


def test_skipped_time_fires_once_after_the_gap() -> None:
    """02:30 does not exist on 29 March 2026 in Paris."""
    assert fires("0 30 2 * * *", "2026-03-28T12:00:00", 2) == [
        "2026-03-29 03:00:00 +0200",
        "2026-03-30 02:30:00 +0200",
    ]


def test_doubled_time_fires_once() -> None:
    """02:30 comes twice on 25 October 2026 in Paris: a daily task runs at the first."""
    assert fires("0 30 2 * * *", "2026-10-24T12:00:00", 2) == [
        "2026-10-25 02:30:00 +0200",
        "2026-10-26 02:30:00 +0100",
    ]


def test_hourly_task_follows_the_clock_round() -> None:
    """Every hour of the long night, each once."""
    assert fires("0 0 * * * *", "2026-10-25T00:30:00", 4) == [
        "2026-10-25 01:00:00 +0200",
        "2026-10-25 02:00:00 +0200",
        "2026-10-25 02:00:00 +0100",
        "2026-10-25 03:00:00 +0100",
    ]


def test_hourly_task_in_the_short_night() -> None:
    """No firing is doubled by the gap."""
    assert fires("0 0 * * * *", "2026-03-29T00:30:00", 3) == [
        "2026-03-29 01:00:00 +0100",
        "2026-03-29 03:00:00 +0200",
        "2026-03-29 04:00:00 +0200",
    ]


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("0 9 * * MON-FRI", "six fields"),
        ("61 0 9 * * *", "second '61'"),
        ("0 0 24 * * *", "hour '24'"),
        ("0 0 9 * 13 *", "month '13'"),
        ("0 0 9 * * LUN", "day of week 'LUN'"),
        ("0 0 9 32 * *", "day of month '32'"),
        ("0 0 9 * * MON#6", "day of week '6'"),
        ("0 0 18-9 * * *", "backwards"),
        ("0 0/0 9 * * *", "minute '0'"),
        ("", "six fields"),
    ],
)
def test_wrong_expression_names_the_field(expression: str, named: str) -> None:
    """The message says which field and what it may hold."""
    with pytest.raises(CronError, match=named):
        CronExpression(expression)


def test_unknown_zone() -> None:
    """A zone must be an IANA name."""
    with pytest.raises(ZoneError, match="Europe/Pari"):
        zone_of("Europe/Pari")


def test_every_second_is_quick() -> None:
    """The next of 86,400 daily firings is the next second."""
    now = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    assert CronExpression("* * * * * *").next_after(now, ZoneInfo("UTC")) == datetime(
        2026, 11, 21, tzinfo=UTC
    )
