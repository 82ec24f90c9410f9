"""Calling again: Resilience4j's retry, with waits that grow and are spread by chance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from ressort.observability.metrics import MeterRegistry

from .matching import Matches, matcher
from .options import RETRIES, RetryOptions, Settings, layered

R = TypeVar("R")


class Retry:
    """Repeats a call that may be repeated; the caller says which calls those are.

    `again(error)` decides beside the options' lists; `sleep` takes seconds.
    """

    def __init__(
        self,
        name: str,
        options: RetryOptions | None = None,
        *,
        again: Matches | None = None,
        metrics: MeterRegistry | None = None,
        sleep: Callable[[float], None] = time.sleep,
        rng: Callable[[], float] = random.random,
    ) -> None:
        self.name = name
        self.options = options or RetryOptions()
        self._again = again
        self._wanted = matcher(self.options.retry_exceptions)
        self._ignored = matcher(self.options.ignore_exceptions)
        self._metrics = metrics
        self._sleep = sleep
        self._rng = rng

    @classmethod
    def configured(
        cls, env: Settings, name: str, again: Matches | None = None, metrics: MeterRegistry | None = None
    ) -> Retry:
        """The retry of `resilience4j.retry.instances.<name>`. Raises ConfigError."""
        return cls(name, layered(env, RETRIES, name, RetryOptions()), again=again, metrics=metrics)

    def call(self, fn: Callable[[], R]) -> R:
        """The first good result. Raises the last error when attempts are used up or it is not retried."""
        for attempt in range(1, self.options.max_attempts + 1):
            try:
                result = fn()
            except Exception as error:
                if not self._retries(error) or attempt == self.options.max_attempts:
                    self._count("failed", attempt)
                    raise
                self._sleep(max(self.wait_s(attempt), getattr(error, "retry_after_s", None) or 0.0))
            else:
                self._count("successful", attempt)
                return result
        raise AssertionError("max_attempts is at least one")

    def wait_s(self, attempt: int) -> float:
        """Seconds to wait after the attempt of this number (1 is the first)."""
        options = self.options
        wait_s = options.wait_duration_s
        if options.enable_exponential_backoff:
            wait_s *= options.exponential_backoff_multiplier ** min(attempt - 1, 200)
            wait_s = min(wait_s, options.exponential_max_wait_duration_s)
        if options.enable_randomized_wait:
            spread = options.randomized_wait_factor * wait_s
            wait_s += spread * (2 * self._rng() - 1)
        return wait_s

    def _retries(self, error: Exception) -> bool:
        if self._ignored is not None and self._ignored(error):
            return False
        if self._again is not None and not self._again(error):
            return False
        return self._wanted is None or self._wanted(error)

    def _count(self, outcome: str, attempt: int) -> None:
        if self._metrics is not None:
            kind = f"{outcome}_{'with' if attempt > 1 else 'without'}_retry"
            self._metrics.counter("resilience4j.retry.calls", name=self.name, kind=kind).increment()
