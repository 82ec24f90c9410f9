"""Batch and exit statuses with the orders Spring Batch gives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BatchStatus(StrEnum):
    """Where an execution stands; declared in Spring's order of severity."""

    COMPLETED = "COMPLETED"
    STARTING = "STARTING"
    STARTED = "STARTED"
    STOPPING = "STOPPING"
    STOPPED = "STOPPED"
    FAILED = "FAILED"
    ABANDONED = "ABANDONED"
    UNKNOWN = "UNKNOWN"

    @property
    def running(self) -> bool:
        """True while the execution has not ended."""
        return self in (BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING)

    def upgraded(self, other: BatchStatus) -> BatchStatus:
        """The more severe of two statuses."""
        order = list(BatchStatus)
        return max(self, other, key=order.index)


_SEVERITY = {"EXECUTING": 1, "COMPLETED": 2, "NOOP": 3, "STOPPED": 4, "FAILED": 5, "UNKNOWN": 6}
_TEXT_LIMIT = 2500


@dataclass(frozen=True)
class ExitStatus:
    """The exit code of a step or a job with an explanation of at most 2,500 characters."""

    code: str
    message: str = ""

    def joined(self, other: ExitStatus) -> ExitStatus:
        """The more severe code (custom codes are the most severe) with both messages."""
        code = max((self.code, other.code), key=lambda name: _SEVERITY.get(name, 7))
        parts = [text for text in (self.message, other.message) if text]
        return ExitStatus(code, "; ".join(dict.fromkeys(parts))[:_TEXT_LIMIT])


EXECUTING = ExitStatus("EXECUTING")
COMPLETED = ExitStatus("COMPLETED")
NOOP = ExitStatus("NOOP")
STOPPED = ExitStatus("STOPPED")
UNKNOWN = ExitStatus("UNKNOWN")


def failed(error: BaseException) -> ExitStatus:
    """FAILED with the error's class and message."""
    return ExitStatus("FAILED", f"{type(error).__name__}: {error}"[:_TEXT_LIMIT])
