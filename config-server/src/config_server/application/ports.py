"""What the use cases need from the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Revision(Protocol):
    """The content of one commit: nothing in it ever changes."""

    @property
    def version(self) -> str:
        """The commit id, 40 hexadecimal digits."""
        ...

    def read(self, path: str) -> bytes | None:
        """The content of a file, None when there is no plain file of that path. Links are not followed."""
        ...

    def __hash__(self) -> int:
        """Usable as a key of a cache, being immutable."""
        ...

    def folders(self) -> Sequence[str]:
        """Every folder below the root, sorted."""
        ...


class Repository(Protocol):
    """A place with commits under names."""

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
