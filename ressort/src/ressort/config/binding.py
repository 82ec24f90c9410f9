"""Properties to frozen dataclasses: nested ones, lists, maps, optionals, with every error naming its key."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ressort.config.conversion import comma_list, convert, sequence_of, size_bytes
from ressort.config.errors import ConfigError
from ressort.config.fields import METADATA, PREFIX, in_field_unit, plain_field_name
from ressort.config.merged import MergedProperties
from ressort.config.names import how_to_set, join_name, kebab, parse_name

T = TypeVar("T")


def bind(properties: MergedProperties, cls: type[T], prefix: str | None = None) -> T:
    """An instance of the dataclass ``cls`` from the properties below ``prefix`` (default: its own).

    Raises ConfigError for a missing value without default, a value of the wrong type or outside its bounds.
    """
    if prefix is None:
        prefix = getattr(cls, PREFIX, None)
    if prefix is None:
        raise TypeError(f"{cls.__name__} has no prefix: decorate it with @properties or pass one")
    instance = _Binder(properties).dataclass(cls, prefix)
    return typing.cast(T, instance)


def value_of(properties: MergedProperties, kind: Any, key: str) -> Any:
    """One value, list, map or dataclass at ``key``. Raises ConfigError."""
    return _Binder(properties).value(kind, key)


def section(properties: MergedProperties, prefix: str) -> Any:
    """The subtree below ``prefix`` as plain dicts, lists and scalars."""
    return _Binder(properties).section(prefix)


def bound_keys(cls: type, prefix: str, _path: tuple[type, ...] = ()) -> Iterable[str]:
    """Every key ``cls`` reads below ``prefix``; ``prefix.name.*`` where any key may follow."""
    if cls in _path:
        return
    hints = typing.get_type_hints(cls)
    for field in _init_fields(cls):
        key = property_key(field, prefix)
        kind = _without_none(hints[field.name])
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            yield from bound_keys(kind, key, (*_path, cls))
        elif _is_mapping(kind) or kind in (Any, object):
            yield f"{key}.*"
        else:
            sequence = sequence_of(kind)
            yield key
            if sequence is not None:
                yield f"{key}.*"


def property_key(field: dataclasses.Field[Any], prefix: str) -> str:
    """The property of a field: its given name, else its own in kebab case without the unit suffix."""
    metadata = field.metadata.get(METADATA, {})
    name = metadata.get("name") or kebab(plain_field_name(field.name, metadata.get("kind")))
    return f"{prefix}.{name}" if prefix else name


class _Binder:
    def __init__(self, properties: MergedProperties) -> None:
        self._properties = properties

    def dataclass(self, cls: type, prefix: str) -> Any:
        hints = typing.get_type_hints(cls)
        arguments = {}
        for field in _init_fields(cls):
            key = property_key(field, prefix)
            if self._present(key) or not _has_default(field):
                arguments[field.name] = self._field(field, hints[field.name], key)
        try:
            return cls(**arguments)
        except ValueError as error:
            raise ConfigError(str(error), key=prefix, origin=self._first_origin(prefix)) from error

    def _field(self, field: dataclasses.Field[Any], kind: Any, key: str) -> Any:
        metadata = field.metadata.get(METADATA, {})
        if metadata.get("kind") in ("duration", "size"):
            bound = self._measure(field.name, kind, key, metadata)
        else:
            bound = self.value(kind, key)
        self._verify(key, bound, metadata)
        return bound

    def _measure(self, field_name: str, kind: Any, key: str, metadata: Mapping[str, Any]) -> Any:
        raw = self._scalar(key)
        if raw == "" and _without_none(kind) is not kind:
            return None
        try:
            if metadata["kind"] == "size":
                return size_bytes(raw)
            amount = in_field_unit(raw, metadata["unit"], field_name)
            return round(amount) if _without_none(kind) is int else amount
        except ValueError as error:
            raise self._refused(key, str(error)) from error

    def _verify(self, key: str, bound: Any, metadata: Mapping[str, Any]) -> None:
        minimum, maximum, check = (metadata.get(name) for name in ("minimum", "maximum", "check"))
        reason = None
        if minimum is not None and bound is not None and bound < minimum:
            reason = f"below the minimum {minimum}"
        elif maximum is not None and bound is not None and bound > maximum:
            reason = f"above the maximum {maximum}"
        elif check is not None:
            reason = check(bound)
        if reason:
            raise self._refused(key, reason)

    def value(self, kind: Any, key: str) -> Any:
        """The value of ``key`` as ``kind``, which may be any type a settings field may have."""
        optional, kind = _without_none(kind) is not kind, _without_none(kind)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self.dataclass(kind, key)
        if _is_mapping(kind):
            return self._mapping(kind, key)
        sequence = sequence_of(kind)
        if sequence is not None:
            build, item = sequence
            return build(self._items(item, key))
        if kind in (Any, object) and self._properties.children(parse_name(key).uniform):
            return self.section(key)
        raw = self._scalar(key)
        if optional and raw == "":
            return None
        try:
            return convert(raw, kind)
        except ValueError as error:
            raise self._refused(key, str(error)) from error

    def _scalar(self, key: str) -> Any:
        raw = self._properties.get(key)
        if raw is not None:
            return raw
        if self._properties.children(parse_name(key).uniform):
            raise ConfigError(
                "one value is expected, not a list or a map", key=key, origin=self._first_origin(key)
            )
        raise ConfigError(
            "a value is required",
            key=key,
            remedy=how_to_set(key),
        )

    def _items(self, kind: Any, key: str) -> list[Any]:
        places = self._properties.children(parse_name(key).uniform)
        if not places:
            raw = self._scalar(key)
            try:
                return [convert(part, kind) for part in comma_list(raw)]
            except ValueError as error:
                raise self._refused(key, str(error)) from error
        for expected in range(len(places)):
            if str(expected) not in places:
                raise ConfigError(
                    f"the list has no element {expected}",
                    key=key,
                    origin=self._first_origin(key),
                    remedy="Number the elements from 0 without a gap; a list is replaced whole.",
                )
        return [self.value(kind, f"{key}[{place}]") for place in range(len(places))]

    def _mapping(self, kind: Any, key: str) -> dict[str, Any]:
        arguments = typing.get_args(kind)
        item = arguments[1] if len(arguments) == 2 else Any
        if _is_scalar(item):
            return {name: self.value(item, full) for name, full in self._leaves(key)}
        children = self._properties.children(parse_name(key).uniform)
        return {spelling: self.value(item, join_name(key, spelling)) for spelling in children.values()}

    def _leaves(self, key: str) -> Iterable[tuple[str, str]]:
        """Relative and full key of every value below ``key``: a map of scalars keeps dots in its keys."""
        for spelling in self._properties.children(parse_name(key).uniform).values():
            full = join_name(key, spelling)
            if self._properties.entry(parse_name(full).uniform) is not None:
                yield spelling, full
            for rest, leaf in self._leaves(full):
                yield f"{spelling}.{rest}", leaf

    def section(self, prefix: str) -> Any:
        """The subtree below ``prefix`` as plain dicts, lists and scalars; a scalar for a leaf."""
        uniform = parse_name(prefix).uniform if prefix else ()
        children = self._properties.children(uniform)
        entry = self._properties.entry(uniform) if uniform else None
        if entry is not None and not children:
            return self._properties.resolved(entry)
        if children and all(name.isdigit() for name in children) and self._is_list(uniform):
            return [self.section(f"{prefix}[{place}]") for place in sorted(map(int, children))]
        return {spelling: self.section(join_name(prefix, spelling)) for spelling in children.values()}

    def _is_list(self, uniform: tuple[str, ...]) -> bool:
        return uniform in self._properties.list_names

    def _present(self, key: str) -> bool:
        return self._properties.find(key) is not None or self._properties.has(parse_name(key).uniform)

    def _refused(self, key: str, reason: str) -> ConfigError:
        return ConfigError(reason, key=key, value=self._properties.get(key), origin=self._first_origin(key))

    def _first_origin(self, key: str) -> Any:
        origin = self._properties.origin(key)
        if origin is not None:
            return origin
        uniform = parse_name(key).uniform
        for entry in self._properties.entries():
            if entry.name.uniform[: len(uniform)] == uniform:
                return entry.value.origin
        return None


def _init_fields(cls: type) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(cls) if field.init]


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _without_none(kind: Any) -> Any:
    """``X`` for ``X | None``; anything else unchanged (the same object)."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [item for item in typing.get_args(kind) if item is not type(None)]
        if len(rest) == 1 and len(typing.get_args(kind)) == 2:
            return rest[0]
    return kind


def _is_mapping(kind: Any) -> bool:
    origin = typing.get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_scalar(kind: Any) -> bool:
    kind = _without_none(kind)
    return not (
        kind in (Any, object)
        or _is_mapping(kind)
        or sequence_of(kind) is not None
        or dataclasses.is_dataclass(kind)
    )
