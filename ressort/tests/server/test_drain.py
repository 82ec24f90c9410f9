"""Stopping loses no request."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from ressort.server import HttpEngine, Listener


def get(target: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n"


class Gate:
    """An application whose answers wait for ``opened``."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.entered = threading.Event()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.entered.set()
        self.opened.wait(10)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"late"]


def test_requests_under_way_end_and_say_close(serve: Any, connect: Any) -> None:
    """Drain waits for the answer owed; the answer tells the client not to come back."""
    gate = Gate()
    engine: HttpEngine = serve(wsgi=gate)
    client = connect(engine).send(get(b"/x"))
    gate.entered.wait(10)
    drained: list[bool] = []
    drain = threading.Thread(target=lambda: drained.append(engine.drain(10)))
    drain.start()
    time.sleep(0.05)
    gate.opened.set()
    status, headers, body = client.answer()
    drain.join()
    assert (status, headers[b"connection"], body) == (200, b"close", b"late")
    assert drained == [True]
    assert client.is_closed()


def test_a_drained_engine_refuses_new_connections(serve: Any, connect: Any, echo: Any) -> None:
    """The port is free once drained."""
    engine = serve(echo)
    assert engine.drain(1)
    with pytest.raises(ConnectionRefusedError):
        connect(engine)


def test_an_idle_connection_may_still_ask_during_the_grace(serve: Any, connect: Any, echo: Any) -> None:
    """A request that crosses the drain on a kept connection is answered, with close."""
    engine = serve(echo)
    client = connect(engine)
    assert client.send(get(b"/x")).answer()[0] == 200
    drain = threading.Thread(target=engine.drain, args=(5,))
    drain.start()
    time.sleep(0.1)
    status, headers, _ = client.send(get(b"/y")).answer()
    drain.join()
    assert (status, headers[b"connection"]) == (200, b"close")


def test_drain_reports_what_it_left_behind(serve: Any, connect: Any) -> None:
    """An answer that does not come in time makes drain say so."""
    gate = Gate()
    engine: HttpEngine = serve(wsgi=gate)
    connect(engine).send(get(b"/x"))
    gate.entered.wait(10)
    assert engine.drain(0.2) is False
    gate.opened.set()


def test_shedding_closes_after_the_next_answer(serve: Any, connect: Any, echo: Any) -> None:
    """Connections move away while the server goes on serving."""
    engine: HttpEngine = serve(echo)
    client = connect(engine)
    client.send(get(b"/x")).answer()
    engine.shed()
    assert client.send(get(b"/y")).answer()[1][b"connection"] == b"close"
    assert connect(engine).send(get(b"/z")).answer()[0] == 200


def test_no_request_is_lost_while_draining_under_load(serve: Any, connect: Any, echo: Any) -> None:
    """Every request sent on a kept connection is answered or refused before it is sent, never dropped."""
    engine: HttpEngine = serve(echo)
    lost: list[BaseException] = []
    answered: list[int] = []

    def load() -> None:
        client = connect(engine)
        while True:
            try:
                status, headers, _ = client.send(get(b"/x")).answer()
            except (EOFError, OSError) as error:
                lost.append(error)
                return
            answered.append(status)
            if headers.get(b"connection") == b"close":
                return

    threads = [threading.Thread(target=load) for _ in range(8)]
    for each in threads:
        each.start()
    time.sleep(0.2)
    assert engine.drain(5)
    for each in threads:
        each.join()
    assert not lost
    assert set(answered) == {200}


def test_clients_that_reconnect_at_once_do_not_keep_it_open(serve: Any, echo: Any) -> None:
    """Drain ends although every closed connection is followed by a new attempt."""
    from ressort.testing.raw_http import RawClient

    engine: HttpEngine = serve(echo)
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            try:
                client = RawClient(engine.ports[0])
                client.send(get(b"/x")).answer()
                client.close()
            except (EOFError, OSError):
                continue

    threads = [threading.Thread(target=hammer) for _ in range(8)]
    for each in threads:
        each.start()
    time.sleep(0.2)
    assert engine.drain(10)
    assert engine.connections == 0
    stop.set()
    for each in threads:
        each.join()


def test_an_engine_can_start_in_a_forked_child(echo: Any) -> None:
    """Nothing is made before start, so an engine built in a parent serves in its child."""
    import os

    engine = HttpEngine([Listener(hot=echo)])
    child = os.fork()
    if child == 0:
        try:
            engine.start()
            engine.stop()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def test_stop_is_harmless_before_start_and_twice(serve: Any, echo: Any) -> None:
    """A lifecycle may stop what never started."""
    HttpEngine([Listener(hot=echo)]).stop()
    engine = serve(echo)
    engine.stop()
    engine.stop()
