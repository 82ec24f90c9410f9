"""Job instances, executions and step executions: one row each in the `BATCH_*` tables."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ressort.batch.parameters import JobParameters
from ressort.batch.status import EXECUTING, BatchStatus, ExitStatus


class ExecutionContext(MutableMapping[str, Any]):
    """A JSON map kept with an execution; what a step needs to go on where it stopped.

    Only JSON values may be put in: text, integers, booleans, None, lists and maps.
    """

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = value

    def __delitem__(self, key: str) -> None:
        del self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"ExecutionContext({self._values!r})"

    def as_dict(self) -> dict[str, Any]:
        """A copy as a plain map."""
        return dict(self._values)


@dataclass(frozen=True)
class JobInstance:
    """A job with one set of identifying parameters; at most one execution of it ever completes."""

    id: int
    job_name: str
    job_key: str


@dataclass
class StepExecution:
    """One attempt at one step, with its counters."""

    id: int
    step_name: str
    job_execution_id: int
    create_time: datetime
    start_time: datetime | None = None
    end_time: datetime | None = None
    status: BatchStatus = BatchStatus.STARTING
    exit_status: ExitStatus = EXECUTING
    read_count: int = 0
    write_count: int = 0
    filter_count: int = 0
    commit_count: int = 0
    rollback_count: int = 0
    read_skip_count: int = 0
    process_skip_count: int = 0
    write_skip_count: int = 0
    version: int = 0
    last_updated: datetime | None = None
    context: ExecutionContext = field(default_factory=ExecutionContext)

    @property
    def skip_count(self) -> int:
        """Items left out because they were bad, whatever the moment."""
        return self.read_skip_count + self.process_skip_count + self.write_skip_count


@dataclass
class JobExecution:
    """One attempt at a job instance."""

    id: int
    instance: JobInstance
    parameters: JobParameters
    create_time: datetime
    start_time: datetime | None = None
    end_time: datetime | None = None
    status: BatchStatus = BatchStatus.STARTING
    exit_status: ExitStatus = EXECUTING
    version: int = 0
    last_updated: datetime | None = None
    context: ExecutionContext = field(default_factory=ExecutionContext)
    steps: list[StepExecution] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """True until the execution has ended."""
        return self.end_time is None or self.status.running


@dataclass(frozen=True)
class Reject:
    """One bad item left out of a step, kept with the job instance.

    `position` is the 1-based line of the item in its source (0 when it has none).
    """

    job_instance_id: int
    job_execution_id: int
    step_name: str
    position: int
    code: str
    detail: str
    item: str


@dataclass(frozen=True)
class RunnerMark:
    """Which process runs an execution and when it was last heard of (our side table)."""

    job_execution_id: int
    host: str
    pid: int
    process_started_at: float
    heartbeat_at: datetime
    trace_id: str | None = None
