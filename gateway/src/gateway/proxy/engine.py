"""The proxy: matches, forwards and accounts for exchanges; its rules are swapped whole on reload."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from gateway.proxy import heads
from gateway.proxy.errors import error_answer
from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.forward import Forward, is_streaming
from gateway.proxy.pool import Clock, Pool
from gateway.routes.path_pattern import canonical
from gateway.routes.table import Table
from gateway.settings import ProxyOptions
from ressort.loadbalancer import NoInstanceError
from ressort.server import CHUNKED

if TYPE_CHECKING:
    from collections.abc import Collection

    from gateway.cors import GlobalCors
    from ressort.discovery import ServiceInstance
    from ressort.server import Exchange

LocalHandler = Callable[[Forward], None]
_MOST_FORWARDS = 4
_MOST_POOLS = 256
_MOST_REMEMBERED = 4096


class Balancer(Protocol):
    """What the proxy asks of ``ressort.loadbalancer``."""

    def choose(self, service_id: str, exclude: Collection[str] = ()) -> ServiceInstance:
        """The next instance; raises ``NoInstanceError``."""

    def report(self, instance: ServiceInstance, ok: bool) -> None:
        """How reaching it went."""


class Observer(Protocol):
    """Told of every request that ended."""

    def finished(self, forward: Forward, seconds: float) -> None:
        """The exchange is over; ``forward.exchange.status`` is 0 when the client left before an answer."""


class _Memo:
    """What was made of a client's fields: those that pass, and the forwarding fields."""

    __slots__ = ("_headers", "_prefix", "_rules", "forwarding", "passed")

    def __init__(
        self, rules: Rules, headers: list[heads.Header], prefix: bytes, passed: bytes, forwarding: bytes
    ) -> None:
        self._rules = rules
        self._headers = headers
        self._prefix = prefix
        self.passed = passed
        self.forwarding = forwarding

    def fits(self, rules: Rules, forward: Forward, prefix: bytes) -> bool:
        """The fields, the rules and the prefix taken off are the same, and no filter drops a field."""
        if self._headers is not forward.exchange.headers or forward.dropped is not None:
            return False
        return self._prefix == prefix and self._rules is rules


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
        self.kinds = heads.FieldKinds(rules.options.hop_by_hop)
        self.suspects: set[str] = set()
        """Instances reported as failing and not yet reached again."""
        self._trace_ids = heads.TraceIds()
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
        self._rules = rules
        self.options = rules.options
        self.kinds = heads.FieldKinds(rules.options.hop_by_hop)
        for pool in self._pools.values():
            pool.close_idle()
        self._pools = {}
        self._pool_by_instance = {}

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
            forward.fail(Failure(FailureKind.NO_INSTANCE, f"Unable to find instance for {service_id}"))
            return
        forward.instance = instance
        pool = self._pool_by_instance.get(instance.instance_id)
        if pool is None or pool.port != instance.port or pool.host != instance.host:
            pool = self.pool(instance.host, instance.port, instance.secure)
            self._pool_by_instance[instance.instance_id] = pool
        forward.send_to(pool)

    def pool(self, host: str, port: int, secure: bool = False) -> Pool:
        """The pool of an address."""
        pool = self._pools.get((host, port, secure))
        if pool is None:
            pool = self._new_pool(host, port, secure)
        return pool

    def _new_pool(self, host: str, port: int, secure: bool) -> Pool:
        if len(self._pools) >= _MOST_POOLS:
            self._pools = {key: pool for key, pool in self._pools.items() if pool.connections}
            self._pool_by_instance = {}
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

    # -- heads ------------------------------------------------

    def request_head(self, forward: Forward, pool: Pool) -> bytes:
        """The head to send upstream, whole."""
        exchange = forward.exchange
        path, original = forward.path, exchange.path
        prefix = original[: -len(path)] if original.endswith(path) else _prefix(original, path)
        memo = exchange.connection.memo
        if (
            not exchange.repeated
            or not isinstance(memo, _Memo)
            or not memo.fits(self._rules, forward, prefix)
        ):
            memo = self._read_request(forward, prefix)
        parts = [exchange.method, b" ", path]
        if forward.query is not None:
            parts += (b"?", forward.query)
        parts += (b" HTTP/1.1\r\nHost: ", forward.keep_host or pool.authority, b"\r\n", memo.passed)
        if exchange.body_length == CHUNKED:
            parts.append(b"Transfer-Encoding: chunked\r\n")
        if forward.appended is not None:
            parts.extend([b"%b: %b\r\n" % header for header in forward.appended])
        if exchange.upgrade is not None and exchange.upgrade.lower() == b"websocket":
            forward.wants_upgrade = True
            parts.append(b"Connection: Upgrade\r\nUpgrade: websocket\r\n")
        trace = forward.trace
        if trace is None:
            trace = forward.trace = self._trace_ids.new_trace()
        parts += (memo.forwarding, b"traceparent: 00-", trace[0], b"-", trace[1], b"-", trace[2], b"\r\n\r\n")
        return b"".join(parts)

    def _read_request(self, forward: Forward, prefix: bytes) -> _Memo:
        """What of a client's fields goes on, and the forwarding fields that go with it.

        Remembered on the connection when the client repeats its fields; a trace of the client's own is taken up.
        """
        exchange = forward.exchange
        dropped = forward.dropped
        kinds = self.kinds
        passed: list[bytes] = []
        traces = forwarding = False
        for name, value in exchange.headers:
            kind = kinds[name]
            if kind:
                if kind == heads.TRACE:
                    traces = True
                elif kind == heads.FORWARDED:
                    forwarding = True
                elif kind == heads.CONNECTION:
                    listed = heads.connection_names(value)
                    if listed and not listed <= (dropped or set()):
                        forward.dropped = listed | (dropped or set())
                        return self._read_request(forward, prefix)
                if kind != heads.LENGTH:
                    continue
            if dropped is None or name.lower() not in dropped:
                passed += (name, b": ", value, b"\r\n")
        if traces:
            self.continue_trace(forward)
        lines = self._forwarding_lines(exchange, prefix, forwarding)
        memo = _Memo(self._rules, exchange.headers, prefix, b"".join(passed), lines)
        if exchange.repeated and not traces and dropped is None:
            exchange.connection.memo = memo
        return memo

    def _forwarding_lines(self, exchange: Exchange, prefix: bytes, received: bool) -> bytes:
        """X-Forwarded-* and Forwarded for a trusted peer, nothing for others."""
        trusts = self.options.trusts
        peer = exchange.peer
        if trusts is None or trusts.match(peer[0]) is None:
            return b""
        fields = self._fields(exchange, heads.FORWARDED) if received else []
        host = exchange.host or b""
        return heads.forwarding_lines(self.options.forwarding, fields, peer, host, prefix, trusts)

    def _fields(self, exchange: Exchange, kind: int) -> list[heads.Header]:
        return [each for each in exchange.headers if self.kinds[each[0]] == kind]

    def start_answer(self, forward: Forward, head: heads.AnswerHead, empty: bool = False) -> None:
        """Send the answer's head to the client, as filters left it; ``empty`` when no body is to come at all."""
        pieces, length, _, traced = head
        framed = length is not None
        status = forward.status
        if framed and status == 204:
            kept = [each for each in forward.response_headers if each[0].lower() != b"content-length"]
            pieces, framed = heads.read_answer(kept, self.kinds)[0], False
        if forward.added is not None:
            pieces.extend([b"%b: %b\r\n" % header for header in forward.added])
        if not traced:
            trace = forward.trace or self.continue_trace(forward)
            pieces += (b"traceparent: 00-", trace[0], b"-", trace[1], b"-", trace[2], b"\r\n")
        if length is None and forward.body_idle_s and is_streaming(forward.response_headers):
            forward.body_idle_s = 0.0
        forward.exchange.start(status, pieces, 0 if empty else length, framed)

    def continue_trace(self, forward: Forward) -> heads.Trace:
        """The trace of a request: the caller's, or a new one."""
        if forward.trace is None:
            received = self._fields(forward.exchange, heads.TRACE)
            forward.trace = heads.trace_of(received) if received else self._trace_ids.new_trace()
        return forward.trace

    # -- answers of our own -----------------------------------

    def answer_status(self, forward: Forward, status: int) -> None:
        """An error answer in Spring's form."""
        self.answer_failure(forward, None, status)

    def answer_failure(self, forward: Forward, failure: Failure | None, status: int) -> None:
        """The answer to a failed request: Spring's JSON, or a page for browsers; ends the forward."""
        trace = self.continue_trace(forward)
        if failure is not None and failure.kind is FailureKind.CONNECT:
            status = self.options.refused_status
        message = failure.message if failure is not None and self.options.include_message else None
        headers, body = error_answer(forward.exchange, status, trace[1].decode(), message)
        forward.answer(status, headers, body)


def _prefix(original: bytes, path: bytes) -> bytes:
    """What filters took off the front of the path, for X-Forwarded-Prefix."""
    if path == original:
        return b""
    if path == b"/":
        return original.rstrip(b"/")
    return original[: -len(path)] if original.endswith(path) else b""
