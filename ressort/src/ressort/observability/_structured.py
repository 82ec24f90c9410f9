"""JSON log lines in the forms Spring Boot knows: `ecs` (Elastic 8.11, nested) and `logstash`."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import orjson

from ressort.errors import RessortError
from ressort.observability import levels, tracing

_LEVEL_VALUES = {
    "TRACE": 5000,
    "DEBUG": 10000,
    "INFO": 20000,
    "WARN": 30000,
    "ERROR": 40000,
    "FATAL": 40000,
    "OFF": 40000,
}


class UnknownLogFormatError(RessortError):
    """`logging.structured.format.*` names a form that does not exist here."""


class EcsFormatter(logging.Formatter):
    """Elastic Common Schema 8.11; the trace is given both at the root and as `trace.id`, `span.id`."""

    def __init__(self, application: str, version: str) -> None:
        super().__init__()
        self._service = {k: v for k, v in (("name", application), ("version", version)) if v}

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {
            "@timestamp": moment.replace("+00:00", "Z"),
            "log": {"level": levels.name_of(record.levelno), "logger": record.name},
            "process": {"pid": record.process, "thread": {"name": record.threadName}},
            "service": self._service,
            "message": record.getMessage(),
        }
        context = tracing.current()
        if context:
            line |= {"traceId": context.trace_id, "spanId": context.span_id}
            line |= {"trace": {"id": context.trace_id}, "span": {"id": context.span_id}}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = {
                "type": type(error).__qualname__,
                "message": str(error),
                "stack_trace": self.formatException(record.exc_info),  # type: ignore[arg-type]
            }
        return _json({**line, "ecs": {"version": "8.11"}})


class LogstashFormatter(logging.Formatter):
    """The flat form of logstash-logback-encoder."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        level = levels.name_of(record.levelno)
        line: dict[str, Any] = {
            "@timestamp": datetime.fromtimestamp(record.created)
            .astimezone()
            .isoformat(timespec="milliseconds"),
            "@version": "1",
            "message": record.getMessage(),
            "logger_name": record.name,
            "thread_name": record.threadName,
            "level": level,
            "level_value": _LEVEL_VALUES[level],
        }
        context = tracing.current()
        if context:
            line |= {"traceId": context.trace_id, "spanId": context.span_id}
        if record.exc_info:
            line["stack_trace"] = self.formatException(record.exc_info)
        return _json(line)


def structured_formatter(form: str, application: str, version: str) -> logging.Formatter:
    """The formatter of that name; raises UnknownLogFormatError otherwise."""
    if form == "ecs":
        return EcsFormatter(application, version)
    if form == "logstash":
        return LogstashFormatter()
    raise UnknownLogFormatError(
        f"logging.structured.format '{form}' is not known here; choose ecs or logstash"
    )


def _json(line: dict[str, Any]) -> str:
    return orjson.dumps(line, default=str).decode()
