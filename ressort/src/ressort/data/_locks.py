"""Locks between processes that the operating system or the server frees when their holder dies."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

_POLL_S = 0.05


class NamedLock(Protocol):
    """A mutex shared by every process that uses the same database."""

    def acquire(self, timeout_s: float) -> bool:
        """Whether the lock was had within the time; 0 tries once. Must not be held already."""
        ...

    def held(self) -> bool:
        """Whether it is certainly still ours (a server may have dropped our session)."""
        ...

    def release(self) -> None:
        """Gives it back; does nothing when not held."""
        ...


class FileLock:
    """`flock` on a file beside the SQLite database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def acquire(self, timeout_s: float) -> bool:
        fd = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        end = time.monotonic() + timeout_s
        while not _try_flock(fd):
            if time.monotonic() >= end:
                os.close(fd)
                return False
            time.sleep(_POLL_S)
        self._fd = fd
        return True

    def held(self) -> bool:
        return self._fd is not None

    def release(self) -> None:
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)


def _try_flock(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class ThreadLock:
    """For a database in memory, which has no other processes."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self._held = False

    def acquire(self, timeout_s: float) -> bool:
        self._held = self._lock.acquire(timeout=timeout_s)
        return self._held

    def held(self) -> bool:
        return self._held

    def release(self) -> None:
        if self._held:
            self._held = False
            self._lock.release()


class ServerLock:
    """MySQL's `GET_LOCK` on a connection of its own; its name carries the schema."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        digest = hashlib.sha256(f"{engine.url.database}/{name}".encode()).hexdigest()[:32]
        self._name = f"ressort.{digest}"
        self._connection: Connection | None = None

    def acquire(self, timeout_s: float) -> bool:
        connection = self._engine.connect()
        try:
            got = connection.execute(
                text("SELECT GET_LOCK(:n, :t)"), {"n": self._name, "t": int(timeout_s)}
            ).scalar()
            connection.rollback()
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        if got != 1:
            connection.close()
            return False
        self._connection = connection
        return True

    def held(self) -> bool:
        if self._connection is None:
            return False
        try:
            mine = self._connection.execute(
                text("SELECT IS_USED_LOCK(:n) = CONNECTION_ID()"), {"n": self._name}
            ).scalar()
            self._connection.rollback()
        except DBAPIError:
            self.release()
            return False
        return mine == 1

    def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.execute(text("SELECT RELEASE_LOCK(:n)"), {"n": self._name})
            connection.rollback()
        except DBAPIError:
            connection.invalidate()
        finally:
            connection.close()
