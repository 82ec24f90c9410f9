"""The wire of a Spring Cloud Config server: one GET, JSON with or without origins (V2, V1), ETag where
offered."""

from __future__ import annotations

import base64
import http.client
import json
import math
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ressort.config._event_stream import EventStream, NotAStreamError
from ressort.config._tls import tls_context
from ressort.config.errors import ConfigError, masked
from ressort.config.options import ConfigClientOptions
from ressort.config.sources import Origin, PropertySource, Value

_MAX_ANSWER_BYTES = 64 * 1024 * 1024
_LOOK_UP_AGAIN_S = 5.0
_WATCH_ROOT = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a config server sent, as decoded JSON, with the ETag that names it (None where the server has
    none).

    ``watch`` is the address and path of a stream that tells of changes, where the server has one.
    """

    body: Mapping[str, Any]
    etag: str | None = None
    watch: tuple[str, str] | None = None

    @property
    def version(self) -> str | None:
        """The commit the answer was read from."""
        return self.body.get("version")

    def sources(self) -> list[PropertySource]:
        """The sources it holds, highest precedence first, under Spring's ``configserver:`` names."""
        return [_client_source(self.body), *(_source(item) for item in self.body.get("propertySources", ()))]


class Unavailable(ConfigError):
    """No config server gave a usable answer; ``reason`` says why."""


@dataclass(frozen=True, slots=True)
class Query:
    """Application, profiles and labels asked for; labels are tried in turn until one exists."""

    name: str
    profiles: str
    labels: tuple[str, ...] = ()
    together: bool = False
    """All labels in one question, for a server that answers several."""

    def paths(self) -> list[str]:
        """The path of each label, ``/`` inside it written ``(_)``."""
        base = f"/{quote(self.name, safe=',')}/{quote(self.profiles, safe=',')}"
        labels = (",".join(self.labels),) if self.together and self.labels else self.labels
        return [f"{base}/{quote(label.replace('/', '(_)'), safe='(),')}" for label in labels] or [base]


class _NoSuchLabelError(Exception):
    """The label asked for is not there: the next one may be."""


