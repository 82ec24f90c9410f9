"""The composition root of the gateway."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from gateway.access_log import AccessLog
from gateway.actuator import gateway_endpoint
from gateway.entries import api_entry, front_entry
from gateway.exploitation.addresses import read_addresses
from gateway.exploitation.directory import Directory
from gateway.exploitation.handler import EXPLOITATION, Exploitation
from gateway.exploitation.options import ExploitationOptions
from gateway.filters.built_in import built_in_filters
from gateway.filters.services import FilterServices
from gateway.front import Front
from gateway.metrics import RequestTimers
from gateway.pages import documents_page
from gateway.problems import NOT_FOUND, UNAVAILABLE, Problems
from gateway.proxy.engine import Observer, Proxy
from gateway.routes.predicates import built_in_predicates
from gateway.rules import RuleSource, time_limits
from gateway.settings import AccessLogOptions, read_front
from ressort.errors import StartError
from ressort.flask import Starter
from ressort.flask.circuit_breakers import circuit_breakers_endpoint
from ressort.lifecycle import Phase
from ressort.resilience import BreakerRegistry
from ressort.server import HotHandler, HttpEngine, Limits, Listener, NettyOptions, ServerOptions

_BEFORE_SERVER = Phase.SERVER - 1


@dataclass(frozen=True)
class Member:
    """The gateway ready to run: the application for its own pages and the engine that serves it all."""

    app: Flask
    engine: HttpEngine
    proxy: Proxy


def start(starter: Starter) -> Member:
    """Everything wired for a process. Raises ``ConfigError`` for a route that cannot be understood."""
    env = starter.env
    locale = str(env.get("spring.web.locale", "en"))
    filters, predicates = built_in_filters(), built_in_predicates()
    breakers = BreakerRegistry(env, starter.metrics, starter.health)
    services = FilterServices(
        monotonic=time.monotonic,
        call_later=lambda delay_s, callback: proxy.call_later(delay_s, callback),
        breakers=breakers,
        time_limits=time_limits(env),
    )
    source = RuleSource(env, predicates, filters, services)
    log = _access_log(starter)
    rules = source.read()
    observers: list[Observer] = [RequestTimers(starter.metrics)] if rules.options.metrics else []
    if log is not None:
        observers.append(log)
    problems = Problems(locale)
    proxy = Proxy(
        rules,
        starter.load_balancer,
        tuple(observers),
        local={
            UNAVAILABLE: problems.unavailable,
            NOT_FOUND: problems.not_found,
            EXPLOITATION: _exploitation(starter, problems).handle,
        },
    )
    source.follow(proxy)
    app = create_app(proxy, locale)
    starter.endpoint(gateway_endpoint(proxy, filters, predicates, env.refresh))
    starter.endpoint(circuit_breakers_endpoint(breakers))
    _gauges(starter, proxy)
    return Member(app, _engine(starter, proxy, app, log, problems), proxy)


def _exploitation(starter: Starter, problems: Problems) -> Exploitation:
    """Calls of operators, over what this process knows of the registry and the config server."""
    env = starter.env
    addresses = read_addresses(env)
    directory = Directory(starter.discovery, addresses, starter.load_balancer.failing)
    options = env.bind(ExploitationOptions)
    return Exploitation(starter.options.address, addresses, directory, problems, starter.clock, options)


def create_app(proxy: Proxy, locale: str) -> Flask:
    """The Flask application of the gateway's own pages; the actuator is put on it by the starter."""
    app = Flask("gateway", static_folder=None)
    app.register_blueprint(documents_page(lambda: proxy.rules.table, locale))
    return app


def gateway_limits(options: ServerOptions, netty: NettyOptions, ambiguous_paths: bool) -> Limits:
    """Spring's limits on heads; bodies are streamed and bounded by ``server.max-http-request-body-size``."""
    return Limits(
        request_line_bytes=netty.max_initial_line_length_bytes,
        head_bytes=options.max_http_request_header_size_bytes,
        body_bytes=options.max_http_request_body_size_bytes,
        keep_alive_s=options.keep_alive_timeout_s,
        connections=options.max_connections,
        ambiguous_paths=ambiguous_paths,
    )


def _engine(
    starter: Starter, proxy: Proxy, app: Flask, log: AccessLog | None, problems: Problems
) -> HttpEngine:
    options = starter.options
    front = read_front(starter.env)
    limits = gateway_limits(options, starter.env.bind(NettyOptions), proxy.options.ambiguous_paths)
    refused = log.refused if log is not None else None

    def listener(port: int, hot: HotHandler) -> Listener:
        return Listener(
            options.address,
            port,
            hot,
            app,
            limits,
            on_refused=refused,
            refusal_answer=problems.refusal,
        )

    listeners = [listener(options.port, api_entry(proxy))]
    if front.enabled:
        files = Front(front_folder(starter.env.home, front.root), front.content_security_policy)
        listeners.append(listener(front.port, front_entry(proxy, files)))
    return HttpEngine(
        listeners, threads=options.threads, backlog=options.backlog, name="gateway", prepare=proxy.prepare
    )


def _access_log(starter: Starter) -> AccessLog | None:
    options = starter.env.bind(AccessLogOptions)
    if not options.enabled:
        return None
    path = starter.env.home / options.file
    log = AccessLog(path, options.max_size_bytes, options.backups)

    def begin() -> None:
        try:
            log.start()
        except OSError as error:
            raise StartError(f"the access log {path} cannot be written: {error.strerror}") from error

    starter.lifecycle.add("access log", _BEFORE_SERVER, begin, log.stop)
    return log


def _gauges(starter: Starter, proxy: Proxy) -> None:
    def connections(idle: bool) -> float:
        pools = proxy.pools
        waiting = sum(len(pool.idle) for pool in pools)
        return waiting if idle else sum(len(pool.connections) for pool in pools) - waiting

    starter.metrics.gauge(
        "spring.cloud.gateway.routes.count", lambda: len(proxy.rules.table.routes), "Routes in force"
    )
    name, text = "gateway.upstream.connections", "Connections to members"
    starter.metrics.gauge(name, lambda: connections(True), text, state="idle")
    starter.metrics.gauge(name, lambda: connections(False), text, state="active")


def front_folder(home: Path, root: str) -> Path:
    """The built front: ``root`` below ``home`` where there is such a folder, else the one that came in the wheel."""
    own, shipped = home / root, Path(__file__).parent / "dist"
    return shipped if shipped.is_dir() and not own.is_dir() else own
