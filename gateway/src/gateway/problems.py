"""Answers of the gateway itself as RFC 9457 documents: ``forward:/unavailable`` and ``forward:/not-found``.

Spring's bare error stays the answer wherever a route does not ask for one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

UNAVAILABLE = b"/unavailable"
NOT_FOUND = b"/not-found"
_RETRY_AFTER_S = 2
_TEXTS = {
    "service-indisponible": {
        "fr": (
            "Service indisponible",
            "Le service demandé ne répond pas ; réessayez dans quelques instants.",
        ),
        "en": ("Service unavailable", "The service asked for does not answer; try again shortly."),
    },
    "delai-depasse": {
        "fr": (
            "Réponse trop tardive",
            "Le service demandé n'a pas répondu à temps ; vérifiez le résultat avant de recommencer.",
        ),
        "en": ("Answer too late", "The service asked for did not answer in time; check before trying again."),
    },
    "ressource-introuvable": {
        "fr": ("Ressource introuvable", "Rien ne se trouve à cette adresse."),
        "en": ("Not found", "There is nothing at this address."),
    },
}


class Problems:
    """The local answers, in the language of ``spring.web.locale``."""

    def __init__(self, locale: str) -> None:
        self._language = "fr" if locale.lower().startswith("fr") else "en"

    def unavailable(self, forward: Forward) -> None:
        """503 with Retry-After, or 504 after a time-out: the answer of a circuit breaker without a better idea."""
        failure = forward.failure
        if failure is not None and failure.is_timeout and failure.kind.reached:
            self._answer(forward, 504, "delai-depasse")
        else:
            self._answer(forward, 503, "service-indisponible", [(b"Retry-After", b"%d" % _RETRY_AFTER_S)])

    def not_found(self, forward: Forward) -> None:
        """404: no route leads anywhere from here."""
        self._answer(forward, 404, "ressource-introuvable")

    def _answer(
        self, forward: Forward, status: int, code: str, headers: list[tuple[bytes, bytes]] | None = None
    ) -> None:
        title, detail = _TEXTS[code][self._language]
        document = {
            "type": f"/problems/{code}",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": forward.exchange.path.decode("latin-1"),
            "code": code,
        }
        content_type = (b"Content-Type", b"application/problem+json")
        forward.answer(status, [content_type, *(headers or [])], orjson.dumps(document))
