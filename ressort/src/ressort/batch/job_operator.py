"""Launch, restart, stop, abandon and recover jobs; runs them in threads of this process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from ressort.batch.errors import JobExecutionStateError, NoSuchJobError
from ressort.batch.metrics import BatchMetrics
from ressort.batch.model import JobExecution
from ressort.batch.options import BatchOptions
from ressort.batch.parameters import JobParameters
from ressort.batch.recovery import own_mark, recover_crashed
from ressort.batch.repository import Guard, JobRepository
from ressort.batch.runner import run_job
from ressort.batch.step import Job
from ressort.clock import Clock
from ressort.errors import RessortError
from ressort.observability import tracing
from ressort.observability.metrics import MeterRegistry

logger = logging.getLogger(__name__)


class JobOperator:
    """The jobs of one process.

    Each execution runs in a thread of its own; a heartbeat thread exists while any runs. Nothing starts
    before the first launch, so an operator made in a parent survives fork().
    """

    def __init__(
        self,
        repository: JobRepository,
        jobs: Iterable[Job],
        clock: Clock,
        metrics: MeterRegistry | None = None,
        options: BatchOptions | None = None,
    ) -> None:
        self._repository = repository
        self._jobs = {job.name: job for job in jobs}
        self._clock = clock
        self._metrics = BatchMetrics(metrics)
        self._options = options or BatchOptions()
        self._threads: dict[int, threading.Thread] = {}
        self._changed = threading.Condition()
        self._heart: threading.Thread | None = None
        self._closing = False

    @property
    def job_names(self) -> list[str]:
        """Sorted."""
        return sorted(self._jobs)

    @property
    def closing(self) -> bool:
        """Whether `close` was called: runs that stop now stop because the process does."""
        return self._closing

    def job(self, name: str) -> Job:
        """The job of that name. NoSuchJobError."""
        try:
            return self._jobs[name]
        except KeyError:
            raise NoSuchJobError(name) from None

    def start(self, job_name: str, parameters: JobParameters, guard: Guard | None = None) -> JobExecution:
        """Launch; the run begins once the transaction open here, if any, has committed.

        `guard` is called inside the launching transaction after Spring's rules; what it raises stops it.

        Raises:
            NoSuchJobError, JobExecutionAlreadyRunningError, JobInstanceAlreadyCompleteError, JobRestartError.
        """
        job = self.job(job_name)
        self.recover(job_name)
        with self._repository.transaction():
            execution = self._repository.create_job_execution(
                job_name, parameters, restartable=job.restartable, guard=guard
            )
            trace = tracing.current() or tracing.start()
            self._repository.mark_runner(own_mark(execution, self._clock, trace.trace_id))
            self._repository.after_commit(lambda: self._launch(job, execution, trace.child()))
        self._metrics.launched(job_name)
        return execution

    def restart(self, execution_id: int, guard: Guard | None = None) -> JobExecution:
        """Launch again with the parameters of an execution that failed or was stopped.

        Raises:
            NoSuchJobExecutionError, JobExecutionStateError (a later attempt exists) and those of `start`.
        """
        execution = self._repository.job_execution(execution_id)
        self.recover(execution.instance.job_name)
        attempts = self._repository.instance_executions(execution.instance.id)
        if attempts[-1].id != execution_id:
            raise JobExecutionStateError(
                f"execution {execution_id} is not the last of its instance: restart {attempts[-1].id}"
            )
        return self.start(execution.instance.job_name, execution.parameters, guard)

    def stop(self, execution_id: int) -> JobExecution:
        """Ask an execution to stop at its next chunk, in whatever process it runs.

        Raises:
            NoSuchJobExecutionError, JobExecutionNotRunningError.
        """
        self.recover(self._repository.job_execution(execution_id).instance.job_name)
        self._repository.request_stop(execution_id)
        return self._repository.job_execution(execution_id)

    def abandon(self, execution_id: int) -> JobExecution:
        """Never restart an execution that failed or was stopped. JobExecutionStateError."""
        self._repository.abandon(execution_id, self._clock.now())
        return self._repository.job_execution(execution_id)

    def recover(self, job_name: str | None = None) -> list[int]:
        """End executions whose process is gone; see `recover_crashed`."""
        recovered = recover_crashed(self._repository, self._clock, self._options, job_name)
        if recovered:
            logger.warning("executions of crashed processes are FAILED now, restart them: %s", recovered)
        return recovered

    def wait(self, execution_id: int, timeout_s: float | None = None) -> JobExecution:
        """The execution once this process has ended running it, or as it is after `timeout_s`."""
        with self._changed:
            self._changed.wait_for(lambda: execution_id not in self._threads, timeout_s)
        return self._repository.job_execution(execution_id)

    def close(self, timeout_s: float) -> bool:
        """Stop own runs at the next chunk, begin no new one; False when some still ran at the time-out."""
        with self._changed:
            self._closing = True
            mine = list(self._threads)
        for execution_id in mine:
            self._stop_quietly(execution_id)
        with self._changed:
            return self._changed.wait_for(lambda: not self._threads, timeout_s)

    def _stop_quietly(self, execution_id: int) -> None:
        try:
            self._repository.request_stop(execution_id)
        except RessortError as error:
            logger.info("execution %d needs no stop: %s", execution_id, error)

    def _launch(self, job: Job, execution: JobExecution, trace: tracing.TraceContext) -> None:
        thread = threading.Thread(
            target=self._run, args=(job, execution, trace), name=f"{job.name}-{execution.id}", daemon=True
        )
        with self._changed:
            self._threads[execution.id] = thread
            if self._heart is None:
                self._heart = threading.Thread(target=self._beat, name="batch-heartbeat", daemon=True)
                self._heart.start()
        thread.start()
        if self._closing:
            self._stop_quietly(execution.id)

    def _run(self, job: Job, execution: JobExecution, trace: tracing.TraceContext) -> None:
        try:
            with tracing.scope(trace):
                run_job(job, execution, self._repository, self._clock, self._metrics)
        except Exception:
            logger.exception("the outcome of execution %d could not be written", execution.id)
        finally:
            with self._changed:
                del self._threads[execution.id]
                self._changed.notify_all()

    def _beat(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: not self._threads, self._options.heartbeat_s)
                if not self._threads:
                    self._heart = None
                    return
                mine = list(self._threads)
            try:
                self._repository.heartbeat(mine, self._clock.now())
            except Exception:
                logger.warning("heartbeat of executions %s failed", mine, exc_info=True)
