"""What the runner asks of a store of executions; the launch and restart rules every store applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from ressort.batch.errors import (
    JobExecutionAlreadyRunningError,
    JobInstanceAlreadyCompleteError,
    JobRestartError,
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
from ressort.batch.status import BatchStatus

Guard = Callable[[], None]


class JobRepository(Protocol):
    """Keeps instances, executions, steps, contexts, rejects and runner marks.

    Every write outside `transaction()` is a transaction of its own; inside it, all of them and the business
    writes of the same database are one.
    """

    def transaction(self) -> AbstractContextManager[Any]:
        """One unit of work; an exception leaves nothing of it."""

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run `callback` once the unit of work open here has committed, or at once outside of one."""

    def create_job_execution(
        self,
        job_name: str,
        parameters: JobParameters,
        *,
        restartable: bool = True,
        guard: Guard | None = None,
    ) -> JobExecution:
        """A new STARTING execution, by the launch rules of `check_launch`, atomically.

        Two processes racing on one instance: exactly one gets an execution. `guard` is called inside the
        transaction, after the rules; what it raises leaves nothing written.
        """

    def update_job_execution(self, execution: JobExecution) -> None:
        """Write status, times, exit and context. OptimisticLockError when another process ended it."""

    def refresh_status(self, execution: JobExecution) -> BatchStatus:
        """Take over a stop asked from elsewhere. OptimisticLockError when another process ended it."""

    def request_stop(self, execution_id: int) -> None:
        """Flag a running execution STOPPING. JobExecutionNotRunningError when it has ended."""

    def end_crashed(self, execution_id: int, now: datetime, reason: str) -> bool:
        """FAILED with an end time, for the execution and its running steps; False when it had ended."""

    def abandon(self, execution_id: int, now: datetime) -> None:
        """ABANDONED: never to be restarted. JobExecutionStateError while it runs or when COMPLETED."""

    def add_step_execution(
        self, execution: JobExecution, step_name: str, context: ExecutionContext
    ) -> StepExecution:
        """A new STARTING step execution."""

    def update_step_execution(self, step: StepExecution) -> None:
        """Write counters, status and context. OptimisticLockError when another process ended it."""

    def job_execution(self, execution_id: int) -> JobExecution:
        """One execution with its steps. NoSuchJobExecutionError."""

    def job_executions(
        self, job_name: str, limit: int = 50, before_id: int | None = None
    ) -> list[JobExecution]:
        """Newest first, with their steps."""

    def instance_executions(self, instance_id: int) -> list[JobExecution]:
        """All attempts at one instance, oldest first, with their steps."""

    def latest_of_instances(self, job_name: str) -> list[JobExecution]:
        """The last execution of every instance of a job, newest first."""

    def running_executions(self, job_name: str | None = None) -> list[JobExecution]:
        """Executions that have not ended, oldest first."""

    def count_executions(self, job_name: str) -> int:
        """How many executions the job has had."""

    def mark_runner(self, mark: RunnerMark) -> None:
        """Say which process runs an execution."""

    def heartbeat(self, execution_ids: Sequence[int], now: datetime) -> None:
        """Say that these executions are still being run."""

    def runner(self, execution_id: int) -> RunnerMark | None:
        """Which process runs it, when known."""

    def add_rejects(self, rejects: Sequence[Reject]) -> None:
        """Record bad items; the same (instance, step, position) again changes nothing."""

    def rejects(self, instance_id: int, limit: int = 1000, after: int = 0) -> list[Reject]:
        """Rejects of an instance by step and position, skipping the first `after`."""

    def count_rejects(self, instance_id: int) -> int:
        """How many rejects an instance has."""


def check_launch(
    instance: JobInstance, executions: Sequence[JobExecution], restartable: bool
) -> JobExecution | None:
    """Spring Batch's launch rules (5.3 of its restart model) over the earlier attempts, oldest first.

    Returns:
        The execution whose context the new one inherits, or None for a first attempt.

    Raises:
        JobExecutionAlreadyRunningError, JobRestartError, JobInstanceAlreadyCompleteError.
    """
    if executions and not restartable:
        raise JobRestartError(f"job '{instance.job_name}' cannot be restarted")
    for execution in executions:
        _check_attempt(instance, execution)
    return executions[-1] if executions else None


def _check_attempt(instance: JobInstance, execution: JobExecution) -> None:
    if execution.running:
        raise JobExecutionAlreadyRunningError(instance.job_name, execution.id)
    if execution.status is BatchStatus.UNKNOWN:
        raise JobRestartError(f"execution {execution.id} ended in an unknown state: settle it by hand first")
    if execution.status in (BatchStatus.COMPLETED, BatchStatus.ABANDONED):
        raise JobInstanceAlreadyCompleteError(instance.job_name, execution.id, execution.status)


def last_step_execution(executions: Sequence[JobExecution], step_name: str) -> StepExecution | None:
    """The most recent attempt at a step over all attempts at its instance (oldest first)."""
    steps = [step for execution in executions for step in execution.steps if step.step_name == step_name]
    return steps[-1] if steps else None


def count_step_starts(executions: Sequence[JobExecution], step_name: str) -> int:
    """How often a step of this instance was started."""
    return sum(step.step_name == step_name for execution in executions for step in execution.steps)
