"""Tells people that what they edited is not served until they commit it; commits where git is not used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from config_server.adapters.embedded import ServedFolder
from config_server.domain.errors import ConfigServerError

_LOG = logging.getLogger("config_server")
_SECONDS_BETWEEN_LOOKS = 2.0


class UncommittedEdits:
    """Looks at the folder at most every two seconds, on the occasion of a request; warns once per state."""

    def __init__(self, served: ServedFolder, monotonic: Callable[[], float]) -> None:
        self._served = served
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._next_look = 0.0
        self._seen: object = None
        self._told: list[str] = []

    def look(self) -> None:
        """Warn when there are edits that were not told yet. Never raises for a file that vanishes meanwhile."""
        with self._lock:
            if self._monotonic() < self._next_look:
                return
            self._next_look = self._monotonic() + _SECONDS_BETWEEN_LOOKS
        try:
            state = (self._served.signature(), self._served.repository.revision(None).version)
            if state != self._seen:
                self._seen = state
                self._found(self._served.uncommitted())
        except (OSError, ConfigServerError) as error:
            _LOG.debug("the folder could not be looked at: %s", error)

    def names(self) -> list[str]:
        """The edited files last told."""
        return list(self._told)

    def _found(self, paths: list[str]) -> None:
        if paths and self._served.made_in is not None:
            version = self._served.commit()
            _LOG.info("edits committed as %s: %s", version[:8], ", ".join(paths))
        else:
            self._tell(paths)

    def _tell(self, paths: list[str]) -> None:
        if paths and paths != self._told:
            _LOG.warning(
                "uncommitted edits in %s are not served: %s. Commit them to put them in force.",
                self._served.folder,
                ", ".join(paths),
            )
        elif self._told and not paths:
            _LOG.info("the edits in %s are committed and served", self._served.folder)
        self._told = paths
