"""Arguments of a component by name and type, with errors that name what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gateway.routes.components import POSITIONAL, Component, DefinitionError

_DURATION = re.compile(r"(-?\d+)\s*(ns|us|ms|s|m|h|d)?\Z")
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?\Z", re.IGNORECASE)
_UNITS_S = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def plain(name: str) -> str:
    """A name without case, dashes and underscores: how Spring compares property names."""
    return name.replace("-", "").replace("_", "").lower()


def nearest(name: str, known: Iterable[str]) -> str:
    """``"; did you mean 'Path'?"`` for a misspelt name, or the list of what is known."""
    names = sorted(known)
    lowered = {plain(each): each for each in names}
    close = difflib.get_close_matches(plain(name), list(lowered), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{lowered[close[0]]}'?"
    return f"known are {', '.join(names)}" if names else "it takes none"


class Arguments:
    """The arguments of one component, asked by field name; shortcut positions map to ``fields`` in order.

    ``nested`` are prefixes below which any key is kept (``backoff`` in ``backoff.firstBackoff``). Surplus positions
    bind to nothing, as in Spring. An unknown name raises with the nearest known one.
    """

    def __init__(self, component: Component, fields: Sequence[str], nested: Sequence[str] = ()) -> None:
        self._component = component
        self._values: dict[str, Any] = {}
        known = {plain(each): each for each in (*fields, *nested)}
        for key, value in flattened(component.args).items():
            if key.startswith(POSITIONAL):
                position = int(key.removeprefix(POSITIONAL))
                if position < len(fields):
                    self._values[plain(fields[position])] = value
                continue
            name = plain(key)
            root = name.split(".", 1)[0].split("[", 1)[0]
            if name not in known and root not in known:
                raise self.wrong(f"argument '{key}' is not known; {nearest(key, (*fields, *nested))}", value)
            self._values[name] = value

    def wrong(self, reason: str, value: object = None) -> DefinitionError:
        """An error about this component, to be raised by the caller."""
        return DefinitionError(f"{self._component.name}: {reason}", self._component.place, value)

    def has(self, name: str) -> bool:
        return plain(name) in self._values

    def text(self, name: str, default: str | None = None) -> str:
        """A string; raises when absent and without default."""
        value = self._values.get(plain(name), default)
        if value is None:
            raise self.wrong(f"argument '{name}' is missing")
        return "true" if value is True else "false" if value is False else str(value)

    def optional(self, name: str) -> str | None:
        value = self._values.get(plain(name))
        return None if value is None else str(value)

    def integer(self, name: str, default: int | None = None, minimum: int | None = None) -> int:
        value = self._values.get(plain(name), default)
        if value is None:
            raise self.wrong(f"argument '{name}' is missing")
        try:
            number = int(str(value))
        except ValueError:
            raise self.wrong(f"argument '{name}' must be a whole number", value) from None
        if minimum is not None and number < minimum:
            raise self.wrong(f"argument '{name}' must be at least {minimum}", value)
        return number

    def number(self, name: str, default: float) -> float:
        value = self._values.get(plain(name), default)
        try:
            return float(value)
        except (TypeError, ValueError):
            raise self.wrong(f"argument '{name}' must be a number", value) from None

    def boolean(self, name: str, default: bool) -> bool:
        value = self._values.get(plain(name), default)
        word = str(value).lower()
        if word not in ("true", "false"):
            raise self.wrong(f"argument '{name}' must be true or false", value)
        return word == "true"

    def duration_s(self, name: str, default: float | None = None) -> float:
        """Seconds from ``10ms``, ``PT3S`` or a bare number of milliseconds."""
        value = self._values.get(plain(name))
        if value is None:
            if default is None:
                raise self.wrong(f"argument '{name}' is missing")
            return default
        seconds = seconds_of(str(value))
        if seconds is None:
            raise self.wrong(f"argument '{name}' must be a duration such as 500ms or PT3S", value)
        return seconds

    def words(self, name: str) -> list[str]:
        """A list written as YAML list, ``name.0``, ``name[0]`` or comma separated text."""
        key = plain(name)
        if key in self._values:
            return as_list(self._values[key])
        indexed = [
            (int(found.group(1)), value)
            for each, value in self._values.items()
            if (found := re.fullmatch(re.escape(key) + r"(?:\.|\[)(\d+)\]?", each))
        ]
        return [str(value) for _, value in sorted(indexed)]


def flattened(args: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested maps as dotted keys; lists stay lists."""
    found: dict[str, Any] = {}
    for key, value in args.items():
        if isinstance(value, Mapping):
            found.update(flattened(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = value
    return found


def gathered(component: Component, with_flag: bool = False) -> tuple[list[str], bool | None]:
    """All values of a gather shape and, ``with_flag``, a trailing true/false taken off (else None).

    The key's name does not matter; a comma inside one long-form value does not split it (specs 10, Observed).
    """
    values: list[str] = []
    flag: bool | None = None
    for key, value in flattened(component.args).items():
        if with_flag and plain(key) == "matchtrailingslash":
            flag = str(value).lower() == "true"
        elif isinstance(value, list):
            values.extend(str(each) for each in value)
        else:
            values.append(str(value))
    if with_flag and len(values) > 1 and values[-1].lower() in ("true", "false"):
        flag = values.pop().lower() == "true"
    return values, flag


def as_list(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(each).strip() for each in value]
    return [part for part in (piece.strip() for piece in str(value).split(",")) if part]


def seconds_of(text: str) -> float | None:
    """Seconds of a Spring duration, bare numbers being milliseconds; None when it is none."""
    found = _DURATION.match(text.strip())
    if found is not None:
        return int(found.group(1)) * _UNITS_S[found.group(2) or "ms"]
    iso = _ISO.match(text.strip())
    if iso is None or not any(iso.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
