"""Declared clients at work: choose an instance, send, retry what may be retried, decode."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from ressort.discovery import ServiceInstance
from ressort.loadbalancer import LoadBalancer, NoInstanceError
from ressort.observability import tracing
from ressort.observability.health import HealthRegistry
from ressort.observability.metrics import MeterRegistry
from ressort.resilience import (
    BreakerRegistry,
    CircuitBreaker,
    CircuitBreakerOptions,
    CircuitOpenError,
    Permit,
)

from .declarations import CALL, CLIENT, Declared, DeclaredClient
from .decoding import Decoder, error_of
from .encoding import Encoded, Encoder
from .errors import RemoteError, UnavailableError
from .meters import CallMeters
from .options import BreakerRules, ClientOptions, PoolOptions, RetryRules, Settings, client_options
from .transport import Exchange, Reply, Transport, TransportError

T = TypeVar("T")
log = logging.getLogger(__name__)


CLIENT_BREAKERS = CircuitBreakerOptions(
    sliding_window_size=20,
    minimum_number_of_calls=10,
    wait_duration_in_open_state_s=5.0,
    permitted_number_of_calls_in_half_open_state=3,
    max_wait_duration_in_half_open_state_s=30.0,
)
"""Below every property. Resilience4j's own defaults (100 calls, then 60 s) would notice an outage after minutes
and its end a minute late; OpenFeign has no breaker by default, so there is no habit to keep."""


class ClientFactory:
    """Makes clients of declared interfaces; they share one connection pool and one breaker per service.

    `env` None: defaults only. `load_balancer` may be None when every client has a url. `transport` is the
    pooled one of `requests` unless given. Nothing is opened before the first call.
    """

    def __init__(
        self,
        env: Settings | None = None,
        load_balancer: LoadBalancer | None = None,
        metrics: MeterRegistry | None = None,
        health: HealthRegistry | None = None,
        *,
        breakers: BreakerRegistry | None = None,
        transport: Transport | None = None,
        defaults: ClientOptions | None = None,
    ) -> None:
        self._env = env
        self._load_balancer = load_balancer
        self._meters = CallMeters(metrics or MeterRegistry())
        self.breakers = breakers or BreakerRegistry(env, metrics, health, CLIENT_BREAKERS)
        self._defaults = defaults
        self._transport = transport or _pooled(env)
        self._retry = RetryRules() if env is None else env.bind(RetryRules)
        self._breaking = BreakerRules() if env is None else env.bind(BreakerRules)

    def create(self, interface: type[T]) -> T:
        """A client of an interface marked by `feign_client`. Raises TypeError or ConfigError at once."""
        declared: DeclaredClient | None = getattr(interface, CLIENT, None)
        if declared is None:
            raise TypeError(f"{interface.__qualname__} is not marked with feign_client")
        channel = Channel(declared, self, client_options(self._env, declared.context_id, self._defaults))
        fallbacks = _fallbacks(declared)
        methods = {
            name: _method(name, Invocation(stub, getattr(stub, CALL), channel), fallbacks)
            for name, stub in _stubs(interface).items()
        }
        made = type(f"{interface.__name__}Client", (interface,), {**methods, "__init__": _no_arguments})
        return cast(T, made())

    def close(self) -> None:
        """Closes pooled connections."""
        self._transport.close()

    def breaker(self, service: str) -> CircuitBreaker | None:
        """The breaker of a service, None when breakers are switched off."""
        return self.breakers.get(service, ignore=is_no_outage) if self._breaking.enabled else None


def is_no_outage(error: BaseException) -> bool:
    """Errors that say nothing of a service's health: it answered, or nobody was asked."""
    if isinstance(error, RemoteError):
        return error.status < 500
    return isinstance(error, UnavailableError) and isinstance(error.cause, NoInstanceError)


