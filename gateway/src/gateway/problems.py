"""Answers of the gateway itself as RFC 9457 documents: ``forward:/unavailable``, ``forward:/not-found``, refusals.

Spring's bare error stays the answer wherever a route does not ask for one of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import orjson

from gateway.problem_texts import REFUSALS, TEXTS
from gateway.proxy.heads import TraceIds
from ressort.server import METHODS

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

Header = tuple[bytes, bytes]

UNAVAILABLE = b"/unavailable"
NOT_FOUND = b"/not-found"
_RETRY_AFTER_S = 2
_ALLOWED = (b"Allow", b", ".join(sorted(METHODS)))
_PROBLEM = (b"Content-Type", b"application/problem+json")


class Problems:
    """The local answers, in the language of ``spring.web.locale``."""

    def __init__(self, locale: str) -> None:
        self._language = "fr" if locale.lower().startswith("fr") else "en"
        self._trace_ids = TraceIds()

    def unavailable(self, forward: Forward) -> None:
        """503, or 504 after a time-out: the answer of a circuit breaker without a better idea.

        Retry-After says when to come back, X-Degraded and the member ``service`` who is missed.
        """
        failure = forward.failure
        late = failure is not None and failure.is_timeout and failure.kind.reached
        service = service_of(forward)
        headers = [(b"Retry-After", b"%d" % _RETRY_AFTER_S), (b"X-Degraded", service)]
        more = {"service": service.decode("ascii")}
        if late:
            self.answer(forward, 504, "delai-depasse", headers=headers, more=more)
        else:
            self.answer(forward, 503, "service-indisponible", headers=headers, more=more)

    def not_found(self, forward: Forward) -> None:
        """404: no route leads anywhere from here."""
        self.answer(forward, 404, "ressource-introuvable")

    def refusal(self, status: int, reason: str) -> tuple[list[Header], bytes]:
        """Header fields and body for a request refused before any route saw it; ``reason`` is the parser's."""
        code, french, english = REFUSALS.get(status, REFUSALS[400])
        document = {
            "type": f"/problems/{code}",
            "title": french if self._language == "fr" else english,
            "status": status,
            "detail": f"La passerelle a refusé la requête : {reason}." if self._language == "fr" else reason,
            "code": code,
        }
        headers = [_PROBLEM, (b"traceparent", self._trace_ids.new_trace())]
        return [*headers, _ALLOWED] if status == 405 else headers, orjson.dumps(document)

    def answer(
        self,
        forward: Forward,
        status: int,
        code: str,
        values: Mapping[str, str] | None = None,
        *,
        headers: list[Header] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        """One of the texts, its places filled with ``values``; ``more`` are further members of the document."""
        title, detail = TEXTS[code][self._language]
        document = {
            "type": f"/problems/{code}",
            "title": title,
            "status": status,
            "detail": detail.format(**(values or {})),
            "instance": forward.exchange.path.decode("latin-1"),
            "code": code,
            **(more or {}),
        }
        forward.answer(status, [_PROBLEM, *(headers or [])], orjson.dumps(document))


def service_of(forward: Forward) -> bytes:
    """The name of the service a request was for: the route's ``lb://`` name, else its id, in printable ASCII."""
    route = forward.route
    if route is None:
        return b"gateway"
    scheme, _, rest = route.uri.partition("://")
    name = rest.split("/", 1)[0] if scheme.split(":", 1)[0] == "lb" else route.id
    return re.sub(r"[^!-~]", "_", name).encode("ascii")
