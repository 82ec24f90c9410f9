"""What every job repository does, whatever it is made of."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from ressort.batch import (
    BatchStatus,
    ExecutionContext,
    JobExecution,
    JobExecutionAlreadyRunningError,
    JobExecutionNotRunningError,
    JobInstanceAlreadyCompleteError,
    JobParameter,
    JobParameters,
    JobRepository,
    JobRestartError,
    NoSuchJobExecutionError,
    OptimisticLockError,
    Reject,
)
from ressort.clock import FixedClock

PARAMETERS = JobParameters({"date": date(2013, 10, 31), "par": JobParameter("cron", identifying=False)})


def end(repository: JobRepository, execution: JobExecution, status: BatchStatus, clock: FixedClock) -> None:
    execution.status, execution.end_time = status, clock.now()
    repository.update_job_execution(execution)


def test_execution_comes_back_as_written(repository: JobRepository, clock: FixedClock) -> None:
    """Parameters keep their types and the context its values, however long."""
    execution = repository.create_job_execution("job", PARAMETERS)
    execution.context["long"] = "é" * 4000
    repository.update_job_execution(execution)

    found = repository.job_execution(execution.id)

    assert found.parameters.values_by_name() == {"date": date(2013, 10, 31), "par": "cron"}
    assert not found.parameters["par"].identifying
    assert found.context["long"] == "é" * 4000
    assert found.create_time == clock.now()


def test_instance_is_named_by_identifying_parameters_only(
    repository: JobRepository, clock: FixedClock
) -> None:
    """The same date launched by another hand is the same instance."""
    first = repository.create_job_execution("job", PARAMETERS)
    end(repository, first, BatchStatus.FAILED, clock)
    other = JobParameters({"date": date(2013, 10, 31), "par": JobParameter("main", identifying=False)})

    second = repository.create_job_execution("job", other)

    assert second.instance == first.instance
    assert second.id != first.id


def test_running_instance_is_refused(repository: JobRepository) -> None:
    """A second launch of a running instance names the running execution."""
    first = repository.create_job_execution("job", PARAMETERS)

    with pytest.raises(JobExecutionAlreadyRunningError) as refused:
        repository.create_job_execution("job", PARAMETERS)

    assert refused.value.execution_id == first.id


@pytest.mark.parametrize("status", [BatchStatus.COMPLETED, BatchStatus.ABANDONED])
def test_settled_instance_is_refused(
    repository: JobRepository, clock: FixedClock, status: BatchStatus
) -> None:
    """An instance completes once."""
    end(repository, repository.create_job_execution("job", PARAMETERS), status, clock)

    with pytest.raises(JobInstanceAlreadyCompleteError):
        repository.create_job_execution("job", PARAMETERS)


def test_unknown_end_needs_a_person(repository: JobRepository, clock: FixedClock) -> None:
    """An execution that ended UNKNOWN blocks its instance."""
    end(repository, repository.create_job_execution("job", PARAMETERS), BatchStatus.UNKNOWN, clock)

    with pytest.raises(JobRestartError):
        repository.create_job_execution("job", PARAMETERS)


def test_restart_inherits_the_context(repository: JobRepository, clock: FixedClock) -> None:
    """What was frozen at the first launch is there at the next."""
    first = repository.create_job_execution("job", PARAMETERS)
    first.context["aujourd_hui"] = "2026-11-20"
    end(repository, first, BatchStatus.FAILED, clock)

    assert repository.create_job_execution("job", PARAMETERS).context["aujourd_hui"] == "2026-11-20"


def test_a_refusing_guard_leaves_nothing(repository: JobRepository) -> None:
    """The caller's own rule is part of the launch."""

    def refuse() -> None:
        raise ValueError("not today")

    with pytest.raises(ValueError):
        repository.create_job_execution("job", PARAMETERS, guard=refuse)

    assert repository.job_executions("job") == []
    assert repository.create_job_execution("job", PARAMETERS).id == 1


