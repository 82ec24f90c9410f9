"""Bounds a listener keeps on what a client may send and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds; Spring Cloud Gateway's own figures where it has one."""

    request_line_bytes: int = 4096
    """Longest request target; longer is answered 414."""
    head_bytes: int = 8192
    """Largest header block, trailers included; larger is answered 431."""
    body_bytes: int = 0
    """Largest request body, counted on the bytes that really arrive; larger is answered 413. 0: no limit."""
    header_count: int = 100
    """Most header lines in one request; more is answered 431."""
    head_timeout_s: float = 10.0
    """Time for a whole head, from its first byte; then 408 and close."""
    keep_alive_s: float = 60.0
    """Time a connection may stay idle between two requests before it is closed."""
    body_idle_s: float = 30.0
    """Longest pause between two pieces of a request body; then 408 and close."""
    write_idle_s: float = 60.0
    """Longest time a client may refuse to read its answer before the connection is cut."""
    connections: int = 4096
    """Connections open at once; further ones are closed as they come."""
    max_requests: int = 0
    """Requests served on one connection before it is closed. 0: no limit."""
    ambiguous_paths: bool = False
    """Let ``//`` and an encoded slash or backslash through untouched instead of answering 400."""
