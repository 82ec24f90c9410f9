"""Settings of declared clients, by OpenFeign's and Spring Cloud LoadBalancer's names and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Protocol, TypeVar

from ressort.config import duration, properties, value

T = TypeVar("T")
CLIENTS = "spring.cloud.openfeign.client.config"


class Settings(Protocol):
    """What is needed of `ressort.config.Environment`."""

    def bind(self, cls: type[T], prefix: str | None = None) -> T: ...

    def section(self, prefix: str) -> dict[str, Any]: ...


@dataclass(frozen=True)
class ClientOptions:
    """`spring.cloud.openfeign.client.config.<name|default>`; `url` replaces load balancing by name."""

    url: str | None = None
    connect_timeout_s: float = duration(10.0)
    read_timeout_s: float = duration(60.0)
    dismiss404: bool = False
    default_request_headers: Mapping[str, str] = field(default_factory=dict)
    default_query_parameters: Mapping[str, str] = field(default_factory=dict)


@properties("spring.cloud.openfeign.httpclient")
@dataclass(frozen=True)
class PoolOptions:
    """The connection pool below all clients of a process."""

    max_connections: int = value(200, minimum=1)
    max_connections_per_route: int = value(50, minimum=1)


@properties("spring.cloud.loadbalancer.retry")
@dataclass(frozen=True)
class RetryRules:
    """How often a call that may be repeated is: on the same instance, then on other ones."""

    enabled: bool = True
    max_retries_on_same_service_instance: int = value(0, minimum=0, maximum=10)
    max_retries_on_next_service_instance: int = value(1, minimum=0, maximum=10)


@properties("spring.cloud.openfeign.circuitbreaker")
@dataclass(frozen=True)
class BreakerRules:
    """Whether calls go through the breaker of their service (on here, unlike OpenFeign)."""

    enabled: bool = True


def client_options(env: Settings | None, name: str, base: ClientOptions | None = None) -> ClientOptions:
    """The client's settings over the default ones over `base`. Raises ConfigError."""
    options = base or ClientOptions()
    if env is None:
        return options
    for prefix in (f"{CLIENTS}.default", f"{CLIENTS}.{name}"):
        section = env.section(prefix)
        given = {"".join(c for c in key.lower() if c.isalnum()) for key in section}
        if given:
            bound = env.bind(ClientOptions, prefix)
            names = [one.name for one in fields(bound) if _property(one.name) in given]
            options = replace(options, **{one: getattr(bound, one) for one in names})
    return options


def _property(field_name: str) -> str:
    return field_name.removesuffix("_s").replace("_", "")
