"""What every binder must do, whatever carries the messages. A binder's tests inherit the class:

    class TestLocalBinder(BinderConformance):
        @pytest.fixture
        def make(self, tmp_path): return lambda: LocalBinder(tmp_path / "broker.db")

`make` gives a new binder on the same broker at every call, as another process would have.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from ressort.messaging import (
    Binder,
    Binding,
    Handler,
    Message,
    PublishError,
    RetryLaterError,
    UnreadableMessageError,
)
from ressort.observability import tracing

WAIT_S = 30.0

Make = Callable[[], Binder]


def message(text: str, **headers: str) -> Message:
    """A message with an id of its own."""
    return Message(text.encode(), {"id": str(uuid.uuid4()), "type": "Test", **headers})


class Inbasket:
    """A handler that remembers, and fails as told."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.failures: dict[str, list[Exception]] = {}
        self._changed = threading.Condition()

    def __call__(self, received: Message) -> None:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()
            planned = self.failures.get(received.payload.decode(), [])
            failure = planned.pop(0) if planned else None
        if failure is not None:
            raise failure

    @property
    def texts(self) -> list[str]:
        """Payloads in the order received."""
        return [received.payload.decode() for received in self.received]

    def wait_for(self, count: int) -> list[str]:
        """The texts, once that many deliveries have come."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, WAIT_S), self.texts
            return self.texts


def eventually(condition: Callable[[], bool]) -> None:
    """Returns once the condition holds; fails after WAIT_S."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


