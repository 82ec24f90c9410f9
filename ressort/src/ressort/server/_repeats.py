"""A head whose fields are, byte for byte, those of the request before it on the same connection.

Programs that call again and again over a kept connection change the request line only. The fields were parsed and
checked the first time, so only the new line is looked at; anything unusual in it goes the long way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ressort.server._head import METHODS, PLAIN_PATH
from ressort.server.exchange import Exchange, Header

if TYPE_CHECKING:
    from ressort.server._turns import Turns

_PLAIN_TARGET = PLAIN_PATH + b"?"
_VERSION = b"HTTP/1.1"
_MOST_BYTES = 4096


class RepeatedHead:
    """The fields of a request without body that keeps its connection, as they came and as they were read."""

    __slots__ = ("block", "headers", "host")

    def __init__(self, block: bytes, headers: list[Header], host: bytes | None) -> None:
        self.block = block
        self.headers = headers
        self.host = host

    def exchange(self, connection: Turns, data: bytes, longest_target: int) -> Exchange | None:
        """The request in ``data`` if it is one plain request line and these fields, else None."""
        if not data.endswith(self.block):
            return None
        line = data[: -len(self.block)].split(b" ")
        if len(line) != 3 or line[2] != _VERSION or line[0] not in METHODS:
            return None
        target = line[1]
        if target[:1] != b"/" or len(target) > longest_target or target.translate(None, _PLAIN_TARGET):
            return None
        path, mark, query = target.partition(b"?")
        if b"//" in path or b"/." in path:
            return None
        exchange = Exchange(connection, line[0], self.headers)
        exchange.path = path
        if mark:
            exchange.query = query
        exchange.host = self.host
        exchange.complete = exchange.repeated = True
        return exchange


def repeated_head(exchange: Exchange, data: bytes, line_length: int) -> RepeatedHead | None:
    """What may be repeated of a request that was all of ``data``, its line being ``line_length`` bytes."""
    if not exchange.complete or not exchange.keep_alive or exchange.upgrade is not None:
        return None
    if exchange.expects_continue or len(data) > _MOST_BYTES or data.find(b"\r\n\r\n") != len(data) - 4:
        return None
    return RepeatedHead(data[line_length:], exchange.headers, exchange.host)
