"""A repository in memory: labels name immutable maps of files. Serves tests and the conformance suite."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from config_server.domain.errors import LabelNotFoundError


class MemoryRevision:
    """A fixed set of files; its version is a digest of them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = {path: text.encode() for path, text in files.items()}
        digest = hashlib.sha1(usedforsecurity=False)
        for path, data in sorted(self._files.items()):
            digest.update(path.encode() + b"\0" + data + b"\0")
        self._version = digest.hexdigest()

    @property
    def version(self) -> str:
        """See Revision."""
        return self._version

    @property
    def identity(self) -> str:
        """See Revision."""
        return self._version

    @property
    def modified(self) -> datetime | None:
        """See Revision; nobody knows."""
        return None

    def read(self, path: str) -> bytes | None:
        """See Revision."""
        return self._files.get(path)

    def folders(self) -> list[str]:
        """See Revision."""
        found = {path.rpartition("/")[0] for path in self._files if "/" in path}
        for folder in list(found):
            while "/" in folder:
                folder = folder.rpartition("/")[0]
                found.add(folder)
        return sorted(found)


class MemoryRepository:
    """Labels to revisions; ``commit`` moves one."""

    uri = "memory:"

    def __init__(self, files: Mapping[str, str] | None = None, default_label: str = "main") -> None:
        self.default_label = default_label
        self._labels: dict[str, MemoryRevision] = {default_label: MemoryRevision(files or {})}

    def commit(self, files: Mapping[str, str], label: str | None = None) -> None:
        """Make ``label`` (the default one) name these files."""
        self._labels[label or self.default_label] = MemoryRevision(files)

    def revision(self, label: str | None) -> MemoryRevision:
        """See Repository."""
        name = label or self.default_label
        if name not in self._labels:
            raise LabelNotFoundError(name, self.uri)
        return self._labels[name]
