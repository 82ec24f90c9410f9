"""A request that became a tunnel: after 101, bytes pass both ways as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

Header = tuple[bytes, bytes]


def join(forward: Forward, headers: list[Header]) -> None:
    """101 came back: join both sides."""
    forward.is_tunnel = True
    forward.status = 101
    head = [b"HTTP/1.1 101 Switching Protocols\r\n"]
    head.extend(b"%b: %b\r\n" % header for header in headers)
    head.append(b"\r\n")
    forward.exchange.upgrade_to(b"".join(head), forward)


def to_client(forward: Forward, data: bytes) -> None:
    """Bytes of the upstream."""
    forward.exchange.connection.write(data)


def upstream_ended(forward: Forward) -> None:
    """The upstream's side has closed."""
    if not forward.ended:
        forward.upstream = None
        forward.exchange.end_tunnel()
        forward.finish()
