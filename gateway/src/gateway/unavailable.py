"""``forward:/unavailable``: the answer of a circuit breaker without a better idea, an RFC 9457 document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

PATH = b"/unavailable"
_RETRY_AFTER_S = 2
_TEXTS = {
    "fr": ("Service indisponible", "Le service demandé ne répond pas ; réessayez dans quelques instants."),
    "en": ("Service unavailable", "The service asked for does not answer; try again shortly."),
}


class Unavailable:
    """Answers 503 with Retry-After in the language of ``spring.web.locale``."""

    def __init__(self, locale: str) -> None:
        self._title, self._detail = _TEXTS["fr" if locale.lower().startswith("fr") else "en"]

    def __call__(self, forward: Forward) -> None:
        document = {
            "type": "/problems/service-indisponible",
            "title": self._title,
            "status": 503,
            "detail": self._detail,
            "instance": forward.exchange.path.decode("latin-1"),
            "code": "service-indisponible",
        }
        forward.answer(
            503,
            [(b"Content-Type", b"application/problem+json"), (b"Retry-After", b"%d" % _RETRY_AFTER_S)],
            orjson.dumps(document),
        )
