"""The built front the tests run: `frontend/dist` where its sources are those of the checkout, else a build of its own."""

from __future__ import annotations

import fcntl
import importlib.util
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def dist() -> Path:
    """A build of the present sources; one that had to be made is kept in the machine's temporary folder, and made once
    however many processes want it."""
    front = _tool()
    fresh = front.sources()
    kept = Path(tempfile.gettempdir()) / f"ressort-front-{fresh}"
    if front.sources_of(ROOT / "frontend" / "dist") == fresh:
        return ROOT / "frontend" / "dist"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if front.sources_of(kept) != fresh and front.build(kept) != 0:
            raise AssertionError("the front does not build: python tools/front.py build")
    return kept


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("front_tool", ROOT / "tools" / "front.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
