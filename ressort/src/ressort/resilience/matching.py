"""Exceptions named in settings: by class name, dotted or not, of the error or of any of its bases.

Java names of the usual suspects are understood, so that a Spring configuration keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Matches = Callable[[BaseException], bool]

_JAVA = {
    "java.lang.Exception": "Exception",
    "java.lang.Throwable": "BaseException",
    "java.io.IOException": "OSError",
    "java.net.ConnectException": "ConnectionError",
    "java.util.concurrent.TimeoutException": "TimeoutError",
    "java.net.SocketTimeoutException": "TimeoutError",
}


def matcher(names: Sequence[str]) -> Matches | None:
    """A test for "is one of these", None when no name is given."""
    wanted = frozenset(_JAVA.get(name, name) for name in names)
    if not wanted:
        return None

    def is_one(error: BaseException) -> bool:
        return any(
            kind.__name__ in wanted or f"{kind.__module__}.{kind.__qualname__}" in wanted
            for kind in type(error).__mro__
        )

    return is_one
