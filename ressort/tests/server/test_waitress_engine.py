"""The drain of the waitress engine: what was accepted is answered, nothing else is taken."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from ressort.server.engine import UnknownEngineError, create_engine
from ressort.server.listening import PortTakenError, bind_listener, start_listening
from ressort.server.options import ServerOptions


class _Gate:
    """An application that holds requests to /slow until released."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.release = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.entered.release()
            self.release.wait(30)
        body = environ["wsgi.input"].read() or environ["PATH_INFO"].encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def gate() -> Iterator[_Gate]:
    """The application, released at the end whatever happens."""
    made = _Gate()
    yield made
    made.release.set()


def _engine(app: Any, **options: Any) -> Any:
    return create_engine("waitress", app, ServerOptions(**{"port": 0, "threads": 4, **options}))


def _get(port: int, path: str) -> tuple[int, bytes, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read(), answer.getheader("Connection")
    connection.close()
    return found


def test_a_free_port_is_taken_and_answered_on(gate: _Gate) -> None:
    """`server.port=0`."""
    engine = _engine(gate)
    port = engine.start()
    assert port > 0
    assert _get(port, "/hello") == (200, b"/hello", None)
    assert engine.drain(10)


def test_requests_in_flight_are_finished_and_their_connections_closed(gate: _Gate) -> None:
    """The drain waits for them; the answer says close."""
    engine = _engine(gate)
    port = engine.start()
    answers: list[Any] = []
    callers = [threading.Thread(target=lambda: answers.append(_get(port, "/slow"))) for _ in range(3)]
    for caller in callers:
        caller.start()
    for _ in callers:
        assert gate.entered.acquire(timeout=10)
    drained: list[bool] = []
    drain = threading.Thread(target=lambda: drained.append(engine.drain(20)))
    drain.start()
    gate.release.set()
    for thread in (*callers, drain):
        thread.join(20)
    assert answers == [(200, b"/slow", "close")] * 3
    assert drained == [True]


def test_requests_waiting_for_a_thread_are_finished_too(gate: _Gate) -> None:
    """More requests than threads: those queued are not cut."""
    engine = _engine(gate, threads=1)
    port = engine.start()
    answers: list[Any] = []
    callers = [threading.Thread(target=lambda: answers.append(_get(port, "/slow")[0])) for _ in range(4)]
    for caller in callers:
        caller.start()
    assert gate.entered.acquire(timeout=10)
    drain = threading.Thread(target=engine.drain, args=(20,))
    drain.start()
    gate.release.set()
    for thread in (*callers, drain):
        thread.join(20)
    assert answers.count(200) >= 1
    assert set(answers) == {200}


def test_after_the_drain_new_callers_are_refused(gate: _Gate) -> None:
    """The listener is gone."""
    engine = _engine(gate)
    port = engine.start()
    assert engine.drain(10)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_shedding_closes_connections_but_goes_on_serving(gate: _Gate) -> None:
    """Callers with a kept connection move on; new ones are still answered."""
    engine = _engine(gate)
    port = engine.start()
    assert _get(port, "/a")[2] is None
    engine.shed()
    assert _get(port, "/b") == (200, b"/b", "close")
    assert _get(port, "/c") == (200, b"/c", "close")
    engine.stop()


def test_a_drain_that_takes_too_long_says_so(gate: _Gate) -> None:
    """False, and the server is gone all the same."""
    engine = _engine(gate)
    port = engine.start()
    cut: list[bool] = []

    def call() -> None:
        try:
            _get(port, "/slow")
        except (OSError, http.client.HTTPException):
            cut.append(True)

    caller = threading.Thread(target=call)
    caller.start()
    assert gate.entered.acquire(timeout=10)
    assert engine.drain(0.1) is False
    gate.release.set()
    caller.join(20)
    assert cut == [True]


def test_an_engine_never_started_drains_at_once(gate: _Gate) -> None:
    """A start that failed earlier stops everything."""
    assert _engine(gate).drain(1)


def test_a_taken_port_names_its_holder() -> None:
    """Port and pid in one sentence."""
    import os

    first = bind_listener("127.0.0.1", 0)
    start_listening(first, 1)
    port = first.getsockname()[1]
    try:
        with pytest.raises(PortTakenError, match=rf"port {port} .* \(pid {os.getpid()}\)"):
            bind_listener("127.0.0.1", port)
    finally:
        first.close()


def test_a_bound_socket_refuses_callers_until_the_start(gate: _Gate) -> None:
    """Bound early for the sake of the message, listening only when ready."""
    listener = bind_listener("127.0.0.1", 0)
    port = listener.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    engine = create_engine("waitress", gate, ServerOptions(), listener=listener)
    assert engine.start() == port
    assert _get(port, "/x")[0] == 200
    engine.stop()


def test_an_unknown_engine_is_named(gate: _Gate) -> None:
    """With the ones there are."""
    with pytest.raises(UnknownEngineError, match=r"'tomcat'.*waitress, ressort"):
        create_engine("tomcat", gate, ServerOptions())


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
    ],
    ids=["two lengths", "chunks in HTTP/1.0", "two contents"],
)
def test_a_body_of_two_lengths_is_refused_with_what_follows_it(gate: _Gate, head: bytes) -> None:
    """One 400, then the connection is closed: nothing behind the body is read as a request."""
    engine = _engine(gate)
    port = engine.start()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        raw.sendall(head + b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = b""
        while chunk := raw.recv(4096):
            answer += chunk
    assert answer.startswith(b"HTTP/1.") and b" 400 " in answer.split(b"\r\n", 1)[0]
    assert b"smuggled" not in answer
    assert engine.drain(10)


def test_accepted_connections_send_small_writes_at_once() -> None:
    """They inherit TCP_NODELAY from the listener, whatever server takes them."""
    listener = bind_listener("127.0.0.1", 0)
    start_listening(listener, 1)
    with listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
