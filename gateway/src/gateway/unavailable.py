"""``forward:/unavailable``: the answer of a circuit breaker without a better idea, an RFC 9457 document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

PATH = b"/unavailable"
_RETRY_AFTER_S = 2
_DOWN = {
    "fr": ("Service indisponible", "Le service demandé ne répond pas ; réessayez dans quelques instants."),
    "en": ("Service unavailable", "The service asked for does not answer; try again shortly."),
}
_LATE = {
    "fr": (
        "Réponse trop tardive",
        "Le service demandé n'a pas répondu à temps ; vérifiez le résultat avant de recommencer.",
    ),
    "en": ("Answer too late", "The service asked for did not answer in time; check before trying again."),
}


class Unavailable:
    """Answers 503 with Retry-After, or 504 after a time-out, in the language of ``spring.web.locale``."""

    def __init__(self, locale: str) -> None:
        language = "fr" if locale.lower().startswith("fr") else "en"
        self._down, self._late = _DOWN[language], _LATE[language]

    def __call__(self, forward: Forward) -> None:
        failure = forward.failure
        if failure is not None and failure.is_timeout and failure.kind.reached:
            self._answer(forward, 504, "delai-depasse", self._late)
        else:
            self._answer(forward, 503, "service-indisponible", self._down)

    def _answer(self, forward: Forward, status: int, code: str, texts: tuple[str, str]) -> None:
        document = {
            "type": f"/problems/{code}",
            "title": texts[0],
            "status": status,
            "detail": texts[1],
            "instance": forward.exchange.path.decode("latin-1"),
            "code": code,
        }
        headers = [(b"Content-Type", b"application/problem+json")]
        if status == 503:
            headers.append((b"Retry-After", b"%d" % _RETRY_AFTER_S))
        forward.answer(status, headers, orjson.dumps(document))
