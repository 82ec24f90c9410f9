"""A small estate for each test."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("small_estate", Path(__file__).with_name("small_estate.py"))
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
sys.modules["small_estate"] = _module
_spec.loader.exec_module(_module)


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[object]:
    """A fresh estate, taken down afterwards."""
    built = _module.Estate(tmp_path)
    yield built
    built.run("down")
