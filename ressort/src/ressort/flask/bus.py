"""The bus of a process: made from its settings, with `/actuator/busrefresh` and `/actuator/busenv`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from ressort.actuator import Endpoint
from ressort.actuator.endpoint import BadCallError, Call

if TYPE_CHECKING:
    from ressort.config import Environment
    from ressort.flask.starter import Starter
    from ressort.messaging.bus import Bus


def create_bus(starter: Starter) -> Bus | None:
    """None unless `spring.cloud.bus.enabled`. Raises ConfigError for what is not supported."""
    env = starter.env
    if not env.get("spring.cloud.bus.enabled", False, bool):
        return None
    from ressort.messaging.bus import Bus, BusOptions

    options = env.bind(BusOptions)
    options.check()
    bus = Bus(
        starter.messaging(),
        options,
        _service_id(options.id, env, lambda: starter.port),
        env.refresh,
        env.override,
        starter.clock,
        env.get("spring.cloud.config.name", [], list[str]),
    )
    if options.refresh.enabled:
        starter.endpoint(_refresh_endpoint(bus))
    if options.env.enabled:
        starter.endpoint(_environment_endpoint(bus))
    return bus


def _service_id(given: str, env: Environment, port: Callable[[], int]) -> Callable[[], str]:
    """``spring.cloud.bus.id``, else ``name[:profiles]:index:random`` with the port as index, as Spring makes it."""
    if given:
        return lambda: given
    name = str(env.get("spring.application.name", "application"))
    unique = uuid.uuid4().hex
    profiles = ",".join(env.active_profiles)

    def made() -> str:
        index = env.get("spring.application.index", str(port()))
        return ":".join(part for part in (name, profiles, str(index), unique) if part)

    return made


def _refresh_endpoint(bus: Bus) -> Endpoint:
    """POST, for all or for the destination below; 204."""
    return Endpoint(
        "busrefresh",
        write=lambda _: bus.refresh(),
        write_selected=lambda call: bus.refresh(":".join(call.path)),
        selector="*destinations",
    )


def _environment_endpoint(bus: Bus) -> Endpoint:
    """POST ``{"name": ..., "value": ...}``, for all or for the destination below; 204."""

    def change(call: Call) -> None:
        body = call.body
        if not isinstance(body, dict) or not isinstance(body.get("name"), str):
            raise BadCallError('a body {"name": "...", "value": "..."} is needed')
        value = body.get("value")
        bus.change(body["name"], "" if value is None else str(value), ":".join(call.path) or None)

    return Endpoint("busenv", write=change, write_selected=change, selector="*destinations")
