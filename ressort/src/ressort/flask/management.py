"""Metrics and actuator of a process, put together from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import flask

from ressort.actuator import Actuator, ManagementOptions, read_options
from ressort.actuator.endpoints.contexts import ScheduledTask, mappings_endpoint, scheduledtasks_endpoint
from ressort.actuator.endpoints.env import env_endpoint
from ressort.actuator.endpoints.health import health_endpoint
from ressort.actuator.endpoints.info import build_of, info_endpoint
from ressort.actuator.endpoints.loggers import loggers_endpoint
from ressort.actuator.endpoints.metrics import metrics_endpoint, prometheus_endpoint
from ressort.actuator.endpoints.refresh import refresh_endpoint, shutdown_endpoint
from ressort.actuator.endpoints.threaddump import threaddump_endpoint
from ressort.actuator.indicators import central_configuration, register_standard
from ressort.actuator.options import truth
from ressort.config import Environment
from ressort.flask._actuator import install_actuator, routes_of
from ressort.flask.clocks import clock_note
from ressort.observability import logs
from ressort.observability.metrics import HISTOGRAM_SECONDS, MeterRegistry
from ressort.observability.process import register_process_metrics

if TYPE_CHECKING:
    from ressort.flask.starter import Starter


def create_metrics(env: Environment, name: str) -> MeterRegistry:
    """The registry with common tags, switched-off prefixes and histogram bounds of `management.metrics`."""
    section = env.section("management.metrics")
    tags = {"application": name, **{k: str(v) for k, v in _flat(section.get("tags")).items()}}
    disabled = [prefix for prefix, value in _flat(section.get("enable")).items() if not truth(value)]
    distribution = section.get("distribution") or {}
    buckets = {
        prefix: HISTOGRAM_SECONDS
        for prefix, value in _flat(distribution.get("percentiles-histogram")).items()
        if truth(value)
    }
    registry = MeterRegistry(tags, disabled, buckets)
    register_process_metrics(registry)
    return registry


def create_actuator(starter: Starter, app: flask.Flask) -> Actuator:
    """Every endpoint of a service, installed on its application."""
    env = starter.env
    register_standard(env, starter.health, starter.lifecycle)
    if env.central is not None and _shows_config_server(env):
        starter.health.register("clientConfigServer", central_configuration(env))
    actuator = Actuator(
        _options(env),
        [
            health_endpoint(env, starter.health),
            info_endpoint(
                env, build_of(starter.name, starter.name), {"clock": lambda: clock_note(starter.clock)}
            ),
            env_endpoint(env),
            metrics_endpoint(starter.metrics),
            prometheus_endpoint(starter.metrics),
            loggers_endpoint(lambda: logs.groups_of(env)),
            refresh_endpoint(env),
            shutdown_endpoint(starter.lifecycle.request_stop),
            threaddump_endpoint(),
            mappings_endpoint(starter.name, lambda: routes_of(app)),
            scheduledtasks_endpoint(lambda: _tasks(starter)),
        ],
    )
    probes = truth(env.get("management.endpoint.health.probes.add-additional-paths", "false"))
    install_actuator(app, actuator, probes)
    return actuator


def _shows_config_server(env: Environment) -> bool:
    """Spring's two names for one switch."""
    switches = ("health.config.enabled", "management.health.config.enabled")
    return all(env.get(key, True, bool) for key in switches)


def _options(env: Environment) -> Any:
    """The switches, read again only after the configuration changed."""
    current: list[ManagementOptions] = [read_options(env)]

    def changed(keys: set[str]) -> None:
        if any(key.startswith("management.") for key in keys):
            current[0] = read_options(env)

    env.on_change(changed)
    return lambda: current[0]


def _tasks(starter: Starter) -> list[ScheduledTask]:
    if "_scheduler" not in vars(starter):
        return []
    return [
        ScheduledTask(
            task.name,
            task.cron or f"every {task.delay_s} s",
            task.next_fire,
            {"status": task.last_run.status, "time": task.last_run.at.isoformat()} if task.last_run else None,
        )
        for task in starter.scheduler().tasks()
    ]


def _flat(tree: Any, prefix: str = "") -> dict[str, Any]:
    if not isinstance(tree, Mapping):
        return {}
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {f"{prefix}{key}": value}
    return flat
