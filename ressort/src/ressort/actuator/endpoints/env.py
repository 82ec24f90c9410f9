"""`/actuator/env`: every property source with origins, values masked as `show-values` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ressort.actuator.endpoint import BadCallError, Call, Endpoint
from ressort.actuator.options import uniform
from ressort.actuator.properties import Environment
from ressort.actuator.sanitizing import Sanitizer


def env_endpoint(env: Environment) -> Endpoint:
    """The endpoint over an environment, highest precedence first."""

    def everything(call: Call) -> dict[str, Any]:
        pattern = _pattern(call.one("pattern"))
        sanitizer = Sanitizer(env, "env")
        sources = [
            {"name": source.name, "properties": _properties(source.properties, sanitizer, pattern)}
            for source in env.property_sources()
        ]
        return {**_profiles(env), "propertySources": sources}

    def one(call: Call) -> dict[str, Any] | None:
        key = "/".join(call.path)
        sanitizer = Sanitizer(env, "env")
        entries, first = [], None
        for source in env.property_sources():
            found = _find(source.properties, key)
            entry: dict[str, Any] = {"name": source.name}
            if found is not None:
                entry["property"] = _entry(key, found, sanitizer)
                first = first or source.name
            entries.append(entry)
        if first is None:
            return None
        effective = {"source": first, "value": sanitizer.shown(key, env.get(_dotted(key)))}
        return {"property": effective, **_profiles(env), "propertySources": entries}

    return Endpoint("env", everything, one, selector="toMatch")


def _profiles(env: Environment) -> dict[str, list[str]]:
    return {"activeProfiles": list(env.active_profiles), "defaultProfiles": ["default"]}


def _properties(
    properties: Mapping[str, Any], sanitizer: Sanitizer, pattern: re.Pattern[str] | None
) -> dict[str, Any]:
    return {
        key: _entry(key, value, sanitizer)
        for key, value in properties.items()
        if pattern is None or pattern.search(key)
    }


def _entry(key: str, value: Any, sanitizer: Sanitizer) -> dict[str, Any]:
    origin = getattr(value, "origin", None)
    shown = {"value": sanitizer.shown(key, _plain(getattr(value, "value", value)))}
    return {**shown, "origin": str(origin)} if origin is not None else shown


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _find(properties: Mapping[str, Any], key: str) -> Any:
    if key in properties:
        return properties[key]
    wanted = _canonical(key)
    return next((value for name, value in properties.items() if _canonical(name) == wanted), None)


def _canonical(key: str) -> str:
    return ".".join(uniform(part) for part in re.split(r"[.\[\]]+", _dotted(key)) if part)


def _dotted(key: str) -> str:
    """A key in the environment's spelling with dots; any other spelling as it is."""
    return key.lower().replace("_", ".") if re.fullmatch(r"[A-Z0-9_]+", key) else key


def _pattern(text: str | None) -> re.Pattern[str] | None:
    if text is None:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise BadCallError(f"pattern '{text}' is no regular expression: {error}") from error
