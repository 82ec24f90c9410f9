"""Declared clients against real sockets: what went wrong is told truthfully."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Protocol

import pytest

from ressort.discovery import ServiceInstance
from ressort.http import (
    Body,
    ClientFactory,
    ClientOptions,
    Header,
    RemoteError,
    UnavailableError,
    feign_client,
    get,
    post,
)
from ressort.loadbalancer import LoadBalancer
from ressort.observability import tracing
from ressort.observability.metrics import MeterRegistry

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id": "a"}'
Script = Callable[[socket.socket, bytes, int], bool]


class Peer:
    """A raw HTTP peer: `script(connection, request, nth connection)` answers; False closes the connection."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.requests: list[bytes] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection: socket.socket, nth: int) -> None:
        with connection:
            while (request := _read_request(connection)) is not None:
                self.requests.append(request)
                if not self._script(connection, request, nth):
                    return

    def close(self) -> None:
        self._listener.close()


def _read_request(connection: socket.socket) -> bytes | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@pytest.fixture
def peer() -> Iterator[Callable[[Script], Peer]]:
    """Starts peers and closes them."""
    started: list[Peer] = []

    def start(script: Script) -> Peer:
        started.append(Peer(script))
        return started[-1]

    yield start
    for one in started:
        one.close()


def answering(data: bytes = OK, keep: bool = True) -> Script:
    def script(connection: socket.socket, request: bytes, nth: int) -> bool:
        connection.sendall(data)
        return keep

    return script


class Registry:
    """A registry with fixed instances."""

    def __init__(self, *ports: int) -> None:
        self.found = [ServiceInstance("orders", f"i{port}", "127.0.0.1", port) for port in ports]

    def instances(self, service_id: str) -> list[ServiceInstance]:
        return self.found if service_id == "orders" else []

    def services(self) -> list[str]:
        return ["orders"]

    def refresh(self, timeout_s: float = 1.0) -> None:
        """Knows everything already."""

    def on_change(self, listener: object) -> None:
        """Nothing changes."""


@feign_client("orders", path="/v1")
class Orders(Protocol):
    """A service of the tests."""

    @get("/orders/{id}")
    def order(self, id: str, at: str | None = None) -> dict[str, Any]: ...

    @post("/orders")
    def place(
        self, body: Body[dict[str, Any]], key: Annotated[str | None, Header("Idempotency-Key")] = None
    ) -> Any: ...

    @post("/orders/{id}/settle", retryable=True)
    def settle(self, id: str, body: dict[str, Any]) -> Any: ...


def client(*ports: int, read_s: float = 5.0, metrics: MeterRegistry | None = None) -> Orders:
    """A client of these ports."""
    balancer = LoadBalancer(Registry(*ports))  # type: ignore[arg-type]
    defaults = ClientOptions(connect_timeout_s=2.0, read_timeout_s=read_s)
    return ClientFactory(None, balancer, metrics, defaults=defaults).create(Orders)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_call_sends_path_query_headers_and_body(peer: Callable[[Script], Peer]) -> None:
    """The request on the wire is what the interface says, with the trace of the caller."""
    there = peer(answering())
    orders = client(there.port)
    context = tracing.start(1.0)
    with tracing.scope(context):
        assert orders.order("a/b é", at="2026-01-01") == {"id": "a"}
    orders.place({"n": 1}, key="k1")
    first, second = there.requests
    assert first.startswith(b"GET /v1/orders/a%2Fb%20%C3%A9?at=2026-01-01 HTTP/1.1\r\n")
    assert f"traceparent: {context.traceparent}".encode() in first
    assert b"Idempotency-Key: k1\r\n" in second and second.endswith(b'{"n":1}')
    assert there.connections == 1


def test_a_refused_connection_was_not_sent() -> None:
    """Nobody listens: `sent` is False, so even a payment may be tried again."""
    with pytest.raises(UnavailableError) as raised:
        client(free_port()).place({})
    assert raised.value.sent is False


def test_a_silent_peer_is_unknown(peer: Callable[[Script], Peer]) -> None:
    """The request went out and no answer came in time: `sent` is True and a POST is not repeated."""
    release = threading.Event()

    def silent(connection: socket.socket, request: bytes, nth: int) -> bool:
        release.wait(20)
        return False

    there = peer(silent)
    with pytest.raises(UnavailableError) as raised:
        client(there.port, read_s=0.2).place({})
    release.set()
    assert raised.value.sent is True
    assert len(there.requests) == 1


def test_half_an_answer_is_unknown(peer: Callable[[Script], Peer]) -> None:
    """A body shorter than announced is no answer."""
    there = peer(answering(OK[:-4], keep=False))
    with pytest.raises(UnavailableError) as raised:
        client(there.port).place({})
    assert raised.value.sent is True


def test_a_connection_closed_without_answer_is_repeated_for_safe_calls_only(
    peer: Callable[[Script], Peer],
) -> None:
    """A keep-alive connection the peer drops on use: GET and retryable calls go again, POST does not."""

    def dropping(connection: socket.socket, request: bytes, nth: int) -> bool:
        if nth == 1:
            return False
        connection.sendall(OK)
        return True

    assert client(peer(dropping).port).order("1") == {"id": "a"}
    assert client(peer(dropping).port).settle("1", {}) == {"id": "a"}
    with pytest.raises(UnavailableError) as raised:
        client(peer(dropping).port).place({})
    assert raised.value.sent is True


