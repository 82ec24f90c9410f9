"""Nothing happens at import: no connection, thread, process, file, environment read or clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITNESS = Path(__file__).with_name("import_witness.py")
PACKAGES = [
    "ressort",
    "config_server",
    "discovery",
    "gateway",
    "client_service",
    "facture_service",
    "paiement_service",
    "notification_service",
    "batch",
]


def witnessed(package: str, root: Path, folder: Path) -> list[str]:
    """What importing a package did, seen in a process of its own with `folder` as current directory."""
    done = subprocess.run(
        [sys.executable, str(WITNESS), package, str(root)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_does_nothing(package: str, tmp_path: Path) -> None:
    """Every module of the package can be imported in any process, anywhere, without effect."""
    assert witnessed(package, ROOT, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "effect"),
    [
        ("import threading; threading.Thread(target=int).start()", "thread at"),
        ("import socket; socket.socket().close()", "socket.__new__"),
        ("open('seen.txt', 'w').close()", "open"),
        ("import os; os.environ.get('HOME')", "environment HOME"),
        ("import time; time.time()", "clock time.time"),
        ("import datetime; datetime.datetime.now()", "clock"),
    ],
)
def test_the_witness_sees(statement: str, effect: str, tmp_path: Path) -> None:
    """A module that does something at import is caught."""
    (tmp_path / "guilty").mkdir()
    (tmp_path / "guilty/__init__.py").write_text(statement + "\n")
    found = witnessed("guilty", tmp_path, tmp_path)
    assert any(line.startswith(effect) for line in found), found
