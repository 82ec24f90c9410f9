"""The local broker's file: one row per message and group, in SQLite.

State of a row: waiting (from `available_at` on), taken by an owner, or dead. Handled rows are deleted, so the
file needs no purge. An owner is a running binder; it holds `flock` on `owners/<owner>`, which the system frees
when the process dies, however it dies: its rows then wait again. No lease runs out under a slow handler.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from ressort.data.wal import enter_wal

from .binder import DeadLetter
from .message import Message

WAITING, TAKEN, DEAD = 0, 1, 2

_BUSY_TIMEOUT_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS consumer_group (
  destination TEXT NOT NULL, name TEXT NOT NULL, owner TEXT, PRIMARY KEY (destination, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listener (owner TEXT PRIMARY KEY, port INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  destination TEXT NOT NULL, consumer_group TEXT NOT NULL,
  message_id TEXT NOT NULL, payload BLOB NOT NULL, headers BLOB NOT NULL,
  state INTEGER NOT NULL DEFAULT 0, available_at REAL NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0, deliveries INTEGER NOT NULL DEFAULT 0,
  owner TEXT, error TEXT, stacktrace TEXT, died_at REAL);
CREATE INDEX IF NOT EXISTS ix_delivery_next ON delivery (destination, consumer_group, state, available_at, seq);
CREATE INDEX IF NOT EXISTS ix_delivery_owner ON delivery (owner) WHERE owner IS NOT NULL;
"""


@dataclass(frozen=True)
class Taken:
    """A delivery this process holds. `deliveries` counts this one too."""

    seq: int
    message: Message
    failures: int
    deliveries: int