class Attempts:
    """What one call has tried so far; `failure` is what to raise if nothing better comes."""

    def __init__(self, rules: RetryRules) -> None:
        self._same = rules.max_retries_on_same_service_instance if rules.enabled else 0
        self._others = rules.max_retries_on_next_service_instance if rules.enabled else 0
        self._left = (self._same + 1) * (self._others + 1)
        self._on_instance = 0
        self.failure: UnavailableError | None = None
        self.exhausted: list[str] = []

    def failed(self, error: UnavailableError, instance: Any) -> UnavailableError:
        """Takes a failure in; what to raise: unknown remains unknown, whatever later attempts met."""
        self._left -= 1
        self._on_instance += 1
        if self._on_instance > self._same:
            self.exhausted.append(instance.instance_id if instance else "")
            self._on_instance = 0
        earlier, self.failure = self.failure, error
        if earlier is not None and earlier.sent and not error.sent:
            self.failure = earlier
        return self.failure

    @property
    def used_up(self) -> bool:
        """Whether no attempt is left."""
        return self._left <= 0

    def refuse_unless_worthwhile(self) -> None:
        """Asking the same address at once helps when a kept connection broke, not when it refused or slept."""
        failure = self.failure
        if failure is None or self._on_instance > 0:
            return
        cause = failure.cause
        if not (isinstance(cause, TransportError) and cause.sent and not cause.timeout):
            raise failure


class Channel:
    """The way to one service: where it is, how long to wait, how often to try."""

    def __init__(self, declared: DeclaredClient, factory: ClientFactory, options: ClientOptions) -> None:
        self.service = declared.name
        self.prefix = declared.path.rstrip("/")
        self.options = options
        self._url = (declared.url or options.url or "").rstrip("/") or None
        self._load_balancer = factory._load_balancer
        self._transport = factory._transport
        self._meters = factory._meters
        self._retry = factory._retry
        self._breaker = factory.breaker(declared.name)
        if self._url is None and self._load_balancer is None:
            raise TypeError(f"client of {self.service} has neither a url nor a load balancer")

    def call(self, declared: Declared, template: str, encoded: Encoded) -> Reply:
        """The first complete answer below 300. Raises RemoteError or UnavailableError."""
        attempts = Attempts(self._retry)
        while True:
            base_url, instance = self._address(attempts)
            try:
                return self._guarded(declared, template, encoded, base_url, instance)
            except UnavailableError as error:
                failure = attempts.failed(error, instance)
                if not _repeatable(declared, error) or attempts.used_up:
                    raise failure from error.__cause__

    def _address(self, attempts: Attempts) -> tuple[str, Any]:
        """(base URL, instance): after a failure another instance; the same one only where that may help."""
        if self._url is not None or self._load_balancer is None:
            attempts.refuse_unless_worthwhile()
            return self._url or "", None
        try:
            instance = self._load_balancer.choose(self.service, attempts.exhausted)
        except NoInstanceError:
            instance = self._late(self._load_balancer, attempts)
        return instance.uri, instance

    def _late(self, load_balancer: LoadBalancer, attempts: Attempts) -> ServiceInstance:
        """Nobody is left: the registry may know of one who has just come, or the same may be tried again."""
        if attempts.exhausted:
            attempts.refuse_unless_worthwhile()
        else:
            load_balancer.refresh()
        try:
            return load_balancer.choose(self.service)
        except NoInstanceError as error:
            raise attempts.failure or UnavailableError(self.service, error, sent=False) from error

    def _guarded(
        self, declared: Declared, template: str, encoded: Encoded, base_url: str, instance: Any
    ) -> Reply:
        breaker = self._breaker
        permit = None if breaker is None else self._permit(breaker)
        try:
            reply = self._attempt(declared, template, encoded, base_url, instance)
        except BaseException as error:
            if breaker is not None and permit is not None:
                breaker.on_error(permit, error)
            raise
        if breaker is not None and permit is not None:
            breaker.on_success(permit)
        return reply

    def _permit(self, breaker: CircuitBreaker) -> Permit:
        try:
            return breaker.acquire()
        except CircuitOpenError as error:
            wait_s = error.retry_after_s or None
            raise UnavailableError(self.service, error, sent=False, retry_after_s=wait_s) from error

    def _attempt(
        self, declared: Declared, template: str, encoded: Encoded, base_url: str, instance: Any
    ) -> Reply:
        headers = {"Accept": "application/json", **self.options.default_request_headers, **encoded.headers}
        tracing.inject(headers)
        exchange = Exchange(
            declared.method,
            base_url,
            encoded.target,
            headers,
            encoded.body,
            _or(declared.connect_timeout_s, self.options.connect_timeout_s),
            _or(declared.read_timeout_s, self.options.read_timeout_s),
        )
        began = time.perf_counter()
        try:
            reply = self._transport.send(exchange)
        except TransportError as error:
            self._meters.failed(
                self.service, declared.method, template, error.kind, time.perf_counter() - began
            )
            self._report(instance, False)
            raise UnavailableError(self.service, error, error.sent) from error
        self._meters.answered(
            self.service, declared.method, template, reply.status, time.perf_counter() - began
        )
        self._report(instance, True)
        if reply.status >= 300:
            raise error_of(reply, self.service, declared.method, base_url + encoded.target)
        return reply

    def _report(self, instance: Any, ok: bool) -> None:
        if instance is not None and self._load_balancer is not None:
            self._load_balancer.report(instance, ok)


