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
_MOST_BYTES = 4096


class RepeatedHead:
    """A request without body that keeps its connection: its fields as they came and as they were read.

    ``block`` is everything from the blank before the version on. ``line`` is the last plain method and target seen
    before it, so that a program that polls one address is not even split again.
    """

    __slots__ = ("block", "headers", "host", "line", "method", "path", "query")

    def __init__(self, block: bytes, headers: list[Header], host: bytes | None) -> None:
        self.block = block
        self.headers = headers
        self.host = host
        self.line = b""
        self.method = b""
        self.path = b""
        self.query: bytes | None = None

    def exchange(self, connection: Turns, data: bytes, longest_target: int) -> Exchange | None:
        """The request in ``data`` if it is one plain request line and these fields, else None."""
        if not data.endswith(self.block):
            return None
        line = data[: -len(self.block)]
        if line != self.line and not self._read(line, longest_target):
            return None
        exchange = Exchange(connection, self.method, self.headers)
        exchange.path = self.path
        exchange.query = self.query
        exchange.host = self.host
        exchange.complete = exchange.repeated = True
        return exchange

    def _read(self, line: bytes, longest_target: int) -> bool:
        """Take method and target from a line; false when either is anything but plain."""
        method, _, target = line.partition(b" ")
        if method not in METHODS or target[:1] != b"/" or len(target) > longest_target:
            return False
        if target.translate(None, _PLAIN_TARGET) or b"//" in target or b"/." in target:
            return False
        path, mark, query = target.partition(b"?")
        self.line, self.method, self.path = line, method, path
        self.query = query if mark else None
        return True


def repeated_head(exchange: Exchange, data: bytes, line_length: int) -> RepeatedHead | None:
    """What may be repeated of a request that was all of ``data``, method and target being ``line_length`` bytes."""
    if not exchange.complete or not exchange.keep_alive or exchange.upgrade is not None:
        return None
    if exchange.expects_continue or len(data) > _MOST_BYTES or data.find(b"\r\n\r\n") != len(data) - 4:
        return None
    return RepeatedHead(data[line_length:], exchange.headers, exchange.host)