class Store:
    """One connection to the broker's file, shared by the threads that use this object.

    `durable` commits survive a power cut (publishing must); the others a killed process only, after which
    a message may be delivered again.
    """

    def __init__(self, file: Path, *, durable: bool) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            file, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        enter_wal(self._connection)
        self._connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")

    def create(self) -> None:
        """Makes the tables where they are missing."""
        with self._writing() as connection:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._connection

    # publishing ---------------------------------------------------------------------------------

    def declare(self, destination: str, groups: Collection[str], owner: str | None = None) -> None:
        """Makes these groups; messages published later wait for them. With an owner, they end with it."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO consumer_group VALUES (?, ?, ?)",
                [(destination, group, owner) for group in groups],
            )

    def publish(self, destination: str, messages: Sequence[Message]) -> int:
        """Stores the messages for every group, all or none; the number of groups (0: nothing stored)."""
        now = time.time()
        with self._writing() as connection:
            groups = connection.execute(
                "SELECT name FROM consumer_group WHERE destination=?", (destination,)
            ).fetchall()
            connection.executemany(
                "INSERT INTO delivery (destination, consumer_group, message_id, payload, headers, available_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (destination, group, message.id, message.payload, orjson.dumps(message.headers), now)
                    for message in messages
                    for (group,) in groups
                ],
            )
        return len(groups)

    # consuming ----------------------------------------------------------------------------------

    def take(self, destination: str, group: str, owner: str) -> Taken | None:
        """The group's next message that is due, now held by `owner`; None when there is none."""
        if not self._any_due(destination, group):
            return None
        with self._writing() as connection:
            row = connection.execute(
                "UPDATE delivery SET state=1, owner=?, deliveries=deliveries+1 WHERE seq = ("
                " SELECT seq FROM delivery WHERE destination=? AND consumer_group=? AND state=0"
                " AND available_at<=? ORDER BY available_at, seq LIMIT 1)"
                " RETURNING seq, payload, headers, failures, deliveries",
                (owner, destination, group, time.time()),
            ).fetchone()
        if row is None:
            return None
        seq, payload, headers, failures, deliveries = row
        return Taken(seq, Message(payload, orjson.loads(headers)), failures, deliveries)

    def _any_due(self, destination: str, group: str) -> bool:
        due = self.next_due(destination, group)
        return due is not None and due <= time.time()

    def next_due(self, destination: str, group: str) -> float | None:
        """When the group's next waiting message is due (epoch seconds); None when none waits."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT min(available_at) FROM delivery WHERE destination=? AND consumer_group=? AND state=0",
                (destination, group),
            ).fetchone()
        return None if row is None else row[0]

    def handled(self, seq: int) -> None:
        """Deletes a handled delivery."""
        with self._writing() as connection:
            connection.execute("DELETE FROM delivery WHERE seq=?", (seq,))

    def again(self, seq: int, pause_s: float, error: str, failed: bool) -> None:
        """Lets a delivery wait for another attempt."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE delivery SET state=0, owner=NULL, available_at=?, failures=failures+?, deliveries=0, error=?"
                " WHERE seq=?",
                (time.time() + pause_s, int(failed), error, seq),
            )

    def dead(self, seq: int, error: str, stacktrace: str) -> None:
        """Keeps a delivery among the dead letters."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE delivery SET state=2, owner=NULL, failures=failures+1, error=?, stacktrace=?, died_at=?"
                " WHERE seq=?",
                (error, stacktrace, time.time(), seq),
            )

    def backlog(self, destination: str, group: str) -> int:
        with self._reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM delivery WHERE destination=? AND consumer_group=? AND state<2",
                (destination, group),
            ).fetchone()
        return int(row[0])

    def version(self) -> int:
        """A number that changes when another connection, of any process, has committed."""
        with self._reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    # dead letters -------------------------------------------------------------------------------

    def dead_letters(self, destination: str, group: str, limit: int) -> list[DeadLetter]:
        """The group's oldest dead letters."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT seq, message_id, payload, headers, failures, error, stacktrace, died_at FROM delivery"
                " WHERE destination=? AND consumer_group=? AND state=2 ORDER BY seq LIMIT ?",
                (destination, group, limit),
            ).fetchall()
        return [_letter(destination, group, *row) for row in rows]

    def revive(self, destination: str, group: str, ids: Collection[str] | None) -> int:
        """Dead letters wait again, their counts anew."""
        condition, values = _dead_condition(destination, group, ids)
        with self._writing() as connection:
            return connection.execute(
                "UPDATE delivery SET state=0, failures=0, deliveries=0, available_at=?, error=NULL,"  # noqa: S608
                f" stacktrace=NULL, died_at=NULL WHERE {condition}",
                (time.time(), *values),
            ).rowcount

    def discard(self, destination: str, group: str, ids: Collection[str] | None) -> int:
        condition, values = _dead_condition(destination, group, ids)
        with self._writing() as connection:
            return connection.execute(f"DELETE FROM delivery WHERE {condition}", values).rowcount  # noqa: S608

    # owners -------------------------------------------------------------------------------------

    def enrol(self, owner: str, port: int) -> None:
        """Lets publishers nudge this owner on a UDP port of the loopback."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO listener VALUES (?, ?)", (owner, port))

    def listeners(self) -> list[int]:
        """The UDP ports to nudge."""
        with self._reading() as connection:
            return [port for (port,) in connection.execute("SELECT port FROM listener")]

    def owners(self) -> set[str]:
        """Every owner that holds a delivery or listens."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT owner FROM listener UNION SELECT owner FROM delivery WHERE owner IS NOT NULL"
            ).fetchall()
        return {owner for (owner,) in rows}

    def bury(self, owner: str) -> int:
        """What a dead owner held waits again; how many. Groups of its own go."""
        with self._writing() as connection:
            connection.execute("DELETE FROM listener WHERE owner=?", (owner,))
            connection.execute(
                "DELETE FROM delivery WHERE (destination, consumer_group) IN"
                " (SELECT destination, name FROM consumer_group WHERE owner=?)",
                (owner,),
            )
            connection.execute("DELETE FROM consumer_group WHERE owner=?", (owner,))
            return connection.execute(
                "UPDATE delivery SET state=0, owner=NULL WHERE owner=? AND state=1", (owner,)
            ).rowcount


def _letter(
    destination: str,
    group: str,
    seq: int,
    message_id: str,
    payload: bytes,
    headers: bytes,
    failures: int,
    error: str | None,
    stacktrace: str | None,
    died_at: float,
) -> DeadLetter:
    message = Message(payload, orjson.loads(headers))
    died = datetime.fromtimestamp(died_at, UTC)
    return DeadLetter(
        message_id or str(seq), destination, group, message, error or "", stacktrace or "", failures, died
    )


def _dead_condition(destination: str, group: str, ids: Collection[str] | None) -> tuple[str, list[object]]:
    condition = "destination=? AND consumer_group=? AND state=2"
    values: list[object] = [destination, group]
    if ids is not None:
        condition += (
            " AND coalesce(nullif(message_id, ''), CAST(seq AS TEXT)) IN (SELECT value FROM json_each(?))"
        )
        values.append(orjson.dumps(list(ids)).decode())
    return condition, values


class Owner:
    """This binder's proof of life: a locked file that the system unlocks when the process ends."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self._file = folder / name
        self._fd = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        """Ends it; the file goes too."""
        self._file.unlink(missing_ok=True)
        os.close(self._fd)


def is_dead(folder: Path, owner: str) -> bool:
    """Whether the owner's process has ended: its file is gone or nobody holds its lock."""
    try:
        fd = os.open(folder / owner, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(fd)
    (folder / owner).unlink(missing_ok=True)
    return True
