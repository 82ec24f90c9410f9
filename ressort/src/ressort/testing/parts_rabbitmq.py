"""A RabbitMQ broker for tests, with an Erlang port mapper of its own so that nothing stays behind."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ressort.testing.parts import PartError, executable, free_port, launch, listening, stop_pid, wait_until

_SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server"
_CONTROL = "/usr/lib/rabbitmq/bin/rabbitmqctl"


class RabbitMq:
    """A running broker, user and password `guest`."""

    def __init__(self, port: int, pids: list[int], directory: Path, environ: dict[str, str]) -> None:
        self.port = port
        self.pids = pids
        self.url = f"amqp://guest:guest@127.0.0.1:{port}/"
        self._directory = directory
        self._environ = environ

    @classmethod
    def start(cls, directory: Path) -> RabbitMq:
        """Starts port mapper and broker, 5 to 8 s. Raises PartError."""
        environ = _environ(directory, free_port(), free_port(), free_port())
        return cls._launch(directory, environ)

    @classmethod
    def _launch(cls, directory: Path, environ: dict[str, str]) -> RabbitMq:
        port = int(environ["RABBITMQ_NODE_PORT"])
        mapper = launch([executable("epmd") or "epmd"], directory, "epmd.log", os.environ | environ)
        broker = launch([_SERVER], directory, "rabbitmq.log", os.environ | environ)
        try:
            wait_until(lambda: listening(port), broker, "RabbitMQ", directory / "rabbitmq.log")
        except PartError:
            stop_pid(mapper.pid)
            raise
        return cls(port, [broker.pid, mapper.pid], directory, environ)

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> RabbitMq:
        return cls(state["port"], state["pids"], Path(state["directory"]), state["environ"])

    def state(self) -> dict[str, Any]:
        return {
            "port": self.port,
            "pids": self.pids,
            "directory": str(self._directory),
            "environ": self._environ,
        }

    def control(self, *arguments: str) -> str:
        """Runs `rabbitmqctl` on this broker; its output. Raises PartError when it fails."""
        done = subprocess.run(  # noqa: S603
            [_CONTROL, "--quiet", *arguments],
            env=os.environ | self._environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PartError(f"rabbitmqctl {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout

    def pause(self) -> None:
        """Takes the broker down without ending its node: clients are cut off."""
        self.control("stop_app")

    def resume(self) -> None:
        """Brings it back with its durable queues."""
        self.control("start_app")

    def stop(self) -> None:
        """Ends broker and port mapper; for brokers not shared."""
        for pid in self.pids:
            stop_pid(pid)


def _environ(directory: Path, port: int, distribution_port: int, mapper_port: int) -> dict[str, str]:
    enabled = directory / "enabled_plugins"
    enabled.write_text("[].\n")
    return {
        "HOME": str(directory),
        "ERL_EPMD_PORT": str(mapper_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"ressort{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(distribution_port),
        "RABBITMQ_MNESIA_BASE": str(directory / "mnesia"),
        "RABBITMQ_LOG_BASE": str(directory / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(enabled),
        "RABBITMQ_CONFIG_FILE": str(directory / "rabbitmq"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
    }
