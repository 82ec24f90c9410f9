"""Spring applications for tests against the originals: small Maven projects, built once, started on free ports.

A jar is kept in `~/.cache/ressort-interop` under the hash of its project's files, so Maven runs again only
when a source changes. Without network and without a kept jar the test is skipped as an absent part.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import requests

from ressort.testing.parts import launch, wait_until

BUILD_TIMEOUT_S = 900
_JAVA = ("java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar")


def answering(url: str) -> Callable[[], bool]:
    """A question to repeat: whether `url` answers with anything below 500."""

    def ready() -> bool:
        try:
            return requests.get(url, timeout=2).status_code < 500
        except requests.RequestException:
            return False

    return ready


def spring_jar(project: Path) -> Path:
    """The runnable jar of a Maven project whose `finalName` is `<parent folder>-<folder>`."""
    files = sorted(path for path in project.rglob("*") if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    name = f"{project.parent.name}-{project.name}"
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ressort-interop"
    built = cache / f"{name}-{digest}.jar"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            _build(project, name, built)
    return built


def _build(project: Path, name: str, built: Path) -> None:
    work = built.parent / f"build-{name}"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(project, work)
    done = subprocess.run(
        ["mvn", "-q", "-B", "package"],  # noqa: S607
        cwd=work,
        capture_output=True,
        text=True,
        timeout=BUILD_TIMEOUT_S,
    )
    if done.returncode != 0:
        reason = f"Maven cannot build {name}: {done.stdout[-300:]}"
        if os.environ.get("RESSORT_PARTS") == "required":
            pytest.fail(reason, pytrace=False)
        pytest.skip(f"part absent: maven: {reason}")
    (work / "target" / f"{name}.jar").replace(built)
    shutil.rmtree(work)


def launch_spring(
    project: Path, folder: Path, arguments: Sequence[str], log: str = "server.log"
) -> subprocess.Popen[bytes]:
    """Starts the project's jar in `folder` and returns at once; its output goes to the file `log` there."""
    return launch([*_JAVA, str(spring_jar(project)), *arguments], folder, log)


def start_spring(
    project: Path, folder: Path, arguments: Sequence[str], ready_url: str
) -> subprocess.Popen[bytes]:
    """The same, returning once `ready_url` answers. Raises PartError."""
    process = launch_spring(project, folder, arguments)
    wait_until(answering(ready_url), process, f"Spring's {project.name}", folder / "server.log")
    return process
