"""What can go wrong between a service and its database."""

from __future__ import annotations

from ressort.errors import RessortError


class DataError(RessortError):
    """Base of the errors raised by ressort.data."""


class UnsupportedUrlError(DataError):
    """The data source URL cannot be understood or names a database without a driver here."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"spring.datasource.url={url}: {reason}")
        self.url = url
        self.reason = reason


class DatabaseBusyError(DataError):
    """Another writer was in the way, for longer than the allowed wait or in a ring; nothing was changed."""

    def __init__(self, database: str, waited_s: float, reason: str = "") -> None:
        super().__init__(f"database {database} is busy: {reason or f'no write lock within {waited_s:g} s'}")
        self.database = database
        self.waited_s = waited_s


class UnexpectedRollbackError(DataError):
    """A joined transaction failed inside, so the outer one was rolled back although it ended normally."""

    def __init__(self, database: str) -> None:
        super().__init__(f"transaction on {database} was marked for rollback by a failed inner transaction")
        self.database = database


class MigrationError(DataError):
    """The schema could not be brought to the version the program needs."""
