"""Keys below ``spring.cloud.config`` that the client does not know, or that another time made: refused by name."""

from __future__ import annotations

from ressort.config.binding import bound_keys
from ressort.config.errors import ConfigError
from ressort.config.merged import MergedProperties
from ressort.config.names import parse_name
from ressort.config.options import ConfigClientOptions

PREFIX = "spring.cloud.config"
_OTHERS = ("server", "monitor")
_BOOTSTRAP = ("allowoverride", "overridenone", "overridesystemproperties", "initializeoncontextrefresh")


def refuse_unknown_keys(properties: MergedProperties) -> None:
    """Raises ConfigError for the first key of a file or argument that nobody would read.

    Variables are left alone: their names do not tell where one word ends.
    """
    prefix = parse_name(PREFIX).uniform
    depth = len(prefix)
    known = [parse_name(key.removesuffix(".*")).uniform for key in bound_keys(ConfigClientOptions, PREFIX)]
    for entry in properties.entries():
        name = entry.name.uniform
        if entry.source.environment_style or name[:depth] != prefix or len(name) == depth:
            continue
        if name[depth] in _OTHERS or any(name[: len(each)] == each for each in known):
            continue
        bootstrap = name[depth] in _BOOTSTRAP
        raise ConfigError(
            "it belongs to the bootstrap phase, which is not here"
            if bootstrap
            else "there is no such setting",
            key=entry.key,
            value=entry.value.value,
            origin=entry.value.origin,
            remedy="Take it out." if bootstrap else "Correct its name, or take it out.",
        )
