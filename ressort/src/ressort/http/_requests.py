"""The transport of production: the connection pools of one `requests.Session` per process.

Exchanges go straight to the session's pool (urllib3): building a `PreparedRequest` and merging cookies,
proxies and redirects costs more than the exchange itself on a local network, and none of it is wanted between
services. TLS verification follows requests (certifi).
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .options import PoolOptions
from .transport import Exchange, Reply, TransportError

if TYPE_CHECKING:
    import requests


class RequestsTransport:
    """Pooled keep-alive connections; nothing is opened before the first exchange of a process."""

    def __init__(self, pool: PoolOptions | None = None) -> None:
        self._options = pool or PoolOptions()
        self._lock = threading.Lock()
        self._pid = 0
        self._session: requests.Session | None = None
        self._pools: dict[str, tuple[Any, str]] = {}

    def send(self, exchange: Exchange) -> Reply:
        """See `Transport`."""
        if self._pid != os.getpid():
            self._own_after_fork()
        import urllib3

        pool, prefix = self._pools.get(exchange.base_url) or self._pool(exchange.base_url)
        timeout = urllib3.Timeout(connect=exchange.connect_timeout_s, read=exchange.read_timeout_s)
        try:
            answer = pool.urlopen(
                exchange.method,
                prefix + exchange.target,
                body=exchange.body,
                headers=exchange.headers,
                timeout=timeout,
                retries=False,
                redirect=False,
                assert_same_host=False,
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _told(error) from error
        return Reply(answer.status, answer.headers, answer.data)

    def close(self) -> None:
        """See `Transport`."""
        with self._lock:
            session, self._session, self._pools = self._session, None, {}
        if session is not None:
            session.close()

    def _own_after_fork(self) -> None:
        """A child leaves its parent's connections alone: forgotten, not closed."""
        self._lock = threading.Lock()
        self._session, self._pools, self._pid = None, {}, os.getpid()

    def _pool(self, base_url: str) -> tuple[Any, str]:
        """The pool of an address and the path below which its service lies."""
        with self._lock:
            if self._session is None:
                self._session = self._new_session()
            adapter: Any = self._session.get_adapter(base_url)
            found = adapter.poolmanager.connection_from_url(base_url), urlsplit(base_url).path.rstrip("/")
            self._pools = {**self._pools, base_url: found}
            return found

    def _new_session(self) -> requests.Session:
        import requests

        session = requests.Session()
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, self._adapter())
        return session

    def _adapter(self) -> requests.adapters.HTTPAdapter:
        import certifi
        from requests.adapters import HTTPAdapter

        class VerifyingAdapter(HTTPAdapter):
            """requests hands its certificates over per request, which this transport goes round."""

            def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
                super().init_poolmanager(*args, **kwargs, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where())

        return VerifyingAdapter(
            pool_connections=self._options.max_connections,
            pool_maxsize=self._options.max_connections_per_route,
            max_retries=0,
        )


def _told(error: Exception) -> TransportError:
    from urllib3 import exceptions as e

    never = (e.NewConnectionError, e.ConnectTimeoutError, e.LocationValueError, e.EmptyPoolError, e.SSLError)
    # TLS certificates and handshakes fail before the request is written.
    sent = not isinstance(error, never)
    refused = isinstance(error, e.NewConnectionError)  # a ConnectTimeoutError by inheritance only
    timeout = isinstance(error, e.TimeoutError | TimeoutError) and not refused
    return TransportError(str(error), sent, timeout, type(error).__name__)
