"""The RabbitMQ binder on a real broker: conformance, Spring's topology, outages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pika
import pytest
from sqlalchemy import MetaData

from ressort.config import load
from ressort.data import Database, inbox_table, outbox_table
from ressort.messaging import (
    Binder,
    BinderConfigurationError,
    BinderUnavailableError,
    Binding,
    Message,
    Messaging,
    PublishError,
    UnreadableMessageError,
    create,
)
from ressort.messaging._rabbit import RabbitBinder
from ressort.messaging._rabbit_options import RabbitOptions
from ressort.messaging._rabbit_topology import ladder_step_ms
from ressort.testing.binder_conformance import BinderConformance, Inbasket, eventually, message
from ressort.testing.parts_rabbitmq import RabbitMq

pytestmark = pytest.mark.part("rabbitmq")

CONSUMER = """
import sys, time
from ressort.messaging import Binding
from ressort.messaging._rabbit import RabbitBinder
from ressort.messaging._rabbit_options import RabbitOptions
binder = RabbitBinder(RabbitOptions(host="127.0.0.1", port=int(sys.argv[1])))
def handle(message):
    print(message.payload.decode(), flush=True)
    time.sleep(60)
binder.start()
binder.subscribe(Binding(sys.argv[2], "g"), handle).start()
time.sleep(120)
"""


class TestRabbitBinder(BinderConformance):
    """The suite every binder passes."""

    @pytest.fixture
    def make(self, rabbitmq: RabbitMq) -> Callable[[], Binder]:
        """Every binder has connections of its own."""
        return lambda: RabbitBinder(RabbitOptions(host="127.0.0.1", port=rabbitmq.port))


@pytest.fixture
def binder(rabbitmq: RabbitMq) -> Iterator[RabbitBinder]:
    binder = RabbitBinder(RabbitOptions(host="127.0.0.1", port=rabbitmq.port))
    binder.start()
    yield binder
    binder.stop(10)


@pytest.fixture
def channel(rabbitmq: RabbitMq) -> Iterator[Any]:
    connection = pika.BlockingConnection(pika.URLParameters(rabbitmq.url))
    yield connection.channel()
    if connection.is_open:
        connection.close()


@pytest.fixture
def topic() -> str:
    return f"topic-{uuid.uuid4().hex[:10]}"


def test_the_topology_equals_spring_cloud_streams(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """A Java service that declares the same binding finds nothing to object to."""
    binder.declare(topic, ["g"])
    channel.exchange_declare(topic, "topic", durable=True, auto_delete=False)
    arguments = {"x-dead-letter-exchange": "DLX", "x-dead-letter-routing-key": f"{topic}.g"}
    channel.queue_declare(f"{topic}.g", durable=True, arguments=arguments)
    channel.exchange_declare("DLX", "direct", durable=True)
    channel.queue_declare(f"{topic}.g.dlq", durable=True)


def test_a_queue_java_declared_first_is_used_as_it_is(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """Either side may come first."""
    arguments = {"x-dead-letter-exchange": "DLX", "x-dead-letter-routing-key": f"{topic}.g"}
    channel.queue_declare(f"{topic}.g", durable=True, arguments=arguments)
    basket = Inbasket()
    binder.subscribe(Binding(topic, "g"), basket).start()
    binder.declare(topic, ["g"])
    binder.publish(topic, [message("x")])
    assert basket.wait_for(1) == ["x"]


def test_a_queue_declared_otherwise_is_a_configuration_error(
    binder: RabbitBinder, channel: Any, topic: str
) -> None:
    """Unlike arguments are said, not retried in a hot loop."""
    channel.queue_declare(f"{topic}.g", durable=True)
    binder.subscribe(Binding(topic, "g"), Inbasket()).start()
    eventually(lambda: "406" in str(binder.health().details.get("error")))


def test_messages_carry_amqp_properties(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """Other clients see id, type, time, sender and content type in AMQP's own fields."""
    binder.declare(topic, ["g"])
    headers = {"source": "facture-service", "time": "2026-11-20T10:15:00Z", "contentType": "application/json"}
    sent = message("{}", **headers)
    binder.publish(topic, [sent])
    _, properties, _ = channel.basic_get(f"{topic}.g", auto_ack=True)
    assert properties.message_id == sent.id
    assert properties.type == "Test"
    assert properties.app_id == "facture-service"
    assert properties.content_type == "application/json"
    assert properties.delivery_mode == 2
    assert properties.timestamp == 1795169700


