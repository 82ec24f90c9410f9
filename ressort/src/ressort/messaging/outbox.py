"""Messages written in the business transaction, so that both happen or neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, MetaData, delete, func, insert, select, update

from ressort.clock import Clock, SystemClock
from ressort.data import Database, outbox_table
from ressort.observability.metrics import MeterRegistry

from .message import Message

_PURGED_AT_ONCE = 1000


@dataclass(frozen=True)
class Pending:
    """A message not yet published."""

    seq: int
    destination: str
    message: Message
    attempts: int


class Outbox:
    """The table `outbox` of a service's database. `clock` is the machine's: pauses are real time."""

    def __init__(
        self, database: Database, metrics: MeterRegistry | None = None, clock: Clock | None = None
    ) -> None:
        self.database = database
        self._clock = clock or SystemClock()
        self._table = outbox_table(MetaData())
        self._listeners: list[Callable[[], None]] = []
        if metrics is not None:
            self._register(metrics)

    def put(self, connection: Connection, destination: str, message: Message, key: str | None = None) -> None:
        """Adds a message to the open transaction; it is published, in order, soon after the commit.

        `key` names what it is about (an invoice's id), for those who look at the table. Raises ValueError for
        a message without id, IntegrityError for an id used before.
        """
        if not message.id:
            raise ValueError("a message of the outbox needs an id header")
        now = self._clock.now()
        connection.execute(
            insert(self._table).values(
                id=message.id,
                destination=destination,
                message_key=key,
                type=message.type or None,
                payload=message.payload,
                headers=message.headers,
                created_at=now,
                available_at=now,
                attempts=0,
            )
        )
        self.database.after_commit(connection, self._committed)

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each commit that added messages, on the committing thread."""
        self._listeners.append(listener)

    def _committed(self) -> None:
        for listener in self._listeners:
            listener()

    def pending(self, limit: int) -> list[Pending]:
        """The oldest messages that are due, at most `limit`."""
        table = self._table
        query = (
            select(table.c.seq, table.c.destination, table.c.payload, table.c.headers, table.c.attempts)
            .where(table.c.published_at.is_(None), table.c.available_at <= self._clock.now())
            .order_by(table.c.seq)
            .limit(limit)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        return [
            Pending(row.seq, row.destination, Message(row.payload, row.headers), row.attempts) for row in rows
        ]

    def settle(self, published: Sequence[int], failed: Mapping[int, tuple[str, float]]) -> None:
        """Marks rows (by seq) as published, or failed with a reason and a pause in seconds, in one commit."""
        table = self._table
        now = self._clock.now()
        with self.database.transaction() as connection:
            if published:
                connection.execute(
                    update(table)
                    .where(table.c.seq.in_(published))
                    .values(published_at=now, attempts=table.c.attempts + 1, last_error=None)
                )
            for seq, (reason, pause_s) in failed.items():
                connection.execute(
                    update(table)
                    .where(table.c.seq == seq)
                    .values(
                        attempts=table.c.attempts + 1,
                        last_error=reason,
                        available_at=now + timedelta(seconds=pause_s),
                    )
                )

    def backlog(self) -> tuple[int, float]:
        """How many messages are not published yet, and the age of the oldest in seconds (0 without any)."""
        query = select(func.count(), func.min(self._table.c.created_at)).where(
            self._table.c.published_at.is_(None)
        )
        with self.database.read() as connection:
            count, oldest = connection.execute(query).one()
        age_s = (self._clock.now() - oldest).total_seconds() if oldest is not None else 0.0
        return count, max(0.0, age_s)

    def errors(self, limit: int = 20) -> list[tuple[str, str, str]]:
        """(id, destination, last error) of the oldest messages that could not be published."""
        table = self._table
        query = (
            select(table.c.id, table.c.destination, table.c.last_error)
            .where(table.c.published_at.is_(None), table.c.last_error.is_not(None))
            .order_by(table.c.seq)
            .limit(limit)
        )
        with self.database.read() as connection:
            return [(row.id, row.destination, row.last_error) for row in connection.execute(query)]

    def purge(self, older_than_s: float) -> int:
        """Deletes messages published longer ago, a thousand at most; how many."""
        table = self._table
        limit = self._clock.now() - timedelta(seconds=older_than_s)
        old = select(table.c.seq).where(table.c.published_at < limit).limit(_PURGED_AT_ONCE)
        with self.database.read() as connection:
            chosen = list(connection.execute(old).scalars())
        if not chosen:
            return 0
        with self.database.transaction() as connection:
            return connection.execute(delete(table).where(table.c.seq.in_(chosen))).rowcount

    def _register(self, metrics: MeterRegistry) -> None:
        metrics.gauge("outbox.pending", lambda: self.backlog()[0], "Messages not published yet")
        metrics.gauge(
            "outbox.oldest.age",
            lambda: self.backlog()[1],
            "Age of the oldest message not published yet",
            "seconds",
        )
