"""Calls to one of several registry servers: the one that answered last is asked first."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import requests

from ressort.errors import RessortError

_log = logging.getLogger("ressort.discovery")
_HEADERS = {
    "Accept": "application/json",
    "DiscoveryIdentity-Name": "DefaultClient",
    "DiscoveryIdentity-Version": "1.4",
    "X-Discovery-AllowRedirect": "false",
}


class RegistryUnavailableError(RessortError):
    """No registry server gave a usable answer; the text names the last one and its fault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an accepted answer."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to connect, and between two bytes of an answer."""

    connect_s: float
    read_s: float


class EurekaServers:
    """One keep-alive session with fail-over, for the use of one thread."""

    def __init__(self, urls: Collection[str], timeouts: Timeouts, gzip: bool = True) -> None:
        self._urls = list(urls)
        self._timeouts = timeouts
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update(_HEADERS)
        self._session.headers["Accept-Encoding"] = "gzip" if gzip else "identity"

    @property
    def current(self) -> str:
        """The server asked first, without credentials."""
        return without_credentials(self._urls[0])

    def call(
        self,
        method: str,
        path: str,
        accepted: Collection[int],
        *,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeouts: Timeouts | None = None,
    ) -> Answer:
        """The first accepted answer; a server that fails or answers anything else goes to the end.

        Raises RegistryUnavailableError when every server was asked in vain.
        """
        reason = ""
        for _ in range(len(self._urls)):
            try:
                answer = self._once(method, path, query, body, timeouts or self._timeouts)
                if answer.status in accepted:
                    return answer
                reason = f"{self.current} answers {answer.status} to {method} {path}"
            except requests.RequestException as error:
                reason = f"{self.current}: {_cause(error)}"
            self._urls.append(self._urls.pop(0))
        raise RegistryUnavailableError(reason)

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        self._session.close()

    def _once(
        self, method: str, path: str, query: Mapping[str, str] | None, body: bytes | None, timeouts: Timeouts
    ) -> Answer:
        response = self._session.request(
            method,
            self._urls[0] + path,
            params=query,
            data=body,
            headers={"Content-Type": "application/json"} if body is not None else None,
            timeout=(timeouts.connect_s, timeouts.read_s),
            allow_redirects=False,
        )
        return Answer(response.status_code, response.content)


def instance_path(app: str, instance_id: str) -> str:
    """`apps/{APP}/{ID}`, both percent-encoded."""
    return f"apps/{quote(app.upper(), safe='')}/{quote(instance_id, safe='')}"


def without_credentials(url: str) -> str:
    """The URL as it may be logged."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _cause(error: BaseException) -> str:
    """The innermost reason of a failed call, short enough for one log line."""
    while error.__cause__ is not None or error.__context__ is not None or _reason(error) is not None:
        following = _reason(error) or error.__cause__ or error.__context__
        if following is None or following is error:
            break
        error = following
    return f"{type(error).__name__}: {error}"[:200]


def _reason(error: BaseException) -> BaseException | None:
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, BaseException) else None