def test_a_spring_producers_message_is_understood(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """AMQP fields become headers; Java type hints and tables are no obstacle."""
    basket = Inbasket()
    binder.declare(topic, ["g"])
    binder.subscribe(Binding(topic, "g"), basket).start()
    properties = pika.BasicProperties(
        content_type="application/json",
        message_id="m1",
        type="Paye",
        app_id="java",
        timestamp=1795169700,
        headers={"__TypeId__": "x.Y", "n": 3, "nested": {"a": 1}},
    )
    channel.basic_publish(topic, topic, b"{}", properties)
    basket.wait_for(1)
    headers = basket.received[0].headers
    assert headers["id"] == "m1"
    assert headers["type"] == "Paye"
    assert headers["source"] == "java"
    assert headers["time"] == "2026-11-20T10:15:00Z"
    assert headers["contentType"] == "application/json"
    assert headers["n"] == "3"


@pytest.mark.parametrize("prefix", ["cloudEvents:", "cloudEvents_"])
def test_cloud_events_in_binary_mode_are_understood(
    binder: RabbitBinder, channel: Any, topic: str, prefix: str
) -> None:
    """Both spellings of the attributes give id, type, source and time."""
    basket = Inbasket()
    binder.declare(topic, ["g"])
    binder.subscribe(Binding(topic, "g"), basket).start()
    attributes = {"id": "e1", "type": "T", "source": "/s", "specversion": "1.0"}
    headers = {prefix + name: value for name, value in attributes.items()}
    channel.basic_publish(topic, topic, b"{}", pika.BasicProperties(headers=headers))
    basket.wait_for(1)
    assert (basket.received[0].id, basket.received[0].type) == ("e1", "T")


def test_structured_cloud_events_are_unwrapped(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """The handler sees the data; a broken envelope is a dead letter."""
    basket = Inbasket()
    binder.declare(topic, ["g"])
    binder.subscribe(Binding(topic, "g"), basket).start()
    properties = pika.BasicProperties(content_type="application/cloudevents+json")
    channel.basic_publish(topic, topic, b'{"id":"e1","type":"T","source":"/s","data":{"a":1}}', properties)
    channel.basic_publish(topic, topic, b"{broken", properties)
    basket.wait_for(1)
    assert basket.received[0].json() == {"a": 1}
    eventually(lambda: len(binder.dead_letters(topic, "g")) == 1)


def test_dead_letters_carry_springs_republish_headers(binder: RabbitBinder, channel: Any, topic: str) -> None:
    """Tools written for Spring Cloud Stream find the error where they look for it."""
    basket = Inbasket()
    basket.failures = {"x": [UnreadableMessageError("broken")]}
    binder.declare(topic, ["g"])
    binder.subscribe(Binding(topic, "g"), basket).start()
    binder.publish(topic, [message("x")])
    eventually(lambda: channel.queue_declare(f"{topic}.g.dlq", passive=True).method.message_count == 1)
    _, properties, _ = channel.basic_get(f"{topic}.g.dlq", auto_ack=True)
    assert "broken" in properties.headers["x-exception-message"]
    assert "UnreadableMessageError" in properties.headers["x-exception-stacktrace"]
    assert properties.headers["x-original-exchange"] == topic
    assert properties.headers["x-original-routingKey"] == topic


def test_a_partly_unroutable_batch_says_which(binder: RabbitBinder, topic: str) -> None:
    """A large batch in many confirm windows loses nothing and tells returns apart."""
    binder.declare(topic, ["g"])
    binder.publish(topic, [message(str(n)) for n in range(2000)])
    eventually(lambda: binder.backlog(topic, "g") == 2000)
    with pytest.raises(PublishError) as caught:
        binder.publish(topic + "-nobody", [message(str(n)) for n in range(1200)])
    assert len(caught.value.failures) == 1200
    assert "NO_ROUTE" in caught.value.failures[0]


def test_a_handler_slower_than_the_heartbeat_keeps_its_connection(rabbitmq: RabbitMq, topic: str) -> None:
    """The I/O thread answers heartbeats while a worker works: one delivery, no more."""
    binder = RabbitBinder(RabbitOptions(host="127.0.0.1", port=rabbitmq.port, requested_heartbeat_s=1))
    received: list[bytes] = []

    def slow(delivered: Message) -> None:
        received.append(delivered.payload)
        time.sleep(4)

    binder.start()
    binder.declare(topic, ["g"])
    subscription = binder.subscribe(Binding(topic, "g"), slow)
    subscription.start()
    binder.publish(topic, [message("x")])
    eventually(lambda: received == [b"x"])
    assert subscription.stop(30)
    binder.stop(10)
    assert received == [b"x"]


def test_a_killed_consumers_message_is_delivered_again(
    binder: RabbitBinder, rabbitmq: RabbitMq, topic: str
) -> None:
    """kill -9 in the middle of a handler loses nothing."""
    command = [sys.executable, "-c", CONSUMER, str(rabbitmq.port), topic]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        binder.declare(topic, ["g"])
        binder.publish(topic, [message("x")])
        assert victim.stdout is not None
        assert victim.stdout.readline() == "x\n"
        os.kill(victim.pid, signal.SIGKILL)
        basket = Inbasket()
        binder.subscribe(Binding(topic, "g"), basket).start()
        assert basket.wait_for(1) == ["x"]
    finally:
        victim.kill()
        victim.wait()


def test_wrong_credentials_are_a_configuration_error(rabbitmq: RabbitMq) -> None:
    """A refused login is said at once and not tried again in a hot loop."""
    binder = RabbitBinder(RabbitOptions(host="127.0.0.1", port=rabbitmq.port, password="wrong"))
    binder.start()
    with pytest.raises(BinderConfigurationError, match="refuses"):
        binder.publish("topic", [message("x")])
    assert binder.health().status == "DOWN"
    binder.stop(10)


def test_addresses_are_tried_in_turn(rabbitmq: RabbitMq, topic: str) -> None:
    """`spring.rabbitmq.addresses` lists brokers; the first may be down."""
    addresses = ["127.0.0.1:1", f"amqp://guest:guest@127.0.0.1:{rabbitmq.port}/"]
    binder = RabbitBinder(RabbitOptions(addresses=addresses))
    binder.start()
    eventually(lambda: binder.health().status == "UP")
    binder.stop(10)


def test_settings_come_from_spring_keys(rabbitmq: RabbitMq, topic: str, tmp_path: Path) -> None:
    """default-binder, spring.rabbitmq.*, binding and required groups are read from the environment."""
    arguments = [
        "--spring.cloud.stream.default-binder=rabbit",
        "--spring.rabbitmq.host=127.0.0.1",
        f"--spring.rabbitmq.port={rabbitmq.port}",
        f"--spring.cloud.stream.bindings.out.destination={topic}",
        "--spring.cloud.stream.bindings.out.producer.required-groups=later",
    ]
    messaging = create(load(argv=arguments, environ={}, directory=tmp_path))
    messaging.start()
    messaging.send(topic, [message("early")])
    eventually(lambda: messaging.binder.backlog(topic, "later") == 1)
    messaging.stop(10)


def test_an_outage_is_survived(tmp_path: Path, rabbitmq: RabbitMq) -> None:
    """The broker stops and comes back: durable messages, consumers and publishing all come back."""
    own = RabbitMq.start(tmp_path)
    binder = RabbitBinder(RabbitOptions(host="127.0.0.1", port=own.port))
    try:
        binder.start()
        binder.declare("topic", ["g", "kept"])
        basket = Inbasket()
        binder.subscribe(Binding("topic", "g"), basket).start()
        binder.publish("topic", [message("before")])
        basket.wait_for(1)
        own.pause()
        eventually(lambda: binder.health().status == "DOWN")
        with pytest.raises((BinderUnavailableError, PublishError)):
            binder.publish("topic", [message("during")])
        own.resume()
        eventually(lambda: binder.health().status == "UP")
        binder.publish("topic", [message("after")])
        assert basket.wait_for(2) == ["before", "after"]
        assert binder.backlog("topic", "kept") == 2
    finally:
        binder.stop(10)
        own.stop()


def test_pauses_use_a_ladder_of_queues() -> None:
    """Few retry queues serve all pauses."""
    assert [ladder_step_ms(s) for s in (0.01, 0.05, 0.06, 1.0, 1.5, 4, 60)] == [
        10,
        50,
        100,
        1000,
        2000,
        5000,
        100_000,
    ]


def test_an_outbox_on_a_broker_that_is_out_publishes_once_it_is_back(
    tmp_path: Path, rabbitmq: RabbitMq
) -> None:
    """Committed messages wait in the database through an outage, and are handled once."""
    own = RabbitMq.start(tmp_path)
    database = Database.open(f"sqlite:///{tmp_path}/service.db")
    tables = MetaData()
    outbox_table(tables)
    inbox_table(tables)
    tables.create_all(database.engine)
    messaging = Messaging(RabbitBinder(RabbitOptions(host="127.0.0.1", port=own.port)))
    outbox = messaging.outbox(database)
    basket = Inbasket()
    messaging.listen("topic", "g", basket, database)
    try:
        messaging.start()
        own.pause()
        eventually(lambda: messaging.binder.health().status == "DOWN")
        with database.transaction() as connection:
            for n in range(50):
                outbox.put(connection, "topic", message(str(n)))
        time.sleep(2)
        assert outbox.backlog()[0] == 50
        own.resume()
        assert sorted(map(int, basket.wait_for(50))) == list(range(50))
        eventually(lambda: outbox.backlog()[0] == 0)
        assert len(basket.received) == 50
    finally:
        messaging.stop(10)
        own.stop()
