"""What happens to one delivered message, the same under every broker: trace, timing, outcome."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ressort.observability import tracing

from .binder import Binding, Handler
from .errors import RetryLaterError, UnreadableMessageError
from .message import Message

if TYPE_CHECKING:
    from ressort.observability.metrics import MeterRegistry

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handled:
    """Done: acknowledge."""


@dataclass(frozen=True)
class Again:
    """Deliver again after the pause; `failed` says whether an attempt is counted."""

    pause_s: float
    error: str
    failed: bool


@dataclass(frozen=True)
class Dead:
    """No further attempt: keep among the dead letters."""

    error: str
    stacktrace: str


Outcome = Handled | Again | Dead


class Processor:
    """Calls a handler and says what to do with the message."""

    def __init__(self, binding: Binding, handler: Handler, metrics: MeterRegistry | None = None) -> None:
        self.binding = binding
        self._handler = handler
        self._metrics = metrics

    def process(self, message: Message, failures: int) -> Outcome:
        """Handles a message that has already failed that many times. Never raises, KeyboardInterrupt and
        SystemExit apart."""
        began = time.perf_counter()
        error: Exception | None = None
        with tracing.scope(tracing.from_headers(_looked_up(message))):
            try:
                self._handler(message)
            except Exception as raised:  # noqa: BLE001 - any failure of a handler is an outcome
                error = raised
            outcome = Handled() if error is None else self._outcome(message, error, failures + 1)
        self._record(time.perf_counter() - began, error)
        return outcome

    def _outcome(self, message: Message, error: Exception, failures: int) -> Outcome:
        text = f"{type(error).__name__}: {error}"
        name = f"{self.binding.destination}.{self.binding.group}"
        if isinstance(error, RetryLaterError):
            logger.info("%s: message %s waits: %s", name, message.id, error)
            return Again(error.after_s, text, failed=False)
        if isinstance(error, UnreadableMessageError) or failures >= self.binding.max_attempts:
            logger.error("%s: message %s dead after attempt %d", name, message.id, failures, exc_info=error)
            return Dead(text, "".join(traceback.format_exception(error)))
        pause_s = self.binding.pause_s(failures)
        logger.warning(
            "%s: message %s failed (attempt %d of %d), again in %g s: %s",
            name, message.id, failures, self.binding.max_attempts, pause_s, text,
        )  # fmt: skip
        return Again(pause_s, text, failed=True)

    def _record(self, seconds: float, error: Exception | None) -> None:
        if self._metrics is None:
            return
        queue = f"{self.binding.destination}.{self.binding.group}"
        self._metrics.timer(
            "spring.rabbitmq.listener",
            "Time spent in the handler of one message",
            exception=type(error).__name__ if error else "none",
            listener_id=queue,
            queue=queue,
            result="failure" if error else "success",
        ).record(seconds)


def _looked_up(message: Message):  # type: ignore[no-untyped-def]
    lowered = {name.lower(): value for name, value in message.headers.items()}
    return lambda name: lowered.get(name.lower())
