"""Runs one execution: its steps in order, each by Spring Batch's restart rules."""

from __future__ import annotations

import logging
import time

from ressort.batch.errors import JobRestartError, OptimisticLockError, StartLimitExceededError
from ressort.batch.metrics import BatchMetrics
from ressort.batch.model import ExecutionContext, JobExecution, StepExecution
from ressort.batch.repository import JobRepository, count_step_starts, last_step_execution
from ressort.batch.status import COMPLETED, NOOP, STOPPED, BatchStatus, ExitStatus, failed
from ressort.batch.step import Job, Step, StepScope, StopRequestedError
from ressort.clock import Clock

logger = logging.getLogger(__name__)


def run_job(
    job: Job, execution: JobExecution, repository: JobRepository, clock: Clock, metrics: BatchMetrics
) -> None:
    """Run to the end and write the outcome; raises nothing but what makes writing it impossible."""
    started = time.perf_counter()
    metrics.started(job.name)
    try:
        _Run(job, execution, repository, clock, metrics).run()
    except OptimisticLockError:
        logger.error(
            "execution %d of job %s was ended by another process: left as it is", execution.id, job.name
        )
    finally:
        metrics.ended(job.name, execution.exit_status.code, time.perf_counter() - started)


class _Run:
    def __init__(
        self,
        job: Job,
        execution: JobExecution,
        repository: JobRepository,
        clock: Clock,
        metrics: BatchMetrics,
    ) -> None:
        self._job = job
        self._execution = execution
        self._repository = repository
        self._clock = clock
        self._metrics = metrics

    def run(self) -> None:
        execution = self._execution
        execution.start_time = self._clock.now()
        if execution.status is not BatchStatus.STOPPING:
            execution.status = BatchStatus.STARTED
        self._repository.update_job_execution(execution)
        logger.info(
            "job %s: execution %d started with %s", self._job.name, execution.id, execution.parameters
        )
        try:
            for listener in self._job.listeners:
                listener.before_job(execution)
            self._end(BatchStatus.COMPLETED, self._run_steps())
        except StopRequestedError:
            self._end(BatchStatus.STOPPED, STOPPED)
        except OptimisticLockError:
            raise
        except Exception as error:
            logger.exception("job %s: execution %d failed", self._job.name, execution.id)
            self._end(BatchStatus.FAILED, failed(error))

    def _end(self, status: BatchStatus, exit_status: ExitStatus) -> None:
        execution = self._execution
        execution.status, execution.exit_status = status, exit_status
        execution.end_time = self._clock.now()
        for listener in self._job.listeners:
            listener.after_job(execution)
        self._repository.update_job_execution(execution)
        logger.info("job %s: execution %d ended %s", self._job.name, execution.id, status)

    def _run_steps(self) -> ExitStatus:
        outcome = None
        for step in self._job.steps(self._execution):
            status = self._run_step(step)
            if status is not None:
                outcome = status
        return outcome or NOOP

    def _run_step(self, step: Step) -> ExitStatus | None:
        """None when an earlier attempt settled the step."""
        earlier = self._repository.instance_executions(self._execution.instance.id)
        last = last_step_execution(earlier, step.name)
        if last is not None and not self._to_run(step, last):
            return None
        if count_step_starts(earlier, step.name) >= step.start_limit:
            raise StartLimitExceededError(f"step '{step.name}' was started {step.start_limit} times already")
        again = last is not None and last.status is not BatchStatus.COMPLETED
        context = ExecutionContext(last.context.as_dict() if again and last else None)
        row = self._repository.add_step_execution(self._execution, step.name, context)
        return self._attempt(step, row)

    @staticmethod
    def _to_run(step: Step, last: StepExecution) -> bool:
        if last.status is BatchStatus.UNKNOWN:
            raise JobRestartError(f"step '{step.name}' ended in an unknown state: settle it by hand first")
        if last.status is BatchStatus.COMPLETED:
            return step.allow_start_if_complete
        return last.status is not BatchStatus.ABANDONED

    def _attempt(self, step: Step, row: StepExecution) -> ExitStatus:
        scope = StepScope(
            self._execution, row, self._repository, self._clock, self._metrics, self._job.listeners
        )
        row.start_time, row.status = self._clock.now(), BatchStatus.STARTED
        self._repository.update_step_execution(row)
        started = time.perf_counter()
        try:
            for listener in self._job.listeners:
                listener.before_step(row)
            exit_status = step.run(scope)
            self._end_step(row, BatchStatus.COMPLETED, exit_status)
        except StopRequestedError:
            self._end_step(row, BatchStatus.STOPPED, STOPPED)
            raise
        except OptimisticLockError:
            raise
        except Exception as error:
            self._end_step(row, BatchStatus.FAILED, failed(error))
            raise
        finally:
            seconds = time.perf_counter() - started
            self._metrics.step(self._job.name, step.name, row.exit_status.code, seconds)
        return row.exit_status or COMPLETED

    def _end_step(self, row: StepExecution, status: BatchStatus, exit_status: ExitStatus) -> None:
        row.status, row.exit_status, row.end_time = status, exit_status, self._clock.now()
        for listener in self._job.listeners:
            row.exit_status = listener.after_step(row) or row.exit_status
        self._repository.update_step_execution(row)
        self._repository.update_job_execution(self._execution)