def test_a_connection_the_peer_closed_while_idle_is_replaced(peer: Callable[[Script], Peer]) -> None:
    """The pool notices the closed connection before using it, also for POST."""
    closed = threading.Event()

    def closing(connection: socket.socket, request: bytes, nth: int) -> bool:
        connection.sendall(OK)
        connection.shutdown(socket.SHUT_RDWR)
        closed.set()
        return False

    there = peer(closing)
    orders = client(there.port)
    for _ in range(3):
        orders.place({})
        assert closed.wait(5)
        closed.clear()
    assert there.connections == 3


def test_another_instance_is_asked_when_one_refuses(peer: Callable[[Script], Peer]) -> None:
    """Whatever the method, since a refused call was never processed."""
    there = peer(answering())
    orders = client(free_port(), there.port)
    for _ in range(6):
        assert orders.place({}) == {"id": "a"}


def test_unknown_stays_unknown_when_a_later_attempt_is_refused(peer: Callable[[Script], Peer]) -> None:
    """First instance takes the call and dies, second one refuses: the outcome is still unknown."""
    taking = peer(lambda connection, request, nth: False)
    orders = client(taking.port, free_port())
    outcomes = set()
    for _ in range(4):
        taking.requests.clear()
        with pytest.raises(UnavailableError) as raised:
            orders.settle("1", {})
        outcomes.add((raised.value.sent, bool(taking.requests)))
    assert (True, True) in outcomes
    assert (False, True) not in outcomes


def test_unknown_stays_unknown_when_the_registry_empties(peer: Callable[[Script], Peer]) -> None:
    """The instance takes the call, dies and is gone from the registry before the second attempt."""

    class Emptying(Registry):
        listener: Any = None

        def on_change(self, listener: object) -> None:
            self.listener = listener

    def vanish(connection: socket.socket, request: bytes, nth: int) -> bool:
        registry.found = []
        registry.listener(frozenset({"orders"}))
        return False

    there = peer(vanish)
    registry = Emptying(there.port)
    balancer = LoadBalancer(registry)  # type: ignore[arg-type]
    with pytest.raises(UnavailableError) as raised:
        ClientFactory(None, balancer).create(Orders).settle("1", {})
    assert raised.value.sent is True


def test_no_instance_is_unavailable_and_not_sent() -> None:
    """An empty registry."""
    with pytest.raises(UnavailableError) as raised:
        client().order("1")
    assert raised.value.sent is False


def test_a_problem_document_becomes_a_remote_error(peer: Callable[[Script], Peer]) -> None:
    """Status, code and errors are the peer's."""
    body = b'{"code":"stock-short","detail":"two left","errors":[{"pointer":"/n","code":"x","detail":"y"}]}'
    head = f"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n\r\n"
    with pytest.raises(RemoteError, match="two left") as raised:
        client(peer(answering(head.encode() + body)).port).place({})
    assert (raised.value.status, raised.value.code, raised.value.errors[0]["pointer"]) == (
        409,
        "stock-short",
        "/n",
    )


@pytest.mark.parametrize(("extra", "sent"), [("", True), ("X-Request-Not-Processed: true\r\n", False)])
def test_a_gateways_error_is_an_outage_known_by_its_header(
    peer: Callable[[Script], Peer], extra: str, sent: bool
) -> None:
    """503 is unavailable; only the header makes it provably not processed. Retry-After is kept."""
    data = f"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n{extra}Content-Length: 0\r\n\r\n".encode()
    with pytest.raises(UnavailableError) as raised:
        client(peer(answering(data)).port).place({})
    assert (raised.value.sent, raised.value.retry_after_s) == (sent, 7)


def test_calls_are_measured_by_micrometers_name(peer: Callable[[Script], Peer]) -> None:
    """Template, status and outcome of answers; the class of the failure otherwise."""
    metrics = MeterRegistry()
    orders = client(peer(answering()).port, metrics=metrics)
    orders.order("1")
    orders.order("2")
    text = metrics.scrape()
    assert "http_client_requests_seconds_count{" in text
    assert 'client_name="orders"' in text and 'uri="/v1/orders/{id}"' in text and 'outcome="SUCCESS"' in text


def test_many_threads_share_the_pool(peer: Callable[[Script], Peer]) -> None:
    """Eight threads with twenty calls each get their own answers."""

    def echo(connection: socket.socket, request: bytes, nth: int) -> bool:
        body = b'{"id": "%s"}' % request.split(b" ")[1].rsplit(b"/", 1)[1]
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        return True

    orders, wrong = client(peer(echo).port), []

    def work(k: int) -> None:
        for i in range(20):
            if orders.order(f"{k}-{i}") != {"id": f"{k}-{i}"}:
                wrong.append((k, i))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_child_process_opens_its_own_connections(peer: Callable[[Script], Peer]) -> None:
    """A client used before a fork works on both sides without sharing a connection."""
    there = peer(answering())
    orders = client(there.port)
    orders.order("1")
    pid = os.fork()
    if pid == 0:
        ok = orders.order("2") == {"id": "a"}
        os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert orders.order("3") == {"id": "a"}
    assert there.connections == 2
