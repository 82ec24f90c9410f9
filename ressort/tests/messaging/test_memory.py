"""The in-memory binder: conformance, and deterministic delivery for unit tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ressort.clock import FixedClock
from ressort.messaging import Binder, Binding, MemoryBinder
from ressort.testing.binder_conformance import BinderConformance, Inbasket, message


class TestMemoryBinder(BinderConformance):
    """The suite every binder passes."""

    @pytest.fixture
    def make(self) -> Callable[[], Binder]:
        """One broker is one object."""
        binder = MemoryBinder()
        return lambda: binder


def test_drain_delivers_on_the_callers_thread_by_a_fake_clock() -> None:
    """Without threads, retries come when the clock says so."""
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    binder = MemoryBinder(monotonic=clock.monotonic)
    basket = Inbasket()
    basket.failures = {"x": [ValueError("once")]}
    binder.subscribe(Binding("topic", "g", back_off_initial_s=1.0), basket)
    binder.publish("topic", [message("x")])
    assert binder.drain() == 1
    assert binder.drain() == 0
    clock.advance(timedelta(seconds=1))
    assert binder.drain() == 1
    assert binder.backlog("topic", "g") == 0
