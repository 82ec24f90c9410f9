"""``spring.cloud.gateway.*`` as dataclasses; the new prefix wins over the old one, which is warned of."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.proxy.heads import HOP_BY_HOP, ForwardingOptions
from ressort.config import ConfigError, Environment, data_size, declare, duration, properties, value

PREFIX = "spring.cloud.gateway.server.webflux"
OLD_PREFIX = "spring.cloud.gateway"
_OLD_KEYS = (
    "routes",
    "default-filters",
    "httpclient",
    "globalcors",
    "trusted-proxies",
    "x-forwarded",
    "forwarded",
)
_NEEDED = ("httpclient.ssl", "httpclient.proxy")
_WITHOUT_EFFECT = (
    "discovery.locator",
    "redis-route-definition-repository",
    "httpclient.compression",
    "filter.local-response-cache",
    "filter.secure-headers",
)
_log = logging.getLogger("gateway")


@dataclass(frozen=True)
class PoolOptions:
    """``httpclient.pool``: how long connections to members are kept."""

    type: str = "elastic"
    max_idle_time_s: float = duration("15s")
    max_life_time_s: float = duration("0s")


@dataclass(frozen=True)
class HttpClientOptions:
    """``httpclient``: time-outs towards members. A response time-out of 0 is none; it ends with the head."""

    connect_timeout_s: float = duration("30s")
    response_timeout_s: float = duration("0s")
    body_idle_timeout_s: float = duration("5m")
    max_header_size_bytes: int = data_size("8KB")
    max_initial_line_length_bytes: int = data_size("4KB")
    pool: PoolOptions = PoolOptions()


@dataclass(frozen=True)
class XForwardedOptions:
    """``x-forwarded``: which fields are written and appended."""

    enabled: bool = True
    for_enabled: bool = True
    for_append: bool = True
    host_enabled: bool = True
    host_append: bool = True
    port_enabled: bool = True
    port_append: bool = True
    proto_enabled: bool = True
    proto_append: bool = True
    prefix_enabled: bool = True
    prefix_append: bool = True


@dataclass(frozen=True)
class ForwardedOptions:
    """``forwarded``: whether RFC 7239's field is written."""

    enabled: bool = True


@dataclass(frozen=True)
class MetricsOptions:
    """``metrics``: the timer of routed requests."""

    enabled: bool = True


@dataclass(frozen=True)
class HopByHopOptions:
    """``filter.remove-hop-by-hop``: a list that replaces the built-in one."""

    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class GatewayOptions:
    """What the data path needs besides the routes. ``refused_status`` 500 gives Spring's answer to a refused
    connection, which is 502 here."""

    trusted_proxies: str | None = None
    httpclient: HttpClientOptions = HttpClientOptions()
    x_forwarded: XForwardedOptions = XForwardedOptions()
    forwarded: ForwardedOptions = ForwardedOptions()
    metrics: MetricsOptions = MetricsOptions()
    fail_on_route_definition_error: bool = True
    ambiguous_paths: bool = value(False)
    refused_status: int = value(502, minimum=400, maximum=599)


@properties("gateway.front")
@dataclass(frozen=True)
class FrontOptions:
    """The second listener: ``root`` is the folder of the built front end, relative to ``ressort.home``; without such a
    folder the front that came in the wheel is served.

    ``content_security_policy`` is that of the pages; ``{nonce}`` in it becomes a fresh nonce for every answer. A page
    without ``__NONCE__`` gets a policy without nonces instead of one that speaks of them.
    """

    enabled: bool = True
    port: int = value(4200, minimum=0, maximum=65535)
    root: str = "frontend/dist"
    content_security_policy: str = (
        "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types angular angular#bundler"
    )


@properties("server.accesslog")
@dataclass(frozen=True)
class AccessLogOptions:
    """One line per request in ``file``, relative to ``ressort.home``, kept to ``backups`` files of ``max_size``."""

    enabled: bool = True
    file: str = "var/logs/gateway-access.log"
    max_size_bytes: int = data_size("10MB")
    backups: int = value(3, minimum=1)


@dataclass(frozen=True)
class ProxyOptions:
    """The options in the shape the data path reads them: seconds, bytes, compiled patterns."""

    connect_timeout_s: float = 30.0
    response_timeout_s: float = 0.0
    body_idle_s: float = 300.0
    max_head_bytes: int = 8192
    pool_idle_s: float = 15.0
    pool_life_s: float = 0.0
    keep_connections: bool = True
    ambiguous_paths: bool = False
    refused_status: int = 502
    trusts: re.Pattern[str] | None = None
    forwarding: ForwardingOptions = field(default_factory=ForwardingOptions)
    hop_by_hop: frozenset[bytes] = HOP_BY_HOP
    include_message: bool = False
    metrics: bool = True


