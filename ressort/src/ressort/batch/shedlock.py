"""A scheduler's lock in ShedLock's table, shared with Java services.

Source: ShedLock's documented JDBC provider: take by insert, or by update where `lock_until` has passed;
release by setting `lock_until` to now, or to the end of the least holding time.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Column, MetaData, String, Table, update
from sqlalchemy.exc import IntegrityError

from ressort.clock import Clock, SystemClock
from ressort.data import Database, Instant


def shedlock_table(metadata: MetaData) -> Table:
    """ShedLock's own table."""
    return Table(
        "shedlock",
        metadata,
        Column("name", String(64), primary_key=True),
        Column("lock_until", Instant, nullable=False),
        Column("locked_at", Instant, nullable=False),
        Column("locked_by", String(255), nullable=False),
    )


def create_shedlock_table() -> None:
    """Inside an Alembic revision's `upgrade()`."""
    from alembic import op

    shedlock_table(MetaData()).create(op.get_bind())


class ShedLockProvider:
    """Locks in the `shedlock` table of a database."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._table = shedlock_table(MetaData())
        self._holder = f"{socket.gethostname()}:{os.getpid()}"

    def take(self, name: str, at_most_s: float, at_least_s: float) -> Callable[[], None] | None:
        """See `ressort.scheduling.LockProvider`."""
        now = self._clock.now()
        held = {
            "lock_until": now + timedelta(seconds=at_most_s),
            "locked_at": now,
            "locked_by": self._holder,
        }
        if not self._inserted(name, held) and not self._updated(name, held, now):
            return None
        return lambda: self._release(name, now, now + timedelta(seconds=at_least_s))

    def _inserted(self, name: str, held: dict[str, object]) -> bool:
        with self._database.read() as connection:
            if connection.execute(self._table.select().where(self._table.c.name == name)).first():
                return False
        try:
            with self._database.transaction() as connection:
                connection.execute(self._table.insert().values(name=name, **held))
        except IntegrityError:
            return False
        return True

    def _updated(self, name: str, held: dict[str, object], now: datetime) -> bool:
        t = self._table
        with self._database.transaction() as connection:
            changed = connection.execute(
                update(t).where(t.c.name == name, t.c.lock_until <= now).values(**held)
            )
        return changed.rowcount == 1

    def _release(self, name: str, taken_at: datetime, not_before: datetime) -> None:
        t = self._table
        with self._database.transaction() as connection:
            connection.execute(
                update(t)
                .where(t.c.name == name, t.c.locked_by == self._holder, t.c.locked_at == taken_at)
                .values(lock_until=max(self._clock.now(), not_before))
            )
