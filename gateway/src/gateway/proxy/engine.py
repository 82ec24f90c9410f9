"""The proxy: matches, forwards and accounts for exchanges; its rules are swapped whole on reload."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from gateway.proxy.errors import error_answer
from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.forward import Forward
from gateway.proxy.heads import span_id
from gateway.proxy.pool import Clock, Pool
from gateway.proxy.writing import HeadWriter
from gateway.routes.path_pattern import canonical
from gateway.routes.table import Table
from gateway.settings import ProxyOptions
from ressort.loadbalancer import NoInstanceError

if TYPE_CHECKING:
    from collections.abc import Collection

    from gateway.cors import GlobalCors
    from ressort.discovery import ServiceInstance
    from ressort.server import Exchange

LocalHandler = Callable[[Forward], None]
_MOST_FORWARDS = 4
_MOST_POOLS = 256
_REGISTRY_EVERY_S = 0.5
_MOST_REMEMBERED = 4096


class Balancer(Protocol):
    """What the proxy asks of ``ressort.loadbalancer``."""

    def choose(self, service_id: str, exclude: Collection[str] = ()) -> ServiceInstance:
        """The next instance; raises ``NoInstanceError``."""

    def report(self, instance: ServiceInstance, ok: bool) -> None:
        """How reaching it went."""

    def refresh(self) -> None:
        """Ask the registry anew; may take a moment."""


class Observer(Protocol):
    """Told of every request that ended."""

    def finished(self, forward: Forward, seconds: float) -> None:
        """The exchange is over; ``forward.exchange.status`` is 0 when the client left before an answer."""


@dataclass(frozen=True)
class Rules:
    """Everything a reload replaces at once."""

    table: Table = field(default_factory=lambda: Table(()))
    options: ProxyOptions = field(default_factory=ProxyOptions)
    cors: GlobalCors | None = None


class Proxy:
    """Belongs to the loop's thread, except ``apply`` which any thread may call."""

    def __init__(
        self,
        rules: Rules,
        balancer: Balancer | None = None,
        observers: tuple[Observer, ...] = (),
        local: Mapping[bytes, LocalHandler] | None = None,
    ) -> None:
        self._rules = rules
        self.options = rules.options
        self._loop: asyncio.AbstractEventLoop | None = None
        self.clock: Clock
        self.now: Callable[[], float] = time.monotonic
        self._balancer = balancer
        self.observers = observers
        self._local = dict(local or {})
        self._pools: dict[tuple[str, int, bool], Pool] = {}
        self._pool_by_instance: dict[str, Pool] = {}
        self.writer = HeadWriter(rules.options)
        self._waiting_for_registry: list[Forward] = []
        self._asked_at = 0.0
        self.suspects: set[str] = set()
        """Instances reported as failing and not yet reached again."""
        self._tls: ssl.SSLContext | None = None

    def prepare(self, loop: asyncio.AbstractEventLoop) -> None:
        """Bind to the loop, before the first connection."""
        self.clock = Clock(loop)
        self._loop = loop

    def apply(self, rules: Rules) -> None:
        """Replace the rules; requests under way end under the ones they began with."""
        if self._loop is None:
            self._swap(rules)
        else:
            self._loop.call_soon_threadsafe(self._swap, rules)

    def _swap(self, rules: Rules) -> None:
        if rules.options != self.options:
            self._drop_pools(self._pools)
        self._rules = rules
        self.options = rules.options
        self.writer = HeadWriter(rules.options)

    def call_later(self, delay_s: float, callback: Callable[[], object]) -> asyncio.TimerHandle:
        """Run ``callback`` on the loop after ``delay_s`` seconds."""
        assert self._loop is not None, "filters run on the loop only"
        return self._loop.call_later(delay_s, callback)

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self._rules

    # -- entry ------------------------------------------------

    def handle(self, exchange: Exchange) -> None:
        """Route an exchange, answering 404 when no route takes it."""
        forward = Forward(self, exchange)
        rules = self._rules
        if rules.cors is not None:
            if rules.cors.handle(forward):
                return
            forward.cors_headers = list(forward.added) if forward.added else None
        path = exchange.path if exchange.plain_path else canonical(exchange.path)
        route = rules.table.match(forward, path)
        if route is None:
            self.answer_status(forward, 404)
            return
        forward.begin(route)

    def forward_to(self, forward: Forward, path: bytes) -> None:
        """``forward:/path``: a handler of the gateway itself, else the route table again."""
        forward.forwards += 1
        forward.path = path
        local = self._local.get(path)
        if local is not None:
            local(forward)
            return
        route = (
            self._rules.table.match(forward, canonical(path)) if forward.forwards <= _MOST_FORWARDS else None
        )
        if route is None:
            self.answer_status(forward, 404)
            return
        forward.begin(route)

    def answers_itself(self, path: bytes) -> bool:
        """Whether ``forward:path`` is a handler of the gateway, which needs no body."""
        return path in self._local

    # -- targets ----------------------------------------------

    def send_to_service(self, forward: Forward, service_id: str) -> None:
        """Send to an instance the balancer chooses."""
        if self._balancer is None:
            forward.fail(Failure(FailureKind.NO_INSTANCE, f"Unable to find instance for {service_id}"))
            return
        try:
            instance = self._balancer.choose(service_id, forward.excluded)
        except NoInstanceError:
            forward.instance = None
            if not forward.excluded and self._ask_registry(self._balancer, forward):
                return
            forward.fail(Failure(FailureKind.NO_INSTANCE, f"Unable to find instance for {service_id}"))
            return
        forward.instance = instance
        pool = self._pool_by_instance.get(instance.instance_id)
        if pool is None or pool.port != instance.port or pool.host != instance.host:
            pool = self.pool(instance.host, instance.port, instance.secure)
            self._pool_by_instance[instance.instance_id] = pool
        forward.send_to(pool)

    def _ask_registry(self, balancer: Balancer, forward: Forward) -> bool:
        """Nobody is known under a name: a member that has just come may be in the registry already.

        Asked in a thread, twice a second at most and once for all who wait; each request waits once.
        """
        if forward.asked_registry or self._loop is None:
            return False
        if not self._waiting_for_registry:
            if self.now() - self._asked_at < _REGISTRY_EVERY_S:
                return False
            self._asked_at = self.now()
            asking = self._loop.run_in_executor(None, balancer.refresh)
            asking.add_done_callback(lambda _: self._registry_answered())
        forward.asked_registry = True
        self._waiting_for_registry.append(forward)
        return True

    def _registry_answered(self) -> None:
        waiting, self._waiting_for_registry = self._waiting_for_registry, []
        for forward in waiting:
            if not forward.ended:
                forward.send_again()

    def pool(self, host: str, port: int, secure: bool = False) -> Pool:
        """The pool of an address."""
        pool = self._pools.get((host, port, secure))
        if pool is None:
            pool = self._new_pool(host, port, secure)
        return pool

    def _new_pool(self, host: str, port: int, secure: bool) -> Pool:
        if len(self._pools) >= _MOST_POOLS:
            self._drop_pools({key: pool for key, pool in self._pools.items() if not pool.connections})
        if secure and self._tls is None:
            self._tls = ssl.create_default_context()
        options = self.options
        pool = self._pools[(host, port, secure)] = Pool(
            host,
            port,
            self.clock,
            max_idle_s=options.pool_idle_s,
            max_life_s=options.pool_life_s,
            max_head_bytes=options.max_head_bytes,
            keep=options.keep_connections,
            tls=self._tls if secure else None,
        )
        return pool

    def _drop_pools(self, dropped: Mapping[tuple[str, int, bool], Pool]) -> None:
        for pool in dropped.values():
            pool.retire()
        self._pools = {key: pool for key, pool in self._pools.items() if key not in dropped}
        self._pool_by_instance = {}

    @property
    def pools(self) -> list[Pool]:
        return list(self._pools.values())

    def reached(self, instance: ServiceInstance) -> None:
        """An instance answered: it is no suspect any more."""
        if self._balancer is not None and instance.instance_id in self.suspects:
            self.suspects.discard(instance.instance_id)
            self._balancer.report(instance, True)

    def unreachable(self, instance: ServiceInstance) -> None:
        """Nothing could be sent to an instance: the balancer leaves it out."""
        if self._balancer is not None:
            if len(self.suspects) < _MOST_REMEMBERED:
                self.suspects.add(instance.instance_id)
            self._balancer.report(instance, False)

    def has_other(self, instance: ServiceInstance, excluded: Collection[str]) -> bool:
        """Whether the service has an instance that was not tried yet."""
        if self._balancer is None:
            return False
        try:
            self._balancer.choose(instance.service_id, excluded)
        except NoInstanceError:
            return False
        return True

    # -- answers of our own -----------------------------------

    def answer_status(self, forward: Forward, status: int) -> None:
        """An error answer in Spring's form."""
        self.answer_failure(forward, None, status)

    def answer_failure(self, forward: Forward, failure: Failure | None, status: int) -> None:
        """The answer to a failed request: Spring's JSON, or a page for browsers; ends the forward."""
        trace = self.writer.continue_trace(forward)
        if failure is not None and failure.kind is FailureKind.CONNECT:
            status = self.options.refused_status
        message = failure.message if failure is not None and self.options.include_message else None
        headers, body = error_answer(forward.exchange, status, span_id(trace), message)
        forward.answer(status, headers, body)
