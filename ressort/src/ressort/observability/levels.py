"""Spring's log levels on Python's logger tree, as files and /actuator/loggers set them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from ressort.errors import RessortError

TRACE = 5
OFF = logging.CRITICAL + 1

LEVELS = ("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE")
_NUMBERS = {
    "OFF": OFF,
    "FATAL": logging.CRITICAL,
    "ERROR": logging.ERROR,
    "WARN": logging.WARNING,
    "INFO": logging.INFO,
    "DEBUG": logging.DEBUG,
    "TRACE": TRACE,
}

GROUPS: Mapping[str, tuple[str, ...]] = {
    "web": ("flask", "werkzeug", "waitress", "requests", "urllib3", "ressort.flask", "ressort.http"),
    "sql": ("sqlalchemy.engine", "ressort.data"),
}


class UnknownLevelError(RessortError):
    """A level that is not one of LEVELS."""

    def __init__(self, level: str) -> None:
        super().__init__(f"'{level}' is no log level; choose one of {', '.join(LEVELS)}")


@dataclass(frozen=True, slots=True)
class LoggerLevels:
    """What is set on a logger itself (None if nothing) and what applies to it."""

    configured: str | None
    effective: str


def number_of(level: str) -> int:
    """Python's number for a Spring level name in any case; `WARNING` and `CRITICAL` are understood too."""
    name = level.strip().upper()
    name = {"WARNING": "WARN", "CRITICAL": "FATAL", "FALSE": "OFF", "TRUE": "DEBUG"}.get(name, name)
    if name not in _NUMBERS:
        raise UnknownLevelError(level)
    return _NUMBERS[name]


def name_of(number: int) -> str:
    """The Spring name of the nearest level at or below a Python level number."""
    for name in ("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG"):
        if number >= _NUMBERS[name]:
            return name
    return "TRACE"


def set_level(logger: str, level: str | None) -> None:
    """Set one logger (`ROOT` is the root), or clear it with None; no other logger is touched.

    The root cannot be without a level: cleared, it returns to INFO.
    """
    target = _logger(logger)
    if level is None:
        target.setLevel(logging.INFO if target is logging.getLogger() else logging.NOTSET)
        return
    target.setLevel(number_of(level))


def levels_of(logger: str) -> LoggerLevels:
    """Configured and effective level of a logger, which need not exist yet."""
    target = _logger(logger)
    return LoggerLevels(
        name_of(target.level) if target.level else None,
        name_of(target.getEffectiveLevel()),
    )


def logger_names() -> list[str]:
    """`ROOT` first, then every known logger and its implied parents, sorted."""
    known: set[str] = set()
    for name in list(logging.root.manager.loggerDict):
        parts = name.split(".")
        known.update(".".join(parts[: n + 1]) for n in range(len(parts)))
    return ["ROOT", *sorted(known)]


def _logger(name: str) -> logging.Logger:
    return logging.getLogger() if name in {"ROOT", "root"} else logging.getLogger(name)
