"""A process of the estate around a Flask application: settings, parts, order of start and stop.

    def start(starter: Starter) -> Flask: ...
    sys.exit(main("hello", start))

Parts are made when first asked for; each adds itself to the lifecycle and to health.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import flask

from ressort.actuator import Actuator, Endpoint
from ressort.clock import Clock
from ressort.config import ConfigWatcher, Environment, load
from ressort.errors import RessortError
from ressort.flask.announcement import announce_ready
from ressort.flask.application import surround
from ressort.flask.bus import create_bus
from ressort.flask.clocks import clock_of
from ressort.flask.config_servers import config_servers
from ressort.flask.forwarding import forwarding_for
from ressort.flask.management import create_actuator, create_metrics
from ressort.flask.state_directory import ensure_writable
from ressort.lifecycle import Lifecycle, Phase, Readiness, State
from ressort.observability import logs
from ressort.observability.health import HealthRegistry
from ressort.observability.log_events import count_log_events
from ressort.observability.metrics import MeterRegistry
from ressort.observability.pools import register_pool_metrics
from ressort.observability.tracing import SAMPLING_PROBABILITY
from ressort.security import TrustedPeers, guard_binding
from ressort.server.engine import Engine, Shedding, create_engine
from ressort.server.listening import bind_listener
from ressort.server.options import ServerOptions

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from ressort.data import Database
    from ressort.discovery import DiscoveryClient
    from ressort.http import ClientFactory
    from ressort.loadbalancer import LoadBalancer
    from ressort.messaging import Messaging
    from ressort.messaging.bus import Bus
    from ressort.scheduling import Scheduler
    from ressort.server import HotHandler

_WATCH_PHASE = Phase.DATABASE - 10
_DISCOVERY_PHASE = Phase.SERVER - 5
_REGISTERING = (
    "eureka.client.register-with-eureka",
    "spring.cloud.service-registry.auto-registration.enabled",
)


class Starter:
    """Everything a service needs around its Flask application.

    `name` counts when no `spring.application.name` is set. `package` holds a packaged
    `application.yml`. `argv` defaults to the process's arguments. Raises ConfigError for settings
    that cannot be used, StartError for an address that would be open to strangers.
    """

    def __init__(
        self,
        name: str = "",
        *,
        package: str | None = None,
        argv: Sequence[str] | None = None,
        environ: Mapping[str, str] | None = None,
        directory: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._began = time.monotonic()
        self.env: Environment = load(
            package,
            sys.argv[1:] if argv is None else argv,
            environ,
            directory,
            {"spring.application.name": name} if name else None,
            config_servers,
        )
        self.name: str = self.env.get("spring.application.name", "application")
        logs.configure(self.env)
        self.options = self.env.bind(ServerOptions)
        guard_binding(self.options.address, self.env.get("ressort.security.unprotected", False, bool))
        self.clock: Clock = clock or clock_of(self.env)
        self.lifecycle = Lifecycle(
            self.env.seconds("spring.lifecycle.timeout-per-shutdown-phase", "30s"),
            self.env.seconds("ressort.lifecycle.pre-stop-delay", "0s"),
        )
        self.metrics: MeterRegistry = create_metrics(self.env, self.name)
        count_log_events(self.metrics)
        self.health = HealthRegistry()
        self.port = self.options.port
        self._endpoints: list[Endpoint] = []
        self._announced = False
        self.hot: HotHandler | None = None
        """Asked before the application on our own engine (`server.engine: ressort`); set it before `run`."""
        watcher = ConfigWatcher(self.env)
        self.lifecycle.add("configuration watch", _WATCH_PHASE, watcher.start, watcher.stop)
        self.env.on_change(self._settings_changed)

    @cached_property
    def discovery(self) -> DiscoveryClient:
        """The registry's client; follows the registry from the start and registers once serving."""
        from ressort.discovery import create
        from ressort.discovery.registration import registration_of

        client = create(self.env, None, self.metrics, self.health)
        self.lifecycle.add("registry client", _DISCOVERY_PHASE, client.start, client.stop)
        if all(self.env.get(key, True, bool) for key in _REGISTERING):
            self.lifecycle.add(
                "registration",
                Phase.REGISTRY,
                lambda: client.register(registration_of(self.env, self.port)),
                lambda timeout_s: client.deregister(),
            )
        return client

    @cached_property
    def load_balancer(self) -> LoadBalancer:
        """Chooses instances of other services."""
        from ressort.loadbalancer import LoadBalancer

        return LoadBalancer(self.discovery, zone=self.env.get("eureka.instance.metadata-map.zone"))

    @cached_property
    def clients(self) -> ClientFactory:
        """Makes declared HTTP clients of other services."""
        from ressort.flask.circuit_breakers import circuit_breaker_events_endpoint, circuit_breakers_endpoint
        from ressort.http import ClientFactory

        clients = ClientFactory(self.env, self.load_balancer, self.metrics, self.health)
        self.endpoint(circuit_breakers_endpoint(clients.breakers))
        self.endpoint(circuit_breaker_events_endpoint(clients.breakers))
        return clients

    def database(self, migrations: Traversable | Path | None = None) -> Database:
        """The database of `spring.datasource.*`, with health `db`, migrated at start if so configured.

        `migrations` is the folder of the Alembic revisions; `spring.alembic.enabled=false` leaves the
        schema alone. Connections are made at start, not here.
        """
        from ressort.data import Database, DataSourceOptions

        ensure_writable(self.env.home / "var")
        database = Database.open(self.env.bind(DataSourceOptions))
        database.observe(self.metrics)
        migrate = migrations is not None and self.env.get("spring.alembic.enabled", True, bool)

        def start() -> None:
            if migrate and migrations is not None:
                database.migrate(migrations)

        self.health.register("db", database.ping)
        register_pool_metrics(self.metrics, database.engine.pool, database.pool.pool_name, database.name)
        self.lifecycle.add("database", Phase.DATABASE, start, lambda timeout_s: database.close())
        return database

    def messaging(self) -> Messaging:
        """Messages through the binder of `spring.cloud.stream.default-binder`; one per process."""
        return self._messaging

    @cached_property
    def _messaging(self) -> Messaging:
        from ressort.flask.dead_letters import dead_letters_endpoint
        from ressort.messaging import create

        ensure_writable(self.env.home / "var")
        messaging = create(self.env, self.metrics, self.health)
        messaging.install(self.lifecycle)
        self.endpoint(dead_letters_endpoint(messaging.dead_letters))
        return messaging

    @cached_property
    def bus(self) -> Bus | None:
        """The bus of `spring.cloud.bus.*`, None while it is not enabled."""
        return create_bus(self)

    def scheduler(self) -> Scheduler:
        """Cron tasks, fired while the process takes traffic; one per process."""
        return self._scheduler

    @cached_property
    def _scheduler(self) -> Scheduler:
        from ressort.scheduling import Scheduler, SchedulingOptions

        scheduler = Scheduler(self.clock, self.env.bind(SchedulingOptions), metrics=self.metrics)
        self.lifecycle.add("scheduler", Phase.SCHEDULER, scheduler.start, scheduler.stop)
        return scheduler

    def endpoint(self, endpoint: Endpoint) -> None:
        """Add an endpoint of one's own to the actuator, before `run`."""
        self._endpoints.append(endpoint)

    def install(self, app: flask.Flask) -> Actuator:
        """Put traces, metrics and the actuator on an application; `run` does it unless done already."""
        existing = app.extensions.get("ressort.actuator")
        if isinstance(existing, Actuator):
            return existing
        peers = TrustedPeers(self.env.get("ressort.security.trusted-peers", ["127.0.0.0/8", "::1"]))
        strategy = forwarding_for(self.options.forward_headers_strategy, peers)
        probability = self.env.get("management.tracing.sampling.probability", SAMPLING_PROBABILITY)
        surround(app, self.metrics, probability, strategy)
        actuator = create_actuator(self, app)
        for endpoint in self._endpoints:
            actuator.add(endpoint)
        app.extensions["ressort.actuator"] = actuator
        return actuator

    def run(self, app: flask.Flask, *, engine: Engine | None = None) -> int:
        """Start everything in order, serve until told to stop, stop in order; the process's exit code.

        `engine` replaces the one of `server.engine`. A start that fails is told in one line, code 1.
        """
        try:
            self.discovery  # noqa: B018 - registers itself with the lifecycle
            self.bus  # noqa: B018 - registers itself with the lifecycle
            self.install(app)
            self._serve_with(engine or self._default_engine(app))
            self.env.announce()
            self.lifecycle.on_state(self._ready)
            return self.lifecycle.run()
        except RessortError as error:
            return report_failure(self.name, error)

    def _default_engine(self, app: flask.Flask) -> Engine:
        listener = bind_listener(self.options.address, self.options.port)
        self.port = int(listener.getsockname()[1])
        return create_engine(self.options.engine, app, self.options, self.hot, listener)

    def _serve_with(self, engine: Engine) -> None:
        def start() -> None:
            self.port = engine.start()

        def shed(state: State) -> None:
            if self.lifecycle.stopping and state.readiness is Readiness.REFUSING_TRAFFIC:
                engine.shed()  # type: ignore[attr-defined]

        self.lifecycle.add("http server", Phase.SERVER, start, lambda timeout_s: _drained(engine, timeout_s))
        if isinstance(engine, Shedding):
            self.lifecycle.on_state(shed)

    def _ready(self, state: State) -> None:
        if state.readiness is Readiness.ACCEPTING_TRAFFIC and not self._announced:
            self._announced = True
            took_s = time.monotonic() - self._began
            for step in ("started", "ready"):
                self.metrics.gauge(
                    f"application.{step}.time",
                    lambda: took_s,
                    f"Time taken until the application was {step}",
                    "seconds",
                    main_application_class=self.name,
                )
            announce_ready(self.name, self.port, took_s)

    def _settings_changed(self, keys: set[str]) -> None:
        if any(key.startswith(("logging.level", "logging.group")) for key in keys):
            logs.apply_levels(self.env)


def main(name: str, build: Callable[[Starter], flask.Flask], argv: Sequence[str] | None = None) -> int:
    """Run a service: the application made by `build`, until told to stop; the exit code.

    `name` is the service's package, whose packaged `application.yml` is read, or just a name for a
    service without one. Every error of the library is told in one line on standard error, code 1.
    """
    try:
        starter = Starter(name.replace("_", "-"), package=_package(name), argv=argv)
        app = build(starter)
    except RessortError as error:
        return report_failure(name.replace("_", "-"), error)
    return starter.run(app)


def _package(name: str) -> str | None:
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    return name if spec is not None and spec.submodule_search_locations is not None else None


def report_failure(name: str, error: RessortError) -> int:
    """Write why a process cannot start, in one message; returns exit code 1."""
    sys.stderr.write(f"Cannot start {name}: {error}\n")
    sys.stderr.flush()
    return 1


def _drained(engine: Engine, timeout_s: float) -> None:
    if not engine.drain(timeout_s):
        engine.stop()
