"""What an endpoint is: an id, and one function per thing that may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
V3 = "application/vnd.spring-boot.actuator.v3+json"
V2 = "application/vnd.spring-boot.actuator.v2+json"
JSON_TYPES = (V3, V2, JSON)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an endpoint. `path` holds the segments below the endpoint's own."""

    path: tuple[str, ...] = ()
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: Any = None
    accept: str = ""
    version: int = 3

    def one(self, name: str) -> str | None:
        """The first query parameter of that name."""
        values = self.query.get(name)
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, when status or type differ from the usual. `body` is bytes, or a JSON value."""

    body: Any = None
    status: int = 200
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Any]


class BadCallError(Exception):
    """A parameter or body that cannot be understood: answered 400 with this text."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Functions by operation; a missing one is answered 405. None from a read is 404, from a write 204.

    `selector` names the variable of the path below (`name`, or `*path` for any depth) for the link.
    `produces` lists the types its reads can give, preferred first.
    """

    id: str
    read: Handler | None = None
    read_selected: Handler | None = None
    write: Handler | None = None
    write_selected: Handler | None = None
    delete: Handler | None = None
    delete_selected: Handler | None = None
    selector: str | None = None
    default_access: str = "unrestricted"
    produces: tuple[str, ...] = JSON_TYPES

    def handlers(self, selected: bool, access: str) -> dict[str, Handler]:
        """HTTP method -> function, for the root or for a path below, within the access allowed."""
        if selected:
            found = {"GET": self.read_selected, "POST": self.write_selected, "DELETE": self.delete_selected}
        else:
            found = {"GET": self.read, "POST": self.write, "DELETE": self.delete}
        if access == "read-only":
            found = {"GET": found["GET"]}
        return {method: handler for method, handler in found.items() if handler is not None}
