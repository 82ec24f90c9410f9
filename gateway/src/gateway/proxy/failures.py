"""Why an attempt to reach an upstream failed, and the status Spring or honesty gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FailureKind(Enum):
    """Kinds of failed attempts with their status, whether the request may have been processed, Java's name."""

    NO_INSTANCE = (503, False, "org.springframework.cloud.gateway.support.NotFoundException")
    CONNECT = (502, False, "java.net.ConnectException")
    CONNECT_TIMEOUT = (504, False, "io.netty.channel.ConnectTimeoutException")
    CLOSED = (502, True, "reactor.netty.http.client.PrematureCloseException")
    BAD_ANSWER = (502, True, "java.lang.IllegalArgumentException")
    RESPONSE_TIMEOUT = (504, True, "org.springframework.cloud.gateway.support.TimeoutException")
    TIME_LIMIT = (504, True, "java.util.concurrent.TimeoutException")
    BREAKER_OPEN = (503, False, "io.github.resilience4j.circuitbreaker.CallNotPermittedException")
    FILTER = (500, False, "java.lang.IllegalStateException")

    def __init__(self, status: int, reached: bool, java: str) -> None:
        self.status = status
        self.reached = reached
        """The upstream may have seen the request."""
        self.java = java


@dataclass(frozen=True)
class Failure:
    """One failed attempt."""

    kind: FailureKind
    message: str

    @property
    def status(self) -> int:
        return self.kind.status

    @property
    def is_io(self) -> bool:
        """Counts as java.io.IOException for Retry."""
        return self.kind in (FailureKind.CONNECT, FailureKind.CONNECT_TIMEOUT, FailureKind.CLOSED)

    @property
    def is_timeout(self) -> bool:
        return self.kind in (
            FailureKind.RESPONSE_TIMEOUT,
            FailureKind.TIME_LIMIT,
            FailureKind.CONNECT_TIMEOUT,
        )
