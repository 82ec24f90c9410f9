"""SQLite's write-ahead log, which lets readers and one writer of several processes work side by side."""

from __future__ import annotations

import sqlite3
import time

_ATTEMPTS = 100
_PAUSE_S = 0.02


def enter_wal(connection: sqlite3.Connection) -> None:
    """Switches the file to WAL. The switch ignores the busy time-out when two processes do it at once,
    hence the attempts; raises sqlite3.OperationalError after 2 s."""
    for attempt in range(_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE_S)
