"""Each member declares what it imports: it can be installed alone."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]["members"]
MEMBERS = [member for member in WORKSPACE if member != "ressort"]
PROVIDERS = importlib.metadata.packages_distributions()


def requirement(text: str) -> tuple[str, list[str], str]:
    """Name, extras and marker of a requirement."""
    found = re.match(r"([A-Za-z0-9._-]+)\s*(?:\[([^]]*)\])?[^;]*(?:;(.*))?$", text)
    assert found is not None, text
    extras = [extra.strip() for extra in (found[2] or "").split(",") if extra.strip()]
    return found[1].lower().replace("_", "-").replace(".", "-"), extras, found[3] or ""


def closure(requirements: list[str]) -> set[str]:
    """Distributions that come with some requirements, the extras asked for included."""
    seen: set[tuple[str, str]] = set()
    todo = [(name, extra) for name, extras, _ in map(requirement, requirements) for extra in ("", *extras)]
    while todo:
        name, extra = todo.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            further = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        for text in further:
            inner, extras, marker = requirement(text)
            asked = re.findall(r"extra\s*==\s*['\"]([^'\"]+)['\"]", marker)
            if (not extra and not asked) or extra in asked:
                todo += [(inner, each) for each in ("", *extras)]
    return {name for name, _ in seen}


def imported(package: Path) -> Iterator[str]:
    """Top-level names of absolute imports."""
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                yield node.module.split(".")[0]


@pytest.mark.parametrize("member", MEMBERS)
def test_what_is_imported_is_declared(member: str) -> None:
    """Every third-party import is provided by the member's own requirements."""
    project = tomllib.loads((ROOT / member / "pyproject.toml").read_text())["project"]
    package = member.replace("-", "_")
    allowed = closure(project["dependencies"])
    ours = {package, "ressort", "_typeshed"}  # editable installs name no module; the last is for checkers
    foreign = set(imported(ROOT / member / "src")) - set(sys.stdlib_module_names) - ours
    missing = {
        name
        for name in foreign
        if not {provider.lower().replace("_", "-") for provider in PROVIDERS.get(name, [])} & allowed
    }
    assert missing == set()
