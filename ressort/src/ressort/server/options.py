"""`server.*`: where a process listens and how it treats its connections."""

from __future__ import annotations

from dataclasses import dataclass

from ressort.config import data_size, duration, properties, value


@properties("server.netty")
@dataclass(frozen=True)
class NettyOptions:
    """`server.netty.*`, as far as the HTTP core has the same limit: the longest request target in bytes."""

    max_initial_line_length_bytes: int = data_size("4KB")


@properties("server")
@dataclass(frozen=True)
class ServerOptions:
    """Listening address and limits, with Spring's key names under `server`.

    `port` 0 takes a free one. `threads` is the number of requests worked on at once by a WSGI
    application. `keep_alive_timeout_s` closes idle connections and must stay above what callers
    (the gateway's pool) allow themselves.
    """

    address: str = "127.0.0.1"
    port: int = value(8080, minimum=0, maximum=65535)
    engine: str = "waitress"
    threads: int = 16
    max_connections: int = 1000
    keep_alive_timeout_s: float = duration("75s")
    max_http_request_header_size_bytes: int = data_size("8KB")
    max_http_request_body_size_bytes: int = data_size("64MB")
    forward_headers_strategy: str = "none"
    backlog: int = 1024
