"""A job repository in memory: for tests and for jobs whose history need not outlive the process."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from ressort.batch.errors import (
    JobExecutionNotRunningError,
    JobExecutionStateError,
    NoSuchJobExecutionError,
    OptimisticLockError,
)
from ressort.batch.model import (
    ExecutionContext,
    JobExecution,
    JobInstance,
    Reject,
    RunnerMark,
    StepExecution,
)
from ressort.batch.parameters import JobParameters
from ressort.batch.repository import Guard, check_launch
from ressort.batch.status import BatchStatus, ExitStatus
from ressort.clock import Clock, SystemClock


class InMemoryJobRepository:
    """Rows in dictionaries, copied in and out; a transaction is a snapshot put back on error."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._lock = threading.RLock()
        self._instances: dict[tuple[str, str], JobInstance] = {}
        self._executions: dict[int, JobExecution] = {}
        self._runners: dict[int, RunnerMark] = {}
        self._rejects: dict[tuple[int, str, int], Reject] = {}
        self._last_step_id = 0
        self._depth = 0
        self._callbacks: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Holds the repository until the block ends; puts everything back when it fails."""
        with self._lock:
            kept = copy.deepcopy((self._instances, self._executions, self._runners, self._rejects))
            self._depth += 1
            try:
                yield
            except BaseException:
                self._instances, self._executions, self._runners, self._rejects = kept
                self._callbacks.clear()
                raise
            finally:
                self._depth -= 1
            due = [] if self._depth else self._callbacks
            if due:
                self._callbacks = []
        for callback in due:
            callback()

    def after_commit(self, callback: Callable[[], None]) -> None:
        """See `JobRepository`."""
        with self.transaction():
            self._callbacks.append(callback)

    def create_job_execution(
        self,
        job_name: str,
        parameters: JobParameters,
        *,
        restartable: bool = True,
        guard: Guard | None = None,
    ) -> JobExecution:
        """See `JobRepository`."""
        with self.transaction():
            key = (job_name, parameters.key())
            instance = self._instances.get(key) or JobInstance(len(self._instances) + 1, *key)
            last = check_launch(instance, self.instance_executions(instance.id), restartable)
            if guard is not None:
                guard()
            self._instances[key] = instance
            context = ExecutionContext(last.context.as_dict() if last else None)
            execution = JobExecution(
                len(self._executions) + 1, instance, parameters, self._clock.now(), context=context
            )
            self._executions[execution.id] = copy.deepcopy(execution)
            return execution

    def update_job_execution(self, execution: JobExecution) -> None:
        """See `JobRepository`."""
        with self._lock:
            self.refresh_status(execution)
            kept = self._executions[execution.id]
            execution.version += 1
            execution.last_updated = self._clock.now()
            self._executions[execution.id] = replace(copy.deepcopy(execution), steps=kept.steps)

    def refresh_status(self, execution: JobExecution) -> BatchStatus:
        """See `JobRepository`."""
        with self._lock:
            kept = self._stored(execution.id)
            if kept.version != execution.version:
                if kept.status is not BatchStatus.STOPPING:
                    raise OptimisticLockError(f"execution {execution.id} was ended by another process")
                execution.version = kept.version
                if execution.status.running:
                    execution.status = BatchStatus.STOPPING
            return kept.status

    def request_stop(self, execution_id: int) -> None:
        """See `JobRepository`."""
        with self._lock:
            kept = self._stored(execution_id)
            if not kept.running:
                raise JobExecutionNotRunningError(f"execution {execution_id} is {kept.status}")
            if kept.status is not BatchStatus.STOPPING:
                kept.status = BatchStatus.STOPPING
                kept.version += 1

    def end_crashed(self, execution_id: int, now: datetime, reason: str) -> bool:
        """See `JobRepository`."""
        with self._lock:
            kept = self._stored(execution_id)
            if not kept.running:
                return False
            ended: list[JobExecution | StepExecution] = [*kept.steps, kept]
            for row in ended:
                if row.end_time is None:
                    row.status, row.end_time = BatchStatus.FAILED, now
                    row.exit_status = ExitStatus("FAILED", reason)
                    row.version += 1
            kept.context["batch.recovered"] = True
            return True

    def abandon(self, execution_id: int, now: datetime) -> None:
        """See `JobRepository`."""
        with self._lock:
            kept = self._stored(execution_id)
            if kept.running or kept.status is BatchStatus.COMPLETED:
                raise JobExecutionStateError(f"execution {execution_id} is {kept.status}")
            kept.status, kept.version, kept.last_updated = BatchStatus.ABANDONED, kept.version + 1, now

    def add_step_execution(
        self, execution: JobExecution, step_name: str, context: ExecutionContext
    ) -> StepExecution:
        """See `JobRepository`."""
        with self._lock:
            self._last_step_id += 1
            step = StepExecution(
                self._last_step_id, step_name, execution.id, self._clock.now(), context=context
            )
            self._stored(execution.id).steps.append(copy.deepcopy(step))
            execution.steps.append(step)
            return step

    def update_step_execution(self, step: StepExecution) -> None:
        """See `JobRepository`."""
        with self._lock:
            steps = self._stored(step.job_execution_id).steps
            place = next(i for i, kept in enumerate(steps) if kept.id == step.id)
            if steps[place].version != step.version:
                raise OptimisticLockError(f"step execution {step.id} was ended by another process")
            step.version += 1
            step.last_updated = self._clock.now()
            steps[place] = copy.deepcopy(step)

    def job_execution(self, execution_id: int) -> JobExecution:
        """See `JobRepository`."""
        with self._lock:
            return copy.deepcopy(self._stored(execution_id))

    def job_executions(
        self, job_name: str, limit: int = 50, before_id: int | None = None
    ) -> list[JobExecution]:
        """See `JobRepository`."""
        found = [e for e in self._all(job_name) if before_id is None or e.id < before_id]
        return found[::-1][:limit]

    def instance_executions(self, instance_id: int) -> list[JobExecution]:
        """See `JobRepository`."""
        return [e for e in self._all() if e.instance.id == instance_id]

    def latest_of_instances(self, job_name: str) -> list[JobExecution]:
        """See `JobRepository`."""
        latest = {e.instance.id: e for e in self._all(job_name)}
        return sorted(latest.values(), key=lambda e: -e.id)

    def running_executions(self, job_name: str | None = None) -> list[JobExecution]:
        """See `JobRepository`."""
        return [e for e in self._all(job_name) if e.running]

    def count_executions(self, job_name: str) -> int:
        """See `JobRepository`."""
        return len(self._all(job_name))

    def mark_runner(self, mark: RunnerMark) -> None:
        """See `JobRepository`."""
        with self._lock:
            self._runners[mark.job_execution_id] = mark

    def heartbeat(self, execution_ids: Sequence[int], now: datetime) -> None:
        """See `JobRepository`."""
        with self._lock:
            for execution_id in execution_ids:
                if execution_id in self._runners:
                    self._runners[execution_id] = replace(self._runners[execution_id], heartbeat_at=now)

    def runner(self, execution_id: int) -> RunnerMark | None:
        """See `JobRepository`."""
        with self._lock:
            return self._runners.get(execution_id)

    def add_rejects(self, rejects: Sequence[Reject]) -> None:
        """See `JobRepository`."""
        with self._lock:
            for reject in rejects:
                key = (reject.job_instance_id, reject.step_name, reject.position)
                self._rejects.setdefault(key, reject)

    def rejects(self, instance_id: int, limit: int = 1000, after: int = 0) -> list[Reject]:
        """See `JobRepository`."""
        with self._lock:
            found = [r for r in self._rejects.values() if r.job_instance_id == instance_id]
        found.sort(key=lambda r: (r.position, r.step_name, r.code))
        return found[after : after + limit]

    def count_rejects(self, instance_id: int) -> int:
        """See `JobRepository`."""
        with self._lock:
            return sum(r.job_instance_id == instance_id for r in self._rejects.values())

    def _all(self, job_name: str | None = None) -> list[JobExecution]:
        with self._lock:
            wanted = (
                e for e in self._executions.values() if job_name is None or e.instance.job_name == job_name
            )
            return copy.deepcopy(sorted(wanted, key=lambda e: e.id))

    def _stored(self, execution_id: int) -> JobExecution:
        try:
            return self._executions[execution_id]
        except KeyError:
            raise NoSuchJobExecutionError(execution_id) from None
