"""A service's own database: SQLite by default, MySQL or MariaDB by `spring.datasource.url`."""

from .ambient import Deferral
from .database import Database
from .errors import DatabaseBusyError, DataError, MigrationError, UnexpectedRollbackError, UnsupportedUrlError
from .options import DataSourceOptions, HikariOptions
from .tables import idempotency_table, inbox_table, outbox_table, saved_view_table
from .types import Instant, Json

__all__ = [
    "DataError",
    "DataSourceOptions",
    "Database",
    "DatabaseBusyError",
    "Deferral",
    "HikariOptions",
    "Instant",
    "Json",
    "MigrationError",
    "UnexpectedRollbackError",
    "UnsupportedUrlError",
    "idempotency_table",
    "inbox_table",
    "outbox_table",
    "saved_view_table",
]
