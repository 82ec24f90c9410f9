"""What a ``/watch`` request asks for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from config_server.domain.errors import InvalidRequestError
from config_server.domain.question import Question, checked_question, refuse_encoded_separators
from ressort.server import Exchange

_EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """``since`` names what the client has, empty when it has nothing; ``timeout_s`` None waits for ever."""

    question: Question
    since: frozenset[str]
    stream: bool
    timeout_s: float | None


def watch_request(
    exchange: Exchange, below: str, default_timeout_s: float, max_timeout_s: float
) -> WatchRequest | None:
    """The request of ``/{app}/{profiles}[/{label}]``, raw, below the watch path; None when it is no such path.

    Raises InvalidRequestError for parts that may not be looked up, and for a time-out that is no number of seconds
    from 0 to ``max_timeout_s``.
    """
    refuse_encoded_separators(below)
    segments = [unquote(part) for part in below.split("/") if part]
    if len(segments) not in (2, 3):
        return None
    question = checked_question(segments[0], segments[1], segments[2] if len(segments) == 3 else None)
    query = parse_qs((exchange.query or b"").decode("latin-1"))
    stream = _EVENT_STREAM in _header(exchange, b"accept").lower()
    given = query.get("timeout")
    timeout_s = _seconds(given[0], max_timeout_s) if given else (None if stream else default_timeout_s)
    since = (
        query.get("since", [""])[0]
        or _header(exchange, b"last-event-id")
        or _header(exchange, b"if-none-match")
    )
    return WatchRequest(question, _tags(since), stream, timeout_s)


def _tags(text: str) -> frozenset[str]:
    """Entity tags without their quotes and weakness: a state may be given bare."""
    return frozenset(tag for part in text.split(",") if (tag := part.strip().removeprefix("W/").strip('"')))


def _seconds(text: str, most: float) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= most:
        raise InvalidRequestError(f"timeout={text!r}: seconds from 0 to {most:g} are needed")
    return found


def _header(exchange: Exchange, name: bytes) -> str:
    return (exchange.header(name) or b"").decode("latin-1")
