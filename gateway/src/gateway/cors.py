"""Global CORS: ``globalcors.cors-configurations`` by path pattern (specs/gateway.md 1.12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gateway.routes.arguments import as_list, nearest, plain
from gateway.routes.components import DefinitionError
from gateway.routes.path_pattern import PathPattern, canonical

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

_VARY = (b"Vary", b"Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
_KEYS = {
    plain(each): each
    for each in (
        "allowedOrigins",
        "allowedOriginPatterns",
        "allowedMethods",
        "allowedHeaders",
        "exposedHeaders",
        "allowCredentials",
        "maxAge",
    )
}
_DEFAULT_PORTS = {b"http": b":80", b"https": b":443"}


@dataclass(frozen=True)
class CorsRule:
    """Who may call a path from a page of another origin."""

    pattern: PathPattern
    origins: frozenset[bytes] = frozenset()
    any_origin: bool = False
    origin_patterns: tuple[re.Pattern[bytes], ...] = ()
    methods: tuple[bytes, ...] = (b"GET", b"HEAD")
    any_method: bool = False
    headers: frozenset[bytes] = frozenset()
    any_header: bool = False
    exposed: bytes = b""
    credentials: bool = False
    max_age: int | None = None

    def allows_origin(self, origin: bytes) -> bool:
        if self.any_origin or origin.rstrip(b"/") in self.origins:
            return True
        return any(pattern.match(origin) for pattern in self.origin_patterns)


class GlobalCors:
    """The rules in the order they were written; the first pattern that matches the path counts."""

    def __init__(self, rules: tuple[CorsRule, ...]) -> None:
        self._rules = rules

    def handle(self, forward: Forward) -> bool:
        """Set the headers of an answer to a cross-origin request; true when the request was answered here."""
        exchange = forward.exchange
        rule = self._rule(exchange.path if exchange.plain_path else canonical(exchange.path))
        if rule is None:
            return False
        forward.add_response_header(*_VARY)
        origin = exchange.header(b"origin")
        if origin is None or _same_origin(origin, exchange.host):
            return False
        asked = exchange.header(b"access-control-request-method") if exchange.method == b"OPTIONS" else None
        if not rule.allows_origin(origin) or not _allowed(rule, asked or exchange.method):
            forward.answer(403)
            return True
        if asked is not None:
            _answer_preflight(forward, rule, origin, asked)
            return True
        for name, value in _origin_headers(rule, origin):
            forward.add_response_header(name, value)
        if rule.exposed:
            forward.add_response_header(b"Access-Control-Expose-Headers", rule.exposed)
        return False

    def _rule(self, path: bytes) -> CorsRule | None:
        return next((rule for rule in self._rules if rule.pattern.match(path) is not None), None)


def read_cors(section: Mapping[str, Any], place: str) -> GlobalCors | None:
    """The rules of ``cors-configurations``; None without any. Raises ``DefinitionError``."""
    rules = tuple(_read_rule(str(key), raw, f"{place}[{key}]") for key, raw in section.items())
    return GlobalCors(rules) if rules else None


def _read_rule(pattern: str, raw: object, place: str) -> CorsRule:
    if not isinstance(raw, Mapping):
        raise DefinitionError("a CORS configuration is a map", place, raw)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name = _KEYS.get(plain(str(key)))
        if name is None:
            raise DefinitionError(f"'{key}' is not known; {nearest(str(key), _KEYS.values())}", place, value)
        values[name] = value

    def words(name: str) -> list[str]:
        value = values.get(name)
        if isinstance(value, Mapping):
            value = list(value.values())
        return as_list(value) if value not in (None, "") else []

    methods = words("allowedMethods") or ["GET", "HEAD"]
    allowed = words("allowedHeaders")
    origins = words("allowedOrigins")
    credentials = str(values.get("allowCredentials", False)).lower() == "true"
    if "*" in origins and credentials:
        reason = "allowedOrigins '*' cannot be combined with allowCredentials; use allowedOriginPatterns"
        raise DefinitionError(reason, place, "*")
    age = values.get("maxAge")
    return CorsRule(
        pattern=PathPattern(pattern.strip("[]")),
        origins=frozenset(origin.rstrip("/").encode() for origin in origins),
        any_origin="*" in origins,
        origin_patterns=tuple(_origin_pattern(each) for each in words("allowedOriginPatterns")),
        methods=tuple(method.upper().encode() for method in methods),
        any_method="*" in methods,
        headers=frozenset(name.lower().encode() for name in allowed),
        any_header="*" in allowed,
        exposed=", ".join(words("exposedHeaders")).encode(),
        credentials=credentials,
        max_age=None if age is None else int(str(age)),
    )


def _origin_pattern(text: str) -> re.Pattern[bytes]:
    return re.compile(".*".join(re.escape(part) for part in text.split("*")).encode() + rb"\Z")


def _allowed(rule: CorsRule, method: bytes) -> bool:
    return rule.any_method or method in rule.methods


def _same_origin(origin: bytes, host: bytes | None) -> bool:
    scheme, _, authority = origin.lower().partition(b"://")
    own = (host or b"").lower()
    return scheme == b"http" and authority.removesuffix(_DEFAULT_PORTS[b"http"]) == own.removesuffix(b":80")


def _origin_headers(rule: CorsRule, origin: bytes) -> list[tuple[bytes, bytes]]:
    headers = [(b"Access-Control-Allow-Origin", b"*" if rule.any_origin else origin)]
    if rule.credentials:
        headers.append((b"Access-Control-Allow-Credentials", b"true"))
    return headers


def _answer_preflight(forward: Forward, rule: CorsRule, origin: bytes, method: bytes) -> None:
    asked = forward.exchange.header(b"access-control-request-headers") or b""
    names = [name.strip() for name in asked.split(b",") if name.strip()]
    if not rule.any_header and any(name.lower() not in rule.headers for name in names):
        forward.answer(403)
        return
    headers = _origin_headers(rule, origin)
    methods = b",".join((method,) if rule.any_method else rule.methods)
    headers.append((b"Access-Control-Allow-Methods", methods))
    if names:
        headers.append((b"Access-Control-Allow-Headers", b", ".join(names)))
    if rule.max_age is not None:
        headers.append((b"Access-Control-Max-Age", b"%d" % rule.max_age))
    forward.answer(200, headers)
