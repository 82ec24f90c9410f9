"""Jobs run by an operator: chunks, skips, restart, stop, recovery."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from ressort.batch import (
    BatchOptions,
    BatchStatus,
    Chunk,
    ChunkStep,
    ExecutionContext,
    Job,
    JobExecution,
    JobInstanceAlreadyCompleteError,
    JobOperator,
    JobParameters,
    JobRepository,
    RejectedItemError,
    RunnerMark,
    Step,
    StepScope,
    TaskletStep,
)
from ressort.clock import FixedClock
from ressort.observability.metrics import MeterRegistry


@dataclass
class Numbers:
    """Reads 1..last; numbers in `bad` are turned down on reading."""

    last: int
    bad: frozenset[int] = frozenset()
    place: int = 0

    def open(self, context: ExecutionContext) -> None:
        self.place = context.get("place", 0)

    def read(self) -> int | None:
        if self.place >= self.last:
            return None
        self.place += 1
        if self.place in self.bad:
            raise RejectedItemError("illisible", f"{self.place} cannot be read", self.place, str(self.place))
        return self.place

    def update(self, context: ExecutionContext) -> None:
        context["place"] = self.place

    def close(self) -> None:
        pass


@dataclass
class Sink:
    """Collects what was written; `before` is called with each chunk first."""

    written: list[int] = field(default_factory=list)
    before: Callable[[Chunk[int]], None] = lambda chunk: None

    def __call__(self, chunk: Chunk[int]) -> None:
        self.before(chunk)
        self.written += [item.value for item in chunk.items if item.position not in chunk.rejected]


def operator(
    repository: JobRepository, clock: FixedClock, *steps: Step, metrics: MeterRegistry | None = None
) -> JobOperator:
    def fresh(_: JobExecution) -> list[Step]:
        return [replace(step) if isinstance(step, ChunkStep) else step for step in steps]

    return JobOperator(repository, [Job("job", fresh)], clock, metrics)


def run(jobs: JobOperator) -> JobExecution:
    return jobs.wait(jobs.start("job", JobParameters()).id, 20)


def identity(value: int) -> int | None:
    return value


def test_chunks_are_counted(repository: JobRepository, clock: FixedClock) -> None:
    """25 items by 10: three commits, everything written, odd numbers filtered."""
    sink = Sink()
    step = ChunkStep("lecture", Numbers(25), lambda n: None if n % 2 else n, sink, chunk_size=10)

    execution = run(operator(repository, clock, step))

    (row,) = execution.steps
    assert execution.status is BatchStatus.COMPLETED
    assert (row.read_count, row.write_count, row.filter_count, row.commit_count) == (25, 12, 13, 3)
    assert sink.written == list(range(2, 26, 2))


def test_failed_step_goes_on_where_it_stopped(repository: JobRepository, clock: FixedClock) -> None:
    """The chunk that failed comes again after a restart; those before it do not."""
    fail = [True]

    def refuse_once(chunk: Chunk[int]) -> None:
        if 15 in chunk.values() and fail:
            fail.clear()
            raise OSError("disk full")

    sink = Sink(before=refuse_once)
    jobs = operator(repository, clock, ChunkStep("lecture", Numbers(25), identity, sink, chunk_size=10))
    first = run(jobs)

    second = jobs.wait(jobs.restart(first.id).id, 20)

    assert (first.status, first.exit_status.message) == (BatchStatus.FAILED, "OSError: disk full")
    assert first.steps[0].rollback_count == 1
    assert second.status is BatchStatus.COMPLETED
    assert sink.written == list(range(1, 26))
    assert second.steps[0].read_count == 15


def test_completed_steps_are_not_run_again(repository: JobRepository, clock: FixedClock) -> None:
    """A restart begins at the step that failed."""
    calls: list[str] = []

    def second(scope: StepScope) -> None:
        calls.append("b")
        if len(calls) == 2:
            raise OSError("once")

    jobs = operator(
        repository, clock, TaskletStep("a", lambda scope: calls.append("a")), TaskletStep("b", second)
    )
    first = run(jobs)
    jobs.wait(jobs.restart(first.id).id, 20)

    assert calls == ["a", "b", "b"]


def test_completed_instance_is_not_launched_again(repository: JobRepository, clock: FixedClock) -> None:
    """Spring Batch 6: even without identifying parameters."""
    jobs = operator(repository, clock, TaskletStep("a", lambda scope: None))
    run(jobs)

    with pytest.raises(JobInstanceAlreadyCompleteError):
        jobs.start("job", JobParameters())


def test_bad_items_are_recorded_wherever_they_show(repository: JobRepository, clock: FixedClock) -> None:
    """One bad item at reading, one at processing, one named by the writer, one found by trying each."""

    def process(value: int) -> int:
        if value == 4:
            raise RejectedItemError("montant-negatif", "4 is negative")
        return value

    def write(chunk: Chunk[int]) -> None:
        for item in chunk.items:
            if item.value == 6:
                chunk.reject(item, "refuse", "6 was refused")
        if 8 in chunk.values():
            raise RejectedItemError("doublon", "there is a double in the chunk")

    sink = Sink(before=write)
    step = ChunkStep(
        "lecture", Numbers(10, frozenset({2})), process, sink, chunk_size=10, skip_limit=None, describe=str
    )

    execution = run(operator(repository, clock, step))

    rejects = repository.rejects(execution.instance.id)
    assert [(r.position, r.code, r.item) for r in rejects] == [
        (2, "illisible", "2"),
        (4, "montant-negatif", "4"),
        (6, "refuse", "6"),
        (8, "doublon", "8"),
    ]
    (row,) = execution.steps
    assert execution.status is BatchStatus.COMPLETED
    assert (row.read_count, row.write_count, row.skip_count) == (9, 6, 4)
    assert sink.written[-6:] == [1, 3, 5, 7, 9, 10]


def test_one_bad_item_too_many_fails_the_step(repository: JobRepository, clock: FixedClock) -> None:
    """The limit itself is tolerated, the next one is not."""
    step = ChunkStep("lecture", Numbers(10, frozenset({2, 5})), identity, Sink(), chunk_size=3, skip_limit=1)

    execution = run(operator(repository, clock, step))

    assert execution.status is BatchStatus.FAILED
    assert "more than 1 bad items, one at position 5" in execution.exit_status.message


def test_retryable_errors_process_the_chunk_again(repository: JobRepository, clock: FixedClock) -> None:
    """A race lost against another writer is tried again."""
    left = [ConnectionError("locked"), ConnectionError("locked")]

    def fail(chunk: Chunk[int]) -> None:
        if left:
            raise left.pop()

    sink = Sink(before=fail)
    step = ChunkStep("lecture", Numbers(3), identity, sink, retryable=(ConnectionError,))

    execution = run(operator(repository, clock, step))

    assert (execution.status, execution.steps[0].rollback_count) == (BatchStatus.COMPLETED, 2)
    assert sink.written == [1, 2, 3]


def test_stop_is_honoured_while_a_retry_waits(repository: JobRepository, clock: FixedClock) -> None:
    """A service that is out for long does not hold the process back."""
    failed = threading.Event()

    def fail(chunk: Chunk[int]) -> None:
        failed.set()
        raise ConnectionError("out")

    step = ChunkStep(
        "lecture",
        Numbers(3),
        identity,
        Sink(before=fail),
        retryable=(ConnectionError,),
        pause_s=lambda retry: 3600.0,
    )
    jobs = operator(repository, clock, step)
    execution = jobs.start("job", JobParameters())
    failed.wait(10)

    jobs.stop(execution.id)

    assert jobs.wait(execution.id, 20).status is BatchStatus.STOPPED


def test_heartbeat_while_a_job_runs(repository: JobRepository, clock: FixedClock) -> None:
    """The mark of the running process moves with the clock."""
    go_on = threading.Event()

    def wait(scope: StepScope) -> None:
        go_on.wait(20)

    job = Job("job", lambda execution: [TaskletStep("a", wait)])
    jobs = JobOperator(repository, [job], clock, options=BatchOptions(heartbeat_s=0.02))
    execution = jobs.start("job", JobParameters())
    clock.advance(timedelta(minutes=5))

    def beaten() -> bool:
        mark = repository.runner(execution.id)
        return mark is not None and mark.heartbeat_at == clock.now()

    try:
        assert any(beaten() or go_on.wait(0.05) for _ in range(200))
        assert jobs.recover() == []
    finally:
        go_on.set()
        jobs.wait(execution.id, 20)


def test_stop_is_honoured_at_the_chunk_boundary(repository: JobRepository, clock: FixedClock) -> None:
    """The chunk at hand is finished, the next one is not begun; a restart goes on."""
    reached, go_on = threading.Event(), threading.Event()

    def wait(value: int) -> int:
        reached.set()
        go_on.wait(10)
        return value

    sink = Sink()
    jobs = operator(repository, clock, ChunkStep("lecture", Numbers(30), wait, sink, chunk_size=10))
    execution = jobs.start("job", JobParameters())
    reached.wait(10)
    jobs.stop(execution.id)
    go_on.set()

    stopped = jobs.wait(execution.id, 20)
    assert (stopped.status, stopped.steps[0].status) == (BatchStatus.STOPPED, BatchStatus.STOPPED)
    assert sink.written == list(range(1, 11))
    jobs.wait(jobs.restart(execution.id).id, 20)
    assert sink.written == list(range(1, 31))


def test_execution_of_a_dead_process_is_recovered_at_launch(
    repository: JobRepository, clock: FixedClock
) -> None:
    """A process number that is nobody's, or somebody else's, frees the instance at once."""
    import socket

    crashed = repository.create_job_execution("job", JobParameters())
    repository.mark_runner(RunnerMark(crashed.id, socket.gethostname(), 1, 0.0, clock.now()))
    jobs = operator(repository, clock, TaskletStep("a", lambda scope: None))

    execution = run(jobs)

    assert execution.status is BatchStatus.COMPLETED
    assert repository.job_execution(crashed.id).status is BatchStatus.FAILED


def test_silent_process_of_another_machine_is_given_time(
    repository: JobRepository, clock: FixedClock
) -> None:
    """Elsewhere, only a long silence is proof."""
    crashed = repository.create_job_execution("job", JobParameters())
    repository.mark_runner(RunnerMark(crashed.id, "elsewhere", 1, 0.0, clock.now()))
    jobs = JobOperator(repository, [], clock, options=BatchOptions(dead_after_s=60))

    assert jobs.recover() == []
    clock.advance(timedelta(seconds=61))
    assert jobs.recover() == [crashed.id]


def test_launch_inside_a_failing_transaction_runs_nothing(
    repository: JobRepository, clock: FixedClock
) -> None:
    """The run begins with the commit of the caller's transaction."""
    calls: list[int] = []
    jobs = operator(repository, clock, TaskletStep("a", lambda scope: calls.append(1)))

    with pytest.raises(ValueError), repository.transaction():
        jobs.start("job", JobParameters())
        raise ValueError

    assert calls == []
    assert repository.job_executions("job") == []


def test_close_stops_own_runs(repository: JobRepository, clock: FixedClock) -> None:
    """Draining ends at a chunk boundary and leaves a restartable execution."""
    reached = threading.Event()

    def note(chunk: Chunk[int]) -> None:
        reached.set()

    jobs = operator(
        repository, clock, ChunkStep("lecture", Numbers(10**7), identity, Sink(before=note), chunk_size=50)
    )
    execution = jobs.start("job", JobParameters())
    reached.wait(10)

    assert jobs.close(20)
    assert repository.job_execution(execution.id).status is BatchStatus.STOPPED


def test_metrics_bear_springs_names(repository: JobRepository, clock: FixedClock) -> None:
    """Timers of jobs, steps and items, with prefixed tag keys."""
    metrics = MeterRegistry()
    run(operator(repository, clock, ChunkStep("lecture", Numbers(3), identity, Sink()), metrics=metrics))

    text = metrics.scrape()

    assert (
        'spring_batch_job_seconds_count{spring_batch_job_name="job",spring_batch_job_status="COMPLETED"'
        in text
    )
    assert "spring_batch_step_seconds_count" in text
    assert "spring_batch_item_read_seconds_count" in text
