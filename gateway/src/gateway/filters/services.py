"""What filters may use beyond their arguments: a clock, key resolvers, breakers, the loop's timer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ressort.resilience import BreakerRegistry

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

KeyResolver = Callable[["Forward"], "bytes | None"]
_BEAN = re.compile(r"#\{\s*@([\w-]+)\s*\}\Z")


def remote_address(forward: Forward) -> bytes | None:
    """The peer's address."""
    return forward.exchange.peer[0].encode("ascii")


def principal_name(forward: Forward) -> bytes | None:
    """The authenticated user's name; nobody logs in yet, so there is none."""
    return None


def request_path(forward: Forward) -> bytes | None:
    """The path the client asked for."""
    return forward.exchange.path


DEFAULT_RESOLVERS: Mapping[str, KeyResolver] = {
    "principalNameKeyResolver": principal_name,
    "remoteAddressKeyResolver": remote_address,
    "pathKeyResolver": request_path,
}


@dataclass
class FilterServices:
    """Shared by the filters of all routes and kept over reloads, so that limits and breakers keep their state."""

    monotonic: Callable[[], float]
    call_later: Callable[[float, Callable[[], object]], Any]
    breakers: BreakerRegistry
    time_limits: Callable[[str], float] = lambda name: 0.0
    """Seconds a breaker of that name gives a request, 0 for no limit."""
    key_resolvers: dict[str, KeyResolver] = field(default_factory=lambda: dict(DEFAULT_RESOLVERS))
    buckets: dict[tuple[str, bytes], Any] = field(default_factory=dict)
    rate_limiter: Mapping[str, Any] = field(default_factory=dict)
    """``filter.request-rate-limiter`` and ``redis-rate-limiter`` of the gateway's properties."""

    def register_key_resolver(self, name: str, resolver: KeyResolver) -> None:
        """Make ``#{@name}`` available to RequestRateLimiter."""
        self.key_resolvers[name] = resolver


def bean_name(reference: str) -> str | None:
    """The name in ``#{@name}``; None for anything else, which is never evaluated."""
    found = _BEAN.match(reference.strip())
    return found.group(1) if found else None
