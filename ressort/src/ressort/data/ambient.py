"""The transaction of the current thread of control, and commits put off until an answer is known.

`Database.transaction()` joins the unit of work already open here (Spring's REQUIRED). A caller that
must add its own row to whatever the code below it writes (the idempotency filter and its stored answer)
opens `Database.deferred_commit()` around that code:

    with database.deferred_commit() as deferral:
        answer = handler()                       # its transaction() blocks end without a commit
        store(deferral.connection(), answer)     # same transaction; begun now when the handler had none
                                                 # leaving: commit; on an exception: rollback

A block that fails inside undoes only itself: the first one rolls the whole unit back, later ones their
savepoint, as if each had been a transaction of its own.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from sqlalchemy import Connection

from .errors import UnexpectedRollbackError

logger = logging.getLogger(__name__)

Callback = Callable[[], None]


class UnitSource(Protocol):
    """What opens units of work: a Database."""

    name: str

    def begin_unit(self) -> Unit: ...


class Unit:
    """One open write transaction on one connection, of one thread."""

    def __init__(self, connection: Connection, release: Callable[[], None]) -> None:
        self.connection = connection
        self.callbacks: list[Callback] = []
        self.rollback_only = False
        self._thread = threading.get_ident()
        self._release = release

    @property
    def mine(self) -> bool:
        """Whether the current thread opened it: a copied context must not share a connection."""
        return self._thread == threading.get_ident()

    def commit(self) -> None:
        """Commits, gives the connection back, then runs the callbacks registered on the way."""
        try:
            self.connection.commit()
        except BaseException:
            self.rollback()
            raise
        self._release()
        for callback in self.callbacks:
            _run(callback)

    def rollback(self) -> None:
        """Undoes everything and gives the connection back, callbacks unrun."""
        try:
            self.connection.rollback()
        finally:
            self._release()


def _run(callback: Callback) -> None:
    """The commit has happened: a failing callback must not make it look otherwise."""
    try:
        callback()
    except Exception:
        logger.exception("after-commit callback %r failed", callback)


class Scope:
    """What one thread of control has open on one database."""

    def __init__(self) -> None:
        self.unit: Unit | None = None
        self.deferral: Deferral | None = None


_scopes: ContextVar[dict[int, Scope] | None] = ContextVar("ressort_data_scopes", default=None)


@contextmanager
def _installed(source: UnitSource, scope: Scope) -> Iterator[None]:
    token = _scopes.set({**(_scopes.get() or {}), id(source): scope})
    try:
        yield
    finally:
        _scopes.reset(token)


def _scope(source: UnitSource) -> Scope | None:
    return (_scopes.get() or {}).get(id(source))


def current_unit(source: UnitSource) -> Unit | None:
    """The transaction block running here, or the one a deferral keeps open; None when there is none."""
    scope = _scope(source)
    if scope is None:
        return None
    unit = scope.unit or (scope.deferral.unit if scope.deferral else None)
    return unit if unit is not None and unit.mine else None


def current_deferral(source: UnitSource) -> Deferral | None:
    """The deferral around the running code, if its commits are still put off."""
    scope = _scope(source)
    deferral = scope.deferral if scope else None
    return deferral if deferral is not None and deferral.active else None


@contextmanager
def transaction(source: UnitSource) -> Iterator[Connection]:
    """Joins the block running here, or opens one; see `Database.transaction`."""
    scope = _scope(source)
    if scope is not None and scope.unit is not None and scope.unit.mine:
        with _joined(scope.unit) as connection:
            yield connection
        return
    deferral = current_deferral(source)
    if deferral is not None:
        with deferral.step() as unit, _block(source, unit, deferral):
            yield unit.connection
        return
    with _own(source) as connection:
        yield connection


@contextmanager
def _joined(unit: Unit) -> Iterator[Connection]:
    try:
        yield unit.connection
    except BaseException:
        unit.rollback_only = True
        raise


@contextmanager
def _block(source: UnitSource, unit: Unit, deferral: Deferral | None = None) -> Iterator[None]:
    scope = Scope()
    scope.unit, scope.deferral = unit, deferral
    with _installed(source, scope):
        yield
    if unit.rollback_only:
        raise UnexpectedRollbackError(source.name)


@contextmanager
def _own(source: UnitSource) -> Iterator[Connection]:
    unit = source.begin_unit()
    try:
        with _block(source, unit):
            yield unit.connection
    except BaseException:
        unit.rollback()
        raise
    unit.commit()


class Deferral:
    """Commits put off until its owner says so; used by one thread."""

    def __init__(self, source: UnitSource) -> None:
        self._source = source
        self._thread = threading.get_ident()
        self._on = True
        self._in_step = False
        self.unit: Unit | None = None

    @property
    def active(self) -> bool:
        """Whether transaction blocks of this thread still end without a commit."""
        return self._on and self._thread == threading.get_ident()

    def connection(self) -> Connection:
        """The transaction the code below left open, or one begun now."""
        if self.unit is None:
            self.unit = self._source.begin_unit()
        return self.unit.connection

    def commit(self) -> None:
        """Commits what is open, if anything."""
        unit, self.unit = self.unit, None
        if unit is not None:
            unit.commit()

    def rollback(self) -> None:
        """Undoes what is open, if anything."""
        unit, self.unit = self.unit, None
        if unit is not None:
            unit.rollback()

    def release(self) -> None:
        """Commits what is open (at the end of the block, inside one) and stops deferring.

        Later blocks commit at their own end: for handlers that must commit in several steps.
        """
        self._on = False
        if not self._in_step:
            self.commit()

    @contextmanager
    def step(self) -> Iterator[Unit]:
        """One transaction block below: its failure undoes this block only."""
        self._in_step = True
        try:
            with self._first_step() if self.unit is None else self._later_step(self.unit) as unit:
                yield unit
        finally:
            self._in_step = False
        if not self._on:
            self.commit()

    @contextmanager
    def _first_step(self) -> Iterator[Unit]:
        unit = self._source.begin_unit()
        try:
            yield unit
        except BaseException:
            unit.rollback()
            raise
        self.unit = unit

    @contextmanager
    def _later_step(self, unit: Unit) -> Iterator[Unit]:
        kept = len(unit.callbacks)
        savepoint = unit.connection.begin_nested()
        try:
            yield unit
        except BaseException:
            savepoint.rollback()
            del unit.callbacks[kept:]
            unit.rollback_only = False
            raise
        savepoint.commit()


@contextmanager
def deferred_commit(source: UnitSource) -> Iterator[Deferral]:
    """See the module's text. Raises RuntimeError inside a transaction block or another deferral."""
    if current_unit(source) is not None or current_deferral(source) is not None:
        raise RuntimeError(f"a commit on {source.name} cannot be deferred inside an open transaction")
    scope = Scope()
    scope.deferral = deferral = Deferral(source)
    try:
        with _installed(source, scope):
            yield deferral
    except BaseException:
        deferral.rollback()
        raise
    deferral.commit()
