"""The merged view behind ``.yml``, ``.properties`` and ``.json`` (config-server facts, sections 1.3 and 4.2)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from config_server.domain.answer import EnvironmentAnswer
from config_server.domain.errors import InvalidRequestError

_PLACE = re.compile(r"\[(\d+)\]")
_BAD_KEY = re.compile(r"\.\.|\.\[|^\.|\[-\d")
_LEGACY = "spring.profiles"


def flattened(answer: EnvironmentAnswer) -> dict[str, Any]:
    """One map, higher sources winning; a list is taken whole from the highest source, after all scalar keys."""
    scalars: dict[str, Any] = {}
    lists: dict[str, dict[str, Any]] = {}
    for source in reversed(answer.sources):
        own: dict[str, dict[str, Any]] = {}
        for key, item in source.properties.items():
            if "[" in key:
                own.setdefault(key.partition("[")[0], {})[key] = item.value
            elif key != _LEGACY:
                scalars[key] = item.value
        lists.update(own)
    for bucket in lists.values():
        scalars.update(bucket)
    return scalars


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Dots make maps, ``[n]`` lists with null in the holes. Raises InvalidRequestError for a key that cannot."""
    root: dict[str, Any] = {}
    for key, value in flat.items():
        if _BAD_KEY.search(key):
            raise InvalidRequestError(f"Invalid key: {key}")
        _put(root, _path(key), value)
    return root


def _path(key: str) -> list[str | int]:
    """``a.b[0].c`` gives ``a``, ``b``, 0, ``c``; brackets around anything but a number stay in their key."""
    path: list[str | int] = []
    for part in _split(key):
        name = _PLACE.split(part)[0]
        places = [int(place) for place in _PLACE.findall(part)]
        if name or not part or not path:
            path.append(name)
        path += places
    return path


def _split(key: str) -> list[str]:
    """At the dots outside brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(key):
        depth += (character == "[") - (character == "]" and depth > 0)
        if character == "." and depth == 0:
            parts.append(key[start:place])
            start = place + 1
    return [*parts, key[start:]]


def _put(root: dict[str, Any], path: list[str | int], value: Any) -> None:
    node: Any = root
    for place, step in enumerate(path[:-1]):
        following: Any = [] if isinstance(path[place + 1], int) else {}
        existing = _at(node, step)
        if existing is None:
            _set(node, step, following)
            existing = following
        if not isinstance(existing, type(following)):
            _keep_compound(node, path[place:], value)
            return
        node = existing
    _set(node, path[-1], value)


def _keep_compound(node: Any, rest: list[str | int], value: Any) -> None:
    """A scalar stands where a map would be needed: the key keeps its dots beside it."""
    text = ".".join(str(step) for step in rest)
    if isinstance(node, dict) and not any(isinstance(step, int) for step in rest):
        node[text] = value
        return
    raise InvalidRequestError(f"A value and a list share the key {text}")


def _at(node: Any, step: str | int) -> Any:
    if isinstance(node, list):
        return node[step] if isinstance(step, int) and step < len(node) else None
    return node.get(step)


def _set(node: Any, step: str | int, value: Any) -> None:
    if isinstance(node, list) and isinstance(step, int):
        node.extend([None] * (step + 1 - len(node)))
    node[step] = value


def properties_text(flat: Mapping[str, Any]) -> str:
    """``key: value`` lines without a newline at the end and without any escaping, as the original writes them."""
    return "\n".join(f"{key}: {java_text(value)}" for key, value in flat.items())


def java_text(value: Any) -> str:
    """A value as Java prints it: ``true``, ``1.0E10``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _java_double(value)
    return str(value)


def _java_double(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    shortest = next(text for n in range(18) if float(text := f"{value:.{n}e}") == value)
    mantissa, _, exponent = shortest.partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent)}"
