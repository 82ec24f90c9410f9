"""The composition root of the registry server."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import flask

from discovery.adapters.dashboard import dashboard
from discovery.adapters.eureka_api import EurekaApi
from discovery.adapters.hot import EurekaOnLoop
from discovery.adapters.keeper import RegistryKeeper
from discovery.adapters.snapshot import Snapshot
from discovery.adapters.wsgi import EurekaBeforeWsgi
from discovery.domain.lease_time import LeaseTime
from discovery.domain.registry import Registry
from discovery.settings import Settings, settings_of
from ressort.flask import Starter
from ressort.lifecycle import Phase
from ressort.observability.health import Health
from ressort.server import HttpEngine, Listener, ServerOptions, limits_of
from ressort.server.engine import Engine
from ressort.server.listening import bind_listener

ENGINE = "ressort"
LARGEST_REQUEST = 1_000_000


@dataclass(frozen=True)
class Node:
    """One registry server, not started: its application and, on our own engine, the way around it."""

    registry: Registry
    api: EurekaApi
    app: flask.Flask
    engine: Engine | None


def create_registry(settings: Settings) -> Registry:
    """An empty registry on the machine's clocks."""
    return Registry(
        LeaseTime(time.monotonic),
        wall_ms,
        settings.protection,
        settings.server.retention_time_in_ms_in_delta_queue / 1000,
    )


def create_app(settings: Settings, registry: Registry | None = None) -> flask.Flask:
    """Page and REST over a registry, as a WSGI application."""
    registry = registry or create_registry(settings)
    app = flask.Flask("discovery", static_folder=None)
    app.url_map.merge_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if settings.dashboard.enabled:
        app.register_blueprint(dashboard(registry, settings))
    app.wsgi_app = EurekaBeforeWsgi(EurekaApi(registry), app.wsgi_app)  # type: ignore[method-assign]
    return app


def start(starter: Starter) -> Node:
    """The node a starter will run, its keeper, health and gauges added to the process."""
    settings = settings_of(starter.env)
    registry = create_registry(settings)
    folder = starter.env.home / "var" / "discovery"
    snapshot = Snapshot(folder / "registry.json") if settings.own.snapshot_enabled else None
    keeper = RegistryKeeper(registry, snapshot)
    starter.lifecycle.add("registry", Phase.DATABASE, lambda: keeper.start(wall_ms()), keeper.stop)
    starter.health.register("registry", lambda: _health(registry))
    _measure(starter, registry)
    app = create_app(settings, registry)
    api = EurekaApi(registry)
    return Node(registry, api, app, _engine(app, api, starter.options))


def wall_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _engine(app: flask.Flask, api: EurekaApi, options: ServerOptions) -> Engine | None:
    """Our own engine with Eureka's REST on its loop; None leaves the choice to the starter."""
    if options.engine != ENGINE:
        return None
    limits = replace(limits_of(options), body_bytes=LARGEST_REQUEST, ambiguous_paths=True)
    listener = Listener(
        options.address,
        options.port,
        hot=EurekaOnLoop(api),
        wsgi=app,
        limits=limits,
        bound=bind_listener(options.address, options.port),
    )
    return HttpEngine((listener,), threads=options.threads, backlog=options.backlog, name="registry")


def _health(registry: Registry) -> Health:
    figures = registry.figures()
    return Health("UP", {"instances": figures.instances, "selfPreservation": figures.protection.active})


def _measure(starter: Starter, registry: Registry) -> None:
    gauge = starter.metrics.gauge
    gauge("eureka.server.registry.instances", lambda: registry.figures().instances, "Registered instances")
    gauge(
        "eureka.server.renewals.last.minute",
        lambda: registry.figures().renewals_last_minute,
        "Heartbeats received within the last minute",
    )
    gauge(
        "eureka.server.self.preservation.active",
        lambda: float(registry.figures().protection.active),
        "1 while evictions are held back",
    )
