"""Text to typed values the way Spring converts them: durations, sizes, booleans, enums, comma lists."""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UNIT_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE_BYTES = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
_SIMPLE_DURATION = re.compile(r"([+-]?\d+)\s*([a-zA-Z]{0,2})\Z")
_ISO_DURATION = re.compile(
    r"([+-])?P(?:([+-]?\d+)D)?(?:T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+(?:[.,]\d{1,9})?)S)?)?\Z", re.I
)
_SIZE = re.compile(r"([+-]?\d+)\s*([A-Za-z]{0,2})\Z")
_TRUE = frozenset({"true", "on", "yes", "1", "y"})
_FALSE = frozenset({"false", "off", "no", "0", "n"})


def seconds(raw: Any, default_unit: str = "ms") -> float:
    """Seconds of ``500`` (in ``default_unit``), ``10s``, ``1h`` or ISO-8601 ``PT1M30S``. Raises
    ValueError."""
    if isinstance(raw, timedelta):
        return raw.total_seconds()
    text = str(raw).strip()
    simple = _SIMPLE_DURATION.match(text)
    if simple is not None:
        unit = simple[2].lower() or default_unit
        if unit not in UNIT_SECONDS:
            raise ValueError(f"unknown unit '{simple[2]}' in a duration: use ns, us, ms, s, m, h or d")
        return round(int(simple[1]) * UNIT_SECONDS[unit], 9)
    iso = _ISO_DURATION.match(text)
    if iso is None or not any(iso.groups()[1:]) or text.upper().endswith("T"):
        raise ValueError("not a duration: write 500ms, 10s, 5m, 2h, 1d or an ISO-8601 one such as PT10S")
    sign = -1.0 if iso[1] == "-" else 1.0
    amounts = (float((group or "0").replace(",", ".")) for group in iso.groups()[1:])
    return sign * sum(amount * weight for amount, weight in zip(amounts, (86400, 3600, 60, 1), strict=True))


def size_bytes(raw: Any) -> int:
    """Bytes of ``10MB`` (1024-based, so 10,485,760) or ``4096`` (bytes). Raises ValueError."""
    match = _SIZE.match(str(raw).strip())
    if match is None or match[2].upper() not in _SIZE_BYTES:
        raise ValueError("not a size: write a number of bytes or 10KB, 10MB, 1GB")
    return int(match[1]) * _SIZE_BYTES[match[2].upper()]


def boolean(raw: Any) -> bool:
    """true/on/yes/1 and false/off/no/0, in any case. Raises ValueError."""
    text = str(raw).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise ValueError("not a boolean: write true or false")


def integer(raw: Any) -> int:
    """A whole number, decimal, ``0x`` hexadecimal or ``1_000``; a float or boolean is refused."""
    if isinstance(raw, bool):
        raise ValueError("not a whole number")
    if isinstance(raw, int):
        return raw
    try:
        return int(str(raw).strip(), 16 if str(raw).strip().lower().startswith("0x") else 10)
    except ValueError:
        raise ValueError("not a whole number") from None


def number(raw: Any) -> float:
    """A decimal number as float. Raises ValueError."""
    try:
        return float(str(raw).strip()) if not isinstance(raw, bool) else _refuse("not a number")
    except ValueError:
        raise ValueError("not a number") from None


def text_of(raw: Any) -> str:
    """The text of a raw value: ``true`` and ``false`` in lower case, as Spring prints them."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return raw if isinstance(raw, str) else str(raw)


def comma_list(raw: Any) -> list[str]:
    """``a, b`` gives ``['a', 'b']``; the empty text gives an empty list."""
    if isinstance(raw, list | tuple):
        return [text_of(item) for item in raw]
    text = text_of(raw).strip()
    return [part.strip() for part in text.split(",")] if text else []


def _refuse(reason: str) -> Any:
    raise ValueError(reason)


def _decimal(raw: Any) -> Decimal:
    try:
        return Decimal(text_of(raw).strip())
    except InvalidOperation:
        raise ValueError("not a decimal number") from None


def _zone(raw: Any) -> ZoneInfo:
    try:
        return ZoneInfo(text_of(raw).strip())
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("not a time zone: write a name such as Europe/Paris") from None


def _iso(kind: type[date] | type[time], example: str) -> Callable[[Any], Any]:
    def convert(raw: Any) -> Any:
        try:
            return kind.fromisoformat(text_of(raw).strip())
        except ValueError:
            raise ValueError(f"not a {kind.__name__}: write it as {example}") from None

    return convert


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    str: text_of,
    bool: boolean,
    int: integer,
    float: number,
    Decimal: _decimal,
    Path: lambda raw: Path(text_of(raw)),
    timedelta: lambda raw: timedelta(seconds=seconds(raw)),
    date: _iso(date, "2013-10-31"),
    datetime: _iso(datetime, "2013-10-31T08:00:00+00:00"),
    time: _iso(time, "08:00"),
    ZoneInfo: _zone,
    object: lambda raw: raw,
    Any: lambda raw: raw,
}


def _enumeration(kind: type[enum.Enum], raw: Any) -> enum.Enum:
    wanted = re.sub(r"[^a-z0-9]", "", text_of(raw).lower())
    for member in kind:
        if wanted in {
            re.sub(r"[^a-z0-9]", "", str(spelling).lower()) for spelling in (member.name, member.value)
        }:
            return member
    raise ValueError("unknown value: use one of " + ", ".join(str(member.value) for member in kind))


def _choice(choices: tuple[Any, ...], raw: Any) -> Any:
    for choice in choices:
        if text_of(raw).strip().lower() == text_of(choice).lower():
            return choice
    raise ValueError("unknown value: use one of " + ", ".join(text_of(choice) for choice in choices))


def _union(kinds: tuple[Any, ...], raw: Any) -> Any:
    if type(None) in kinds and (raw is None or raw == ""):
        return None
    rest = [kind for kind in kinds if kind is not type(None)]
    for kind in rest[:-1]:
        try:
            return convert(raw, kind)
        except ValueError:
            continue
    return convert(raw, rest[-1])


_SEQUENCES: dict[Any, Callable[[list[Any]], Any]] = {
    list: list,
    tuple: tuple,
    set: set,
    frozenset: frozenset,
}


def sequence_of(kind: Any) -> tuple[Callable[[list[Any]], Any], Any] | None:
    """The builder and item type of ``list[X]``, ``tuple[X, ...]``, ``frozenset[X]``...; None for others."""
    origin = typing.get_origin(kind) or kind
    if origin not in _SEQUENCES:
        collection = getattr(origin, "__module__", "") == "collections.abc" and origin.__name__ in (
            "Sequence",
            "Collection",
        )
        if not collection:
            return None
        origin = tuple
    arguments = [item for item in typing.get_args(kind) if item is not Ellipsis]
    return _SEQUENCES[origin], arguments[0] if arguments else str


def convert(raw: Any, kind: Any) -> Any:
    """``raw`` as ``kind``; the ValueError it raises is a reason to show to a person."""
    scalar = _SCALARS.get(kind)
    if scalar is not None:
        return scalar(raw)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind), raw)
    if origin is typing.Literal:
        return _choice(typing.get_args(kind), raw)
    sequence = sequence_of(kind)
    if sequence is not None:
        build, item = sequence
        return build([convert(part, item) for part in comma_list(raw)])
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return _enumeration(kind, raw)
    if isinstance(kind, type):
        return kind(text_of(raw))
    raise TypeError(f"no conversion to {kind!r}")
