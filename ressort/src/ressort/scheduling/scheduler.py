"""Named tasks fired by cron or after fixed delays, on APScheduler with a memory job store."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ressort.clock import Clock, SystemClock
from ressort.observability.metrics import MeterRegistry
from ressort.scheduling.cron import CronExpression, zone_of
from ressort.scheduling.errors import UnknownTaskError
from ressort.scheduling.lock import LockProvider
from ressort.scheduling.options import SchedulingOptions

logger = logging.getLogger(__name__)
Task = Callable[[], None]


@dataclass(frozen=True)
class LastRun:
    """How the last firing of a task in this process went: STARTED, SUCCESS, ERROR or MISSED."""

    status: str
    at: datetime
    error: str | None = None


@dataclass(frozen=True)
class ScheduledTask:
    """One task as it is scheduled now; `cron` is None for a fixed delay, `next_fire` is in UTC."""

    name: str
    cron: str | None
    zone: str
    delay_s: float | None
    next_fire: datetime | None
    last_run: LastRun | None


@dataclass
class _Entry:
    name: str
    task: Task
    expression: CronExpression | None
    zone: str
    delay_s: float | None
    single_runner: bool
    initial_delay_s: float = 0.0
    last_run: LastRun | None = None


class Scheduler:
    """Tasks may be declared before or after `start`; threads exist only between `start` and `stop`.

    With a lock provider, a cron task declared `single_runner` runs in one process per firing. A task never
    overlaps itself in this process. Firing times missed by less than the grace are made up once.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        options: SchedulingOptions | None = None,
        locks: LockProvider | None = None,
        metrics: MeterRegistry | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._options = options or SchedulingOptions()
        self._locks = locks
        self._metrics = metrics
        self._entries: dict[str, _Entry] = {}
        self._engine: Any = None
        self._guard = threading.RLock()

    def use_locks(self, locks: LockProvider) -> None:
        """Give the lock provider once the database is known."""
        self._locks = locks

    def cron(
        self, name: str, expression: str, zone: str, task: Task, *, single_runner: bool = True
    ) -> ScheduledTask:
        """Declare a task fired by a Spring cron expression in an IANA zone. Raises CronError, ZoneError."""
        return self._declare(
            _Entry(name, task, CronExpression(expression), zone_of(zone).key, None, single_runner)
        )

    def fixed_delay(
        self, name: str, delay_s: float, task: Task, *, initial_delay_s: float | None = None
    ) -> ScheduledTask:
        """Declare a task run again `delay_s` after the end of its last run, in every process."""
        first = delay_s if initial_delay_s is None else initial_delay_s
        return self._declare(_Entry(name, task, None, "UTC", delay_s, False, first))

    def reschedule(self, name: str, expression: str, zone: str) -> ScheduledTask:
        """Change a cron task at run time; a run going on is not touched.

        Raises:
            UnknownTaskError, CronError, ZoneError: and the task stays as it was.
        """
        with self._guard:
            entry = self._entry(name)
            return self._declare(
                replace(entry, expression=CronExpression(expression), zone=zone_of(zone).key)
            )

    def remove(self, name: str) -> None:
        """Forget a task. UnknownTaskError."""
        with self._guard:
            self._entry(name)
            del self._entries[name]
            if self._engine is not None and self._engine.get_job(name) is not None:
                self._engine.remove_job(name)

    def tasks(self) -> list[ScheduledTask]:
        """All tasks by name, with their next firing."""
        with self._guard:
            return [self._shown(entry) for _, entry in sorted(self._entries.items())]

    def task(self, name: str) -> ScheduledTask:
        """One task. UnknownTaskError."""
        with self._guard:
            return self._shown(self._entry(name))

    def run_now(self, name: str) -> None:
        """Run a task in this thread, by the same lock and records as a firing. UnknownTaskError."""
        self._fire(self._entry(name).name)

    def start(self) -> None:
        """Begin to fire."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        with self._guard:
            if self._engine is not None or not self._options.enabled:
                return
            self._engine = BackgroundScheduler(
                timezone=UTC,
                executors={"default": ThreadPoolExecutor(self._options.pool_size)},
                job_defaults={
                    "coalesce": True,
                    "max_instances": 1,
                    "misfire_grace_time": max(1, int(self._options.misfire_grace_s)),
                },
            )
            self._listen(self._engine)
            for entry in self._entries.values():
                self._arm(entry)
            self._engine.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """No new firing; wait at most `timeout_s` for runs going on."""
        with self._guard:
            engine, self._engine = self._engine, None
        if engine is None:
            return
        waiter = threading.Thread(
            target=engine.shutdown, kwargs={"wait": True}, name="scheduler-stop", daemon=True
        )
        waiter.start()
        waiter.join(timeout_s)

    # inside -------------------------------------------------------------------------------------

    def _declare(self, entry: _Entry) -> ScheduledTask:
        with self._guard:
            self._entries[entry.name] = entry
            if self._engine is not None:
                self._arm(entry)
            shown = self._shown(entry)
        logger.info(
            "task %s: %s, zone %s, next %s",
            entry.name,
            shown.cron or f"every {entry.delay_s} s",
            entry.zone,
            shown.next_fire,
        )
        return shown

    def _arm(self, entry: _Entry) -> None:
        if entry.expression is None:
            self._arm_delay(entry, entry.initial_delay_s)
            return
        from ressort.scheduling._trigger import CronTrigger

        trigger = CronTrigger(entry.expression, zone_of(entry.zone), self._clock)
        if trigger.get_next_fire_time(None, datetime.now(UTC)) is None:
            if self._engine.get_job(entry.name) is not None:
                self._engine.remove_job(entry.name)
            return
        self._engine.add_job(
            self._fire, trigger, args=(entry.name,), id=entry.name, name=entry.name, replace_existing=True
        )

    def _arm_delay(self, entry: _Entry, delay_s: float) -> None:
        self._engine.add_job(
            self._fire_and_rearm,
            "date",
            run_date=datetime.now(UTC) + timedelta(seconds=delay_s),
            args=(entry.name,),
            id=entry.name,
            name=entry.name,
            replace_existing=True,
        )

    def _fire_and_rearm(self, name: str) -> None:
        try:
            self._fire(name)
        finally:
            with self._guard:
                entry = self._entries.get(name)
                if self._engine is not None and entry is not None and entry.delay_s is not None:
                    self._arm_delay(entry, entry.delay_s)

    def _fire(self, name: str) -> None:
        entry = self._entry(name)
        release = self._take_lock(entry)
        if release is None:
            logger.info("task %s: this firing is another instance's", name)
            return
        started = time.perf_counter()
        self._note(name, LastRun("STARTED", self._clock.now()))
        error: Exception | None = None
        try:
            entry.task()
        except Exception as caught:
            error = caught
            logger.exception("task %s failed", name)
        finally:
            release()
        outcome = LastRun("ERROR" if error else "SUCCESS", self._clock.now(), repr(error) if error else None)
        self._note(name, outcome)
        self._measure(name, error, time.perf_counter() - started)

    def _take_lock(self, entry: _Entry) -> Callable[[], None] | None:
        if self._locks is None or not entry.single_runner:
            return _nothing
        return self._locks.take(entry.name[:64], self._options.lock_at_most_s, self._options.lock_at_least_s)

    def _note(self, name: str, outcome: LastRun) -> None:
        with self._guard:
            entry = self._entries.get(name)
            if entry is not None:
                entry.last_run = outcome

    def _measure(self, name: str, error: Exception | None, seconds: float) -> None:
        if self._metrics is not None:
            tags = {
                "code.function": name,
                "code.namespace": "scheduled",
                "exception": type(error).__name__ if error else "none",
                "outcome": "ERROR" if error else "SUCCESS",
            }
            self._metrics.timer("tasks.scheduled.execution", "Duration of scheduled tasks", **tags).record(
                seconds
            )

    def _listen(self, engine: Any) -> None:
        from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED

        engine.add_listener(lambda event: self._missed(event.job_id, "too late"), EVENT_JOB_MISSED)
        engine.add_listener(
            lambda event: self._missed(event.job_id, "still running"), EVENT_JOB_MAX_INSTANCES
        )

    def _missed(self, name: str, reason: str) -> None:
        logger.warning("task %s: a firing was missed (%s)", name, reason)
        self._note(name, LastRun("MISSED", self._clock.now(), reason))
        if self._metrics is not None:
            self._metrics.counter(
                "tasks.scheduled.missed",
                "Firings of scheduled tasks that did not run",
                name=name,
                reason=reason,
            ).increment()

    def _entry(self, name: str) -> _Entry:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownTaskError(name) from None

    def _shown(self, entry: _Entry) -> ScheduledTask:
        return ScheduledTask(
            entry.name,
            entry.expression.text if entry.expression else None,
            entry.zone,
            entry.delay_s,
            self._next_fire(entry),
            entry.last_run,
        )

    def _next_fire(self, entry: _Entry) -> datetime | None:
        if entry.expression is not None:
            following = entry.expression.next_after(self._clock.now(), zone_of(entry.zone))
            return None if following is None else following.astimezone(UTC)
        job = self._engine.get_job(entry.name) if self._engine is not None else None
        return job.next_run_time if job is not None else None


def _nothing() -> None:
    """Release of a lock that was not needed."""
