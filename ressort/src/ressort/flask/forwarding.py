"""`server.forward-headers-strategy`: the address the caller used, as told by a trusted proxy.

Honoured are the first values of X-Forwarded-Proto, -Host, -Port, -Prefix and -For, and only when
the neighbour that connected is trusted (loopback by default): anybody else could write them.
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
_PREFIX = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/\-]*")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


class Forwarding:
    """Rewrites the WSGI environ of requests that come through a trusted neighbour."""

    def __init__(self, peers: TrustedPeers | None = None) -> None:
        self._peers = peers or TrustedPeers()

    def apply(self, environ: WSGIEnvironment) -> None:
        """Set scheme, host, port, prefix and caller's address from the forwarded headers, if any."""
        if not _forwarded(environ) or environ.get("REMOTE_ADDR", "") not in self._peers:
            return
        scheme = _first(environ, "HTTP_X_FORWARDED_PROTO").lower()
        if scheme in _DEFAULT_PORTS:
            environ["wsgi.url_scheme"] = scheme
        self._host(environ)
        prefix = _first(environ, "HTTP_X_FORWARDED_PREFIX").rstrip("/")
        if prefix and _PREFIX.fullmatch(prefix):
            environ["SCRIPT_NAME"] = prefix
        caller = _first(environ, "HTTP_X_FORWARDED_FOR")
        if caller:
            environ["REMOTE_ADDR"] = caller.strip("[]")

    def _host(self, environ: WSGIEnvironment) -> None:
        found = _PORTED_HOST.fullmatch(
            _first(environ, "HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
        )
        if found is None:
            return
        port = _first(environ, "HTTP_X_FORWARDED_PORT")
        port = port if port.isdigit() else found["port"] or ""
        scheme = environ["wsgi.url_scheme"]
        default = port in ("", _DEFAULT_PORTS.get(scheme))
        environ["HTTP_HOST"] = found["host"] if default else f"{found['host']}:{port}"
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


def _first(environ: WSGIEnvironment, key: str) -> str:
    return str(environ.get(key, "")).split(",", 1)[0].strip()


_KEYS = (
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_FOR",
)
