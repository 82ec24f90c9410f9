"""A git repository on this machine, read as objects: no checkout, so labels never disturb one another."""

from __future__ import annotations

import stat
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.objects import Commit, ObjectID, Tag, Tree
from dulwich.refs import DiskRefsContainer, RefsContainer
from dulwich.repo import Repo

from config_server.application.kept import Kept
from config_server.domain.errors import LabelNotFoundError, RepositoryUnavailableError

_KEPT_BYTES = 4 * 2**20
_SHORTEST_COMMIT_ID = 4
_HEXADECIMAL = frozenset("0123456789abcdef")
_PREFIXES = (b"refs/heads/", b"refs/remotes/origin/", b"refs/tags/", b"refs/")
Entry = tuple[int, ObjectID]


class GitRepository:
    """Commits of one repository, or of one folder in it (``subdirectory``).

    References are read anew at every question (about 20 µs), so a commit is seen by the next request; objects
    never change and are cached. Reading objects is serialised, answering from the cache is not.
    """

    def __init__(
        self,
        path: Path,
        uri: str,
        default_labels: Sequence[str] = ("main", "master"),
        subdirectory: str = "",
    ) -> None:
        """Open the repository at ``path``. Raises RepositoryUnavailableError when there is none."""
        try:
            self._repo = Repo(str(path))
        except (NotGitRepository, OSError) as error:
            raise RepositoryUnavailableError(f"{path} is not a git repository") from error
        self._uri = uri.rstrip("/")
        self._default_labels = tuple(default_labels)
        self._subdirectory = subdirectory.strip("/")
        self._lock = threading.Lock()
        self._cached_revision = lru_cache(maxsize=32)(self._revision)
        self.blob = Kept(self._blob, len, _KEPT_BYTES)

    @property
    def uri(self) -> str:
        """See Repository."""
        return self._uri

    @property
    def default_label(self) -> str:
        """See Repository."""
        return self._default_labels[0]

    def revision(self, label: str | None) -> GitRevision:
        """See Repository. For the default the first of its labels that exists counts."""
        labels = self._default_labels if label is None else (label,)
        refs = self._fresh_refs()
        for candidate in labels:
            commit = self._commit_of(refs, candidate)
            if commit is not None:
                return self._cached_revision(commit)
        raise LabelNotFoundError(labels[0], self._uri)

    def tree(self, identity: ObjectID) -> dict[str, Entry]:
        """Mode and id of everything directly in a tree."""
        with self._lock:
            tree = self._repo.object_store[identity]
        if not isinstance(tree, Tree):
            return {}
        return {item.path.decode("utf-8", "replace"): (item.mode, item.sha) for item in tree.iteritems()}

    def _blob(self, identity: ObjectID) -> bytes:
        with self._lock:
            return self._repo.object_store[identity].as_raw_string()

    def _revision(self, commit: ObjectID) -> GitRevision:
        with self._lock:
            found = self._repo.object_store[commit]
        if not isinstance(found, Commit):
            raise LabelNotFoundError(commit.decode(), self._uri)
        return GitRevision(self, found, self._subdirectory)

    def _fresh_refs(self) -> RefsContainer:
        """A container without memory: dulwich keeps packed references for the life of one."""
        refs = self._repo.refs
        return (
            DiskRefsContainer(refs.path, refs.worktree_path) if isinstance(refs, DiskRefsContainer) else refs
        )

    def _commit_of(self, refs: RefsContainer, label: str) -> ObjectID | None:
        name = label.encode()
        for reference in (name, *(prefix + name for prefix in _PREFIXES)):
            if reference == name and label != "HEAD" and not label.startswith("refs/"):
                continue
            try:
                return self._peeled(refs[reference])  # type: ignore[index]
            except (KeyError, ValueError):
                continue
        return self._by_commit_id(label)

    def _by_commit_id(self, label: str) -> ObjectID | None:
        text = label.lower()
        if not _SHORTEST_COMMIT_ID <= len(text) <= 40 or not _HEXADECIMAL.issuperset(text):
            return None
        with self._lock:
            found = list(self._repo.object_store.iter_prefix(text.encode()))
        commits = [identity for identity in found if self._is_commit(identity)]
        return commits[0] if len(commits) == 1 else None

    def _is_commit(self, identity: ObjectID) -> bool:
        with self._lock:
            return isinstance(self._repo.object_store[identity], Commit)

    def _peeled(self, identity: ObjectID) -> ObjectID:
        with self._lock:
            found = self._repo.object_store[identity]
            while isinstance(found, Tag):
                found = self._repo.object_store[found.object[1]]
        return found.id


class GitRevision:
    """One commit seen from the served folder."""

    def __init__(self, repository: GitRepository, commit: Commit, subdirectory: str) -> None:
        self._repository = repository
        self._version = commit.id.decode()
        self._modified = datetime.fromtimestamp(commit.commit_time, UTC)
        self._folder = lru_cache(maxsize=1_024)(self._entries)
        self._root = commit.tree
        self._below = [part for part in subdirectory.split("/") if part]

    @property
    def version(self) -> str:
        """See Revision."""
        return self._version

    @property
    def identity(self) -> str:
        """See Revision: the commit id."""
        return self._version

    @property
    def modified(self) -> datetime:
        """See Revision: the time of the commit."""
        return self._modified

    def read(self, path: str) -> bytes | None:
        """See Revision; symbolic links and submodules are no files here."""
        folder, _, name = path.rpartition("/")
        mode, identity = self._folder(folder).get(name, (0, None))
        if identity is None or not stat.S_ISREG(mode):
            return None
        return self._repository.blob(identity)

    def files(self) -> dict[str, ObjectID]:
        """Path and blob id of every plain file."""
        found: dict[str, ObjectID] = {}
        for folder in ("", *self.folders()):
            for name, (mode, identity) in self._folder(folder).items():
                if stat.S_ISREG(mode):
                    found[f"{folder}/{name}".lstrip("/")] = identity
        return found

    def folders(self) -> list[str]:
        """See Revision."""
        found: list[str] = []
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            below = [
                f"{folder}/{name}".lstrip("/")
                for name, (mode, _) in self._folder(folder).items()
                if stat.S_ISDIR(mode)
            ]
            found += below
            waiting += below
        return sorted(found)

    def _entries(self, folder: str) -> dict[str, Entry]:
        identity = self._root
        for part in [*self._below, *[part for part in folder.split("/") if part]]:
            mode, below = self._repository.tree(identity).get(part, (0, None))
            if below is None or not stat.S_ISDIR(mode):
                return {}
            identity = below
        return self._repository.tree(identity)
