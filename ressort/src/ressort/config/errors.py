"""The error of a wrong configuration: always key, value, place, reason and remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ressort.errors import RessortError

if TYPE_CHECKING:
    from ressort.config.sources import Origin

_SECRET = re.compile(
    r"(password|secret|token|credential|passphrase|private-?key|encrypt\.key|authorization)", re.I
)
_USER_INFO = re.compile(r"(?<=://)[^/@\s]+@")


def is_secret(key: str) -> bool:
    """Whether the name of a property says that its value is not to be shown."""
    return _SECRET.search(key) is not None


def masked(key: str | None, value: object) -> str:
    """The value as a message may show it: ``******`` for a secret key, no user-info inside a URL."""
    if key is not None and is_secret(key):
        return "******"
    text = _USER_INFO.sub("******@", str(value))
    return text if len(text) <= 200 else text[:197] + "..."


class ConfigError(RessortError):
    """A property that cannot be used, or a configuration file that cannot be read.

    ``key``, ``value`` and ``origin`` are None where they do not apply (a broken YAML file has a place but
    no key). The text reads: ``<key> = '<value>' (<file:line>): <reason>. <remedy>``; secrets are masked.
    """

    def __init__(
        self,
        reason: str,
        *,
        key: str | None = None,
        value: object = None,
        origin: Origin | str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.reason = reason
        self.key = key
        self.value = value
        self.origin = origin
        self.remedy = remedy
        super().__init__(self._text())

    def _text(self) -> str:
        subject = self.key or ""
        if self.key is not None and self.value is not None:
            subject += f" = '{masked(self.key, self.value)}'"
        if self.origin is not None:
            subject = f"{subject} ({self.origin})" if subject else str(self.origin)
        sentence = f"{subject}: {self.reason}" if subject else self.reason
        sentence = sentence.rstrip(".") + "."
        return f"{sentence} {self.remedy}" if self.remedy else sentence
