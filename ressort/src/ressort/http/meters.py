"""`http.client.requests` by Micrometer's tags; one timer per combination is looked up once."""

from __future__ import annotations

from ressort.observability.metrics import MeterRegistry, Timer

METRIC = "http.client.requests"
_OUTCOMES = ("UNKNOWN", "INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR", "SERVER_ERROR")
_NONE = "none"


class CallMeters:
    """Times of calls; `client.name` is the service id."""

    def __init__(self, metrics: MeterRegistry) -> None:
        self._metrics = metrics
        self._timers: dict[tuple[str, str, str, str, str], Timer] = {}

    def answered(self, service: str, method: str, template: str, status: int, took_s: float) -> None:
        """An answer came."""
        self._timer(service, method, template, str(status), _NONE).record(took_s)

    def failed(self, service: str, method: str, template: str, exception: str, took_s: float) -> None:
        """No answer came."""
        self._timer(service, method, template, "IO_ERROR", exception).record(took_s)

    def _timer(self, service: str, method: str, template: str, status: str, exception: str) -> Timer:
        key = (service, method, template, status, exception)
        found = self._timers.get(key)
        if found is None:
            found = self._timers[key] = self._metrics.timer(
                METRIC,
                "Duration of HTTP client requests",
                **{
                    "client.name": service,
                    "method": method,
                    "uri": template,
                    "status": status,
                    "outcome": _OUTCOMES[int(status[0])] if status[0] in "12345" else "UNKNOWN",
                    "exception": exception,
                    "error": exception,
                },
            )
        return found
