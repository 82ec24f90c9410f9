"""Moments of a run that other code may want to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ressort.batch.status import ExitStatus

if TYPE_CHECKING:
    from ressort.batch.model import JobExecution, Reject, StepExecution


class BatchListener:
    """Override what you need; an exception raised before a job, step or chunk fails it."""

    def before_job(self, execution: JobExecution) -> None:
        """The execution is STARTED, nothing has run yet."""

    def after_job(self, execution: JobExecution) -> None:
        """The execution has its final status; it is written right after."""

    def before_step(self, step: StepExecution) -> None:
        """The step is STARTED."""

    def after_step(self, step: StepExecution) -> ExitStatus | None:
        """The step has its final status; another exit status may be returned."""

    def before_chunk(self, step: StepExecution) -> None:
        """Before the items of a chunk are read."""

    def after_chunk(self, step: StepExecution) -> None:
        """Inside the chunk's transaction, before its commit."""

    def after_chunk_error(self, step: StepExecution, error: Exception) -> None:
        """The chunk was rolled back."""

    def on_skip(self, reject: Reject) -> None:
        """One item was left out; inside the chunk's transaction, before its commit."""
