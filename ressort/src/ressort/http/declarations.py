"""How an interface says what each of its methods sends: the decorators and markers.

    @feign_client("order-service", path="/v1")
    class OrderApi(Protocol):
        @get("/orders/{id}")
        def order(self, id: str, at: date | None = None) -> dict[str, Any]: ...

        @post("/orders", retryable=True)
        def place(self, body: Body[dict[str, Any]], key: Annotated[str, Header("Idempotency-Key")]) -> Created: ...

A parameter named in the path fills it, `Body[...]` (or the only dict, list, dataclass or model left over in
a POST, PUT or PATCH) is the JSON body, `Header` and `Query` name others, the rest are query parameters; None
is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
CALL = "__ressort_call__"
CLIENT = "__ressort_client__"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class BodyMarker:
    """The parameter is the JSON body."""


Body = Annotated[T, BodyMarker()]


@dataclass(frozen=True, slots=True)
class Header:
    """The parameter is a header; without a name, the parameter's with hyphens."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """The parameter is a query parameter of another name; `collection` is `multi` (repeated) or `csv`."""

    name: str | None = None
    collection: str = "multi"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a method's decorator said; times in seconds replace the client's."""

    method: str
    path: str
    retryable: bool
    headers: dict[str, str] = field(default_factory=dict)
    read_timeout_s: float | None = None
    connect_timeout_s: float | None = None


@dataclass(frozen=True, slots=True)
class DeclaredClient:
    """What the interface's decorator said."""

    name: str
    path: str
    url: str | None
    fallback: type | None
    fallback_factory: Callable[[BaseException], Any] | None
    context_id: str


def feign_client(
    name: str,
    *,
    path: str = "",
    url: str | None = None,
    fallback: type | None = None,
    fallback_factory: Callable[[BaseException], Any] | None = None,
    context_id: str | None = None,
) -> Callable[[type[T]], type[T]]:
    """Declares an interface (a Protocol or an abstract class) of the service of that id.

    `url` goes to one address instead of balancing by name. `fallback`: a class with the same methods, asked
    when the service is unavailable; `fallback_factory` makes one knowing the error. `context_id` names
    the settings when several clients share a service.
    """

    def mark(interface: type[T]) -> type[T]:
        declared = DeclaredClient(name, path, url, fallback, fallback_factory, context_id or name)
        setattr(interface, CLIENT, declared)
        return interface

    return mark


def exchange(
    method: str,
    path: str = "",
    *,
    retryable: bool | None = None,
    headers: dict[str, str] | None = None,
    read_timeout_s: float | None = None,
    connect_timeout_s: float | None = None,
) -> Callable[[F], F]:
    """Declares what a method sends. `retryable`: doing it twice does no harm; GET, HEAD, OPTIONS are."""
    safe = method.upper() in SAFE if retryable is None else retryable
    declared = Declared(method.upper(), path, safe, dict(headers or {}), read_timeout_s, connect_timeout_s)

    def mark(stub: F) -> F:
        setattr(stub, CALL, declared)
        return stub

    return mark


def get(path: str = "", **options: Any) -> Callable[[F], F]:
    """`exchange("GET", ...)`."""
    return exchange("GET", path, **options)


def post(path: str = "", **options: Any) -> Callable[[F], F]:
    """`exchange("POST", ...)`."""
    return exchange("POST", path, **options)


def put(path: str = "", **options: Any) -> Callable[[F], F]:
    """`exchange("PUT", ...)`; say `retryable=True` where doing it twice does no harm."""
    return exchange("PUT", path, **options)


def patch(path: str = "", **options: Any) -> Callable[[F], F]:
    """`exchange("PATCH", ...)`."""
    return exchange("PATCH", path, **options)


def delete(path: str = "", **options: Any) -> Callable[[F], F]:
    """`exchange("DELETE", ...)`."""
    return exchange("DELETE", path, **options)
