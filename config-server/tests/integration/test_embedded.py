"""The folder of one's own checkout, with and without git around it."""

from __future__ import annotations

import logging
import os
import subprocess
from pathlib import Path

import pytest

from config_server.adapters.edits import UncommittedEdits
from config_server.adapters.embedded import ServedFolder, served_folder
from config_server.domain.errors import RepositoryUnavailableError


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "config-repo" / "sub").mkdir(parents=True)
    (tmp_path / "config-repo" / "application.yml").write_text("a: 1")
    (tmp_path / "config-repo" / "sub" / "x.yml").write_text("x: 1")
    return tmp_path


def checkout(home: Path) -> None:
    git(home, "init", "-q", "-b", "work")
    git(home, "add", "-A")
    git(home, "commit", "-q", "-m", "x")


def serve(home: Path) -> ServedFolder:
    return served_folder(home, "config-repo", home / "var" / "config-repo.git")


class Ticking:
    """A monotonic clock that moves ten seconds at every look."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 10.0
        return self.now


def test_head_of_the_checkout_whatever_its_branch(home: Path) -> None:
    """The folder's committed content, and nothing beside it."""
    (home / "secret.yml").write_text("s: 1")
    checkout(home)
    served = serve(home)
    assert served.made_in is None
    assert served.repository.revision(None).read("application.yml") == b"a: 1"
    assert served.repository.revision(None).read("secret.yml") is None
    assert served.repository.uri == (home / "config-repo").as_uri()


def test_uncommitted_edits_are_named_once_and_again_when_they_change(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Changed, new and deleted files; silence while nothing moves; good news after the commit."""
    caplog.set_level(logging.INFO)
    checkout(home)
    edits = UncommittedEdits(serve(home), Ticking())
    edits.look()
    assert caplog.records == []
    (home / "config-repo" / "application.yml").write_text("a: edited")
    (home / "config-repo" / "new.yml").write_text("n: 1")
    (home / "config-repo" / "sub" / "x.yml").unlink()
    edits.look()
    edits.look()
    assert len(caplog.records) == 1
    assert "application.yml, new.yml, sub/x.yml" in caplog.text
    git(home, "add", "-A")
    git(home, "commit", "-q", "-m", "y")
    edits.look()
    assert "committed and served" in caplog.text


def test_looks_are_rationed(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Within two seconds nothing is read again."""
    checkout(home)
    edits = UncommittedEdits(serve(home), lambda: 100.0)
    edits.look()
    (home / "config-repo" / "application.yml").write_text("a: edited")
    edits.look()
    assert caplog.records == []


def test_without_git_a_repository_is_made_and_kept_up_to_date(home: Path) -> None:
    """Saved files are committed by the server itself."""
    served = serve(home)
    edits = UncommittedEdits(served, Ticking())
    edits.look()
    first = served.repository.revision(None)
    assert served.made_in == home / "var" / "config-repo.git"
    assert first.read("sub/x.yml") == b"x: 1"
    (home / "config-repo" / "application.yml").write_text("a: saved")
    edits.look()
    second = served.repository.revision(None)
    assert second.read("application.yml") == b"a: saved"
    assert first.read("application.yml") == b"a: 1"
    assert serve(home).repository.revision(None).version == second.version


def test_checkout_without_a_commit_counts_as_no_git(home: Path) -> None:
    """A fresh `git init` has nothing to serve yet."""
    git(home, "init", "-q")
    assert serve(home).made_in is not None


def test_hidden_files_and_links_are_not_taken(home: Path) -> None:
    """What a repository of our own holds is what people wrote in the folder."""
    (home / "config-repo" / ".hidden.yml").write_text("h: 1")
    (home / "config-repo" / "link.yml").symlink_to("/etc/passwd")
    assert sorted(serve(home).repository.revision(None).files()) == ["application.yml", "sub/x.yml"]


def test_missing_folder(tmp_path: Path) -> None:
    """Told with its path."""
    with pytest.raises(RepositoryUnavailableError, match="config-repo"):
        serve(tmp_path)
