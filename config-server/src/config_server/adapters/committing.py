"""Writes a set of files as a commit, without a work tree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

_AUTHOR = b"config-server <config-server@localhost>"
_FILE_MODE, _FOLDER_MODE = 0o100644, 0o040000


def commit_files(repository: Path, files: Mapping[str, bytes], message: str = "Content of the folder") -> str:
    """Make ``files`` the whole content of the current branch; its commit id, the present one if equal."""
    with Repo(str(repository)) as repo:
        tree = _tree(repo, files)
        present = _present_commit(repo)
        if present is not None and present.tree == tree:
            return present.id.decode()
        commit = repo.get_worktree().commit(
            message=message.encode(), committer=_AUTHOR, author=_AUTHOR, tree=tree, no_verify=True
        )
        return commit.decode()


def _present_commit(repo: Repo) -> Commit | None:
    try:
        found = repo[repo.head()]
    except KeyError:
        return None
    return found if isinstance(found, Commit) else None


def _tree(repo: Repo, files: Mapping[str, bytes]) -> ObjectID:
    tree = Tree()
    folders: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        first, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(first, {})[rest] = data
        else:
            blob = Blob.from_string(data)
            repo.object_store.add_object(blob)
            tree.add(first.encode(), _FILE_MODE, blob.id)
    for name, inside in folders.items():
        tree.add(name.encode(), _FOLDER_MODE, _tree(repo, inside))
    repo.object_store.add_object(tree)
    return tree.id
