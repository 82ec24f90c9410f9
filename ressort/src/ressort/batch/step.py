"""What a job is made of: steps, and the scope in which one of them runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ressort.batch.listeners import BatchListener
from ressort.batch.metrics import BatchMetrics
from ressort.batch.model import JobExecution, StepExecution
from ressort.batch.repository import JobRepository
from ressort.batch.status import COMPLETED, BatchStatus, ExitStatus
from ressort.clock import Clock


class StopRequestedError(Exception):
    """Raised inside a step at a chunk boundary when somebody asked the execution to stop."""


@dataclass
class StepScope:
    """Everything a running step may use."""

    job: JobExecution
    step: StepExecution
    repository: JobRepository
    clock: Clock
    metrics: BatchMetrics
    listeners: tuple[BatchListener, ...] = ()

    def check_stop(self) -> None:
        """To be called between units of work.

        Raises:
            StopRequestedError: a stop was asked for, here or from another process.
            OptimisticLockError: another process declared this execution dead and ended it.
        """
        if self.repository.refresh_status(self.job) is BatchStatus.STOPPING:
            raise StopRequestedError


class Step(Protocol):
    """One phase of a job."""

    @property
    def name(self) -> str:
        """Unique in its job, at most 100 characters, stable: restart finds the step by it."""

    @property
    def allow_start_if_complete(self) -> bool:
        """Run again on restart although an earlier attempt completed."""

    @property
    def start_limit(self) -> int:
        """How many attempts one instance may make."""

    def run(self, scope: StepScope) -> ExitStatus:
        """Do the work; counters and context are written to `scope.step` and through the repository."""


@dataclass(frozen=True)
class TaskletStep:
    """A step that is one function call; what it leaves in the context is kept with the step.

    The function may return an exit status; None means COMPLETED.
    """

    name: str
    task: Callable[[StepScope], ExitStatus | None]
    allow_start_if_complete: bool = False
    start_limit: int = 1_000_000

    def run(self, scope: StepScope) -> ExitStatus:
        """Call the function, then write the step once."""
        scope.check_stop()
        status = self.task(scope) or COMPLETED
        scope.step.commit_count += 1
        scope.repository.update_step_execution(scope.step)
        return status


StepFactory = Callable[[JobExecution], "list[Step]"]
Validator = Callable[..., None]


@dataclass(frozen=True)
class Job:
    """A named sequence of steps.

    `steps` is called at each execution, so that readers, dates and settings are those of that execution and
    never those of the day the process started.
    """

    name: str
    steps: StepFactory
    restartable: bool = True
    listeners: tuple[BatchListener, ...] = field(default=())
