"""A request as the filters of its route see and change it; nothing is copied or decoded unless one asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ressort.server import check_path

if TYPE_CHECKING:
    from gateway.proxy.engine import Proxy
    from gateway.proxy.failures import Failure
    from gateway.proxy.heads import Trace
    from ressort.server import Exchange

Header = tuple[bytes, bytes]


class RoutedRequest:
    """The client's exchange plus what filters made of it."""

    # Defaults live on the class: most requests touch few of them.
    variables: Mapping[str, bytes] | None = None
    """What the Path and Host predicates captured, decoded."""
    step: int = 0
    """The filter to run next."""
    trace: Trace | None = None
    appended: list[Header] | None = None
    """Request headers added by filters, after the client's own."""
    dropped: set[bytes] | None = None
    """Lower-case names of client headers that do not go upstream."""
    added: list[Header] | None = None
    """Response headers set before the answer came (rate limit, CORS)."""
    cors_headers: list[Header] | None = None
    """Those of them that CORS set; a fallback keeps them, or the page could not read its answer."""
    keep_host: bytes | None = None
    """The Host to send, None for the upstream's own."""
    status: int = 0
    """Status of the answer; post filters may change it."""
    response_headers: list[Header]
    """Fields of the answer; post filters append to the list or put another in its place."""
    failure: Failure | None = None
    notes: dict[object, object] | None = None
    """Filters' own state for this request, by filter."""
    end_callbacks: list[Callable[[], None]] | None = None

    def __init__(self, proxy: Proxy, exchange: Exchange) -> None:
        self.proxy = proxy
        self.exchange = exchange
        self.path = exchange.path
        self.query = exchange.query

    def header(self, name: bytes) -> bytes | None:
        """First value of a request header as filters left it, by lower-case name."""
        for candidate, value in self.appended or ():
            if candidate.lower() == name:
                return value
        if self.dropped is not None and name in self.dropped:
            return None
        return self.exchange.header(name)

    def header_values(self, name: bytes) -> list[bytes]:
        """All values of a request header as filters left it, by lower-case name."""
        found: list[bytes] = []
        if self.dropped is None or name not in self.dropped:
            found = [value.strip(b" \t") for each, value in self.exchange.headers if each.lower() == name]
        return found + [value for each, value in self.appended or () if each.lower() == name]

    def add_header(self, name: bytes, value: bytes) -> None:
        """Append a request header."""
        if self.appended is None:
            self.appended = []
        self.appended.append((name, value))

    def remove_header(self, name: bytes) -> None:
        """Remove a request header, by lower-case name."""
        if self.dropped is None:
            self.dropped = set()
        self.dropped.add(name)
        if self.appended:
            self.appended = [each for each in self.appended if each[0].lower() != name]

    def add_response_header(self, name: bytes, value: bytes) -> None:
        """Set a response header before the answer is known; it follows the upstream's own."""
        if self.added is None:
            self.added = []
        self.added.append((name, value))

    def set_path(self, path: bytes) -> None:
        """Replace the path; raises ``Refusal`` when a filter made one that two readers could read differently."""
        check_path(path, self.proxy.options.ambiguous_paths)
        self.path = path

    def note(self, key: object) -> object | None:
        return self.notes.get(key) if self.notes else None

    def set_note(self, key: object, value: object) -> None:
        if self.notes is None:
            self.notes = {}
        self.notes[key] = value

    def snapshot(self) -> tuple[object, ...]:
        """The request as it is now, to run the rest of the chain again from here."""
        appended = list(self.appended) if self.appended else None
        dropped = set(self.dropped) if self.dropped else None
        return (self.path, self.query, appended, dropped, self.keep_host, self.step, self.variables)

    def restore(self, state: tuple[object, ...]) -> None:
        (self.path, self.query, self.appended, self.dropped, self.keep_host, self.step, self.variables) = (
            state  # type: ignore[assignment]
        )

    def at_end(self, callback: Callable[[], None]) -> None:
        """Call back when the exchange is over, however it ended."""
        if self.end_callbacks is None:
            self.end_callbacks = []
        self.end_callbacks.append(callback)

    @property
    def traceparent(self) -> bytes:
        return self.trace or b""