class Invocation:
    """One method of one client."""

    def __init__(self, stub: Callable[..., Any], declared: Declared, channel: Channel) -> None:
        self._declared = declared
        self._channel = channel
        self._encoder = Encoder(stub, declared, channel.prefix)
        self._decoder = Decoder(self._encoder.returns)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Makes the call."""
        channel, declared = self._channel, self._declared
        encoded = self._encoder.encode(args, kwargs, channel.options.default_query_parameters)
        try:
            reply = channel.call(declared, self._encoder.template, encoded)
        except RemoteError as error:
            if error.status == 404 and channel.options.dismiss404:
                return None
            raise
        log.debug("%s %s %s: %d", channel.service, declared.method, encoded.target, reply.status)
        return self._decoder.decode(reply, channel.service, declared.method, encoded.target)


def _repeatable(declared: Declared, error: UnavailableError) -> bool:
    """Calls never processed may be made again, others when doing them twice does no harm."""
    if isinstance(error.cause, NoInstanceError | CircuitOpenError):
        return False
    return not error.sent or (declared.retryable and isinstance(error.cause, TransportError))


def _or(own: float | None, shared: float) -> float:
    return shared if own is None else own


def _pooled(env: Settings | None) -> Transport:
    from ._requests import RequestsTransport

    return RequestsTransport(None if env is None else env.bind(PoolOptions))


def _stubs(interface: type) -> dict[str, Callable[..., Any]]:
    found = {name: getattr(interface, name) for name in dir(interface) if not name.startswith("__")}
    stubs = {name: stub for name, stub in found.items() if hasattr(stub, CALL)}
    if not stubs:
        raise TypeError(f"{interface.__qualname__} declares no call")
    return stubs


Fallbacks = Callable[[BaseException], Any] | None


def _fallbacks(declared: DeclaredClient) -> Fallbacks:
    if declared.fallback_factory is not None:
        return declared.fallback_factory
    if declared.fallback is None:
        return None
    made = declared.fallback()
    return lambda error: made


def _method(name: str, invocation: Invocation, fallbacks: Fallbacks) -> Callable[..., Any]:
    if fallbacks is None:
        return lambda self, *args, **kwargs: invocation(*args, **kwargs)

    def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return invocation(*args, **kwargs)
        except (UnavailableError, RemoteError) as error:
            if isinstance(error, RemoteError) and error.status < 500:
                raise
            return getattr(fallbacks(error), name)(*args, **kwargs)

    return guarded


def _no_arguments(self: Any) -> None:
    """Protocols would bring an initialiser of their own."""
