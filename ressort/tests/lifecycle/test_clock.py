"""Clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ressort.clock import FixedClock, SystemClock


def test_a_fixed_clock_moves_only_when_told() -> None:
    """Wall time and monotonic time advance together; setting touches the wall only."""
    clock = FixedClock(datetime(2013, 10, 31, 23, 30, tzinfo=UTC))
    clock.advance(timedelta(minutes=1))
    assert clock.now() == datetime(2013, 10, 31, 23, 31, tzinfo=UTC)
    assert clock.monotonic() == 60
    clock.set(datetime(2014, 1, 1, tzinfo=UTC))
    assert clock.monotonic() == 60


def test_today_is_the_day_in_the_zone() -> None:
    """Half past eleven in the evening UTC is already tomorrow in Paris."""
    clock = FixedClock(datetime(2013, 10, 30, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2013, 10, 31)
    assert clock.today("UTC") == date(2013, 10, 30)


def test_an_instant_without_zone_is_refused() -> None:
    """A naive datetime says nothing."""
    with pytest.raises(ValueError, match="needs a zone"):
        FixedClock(datetime(2013, 10, 31))


@pytest.mark.parametrize("day", [date(2013, 10, 31), date(2030, 7, 1)])
def test_a_clock_on_a_day_answers_that_day(day: date) -> None:
    """Whatever the season of the real day."""
    assert SystemClock.on_day(day).today() == day


def test_a_shift_moves_now() -> None:
    """A constant distance to the machine's clock."""
    distance = SystemClock(timedelta(days=-3)).now() - datetime.now(UTC)
    assert abs(distance + timedelta(days=3)) < timedelta(seconds=5)
