"""The registry on disk, so that a restart goes on serving those who are still there.

Without it every client would find an empty registry until each service has beaten once more. A copy
older than five minutes is not believed.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import orjson

from discovery.domain.readings import Saved
from ressort.discovery.wire import WireError, read_applications, write_registry

_log = logging.getLogger("discovery")
BELIEVED_MS = 5 * 60 * 1000


class Snapshot:
    """One JSON file, replaced atomically: Eureka's own document beside the overrides and the time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, now_ms: int) -> Saved | None:
        """What was saved less than five minutes ago; None when there is nothing to believe."""
        try:
            content = self._path.read_bytes()
            document = orjson.loads(content)
            saved = Saved(
                int(document["at_ms"]),
                read_applications(content).instances,
                {str(key): str(status) for key, status in document["overrides"].items()},
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, WireError) as error:
            _log.warning("the saved registry %s is ignored: %s", self._path, error)
            return None
        return saved if 0 <= now_ms - saved.at_ms <= BELIEVED_MS else None

    def save(self, saved: Saved) -> None:
        """Replace the file; a failure is logged and changes nothing else."""
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        head = orjson.dumps({"at_ms": saved.at_ms, "overrides": dict(saved.overrides)})
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(head[:-1] + b"," + write_registry(saved.instances)[1:])
            part.replace(self._path)
        except OSError as error:
            _log.warning("the registry cannot be saved in %s: %s", self._path, error)
