"""From the arguments of a declared method to path, query, headers and body; compiled once per method."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import quote, urlencode

import orjson

from .declarations import BodyMarker, Declared, Header, Query

_PLACEHOLDER = re.compile(r"{([A-Za-z_][A-Za-z0-9_]*)}")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclasses.dataclass(frozen=True, slots=True)
class Encoded:
    """One call, ready to be sent to any instance."""

    target: str
    headers: dict[str, str]
    body: bytes | None


@dataclasses.dataclass(slots=True)
class _Places:
    """Where each parameter goes."""

    paths: list[str] = dataclasses.field(default_factory=list)
    queries: list[tuple[str, Query]] = dataclasses.field(default_factory=list)
    headers: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    body: str | None = None


class Encoder:
    """The compiled form of one declared method. Raises TypeError for a declaration that makes no sense."""

    def __init__(self, stub: Callable[..., Any], declared: Declared, prefix: str) -> None:
        self.template = prefix + declared.path
        self._declared = declared
        self._where = f"{declared.method} {self.template}"
        signature = inspect.signature(stub, eval_str=True)
        parameters = list(signature.parameters.values())[1:]
        self.returns = signature.return_annotation
        self._names = [p.name for p in parameters]
        self._known = frozenset(self._names)
        self._defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
        self._places = _placed(parameters, declared, self.template, self._where)
        self._parts = _PLACEHOLDER.split(self.template)

    def encode(self, args: tuple[Any, ...], kwargs: Mapping[str, Any], query: Mapping[str, str]) -> Encoded:
        """The call for these arguments; `query` are the client's own parameters. Raises TypeError."""
        values = self._bound(args, kwargs)
        places = self._places
        target = "".join(
            part if i % 2 == 0 else quote(_text(values[part], part, self._where), safe="")
            for i, part in enumerate(self._parts)
        )
        pairs = [*query.items(), *_pairs(places.queries, values)]
        if pairs:
            target = f"{target}?{urlencode(pairs)}"
        headers = dict(self._declared.headers)
        for name, header in places.headers:
            if values[name] is not None:
                headers[header] = _plain(values[name])
        body = None
        if places.body is not None and values[places.body] is not None:
            body = encode_json(values[places.body])
            headers["Content-Type"] = "application/json"
        return Encoded(target, headers, body)

    def _bound(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        if len(args) > len(self._names):
            raise TypeError(f"{self._where}: {len(args)} arguments for {len(self._names)} parameters")
        values = {**self._defaults, **dict(zip(self._names, args, strict=False)), **kwargs}
        if values.keys() != self._known:
            wrong = ", ".join(sorted(values.keys() ^ self._known))
            raise TypeError(f"{self._where}: missing or unknown arguments: {wrong}")
        return values


def encode_json(value: Any) -> bytes:
    """JSON bytes: decimals as strings, instants with Z, dataclasses and pydantic models as objects."""
    return orjson.dumps(value, default=_default, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    dump = getattr(value, "model_dump", None)
    if dump is not None:
        return dump(mode="json", by_alias=True)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{type(value).__qualname__} has no JSON form")


def _placed(parameters: list[inspect.Parameter], declared: Declared, template: str, where: str) -> _Places:
    places, left = _Places(), []
    in_path = set(_PLACEHOLDER.findall(template))
    for parameter in parameters:
        marker = _marker(parameter.annotation)
        if parameter.name in in_path:
            places.paths.append(parameter.name)
        elif isinstance(marker, BodyMarker):
            _set_body(places, parameter.name, where)
        elif isinstance(marker, Header):
            name = marker.name or parameter.name.replace("_", "-").title()
            places.headers.append((parameter.name, name))
        elif isinstance(marker, Query):
            places.queries.append((parameter.name, marker))
        else:
            left.append(parameter)
    _place_rest(places, left, declared)
    missing = in_path - set(places.paths)
    if missing:
        raise TypeError(f"{where}: no parameter for {', '.join(sorted(missing))}")
    return places


def _place_rest(places: _Places, left: list[inspect.Parameter], declared: Declared) -> None:
    bodies = [p for p in left if _looks_like_body(p.annotation)]
    if declared.method in _WITH_BODY and places.body is None and len(bodies) == 1:
        places.body = bodies[0].name
    places.queries += [(p.name, Query()) for p in left if p.name != places.body]


def _set_body(places: _Places, name: str, where: str) -> None:
    if places.body is not None:
        raise TypeError(f"{where}: two bodies, {places.body} and {name}")
    places.body = name


def _marker(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        for marker in get_args(annotation)[1:]:
            if isinstance(marker, BodyMarker | Header | Query):
                return marker
            if marker in (Header, Query, BodyMarker):
                return marker()
    return None


def _looks_like_body(annotation: Any) -> bool:
    kind = get_origin(annotation) or annotation
    if not isinstance(kind, type):
        return any(_looks_like_body(inner) for inner in get_args(annotation))
    return (
        issubclass(kind, dict | list | Mapping)
        or dataclasses.is_dataclass(kind)
        or hasattr(kind, "model_dump")
    )


def _pairs(queries: list[tuple[str, Query]], values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, query in queries:
        value, wire = values[name], query.name or name
        if value is None:
            continue
        if isinstance(value, list | tuple | set | frozenset):
            texts = [_plain(one) for one in value]
            yield from [(wire, ",".join(texts))] if query.collection == "csv" else [(wire, t) for t in texts]
        else:
            yield wire, _plain(value)


def _text(value: Any, name: str, where: str) -> str:
    text = _plain(value)
    if value is None or text in ("", ".", ".."):
        raise TypeError(f"{where}: {name} is {value!r}, which no path segment can hold")
    return text


def _plain(value: Any) -> str:
    if isinstance(value, str) and not isinstance(value, Enum):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