def test_racing_launchers_start_one_execution(repository: JobRepository) -> None:
    """Eight threads launching one instance: one execution, seven refusals."""
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def launch() -> None:
        barrier.wait()
        try:
            repository.create_job_execution("job", PARAMETERS)
            outcomes.append("started")
        except JobExecutionAlreadyRunningError:
            outcomes.append("refused")

    threads = [threading.Thread(target=launch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused"] * 7 + ["started"]
    assert len(repository.job_executions("job")) == 1


def test_step_counters_and_context_are_kept(repository: JobRepository) -> None:
    """A step comes back with its execution."""
    execution = repository.create_job_execution("job", PARAMETERS)
    step = repository.add_step_execution(execution, "lecture", ExecutionContext({"ligne": 1}))
    step.read_count, step.write_skip_count = 500, 2
    step.context["ligne"] = 501
    repository.update_step_execution(step)

    (found,) = repository.job_execution(execution.id).steps

    assert (found.read_count, found.skip_count, found.context["ligne"]) == (500, 2, 501)


def test_stop_asked_elsewhere_is_seen(repository: JobRepository) -> None:
    """The run learns of the stop and may still write its end."""
    execution = repository.create_job_execution("job", PARAMETERS)
    repository.request_stop(execution.id)

    assert repository.refresh_status(execution) is BatchStatus.STOPPING
    execution.status = BatchStatus.STOPPED
    repository.update_job_execution(execution)
    assert repository.job_execution(execution.id).status is BatchStatus.STOPPED


def test_ended_execution_cannot_be_stopped(repository: JobRepository, clock: FixedClock) -> None:
    """Stop of what has ended is an error."""
    execution = repository.create_job_execution("job", PARAMETERS)
    end(repository, execution, BatchStatus.COMPLETED, clock)

    with pytest.raises(JobExecutionNotRunningError):
        repository.request_stop(execution.id)


def test_recovered_execution_shuts_out_its_old_runner(repository: JobRepository, clock: FixedClock) -> None:
    """A process that wakes up after being declared dead can commit neither a chunk nor an end."""
    execution = repository.create_job_execution("job", PARAMETERS)
    step = repository.add_step_execution(execution, "lecture", ExecutionContext())

    assert repository.end_crashed(execution.id, clock.now(), "gone")

    with pytest.raises(OptimisticLockError):
        repository.update_step_execution(step)
    with pytest.raises(OptimisticLockError):
        repository.update_job_execution(execution)
    found = repository.job_execution(execution.id)
    assert (found.status, found.end_time, found.context["batch.recovered"]) == (
        BatchStatus.FAILED,
        clock.now(),
        True,
    )
    assert found.steps[0].status is BatchStatus.FAILED


def test_rejects_are_kept_once(repository: JobRepository) -> None:
    """A chunk that comes again after a restart does not double its rejects."""
    execution = repository.create_job_execution("job", PARAMETERS)
    bad = Reject(execution.instance.id, execution.id, "lecture", 7, "date-invalide", "31/02", "a;b")
    repository.add_rejects([bad])
    repository.add_rejects([bad])

    assert repository.rejects(execution.instance.id) == [bad]
    assert repository.count_rejects(execution.instance.id) == 1


def test_unit_of_work_is_undone_as_a_whole(repository: JobRepository) -> None:
    """What a failing transaction wrote is gone, and its callbacks never ran."""
    execution = repository.create_job_execution("job", PARAMETERS)
    step = repository.add_step_execution(execution, "lecture", ExecutionContext())
    called: list[int] = []

    with pytest.raises(ValueError), repository.transaction():
        repository.after_commit(lambda: called.append(1))
        step.read_count = 10
        repository.update_step_execution(step)
        raise ValueError

    assert repository.job_execution(execution.id).steps[0].read_count == 0
    assert called == []


def test_latest_attempt_of_each_instance(repository: JobRepository, clock: FixedClock) -> None:
    """One execution per instance, the last, newest first."""
    for day in (1, 2):
        parameters = JobParameters({"date": date(2026, 1, day)})
        end(repository, repository.create_job_execution("job", parameters), BatchStatus.FAILED, clock)
    again = repository.create_job_execution("job", JobParameters({"date": date(2026, 1, 1)}))

    assert [e.id for e in repository.latest_of_instances("job")] == [again.id, 2]
    assert [e.id for e in repository.running_executions("job")] == [again.id]
    assert repository.count_executions("job") == 3


def test_unknown_execution(repository: JobRepository) -> None:
    """An id nobody gave."""
    with pytest.raises(NoSuchJobExecutionError):
        repository.job_execution(99)
