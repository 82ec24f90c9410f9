"""One request and its answer on a connection of the HTTP core; everything here runs on the loop's thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from ressort.server.status import STATUS_LINES

if TYPE_CHECKING:
    from ressort.server._turns import Turns

Header = tuple[bytes, bytes]

CHUNKED = -1
"""``Exchange.body_length`` of a request whose length is not announced."""

_NO_BODY, _COUNTED, _CHUNKED, _UNTIL_CLOSE = range(4)
_BODILESS = frozenset((204, 304))


class Sink(Protocol):
    """Who takes the request body and hears of what happens to the client."""

    def on_body(self, data: bytes) -> None:
        """Take the next piece of the body."""

    def on_body_end(self) -> None:
        """The body is complete."""

    def on_lost(self) -> None:
        """The client went away or broke its body; the exchange takes no more output."""

    def pause(self) -> None:
        """The client reads too slowly: stop producing."""

    def resume(self) -> None:
        """The client reads again."""


class HotHandler(Protocol):
    """Answers requests on the loop, without a thread. Must not block."""

    def __call__(self, exchange: Exchange) -> bool:
        """Take the exchange (true) or leave it to the WSGI application (false).

        A handler that takes it answers at once with ``respond``, or sets ``exchange.sink`` and answers later.
        """


class Exchange:
    """A request head as raw bytes, its body arriving at ``sink``, and the way to answer it.

    ``path`` and ``query`` are the bytes the client sent, checked but never decoded; ``query`` is None without
    ``?``. ``headers`` keep their order and spelling. ``body_length`` is ``CHUNKED`` when not announced.
    """

    # Defaults live on the class: most of them are never touched, so making an exchange stays cheap.
    path: bytes = b"/"
    plain_path: bool = True
    """The path holds neither an escape nor a parameter: decoded, it is the same."""
    query: bytes | None = None
    repeated: bool = False
    """``headers`` is the very list of the request before, whose fields were the same."""
    host: bytes | None = None
    http11: bool = True
    keep_alive: bool = True
    body_length: int = 0
    expects_continue: bool = False
    upgrade: bytes | None = None
    refusal: tuple[int, str] | None = None
    complete: bool = False
    """The whole request body has arrived."""
    received: int = 0
    started: bool = False
    finished: bool = False
    lost: bool = False
    status: int = 0
    bytes_out: int = 0
    watcher: Sink | None = None
    """Told of a client that leaves or reads too slowly, also before a body is wanted."""
    _sink: Sink | None = None
    _early: list[bytes] | None = None
    _head: bytes | None = None
    _mode: int = _NO_BODY
    _remaining: int = 0

    def __init__(self, connection: Turns, method: bytes, headers: list[Header]) -> None:
        self.connection = connection
        self.method = method
        self.headers = headers
        # What every request reads is set here: a default of the class costs ten times as much to look up.
        self.plain_path = self.http11 = self.keep_alive = True
        self.started = self.lost = False
        self.body_length = 0
        self.upgrade = None

    # -- the request ----------------------------------------

    @property
    def peer(self) -> tuple[str, int]:
        """Address and port of the socket's other end."""
        return self.connection.peer

    def header(self, name: bytes) -> bytes | None:
        """First value of a header, asked by its lower-case name."""
        size = len(name)
        for candidate, value in self.headers:
            if len(candidate) == size and candidate.lower() == name:
                return value.strip(b" \t")
        return None

    def attach(self, sink: Sink) -> None:
        """Send the body to ``sink``: what has arrived already at once, the rest as it comes."""
        self._sink = self.watcher = sink
        early, self._early = self._early, None
        if early is not None:
            for piece in early:
                sink.on_body(piece)
            self.connection.resume_body(self)
        if self.complete:
            sink.on_body_end()
        else:
            self.connection.body_wanted(self)

    def send_continue(self) -> None:
        """Tell a client that waits for it (``Expect: 100-continue``) to send its body; at most once."""
        if self.expects_continue and not self.started and not self.received and not self.lost:
            self.connection.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.expects_continue = False

    def pause_body(self) -> None:
        """Stop reading the request body until ``resume_body``."""
        self.connection.pause_body(self)

    def resume_body(self) -> None:
        self.connection.resume_body(self)

    def release(self) -> None:
        """Forget the sink, so that both are freed without the cycle collector."""
        self._sink = self.watcher = None

    # -- called by the connection ---------------------------

    def feed(self, data: bytes) -> None:
        self.received += len(data)
        if self._sink is not None:
            self._sink.on_body(data)
        elif not self.finished:
            if self._early is None:
                self._early = []
            self._early.append(data)
            self.connection.pause_body(self)

    def feed_end(self) -> None:
        self.complete = True
        if self._sink is not None:
            self._sink.on_body_end()

    def lose(self) -> None:
        """The client is gone, or its body cannot be trusted any more."""
        if not self.lost and not self.finished:
            self.lost = True
            if self.watcher is not None:
                self.watcher.on_lost()

    def sink_pause(self) -> None:
        if self.watcher is not None:
            self.watcher.pause()

    def sink_resume(self) -> None:
        if self.watcher is not None:
            self.watcher.resume()

    # -- the answer -----------------------------------------

    def respond(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        """Answer at once with a whole body; ``content-length`` is added here."""
        lines = [b"%b: %b\r\n" % header for header in headers] if headers else []
        self.start(status, lines, len(body))
        if body:
            self.write(body)
        self.end()

    def respond_whole(self, status: int, lines: list[bytes], body: bytes) -> None:
        """Answer at once; ``lines`` are header lines without their ends, the body's Content-Length among them."""
        connection = self.connection
        usual = self.keep_alive and self.http11 and self.complete and not connection.acceptor.draining
        if not usual or self.started or self.lost or self.method == b"HEAD" or status in _BODILESS:
            self.start(status, [line + b"\r\n" for line in lines], len(body), True)
            self.write(body)
            self.end()
            return
        self.started = self.finished = True
        self.status = status
        self.bytes_out = len(body)
        connection.write_soon(b"".join((STATUS_LINES[status], b"\r\n".join(lines), b"\r\n\r\n", body)))
        connection.done(self)

    def start(self, status: int, lines: Sequence[bytes], length: int | None, framed: bool = False) -> None:
        """Begin the answer.

        ``lines`` are pieces of header lines, each line ended, without framing or connection headers.
        ``length`` is the body's size in bytes, or None when unknown (then chunked, or until close for
        HTTP/1.0). With ``framed`` the lines already hold the Content-Length they came with. The head leaves
        with the first body byte or at ``flush``.
        """
        if self.started or self.lost:
            return
        self.started = True
        self.status = status
        parts = [STATUS_LINES[status], *lines]
        if self.method == b"HEAD" or status in _BODILESS:
            self._mode = _NO_BODY
            if length is not None and not framed and status not in _BODILESS:
                parts.append(b"Content-Length: %d\r\n" % length)
        elif length is not None:
            self._mode = _COUNTED
            self._remaining = length
            if not framed:
                parts.append(b"Content-Length: %d\r\n" % length)
        elif self.http11:
            self._mode = _CHUNKED
            parts.append(b"Transfer-Encoding: chunked\r\n")
        else:
            self._mode = _UNTIL_CLOSE
            self.keep_alive = False
        if self.connection.acceptor.draining or (status >= 400 and not self.complete):
            self.keep_alive = False
        if not self.keep_alive:
            parts.append(b"Connection: close\r\n")
        elif not self.http11:
            parts.append(b"Connection: keep-alive\r\n")
        parts.append(b"\r\n")
        self._head = b"".join(parts)

    def write(self, data: bytes) -> None:
        """Send the next piece of the body; dropped for HEAD and statuses without one."""
        if self.lost or not data or self._mode == _NO_BODY:
            return
        if self._mode == _CHUNKED:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        elif self._mode == _COUNTED:
            self._remaining -= len(data)
            if self._remaining < 0:
                self.abort()
                return
        self.bytes_out += len(data)
        if self._head is not None:
            data = self._head + data
            self._head = None
        self.connection.write(data)

    def flush(self) -> None:
        """Send the head if it has not left yet, so that a slow first byte does not hide it."""
        if self._head is not None and not self.lost:
            self.connection.write(self._head)
            self._head = None

    def end(self) -> None:
        """The answer is complete; a counted body cut short closes the connection instead."""
        if self.finished:
            return
        if not self.lost:
            if self._mode == _CHUNKED:
                tail = b"0\r\n\r\n"
                self.connection.write(tail if self._head is None else self._head + tail)
                self._head = None
            elif self._remaining:
                self.abort()
                return
            elif self._head is not None:
                self.flush()
        self.finished = True
        self.connection.done(self)

    def abort(self) -> None:
        """Cut the connection: the only honest end of an answer that cannot be completed."""
        if not self.finished:
            self.finished = True
            self.lost = True
            self.connection.cut(self)

    def upgrade_to(self, head: bytes, receive: Sink) -> None:
        """Answer 101 with ``head`` (whole, blank line included); raw bytes go to ``receive`` from then on."""
        self.started = True
        self.status = 101
        self._sink = self.watcher = receive
        self.connection.become_tunnel(self, head)

    def end_tunnel(self) -> None:
        """The other side of a tunnel has ended: close after what was written."""
        self.finished = True
        self.connection.done(self)
