"""`/actuator/loggers`: see and set log levels of the running process, one logger or one group at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ressort.actuator.endpoint import BadCallError, Call, Endpoint
from ressort.observability import levels


def loggers_endpoint(groups: Callable[[], Mapping[str, tuple[str, ...]]]) -> Endpoint:
    """The endpoint; `groups` gives group name -> loggers at each call."""

    def everything(_: Call) -> dict[str, Any]:
        return {
            "levels": list(levels.LEVELS),
            "loggers": {name: _shown(name) for name in levels.logger_names()},
            "groups": {name: _group(members) for name, members in groups().items()},
        }

    def one(call: Call) -> dict[str, Any] | None:
        name = ".".join(call.path)
        if name in groups():
            return _group(groups()[name])
        known = name.upper() == "ROOT" or name in levels.logger_names()
        return _shown("ROOT" if name.upper() == "ROOT" else name) if known else None

    def set_one(call: Call) -> None:
        name = ".".join(call.path)
        level = _level(call.body)
        for logger in groups().get(name, ("ROOT" if name.upper() == "ROOT" else name,)):
            levels.set_level(logger, level)

    return Endpoint("loggers", everything, one, write_selected=set_one, selector="name")


def _level(body: Any) -> str | None:
    if body is not None and not isinstance(body, dict):
        raise BadCallError("expected an object with configuredLevel")
    level = (body or {}).get("configuredLevel")
    if level is None:
        return None
    try:
        levels.number_of(str(level))
    except levels.UnknownLevelError as error:
        raise BadCallError(str(error)) from error
    return str(level)


def _shown(name: str) -> dict[str, str]:
    found = levels.levels_of(name)
    configured = {"configuredLevel": found.configured} if found.configured else {}
    return {**configured, "effectiveLevel": found.effective}


def _group(members: tuple[str, ...]) -> dict[str, Any]:
    configured = {levels.levels_of(member).configured for member in members}
    common = configured.pop() if len(configured) == 1 else None
    return {**({"configuredLevel": common} if common else {}), "members": list(members)}
