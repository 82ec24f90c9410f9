"""The front's own checks, and the proof that what users get is what the sources give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.xdist_group("front-sources"), pytest.mark.timeout(600)]


def tool(command: str) -> None:
    """Run `tools/front.py`; what it says is the failure."""
    done = subprocess.run(
        [sys.executable, "tools/front.py", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def test_the_units_pass() -> None:
    """Vitest: logic, components, data access."""
    tool("units")


def test_style_accessibility_and_boundaries_hold() -> None:
    """ESLint with the rules of who may import whom, and Prettier."""
    tool("lint")


def test_the_client_is_what_the_contracts_give() -> None:
    """`src/app/api`, written again from `contracts/openapi`, does not change."""
    tool("client")


def test_english_says_all_that_french_says() -> None:
    """Every message of the sources has its English one, with the same placeholders, and no other is kept."""
    tool("locale")


def test_what_is_shipped_is_what_the_sources_give() -> None:
    """A fresh build is `frontend/dist` to the byte, so that nobody has to trust what was committed."""
    tool("check")
