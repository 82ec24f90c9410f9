"""Which way imports go: the contracts of pyproject.toml, and privacy inside the library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "ressort/src/ressort"
SOURCES = sorted(path for folder in ROOT.glob("*/src") for path in folder.rglob("*.py"))


def test_import_contracts_are_kept() -> None:
    """Rings of the members, rooms of the library, plain domains: import-linter finds nothing broken."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def _imported(file: Path) -> Iterator[str]:
    """Absolute names of what a file imports."""
    package = file.relative_to(next(p for p in file.parents if p.name == "src")).with_suffix("").parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{whole}.{name.name}" for name in node.names)


def test_underscore_modules_are_private_to_their_room() -> None:
    """A module named with an underscore is imported by its own room only."""
    private = {
        ".".join((*file.parent.relative_to(LIBRARY.parent).parts, file.stem))
        for file in LIBRARY.rglob("_*.py")
        if file.stem != "__init__" and file.stem != "__main__"
    }
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in SOURCES
        for name in _imported(file)
        for module in private
        if (name == module or name.startswith(f"{module}."))
        and not str(file).startswith(str(LIBRARY.parent / Path(*module.split(".")[:2])))
    ]
    assert wrong == []


def test_the_composition_root_is_imported_by_nobody_else() -> None:
    """Only `__main__` knows `app`."""
    wrong = [
        str(file.relative_to(ROOT))
        for file in SOURCES
        if LIBRARY not in file.parents and file.stem not in ("__main__", "app")
        for name in _imported(file)
        if ".".join(name.split(".")[:2]).endswith(".app")
    ]
    assert wrong == []
