"""The folder of one's own checkout as a repository: its HEAD is served, never the files on disk."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.objects import Blob
from dulwich.repo import Repo

from config_server.adapters.committing import commit_files
from config_server.adapters.git import GitRepository
from config_server.domain.errors import LabelNotFoundError, RepositoryUnavailableError

_LOG = logging.getLogger("config_server")
_HEAD = ("HEAD",)


@dataclass(frozen=True)
class ServedFolder:
    """The repository that answers, and the folder people edit; ``made_in`` when the repository is ours."""

    repository: GitRepository
    folder: Path
    made_in: Path | None = None

    def uncommitted(self) -> list[str]:
        """Files that differ from the served commit: changed, new or deleted; sorted paths inside the folder."""
        committed = self.repository.revision(None).files()
        present = {path: Blob.from_string(data).id for path, data in _files(self.folder).items()}
        return sorted(
            path for path in committed.keys() | present.keys() if committed.get(path) != present.get(path)
        )

    def commit(self) -> str:
        """Commit the present content of the folder to the repository made for it; the commit id."""
        if self.made_in is None:
            raise ValueError("only a repository of our own may be committed to")
        return commit_files(self.made_in, _files(self.folder))

    def signature(self) -> tuple[tuple[str, int, int], ...]:
        """Changes when a file of the folder may have changed; cheap (a stat per file)."""
        return tuple(
            (str(path), status.st_mtime_ns, status.st_size)
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and (status := path.stat())
        )


def served_folder(home: Path, folder: str, state: Path) -> ServedFolder:
    """``home/folder`` as the git checkout around it has it; without one, as a repository made in ``state``.

    Raises RepositoryUnavailableError when the folder does not exist.
    """
    place = (home / folder).resolve()
    if not place.is_dir():
        raise RepositoryUnavailableError(f"there is no folder {place} to serve")
    checkout = _checkout_around(place)
    if checkout is not None:
        inside = place.relative_to(checkout).as_posix()
        repository = GitRepository(checkout, place.as_uri(), _HEAD, "" if inside == "." else inside)
        if _has_files(repository):
            return ServedFolder(repository, place)
    _LOG.info("%s is in no git commit: what it holds is committed to %s by this server", place, state)
    return ServedFolder(_made_repository(place, state), place, state)


def _checkout_around(place: Path) -> Path | None:
    try:
        repository = Repo.discover(str(place))
    except (NotGitRepository, OSError):
        return None
    path = Path(repository.path).resolve()
    bare = repository.bare
    repository.close()
    return None if bare or not place.is_relative_to(path) else path


def _has_files(repository: GitRepository) -> bool:
    try:
        return bool(repository.revision(None).files())
    except LabelNotFoundError:
        return False


def _made_repository(place: Path, state: Path) -> GitRepository:
    """A repository of our own holding the folder's present content as its last commit."""
    if not (state / "objects").is_dir():
        state.mkdir(parents=True, exist_ok=True)
        Repo.init_bare(str(state), default_branch=b"main").close()
    commit_files(state, _files(place))
    return GitRepository(state, place.as_uri(), _HEAD)


def _files(folder: Path) -> dict[str, bytes]:
    """Path inside the folder and content of every plain file; hidden ones and links left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
