"""Whether an exception means that the database is out or busy now, rather than a fault of ours."""

from __future__ import annotations

_MYSQL = frozenset({1040, 1053, 1203, 1205, 1213, 2002, 2003, 2005, 2006, 2013, 2055})
"""Too many connections, shutdown in progress, lock wait time-out, deadlock, no or lost connection."""
_SQLITE = ("database is locked", "database is busy", "unable to open database file")


def is_database_outage(error: BaseException) -> bool:
    """Judged by SQLAlchemy's wrapper and the driver's number, without importing either."""
    if not type(error).__module__.startswith("sqlalchemy."):
        return type(error).__name__ == "DatabaseBusyError"
    if type(error).__name__ == "TimeoutError" or getattr(error, "connection_invalidated", False):
        return True
    cause = getattr(error, "orig", None)
    if getattr(cause, "errno", None) in _MYSQL:
        return True
    return any(text in str(cause) for text in _SQLITE)
