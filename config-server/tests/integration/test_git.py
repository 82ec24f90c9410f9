"""Real repositories, made with the git command line."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from config_server.adapters.git import GitRepository
from config_server.domain.errors import LabelNotFoundError, RepositoryUnavailableError

IDENTITY = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]


def git(folder: Path, *arguments: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *IDENTITY, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, {"foo.yml": "a: 1", "sub/bar.yml": "b: 1"})
    return folder


def opened(folder: Path, *labels: str, inside: str = "") -> GitRepository:
    return GitRepository(folder, folder.as_uri(), labels or ("main", "master"), inside)


def test_new_commit_is_seen_by_the_next_question(checkout: Path) -> None:
    """References are read anew each time, from loose files and from packed ones."""
    repository = opened(checkout)
    assert repository.revision(None).read("foo.yml") == b"a: 1"
    identity = commit(checkout, {"foo.yml": "a: 2"})
    assert repository.revision(None).version == identity
    assert repository.revision(None).read("foo.yml") == b"a: 2"
    git(checkout, "gc", "-q")
    assert repository.revision(None).read("foo.yml") == b"a: 2"
    identity = commit(checkout, {"foo.yml": "a: 3"})
    git(checkout, "pack-refs", "--all")
    assert repository.revision(None).version == identity
    assert repository.revision(None).read("foo.yml") == b"a: 3"


def test_edits_in_the_work_tree_are_not_served(checkout: Path) -> None:
    """Only commits count, and asking for another branch leaves the work tree alone."""
    git(checkout, "branch", "other")
    (checkout / "foo.yml").write_text("a: edited")
    repository = opened(checkout)
    assert repository.revision("other").read("foo.yml") == b"a: 1"
    assert repository.revision(None).read("foo.yml") == b"a: 1"
    assert git(checkout, "branch", "--show-current") == "main"


def test_kinds_of_labels(checkout: Path) -> None:
    """Branches with slashes, light and annotated tags, full and short commit ids, HEAD."""
    first = git(checkout, "rev-parse", "HEAD")
    git(checkout, "tag", "light")
    git(checkout, "tag", "-a", "annotated", "-m", "x")
    git(checkout, "branch", "feature/x")
    commit(checkout, {"foo.yml": "a: 2"})
    repository = opened(checkout)
    for label in ("light", "annotated", "feature/x", first, first[:8]):
        assert repository.revision(label).version == first
    assert repository.revision("HEAD").version != first


@pytest.mark.parametrize(
    "label", ["nope", "refs", "deadbeef", "0", "foo.yml", "main/x", "--upload-pack", "", "HEAD~1"]
)
def test_unknown_labels(checkout: Path, label: str) -> None:
    """Each is simply not found."""
    with pytest.raises(LabelNotFoundError):
        opened(checkout).revision(label)


def test_a_tree_is_no_label(checkout: Path) -> None:
    """The id of something that is no commit names nothing."""
    with pytest.raises(LabelNotFoundError):
        opened(checkout).revision(git(checkout, "rev-parse", "HEAD^{tree}"))


def test_default_falls_back_to_master(tmp_path: Path) -> None:
    """As Spring does where there is no main."""
    git(tmp_path, "init", "-q", "-b", "master")
    commit(tmp_path, {"foo.yml": "a: 1"})
    assert opened(tmp_path).revision(None).read("foo.yml") == b"a: 1"
    with pytest.raises(LabelNotFoundError, match="main"):
        opened(tmp_path, "main").revision(None)


def test_links_and_folders_are_no_files(checkout: Path) -> None:
    """A symbolic link, wherever it points, is not followed."""
    (checkout / "link.yml").symlink_to("/etc/passwd")
    (checkout / "inner.yml").symlink_to("foo.yml")
    (checkout / "folder").symlink_to("/etc")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "links")
    revision = opened(checkout).revision(None)
    for path in (
        "link.yml",
        "inner.yml",
        "folder/passwd",
        "sub",
        "../foo.yml",
        "sub/../foo.yml",
        "/foo.yml/x",
    ):
        assert revision.read(path) is None


def test_served_folder_hides_the_rest(checkout: Path) -> None:
    """With a folder inside the repository only that folder is seen."""
    revision = opened(checkout, inside="sub").revision(None)
    assert revision.read("bar.yml") == b"b: 1"
    assert revision.read("foo.yml") is None
    assert revision.read("../foo.yml") is None
    assert sorted(revision.files()) == ["bar.yml"]


def test_folders(checkout: Path) -> None:
    """All levels, sorted."""
    commit(checkout, {"a/b/c.yml": "x: 1"})
    assert opened(checkout).revision(None).folders() == ["a", "a/b", "sub"]


def test_linked_work_tree(checkout: Path, tmp_path: Path) -> None:
    """A `git worktree`, where .git is a file, has its own HEAD."""
    git(checkout, "worktree", "add", "-q", "-b", "linked", str(tmp_path / "linked"))
    identity = commit(tmp_path / "linked", {"foo.yml": "a: linked"})
    repository = opened(tmp_path / "linked", "HEAD")
    assert repository.revision(None).version == identity


def test_no_repository(tmp_path: Path) -> None:
    """Told with the path."""
    with pytest.raises(RepositoryUnavailableError, match=str(tmp_path)):
        opened(tmp_path)


def test_many_threads_and_labels_at_once(checkout: Path) -> None:
    """Labels are independent and reading is safe while commits arrive."""
    for n in range(5):
        git(checkout, "branch", f"b{n}")
        git(checkout, "checkout", "-q", f"b{n}")
        commit(checkout, {"foo.yml": f"a: b{n}"})
    git(checkout, "checkout", "-q", "main")
    repository = opened(checkout)
    wrong: list[object] = []

    def read(n: int) -> None:
        for _ in range(60):
            try:
                found = repository.revision(f"b{n}").read("foo.yml")
            except Exception as error:
                found = repr(error).encode()
            if found != f"a: b{n}".encode():
                wrong.append(found)

    threads = [threading.Thread(target=read, args=(n % 5,)) for n in range(10)]
    for thread in threads:
        thread.start()
    commit(checkout, {"foo.yml": "a: moved"})
    git(checkout, "gc", "-q")
    for thread in threads:
        thread.join()
    assert wrong == []
