"""Reads every source of a process once, in Spring's order, into one immutable set of properties."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ressort.config._client_keys import refuse_unknown_keys
from ressort.config.binding import bind
from ressort.config.central import CentralConfiguration, central_configuration
from ressort.config.decryption import encryptors
from ressort.config.encryption import EncryptSettings, decrypted
from ressort.config.errors import ConfigError
from ressort.config.gathering import Gathering, Place
from ressort.config.locations import Folder, Location, Packaged
from ressort.config.merged import MergedProperties
from ressort.config.options import ConfigClientOptions
from ressort.config.process_sources import (
    application_json,
    command_line,
    default_properties,
    environment_variables,
)
from ressort.config.profile_selection import active_profiles, default_profiles
from ressort.config.sources import Origin, PropertySource, Value

Note = Callable[[int, str], None]
Locate = Callable[["Loaded", str], Sequence[str]]
"""Addresses of a service in the registry, by what is configured on this machine."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a process has of its own: package, arguments, variables, folder, and what was set while it runs."""

    package: str | None
    argv: tuple[str, ...]
    environ: Mapping[str, str]
    directory: Path
    defaults: Mapping[str, str] = field(default_factory=dict)
    manager: Mapping[str, str] = field(default_factory=dict)
    """What was set while it runs, over the bus."""

    def process_sources(self) -> list[PropertySource]:
        """What was set later, command line, JSON, variables: highest first."""
        arguments = command_line(self.argv)
        json_source = application_json(arguments, self.environ)
        variables = environment_variables(self.environ)
        set_later = {key: Value(text, Origin("manager")) for key, text in self.manager.items()}
        manager = PropertySource("manager", set_later) if set_later else None
        return [source for source in (manager, arguments, json_source, variables) if source is not None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of one reading."""

    properties: MergedProperties
    active_profiles: tuple[str, ...]
    default_profiles: tuple[str, ...]
    central: CentralConfiguration | None


def read_everything(
    inputs: Inputs, central: CentralConfiguration | None, note: Note, locate: Locate | None = None
) -> Loaded:
    """Files, then the config server, below the process's own sources. ``central`` is that of a former
    reading.

    Raises ConfigError for the first thing that cannot be used.
    """
    process = inputs.process_sources()
    without_profiles = _gathered(inputs, process, None).merged()
    active, default = active_profiles(without_profiles), default_profiles(without_profiles)
    gathering = _gathered(inputs, process, active or default)
    local = gathering.merged()
    options = bind(local, ConfigClientOptions)
    remote: list[PropertySource] = []
    refuse_unknown_keys(local)
    if gathering.server_imports and options.enabled:
        folder = _home(inputs, local) / "var" / "config-cache"
        wanted = central_configuration(
            local,
            options,
            gathering.server_imports[-1],
            active or default,
            folder,
            _locating(Loaded(local, active, default, None), locate),
            encryptors(bind(local, EncryptSettings), _home(inputs, local)),
        )
        first = central is None or not central.same_question(wanted)
        central = wanted if first or central is None else central
        remote = central.sources(note, first=first)
    else:
        central = None
    sources = [*process, *remote, *reversed(gathering.sources)]
    merged = MergedProperties(decrypted(sources, _home(inputs, local)))
    note(logging.DEBUG, "property sources: " + ", ".join(source.name for source in merged.sources))
    return Loaded(merged, active, default, central)


def _locating(known: Loaded, locate: Locate | None) -> Callable[[str], Sequence[str]] | None:
    return None if locate is None else lambda service_id: locate(known, service_id)


def _home(inputs: Inputs, properties: MergedProperties) -> Path:
    return inputs.directory / str(properties.get("ressort.home") or ".")


def _gathered(
    inputs: Inputs, process: Sequence[PropertySource], profiles: tuple[str, ...] | None
) -> Gathering:
    known = MergedProperties(process)
    name = str(known.get("spring.config.name") or "application")
    here = Folder(inputs.directory, inputs.directory)
    gathering = Gathering(process, name, profiles, inputs.package, here)
    if inputs.defaults:
        gathering.sources.append(default_properties(inputs.defaults))
    for places in _levels(inputs, known, here):
        gathering.group(places)
    gathering.follow_process_imports()
    return gathering


def _levels(inputs: Inputs, known: MergedProperties, here: Folder) -> list[list[Place]]:
    """Groups of places, lowest first; the places of one group share a level."""
    replaced = known.get("spring.config.location")
    if replaced is not None:
        levels = _written(str(replaced), inputs, here)
    else:
        packaged = Packaged(inputs.package) if inputs.package else None
        levels = [[Place(packaged), Place(packaged.at("config"))]] if packaged is not None else []
        folders = [here, here.at("config"), *here.at("config").subfolders()]
        levels.append([Place(folder) for folder in folders])
    additional = known.get("spring.config.additional-location")
    return [*levels, *(_written(str(additional), inputs, here) if additional else [])]


def _written(text: str, inputs: Inputs, here: Folder) -> list[list[Place]]:
    """``a/,b/;c/``: commas part levels, semicolons places of one level."""
    return [
        [_place(part.strip(), inputs, here) for part in level.split(";") if part.strip()]
        for level in text.split(",")
        if level.strip()
    ]


def _place(text: str, inputs: Inputs, here: Folder) -> Place:
    optional = text.startswith("optional:")
    path = text.removeprefix("optional:")
    location: Location
    if path.startswith("classpath:") and inputs.package:
        location = Packaged(inputs.package).at(path.removeprefix("classpath:"))
    else:
        folder = here.at(path.removeprefix("file:"))
        if not optional and not folder.exists():
            raise ConfigError(
                "the folder does not exist",
                key="spring.config.location",
                value=text,
                remedy="Create it, or write optional: in front of it.",
            )
        location = folder
    return Place(location, optional)
