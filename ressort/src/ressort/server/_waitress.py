"""waitress inside our process: its loop in a thread of ours, and a drain that loses no request.

waitress closes its listener and cuts open requests when told to stop. Here the loop is ours, so that
stopping accepts what the kernel already queued, lets every request finish, answers the last one of each
connection with `Connection: close` and only then ends the worker threads.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import create_server
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from ressort.server.listening import bind_listener, start_listening
from ressort.server.options import ServerOptions

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger(__name__)

_IDLE_WAIT_S = 10.0
"""How long the loop sleeps without traffic; waitress wakes it itself for everything it does."""
_DRAIN_WAIT_S = 0.02
_NEWCOMER_S = 0.25
"""An accepted connection that has sent nothing yet is waited for this long while draining."""


class _ClosingTask(WSGITask):
    def build_response_header(self) -> bytes:
        if getattr(self.channel.server, "shedding", False):
            self.set_close_on_finish()
        return bytes(super().build_response_header())


class _Parser(HTTPRequestParser):
    """Refuses heads whose body has two lengths: whoever stands in front may have read the other one."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        if "TRANSFER_ENCODING" in self.headers:
            raise ParsingError(f"Transfer-Encoding has no meaning in HTTP/{self.version}")


class _Channel(HTTPChannel):
    parser_class = _Parser
    task_class = _ClosingTask
    error_task_class = ErrorTask

    def idle(self, now: float) -> bool:
        """True when closing this connection cuts no request: none open, none begun, none just arriving."""
        busy = self.requests or self.request is not None or self.total_outbufs_len
        return not busy and now - self.last_activity > _NEWCOMER_S


class WaitressEngine:
    """`Engine` on waitress; see `ressort.server.engine`. `threads` requests are worked on at once."""

    def __init__(
        self, wsgi_app: WSGIApplication, options: ServerOptions, listener: socket.socket | None = None
    ) -> None:
        self._app = wsgi_app
        self._options = options
        self._listener = listener
        self._map: dict[int, Any] = {}
        self._server: Any = None
        self._dispatcher = ThreadedTaskDispatcher()
        self._thread: threading.Thread | None = None
        self._draining = False
        self._ended = False
        self._empty = threading.Event()

    def start(self) -> int:
        """Listen and answer in background threads; returns the bound port."""
        options = self._options
        listener = self._listener or bind_listener(options.address, options.port)
        start_listening(listener, options.backlog)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._dispatcher.set_thread_count(options.threads)
        self._server = create_server(
            self._app,
            map=self._map,
            _dispatcher=self._dispatcher,
            sockets=[listener],
            backlog=options.backlog,
            threads=options.threads,
            ident=None,
            connection_limit=options.max_connections,
            channel_timeout=int(options.keep_alive_timeout_s),
            max_request_header_size=options.max_http_request_header_size_bytes,
            max_request_body_size=options.max_http_request_body_size_bytes,
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
        )
        self._server.channel_class = _Channel
        self._server.shedding = False
        self._thread = threading.Thread(target=self._loop, name="http-loop", daemon=True)
        self._thread.start()
        return int(listener.getsockname()[1])

    def shed(self) -> None:
        """Keep serving, but close each connection after its next answer."""
        if self._server is not None:
            self._server.shedding = True

    def drain(self, timeout_s: float) -> bool:
        """Finish what is queued or open, accept nothing new; True when all was finished in time."""
        if self._thread is None:
            return True
        self.shed()
        self._draining = True
        self._wake()
        complete = self._empty.wait(timeout_s)
        if not complete:
            _log.warning("%d connections still busy after %.1f seconds", self._open_channels(), timeout_s)
        self.stop()
        return complete

    def stop(self) -> None:
        """End the loop and the worker threads; open connections are cut."""
        if self._thread is None or self._ended:
            return
        self._ended = True
        self._wake()
        if self._thread is not threading.current_thread():
            self._thread.join(2.0)
        self._dispatcher.shutdown(timeout=1)

    def _loop(self) -> None:
        while not self._ended:
            try:
                wasyncore.poll2(_DRAIN_WAIT_S if self._draining else _IDLE_WAIT_S, self._map)
                if self._draining and self._drained():
                    break
            except Exception:  # noqa: BLE001 - one broken connection must not end the server
                _log.exception("HTTP loop")
        wasyncore.close_all(self._map, ignore_all=True)
        self._empty.set()

    def _drained(self) -> bool:
        """One look while draining: leave the listener once its queue is empty, close what is idle."""
        if self._server.accepting:
            self._accept_queued()
        now = time.time()
        for channel in list(self._server.active_channels.values()):
            if channel.idle(now):
                channel.handle_close()
        return self._open_channels() == 0

    def _accept_queued(self) -> None:
        before = -1
        while before != self._open_channels():
            before = self._open_channels()
            self._server.handle_accept()
        self._server.accepting = False
        self._server.del_channel()
        self._server.socket.close()

    def _open_channels(self) -> int:
        return len(self._server.active_channels)

    def _wake(self) -> None:
        if self._server is not None and not self._empty.is_set():
            with suppress(OSError):  # the loop has just ended by itself, and closed what wakes it
                self._server.pull_trigger()
