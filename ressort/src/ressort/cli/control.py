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
    """No launcher runs for this estate."""


class NoAnswerError(RessortError):
    """A launcher runs and did not answer."""


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


def answer(client: socket.socket, content: dict[str, Any]) -> None:
    """Answer one asker and hang up; one who has gone meanwhile is forgotten."""
    with contextlib.suppress(OSError):
        client.sendall(json.dumps(content).encode() + b"\n")
    client.close()


def ask(state: Path, command: str, timeout_s: float = 30.0, **arguments: Any) -> dict[str, Any]:
    """Ask the running launcher. Raises NotRunningError when there is none, NoAnswerError when it keeps silent."""
    path = socket_path(state)
    try:
        line = _exchange(path, json.dumps({"command": command, **arguments}), timeout_s)
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError) as error:
        raise NotRunningError(f"no estate is running here ({path}): start it with `ressort up`") from error
    except (TimeoutError, BlockingIOError) as error:
        raise NoAnswerError(_silence(state, command, timeout_s)) from error
    except PermissionError as error:
        raise NoAnswerError(f"{path}: {error.strerror}: the launcher belongs to another user") from error
    except (ConnectionResetError, BrokenPipeError):
        line = b""
    if not line.endswith(b"\n"):
        raise NoAnswerError(f"the launcher went away before it answered `{command}`")
    content: dict[str, Any] = json.loads(line)
    return content


def _exchange(path: Path, request: str, timeout_s: float) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(timeout_s)
        with _short(path) as name:
            client.connect(name)
        client.sendall(request.encode() + b"\n")
        with client.makefile("rb") as stream:
            return stream.readline()


def _silence(state: Path, command: str, timeout_s: float) -> str:
    silence = f"did not answer `{command}` within {timeout_s:g} s: it is suspended or hangs"
    try:
        pid = int((state / "run" / "ressort.pid").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return f"the launcher {silence}"
    return (
        f"the launcher (pid {pid}) {silence}; "
        f"`kill -CONT {pid}` wakes a suspended one, `kill -KILL {pid}` ends it and its members"
    )


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
