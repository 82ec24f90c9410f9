"""What a program asks for its settings: typed, relaxed, with origins, refreshed in one atomic step."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from ressort.config.binding import bind, bound_keys, section, value_of
from ressort.config.central import CentralConfiguration
from ressort.config.changes import changed_keys
from ressort.config.conversion import convert, seconds
from ressort.config.errors import ConfigError
from ressort.config.fields import PREFIX
from ressort.config.live import Listener, Live, narrowed
from ressort.config.loading import Inputs, Loaded, Locate, read_everything
from ressort.config.merged import MergedProperties
from ressort.config.names import how_to_set, parse_name
from ressort.config.near_miss import KnownKeys, near_misses
from ressort.config.sources import Origin, PropertySource

T = TypeVar("T")
_LOG = logging.getLogger("ressort.config")


def load(
    package: str | None = None,
    argv: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    directory: Path | None = None,
    defaults: Mapping[str, str] | None = None,
    locate: Callable[[Environment, str], Sequence[str]] | None = None,
) -> Environment:
    """Read the settings of a process, lowest precedence first.

    The ``application.yml`` inside ``package``, the files of ``directory`` (default: the current one) and of its
    ``config/``, the config server they import, the variables of ``environ`` (default: the process's own),
    SPRING_APPLICATION_JSON, and ``--key=value`` of ``argv``. Below them all lie ``defaults``. ``locate`` gives the
    addresses of a config server by its name in the registry (`spring.cloud.config.discovery`). Raises ConfigError
    for a broken file or setting.
    """
    inputs = Inputs(
        package,
        tuple(argv),
        dict(os.environ if environ is None else environ),
        Path.cwd() if directory is None else Path(directory),
        dict(defaults or {}),
    )
    if locate is None:
        return Environment(inputs)
    return Environment(inputs, lambda known, name: locate(Environment(inputs, loaded=known), name))


class Environment:
    """The settings of one process. Reading never blocks; ``refresh`` swaps all of them at once."""

    def __init__(self, inputs: Inputs, locate: Locate | None = None, loaded: Loaded | None = None) -> None:
        """See ``load``. With ``loaded`` nothing is read: what it holds is shown."""
        self._inputs = inputs
        self._locate = locate
        self._notes: list[tuple[int, str]] = []
        self._announced = False
        self._known = KnownKeys()
        self._listeners: list[Listener] = []
        self._live: list[Live[Any]] = []
        self._refreshing = threading.Lock()
        self._loaded: Loaded = loaded or read_everything(inputs, None, self._note, locate)

    @property
    def active_profiles(self) -> tuple[str, ...]:
        """Profiles chosen, in order; empty when only the default one counts."""
        return self._loaded.active_profiles

    @property
    def default_profiles(self) -> tuple[str, ...]:
        """Profiles that count when none is chosen, normally ``default``."""
        return self._loaded.default_profiles

    @property
    def directory(self) -> Path:
        """The folder relative paths start from."""
        return self._inputs.directory

    @property
    def home(self) -> Path:
        """Where ``var/`` lies: property ``ressort.home``, default the folder of the process."""
        return self._inputs.directory / str(self.get("ressort.home", "."))

    @property
    def central(self) -> CentralConfiguration | None:
        """The config server in use, None when nothing imports one."""
        return self._loaded.central

    def get(self, key: str, default: Any = None, as_type: Any = None) -> Any:
        """The value of ``key`` in any spelling, placeholders replaced, as ``as_type``.

        Without ``as_type`` the type of the default counts, else text. ``list[str]`` reads a list or comma
        separated text, and a list asked for as text is joined with commas. A missing key gives ``default``.
        Raises ConfigError for a value of another type.
        """
        self._known.add(key)
        properties = self._properties
        uniform = parse_name(key).uniform
        kind = as_type or (type(default) if default is not None else str)
        raw = properties.get(key)
        if raw is None and not properties.children(uniform):
            return default
        if raw is None:
            if kind is str:
                return _joined(properties, key, default)
            return value_of(properties, kind, key)
        try:
            return convert(raw, kind)
        except ValueError as error:
            raise ConfigError(str(error), key=key, value=raw, origin=properties.origin(key)) from error
        except TypeError:
            return value_of(properties, kind, key)

    def require(self, key: str, as_type: Any = None) -> Any:
        """Like ``get`` for a key that must be set. Raises ConfigError when it is not."""
        if not self.contains(key):
            raise ConfigError(
                "a value is required",
                key=key,
                remedy=how_to_set(key),
            )
        return self.get(key, as_type=as_type)

    def seconds(self, key: str, default: str | float = 0.0, unit: str = "ms") -> float:
        """A duration in seconds; a bare number counts in ``unit``. ``default`` is text such as ``30s`` or seconds."""
        self._known.add(key)
        raw = self._properties.get(key)
        try:
            if raw is None:
                return default if isinstance(default, float) else seconds(default, unit)
            return seconds(raw, unit)
        except ValueError as error:
            raise ConfigError(str(error), key=key, value=raw, origin=self.origin(key)) from error

    def contains(self, key: str) -> bool:
        """True when ``key`` has a value, or is a list or map with values."""
        self._known.add(key)
        properties = self._properties
        return properties.find(key) is not None or properties.has(parse_name(key).uniform)

    def origin(self, key: str) -> Origin | None:
        """Where the value of ``key`` was written: ``str`` gives ``config/application.yml:12``."""
        return self._properties.origin(key)

    def bind(self, cls: type[T], prefix: str | None = None) -> T:
        """A settings dataclass filled from the properties below its prefix. Raises ConfigError."""
        effective = prefix if prefix is not None else getattr(cls, PREFIX, None)
        if effective is not None:
            self._known.add(*bound_keys(cls, effective))
        return bind(self._properties, cls, prefix)

    def section(self, prefix: str) -> dict[str, Any]:
        """The subtree below ``prefix`` as plain dicts and lists; empty when there is none."""
        self._known.add(f"{prefix}.*")
        found = section(self._properties, prefix)
        return cast(dict[str, Any], found) if isinstance(found, dict) else {}

    def property_sources(self) -> list[PropertySource]:
        """Every source, highest precedence first."""
        return list(self._properties.sources)

    def refresh(self) -> list[str]:
        """Read files and config server again; the changed keys, sorted, those that vanished included.

        All settings change in one step, `live` objects included, or, when a ConfigError is raised, not at all.
        Listeners are called after the change, in the order they came.
        """
        with self._refreshing:
            before = self._loaded
            after = read_everything(self._inputs, before.central, self._note, self._locate)
            rebound = [(each, each.bound_to(after.properties)) for each in self._live]
            self._loaded = after
            for each, settings in rebound:
                each.swap(settings)
        changed = changed_keys(before.properties, after.properties)
        if changed:
            settings = sorted(key for key in changed if not key.startswith("config.client."))
            _LOG.log(
                logging.INFO if settings else logging.DEBUG,
                "configuration refreshed, changed: %s",
                ", ".join(settings) or "only its version",
            )
            self._tell(changed)
        return sorted(changed)

    def override(self, values: Mapping[str, str]) -> list[str]:
        """Set properties above all others until the process ends, then refresh; the changed keys.

        When a ConfigError is raised, nothing is set.
        """
        before = self._inputs
        self._inputs = replace(before, manager={**before.manager, **values})
        try:
            return self.refresh()
        except ConfigError:
            self._inputs = before
            raise

    def on_change(self, listener: Listener) -> None:
        """Call ``listener`` with the changed keys after every refresh that changed something."""
        self._listeners.append(listener)

    def on_refresh(self, *keys: str) -> Callable[[Listener], Listener]:
        """A decorator: the function hears of changes of these keys, and of those below them; of all without any.

        @env.on_refresh("relance", "mail.from")
        def changed(keys: set[str]) -> None: ...
        """

        def register(listener: Listener) -> Listener:
            self.on_change(narrowed(listener, keys))
            return listener

        return register

    def live(self, cls: type[T], prefix: str | None = None) -> Live[T]:
        """A settings dataclass that is bound anew at every refresh: ``live()`` is the object in force.

        Keys that vanished fall back to their defaults. A refresh whose values it refuses changes nothing at all.
        Raises ConfigError for those of now.
        """
        found = Live(self.bind(cls, prefix), lambda properties: bind(properties, cls, prefix))
        self._live.append(found)
        return found

    def announce(self) -> None:
        """Write what happened while loading to the log, and warn of near-miss keys. Call once logging is set up."""
        self._announced = True
        notes, self._notes = self._notes, []
        for level, message in notes:
            _LOG.log(level, message)
        for miss in near_misses(self._properties, self._known):
            _LOG.warning("%s", miss)

    @property
    def _properties(self) -> MergedProperties:
        return self._loaded.properties

    def _note(self, level: int, message: str) -> None:
        if self._announced:
            _LOG.log(level, message)
        else:
            self._notes.append((level, message))

    def _tell(self, changed: set[str]) -> None:
        for listener in list(self._listeners):
            try:
                listener(set(changed))
            except Exception:  # noqa: BLE001 - one listener's fault must not keep the others from hearing
                _LOG.exception("a listener of configuration changes failed")


def _joined(properties: MergedProperties, key: str, default: Any) -> Any:
    """A list asked for as text: its items with commas, as it could have been written. A map is no text."""
    if parse_name(key).uniform not in properties.list_names:
        return default
    return ",".join(value_of(properties, list[str], key))
