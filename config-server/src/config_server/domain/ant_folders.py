"""Folders by Spring's path patterns: ``*`` and ``?`` stay inside one folder's name, ``**`` spans any number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WILD = re.compile(r"[*?]")


def matching_folders(pattern: str, folders: Iterable[str]) -> list[str]:
    """Those of ``folders`` that the pattern names, in their order; never the folder its fixed part stands for."""
    start = _fixed_part(pattern)
    expression = _expression(pattern)
    return [folder for folder in folders if folder != start and expression.fullmatch(folder + "/")]


def _fixed_part(pattern: str) -> str:
    steps = pattern.split("/")
    first = next((place for place, step in enumerate(steps) if _WILD.search(step)), len(steps))
    return "/".join(steps[:first])


@lru_cache(256)
def _expression(pattern: str) -> re.Pattern[str]:
    """The pattern for a path with a slash after every step."""
    return re.compile("".join("(?:[^/]+/)*" if step == "**" else _step(step) for step in pattern.split("/")))


def _step(step: str) -> str:
    wild = {"*": "[^/]*", "?": "[^/]"}
    # A bare star names a folder, so something must stand there.
    inside = "[^/]+" if step == "*" else "".join(wild.get(each) or re.escape(each) for each in step)
    return f"{inside}/"
