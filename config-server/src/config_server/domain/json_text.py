"""JSON as the original writes it: no blanks, no ASCII escapes, doubles as Java prints them (``1.0E7``)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from config_server.domain.flattening import java_text

_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_text(content: Any) -> str:
    """Maps with text keys, lists, text, numbers, booleans and null; NaN and infinity, unknown to JSON, as text."""
    return "".join(_parts(content))


def _parts(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        yield from _all("{", ((f"{_encode(key)}:", value) for key, value in content.items()), "}")
    elif isinstance(content, list | tuple):
        yield from _all("[", (("", value) for value in content), "]")
    elif isinstance(content, float):
        text = java_text(content)
        yield text if math.isfinite(content) else _encode(text)
    else:
        yield _encode(content)


def _all(start: str, items: Iterator[tuple[str, Any]], end: str) -> Iterator[str]:
    yield start
    for place, (head, value) in enumerate(items):
        yield f",{head}" if place else head
        yield from _parts(value)
    yield end
