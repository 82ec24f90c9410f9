"""What a call of another service can end with, beside its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ressort.errors import RessortError


class HttpClientError(RessortError):
    """Base of the errors of declared clients."""

    def __init__(self, message: str, service: str) -> None:
        super().__init__(message)
        self.service = service


class RemoteError(HttpClientError):
    """The service answered with an error status.

    `problem`: its RFC 9457 document, None when it sent none. `body`: the bytes as they came.
    """

    def __init__(
        self,
        status: int,
        problem: Mapping[str, Any] | None,
        service: str,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> None:
        said = f": {problem.get('code')}: {problem.get('detail')}" if problem else ""
        super().__init__(f"{service} answered {status} to {method} {url}{said}", service)
        self.status = status
        self.problem = dict(problem) if problem is not None else None
        self.method = method
        self.url = url
        self.headers = headers or {}
        self.body = body

    @property
    def code(self) -> str | None:
        """The problem's `code`, None without one."""
        return None if self.problem is None else self.problem.get("code")

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The problem's `errors`, empty without any."""
        return list((self.problem or {}).get("errors") or [])


class UnreadableAnswerError(RemoteError):
    """The service answered with success, but not with what the interface declares."""

    def __init__(self, status: int, service: str, method: str, url: str, reason: str) -> None:
        super().__init__(status, None, service, method, url)
        self.args = (f"{service} answered {method} {url} with something unreadable: {reason}",)


class UnavailableError(HttpClientError):
    """The service could not be reached, did not answer in time, or said it cannot serve now (502 to 504).

    `sent=False`: the call was provably never processed, so it may be made again whatever it does.
    `sent=True`: unknown. `retry_after_s`: what the service asked for, None when it did not.
    """

    def __init__(
        self,
        service: str,
        cause: BaseException | str,
        sent: bool,
        *,
        retry_after_s: float | None = None,
        problem: Mapping[str, Any] | None = None,
    ) -> None:
        known = "outcome unknown" if sent else "not sent"
        super().__init__(f"{service} is unavailable ({known}): {cause}", service)
        self.cause = cause
        self.sent = sent
        self.retry_after_s = retry_after_s
        self.problem = problem
