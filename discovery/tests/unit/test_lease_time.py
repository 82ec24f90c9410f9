"""Time as leases count it."""

from __future__ import annotations

from discovery.domain.lease_time import LeaseTime


def test_a_pause_of_the_registry_is_not_held_against_its_clients() -> None:
    """A stopped process wakes up with everybody's lease as it was, five seconds later."""
    now = [0.0]
    time = LeaseTime(lambda: now[0])
    now[0] = 3.0
    assert time() == 3.0
    now[0] = 603.0
    assert time() == 8.0


def test_a_clock_that_steps_back_stands_still() -> None:
    """Never negative."""
    now = [10.0]
    time = LeaseTime(lambda: now[0])
    now[0] = 5.0
    assert time() == 0.0
