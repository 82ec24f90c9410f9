"""`/actuator/info`: what runs here. Build, interpreter and a moved clock; more when switched on."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from ressort.actuator.endpoint import Call, Endpoint
from ressort.actuator.options import truth
from ressort.actuator.properties import Environment

Contributor = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Build:
    """Name and version of the running application, as Spring's `build` block shows them."""

    name: str
    version: str
    artifact: str
    group: str = ""

    def shown(self) -> dict[str, str]:
        """Only the parts that are known."""
        parts = {"artifact": self.artifact, "group": self.group, "name": self.name, "version": self.version}
        return {key: value for key, value in parts.items() if value}


def build_of(distribution: str, name: str) -> Build:
    """The build of an installed distribution; without one, the version is `0`."""
    try:
        return Build(name, metadata.version(distribution), distribution)
    except metadata.PackageNotFoundError:
        return Build(name, "0", distribution)


def info_endpoint(env: Environment, build: Build, contributors: Mapping[str, Contributor]) -> Endpoint:
    """`contributors` add one block each; those returning nothing are left out."""

    def read(_: Call) -> dict[str, Any]:
        body: dict[str, Any] = {"build": build.shown(), "python": _python()}
        if _enabled(env, "env"):
            body |= env.section("info")
        if _enabled(env, "os"):
            body["os"] = {
                "name": platform.system(),
                "version": platform.release(),
                "arch": platform.machine(),
            }
        if _enabled(env, "process"):
            body["process"] = _process()
        blocks = {name: dict(contributor()) for name, contributor in contributors.items()}
        return body | {name: block for name, block in blocks.items() if block}

    return Endpoint("info", read=read)


def _enabled(env: Environment, id: str) -> bool:
    return truth(env.get(f"management.info.{id}.enabled", "false"))


def _python() -> dict[str, str]:
    return {"version": platform.python_version(), "implementation": sys.implementation.name}


def _process() -> dict[str, Any]:
    import psutil

    process = psutil.Process()
    with process.oneshot():
        return {
            "pid": process.pid,
            "parentPid": process.ppid(),
            "owner": process.username(),
            "workingDirectory": process.cwd(),
            "cpus": psutil.cpu_count(),
            "memory": {"heap": {"used": process.memory_info().rss}},
        }
