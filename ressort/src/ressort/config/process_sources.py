"""The sources a process brings: command line, SPRING_APPLICATION_JSON, environment variables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin, PropertySource, Value

_JSON_VARIABLE = "SPRING_APPLICATION_JSON"
_JSON_KEY = "spring.application.json"


def command_line(argv: Sequence[str]) -> PropertySource:
    """``--a.b=c`` and ``--flag`` (the empty text); ``-Da.b=c`` and ``--define a.b=c`` mean the same."""
    found: dict[str, Value] = {}
    arguments = iter(argv)
    for argument in arguments:
        option = argument
        if option == "--define":
            option = "--" + next(arguments, "")
        elif option.startswith("-D"):
            option = "--" + option[2:]
        if option.startswith("--") and len(option) > 2:
            key, _, text = option[2:].partition("=")
            found[key] = Value(text, Origin(f'command line argument "--{key}"'))
    return PropertySource("commandLineArgs", found)


def application_json(arguments: PropertySource, environ: Mapping[str, str]) -> PropertySource | None:
    """The JSON object of ``--spring.application.json`` or SPRING_APPLICATION_JSON, flattened; None without
    one."""
    given = arguments.properties.get(_JSON_KEY)
    text = given.value if given is not None else environ.get(_JSON_VARIABLE) or environ.get(_JSON_KEY)
    if not text:
        return None
    place = str(given.origin) if given is not None else _JSON_VARIABLE
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ConfigError(
            f"not JSON: {error}", key=_JSON_KEY, origin=place, remedy="Write one JSON object."
        ) from error
    if not isinstance(content, dict):
        raise ConfigError("not a JSON object", key=_JSON_KEY, origin=place, remedy='Write {"key": "value"}.')
    found: dict[str, Value] = {}
    _flatten(content, "", Origin(place), found)
    return PropertySource("spring.application.json", found)


def environment_variables(environ: Mapping[str, str]) -> PropertySource:
    """Every variable, under the name it has; matching is relaxed, dashes dropped."""
    found = {
        name: Value(text, Origin(f'environment variable "{name}"'))
        for name, text in environ.items()
        if name != _JSON_VARIABLE
    }
    return PropertySource("systemEnvironment", found, environment_style=True)


def default_properties(defaults: Mapping[str, str]) -> PropertySource:
    """What the program itself falls back to, below everything else."""
    found = {key: Value(text, Origin("default properties")) for key, text in defaults.items()}
    return PropertySource("defaultProperties", found, packaged=True)


def _flatten(node: Any, key: str, origin: Origin, found: dict[str, Value]) -> None:
    if isinstance(node, dict) and node:
        for name, child in node.items():
            _flatten(child, f"{key}.{name}" if key else name, origin, found)
    elif isinstance(node, list) and node:
        for place, child in enumerate(node):
            _flatten(child, f"{key}[{place}]", origin, found)
    elif node is None or node in ([], {}):
        found[key] = Value("", origin)
    else:
        found[key] = Value(node, origin)
