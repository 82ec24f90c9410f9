"""The environment of each member as `docker-compose.yml` gives it, with this machine's addresses put in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def services() -> dict[str, dict[str, Any]]:
    """The services of the file, anchors and merges resolved."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return found


def environment(service: str) -> dict[str, str]:
    """A service's variables, `${NAME:-default}` resolved as Compose does."""
    raw = services()[service].get("environment", {})
    return {name: _VARIABLE.sub(_value, str(value)) for name, value in raw.items()}


def _value(found: re.Match[str]) -> str:
    return os.environ.get(found[1]) or found[2] or ""


def here(service: str, addresses: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """The variables with `host:port` of the file's network replaced by the real ones.

    `addresses`: the file's `host:port` to host and port of this machine. A host and its port may also be
    given in two variables (`..._HOST`, `..._PORT`). Members bind to the loopback again.
    """
    placed = environment(service)
    for theirs, (host, port) in addresses.items():
        placed = {name: value.replace(f"//{theirs}", f"//{host}:{port}") for name, value in placed.items()}
        for name in [name for name in placed if name.endswith("_HOST")]:
            twin = f"{name.removesuffix('_HOST')}_PORT"
            if f"{placed[name]}:{placed.get(twin)}" == theirs:
                placed |= {name: host, twin: str(port)}
    placed["SERVER_ADDRESS"] = "127.0.0.1"
    return placed
