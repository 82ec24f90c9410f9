"""A MariaDB server for tests, with one database and one restricted user per service."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ressort.testing.parts import PartError, executable, free_port, launch, wait_until

_SETTINGS = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--performance-schema=OFF",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=32M",
    "--max-connections=500",
)


class MariaDb:
    """A running server; `root` connects to its socket's port without password."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid

    @classmethod
    def start(cls, directory: Path) -> MariaDb:
        """Initialises a data folder and starts the server on it, about 5 s. Raises PartError."""
        data = directory / "data"
        _install(data, directory)
        return cls.start_on(data, directory, free_port())

    @classmethod
    def start_on(cls, data: Path, directory: Path, port: int) -> MariaDb:
        """Starts (again) on an initialised data folder."""
        sockets = Path(tempfile.mkdtemp(prefix="rm-"))  # a socket's path must stay below 108 characters
        command = [
            executable("mariadbd") or "mariadbd",
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={sockets / 's'}",
            f"--port={port}",
            f"--pid-file={directory / 'mariadb.pid'}",
            "--user=root",
            *_SETTINGS,
        ]
        process = launch(command, directory, "mariadb.log")
        part = cls(port, process.pid)
        try:
            wait_until(part._answers, process, "MariaDB", directory / "mariadb.log")
        finally:
            shutil.rmtree(sockets, ignore_errors=True)
        return part

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> MariaDb:
        return cls(state["port"], state["pids"][0])

    def state(self) -> dict[str, Any]:
        return {"port": self.port, "pids": [self.pid]}

    def database_for(self, service: str) -> str:
        """Creates a database and a user who may use that one only; its URL, credentials included.

        A dash of the name becomes an underscore; made again, the database is emptied.
        """
        name = service.replace("-", "_")
        user, password = name[:32], secrets.token_hex(8)
        self.execute(
            f"DROP DATABASE IF EXISTS `{name}`",
            f"CREATE DATABASE `{name}`",
            f"CREATE OR REPLACE USER '{user}'@'127.0.0.1' IDENTIFIED BY '{password}'",
            f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{user}'@'127.0.0.1'",
        )
        return f"mysql+mysqlconnector://{user}:{password}@127.0.0.1:{self.port}/{name}"

    def drop(self, service: str) -> None:
        """Removes the database and its user."""
        name = service.replace("-", "_")
        self.execute(f"DROP DATABASE IF EXISTS `{name}`", f"DROP USER IF EXISTS '{name[:32]}'@'127.0.0.1'")

    def execute(self, *statements: str) -> None:
        """Runs statements as root."""
        connection = self._connect()
        try:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            connection.commit()
        finally:
            connection.close()

    def _connect(self) -> Any:
        import mysql.connector

        return mysql.connector.connect(
            host="127.0.0.1",
            port=self.port,
            user="root",
            connection_timeout=5,
            collation="utf8mb4_general_ci",
        )

    def _answers(self) -> bool:
        import mysql.connector

        try:
            self._connect().close()
        except mysql.connector.Error:
            return False
        return True


def _install(data: Path, directory: Path) -> None:
    command = [
        executable("mariadb-install-db") or "mariadb-install-db",
        "--no-defaults",
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
        "--user=root",
        "--skip-test-db",
    ]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise PartError(f"mariadb-install-db failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
