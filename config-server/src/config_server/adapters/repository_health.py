"""Health component ``configServer``: can the default label be read, and from which commit."""

from __future__ import annotations

from config_server.application.ports import Repository
from config_server.domain.errors import ConfigServerError
from ressort.observability.health import Health


def repository_health(repository: Repository) -> Health:
    """UP with uri and version, DOWN with the reason."""
    try:
        version = repository.revision(None).version
    except ConfigServerError as error:
        return Health.down(error, repository=repository.uri)
    return Health(
        "UP",
        {"repositories": [{"uri": repository.uri, "label": repository.default_label, "version": version}]},
    )
