"""One request on its way through a route: the filter chain, the attempts, the answer back.

The object is the ``Sink`` of the client's exchange and what the upstream connection reports to. Everything runs on
the loop's thread; nothing is copied or decoded unless a filter asks.
"""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING

from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.heads import read_answer
from gateway.proxy.request import RoutedRequest
from gateway.routes.path_pattern import PERCENT, SEMICOLON, is_below
from ressort.server import CHUNKED, Refusal

if TYPE_CHECKING:
    from gateway.proxy.engine import Proxy
    from gateway.proxy.heads import AnswerHead
    from gateway.proxy.plain import PlainAnswer
    from gateway.proxy.pool import Pool
    from gateway.proxy.upstream import UpstreamConnection
    from gateway.routes.table import Route
    from ressort.discovery import ServiceInstance
    from ressort.server import Exchange

Header = tuple[bytes, bytes]

_log = logging.getLogger("gateway")
_SAFE_TO_REPEAT = frozenset((b"GET", b"HEAD", b"OPTIONS", b"PUT", b"DELETE"))
_DEFAULT_REPLAY_BYTES = 65536
_MOST_INSTANCES = 8


class Forward(RoutedRequest):
    """A request with its attempts to be answered."""

    route: Route | None = None
    instance: ServiceInstance | None = None
    excluded: tuple[str, ...] = ()
    upstream: UpstreamConnection | None = None
    asked_registry: bool = False
    forwards: int = 0
    is_tunnel: bool = False
    wants_upgrade: bool = False
    request_sent: bool = False
    attached: bool = False
    ended: bool = False
    response_timeout_s: float = 0.0
    _record: list[bytes] | None = None
    _record_left: int = 0
    _resent: bool = False
    _fresh_only: bool = False
    _held_end: bool = False
    _paused_body: bool = False
    _live_pool: Pool | None = None

    def __init__(self, proxy: Proxy, exchange: Exchange) -> None:
        # Not by ``super().__init__``, and with what every request reads set here: one call and a dozen look-ups on the
        # class less for each request.
        self.proxy = proxy
        self.exchange = exchange
        self.path = exchange.path
        self.query = exchange.query
        self.step = 0
        self.variables = self.trace = self.appended = self.dropped = self.added = self.keep_host = None
        self.end_callbacks = self._record = None
        self.attached = self.ended = self._fresh_only = False
        self.is_head = exchange.method == b"HEAD"
        self.body_idle_s = proxy.options.body_idle_s
        self.started_at = proxy.now()

    # -- what filters may do ----------------------------------

    def answer(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        """Answer from a filter: the chain ends here and post filters do not run."""
        self._let_go()
        if not self.exchange.started:
            self.proxy.writer.continue_trace(self)
            all_headers = [*(headers or ()), *(self.added or ()), (b"traceparent", self.traceparent)]
            self.status = status
            self.exchange.respond(status, all_headers, body)
        self.finish()

    def rerun(self) -> None:
        """Send the request again, running the filters after ``step``; the caller has let the last attempt go."""
        self.failure = None
        self.excluded = ()
        self.run()

    def let_go(self) -> None:
        """Drop the attempt under way: its answer is not wanted."""
        self._let_go()

    @property
    def can_repeat(self) -> bool:
        """The body, if any, can be sent again, and nothing has been answered yet."""
        if self.exchange.started or self.exchange.lost:
            return False
        return self.exchange.body_length == 0 or not self.attached or self._record is not None

    # -- the chain --------------------------------------------

    def begin(self, route: Route) -> None:
        """Enter a route."""
        self.route = route
        self.step = 0
        exchange = self.exchange
        if not self.attached:
            exchange.watcher = self
            if exchange.body_length:
                self._keep_body(route.replay_bytes or _DEFAULT_REPLAY_BYTES)
        self.run()

    def _keep_body(self, limit: int) -> None:
        """Remember a body of at most ``limit`` bytes while it streams, so that it can be sent again."""
        if self.exchange.body_length <= limit:
            self._record = []
            self._record_left = limit

    def run(self) -> None:
        """Run the filters from ``step`` on, then send."""
        route = self.route
        assert route is not None
        try:
            for act in route.pre[self.step :] if self.step else route.pre:
                self.step += 1
                if act(self):
                    return
            path = self.path
            if (path.startswith(b"/act") or PERCENT in path or SEMICOLON in path) and self._is_closed(
                route, path
            ):
                self.proxy.answer_status(self, 404)
                return
            route.send(self)
        except Refusal as refusal:
            self.fail(Failure(FailureKind.FILTER, refusal.reason), refusal.status)
        except Exception as error:  # noqa: BLE001 - any filter's fault ends its own request, with an answer
            _log.exception("A filter of route '%s' failed", route.id)
            self.fail(Failure(FailureKind.FILTER, f"{type(error).__name__}: {error}"))

    proceed = run

    @staticmethod
    def _is_closed(route: Route, path: bytes) -> bool:
        """The path is that of an actuator, and the route does not lead to those."""
        return not route.actuator_allowed and is_below(path, b"/actuator")

    def send_again(self) -> None:
        """Send by the route once more, its filters having run."""
        route = self.route
        assert route is not None
        route.send(self)

    # -- sending ----------------------------------------------

    def send_to(self, pool: Pool) -> None:
        """Send over a kept or a new connection of ``pool``."""
        self._live_pool = pool
        if pool.idle and not self._fresh_only:
            self._send(pool.idle.pop(), pool)
        else:
            pool.connect(self, self.route.connect_timeout_s if self.route else 0.0)

    def on_connected(self, connection: UpstreamConnection) -> bool:
        """A connection asked for is open; false when it is no longer needed."""
        if self.ended or self.exchange.lost or self.upstream is not None or self._live_pool is None:
            if not self.ended:
                self._abandon()
            return False
        self._send(connection, self._live_pool)
        return True

    def _send(self, connection: UpstreamConnection, pool: Pool) -> None:
        exchange = self.exchange
        self.upstream = connection
        length = exchange.body_length
        proxy = self.proxy
        route = self.route
        timeout_s = self.response_timeout_s = route.response_timeout_s if route is not None else 0.0
        head = proxy.writer.request_head(self, pool)
        if length == 0:
            self.request_sent = True
            connection.begin(self, head, False, proxy.clock.now + timeout_s if timeout_s else math.inf, True)
            return
        self.request_sent = False
        connection.begin(self, head, length == CHUNKED, math.inf)
        if not self.attached:
            self.attached = True
            exchange.send_continue()
            exchange.attach(self)
            return
        for piece in self._record or ():
            connection.send(piece)
        if self._held_end:
            self.on_body_end()
        elif self._paused_body:
            self._paused_body = False
            exchange.resume_body()

    def _due(self) -> float:
        return self.proxy.clock.now + self.response_timeout_s if self.response_timeout_s else math.inf

    # -- Sink: the client -------------------------------------

    def on_body(self, data: bytes) -> None:
        if self.is_tunnel:
            if self.upstream is not None:
                self.upstream.send_raw(data)
            return
        if self._record is not None:
            self._record_left -= len(data)
            if self._record_left >= 0:
                self._record.append(data)
            else:
                self._record = None
        if self.upstream is not None:
            self.upstream.send(data)
        elif self._record is None and not self.ended and not self._paused_body:
            self._paused_body = True
            self.exchange.pause_body()

    def on_body_end(self) -> None:
        self._held_end = True
        if self.upstream is not None:
            self.request_sent = True
            self.upstream.end(self._due())

    def on_lost(self) -> None:
        if self.is_tunnel:
            if self.upstream is not None:
                self.upstream.finish_raw()
                self.upstream = None
            self.finish()
            return
        self._abandon()

    def _abandon(self) -> None:
        self._let_go()
        self.finish()

    def pause(self) -> None:
        if self.upstream is not None:
            self.upstream.pause()

    def resume(self) -> None:
        if self.upstream is not None:
            self.upstream.resume()

    # -- the upstream -----------------------------------------

    def upstream_slow(self) -> None:
        self.exchange.pause_body()

    def upstream_ready(self) -> None:
        self.exchange.resume_body()

    def on_answer(self, status: int, headers: list[Header], head: AnswerHead) -> bool:
        """The head of the answer; true when a filter took it over and the connection was let go."""
        self.status = status
        self.response_headers = headers
        proxy = self.proxy
        if self.instance is not None and proxy.suspects:
            proxy.reached(self.instance)
        route = self.route
        if route is not None and route.post:
            count = len(headers)
            for act in route.post:
                if act(self):
                    return True
            if self.response_headers is not headers or len(headers) != count:
                head = self._read_again(head)
        proxy.writer.start_answer(self, head)
        return False

    def on_whole_answer(self, answer: PlainAnswer) -> None:
        """An answer came whole, no filter looks at it, and its connection is back in the pool."""
        self.upstream = None
        self.status, lines, traced, body = answer
        proxy = self.proxy
        if proxy.suspects and self.instance is not None:
            proxy.reached(self.instance)
        if self.added is not None:
            lines.extend([b"%b: %b" % header for header in self.added])
        if not traced:
            lines.append(b"traceparent: " + self.traceparent)
        self.exchange.respond_whole(self.status, lines, body)
        self.finish()

    def _read_again(self, head: AnswerHead) -> AnswerHead:
        """The fields after filters changed them, under the framing they came with."""
        pieces, _, _, traced = read_answer(self.response_headers, self.proxy.writer.kinds)
        return pieces, head[1], head[2], traced

    def answer_locally(self, status: int) -> None:
        """The route ends here without an upstream; post filters see an empty answer with ``status``."""
        self.status = status
        self.response_headers = []
        route = self.route
        assert route is not None
        for act in route.post:
            if act(self):
                return
        head = read_answer(self.response_headers, self.proxy.writer.kinds)
        self.proxy.writer.start_answer(self, head, empty=True)
        self.exchange.end()
        self.finish()

    def on_answer_end(self) -> None:
        """The answer ended with its connection."""
        self.upstream = None
        self.exchange.end()
        self.finish()

    def on_failure(self, failure: Failure) -> None:
        """An attempt failed: another instance, a filter, or an error answer."""
        connection, self.upstream = self.upstream, None
        if self.ended:
            return
        if self.exchange.lost:
            self.finish()
            return
        if self.exchange.started:
            self.exchange.abort()
            self.finish()
            return
        if not failure.kind.reached and self._try_elsewhere(failure):
            return
        again = failure.kind is FailureKind.CLOSED and self._may_repeat()
        if again and (self._try_afresh(connection) or self._try_elsewhere(failure)):
            return
        self.fail(failure)

    def _may_repeat(self) -> bool:
        """Sending a request again does no harm: its method or its client says so, and its body is still here."""
        if not self.can_repeat:
            return False
        return self.exchange.method in _SAFE_TO_REPEAT or self.header(b"idempotency-key") is not None

    def _try_elsewhere(self, failure: Failure) -> bool:
        """Take another instance of the service, if there is one left; this one is reported."""
        if self.instance is None or failure.kind is FailureKind.NO_INSTANCE:
            return False
        self.proxy.unreachable(self.instance)
        self.excluded = (*self.excluded, self.instance.instance_id)
        if len(self.excluded) > _MOST_INSTANCES or not self.proxy.has_other(self.instance, self.excluded):
            return False
        self.send_again()
        return True

    def _try_afresh(self, connection: UpstreamConnection | None) -> bool:
        """A kept connection turned out closed: send again once on a new one what may be repeated."""
        if connection is None or not connection.served or self._resent or self._live_pool is None:
            return False
        self._resent = self._fresh_only = True
        self.send_to(self._live_pool)
        return True

    def fail(self, failure: Failure, status: int = 0) -> None:
        """Let the filters have a failure, then answer it."""
        self.failure = failure
        route = self.route
        for act in route.on_error if route is not None else ():
            if act(self, failure):
                return
        self._let_go()
        self.proxy.answer_failure(self, failure, status or failure.status)
        self.finish()

    # -- ends -------------------------------------------------

    def _let_go(self) -> None:
        connection, self.upstream = self.upstream, None
        if connection is not None:
            connection.detach()

    def finish(self) -> None:
        """The exchange is over: account for it, once."""
        if self.ended:
            return
        self.ended = True
        if self._record is not None:
            self._record = None
        self.exchange.release()
        if self.end_callbacks is not None:
            for callback in self.end_callbacks:
                callback()
        proxy = self.proxy
        seconds = proxy.now() - self.started_at
        for observer in proxy.observers:
            observer.finished(self, seconds)
