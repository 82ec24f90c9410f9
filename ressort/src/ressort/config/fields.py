"""How a settings dataclass says what Spring cannot read from a type: prefix, units, other names, bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, field
from typing import Any, TypeVar

from ressort.config.conversion import UNIT_SECONDS, seconds, size_bytes

T = TypeVar("T")
METADATA = "ressort.config"
PREFIX = "__prefix__"
_DURATION_SUFFIXES = {"_s": 1.0, "_ms": 1e-3, "_minutes": 60.0, "_hours": 3600.0, "_days": 86400.0}


def properties(prefix: str) -> Callable[[type[T]], type[T]]:
    """Class decorator: the dataclass is bound from the properties below ``prefix``."""

    def mark(cls: type[T]) -> type[T]:
        setattr(cls, PREFIX, prefix)
        return cls

    return mark


def value(
    default: Any = MISSING,
    *,
    name: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    check: Callable[[Any], str | None] | None = None,
    default_factory: Any = MISSING,
) -> Any:
    """A field with another property ``name``, bounds, or a ``check`` that returns why a value is refused."""
    metadata = {"name": name, "minimum": minimum, "maximum": maximum, "check": check}
    return _field(default, metadata, default_factory)


def duration(
    default: str | float | Any | None = MISSING,
    *,
    unit: str = "ms",
    name: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Any:
    """A length of time. ``unit`` is what a bare number means (Spring: milliseconds unless the field says
    else).

    The field's suffix says the Python unit and is not part of the property name: ``timeout_s`` is bound from
    ``timeout`` to float seconds, ``delay_ms`` from ``delay`` to milliseconds. Bounds are in that unit too.
    """
    if unit not in UNIT_SECONDS:
        raise ValueError(f"unknown unit {unit}")
    metadata = {"kind": "duration", "unit": unit, "name": name, "minimum": minimum, "maximum": maximum}
    return _field(default, metadata)


def data_size(
    default: str | int | Any | None = MISSING, *, name: str | None = None, minimum: int | None = None
) -> Any:
    """A number of bytes written ``10MB`` or ``4096``; ``limit_bytes`` is bound from ``limit``."""
    converted = size_bytes(default) if isinstance(default, str) else default
    return _field(converted, {"kind": "size", "name": name, "minimum": minimum})


def duration_scale(field_name: str) -> float:
    """Seconds per unit of a duration field: 1 for ``_s`` and no suffix, 0.001 for ``_ms``."""
    for suffix, scale in _DURATION_SUFFIXES.items():
        if field_name.endswith(suffix):
            return scale
    return 1.0


def in_field_unit(raw: Any, unit: str, field_name: str) -> float:
    """``raw`` converted to the unit the field's suffix names."""
    return round(seconds(raw, unit) / duration_scale(field_name), 9)


def plain_field_name(field_name: str, kind: str | None) -> str:
    """The field name without its unit suffix, when the field is a duration or a size."""
    suffixes = tuple(_DURATION_SUFFIXES) if kind == "duration" else ("_bytes",) if kind == "size" else ()
    for suffix in suffixes:
        if field_name.endswith(suffix):
            return field_name.removesuffix(suffix)
    return field_name


def _field(default: Any, metadata: dict[str, Any], default_factory: Any = MISSING) -> Any:
    described = {METADATA: metadata}
    if default_factory is not MISSING:
        return field(default_factory=default_factory, metadata=described)
    if metadata.get("kind") == "duration" and isinstance(default, str):
        # The suffix is unknown until the class exists: keep the text, binding converts it.
        return field(default=_WrittenDuration(default, metadata["unit"]), metadata=described)
    return field(default=default, metadata=described) if default is not MISSING else field(metadata=described)


class _WrittenDuration:
    """A default such as ``30s`` until the field's name tells its unit; replaced while the class is made."""

    def __init__(self, text: str, unit: str) -> None:
        self._text = text
        self._unit = unit

    def __set_name__(self, owner: type, name: str) -> None:
        amount = in_field_unit(self._text, self._unit, name)
        whole = str(owner.__annotations__.get(name, "")).startswith(("int", "<class 'int'"))
        owner.__dict__[name].default = round(amount) if whole else amount
