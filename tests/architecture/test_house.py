"""The house is kept: sizes, names, the two commands of the README, a README and a licence where due."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]["members"]
PYTHON = sorted(
    file
    for top in (*MEMBERS, "tests", "tools", "bench")
    for file in (ROOT / top).rglob("*.py")
    if not {"node_modules", ".venv"} & set(file.parts)
)
LONGEST = 400
LONGEST_TEST = 450


def longest(file: str) -> int:
    """Lines a file may have."""
    return LONGEST_TEST if "tests/" in file else LONGEST


def test_no_file_is_long() -> None:
    """A long file hides a second idea."""
    sizes = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in PYTHON
    }
    assert {file: size for file, size in sizes.items() if size > longest(file)} == {}


def test_no_file_is_a_drawer() -> None:
    """Names say the idea."""
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}
    assert [str(file.relative_to(ROOT)) for file in PYTHON if file.stem in drawers] == []


@pytest.mark.parametrize("member", MEMBERS)
def test_the_folder_is_the_distribution_is_the_import(member: str) -> None:
    """Hyphens become underscores, nothing else changes."""
    project = tomllib.loads((ROOT / member / "pyproject.toml").read_text())["project"]
    assert project["name"] == member
    package = ROOT / member / "src" / member.replace("-", "_")
    assert (package / "__init__.py").is_file()
    assert (package / "py.typed").is_file()


@pytest.mark.parametrize("folder", [*MEMBERS, "frontend"])
def test_every_member_has_its_readme(folder: str) -> None:
    """What it owns and how to run it alone, on about one screen."""
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 45


def test_the_readme_names_the_two_commands() -> None:
    """What a newcomer types, and what CI runs."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text


def test_the_commands_of_the_readme_exist() -> None:
    """Every `make` target that a document names is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        target
        for document in documents
        for target in re.findall(r"`make ([a-z]+)`", document.read_text(encoding="utf-8"))
    }
    assert named - targets == set()


def test_documents_link_to_what_exists() -> None:
    """No relative link of a document leads nowhere."""
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (document.parent / target).exists()
            ):
                broken.append(f"{document.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_the_map_of_the_documents_is_complete() -> None:
    """docs/index.md names every document, decisions included."""
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    missing = [
        str(file.relative_to(ROOT / "docs"))
        for file in sorted((ROOT / "docs").rglob("*.md"))
        if file.name != "index.md" and f"({file.relative_to(ROOT / 'docs')})" not in index
    ]
    assert missing == []


def test_real_data_is_in_no_package() -> None:
    """The demo's ledger stays in the repository: no member's sources hold it."""
    assert list(ROOT.glob("*/src/**/receivables*.csv")) == []
