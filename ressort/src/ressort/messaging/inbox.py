"""Which messages a group has already handled, kept in the transaction of their effect."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import Connection, MetaData, delete, insert
from sqlalchemy.exc import IntegrityError

from ressort.clock import Clock, SystemClock
from ressort.data import Database, inbox_table

logger = logging.getLogger(__name__)


class Inbox:
    """The table `inbox` of a service's database."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._table = inbox_table(MetaData())

    def first_time(self, connection: Connection, group: str, message_id: str) -> bool:
        """Whether the group handles this message for the first time; remembered if the transaction commits.

        Two deliveries at once: the second waits for the first one's end. A message without id cannot be
        recognised and always counts as new.
        """
        if not message_id:
            logger.warning(
                "group %s received a message without id: it cannot be recognised if it comes again", group
            )
            return True
        row = {"consumer_group": group, "message_id": message_id, "received_at": self._clock.now()}
        try:
            with connection.begin_nested():
                connection.execute(insert(self._table).values(row))
        except IntegrityError:
            return False
        return True

    def purge(self, older_than_s: float) -> int:
        """Forgets messages received longer ago; how many."""
        limit = self._clock.now() - timedelta(seconds=older_than_s)
        with self._database.transaction() as connection:
            return connection.execute(delete(self._table).where(self._table.c.received_at < limit)).rowcount