class BinderConformance:
    """See the module's text."""

    @pytest.fixture
    def make(self) -> Make:
        """A factory of binders on one broker."""
        raise NotImplementedError

    @pytest.fixture
    def destination(self) -> str:
        """A destination nobody else uses."""
        return f"topic-{uuid.uuid4().hex[:12]}"

    @pytest.fixture
    def opened(self, make: Make) -> Iterator[Callable[[], Binder]]:
        """`make`, with every binder started and stopped at the end."""
        binders: list[Binder] = []

        def start() -> Binder:
            binder = make()
            binders.append(binder)
            binder.start()
            return binder

        yield start
        for binder in binders:
            binder.stop(10)

    @pytest.fixture
    def binder(self, opened: Callable[[], Binder]) -> Binder:
        """A started binder."""
        return opened()

    @staticmethod
    def consume(
        binder: Binder, destination: str, handler: Handler, group: str = "g", **settings: float
    ) -> Inbasket:
        """Starts a consumer with short pauses."""
        quick = {"back_off_initial_s": 0.05, "back_off_max_s": 0.2, **settings}
        binding = Binding(destination, group, **quick)  # type: ignore[arg-type]
        binder.subscribe(binding, handler).start()
        return handler  # type: ignore[return-value]

    def test_a_message_arrives_with_payload_and_headers(self, binder: Binder, destination: str) -> None:
        """Bytes and text headers come out as they went in."""
        basket = self.consume(binder, destination, Inbasket())
        sent = message("été", source="s", traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01")
        sent.headers["contentType"] = "application/json"
        binder.publish(destination, [sent])
        basket.wait_for(1)
        assert basket.received[0].payload == "été".encode()
        assert sent.headers.items() <= basket.received[0].headers.items()

    def test_messages_arrive_in_the_order_published(self, binder: Binder, destination: str) -> None:
        """One consumer sees one publisher's order."""
        basket = self.consume(binder, destination, Inbasket())
        texts = [str(n) for n in range(200)]
        binder.publish(destination, [message(text) for text in texts])
        assert basket.wait_for(200) == texts

    def test_every_group_gets_every_message(self, binder: Binder, destination: str) -> None:
        """Groups do not compete."""
        first = self.consume(binder, destination, Inbasket(), group="a")
        second = self.consume(binder, destination, Inbasket(), group="b")
        binder.publish(destination, [message("x")])
        assert first.wait_for(1) == ["x"]
        assert second.wait_for(1) == ["x"]

    def test_members_of_a_group_share_the_messages(
        self, opened: Callable[[], Binder], destination: str
    ) -> None:
        """Two processes of one group handle each message once between them."""
        one, two = opened(), opened()
        basket = Inbasket()
        self.consume(one, destination, basket)
        self.consume(two, destination, basket)
        one.publish(destination, [message(str(n)) for n in range(100)])
        assert sorted(basket.wait_for(100), key=int) == [str(n) for n in range(100)]
        eventually(lambda: one.backlog(destination, "g") == 0)
        assert len(basket.received) == 100

    def test_a_declared_group_keeps_what_comes_before_its_consumer(
        self, binder: Binder, destination: str
    ) -> None:
        """Messages wait for a consumer that starts later."""
        binder.declare(destination, ["g"])
        binder.publish(destination, [message("early")])
        eventually(lambda: binder.backlog(destination, "g") == 1)
        assert self.consume(binder, destination, Inbasket()).wait_for(1) == ["early"]

    def test_a_stopped_consumers_messages_wait_for_it(self, binder: Binder, destination: str) -> None:
        """A group outlives its consumers."""
        binding = Binding(destination, "g")
        first = binder.subscribe(binding, Inbasket())
        first.start()
        assert first.stop(10)
        binder.publish(destination, [message("while away")])
        assert self.consume(binder, destination, Inbasket()).wait_for(1) == ["while away"]

    def test_a_destination_without_group_refuses_messages(self, binder: Binder, destination: str) -> None:
        """What nobody would keep is not reported as published."""
        with pytest.raises(PublishError) as caught:
            binder.publish(destination, [message("a"), message("b")])
        assert set(caught.value.failures) == {0, 1}

    def test_a_failed_message_is_tried_again(self, binder: Binder, destination: str) -> None:
        """One failure costs one more delivery, no more."""
        basket = Inbasket()
        basket.failures = {"x": [ValueError("once")]}
        self.consume(binder, destination, basket)
        binder.publish(destination, [message("x")])
        assert basket.wait_for(2) == ["x", "x"]
        eventually(lambda: binder.backlog(destination, "g") == 0)
        assert binder.dead_letters(destination, "g") == []

    def test_a_failing_message_does_not_hold_back_others(self, binder: Binder, destination: str) -> None:
        """Pauses between attempts are not slept on the consumer."""
        basket = Inbasket()
        basket.failures = {"bad": [ValueError("once")]}
        self.consume(binder, destination, basket, back_off_initial_s=1.0, back_off_max_s=1.0)
        binder.publish(destination, [message("bad"), message("good")])
        assert basket.wait_for(3) == ["bad", "good", "bad"]

    def test_a_message_that_keeps_failing_becomes_a_dead_letter(
        self, binder: Binder, destination: str
    ) -> None:
        """After max_attempts deliveries it is kept with its error."""
        basket = Inbasket()
        basket.failures = {"x": [ValueError(f"no {n}") for n in range(9)]}
        self.consume(binder, destination, basket, max_attempts=3)
        sent = message("x")
        binder.publish(destination, [sent])
        eventually(lambda: len(binder.dead_letters(destination, "g")) == 1)
        (letter,) = binder.dead_letters(destination, "g")
        assert basket.texts == ["x", "x", "x"]
        assert (letter.id, letter.destination, letter.group) == (sent.id, destination, "g")
        assert letter.message.payload == b"x"
        assert letter.message.headers["type"] == "Test"
        assert "no 2" in letter.error
        assert "ValueError" in letter.stacktrace
        assert letter.attempts == 3
        assert letter.died_at is not None

    def test_an_unreadable_message_dies_at_once(self, binder: Binder, destination: str) -> None:
        """No retry can make a broken message readable."""
        basket = Inbasket()
        basket.failures = {"x": [UnreadableMessageError("not JSON")]}
        self.consume(binder, destination, basket)
        binder.publish(destination, [message("x")])
        eventually(lambda: len(binder.dead_letters(destination, "g")) == 1)
        assert basket.texts == ["x"]

    def test_waiting_for_a_peer_counts_no_attempt(self, binder: Binder, destination: str) -> None:
        """A handler that asks for later is called again as often as it asks."""
        basket = Inbasket()
        basket.failures = {"x": [RetryLaterError("peer is out", 0.05) for _ in range(4)]}
        self.consume(binder, destination, basket, max_attempts=1)
        binder.publish(destination, [message("x")])
        assert basket.wait_for(5) == ["x"] * 5
        assert binder.dead_letters(destination, "g") == []

    def test_replayed_letters_go_to_their_own_group_only(self, binder: Binder, destination: str) -> None:
        """A replay is a fresh start for the chosen letters of one group."""
        basket, other = Inbasket(), Inbasket()
        basket.failures = {text: [UnreadableMessageError("first")] for text in ("x", "y")}
        self.consume(binder, destination, basket)
        self.consume(binder, destination, other, group="other")
        sent = message("x")
        binder.publish(destination, [sent, message("y")])
        eventually(lambda: len(binder.dead_letters(destination, "g")) == 2)
        assert binder.replay(destination, "g", [sent.id]) == 1
        assert basket.wait_for(3) == ["x", "y", "x"]
        eventually(lambda: len(binder.dead_letters(destination, "g")) == 1)
        assert binder.replay(destination, "g") == 1
        assert basket.wait_for(4)[-1] == "y"
        assert sent.headers.items() <= basket.received[2].headers.items()
        assert other.texts == ["x", "y"]

    def test_discarded_letters_are_gone(self, binder: Binder, destination: str) -> None:
        """Discarding chooses by id, or takes all."""
        basket = Inbasket()
        texts = ["1", "2", "3"]
        basket.failures = {text: [UnreadableMessageError("no")] for text in texts}
        self.consume(binder, destination, basket)
        sent = [message(text) for text in texts]
        binder.publish(destination, sent)
        eventually(lambda: len(binder.dead_letters(destination, "g")) == 3)
        assert binder.discard(destination, "g", [sent[1].id, "unknown"]) == 1
        eventually(lambda: [m.message.payload for m in binder.dead_letters(destination, "g")] == [b"1", b"3"])
        assert binder.discard(destination, "g") == 2
        eventually(lambda: binder.dead_letters(destination, "g") == [])

    def test_concurrent_handlers_run_side_by_side(self, binder: Binder, destination: str) -> None:
        """A binding with concurrency 3 has three handlers at work."""
        barrier = threading.Barrier(3, timeout=WAIT_S)
        basket = Inbasket()

        def meet(received: Message) -> None:
            barrier.wait()
            basket(received)

        self.consume(binder, destination, meet, concurrency=3)
        binder.publish(destination, [message(str(n)) for n in range(3)])
        assert sorted(basket.wait_for(3)) == ["0", "1", "2"]

    def test_stopping_waits_for_the_running_handler(self, binder: Binder, destination: str) -> None:
        """A drained consumer has finished, and what it had not begun waits for the next."""
        entered, leave = threading.Event(), threading.Event()
        done: list[bytes] = []

        def slow(received: Message) -> None:
            entered.set()
            leave.wait(WAIT_S)
            done.append(received.payload)

        subscription = binder.subscribe(Binding(destination, "g"), slow)
        subscription.start()
        binder.publish(destination, [message("1"), message("2")])
        assert entered.wait(WAIT_S)
        threading.Timer(0.2, leave.set).start()
        assert subscription.stop(WAIT_S)
        assert done == [b"1"]
        assert self.consume(binder, destination, Inbasket()).wait_for(1) == ["2"]

    def test_a_handler_continues_the_senders_trace(self, binder: Binder, destination: str) -> None:
        """The trace id of the traceparent header is current in the handler."""
        traces: list[str] = []

        def note(_: Message) -> None:
            context = tracing.current()
            traces.append(context.trace_id if context else "")

        self.consume(binder, destination, note)
        binder.publish(destination, [message("x", traceparent=f"00-{'a' * 32}-{'b' * 16}-01")])
        eventually(lambda: traces == ["a" * 32])

    def test_publishing_from_many_threads_loses_nothing(self, binder: Binder, destination: str) -> None:
        """A binder may be shared by all request threads."""
        basket = self.consume(binder, destination, Inbasket())
        threads = [
            threading.Thread(
                target=lambda n=n: binder.publish(destination, [message(f"{n}-{m}") for m in range(20)])
            )
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT_S)
        assert sorted(basket.wait_for(160)) == sorted(f"{n}-{m}" for n in range(8) for m in range(20))

    def test_health_is_up(self, binder: Binder) -> None:
        """The broker answers."""
        eventually(lambda: binder.health().status == "UP")
