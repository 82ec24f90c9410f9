"""A request and its answer, whatever server carries them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote


@dataclass(frozen=True, slots=True)
class Request:
    """Method, raw (still percent-encoded) path and query, a header look-up by lower-case name, the body."""

    method: str
    path: str
    query: str
    header: Callable[[str], str | None]
    body: bytes = b""

    def segments(self) -> list[str]:
        """Decoded path segments; doubled and trailing slashes count for nothing."""
        return [unquote(part) for part in self.path.split("/") if part]

    def parameters(self) -> dict[str, str]:
        """Query parameters, the first value of each."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.query, keep_blank_values=True, max_num_fields=1000):
            found.setdefault(name, value)
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and headers; an empty body has no content type."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=())
