"""The grammar of secret values: ``{cipher}{key:alias}text``."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "{cipher}"
_PREFIX = re.compile(r"\{([^{}:]+):([^{}]*)\}")
_PLAIN = "{plain}"


@dataclass(frozen=True, slots=True)
class Prefixed:
    """A text without its prefixes, the prefixes by name, and how they were written."""

    text: str
    keys: dict[str, str]
    written: str


def split_prefixes(text: str) -> Prefixed:
    """``{key:a}{secret:b}rest``; ``{plain}`` ends the prefixes, so that what follows may begin with a brace."""
    keys: dict[str, str] = {}
    place = 0
    while (found := _PREFIX.match(text, place)) is not None:
        keys[found[1]] = found[2]
        place = found.end()
    return Prefixed(text[place:].removeprefix(_PLAIN), keys, text[:place])


def is_cipher(value: object) -> bool:
    """Whether a value says that it is encrypted: the mark must be its very beginning."""
    return isinstance(value, str) and value.startswith(MARK)
