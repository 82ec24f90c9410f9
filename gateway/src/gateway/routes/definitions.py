"""Route definitions as Spring writes them, read from the environment's subtree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from gateway.routes.arguments import nearest, plain
from gateway.routes.components import Component, DefinitionError, read_component

_KEYS = {plain(each): each for each in ("id", "uri", "order", "enabled", "predicates", "filters", "metadata")}


@dataclass(frozen=True)
class RouteDefinition:
    """One route as written. ``place`` is its property key, ``uri`` is split and checked on compiling."""

    id: str
    uri: str
    predicates: tuple[Component, ...] = ()
    filters: tuple[Component, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0
    enabled: bool = True
    place: str = ""


@dataclass(frozen=True)
class TargetUri:
    """Scheme, host and port of a route; a path in the uri is dropped, as Spring does."""

    scheme: str
    host: str
    port: int


def read_routes(raw: object, place: str) -> tuple[RouteDefinition, ...]:
    """The routes of a list; ids are unique, generated where absent. Raises ``DefinitionError``."""
    if raw is None or raw == "":
        return ()
    if isinstance(raw, Mapping) and all(str(key).isdigit() for key in raw):
        raw = [raw[key] for key in sorted(raw, key=int)]
    if not isinstance(raw, list):
        raise DefinitionError("routes are a list", place, raw)
    routes: list[RouteDefinition] = []
    seen: dict[str, str] = {}
    for number, each in enumerate(raw):
        route = read_route(each, f"{place}[{number}]", f"route-{number}")
        if route.id in seen:
            raise DefinitionError(f"the id '{route.id}' is already used by {seen[route.id]}", route.place)
        seen[route.id] = route.place
        routes.append(route)
    return tuple(routes)


def read_route(raw: object, place: str, generated_id: str) -> RouteDefinition:
    """One route in the expanded or the one-line form."""
    if isinstance(raw, str):
        return _one_line(raw, place)
    if not isinstance(raw, Mapping):
        raise DefinitionError("a route is a map or 'id=uri,Predicate=...'", place, raw)
    fields: dict[str, Any] = {}
    for key, value in raw.items():
        name = _KEYS.get(plain(str(key)))
        if name is None:
            reason = f"'{key}' is not part of a route; {nearest(str(key), _KEYS.values())}"
            raise DefinitionError(reason, place, value)
        fields[name] = value
    uri = str(fields.get("uri") or "").strip()
    if not uri:
        raise DefinitionError("The URI can not be empty", f"{place}.uri")
    return RouteDefinition(
        id=str(fields.get("id") or generated_id),
        uri=uri,
        predicates=_components(fields.get("predicates"), f"{place}.predicates", "predicate"),
        filters=_components(fields.get("filters"), f"{place}.filters", "filter"),
        metadata=_map(fields.get("metadata"), f"{place}.metadata"),
        order=_order(fields.get("order", 0), f"{place}.order"),
        enabled=str(fields.get("enabled", True)).lower() != "false",
        place=place,
    )


def read_filters(raw: object, place: str) -> tuple[Component, ...]:
    """A list of filters, such as ``default-filters``."""
    return _components(raw, place, "filter")


def target_of(uri: str, place: str) -> TargetUri:
    """Scheme, host and port of a route's uri; raises ``DefinitionError`` for anything Spring would refuse."""
    parts = urlsplit(uri)
    if not parts.scheme:
        raise DefinitionError(f"The URI format [{uri}] is incorrect, scheme can not be empty", place, uri)
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme == "lb" and not host and ":" in parts.path:
        inner = urlsplit(parts.path)
        scheme, host = f"lb:{inner.scheme}", inner.hostname or ""
    if scheme in ("forward", "no"):
        return TargetUri(scheme, parts.path if scheme == "forward" else host, 0)
    if scheme not in ("http", "https", "ws", "wss", "lb", "lb:ws", "lb:http"):
        reason = f"the scheme '{scheme}' is not served; use http, https, ws, wss, lb, forward or no"
        raise DefinitionError(reason, place, uri)
    if not host:
        raise DefinitionError(f"The URI [{uri}] names no host", place, uri)
    try:
        port = parts.port or (443 if scheme in ("https", "wss") else 80)
    except ValueError:
        raise DefinitionError(f"The port of [{uri}] is not a number", place, uri) from None
    kind = "lb" if scheme.startswith("lb") else "https" if scheme in ("https", "wss") else "http"
    return TargetUri(kind, host, port)


def _one_line(text: str, place: str) -> RouteDefinition:
    name, equals, rest = text.partition("=")
    pieces = [piece.strip() for piece in rest.split(",") if piece.strip()]
    if not equals or not name.strip() or not pieces:
        raise DefinitionError("a one-line route is 'id=uri,Predicate=...'", place, text)
    predicates = _components(pieces[1:], place, "predicate")
    return RouteDefinition(id=name.strip(), uri=pieces[0], predicates=predicates, place=place)


def _components(raw: object, place: str, kind: str) -> tuple[Component, ...]:
    if raw is None or raw == "":
        return ()
    if isinstance(raw, str):
        raw = [raw]
    if not isinstance(raw, Sequence):
        raise DefinitionError(f"{kind}s are a list", place, raw)
    return tuple(read_component(each, f"{place}[{number}]", kind) for number, each in enumerate(raw))


def _map(raw: object, place: str) -> Mapping[str, Any]:
    if raw is None or raw == "":
        return {}
    if not isinstance(raw, Mapping):
        raise DefinitionError("metadata is a map", place, raw)
    return dict(raw)


def _order(raw: object, place: str) -> int:
    try:
        return int(str(raw))
    except ValueError:
        raise DefinitionError("order is a whole number", place, raw) from None
