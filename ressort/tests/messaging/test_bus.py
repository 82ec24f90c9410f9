"""Spring Cloud Bus: who is meant, what is done, and the very JSON Java's instances send and read."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

import pika
import pytest

from ressort.clock import SystemClock
from ressort.config import ConfigError
from ressort.messaging import Message, Messaging
from ressort.messaging._bus_addresses import addressed, destination_of
from ressort.messaging._memory import MemoryBinder
from ressort.messaging._rabbit import RabbitBinder
from ressort.messaging._rabbit_options import RabbitOptions
from ressort.messaging.bus import AckOptions, Bus, BusOptions, Off, Switch
from ressort.testing.parts_rabbitmq import RabbitMq

OURS = "app:8080:1f2e"


@pytest.mark.parametrize(
    ("destination", "meant"),
    [
        (None, True), ("", True), ("**", True), ("*:**", True), ("app", True), ("app:**", True), ("app:8080", True),
        ("app:8080:1f2e", True), ("app:808?:*", True), ("a*:**", True), ("app-dev:**", False), ("other", False),
        ("app:8081:**", False), ("app:8080:1f2e:more", False), ("ap", False), ("a.p", False),
    ],
)  # fmt: skip
def test_who_is_meant(destination: str | None, meant: bool) -> None:
    """Ant patterns over the parts of an id; a short destination means every instance below it."""
    assert addressed(destination, OURS) is meant


def test_one_of_several_profiles_or_configuration_names_is_enough() -> None:
    """As Java's matcher has it."""
    assert addressed("app:dev:**", "app:dev,eu:8080:x")
    assert addressed("app:eu:8080:x", "app:dev,eu:8080:x")
    assert not addressed("app:us:**", "app:dev,eu:8080:x")
    assert addressed("shared:**", OURS, ["shared"])
    assert [destination_of(text) for text in (None, "foo", "foo:**", "a:b:c")] == [
        "**", "foo:**", "foo:**", "a:b:c",
    ]  # fmt: skip


class Member:
    """An instance on a bus, and what it was made to do."""

    def __init__(self, binder: Any, options: BusOptions | None = None, name: str = OURS) -> None:
        self.done: list[Any] = []
        self.happened = threading.Event()
        self.fault: ConfigError | None = None
        self.messaging = Messaging(binder)
        self.bus = Bus(
            self.messaging, options or BusOptions(), lambda: name, self._refresh, self._change, SystemClock()
        )

    def _refresh(self) -> None:
        self.done.append("refresh")
        self.happened.set()
        if self.fault is not None:
            raise self.fault

    def _change(self, values: Mapping[str, str]) -> None:
        self.done.append(dict(values))
        self.happened.set()

    def hear(self, **event: Any) -> None:
        self.bus.receive(Message(json.dumps(event).encode()))


REFRESH = {
    "type": "RefreshRemoteApplicationEvent", "timestamp": 1, "originService": "configserver:1:a",
    "destinationService": "app:**", "id": "6f7e",
}  # fmt: skip
CHANGE = {**REFRESH, "type": "EnvironmentChangeRemoteApplicationEvent", "values": {"a.b": "c"}}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Everything that was sent."""
    found: list[dict[str, Any]] = []

    def send(self: Messaging, destination: str, messages: list[Message]) -> None:
        assert destination == "springCloudBus"
        found.extend(message.json() for message in messages)

    monkeypatch.setattr(Messaging, "send", send)
    return found


def test_events_of_java_are_obeyed_and_acknowledged(heard: list[dict[str, Any]]) -> None:
    """A refresh and a change; an acknowledgement names the event and its class."""
    member = Member(MemoryBinder())
    member.hear(**REFRESH)
    member.hear(**CHANGE)
    assert member.done == ["refresh", {"a.b": "c"}]
    ack = heard[0]
    assert {name: ack[name] for name in ("type", "originService", "destinationService", "ackId")} == {
        "type": "AckRemoteApplicationEvent", "originService": OURS, "destinationService": "**", "ackId": "6f7e",
    }  # fmt: skip
    assert ack["ackDestinationService"] == "app:**"
    assert ack["event"] == "org.springframework.cloud.bus.event.RefreshRemoteApplicationEvent"


def test_what_is_not_for_us_or_not_an_event_does_nothing(
    heard: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """Others' events, acknowledgements, unknown kinds, broken JSON."""
    member = Member(MemoryBinder())
    member.hear(**{**REFRESH, "destinationService": "other:**"})
    member.hear(**{**REFRESH, "type": "AckRemoteApplicationEvent"})
    member.bus.receive(Message(b"{"))
    member.bus.receive(Message(b"[]"))
    assert (member.done, heard) == ([], [])
    member.hear(**{**REFRESH, "type": "SomethingElse"})
    assert member.done == []
    assert "cannot be read" in caplog.text


