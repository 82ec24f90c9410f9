"""`server.forward-headers-strategy`: the address the caller used, as told by a trusted proxy.

Honoured are X-Forwarded-Proto, -Host, -Port, -Prefix and -For, and only when the neighbour that
connected is trusted (loopback by default): anybody else could write them. Each is a list to which every
proxy on the way appended: the first well-formed value counts, and prefixes are joined, as Spring's
ForwardedHeaderFilter does. A port counts for the host of the same proxy only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ressort.errors import RessortError
from ressort.security import TrustedPeers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

STRATEGIES = ("none", "native", "framework")
_PORTED_HOST = re.compile(r"(?P<host>[A-Za-z0-9.\-_]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_PORT = re.compile(r"[0-9]{1,5}")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+;=:@%\-]+)+")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


class Forwarding:
    """Rewrites the WSGI environ of requests that come through a trusted neighbour."""

    def __init__(self, peers: TrustedPeers | None = None) -> None:
        self._peers = peers or TrustedPeers()

    def apply(self, environ: WSGIEnvironment) -> None:
        """Set scheme, host, port, prefix and caller's address from the forwarded headers, if any."""
        if not _forwarded(environ) or environ.get("REMOTE_ADDR", "") not in self._peers:
            return
        protos = _values(environ, "HTTP_X_FORWARDED_PROTO")
        scheme = next((each for each in map(str.lower, protos) if each in _DEFAULT_PORTS), None)
        if scheme is not None:
            environ["wsgi.url_scheme"] = scheme
        self._host(environ, len(protos))
        prefixes = [each.rstrip("/") for each in _values(environ, "HTTP_X_FORWARDED_PREFIX")]
        prefix = "".join(each for each in prefixes if _PREFIX.fullmatch(each))
        if prefix:
            environ["SCRIPT_NAME"] = prefix
        callers = _values(environ, "HTTP_X_FORWARDED_FOR")
        if callers:
            environ["REMOTE_ADDR"] = callers[0].strip("[]")

    def _host(self, environ: WSGIEnvironment, proxies: int) -> None:
        """Host and port: the first host that can be one, and the port its proxy, or itself, names."""
        hosts = _values(environ, "HTTP_X_FORWARDED_HOST")
        named = _first_host([*hosts, environ.get("HTTP_HOST", "")])
        if named is None:
            return
        place, host, own_port = named
        ports = _values(environ, "HTTP_X_FORWARDED_PORT")
        silent = max(len(hosts), proxies) - len(ports)
        told = ([""] * silent + ports)[place : place + 1]
        port = told[0] if told and _is_port(told[0]) else own_port
        scheme = environ["wsgi.url_scheme"]
        default = port in ("", _DEFAULT_PORTS.get(scheme))
        environ["HTTP_HOST"] = host if default else f"{host}:{port}"
        environ["SERVER_PORT"] = port or _DEFAULT_PORTS.get(scheme, "80")


def forwarding_for(strategy: str, peers: TrustedPeers) -> Forwarding | None:
    """The rewriting a strategy asks for: `framework` and `native` are the same here, `none` is None."""
    wished = str(strategy).strip().lower()
    if wished not in STRATEGIES:
        raise RessortError(
            f"server.forward-headers-strategy '{strategy}' is not one of {', '.join(STRATEGIES)}"
        )
    return None if wished == "none" else Forwarding(peers)


def _forwarded(environ: WSGIEnvironment) -> bool:
    return any(key in environ for key in _KEYS)


def _values(environ: WSGIEnvironment, key: str) -> list[str]:
    values = (each.strip() for each in str(environ.get(key, "")).split(","))
    return [each for each in values if each]


def _first_host(hosts: list[str]) -> tuple[int, str, str] | None:
    """(place in the list, host, port or "") of the first that is well formed."""
    for place, each in enumerate(hosts):
        found = _PORTED_HOST.fullmatch(each)
        if found is not None and _is_port(found["port"] or "80"):
            return place, found["host"], found["port"] or ""
    return None


def _is_port(text: str) -> bool:
    return _PORT.fullmatch(text) is not None and 0 < int(text) < 65536


_KEYS = (
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_FOR",
)
