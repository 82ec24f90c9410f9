"""HTTP serving: the asyncio core of the platform servers and the adapter to a kept WSGI server."""

from ressort.server._batching import WriteBatch
from ressort.server._core import CoreEngine, HttpEngine, Listener, limits_of, new_event_loop
from ressort.server._head import METHODS, Refusal, check_path
from ressort.server.engine import Engine, create_engine
from ressort.server.exchange import CHUNKED, Exchange, Header, HotHandler, Sink
from ressort.server.limits import Limits
from ressort.server.options import NettyOptions, ServerOptions
from ressort.server.status import REASONS, STATUS_LINES

__all__ = [
    "CHUNKED",
    "METHODS",
    "REASONS",
    "STATUS_LINES",
    "CoreEngine",
    "Engine",
    "Exchange",
    "Header",
    "HotHandler",
    "HttpEngine",
    "Limits",
    "Listener",
    "NettyOptions",
    "Refusal",
    "ServerOptions",
    "Sink",
    "WriteBatch",
    "check_path",
    "create_engine",
    "limits_of",
    "new_event_loop",
]
