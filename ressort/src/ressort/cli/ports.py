"""Which process holds a port, asked before the estate starts."""

from __future__ import annotations

import contextlib
import socket

import psutil


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on ``host:port`` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """Who listens on ``port``, in words: ``pid 4711 (python -m http.server 8080)``."""
    with contextlib.suppress(psutil.AccessDenied):
        for connection in psutil.net_connections("inet"):
            if (
                connection.status == psutil.CONN_LISTEN
                and connection.pid
                and tuple(connection.laddr)[1:] == (port,)
            ):
                return f"pid {connection.pid}{_command(connection.pid)}"
    return "a process of another user"


def _command(pid: int) -> str:
    try:
        words = psutil.Process(pid).cmdline()
    except psutil.Error:
        return ""
    return f" ({' '.join(words)[:80]})" if words else ""
