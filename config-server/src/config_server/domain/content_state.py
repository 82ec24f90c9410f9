"""A short name for what an application gets, which changes with its properties and with nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from config_server.domain.answer import Source


def content_state(sources: Iterable[Source]) -> str:
    """32 hexadecimal digits: equal for equal names, keys and typed values, in their order.

    Neither the commit nor the lines count, so that a commit which touches other applications, or only a comment,
    leaves the state as it is.
    """
    digest = hashlib.sha256()
    for source in sources:
        digest.update(repr(source.name).encode())
        for key, item in source.properties.items():
            digest.update(repr((key, type(item.value).__name__, item.value)).encode())
    return digest.hexdigest()[:32]
