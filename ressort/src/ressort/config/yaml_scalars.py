"""Scalars of YAML 1.1 as SnakeYAML resolves and reads them, where PyYAML would differ.

Sexagesimal integers and floats, ``1e3`` a float, dates and a lone ``=`` text (config-server facts, 4.1).
"""

from __future__ import annotations

import math
import re

FLOAT_TAG = "tag:yaml.org,2002:float"
INT_TAG = "tag:yaml.org,2002:int"
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
