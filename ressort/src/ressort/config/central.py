"""The central configuration of one process: fetched, kept, and survived when its server is away."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPResponse
from pathlib import Path

from ressort.config._config_server import Answer, ConfigServerClient, Query, Unavailable
from ressort.config._event_stream import EventStream
from ressort.config._import_address import address_of
from ressort.config._last_known import LastKnownAnswer
from ressort.config.errors import ConfigError
from ressort.config.gathering import ServerImport
from ressort.config.merged import MergedProperties
from ressort.config.options import ConfigClientOptions, RetryOptions
from ressort.config.sources import PropertySource
from ressort.crypto import Encryptors

Note = Callable[[int, str], None]
_POLL_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class CentralState:
    """For health: whether the server answered last time, the commit in use, and the age of a kept copy."""

    address: str
    reachable: bool
    version: str | None = None
    source_names: tuple[str, ...] = ()
    error: str | None = None
    copy_of: datetime | None = None


class CentralConfiguration:
    """One ``configserver:`` import. Thread-safe; holds no connection between questions."""

    def __init__(
        self,
        client: ConfigServerClient,
        options: ConfigClientOptions,
        wanted: ServerImport,
        kept: LastKnownAnswer,
    ) -> None:
        self._client = client
        self._options = options
        self._import = wanted
        self._kept = kept
        self._lock = threading.Lock()
        self._answer: Answer | None = None
        self._error: str | None = None
        self._copy_of: datetime | None = None

    @property
    def options(self) -> ConfigClientOptions:
        """Settings in force."""
        return self._options

    def same_question(self, other: CentralConfiguration) -> bool:
        """True when both ask the same servers for the same thing."""
        return self._client.query == other._client.query and (
            (self._client.located and other._client.located) or self._client.uris == other._client.uris
        )

    def state(self) -> CentralState:
        """What a health indicator shows."""
        answer = self._answer
        names = tuple(source.name for source in answer.sources()) if answer else ()
        return CentralState(
            self._client.shown,
            self._error is None,
            answer.version if answer else None,
            names,
            self._error,
            self._copy_of,
        )

    def changed(self) -> bool:
        """Ask the server whether its answer differs from the one in use; True also when it came back."""
        with self._lock:
            known = self._answer
        try:
            fresh = self._client.fetch(
                known.etag if known is not None else None, _POLL_PATIENCE_S, _state_of(known)
            )
        except Unavailable as error:
            self._error = error.reason
            return False
        came_back = self._error is not None or self._copy_of is not None
        return came_back or (fresh is not None and (known is None or fresh.body != known.body))

    def stream(self) -> tuple[EventStream, HTTPResponse] | None:
        """See ConfigServerClient: tells when the answer in use is outdated. Raises Unavailable."""
        answer = self._answer
        return self._client.stream(answer) if answer is not None and self._copy_of is None else None

    def sources(self, note: Note, *, first: bool) -> list[PropertySource]:
        """The remote sources, highest first: fresh, else those in memory, else the copy on disk, else none.

        Raises ConfigError when there is nothing to use and the import is not ``optional:``, or on a
        fail-fast start.
        """
        try:
            self._take(self._asked(first), note)
        except Unavailable as error:
            self._without_server(error, note, first)
        return self._answer.sources() if self._answer is not None else []

    def _asked(self, first: bool) -> Answer | None:
        if not (first and self._options.fail_fast):
            known = self._answer
            return self._client.fetch(known.etag if known is not None else None, state=_state_of(known))
        return _persistently(self._client.fetch, self._options.retry)

    def _take(self, fresh: Answer | None, note: Note) -> None:
        with self._lock:
            was_away = self._error is not None or self._copy_of is not None
            self._error = self._copy_of = None
            if fresh is not None:
                self._answer = fresh
        if was_away:
            note(logging.INFO, f"the config server {self._client.shown} answers again")
        if fresh is not None:
            names = ", ".join(str(item.get("name")) for item in fresh.body["propertySources"]) or "no source"
            note(logging.INFO, f"central configuration {fresh.version} from {self._client.shown}: {names}")
            self._keep(fresh, note)

    def _keep(self, answer: Answer, note: Note) -> None:
        try:
            self._kept.store(answer)
        except OSError as error:
            note(
                logging.WARNING,
                f"cannot keep a copy of the central configuration in {self._kept.path}: {error}",
            )

    def _without_server(self, error: Unavailable, note: Note, first: bool) -> None:
        self._error = error.reason
        if first and self._options.fail_fast:
            raise self._fatal(error)
        if self._answer is not None:
            note(logging.WARNING, f"{error.reason}; the central configuration in use is kept")
            return
        kept = self._kept.load()
        if kept is not None:
            self._answer, self._copy_of = kept
            note(
                logging.WARNING,
                f"{error.reason}; using the last known copy {self._kept.path} of "
                f"{self._copy_of.isoformat(timespec='seconds')} (version {self._answer.version})",
            )
        elif self._import.optional:
            note(logging.WARNING, f"{error.reason}; no copy is kept, going on without central configuration")
        else:
            raise self._fatal(error)

    def _fatal(self, error: Unavailable) -> ConfigError:
        return ConfigError(
            error.reason,
            key="spring.config.import",
            value=f"configserver:{self._import.address}",
            origin=self._import.origin,
            remedy="Start the config server, correct its address, or write optional:configserver:.",
        )


def central_configuration(
    properties: MergedProperties,
    options: ConfigClientOptions,
    wanted: ServerImport,
    profiles: tuple[str, ...],
    folder: Path,
    locate: Callable[[str], Sequence[str]] | None = None,
    keys: Encryptors | None = None,
) -> CentralConfiguration:
    """The central configuration an import asks for, by the options and profiles known at this point.

    ``locate`` finds servers by their name in the registry; ``keys`` encrypt the copy in ``folder``.
    Raises ConfigError when the registry is wanted and impossible.
    """
    uris, options = address_of(wanted, options)
    found = _registry(options, wanted, locate)
    name = options.name or str(properties.get("spring.application.name") or "application")
    query = Query(
        name,
        options.profile or ",".join(profiles),
        tuple(label.strip() for label in options.label.split(",") if label.strip()),
        options.send_all_labels,
    )
    client = ConfigServerClient([] if found else uris, query, options, found)
    return CentralConfiguration(client, options, wanted, LastKnownAnswer(folder, query, keys))


def _registry(
    options: ConfigClientOptions, wanted: ServerImport, locate: Callable[[str], Sequence[str]] | None
) -> Callable[[], Sequence[str]] | None:
    """The look-up, when there is to be one: an address in the import itself goes before."""
    if not options.discovery.enabled or wanted.address.partition("?")[0].strip():
        return None
    if locate is None:
        raise ConfigError(
            "there is no registry client here",
            key="spring.cloud.config.discovery.enabled",
            value="true",
            remedy="Start the process with ressort.flask, or give spring.cloud.config.uri.",
        )
    return lambda: locate(options.discovery.service_id)


def _state_of(answer: Answer | None) -> str:
    return str(answer.body.get("state") or "") if answer is not None else ""


def _persistently(ask: Callable[[], Answer | None], retry: RetryOptions) -> Answer | None:
    pause_s = retry.initial_interval_s
    for _ in range(retry.max_attempts - 1):
        try:
            return ask()
        except Unavailable:
            time.sleep(pause_s)
            growth = random.uniform(1.0, retry.multiplier) if retry.use_random_policy else retry.multiplier
            pause_s = min(pause_s * growth, retry.max_interval_s)
    return ask()
