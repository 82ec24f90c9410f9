"""A folder of configuration files and a way to load it without the process's own variables."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ressort.config import Environment, load


class Files:
    """Writes configuration files below a temporary folder and loads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def load(
        self, *argv: str, environ: Mapping[str, str] | None = None, package: str | None = None
    ) -> Environment:
        return load(package, argv, environ or {}, self.folder)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Makes an importable package holding an application.yml; gives its name."""

    def make(text: str) -> str:
        name = f"packaged_{uuid.uuid4().hex}"
        root = tmp_path / "site" / name
        root.mkdir(parents=True, exist_ok=True)
        (root / "__init__.py").write_text("")
        (root / "application.yml").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
        return name

    return make
