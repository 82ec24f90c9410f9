"""Outbox, relay and inbox on every database."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.exc import IntegrityError

from ressort.clock import FixedClock
from ressort.data import Database, inbox_table, outbox_table
from ressort.messaging import (
    Binding,
    Inbox,
    LocalBinder,
    MemoryBinder,
    Message,
    Messaging,
    Outbox,
    OutboxRelay,
    UnreadableMessageError,
)
from ressort.observability import HealthRegistry, MeterRegistry
from ressort.testing.binder_conformance import Inbasket, eventually

CLOCK = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
TABLES = MetaData()
OUTBOX = outbox_table(TABLES)
INBOX = inbox_table(TABLES)

CRASHING_PUBLISHER = """
import os, sys
from pathlib import Path
from ressort.clock import SystemClock
from ressort.data import Database
from ressort.messaging import LocalBinder, Message, Outbox, OutboxRelay
database = Database.open(sys.argv[1])
outbox = Outbox(database)
binder = LocalBinder(Path(sys.argv[2]))
binder.start()
publish = binder.publish
def publish_and_die(destination, messages):
    publish(destination, messages)
    os.kill(os.getpid(), 9)
binder.publish = publish_and_die
relay = OutboxRelay(outbox, binder)
relay.start()
with database.transaction() as connection:
    outbox.put(connection, "topic", Message(b"x", {"id": "m1"}))
relay._thread.join(60)
"""


@pytest.fixture
def database(any_database: Database) -> Database:
    TABLES.create_all(any_database.engine)
    return any_database


@pytest.fixture
def binder() -> MemoryBinder:
    return MemoryBinder()


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def relay(outbox: Outbox, binder: MemoryBinder) -> Iterator[OutboxRelay]:
    relay = OutboxRelay(outbox, binder)
    yield relay
    relay.stop(10)


def put(outbox: Outbox, *texts: str, destination: str = "topic") -> None:
    with outbox.database.transaction() as connection:
        for text in texts:
            outbox.put(connection, destination, message(text), key=text)


def message(text: str) -> Message:
    return Message.json_of(type="Test", source="test", payload={"text": text}, clock=CLOCK)


def texts(binder: MemoryBinder) -> list[str]:
    return [published.json()["text"] for _, published in binder.published]


def test_committed_messages_are_published_in_order(
    outbox: Outbox, relay: OutboxRelay, binder: MemoryBinder
) -> None:
    """The relay wakes on commit and keeps the order of the rows."""
    binder.declare("topic", ["g"])
    relay.start()
    put(outbox, *[str(n) for n in range(20)])
    eventually(lambda: texts(binder) == [str(n) for n in range(20)])
    eventually(lambda: outbox.backlog() == (0, 0.0))


def test_a_rolled_back_message_is_never_published(
    outbox: Outbox, relay: OutboxRelay, binder: MemoryBinder
) -> None:
    """No effect, no message."""
    binder.declare("topic", ["g"])
    with pytest.raises(KeyError), outbox.database.transaction() as connection:
        outbox.put(connection, "topic", message("x"))
        raise KeyError("x")
    assert relay.drain() == 0
    assert binder.published == []


def test_an_unroutable_message_waits_with_its_reason(
    outbox: Outbox, relay: OutboxRelay, binder: MemoryBinder
) -> None:
    """It stays until some group exists, without holding back other destinations."""
    binder.declare("other", ["g"])
    put(outbox, "lost")
    put(outbox, "fine", destination="other")
    assert relay.drain() == 1
    ((_, destination, reason),) = outbox.errors()
    assert (destination, reason) == ("topic", "no consumer group is bound")
    assert relay.health().details["pending"] == 1
    binder.declare("topic", ["g"])
    relay.start()
    eventually(lambda: texts(binder) == ["fine", "lost"])
    eventually(lambda: outbox.errors() == [])


def test_only_one_of_two_relays_publishes(database: Database, binder: MemoryBinder) -> None:
    """Two instances on one database do not both publish a message."""
    binder.declare("topic", ["g"])
    outboxes = [Outbox(database), Outbox(database)]
    relays = [OutboxRelay(outbox, binder) for outbox in outboxes]
    for relay in relays:
        relay.start()
    for n in range(40):
        put(outboxes[n % 2], str(n))
    eventually(lambda: outboxes[0].backlog()[0] == 0)
    for relay in relays:
        relay.stop(10)
    assert texts(binder) == [str(n) for n in range(40)]


def test_another_relay_takes_over_when_one_stops(database: Database, binder: MemoryBinder) -> None:
    """The lock is given back at the end."""
    binder.declare("topic", ["g"])
    first, second = Outbox(database), Outbox(database)
    one, two = OutboxRelay(first, binder), OutboxRelay(second, binder)
    one.start()
    put(first, "1")
    eventually(lambda: texts(binder) == ["1"])
    two.start()
    one.stop(10)
    put(second, "2")
    eventually(lambda: texts(binder) == ["1", "2"])
    two.stop(10)


def test_a_relay_killed_before_it_marks_publishes_again_and_the_inbox_absorbs_it(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """kill -9 between the broker's confirm and our mark: twice published, once handled."""
    file = tmp_path / "broker" / "broker.db"
    binder = LocalBinder(file)
    handled: list[str] = []
    deliveries = Inbasket()
    messaging = Messaging(binder)
    binder.declare("topic", ["raw"])
    messaging.listen("topic", "g", lambda received: handled.append(received.id), database)
    messaging.start()
    command = [sys.executable, "-c", CRASHING_PUBLISHER, database_url, str(file)]
    assert subprocess.run(command, timeout=60, check=False).returncode == -9
    outbox = Outbox(database)
    assert outbox.backlog()[0] == 1
    relay = OutboxRelay(outbox, binder)
    relay.start()
    binder.subscribe(Binding("topic", "raw"), deliveries).start()
    assert deliveries.wait_for(2) == ["x", "x"]
    eventually(lambda: binder.backlog("topic", "g") == 0)
    assert handled == ["m1"]
    relay.stop(10)
    messaging.stop(10)


