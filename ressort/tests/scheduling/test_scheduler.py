"""Tasks fired, rescheduled and kept to one runner."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from ressort.batch import ShedLockProvider, shedlock_table
from ressort.clock import FixedClock, SystemClock
from ressort.data import Database
from ressort.observability.metrics import MeterRegistry
from ressort.scheduling import (
    CronError,
    InMemoryLockProvider,
    LockProvider,
    Scheduler,
    UnknownTaskError,
)

NEVER = "0 0 0 1 1 *"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


@pytest.fixture(params=["memory", "shedlock"])
def locks(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[LockProvider]:
    if request.param == "memory":
        yield InMemoryLockProvider(clock)
        return
    database = Database.open(f"sqlite:///{tmp_path}/locks.db")
    with database.transaction() as connection:
        shedlock_table(MetaData()).create(connection)
    yield ShedLockProvider(database, clock)
    database.close()


def test_lock_has_one_holder(locks: LockProvider, clock: FixedClock) -> None:
    """The second taker gets nothing until the release, and then only after the least holding time."""
    release = locks.take("relance", 600, 5)
    assert release is not None
    assert locks.take("relance", 600, 5) is None

    release()

    assert locks.take("relance", 600, 5) is None
    clock.advance(timedelta(seconds=5))
    assert locks.take("relance", 600, 5) is not None


def test_lock_of_a_dead_holder_ends(locks: LockProvider, clock: FixedClock) -> None:
    """Without a release the lock lasts at most its time."""
    locks.take("relance", 600, 5)
    clock.advance(timedelta(seconds=600))

    assert locks.take("relance", 600, 5) is not None


def test_two_instances_fire_once(locks: LockProvider, clock: FixedClock) -> None:
    """Two processes' schedulers on one lock: one runs the task."""
    runs: list[str] = []
    for name in ("a", "b"):
        scheduler = Scheduler(clock, locks=locks)
        scheduler.cron("relance", NEVER, "UTC", lambda name=name: runs.append(name))  # type: ignore[misc]
        scheduler.run_now("relance")

    assert runs == ["a"]


def test_cron_fires(clock: FixedClock) -> None:
    """A task of every second runs once started."""
    fired = threading.Event()
    scheduler = Scheduler(SystemClock())
    scheduler.cron("tick", "* * * * * *", "Europe/Paris", fired.set)
    scheduler.start()
    try:
        assert fired.wait(10)
    finally:
        scheduler.stop()


def test_cron_fires_on_the_shifted_clock() -> None:
    """With the application's clock moved to a New Year's Eve, the yearly task is due within seconds."""
    fired = threading.Event()
    wanted = datetime(2029, 12, 31, 23, 59, 58, tzinfo=UTC)
    scheduler = Scheduler(SystemClock(wanted - datetime.now(UTC)))
    scheduler.cron("new-year", "@yearly", "UTC", fired.set)
    scheduler.start()
    try:
        assert fired.wait(20)
    finally:
        scheduler.stop()


def test_reschedule_while_running() -> None:
    """A task that would never fire does once its expression is changed."""
    fired = threading.Event()
    scheduler = Scheduler(SystemClock())
    scheduler.cron("relance", "-", "UTC", fired.set)
    scheduler.start()
    try:
        assert scheduler.task("relance").next_fire is None
        scheduler.reschedule("relance", "* * * * * *", "Europe/Paris")
        assert fired.wait(10)
    finally:
        scheduler.stop()


def test_wrong_expression_leaves_the_task_as_it_was(clock: FixedClock) -> None:
    """A typing error in the central configuration does not stop the reminders."""
    scheduler = Scheduler(clock)
    scheduler.cron("relance", "0 0 9 * * MON-FRI", "Europe/Paris", lambda: None)

    with pytest.raises(CronError):
        scheduler.reschedule("relance", "9 heures", "Europe/Paris")

    task = scheduler.task("relance")
    assert (task.cron, task.next_fire) == ("0 0 9 * * MON-FRI", datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def test_failing_task_is_recorded(clock: FixedClock) -> None:
    """The error is kept, counted, and does not reach the caller."""

    def fail() -> None:
        raise OSError("no network")

    metrics = MeterRegistry()
    scheduler = Scheduler(clock, metrics=metrics)
    scheduler.cron("relance", NEVER, "UTC", fail)

    scheduler.run_now("relance")

    last = scheduler.task("relance").last_run
    assert last is not None
    assert (last.status, last.error) == ("ERROR", "OSError('no network')")
    assert 'exception="OSError"' in metrics.scrape()


def test_fixed_delay_runs_again() -> None:
    """The next run is counted from the end of the last."""
    runs: list[int] = []
    twice = threading.Event()

    def task() -> None:
        runs.append(1)
        if len(runs) == 2:
            twice.set()

    scheduler = Scheduler(SystemClock())
    scheduler.fixed_delay("poll", 0.01, task)
    scheduler.start()
    try:
        assert twice.wait(10)
    finally:
        scheduler.stop()


def test_unknown_task(clock: FixedClock) -> None:
    """Nobody declared it."""
    with pytest.raises(UnknownTaskError):
        Scheduler(clock).reschedule("rien", NEVER, "UTC")