def test_the_sender_obeys_once_and_acknowledges_its_echo(heard: list[dict[str, Any]]) -> None:
    """What it sends is what Spring sends."""
    member = Member(MemoryBinder())
    member.bus.refresh()
    member.bus.change("a", "b", "other")
    assert member.done == ["refresh"]
    assert list(heard[0]) == ["type", "timestamp", "originService", "destinationService", "id"]
    assert (heard[0]["destinationService"], heard[1]["destinationService"]) == ("**", "other:**")
    assert heard[1]["values"] == {"a": "b"}
    member.hear(**heard[0])
    assert member.done == ["refresh"]
    assert heard[2]["ackId"] == heard[0]["id"]


def test_kinds_can_be_switched_off(heard: list[dict[str, Any]]) -> None:
    """Refresh, change, and acknowledgements."""
    off = BusOptions(refresh=Switch(False), env=Switch(False), ack=AckOptions(False))
    member = Member(MemoryBinder(), off)
    member.hear(**REFRESH)
    member.hear(**CHANGE)
    assert (member.done, heard) == ([], [])


def test_a_configuration_that_is_refused_is_told_and_kept(
    heard: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    """The event is over: it is not tried again."""
    member = Member(MemoryBinder())
    member.fault = ConfigError("not a whole number", key="server.port")
    with caplog.at_level(logging.WARNING, "ressort.bus"):
        member.hear(**REFRESH)
    assert "server.port" in caplog.text
    assert len(heard) == 1


@pytest.mark.parametrize(
    "options",
    [BusOptions(trace=Off(True)), BusOptions(shutdown=Off(True)), BusOptions(content_type="text/xml")],
)
def test_what_cannot_be_done_is_refused(options: BusOptions) -> None:
    """At start, by name."""
    with pytest.raises(ConfigError, match=r"spring\.cloud\.bus\."):
        options.check()


@pytest.mark.part("rabbitmq")
def test_java_and_we_on_one_exchange(rabbitmq: RabbitMq) -> None:
    """An event as Java publishes it reaches us; ours arrives as Java's listeners want it."""
    one, two = (
        Member(RabbitBinder(RabbitOptions(host="127.0.0.1", port=rabbitmq.port)), name=name)
        for name in (OURS, "other:1:x")
    )
    one.messaging.start()
    two.messaging.start()
    connection = pika.BlockingConnection(pika.URLParameters(rabbitmq.url))
    try:
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, "springCloudBus", "#")
        properties = pika.BasicProperties(content_type="application/json", delivery_mode=2)
        body = json.dumps(REFRESH).encode()
        _until(one, lambda: channel.basic_publish("springCloudBus", "springCloudBus", body, properties))
        _until(two, lambda: one.bus.refresh("other"))
        ours = _first(channel, queue, lambda event: event["originService"] == OURS and "ackId" not in event)
        assert ours[0].content_type == "application/json"
        assert ours[1]["destinationService"] == "other:**"
    finally:
        connection.close()
        one.messaging.stop(10)
        two.messaging.stop(10)
    assert (set(one.done), set(two.done)) == ({"refresh"}, {"refresh"})


def _until(member: Member, send: Callable[[], object]) -> None:
    """An anonymous queue misses what is sent before it is bound."""
    for _ in range(60):
        send()
        if member.happened.wait(0.5):
            return
    raise AssertionError("nothing was heard")


def _first(channel: Any, queue: str, wanted: Callable[[Any], bool]) -> tuple[Any, Any]:
    for method, properties, body in channel.consume(queue, auto_ack=True, inactivity_timeout=30):
        assert method is not None, "no such event arrived"
        event = json.loads(body)
        if wanted(event):
            return properties, event
    raise AssertionError("the queue ended")