class ConfigServerClient:
    """Asks the servers of one import in turn. Opens a connection per question, so it survives a fork."""

    def __init__(
        self,
        uris: Sequence[str],
        query: Query,
        options: ConfigClientOptions,
        locate: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        """``locate`` finds the servers in a registry: at the first question, and again after one that failed."""
        self.uris = _clean(uris)
        self.query = query
        self._options = options
        self._locate = locate
        self._located_at = -math.inf
        self._failed = False

    @property
    def located(self) -> bool:
        """Whether the addresses come from a registry."""
        return self._locate is not None

    @property
    def shown(self) -> str:
        """The addresses as a message may show them."""
        return ", ".join(masked(None, uri) for uri in self.uris) or (
            f"service {self._options.discovery.service_id}" if self.located else ""
        )

    def fetch(
        self, etag: str | None = None, patience_s: float | None = None, state: str = ""
    ) -> Answer | None:
        """The current answer; None when it is still the one ``etag`` names. Raises Unavailable.

        ``patience_s`` shortens the configured time-outs; ``state`` is what the last answer said of itself.
        """
        patience_s = math.inf if patience_s is None else patience_s
        self._look_up()
        self._failed = True
        found = self._first_label(etag, state, patience_s)
        self._failed = False
        return found

    def _look_up(self) -> None:
        """Ask the registry for addresses, at most every few seconds while some are known."""
        now = time.monotonic()
        if self._locate is not None and (
            not self.uris or (self._failed and now - self._located_at > _LOOK_UP_AGAIN_S)
        ):
            self._located_at = now
            self.uris = _clean(self._locate()) or self.uris
        if not self.uris:
            where = f"in the registry as {self._options.discovery.service_id}" if self.located else "given"
            raise Unavailable(f"no address of a config server is {where}")

    def _first_label(self, etag: str | None, state: str, patience_s: float) -> Answer | None:
        refusal = None
        for path in self.query.paths():
            try:
                return self._asked(path, etag, state, patience_s)
            except _NoSuchLabelError as error:
                refusal = str(error)
        raise Unavailable(refusal or "")

    def _asked(self, path: str, etag: str | None, state: str, patience_s: float) -> Answer | None:
        """One label, of each server in turn. Raises Unavailable, _NoSuchLabelError."""
        reasons = []
        for uri in self.uris:
            last = uri == self.uris[-1]
            try:
                status, headers, body = self._get(uri, path, etag, state, patience_s)
                if status == 304:
                    return None
                if status == 200:
                    return _answer(uri, path, headers, body)
            except Unavailable as error:
                reasons.append(error.reason)
                continue
            reasons.append(f"{masked(None, uri)}{path} answered {status}{_message(body)}")
            if status == 404 and (last or not self._any_error_goes_on):
                raise _NoSuchLabelError("; ".join(reasons))
            if not self._any_error_goes_on:
                break
        raise Unavailable("; ".join(reasons))

    @property
    def _any_error_goes_on(self) -> bool:
        return self._options.multiple_uri_strategy.lower() == "always"

    def stream(self, answer: Answer) -> tuple[EventStream, http.client.HTTPResponse] | None:
        """A stream that tells when ``answer`` is no longer what the server says; None when it offers none.

        Raises Unavailable when the stream cannot be opened.
        """
        if answer.watch is None:
            return None
        uri, path = answer.watch
        parts = _parts(uri)
        stream = EventStream(self._connection(parts, math.inf))
        known = str(answer.body.get("state") or "") or (answer.etag or "").strip('"')
        headers = {**self._headers(parts, None), "Last-Event-ID": known}
        try:
            return stream, stream.open(parts.path.rstrip("/") + path, headers)
        except (OSError, http.client.HTTPException) as error:
            stream.dispose()
            raise Unavailable(f"{masked(None, uri)} does not answer: {error}") from error
        except NotAStreamError as error:
            stream.dispose()
            raise Unavailable(str(error)) from error

    def _get(
        self, uri: str, path: str, etag: str | None, state: str, patience_s: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = _parts(uri)
        connection = self._connection(parts, patience_s)
        try:
            connection.connect()
            connection.sock.settimeout(min(self._options.request_read_timeout_s, patience_s))
            connection.request(
                "GET", parts.path.rstrip("/") + path, headers=self._headers(parts, etag, state)
            )
            response = connection.getresponse()
            return response.status, dict(response.headers.items()), response.read(_MAX_ANSWER_BYTES)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise Unavailable(f"{masked(None, uri)} does not answer: {reason}") from error
        finally:
            connection.close()

    def _connection(self, parts: SplitResult, patience_s: float) -> http.client.HTTPConnection:
        timeout_s = min(self._options.request_connect_timeout_s, patience_s)
        host = parts.hostname or "localhost"
        if parts.scheme == "https":
            context = tls_context(self._options.tls)
            return http.client.HTTPSConnection(host, parts.port, timeout=timeout_s, context=context)
        return http.client.HTTPConnection(host, parts.port, timeout=timeout_s)

    def _headers(self, parts: SplitResult, etag: str | None, state: str = "") -> dict[str, str]:
        options = self._options
        headers = {"Accept": options.media_type, "Accept-Charset": options.charset, **options.headers}
        user = options.username or unquote(parts.username or "")
        password = options.password or unquote(parts.password or "")
        if password:
            pair = f"{user or 'user'}:{password}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        if options.token:
            headers["X-Config-Token"] = options.token
        if etag:
            headers["If-None-Match"] = etag
        if state and options.send_state:
            headers["X-Config-State"] = state
        return headers


def _clean(uris: Sequence[str]) -> tuple[str, ...]:
    return tuple(uri.strip().rstrip("/") for uri in uris if uri.strip())


def _parts(uri: str) -> SplitResult:
    return urlsplit(uri if "://" in uri else f"http://{uri}")


def _answer(uri: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
    try:
        content = json.loads(body)
        valid = isinstance(content, dict) and isinstance(content.get("propertySources"), list)
    except ValueError:
        valid = False
    if not valid:
        raise Unavailable(f"{masked(None, uri)} answered something that is not a configuration")
    lower = {name.lower(): text for name, text in headers.items()}
    root = lower.get("x-config-watch", "")
    watch = (uri, f"/{root}{path}") if _WATCH_ROOT.fullmatch(root) else None
    return Answer(content, lower.get("etag"), watch)


def _message(body: bytes) -> str:
    try:
        content = json.loads(body)
    except ValueError:
        return ""
    message = content.get("message") if isinstance(content, dict) else None
    return f": {message}" if message else ""


def _client_source(body: Mapping[str, Any]) -> PropertySource:
    found = {
        f"config.client.{name}": Value(body[name], Origin("config server"))
        for name in ("version", "state")
        if body.get(name)
    }
    return PropertySource("configClient", found, remote=True)


def _source(item: Mapping[str, Any]) -> PropertySource:
    name = f"configserver:{item.get('name')}"
    found = {key: _value(raw, name) for key, raw in item.get("source", {}).items()}
    return PropertySource(name, found, remote=True)


def _value(raw: Any, resource: str) -> Value:
    """A bare value (V1) or ``{"value", "origin"}`` (V2); the origin's ``line:column`` is kept."""
    if not isinstance(raw, dict):
        return Value("" if raw is None else raw, Origin(resource))
    value = raw.get("value")
    line, _, column = str(raw.get("origin") or "").partition(":")
    place = (int(line), int(column)) if line.isdigit() and column.isdigit() else (None, None)
    return Value("" if value is None else value, Origin(resource, *place))
