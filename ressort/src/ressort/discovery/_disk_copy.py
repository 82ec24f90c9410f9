"""The last known copy of the registry on disk, so that a start without registry still finds its peers."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from ressort.discovery.wire import InstanceInfo, WireError, read_applications, write_registry

_log = logging.getLogger("ressort.discovery")


class DiskCopy:
    """One file in Eureka's own JSON, replaced atomically; losing it costs nothing but a slower start."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[InstanceInfo, ...]:
        """The instances saved last; none when there is no file or it cannot be read."""
        try:
            return read_applications(self._path.read_bytes()).instances
        except FileNotFoundError:
            return ()
        except (OSError, WireError) as error:
            _log.warning("the saved registry copy %s is ignored: %s", self._path, error)
            return ()

    def save(self, instances: Iterable[InstanceInfo]) -> bool:
        """Replace the file; False (and one line in the log) when it cannot be written."""
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(write_registry(instances))
            part.replace(self._path)
        except OSError as error:
            _log.warning("the registry copy cannot be saved in %s: %s", self._path, error)
            return False
        return True
