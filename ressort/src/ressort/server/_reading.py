"""Reading a parsed head: its fields fill an exchange, and what a server must not accept is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ressort.server._head import (
    FORBIDDEN_METHODS,
    METHODS,
    Refusal,
    check_host,
    check_path,
    check_query,
    origin_form,
)
from ressort.server.exchange import CHUNKED, Exchange, Header

if TYPE_CHECKING:
    from ressort.server.limits import Limits

_ORDINARY, _HOST, _LENGTH, _TRANSFER, _CONNECTION, _EXPECT, _UPGRADE = range(7)
_KIND_BY_NAME = {
    b"host": _HOST,
    b"content-length": _LENGTH,
    b"transfer-encoding": _TRANSFER,
    b"connection": _CONNECTION,
    b"expect": _EXPECT,
    b"upgrade": _UPGRADE,
}
_MOST_SPELLINGS = 4096


class _Kinds(dict[bytes, int]):
    """What a field name means to the core, by its spelling; an unknown spelling is looked up once."""

    def __missing__(self, name: bytes) -> int:
        kind = _KIND_BY_NAME.get(name.lower(), _ORDINARY)
        if len(self) < _MOST_SPELLINGS:
            self[name] = kind
        return kind


_KINDS = _Kinds()
_GOOD_HOSTS: set[bytes] = set()
"""Host values already found well-formed."""


def check_sizes(url: bytes, headers: list[Header], limits: Limits) -> None:
    """Refuse a target or a header block beyond the limits."""
    if len(url) > limits.request_line_bytes:
        raise Refusal(414, "request target too long")
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if len(headers) > limits.header_count or size > limits.head_bytes:
        raise Refusal(431, "request head too large")


def read_head(exchange: Exchange, url: bytes, version: str, ambiguous_allowed: bool) -> None:
    """Fill in what the head says and refuse what section 8 of the gateway facts forbids."""
    method = exchange.method
    if method not in METHODS:
        raise Refusal(405 if method in FORBIDDEN_METHODS else 501, "method not served")
    if version != "1.1":
        if version != "1.0":
            raise Refusal(505, "HTTP version not served")
        exchange.http11 = False
        exchange.keep_alive = False
    _read_fields(exchange)
    if url[0] != 0x2F:
        url = _other_forms(exchange, url)
    path, mark, query = url.partition(b"?")
    exchange.path = path
    if not check_path(path, ambiguous_allowed):
        exchange.plain_path = False
    if mark:
        check_query(query)
        exchange.query = query


def _other_forms(exchange: Exchange, url: bytes) -> bytes:
    target, authority = origin_form(url, exchange.host)
    if target == b"*":
        raise Refusal(400, "asterisk form not served")
    exchange.host = authority or exchange.host
    return target


def _read_fields(exchange: Exchange) -> None:
    host: bytes | None = None
    upgrade: bytes | None = None
    upgrade_asked = False
    kinds = _KINDS
    for name, value in exchange.headers:
        kind = kinds[name]
        if not kind:
            continue
        value = value.strip(b" \t")
        if kind == _HOST:
            if host is not None:
                raise Refusal(400, "more than one Host")
            if value not in _GOOD_HOSTS:
                _check_new_host(value)
            host = value
        elif kind == _LENGTH:
            exchange.body_length = int(value)
        elif kind == _TRANSFER:
            if value.lower() != b"chunked" or not exchange.http11:
                raise Refusal(400, "unsupported Transfer-Encoding")
            exchange.body_length = CHUNKED
        elif kind == _CONNECTION:
            upgrade_asked = _read_connection(exchange, value) or upgrade_asked
        elif kind == _EXPECT:
            if value.lower() != b"100-continue":
                raise Refusal(417, "unknown expectation")
            exchange.expects_continue = exchange.http11
        elif kind == _UPGRADE:
            upgrade = value
    if host is None and exchange.http11:
        raise Refusal(400, "Host missing")
    exchange.host = host
    if upgrade_asked and upgrade is not None:
        exchange.upgrade = upgrade


def _check_new_host(value: bytes) -> None:
    check_host(value)
    if len(_GOOD_HOSTS) < _MOST_SPELLINGS:
        _GOOD_HOSTS.add(value)


def _read_connection(exchange: Exchange, value: bytes) -> bool:
    """Apply the connection options; true when an upgrade is among them."""
    upgrade = False
    for option in value.lower().split(b","):
        option = option.strip(b" \t")
        if option == b"close":
            exchange.keep_alive = False
        elif option == b"keep-alive" and not exchange.http11:
            exchange.keep_alive = True
        elif option == b"upgrade":
            upgrade = True
    return upgrade
