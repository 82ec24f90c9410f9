"""JSON Schemas of configuration: every property a member binds, with type, default, unit and bounds.

One document for the library (what every member understands) and one per member (what it adds). Properties are
listed flat, under the full key one writes; a map or a name chosen by the user is a pattern.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, Literal

from gateway.settings import PREFIX as GATEWAY
from gateway.settings import GatewayOptions
from ressort.config import declared_keys
from ressort.config.binding import property_key
from ressort.config.fields import METADATA, PREFIX, duration_scale
from ressort.http.options import CLIENTS, ClientOptions
from ressort.resilience.options import BREAKERS, RETRIES, CircuitBreakerOptions, RetryOptions

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://ressort.example/contracts/config"
MEMBERS = {
    "ressort": "ressort",
    "config-server": "config_server",
    "discovery": "discovery",
    "gateway": "gateway",
    "client-service": "client_service",
    "facture-service": "facture_service",
    "paiement-service": "paiement_service",
    "notification-service": "notification_service",
    "batch": "batch",
}
BOUND_BY_HAND: dict[str, list[tuple[str, type]]] = {
    "gateway": [(GATEWAY, GatewayOptions)],
    "ressort": [
        (f"{CLIENTS}.*", ClientOptions),
        (f"{BREAKERS}.configs.*", CircuitBreakerOptions),
        (f"{BREAKERS}.instances.*", CircuitBreakerOptions),
        (f"{RETRIES}.configs.*", RetryOptions),
        (f"{RETRIES}.instances.*", RetryOptions),
    ],
}
"""Dataclasses bound below a prefix given where they are bound; `*` is a name chosen by the user."""
_UNTOUCHED = ("ressort.testing", "ressort.cli")
_NAME = r"[^.]+"
_MEASURES = {"duration": ["string", "number"], "size": ["string", "integer"]}

Schema = dict[str, Any]


def schemas() -> dict[str, Any]:
    """Member name -> schema of its own properties."""
    return {name: _document(name, package) for name, package in MEMBERS.items()}


def _document(member: str, package: str) -> Schema:
    plain: dict[str, Schema] = {}
    patterns: dict[str, Schema] = {}
    groups: dict[str, str] = {}
    for prefix, cls in [*_decorated(package), *BOUND_BY_HAND.get(member, [])]:
        groups[prefix] = _text(cls)
        for key, schema in _fields(cls, prefix):
            (patterns if "*" in key else plain)[_pattern(key) if "*" in key else key] = schema
    if member == "ressort":
        _well_known(plain, patterns)
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}/{member}.schema.json",
        "title": f"Properties of {member}" if member != "ressort" else "Properties of every member",
        "type": "object",
        "properties": plain,
        "patternProperties": patterns,
        "x-groups": groups,
    }


def _decorated(package: str) -> list[tuple[str, type]]:
    """The dataclasses marked `@properties` in a package, by prefix."""
    found: dict[tuple[str, str], type] = {}
    for module in _modules(package):
        for cls in vars(module).values():
            if inspect.isclass(cls) and PREFIX in vars(cls) and cls.__module__ == module.__name__:
                found[getattr(cls, PREFIX), cls.__qualname__] = cls
    return [(prefix, cls) for (prefix, _), cls in sorted(found.items())]


def _modules(package: str) -> Iterator[types.ModuleType]:
    root = importlib.import_module(package)
    yield root
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        name = module.name
        if not name.startswith(_UNTOUCHED) and "__main__" not in name and "migrations" not in name:
            yield importlib.import_module(name)


def _fields(cls: type, prefix: str) -> Iterator[tuple[str, Schema]]:
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        key, kind = property_key(field, prefix), _without_none(hints[field.name])
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            yield from _fields(kind, key)
            continue
        item = _item_of_map(kind)
        if item is None:
            yield key, _property(field, hints[field.name])
        elif dataclasses.is_dataclass(item) and isinstance(item, type):
            yield from _fields(item, f"{key}.*")
        else:
            yield f"{key}.**", _typed(item)


def _property(field: dataclasses.Field[Any], kind: Any) -> Schema:
    about = field.metadata.get(METADATA, {})
    schema: Schema = _typed(kind)
    measure = about.get("kind")
    if measure:
        schema = {"type": _MEASURES[measure], "x-kind": measure}
        schema["x-bare-number"] = about["unit"] if measure == "duration" else "bytes"
    else:
        schema |= {name: about[name] for name in ("minimum", "maximum") if about.get(name) is not None}
    default = _default(field)
    if default is not dataclasses.MISSING:
        schema["default"] = _written(default, field.name, measure)
    return _or_null(schema) if schema.get("default", "") is None else schema


def _or_null(schema: Schema) -> Schema:
    """The schema of a property that may be left empty."""
    kind = schema.get("type")
    if kind is None:
        return schema
    return {**schema, "type": [*([kind] if isinstance(kind, str) else kind), "null"]}


def _written(value: Any, name: str, measure: str | None) -> Any:
    """A default as one would write it in a file."""
    if value is None:
        return None
    if measure == "duration":
        milliseconds = round(value * duration_scale(name) * 1000)
        return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, tuple | list | set | frozenset):
        return list(value)
    return value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _typed(kind: Any) -> Schema:
    kind = _without_none(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return {"enum": [item.value for item in kind]}
    if (origin or kind) in (list, tuple, set, frozenset):
        return {"type": ["array", "string"], "items": _typed(arguments[0]) if arguments else {}}
    scalars: dict[Any, str] = {bool: "boolean", int: "integer", float: "number"}
    return {} if kind in (Any, object) else {"type": scalars.get(kind, "string")}


def _item_of_map(kind: Any) -> Any:
    """The type of a map's values, None for what is no map."""
    origin = typing.get_origin(kind) or kind
    if not (inspect.isclass(origin) and issubclass(origin, Mapping)):
        return None
    arguments = typing.get_args(kind)
    return arguments[1] if len(arguments) == 2 else Any


def _well_known(plain: dict[str, Schema], patterns: dict[str, Schema]) -> None:
    """Properties read one by one rather than bound: their description is what is known of them."""
    for key, text in declared_keys().items():
        if key.endswith(".*"):
            if not any(known.startswith(key[:-1]) for known in plain):
                patterns.setdefault(_pattern(f"{key}*"), {"description": text})
        else:
            plain.setdefault(key, {})["description"] = text


def _pattern(key: str) -> str:
    """`**` at the end is anything, `*` one name."""
    if key.endswith(".**"):
        return f"{_pattern(key[:-3])[:-1]}\\..+$"
    return "^" + re.escape(key).replace(r"\*", _NAME).replace(r"\-", "-") + "$"


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [item for item in typing.get_args(kind) if item is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _text(cls: type) -> str:
    return " ".join((inspect.getdoc(cls) or "").replace("``", "`").split())
