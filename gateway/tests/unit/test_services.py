"""``lb://``: instances from the registry, failing ones left out, nothing lost while routes change."""

from __future__ import annotations

import threading
import time
from typing import Any

from gateway.settings import ProxyOptions

ROUTE = "[{id: r, uri: 'lb://orders', predicates: ['Path=/**'], metadata: {connect-timeout: 1000}}]"


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


def test_no_instance_is_503_with_retry_after(gateway: Any, connect: Any) -> None:
    """Nobody is registered: come back later."""
    status, headers, body = connect(gateway(ROUTE)).send(get(b"/x")).answer()
    assert (status, headers[b"retry-after"]) == (503, b"2")
    assert b'"error":"Service Unavailable"' in body


def test_a_member_that_has_just_come_is_found(gateway: Any, upstream: Any, connect: Any) -> None:
    """The registry is asked again before a request is refused, bodies included."""
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.late = ("orders", up.port)
    request = get(b"/x", b"Content-Length: 3", method=b"POST") + b"abc"
    assert connect(gw).send(request).answer()[2] == b"abc"
    assert gw.balancer.refreshed == 1


def test_the_registry_is_not_asked_for_every_request(gateway: Any, connect: Any) -> None:
    """Requests for a service nobody offers cost the registry next to nothing."""
    gw = gateway(ROUTE)
    client = connect(gw)
    for _ in range(20):
        assert client.send(get(b"/x")).answer()[0] == 503
    assert gw.balancer.refreshed <= 2


def test_an_unreachable_instance_is_left_out(
    gateway: Any, upstream: Any, connect: Any, free_port: int
) -> None:
    """A refused connection goes to the next instance, POST included, since nothing was sent."""
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.add("orders", free_port, "dead")
    gw.balancer.add("orders", up.port, "alive")
    client = connect(gw)
    request = get(b"/x", b"Content-Length: 3", method=b"POST") + b"abc"
    assert client.send(request).answer()[2] == b"abc"
    assert gw.balancer.failed == ["dead"]


def test_an_instance_that_dies_under_a_get_is_replaced(
    gateway: Any, upstream: Any, scripted: Any, connect: Any
) -> None:
    """A safe request closed before its answer goes to another instance; a POST may have been done: 502."""
    dying: list[Any] = []
    dying.append(scripted(lambda accepted: dying[0].read_head(accepted)))
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.add("orders", dying[0].port, "dying")
    gw.balancer.add("orders", up.port, "alive")
    client = connect(gw)
    assert client.send(get(b"/x")).answer()[2] == b"up"
    assert gw.balancer.failed == ["dying"]
    post = get(b"/x", b"Content-Length: 3", method=b"POST") + b"abc"
    assert client.send(post).answer()[0] == 502
    keyed = get(b"/x", b"Content-Length: 3", b"Idempotency-Key: k", method=b"POST") + b"abc"
    assert connect(gw).send(keyed).answer()[2] == b"abc"


def test_all_instances_unreachable_is_502(gateway: Any, connect: Any, free_port: int) -> None:
    """The last failure is told."""
    gw = gateway(ROUTE)
    gw.balancer.add("orders", free_port, "dead")
    assert connect(gw).send(get(b"/x")).answer()[0] == 502


def test_a_retry_picks_again(gateway: Any, upstream: Any, connect: Any) -> None:
    """Each attempt of a Retry filter asks the balancer anew."""
    from ressort.server import Exchange

    def bad(exchange: Exchange) -> bool:
        gw.balancer.instances["orders"] = gw.balancer.instances["orders"][1:]
        exchange.respond(503)
        return True

    first, second = upstream("first", bad), upstream("second")
    gw = gateway(ROUTE.replace("metadata", "filters: [Retry], metadata"))
    gw.balancer.add("orders", first.port)
    gw.balancer.add("orders", second.port)
    assert connect(gw).send(get(b"/x")).answer()[2] == b"second"


def test_no_request_is_lost_while_routes_are_reloaded(gateway: Any, upstream: Any, connect: Any) -> None:
    """Hundreds of reloads under load: every request gets its answer."""
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.add("orders", up.port)
    stop = threading.Event()
    answers: list[int] = []
    failures: list[BaseException] = []

    def load() -> None:
        client = connect(gw)
        while not stop.is_set():
            try:
                answers.append(
                    client.send(get(b"/x", b"Content-Length: 2", method=b"POST") + b"ab").answer()[0]
                )
            except (EOFError, OSError) as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=load) for _ in range(4)]
    for each in threads:
        each.start()
    for number in range(200):
        gw.reload(ROUTE.replace("1000", str(1000 + number)))
    stop.set()
    for each in threads:
        each.join()
    assert not failures
    assert set(answers) == {200}


def test_a_request_under_way_ends_under_its_old_route(gateway: Any, upstream: Any, connect: Any) -> None:
    """A reload does not touch what is being answered."""
    entered, go_on = threading.Event(), threading.Event()
    from ressort.server import Exchange

    def slow(exchange: Exchange) -> bool:
        entered.set()
        loop_thread = threading.Thread(
            target=lambda: (
                go_on.wait(10),
                up.engine.loop.call_soon_threadsafe(exchange.respond, 200, None, b"old"),
            )
        )
        loop_thread.start()
        return True

    up = upstream(answer=slow)
    gw = gateway(ROUTE)
    gw.balancer.add("orders", up.port)
    client = connect(gw).send(get(b"/x"))
    assert entered.wait(5)
    gw.reload("[]")
    assert connect(gw).send(get(b"/x")).answer()[0] == 404
    go_on.set()
    assert client.answer()[2] == b"old"


def test_no_request_is_lost_while_the_gateway_drains(gateway: Any, upstream: Any, connect: Any) -> None:
    """Every request sent gets its answer; the last one on each connection says close."""
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.add("orders", up.port)
    failures: list[BaseException] = []

    def load() -> None:
        client = connect(gw)
        while True:
            try:
                _, headers, _ = client.send(get(b"/x")).answer()
            except (EOFError, OSError) as error:
                failures.append(error)
                return
            if headers.get(b"connection") == b"close":
                return

    threads = [threading.Thread(target=load) for _ in range(6)]
    for each in threads:
        each.start()
    time.sleep(0.2)
    assert gw.engine.drain(5)
    for each in threads:
        each.join()
    assert not failures


def test_reloads_leave_nothing_behind(gateway: Any, upstream: Any, connect: Any) -> None:
    """Connections of earlier rules are closed and their pools forgotten."""
    up = upstream()
    gw = gateway(ROUTE)
    gw.balancer.add("orders", up.port)
    client = connect(gw)
    for number in range(20):
        assert client.send(get(b"/x")).answer()[0] == 200
        gw.options = ProxyOptions(pool_idle_s=60.0 + number)
        gw.reload(ROUTE)
    assert client.send(get(b"/x")).answer()[0] == 200
    end = time.monotonic() + 5
    while gw.proxy.clock.watched > 1 and time.monotonic() < end:
        time.sleep(0.05)
    assert gw.proxy.clock.watched == 1
    assert up.engine.connections == 1
