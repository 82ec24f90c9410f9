"""Health indicators every process has: its own two states, the disk, and a ping."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ressort.actuator.endpoints.health import indicator_switch
from ressort.actuator.properties import CentralEnvironment, Environment
from ressort.lifecycle import Lifecycle, Liveness
from ressort.observability.health import Health, HealthRegistry

_THRESHOLD_BYTES = 10 * 1024 * 1024


def register_standard(env: Environment, registry: HealthRegistry, lifecycle: Lifecycle) -> None:
    """Register ping, diskSpace, livenessState and readinessState, except those switched off."""
    enabled = indicator_switch(env)
    registry.register("livenessState", lambda: liveness(lifecycle))
    registry.register("readinessState", lambda: readiness(lifecycle))
    if enabled("ping"):
        registry.register("ping", Health)
    if enabled("diskspace"):
        path = Path(env.get("management.health.diskspace.path", env.get("ressort.home", ".")))
        registry.register("diskSpace", disk_space(path))


def liveness(lifecycle: Lifecycle) -> Health:
    """UP while the process works, DOWN when it asks to be restarted."""
    return Health("UP" if lifecycle.liveness is Liveness.CORRECT else "DOWN")


def readiness(lifecycle: Lifecycle) -> Health:
    """UP while traffic is welcome, OUT_OF_SERVICE while starting or stopping."""
    return Health("UP" if lifecycle.accepting else "OUT_OF_SERVICE")


def disk_space(path: Path, threshold_bytes: int = _THRESHOLD_BYTES) -> Callable[[], Health]:
    """DOWN when the disk of `path` has fewer free bytes than the threshold, or the path is gone."""

    def indicator() -> Health:
        shown = {"threshold": threshold_bytes, "path": str(path.resolve()), "exists": path.exists()}
        if not path.exists():
            return Health("DOWN", {"total": 0, "free": 0, **shown})
        usage = shutil.disk_usage(path)
        status = "UP" if usage.free >= threshold_bytes else "DOWN"
        return Health(status, {"total": usage.total, "free": usage.free, **shown})

    return indicator


def central_configuration(env: CentralEnvironment) -> Callable[[], Health]:
    """`clientConfigServer`: UP with the names of its sources; UNKNOWN with the error while it is away.

    A process goes on with the copy it has, so an absent config server is no reason to take it down.
    Reads what the last poll learned; asks nobody.
    """

    def indicator() -> Health:
        central = env.central
        if central is None:
            return Health("UNKNOWN", {"error": "no config server is imported"})
        state = central.state()
        details: dict[str, Any] = {"propertySources": list(state.source_names), "uri": state.address}
        if state.version:
            details["version"] = state.version
        if state.copy_of is not None:
            details["copyOf"] = state.copy_of.isoformat()
        if state.error is not None:
            return Health("UNKNOWN", {**details, "error": state.error})
        return Health("UP", details)

    return indicator
