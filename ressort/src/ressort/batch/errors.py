"""What can go wrong when a job is launched, restarted or run; the names are Spring Batch's."""

from __future__ import annotations

from ressort.errors import RessortError


class BatchError(RessortError):
    """Base of every error of this room."""


class NoSuchJobError(BatchError):
    """No job of that name is registered here."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no job named '{name}'")
        self.name = name


class NoSuchJobExecutionError(BatchError):
    """No execution has that id."""

    def __init__(self, execution_id: int) -> None:
        super().__init__(f"no job execution {execution_id}")
        self.execution_id = execution_id


class JobParametersInvalidError(BatchError):
    """The parameters were refused before anything was written."""


class JobExecutionAlreadyRunningError(BatchError):
    """The same job instance has an execution that has not ended."""

    def __init__(self, job_name: str, execution_id: int) -> None:
        super().__init__(f"job '{job_name}' is already running: execution {execution_id}")
        self.job_name = job_name
        self.execution_id = execution_id


class JobInstanceAlreadyCompleteError(BatchError):
    """The same job instance already ended for good (COMPLETED or ABANDONED)."""

    def __init__(self, job_name: str, execution_id: int, status: str) -> None:
        super().__init__(
            f"job '{job_name}' is already {status} for these parameters: execution {execution_id}"
        )
        self.job_name = job_name
        self.execution_id = execution_id
        self.status = status


class JobRestartError(BatchError):
    """The last execution is in a state from which nothing may be restarted."""


class JobExecutionNotRunningError(BatchError):
    """Stop was asked for an execution that has already ended."""


class JobExecutionStateError(BatchError):
    """The operation does not apply to an execution in this state."""


class OptimisticLockError(BatchError):
    """Another process changed this execution meanwhile (it was recovered): this run must not go on."""


class SkipLimitExceededError(BatchError):
    """More items were rejected than the step tolerates."""


class StartLimitExceededError(BatchError):
    """The step was started more often than it allows."""


class RejectedItemError(BatchError):
    """One item is bad: with skipping on, it is recorded in the reject list and the step goes on.

    Args:
        code: ASCII kebab-case reason, stable.
        detail: what a person reads to correct the item.
        position: 1-based line or position of the item in its source, when known.
        item: the item as it was read, for the reject list.
    """

    def __init__(self, code: str, detail: str, position: int | None = None, item: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.position = position
        self.item = item
