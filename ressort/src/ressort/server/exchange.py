"""One request and its answer on a connection of the HTTP core; everything here runs on the loop's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ressort.server.status import STATUS_LINES

if TYPE_CHECKING:
    from ressort.server._protocol import HttpProtocol

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

    __slots__ = (
        "_chunked_in",
        "_early",
        "_head",
        "_mode",
        "_remaining",
        "_sink",
        "_watcher",
        "body_length",
        "bytes_out",
        "complete",
        "connection",
        "expects_continue",
        "finished",
        "headers",
        "host",
        "http11",
        "keep_alive",
        "lost",
        "method",
        "path",
        "query",
        "received",
        "refusal",
        "started",
        "status",
        "upgrade",
    )

    def __init__(self, connection: HttpProtocol, method: bytes, headers: list[Header]) -> None:
        self.connection = connection
        self.method = method
        self.headers = headers
        self.path = b"/"
        self.query: bytes | None = None
        self.host: bytes | None = None
        self.http11 = True
        self.keep_alive = True
        self.body_length = 0
        self.expects_continue = False
        self.upgrade: bytes | None = None
        self.refusal: tuple[int, str] | None = None
        self.complete = False
        """The whole request body has arrived."""
        self.received = 0
        self.started = False
        self.finished = False
        self.lost = False
        self.status = 0
        self.bytes_out = 0
        self._sink: Sink | None = None
        self._watcher: Sink | None = None
        self._early: list[bytes] | None = None
        self._head: bytes | None = None
        self._mode = _NO_BODY
        self._remaining = 0

    # -- the request ----------------------------------------

    @property
    def peer(self) -> tuple[str, int]:
        """Address and port of the socket's other end."""
        return self.connection.peer

    def header(self, name: bytes) -> bytes | None:
        """First value of a header, asked by its lower-case name."""
        for candidate, value in self.headers:
            if candidate.lower() == name:
                return value.strip(b" \t")
        return None

    def watch(self, watcher: Sink) -> None:
        """Tell ``watcher`` of a client that leaves or reads too slowly; the body stays where it is."""
        self._watcher = watcher

    def attach(self, sink: Sink) -> None:
        """Send the body to ``sink``: what has arrived already at once, the rest as it comes."""
        self._sink = self._watcher = sink
        early, self._early = self._early, None
        for piece in early or ():
            sink.on_body(piece)
        if self.complete:
            sink.on_body_end()
        else:
            self.connection.resume_body(self)
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
            if self._watcher is not None:
                self._watcher.on_lost()

    def sink_pause(self) -> None:
        if self._watcher is not None:
            self._watcher.pause()

    def sink_resume(self) -> None:
        if self._watcher is not None:
            self._watcher.resume()

    # -- the answer -----------------------------------------

    def respond(self, status: int, headers: list[Header] | None = None, body: bytes = b"") -> None:
        """Answer at once with a whole body; ``content-length`` is added here."""
        lines = b"".join([b"%b: %b\r\n" % header for header in headers]) if headers else b""
        self.start(status, lines, len(body))
        if body:
            self.write(body)
        self.end()

    def start(self, status: int, lines: bytes, length: int | None, framed: bool = False) -> None:
        """Begin the answer.

        ``lines`` are whole header lines without framing or connection headers. ``length`` is the body's size
        in bytes, or None when unknown (then chunked, or until close for HTTP/1.0). With ``framed`` the lines
        already hold the Content-Length they came with. The head leaves with the first body byte or at
        ``flush``.
        """
        if self.started or self.lost:
            return
        self.started = True
        self.status = status
        parts = [STATUS_LINES[status], lines]
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
        self._connection_header(parts)
        parts.append(b"\r\n")
        self._head = b"".join(parts)

    def _connection_header(self, parts: list[bytes]) -> None:
        if (not self.complete and self.status >= 400) or self.connection.closing_soon:
            self.keep_alive = False
        if not self.keep_alive:
            parts.append(b"Connection: close\r\n")
        elif not self.http11:
            parts.append(b"Connection: keep-alive\r\n")

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
        if self.lost:
            self.finished = True
            self.connection.done(self)
            return
        if self._mode == _CHUNKED:
            tail = b"0\r\n\r\n"
            if self._head is not None:
                tail = self._head + tail
                self._head = None
            self.connection.write(tail)
        elif self._mode == _COUNTED and self._remaining:
            self.abort()
            return
        else:
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
        self._sink = self._watcher = receive
        self.connection.become_tunnel(self, head)

    def end_tunnel(self) -> None:
        """The other side of a tunnel has ended: close after what was written."""
        self.finished = True
        self.connection.done(self)
