"""`logback_events_total{level}`: how many lines of each level were logged, as Spring's dashboards count."""

from __future__ import annotations

import logging

from ressort.observability.levels import name_of
from ressort.observability.metrics import MeterRegistry

_LEVELS = ("error", "warn", "info", "debug", "trace")


class LogEventCounter(logging.Handler):
    """A handler that only counts; FATAL counts as error, as in Logback."""

    def __init__(self, registry: MeterRegistry) -> None:
        super().__init__()
        description = "Number of log events that were enabled by the effective log level"
        self._counters = {
            level: registry.counter("logback.events", description, "events", level=level) for level in _LEVELS
        }

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line."""
        self._counters.get(name_of(record.levelno).lower(), self._counters["error"]).increment()


def count_log_events(registry: MeterRegistry) -> None:
    """Count what the root logger sees from now on; a counter of before is replaced."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, LogEventCounter)]:
        root.removeHandler(old)
    root.addHandler(LogEventCounter(registry))
