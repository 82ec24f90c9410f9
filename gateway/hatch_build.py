"""Ships the built front inside the wheel; an editable install reads it from the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontHook(BuildHookInterface):  # type: ignore[type-arg]
    """`frontend/dist` becomes `gateway/dist` of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises FileNotFoundError where the checkout has no built front."""
        dist = Path(self.root).parent / "frontend" / "dist"
        if version == "editable":
            return
        if not (dist / "index.html").is_file():
            raise FileNotFoundError(f"{dist} holds no front: make front")
        build_data["force_include"][str(dist)] = "gateway/dist"
