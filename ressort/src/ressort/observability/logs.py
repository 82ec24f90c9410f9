"""Log lines as Spring Boot writes them, carrying the trace at hand, to standard output.

Text: `2026-01-01T10:15:00.123+01:00  INFO 4711 --- [app] [thread] [traceId-spanId] logger : message`.
JSON (`logging.structured.format.console=ecs|logstash`): one object per line.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from ressort.observability import levels, tracing
from ressort.observability._structured import structured_formatter

_BLANK_CORRELATION = " " * 49
_FILE_BYTES = 10 * 1024 * 1024
_FILE_COUNT = 7
_TALKATIVE = {
    "alembic.runtime.plugins": "WARN",
    "alembic.runtime.migration": "WARN",
    "apscheduler": "WARN",
    "pika": "OFF",  # eight errors per attempt while a broker is out, which ressort.messaging tells in one line
    "urllib3": "WARN",
}
"""Loggers of libraries that talk about themselves: their level unless `logging.level` says otherwise."""


class Properties(Protocol):
    """The part of `ressort.config.Environment` that is read here."""

    def get(self, key: str, default: Any = None, as_type: type = str) -> Any:
        """One value, converted."""

    def section(self, prefix: str) -> dict[str, Any]:
        """A subtree as plain dictionaries and lists."""


class SpringFormatter(logging.Formatter):
    """Spring Boot's default console pattern."""

    def __init__(self, application: str) -> None:
        super().__init__()
        self._application = f"[{application}] " if application else ""

    def format(self, record: logging.LogRecord) -> str:
        """One line, followed by the stack trace when the record has one."""
        moment = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")
        context = tracing.current()
        correlation = f"{context.trace_id}-{context.span_id}" if context else _BLANK_CORRELATION
        head = f"{moment} {levels.name_of(record.levelno):>5} {record.process} --- {self._application}"
        where = f"[{_thread(record.threadName):>15}] [{correlation}] {_logger(record.name):<40}"
        line = f"{head}{where} : {record.getMessage()}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        if record.stack_info:
            line += "\n" + self.formatStack(record.stack_info)
        return line


def configure(env: Properties) -> None:
    """Send all logs to standard output (and `logging.file.name`) in the configured form and levels.

    Called once at start, and again after a refresh: handlers are replaced, levels of `logging.level.*`
    set, keys with the name of a group (`web`, `sql`, `logging.group.*`) setting all its members.
    Raises UnknownLevelError for a level that does not exist.
    """
    logging.addLevelName(levels.TRACE, "TRACE")
    application = env.get("spring.application.name", "")
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "ressort", False)]:
        root.removeHandler(old)
        old.close()
    for handler in _handlers(env, application):
        handler.ressort = True  # type: ignore[attr-defined]
        root.addHandler(handler)
    if root.level in (logging.NOTSET, logging.WARNING):
        root.setLevel(logging.INFO)
    for name, level in _TALKATIVE.items():
        levels.set_level(name, level)
    apply_levels(env)


def apply_levels(env: Properties) -> None:
    """Set every level found under `logging.level`, and the shorthand `debug=true` / `trace=true`."""
    groups = groups_of(env)
    if env.get("debug", False, bool):
        _set_all(groups, "web", "DEBUG")
    if env.get("trace", False, bool):
        _set_all(groups, "web", "TRACE")
    for name, level in _flatten(env.section("logging.level")).items():
        _set_all(groups, "ROOT" if name == "root" else name, str(level))


def groups_of(env: Properties) -> dict[str, tuple[str, ...]]:
    """Logger groups: Spring's own two, and those of `logging.group.<name>`."""
    groups = dict(levels.GROUPS)
    for name, members in env.section("logging.group").items():
        listed = members if isinstance(members, list) else str(members).split(",")
        groups[name] = tuple(str(member).strip() for member in listed)
    return groups


def _set_all(groups: Mapping[str, tuple[str, ...]], name: str, level: str) -> None:
    for logger in groups.get(name, (name,)):
        levels.set_level(logger, level)


def _handlers(env: Properties, application: str) -> list[logging.Handler]:
    handlers: list[logging.Handler] = []
    if env.get("logging.console.enabled", True, bool):
        console = logging.StreamHandler(sys.stdout)
        console.setFormatter(_formatter(env, "console", application))
        handlers.append(console)
    file = env.get("logging.file.name", "")
    if file:
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        rotating = logging.handlers.RotatingFileHandler(
            path, maxBytes=_FILE_BYTES, backupCount=_FILE_COUNT, encoding="utf-8"
        )
        rotating.setFormatter(_formatter(env, "file", application))
        handlers.append(rotating)
    return handlers


def _formatter(env: Properties, target: str, application: str) -> logging.Formatter:
    form = env.get(f"logging.structured.format.{target}", "")
    if form:
        return structured_formatter(form, application, env.get("spring.application.version", ""))
    return SpringFormatter(application)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


def _thread(name: str | None) -> str:
    text = "main" if name in (None, "MainThread") else str(name)
    return text[-15:]


def _logger(name: str) -> str:
    """At most 40 characters: leading packages shrink to their first letter, as Logback does."""
    parts = name.split(".")
    for i in range(len(parts) - 1):
        if sum(map(len, parts)) + len(parts) - 1 <= 40:
            break
        parts[i] = parts[i][:1]
    return ".".join(parts)[-40:]
