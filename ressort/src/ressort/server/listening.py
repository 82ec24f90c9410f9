"""Binding the listening socket early, so that a taken port ends the start with one clear sentence."""

from __future__ import annotations

import errno
import socket

from ressort.errors import StartError


class PortTakenError(StartError):
    """Another process listens there already."""

    def __init__(self, address: str, port: int, holder: str | None) -> None:
        self.port = port
        self.holder = holder
        by = f"held by {holder}" if holder else "held by a process of another user"
        super().__init__(f"port {port} on {address} is taken, {by}; stop it or set server.port")


def bind_listener(address: str, port: int) -> socket.socket:
    """A TCP socket bound to the address, not listening yet: callers are refused until the engine starts.

    Raises PortTakenError naming port and holder, StartError for any other reason the system gives.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit it. Of several small writes, the second would wait 40 ms for the first to be acknowledged.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise _explained(error, address, port) from error
    return listener


def start_listening(listener: socket.socket, backlog: int) -> None:
    """Begin to queue callers; raises what `bind_listener` raises, for a process that was quicker."""
    address, port = listener.getsockname()[:2]
    try:
        listener.listen(backlog)
    except OSError as error:
        listener.close()
        raise _explained(error, address, port) from error


def _explained(error: OSError, address: str, port: int) -> StartError:
    if error.errno == errno.EADDRINUSE:
        return PortTakenError(address, port, holder_of(port))
    return StartError(f"cannot listen on {address}:{port}: {error.strerror or error}")


def holder_of(port: int) -> str | None:
    """`<name> (pid <n>)` of the process listening on a TCP port, None when the system does not tell."""
    import psutil

    try:
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and getattr(connection.laddr, "port", 0) == port
            if listens and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except psutil.Error:
        return None
    return None
