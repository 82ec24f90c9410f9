"""The composition root of the configuration server."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Flask

from config_server.adapters.answering import Answering
from config_server.adapters.edits import UncommittedEdits
from config_server.adapters.embedded import ServedFolder, served_folder
from config_server.adapters.encryption import encryption_routes
from config_server.adapters.explaining import explaining_routes
from config_server.adapters.git import GitRepository
from config_server.adapters.http import AnyPath, configuration_routes, install_error_bodies
from config_server.adapters.repository_health import repository_health
from config_server.adapters.watching import watch_routes
from config_server.application.decrypting import Decryption
from config_server.application.file_backend import FileBackend, SearchPaths
from config_server.application.file_rules import FileRules
from config_server.application.find_environment import FindEnvironment
from config_server.application.ports import Backend
from config_server.composition.push import Pushing
from config_server.composition.unsupported import refuse_unsupported
from config_server.domain.errors import RepositoryUnavailableError
from config_server.settings import (
    CompatibilitySettings,
    ConfigServerSettings,
    EmbeddedSettings,
    GitSettings,
    PushSettings,
)
from ressort.clock import SystemClock
from ressort.config import ConfigError, EncryptSettings
from ressort.config.decryption import encryptors
from ressort.crypto import Encryptors
from ressort.flask import Starter

_URI_KEY = "spring.cloud.config.server.git.uri"


@dataclass(frozen=True)
class Adapters:
    """What the application stands on; tests give a repository in memory and a fixed clock."""

    backend: Backend
    now: Callable[[], datetime] = SystemClock().now
    on_request: Callable[[], None] | None = None
    encryptors: Encryptors | None = None
    push: PushSettings = field(default_factory=PushSettings)
    on_built: Callable[[Flask, FindEnvironment, Answering], None] | None = None
    compatibility: CompatibilitySettings = field(default_factory=CompatibilitySettings)


def create_app(settings: ConfigServerSettings, adapters: Adapters) -> Flask:
    """The server as a Flask application; nothing is read before the first request."""
    encrypt = settings.encrypt
    find = FindEnvironment(
        adapters.backend,
        settings.overrides,
        accept_empty=settings.accept_empty,
        decryption=Decryption(
            adapters.encryptors,
            encrypt.enabled,
            encrypt.prefix_invalid_properties,
            encrypt.plain_text_encrypt,
        ),
        fill_state=adapters.push.fill_state,
    )
    answering = Answering(
        find, strip_document=settings.strip_document_from_yaml, settings_digest=_digest(settings, adapters)
    )
    app = Flask("config_server", static_folder=None)
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = AnyPath
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(encryption_routes(adapters.encryptors, settings.prefix))
    app.register_blueprint(explaining_routes(find, settings.prefix))
    if adapters.push.watch.enabled:
        app.register_blueprint(watch_routes(adapters.push.watch.path, settings.prefix))
    if adapters.on_built is not None:
        adapters.on_built(app, find, answering)
    strict = adapters.compatibility.strict_slashes
    app.register_blueprint(configuration_routes(answering, settings.prefix, strict_slashes=strict))
    install_error_bodies(app, adapters.now)
    if adapters.on_request is not None:
        app.before_request(adapters.on_request)
    return app


def _digest(settings: ConfigServerSettings, adapters: Adapters) -> str:
    """Changes with what changes answers. Of a key nothing may be told, so that with one it is new at each start."""
    key = secrets.token_hex(8) if adapters.encryptors is not None else ""
    return hashlib.sha256(f"{settings!r}{adapters.compatibility!r}{key}".encode()).hexdigest()[:8]


def start(starter: Starter) -> Flask:
    """The application with the repository its settings name. Raises ConfigError when there is none."""
    refuse_unsupported(starter.env)
    settings = starter.env.bind(ConfigServerSettings)
    embedded = starter.env.bind(EmbeddedSettings)
    keys = encryptors(starter.env.bind(EncryptSettings), starter.env.home)
    try:
        if settings.git.uri:
            repository = _given_repository(settings, starter.env.home)
            on_request = None
        else:
            served = _served_folder(starter.env.home, embedded)
            repository = served.repository
            edits = UncommittedEdits(served, starter.clock.monotonic)
            edits.look()
            on_request = edits.look
    except RepositoryUnavailableError as error:
        raise ConfigError(
            str(error),
            key=_URI_KEY,
            value=settings.git.uri or None,
            origin=starter.env.origin(_URI_KEY),
            remedy="You need to set a Git URI: a folder or file: URI of a git repository on this machine.",
        ) from error
    switches = starter.env.bind(CompatibilitySettings)
    rules = FileRules(switches.repository_profiles, switches.repository_imports, switches.legacy_profiles)
    backend = FileBackend(repository, SearchPaths(settings.git.search_paths), rules=rules)
    starter.health.register("configServer", lambda: repository_health(repository))
    push = starter.env.bind(PushSettings)
    pushing = Pushing(starter, push, settings.prefix, backend)
    adapters = Adapters(backend, starter.clock.now, on_request, keys, push, pushing.install, switches)
    return create_app(settings, adapters)


def _given_repository(settings: ConfigServerSettings, home: Path) -> GitRepository:
    return GitRepository(local_path(settings.git.uri, home), settings.git.uri, _labels(settings))


def _served_folder(home: Path, embedded: EmbeddedSettings) -> ServedFolder:
    return served_folder(home, embedded.folder, home / "var" / f"{embedded.folder.replace('/', '-')}.git")


def _labels(settings: ConfigServerSettings) -> tuple[str, ...]:
    """Spring falls back to ``master`` only from the label it chose itself, ``main``."""
    git: GitSettings = settings.git
    label = git.default_label or settings.default_label
    if label:
        return (label,)
    return ("main", "master") if git.try_master_branch else ("main",)


def local_path(uri: str, home: Path) -> Path:
    """The folder of a path, ``file:`` or ``file://`` URI. Raises RepositoryUnavailableError for another scheme."""
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return home / unquote(parts.netloc + parts.path)
    if parts.scheme or "@" in uri.partition("/")[0]:
        raise RepositoryUnavailableError(
            f"only repositories on this machine can be served, not {parts.scheme or uri}"
        )
    return home / Path(uri).expanduser()
