"""A gateway made from a list of routes, upstreams of every behaviour, and raw clients."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
import yaml

from gateway.filters.built_in import built_in_filters
from gateway.filters.services import FilterServices
from gateway.proxy.engine import Proxy, Rules
from gateway.routes.compiler import RouteCompiler
from gateway.routes.definitions import read_filters, read_routes
from gateway.routes.predicates import built_in_predicates
from gateway.settings import ProxyOptions
from ressort.discovery import ServiceInstance
from ressort.loadbalancer import NoInstanceError
from ressort.resilience import BreakerRegistry, CircuitBreakerOptions
from ressort.server import Exchange, HttpEngine, Limits, Listener
from ressort.testing.raw_http import RawClient


class FakeBalancer:
    """Instances in the order given; remembers what was reported."""

    def __init__(self) -> None:
        self.instances: dict[str, list[ServiceInstance]] = {}
        self.failed: list[str] = []
        self.refreshed = 0
        self.late: tuple[str, int] | None = None

    def refresh(self) -> None:
        self.refreshed += 1
        if self.late is not None:
            self.add(*self.late)

    def add(self, service_id: str, port: int, instance_id: str = "") -> None:
        instance_id = instance_id or f"{service_id}:{port}"
        self.instances.setdefault(service_id, []).append(
            ServiceInstance(service_id, instance_id, "127.0.0.1", port)
        )

    def choose(self, service_id: str, exclude: Any = ()) -> ServiceInstance:
        for instance in self.instances.get(service_id, ()):
            if instance.instance_id not in exclude:
                return instance
        raise NoInstanceError(service_id)

    def report(self, instance: ServiceInstance, ok: bool) -> None:
        if not ok:
            self.failed.append(instance.instance_id)


class Recorder:
    """An observer that keeps what ended."""

    def __init__(self) -> None:
        self.ended: list[tuple[str | None, int]] = []

    def finished(self, forward: Any, seconds: float) -> None:
        self.ended.append((forward.route.id if forward.route else None, forward.exchange.status))


class Gateway:
    """A running proxy over the core."""

    def __init__(self, routes: str, defaults: Sequence[str] = (), **settings: Any) -> None:
        self.balancer = FakeBalancer()
        self.recorder = Recorder()
        self.options = settings.pop("options", None) or ProxyOptions()
        self.breaker_options = settings.pop("breaker", None) or CircuitBreakerOptions()
        limits = settings.pop("limits", None) or Limits()
        local = settings.pop("local", None)
        cors = settings.pop("cors", None)
        self._limits = settings.pop("time_limits", {})
        self._defaults = defaults
        self.proxy = Proxy(Rules(cors=cors, options=self.options), self.balancer, (self.recorder,), local)
        self.engine = HttpEngine(
            [Listener(hot=self._hot, limits=limits)], prepare=self.proxy.prepare, name="gateway"
        )
        self.engine.start()
        self.services = FilterServices(
            monotonic=self.engine.loop.time,
            call_later=self.engine.loop.call_later,
            breakers=BreakerRegistry(defaults=self.breaker_options),
            time_limits=lambda name: self._limits.get(name, 0.0),
        )
        self.reload(routes)

    def _hot(self, exchange: Exchange) -> bool:
        self.proxy.handle(exchange)
        return True

    def reload(self, routes: str) -> None:
        compiler = RouteCompiler(built_in_predicates(), built_in_filters(), self.services, self.options)
        definitions = read_routes(yaml.safe_load(routes), "routes")
        table = compiler.table(definitions, read_filters(list(self._defaults), "default-filters"))
        self.proxy.apply(Rules(table, self.options, self.proxy.rules.cors))
        done = threading.Event()
        self.engine.loop.call_soon_threadsafe(done.set)
        done.wait(5)

    @property
    def port(self) -> int:
        return self.engine.ports[0]


class Upstream:
    """An honest upstream on the core: echoes what it received as headers and body."""

    def __init__(self, name: str = "up", answer: Callable[[Exchange], bool] | None = None) -> None:
        self.name = name
        self.seen: list[tuple[bytes, bytes, bytes | None, list[tuple[bytes, bytes]]]] = []
        self.bodies: list[bytes] = []
        self._answer = answer
        self.engine = HttpEngine([Listener(hot=self._hot)], name=name)
        self.port = self.engine.start()

    def _hot(self, exchange: Exchange) -> bool:
        self.seen.append((exchange.method, exchange.path, exchange.query, list(exchange.headers)))
        if self._answer is not None and self._answer(exchange):
            return True
        exchange.send_continue()
        exchange.attach(_Echo(exchange, self))
        return True

    def header(self, name: bytes, number: int = -1) -> bytes | None:
        values = [value for each, value in self.seen[number][3] if each.lower() == name]
        return b"|".join(values) if values else None


class _Echo:
    def __init__(self, exchange: Exchange, upstream: Upstream) -> None:
        self.exchange = exchange
        self.upstream = upstream
        self.body = b""

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_body_end(self) -> None:
        self.upstream.bodies.append(self.body)
        target = self.exchange.path + (b"?" + self.exchange.query if self.exchange.query is not None else b"")
        headers = [(b"X-Target", target), (b"X-Upstream", self.upstream.name.encode())]
        self.exchange.respond(200, headers, self.body or self.upstream.name.encode())

    def on_lost(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class ScriptedUpstream:
    """A socket server that treats each connection with the next function of its script, the last one for ever."""

    def __init__(self, *script: Callable[[socket.socket], None]) -> None:
        self._script = list(script)
        self.connections = 0
        self.received: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._listening.accept()
            except OSError:
                return
            act = self._script[min(self.connections, len(self._script) - 1)]
            self.connections += 1
            threading.Thread(target=self._run, args=(act, accepted), daemon=True).start()

    def _run(self, act: Callable[[socket.socket], None], accepted: socket.socket) -> None:
        accepted.settimeout(10)
        with accepted:
            try:
                act(accepted)
            except OSError:
                return

    def read_head(self, accepted: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = accepted.recv(65536)
            if not piece:
                break
            data += piece
        self.received.append(data)
        return data

    def close(self) -> None:
        self._listening.close()


class Script:
    """Behaviours of one connection, bound to the server that records what it received."""

    def __init__(self) -> None:
        self.server: Any = None

    def answering(self, *answers: bytes, close: bool = True, pause_s: float = 0.0) -> Any:
        def act(accepted: socket.socket) -> None:
            for answer in answers:
                if not self.server.read_head(accepted):
                    return
                time.sleep(pause_s)
                accepted.sendall(answer)
            if not close:
                accepted.recv(65536)

        return act

    def resetting(self) -> Any:
        def act(accepted: socket.socket) -> None:
            self.server.read_head(accepted)
            accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

        return act


@pytest.fixture
def gateway() -> Iterator[Callable[..., Gateway]]:
    made: list[Gateway] = []

    def make(routes: str, *defaults: str, **settings: Any) -> Gateway:
        made.append(Gateway(routes, defaults, **settings))
        return made[-1]

    yield make
    for each in made:
        each.engine.stop()


@pytest.fixture
def upstream() -> Iterator[Callable[..., Upstream]]:
    made: list[Upstream] = []

    def make(name: str = "up", answer: Any = None) -> Upstream:
        made.append(Upstream(name, answer))
        return made[-1]

    yield make
    for each in made:
        each.engine.stop()


@pytest.fixture
def scripted() -> Iterator[Callable[..., ScriptedUpstream]]:
    made: list[ScriptedUpstream] = []

    def make(*script: Any) -> ScriptedUpstream:
        made.append(ScriptedUpstream(*script))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def connect() -> Iterator[Callable[[Any], RawClient]]:
    clients: list[RawClient] = []

    def to(target: Any) -> RawClient:
        clients.append(RawClient(target.port))
        return clients[-1]

    yield to
    for client in clients:
        client.close()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def script(scripted: Any) -> Any:
    made = Script()

    def start(*acts: Any) -> Any:
        made.server = scripted(*acts)
        return made.server

    made.start = start  # type: ignore[attr-defined]
    return made