def gateway_section(env: Environment) -> tuple[str, Mapping[str, Any]]:
    """The prefix in use and its subtree; the old prefix counts, with a warning, where the new one is empty."""
    declare(f"{PREFIX}.*", f"{OLD_PREFIX}.*")
    found = env.section(PREFIX)
    if found:
        _refuse_unserved(env, PREFIX)
        return PREFIX, found
    old = env.section(OLD_PREFIX)
    if any(key in old for key in _OLD_KEYS):
        _log.warning("%s.* is deprecated since Spring Cloud 2025.0; use %s.*", OLD_PREFIX, PREFIX)
        _refuse_unserved(env, OLD_PREFIX)
        return OLD_PREFIX, old
    return PREFIX, {}


def _refuse_unserved(env: Environment, prefix: str) -> None:
    """Settings of Spring that would change what is safe stop the start; others without effect are named."""
    for name in _NEEDED:
        if env.contains(f"{prefix}.{name}"):
            key = f"{prefix}.{name}"
            raise ConfigError(
                "this is not served yet, and ignoring it would be wrong", key=key, remedy="Remove it."
            )
    for name in _WITHOUT_EFFECT:
        if env.contains(f"{prefix}.{name}"):
            _log.warning("%s.%s is not served yet and has no effect", prefix, name)


def read_front(env: Environment) -> FrontOptions:
    """Bind and check the front's options; raises ``ConfigError``."""
    bound = env.bind(FrontOptions)
    policy = bound.content_security_policy
    if not policy.isascii() or not policy.isprintable():
        key = "gateway.front.content-security-policy"
        reason = "a header holds ASCII characters on one line"
        raise ConfigError(reason, key=key, value=policy, origin=env.origin(key))
    return bound


def read_options(env: Environment, prefix: str = PREFIX) -> ProxyOptions:
    """Bind and check the options; raises ``ConfigError``."""
    bound = env.bind(GatewayOptions, prefix)
    client, hops = bound.httpclient, env.bind(HopByHopOptions, f"{prefix}.filter.remove-hop-by-hop").headers
    if client.pool.type not in ("elastic", "disabled"):
        key = f"{prefix}.httpclient.pool.type"
        raise ConfigError(
            "this pool type is not served", key=key, value=client.pool.type, remedy="Use elastic or disabled."
        )
    return ProxyOptions(
        connect_timeout_s=client.connect_timeout_s,
        response_timeout_s=client.response_timeout_s,
        body_idle_s=client.body_idle_timeout_s,
        max_head_bytes=client.max_header_size_bytes,
        pool_idle_s=client.pool.max_idle_time_s,
        pool_life_s=client.pool.max_life_time_s,
        keep_connections=client.pool.type != "disabled",
        ambiguous_paths=bound.ambiguous_paths,
        refused_status=bound.refused_status,
        trusts=_trusted(env, bound.trusted_proxies, f"{prefix}.trusted-proxies"),
        forwarding=_forwarding(bound),
        hop_by_hop=frozenset(name.lower().encode("ascii") for name in hops) if hops else HOP_BY_HOP,
        include_message=_include_message(env),
        metrics=bound.metrics.enabled,
    )


def _trusted(env: Environment, pattern: str | None, key: str) -> re.Pattern[str] | None:
    if not pattern:
        return None
    try:
        return re.compile(rf"(?:{pattern})\Z")
    except re.error as error:
        raise ConfigError(
            f"not a regular expression: {error}", key=key, value=pattern, origin=env.origin(key)
        ) from error


def _forwarding(bound: GatewayOptions) -> ForwardingOptions:
    x = bound.x_forwarded
    names = ("for", "host", "port", "proto", "prefix")
    return ForwardingOptions(
        x_forwarded=x.enabled,
        forwarded=bound.forwarded.enabled,
        enabled=frozenset(name for name in names if getattr(x, f"{name}_enabled")),
        append=frozenset(name for name in names if getattr(x, f"{name}_append")),
    )


def _include_message(env: Environment) -> bool:
    new = env.get("spring.web.error.include-message", "")
    return str(new or env.get("server.error.include-message", "never")) == "always"
