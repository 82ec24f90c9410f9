"""Scalars of YAML 1.1 as SnakeYAML resolves and reads them, where PyYAML would differ.

Sexagesimal integers and floats, ``1e3`` a float, dates and a lone ``=`` text (config-server facts, 4.1); explicit
tags for bytes and instants, which flat properties cannot hold, become the text that Spring's JSON shows.
"""

from __future__ import annotations

import base64
import math
import re
from datetime import UTC, date, datetime

FLOAT_TAG = "tag:yaml.org,2002:float"
BINARY_TAG = "tag:yaml.org,2002:binary"
FLOAT = re.compile(
    r"^(?:[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|\.(?:inf|Inf|INF))"
    r"|\.(?:nan|NaN|NAN))$"
)


def float_of(text: str) -> float:
    """The number of a float scalar. Raises ValueError for a text that is none."""
    plain = text.replace("_", "").lower()
    if plain.endswith(".inf"):
        return -math.inf if plain.startswith("-") else math.inf
    if plain == ".nan":
        return math.nan
    return _sexagesimal(plain) if ":" in plain else float(plain)


def _sexagesimal(text: str) -> float:
    """``190:20:30.15``, each part worth sixty of the next."""
    total = 0.0
    for part in text.lstrip("+-").split(":"):
        total = total * 60 + float(part)
    return -total if text.startswith("-") else total


def binary_of(text: str) -> str:
    """The base64 text of an explicit ``!!binary`` without its blanks. Raises ValueError for a text that is none."""
    plain = "".join(text.split())
    base64.b64decode(plain, validate=True)
    return plain


def instant_of(value: date) -> str:
    """An explicit ``!!timestamp`` as Spring's JSON shows it: UTC with milliseconds."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def java_text(value: object) -> str:
    """A scalar, list or map as Java prints it where YAML has it as a key: ``[a, 1]``, ``{a=b}``, ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(java_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{java_text(key)}={java_text(each)}' for key, each in value.items())}}}"
    return str(value)
