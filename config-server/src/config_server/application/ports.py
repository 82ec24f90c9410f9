"""What the use cases need from the world: backends, and the repositories of files most of them stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from config_server.domain.answer import Source
from config_server.domain.question import Question


class Revision(Protocol):
    """The content of one commit: nothing in it ever changes."""

    @property
    def version(self) -> str | None:
        """The commit id, 40 hexadecimal digits; None where files have no versions."""
        ...

    @property
    def identity(self) -> str:
        """Names the content: two revisions of one repository with the same identity hold the same files."""
        ...

    @property
    def modified(self) -> datetime | None:
        """When it was made, aware; None when nobody knows."""
        ...

    def read(self, path: str) -> bytes | None:
        """The content of a file, None when there is no plain file of that path. Links are not followed."""
        ...

    def folders(self) -> Sequence[str]:
        """Every folder below the root, sorted."""
        ...


class Repository(Protocol):
    """A place with files under labels."""

    @property
    def uri(self) -> str:
        """The address sources are named after, without a slash at its end."""
        ...

    @property
    def default_label(self) -> str:
        """The label that counts when none is asked for."""
        ...

    def revision(self, label: str | None) -> Revision:
        """The commit a label (branch, tag, commit id; None for the default) names now.

        Raises LabelNotFoundError, or RepositoryUnavailableError when the repository cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Resource:
    """A file to be sent as it is: its path in the repository, its bytes, and when it was last changed."""

    path: str
    data: bytes
    modified: datetime | None = None


class Snapshot(Protocol):
    """What answers one question at one moment; nothing in it changes afterwards."""

    @property
    def identity(self) -> str:
        """Names the content: the same question to a snapshot of the same identity has the same answer."""
        ...

    @property
    def version(self) -> str | None:
        """What clients are told: a commit id, several joined by commas, None where there is none to tell."""
        ...

    @property
    def state(self) -> str | None:
        """What clients compare to see a change; ``""`` and None say nothing."""
        ...

    def __hash__(self) -> int:
        """Usable as a key of a cache, by its identity."""
        ...

    def sources(self) -> Sequence[Source]:
        """Highest precedence first. Raises BrokenContentError naming file and line."""
        ...

    def resource(self, path: str) -> Resource | None:
        """A file by its path below the search places, the best variant for the profiles; None without one."""
        ...


class Backend(Protocol):
    """Somewhere configuration comes from."""

    @property
    def uri(self) -> str:
        """How health and messages name it; never with credentials."""
        ...

    @property
    def default_label(self) -> str:
        """The label that counts when none is asked for."""
        ...

    def snapshot(self, question: Question) -> Snapshot:
        """What answers the question now. Raises LabelNotFoundError or RepositoryUnavailableError."""
        ...
