"""Claims and answers in the service's own database, so that effect and answer are one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, Row, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ressort.clock import Clock
from ressort.data.tables import idempotency_table

from .claimants import is_gone
from .idempotency import (
    RETENTION_H,
    AnswerUnit,
    Claim,
    KeptAnswer,
    KeyReusedError,
    KeyRunningError,
    LostClaimError,
)

if TYPE_CHECKING:
    from ressort.data import Database

_PURGE_EVERY_S = 3600.0


class SqlAnswers:
    """`AnswerStore` over the `idempotency` table of a `ressort.data.Database`."""

    def __init__(self, database: Database, clock: Clock, table: Table | None = None) -> None:
        self._database = database
        self._clock = clock
        self._table = idempotency_table(MetaData()) if table is None else table
        self._purged_at_s = clock.monotonic()

    def claim(self, claim: Claim, lease_s: float) -> KeptAnswer | None:
        """See `AnswerStore`: one insert when the key is new."""
        self._purge_now_and_then()
        try:
            with self._database.transaction() as connection:
                connection.execute(insert(self._table).values(self._row(claim, lease_s)))
            return None
        except IntegrityError:
            return self._seen_before(claim, lease_s)

    @contextmanager
    def unit(self, claim: Claim, deferred: bool) -> Iterator[AnswerUnit]:
        """See `AnswerStore`."""
        if not deferred:
            yield _OwnTransaction(self, claim)
            return
        with self._database.deferred_commit() as deferral:
            yield _Deferred(self, claim, deferral)

    def save(
        self, connection: Connection, claim: Claim, answer: KeptAnswer, done: Callable[[], None]
    ) -> None:
        """See `AnswerStore`: `connection` is the one of the transaction open here."""
        self.write(connection, claim, answer)
        self._database.after_commit(connection, done)

    def write(self, connection: Connection, claim: Claim, answer: KeptAnswer) -> None:
        """Fills the row in, which must still be this owner's. Raises LostClaimError."""
        done = connection.execute(
            update(self._table)
            .where(*self._mine(claim))
            .values(
                status=answer.status,
                headers=dict(answer.headers),
                body=answer.body,
                completed_at=self._clock.now(),
            )
        )
        if done.rowcount != 1:
            raise LostClaimError

    def free(self, claim: Claim) -> None:
        """See `AnswerStore`."""
        with self._database.transaction() as connection:
            connection.execute(delete(self._table).where(*self._mine(claim)))

    def purge(self) -> int:
        """Deletes what is older than the retention; the number of rows deleted."""
        before = self._clock.now() - timedelta(hours=RETENTION_H)
        with self._database.transaction() as connection:
            return connection.execute(delete(self._table).where(self._table.c.created_at < before)).rowcount

    def in_own_transaction(self, claim: Claim, answer: KeptAnswer) -> None:
        """Saves outside any transaction of the handler."""
        with self._database.transaction() as connection:
            self.write(connection, claim, answer)

    def _purge_now_and_then(self) -> None:
        now = self._clock.monotonic()
        if now - self._purged_at_s > _PURGE_EVERY_S:
            self._purged_at_s = now
            self.purge()

    def _row(self, claim: Claim, lease_s: float) -> dict[str, Any]:
        now = self._clock.now()
        return {
            "route": claim.route,
            "idempotency_key": claim.key,
            "body_hash": claim.fingerprint,
            "claimed_by": claim.owner,
            "claimed_until": now + timedelta(seconds=lease_s),
            "created_at": now,
        }

    def _seen_before(self, claim: Claim, lease_s: float) -> KeptAnswer | None:
        with self._database.transaction() as connection:
            query = select(self._table).where(*self._named(claim)).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None:
                connection.execute(insert(self._table).values(self._row(claim, lease_s)))
                return None
            return self._judge(connection, row, claim, lease_s)

    def _judge(
        self, connection: Connection, row: Row[Any], claim: Claim, lease_s: float
    ) -> KeptAnswer | None:
        if row.body_hash != claim.fingerprint:
            raise KeyReusedError
        if row.status is not None:
            return KeptAnswer(row.status, row.headers or {}, bytes(row.body or b""))
        if row.claimed_until > self._clock.now() and not is_gone(row.claimed_by):
            raise KeyRunningError
        fresh = self._row(claim, lease_s)
        connection.execute(update(self._table).where(*self._named(claim)).values(fresh))
        return None

    def _named(self, claim: Claim) -> list[Any]:
        return [self._table.c.route == claim.route, self._table.c.idempotency_key == claim.key]

    def _mine(self, claim: Claim) -> list[Any]:
        return [*self._named(claim), self._table.c.claimed_by == claim.owner, self._table.c.status.is_(None)]


class _OwnTransaction:
    def __init__(self, store: SqlAnswers, claim: Claim) -> None:
        self._store, self._claim = store, claim

    def save(self, answer: KeptAnswer) -> None:
        self._store.in_own_transaction(self._claim, answer)


class _Deferred:
    def __init__(self, store: SqlAnswers, claim: Claim, deferral: Any) -> None:
        self._store, self._claim, self._deferral = store, claim, deferral

    def save(self, answer: KeptAnswer) -> None:
        self._store.write(self._deferral.connection(), self._claim, answer)
