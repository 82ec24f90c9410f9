"""The launcher's Unix socket ``<state>/run/ressort.sock``: one JSON line asked, one JSON line answered."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path
from typing import Any

from ressort.errors import RessortError

_MAX_PATH_BYTES = 100


class NotRunningError(RessortError):
    """No launcher answers for this estate."""


def socket_path(state: Path) -> Path:
    """Where the launcher of the estate with this state folder listens."""
    return state / "run" / "ressort.sock"


def listen(state: Path) -> socket.socket:
    """Open the control socket; the caller made sure that no other launcher runs."""
    path = socket_path(state)
    path.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short(path) as name:
        server.bind(name)
    path.chmod(0o600)
    server.listen(8)
    server.setblocking(False)
    return server


def ask(state: Path, command: str, timeout_s: float = 30.0, **arguments: Any) -> dict[str, Any]:
    """Ask the running launcher. Raises NotRunningError when there is none."""
    path = socket_path(state)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(timeout_s)
        try:
            with _short(path) as name:
                client.connect(name)
        except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError) as error:
            raise NotRunningError(
                f"no estate is running here ({path}): start it with `ressort up`"
            ) from error
        client.sendall(json.dumps({"command": command, **arguments}).encode() + b"\n")
        with client.makefile("rb") as stream:
            line = stream.readline()
    if not line:
        raise NotRunningError("the launcher went away before it answered")
    answer: dict[str, Any] = json.loads(line)
    return answer


@contextlib.contextmanager
def _short(path: Path) -> Any:
    """A name for ``path`` within the 108 bytes a Unix socket address holds."""
    name = str(path)
    if len(os.fsencode(name)) <= _MAX_PATH_BYTES:
        yield name
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