def test_a_published_row_is_purged_when_old(database: Database, binder: MemoryBinder) -> None:
    """Rows not published stay however old."""
    binder.declare("topic", ["g"])
    outbox = Outbox(database)
    put(outbox, "a", "b")
    OutboxRelay(outbox, binder).drain()
    put(outbox, "c", destination="nowhere")
    assert outbox.purge(3600) == 0
    assert outbox.purge(-1) == 2
    with database.read() as connection:
        assert connection.execute(select(OUTBOX.c.message_key)).scalars().all() == ["c"]


def test_a_message_id_is_used_once(outbox: Outbox) -> None:
    """The same id twice is a fault of the caller."""
    same = message("x")
    with pytest.raises(IntegrityError), outbox.database.transaction() as connection:
        outbox.put(connection, "topic", same)
        outbox.put(connection, "topic", same)


def test_backlog_gauges_tell_size_and_age(database: Database) -> None:
    """An outbox that does not move shows in the metrics."""
    metrics = MeterRegistry()
    put(Outbox(database, metrics), "a", "b")
    scraped = metrics.scrape()
    assert "outbox_pending 2" in scraped
    assert "outbox_oldest_age_seconds" in scraped


def test_the_inbox_knows_a_message_again_per_group(database: Database) -> None:
    """First time once per group, and only if the transaction commits."""
    inbox = Inbox(database)
    with pytest.raises(KeyError), database.transaction() as connection:
        assert inbox.first_time(connection, "g", "m")
        raise KeyError("m")
    answers = []
    for group in ("g", "g", "other"):
        with database.transaction() as connection:
            answers.append(inbox.first_time(connection, group, "m"))
    assert answers == [True, False, True]
    assert inbox.purge(-1) == 2


def test_two_deliveries_at_once_take_effect_once(database: Database) -> None:
    """Racing transactions on one message id: exactly one wins."""
    inbox = Inbox(database)
    answers: list[bool] = []

    def deliver() -> None:
        with database.transaction() as connection:
            answers.append(inbox.first_time(connection, "g", "m"))

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [False] * 7 + [True]


def test_a_failed_handler_leaves_no_inbox_row(database: Database, binder: MemoryBinder) -> None:
    """Its retry is still the first time; a redelivery of the handled one is not."""
    messaging = Messaging(binder)
    basket = Inbasket()
    basket.failures = {"x": [ValueError("once")]}
    messaging.listen("topic", "g", basket, database)
    messaging.start()
    binder.publish("topic", [Message(b"x", {"id": "m"})])
    basket.wait_for(2)
    eventually(lambda: binder.backlog("topic", "g") == 0)
    binder.publish("topic", [Message(b"x", {"id": "m"})])
    eventually(lambda: binder.backlog("topic", "g") == 0)
    assert basket.texts == ["x", "x"]
    messaging.stop(10)


def test_a_handlers_own_transaction_joins_the_inbox_row(database: Database, binder: MemoryBinder) -> None:
    """Effect and inbox row are one transaction, outbox included."""
    messaging = Messaging(binder)
    outbox = messaging.outbox(database)

    def handler(received: Message) -> None:
        with database.transaction() as connection:
            outbox.put(connection, "answers", message("answer"))
        raise UnreadableMessageError("after all")

    messaging.listen("topic", "g", handler, database)
    binder.publish("topic", [Message(b"x", {"id": "m"})])
    binder.drain()
    assert len(binder.dead_letters("topic", "g")) == 1
    assert outbox.backlog()[0] == 0


def test_health_lists_broker_and_outbox(database: Database, binder: MemoryBinder) -> None:
    """Both are components of the process's health."""
    health = HealthRegistry()
    Messaging(binder, health=health).outbox(database)
    assert health.names() == ["binders/memory", "outbox"]
    assert health.tree().status == "UP"


def test_a_relay_on_a_database_out_of_reach_keeps_trying(
    database_urls: Callable[[str], str], binder: MemoryBinder
) -> None:
    """A missing table, or server, does not end the relay."""
    database = Database.open(database_urls("later"))
    outbox = Outbox(database)
    relay = OutboxRelay(outbox, binder)
    binder.declare("topic", ["g"])
    relay.start()
    eventually(lambda: relay.health().status == "DOWN")
    TABLES.create_all(database.engine)
    put(outbox, "x")
    eventually(lambda: texts(binder) == ["x"])
    relay.stop(10)
    database.close()
