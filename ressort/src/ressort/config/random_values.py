"""``random.value``, ``.int``, ``.long``, ``.uuid``, ``.int(10)``, ``.int[1024,65536]``: drawn at every
lookup."""

from __future__ import annotations

import re
import secrets
import uuid

from ressort.config.errors import ConfigError

_RANGE = re.compile(r"(int|long)(?:\((.+)\)|\[(.+)\])\Z")
_BITS = {"int": 32, "long": 64}


def random_value(key: str) -> str | None:
    """A fresh value for a ``random.*`` key, None for any other key. The upper bound of a range is
    excluded."""
    if not key.startswith("random."):
        return None
    kind = key.removeprefix("random.")
    if kind == "uuid":
        return str(uuid.uuid4())
    if kind in _BITS:
        return str(secrets.randbits(_BITS[kind]) - (1 << (_BITS[kind] - 1)))
    ranged = _RANGE.match(kind)
    if ranged is not None:
        return str(_in_range(key, ranged[2] or ranged[3]))
    return secrets.token_hex(16)


def _in_range(key: str, bounds: str) -> int:
    try:
        numbers = [int(part) for part in bounds.split(",")]
        low, high = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    except ValueError:
        raise ConfigError("the bounds of a random range are not whole numbers", key=key) from None
    if low >= high:
        raise ConfigError("the lower bound of a random range is not below the upper", key=key)
    return low + secrets.randbelow(high - low)
