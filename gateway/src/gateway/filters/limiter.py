"""RequestRateLimiter: Spring's token bucket, in memory and with a millisecond clock (specs/gateway.md 2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.filters.answers import status_of
from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.filters.services import bean_name
from gateway.routes.arguments import Arguments, nearest
from gateway.routes.components import Component

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.filters.services import FilterServices, KeyResolver
    from gateway.proxy.forward import Forward

_FIELDS = ("key-resolver", "rate-limiter", "statusCode", "status-code", "denyEmptyKey", "emptyKeyStatus")
_LIMITS = ("redis-rate-limiter", "local-rate-limiter")
_MOST_BUCKETS = 100_000


@dataclass(frozen=True)
class Limit:
    """Tokens per second, most tokens kept, tokens one request costs."""

    replenish_rate: int
    burst_capacity: int
    requested_tokens: int = 1


class Bucket:
    """Tokens of one key, filled as time passes."""

    __slots__ = ("tokens", "updated")

    def __init__(self, tokens: float, now: float) -> None:
        self.tokens = tokens
        self.updated = now

    def take(self, limit: Limit, now: float) -> tuple[bool, int]:
        """Whether a request may pass, and the whole tokens left."""
        gained = max(0.0, now - self.updated) * limit.replenish_rate
        self.tokens = min(float(limit.burst_capacity), self.tokens + gained)
        self.updated = now
        allowed = self.tokens >= limit.requested_tokens
        if allowed:
            self.tokens -= limit.requested_tokens
        return allowed, math.floor(self.tokens)

    def wait_s(self, limit: Limit) -> int:
        """Whole seconds until a request may pass again."""
        return max(1, math.ceil((limit.requested_tokens - self.tokens) / limit.replenish_rate))


class Buckets:
    """The buckets of one route, bounded: full ones are forgotten first, being the same as new ones."""

    def __init__(self, limit: Limit, monotonic: Callable[[], float]) -> None:
        self.limit = limit
        self._monotonic = monotonic
        self._by_key: dict[bytes, Bucket] = {}

    def take(self, key: bytes) -> tuple[bool, int, Bucket]:
        now = self._monotonic()
        bucket = self._by_key.get(key)
        if bucket is None:
            if len(self._by_key) >= _MOST_BUCKETS:
                self._forget(now)
            bucket = self._by_key[key] = Bucket(self.limit.burst_capacity, now)
        allowed, left = bucket.take(self.limit, now)
        return allowed, left, bucket

    def _forget(self, now: float) -> None:
        full_after_s = self.limit.burst_capacity / self.limit.replenish_rate
        self._by_key = {
            key: bucket for key, bucket in self._by_key.items() if now - bucket.updated < full_after_s
        }
        while len(self._by_key) >= _MOST_BUCKETS:
            del self._by_key[next(iter(self._by_key))]


def register(registry: FilterRegistry) -> None:
    registry.add("RequestRateLimiter", request_rate_limiter)


def request_rate_limiter(component: Component, site: FilterSite, services: FilterServices) -> CompiledFilter:
    """Refuse requests of a key beyond its rate with 429 and Retry-After; tell every answer what is left."""
    args = Arguments(component, _FIELDS, nested=_LIMITS)
    limit = _limit(args)
    resolve = _resolver(args, services)
    refused = status_of(args, args.optional("statusCode") or args.optional("status-code") or "429")
    deny_empty = args.boolean("denyEmptyKey", True)
    empty_status = status_of(args, args.optional("emptyKeyStatus") or "403")
    buckets = _kept_buckets(services, site.route_id, limit)
    fixed = [
        (b"X-RateLimit-Replenish-Rate", b"%d" % limit.replenish_rate),
        (b"X-RateLimit-Burst-Capacity", b"%d" % limit.burst_capacity),
        (b"X-RateLimit-Requested-Tokens", b"%d" % limit.requested_tokens),
    ]

    def pre(forward: Forward) -> bool:
        key = resolve(forward)
        if not key:
            if deny_empty:
                forward.answer(empty_status)
            return deny_empty
        allowed, left, bucket = buckets.take(key)
        headers = [(b"X-RateLimit-Remaining", b"%d" % left), *fixed]
        if allowed:
            forward.added = [*(forward.added or ()), *headers]
            return False
        headers.append((b"Retry-After", b"%d" % bucket.wait_s(limit)))
        forward.answer(refused, headers)
        return True

    return CompiledFilter(f"[RequestRateLimiter {limit}]", pre=pre)


def _kept_buckets(services: FilterServices, route_id: str, limit: Limit) -> Buckets:
    """The route's buckets, kept over reloads as long as its limit is the same."""
    kept = services.buckets.get((route_id, b""))
    if not isinstance(kept, Buckets) or kept.limit != limit:
        kept = services.buckets[(route_id, b"")] = Buckets(limit, services.monotonic)
    return kept


def _limit(args: Arguments) -> Limit:
    def argument(name: str, default: int | None, minimum: int) -> int:
        for prefix in _LIMITS:
            if args.has(f"{prefix}.{name}"):
                return args.integer(f"{prefix}.{name}", minimum=minimum)
        if default is None:
            raise args.wrong(f"argument 'redis-rate-limiter.{name}' is missing")
        return default

    rate = argument("replenishRate", None, 1)
    limit = Limit(rate, argument("burstCapacity", rate, 0), argument("requestedTokens", 1, 1))
    if 0 < limit.burst_capacity < limit.replenish_rate:
        raise args.wrong("burstCapacity must not be below replenishRate", limit.burst_capacity)
    return limit


def _resolver(args: Arguments, services: FilterServices) -> KeyResolver:
    reference = args.text("key-resolver", "#{@principalNameKeyResolver}")
    name = bean_name(reference)
    if name is None:
        raise args.wrong(f"'{reference}' is not evaluated; name a resolver as #{{@name}}", reference)
    resolver = services.key_resolvers.get(name)
    if resolver is None:
        raise args.wrong(f"no key resolver '{name}'; {nearest(name, services.key_resolvers)}", reference)
    return resolver
