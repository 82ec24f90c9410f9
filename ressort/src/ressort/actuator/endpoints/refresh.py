"""`/actuator/refresh` and `/actuator/shutdown`: the two endpoints that act on the process itself."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from ressort.actuator.endpoint import Answer, Call, Endpoint
from ressort.actuator.properties import Environment
from ressort.config import ConfigError

_LOG = logging.getLogger("ressort.config")
_ANSWER_FIRST_S = 0.5


def refresh_endpoint(env: Environment) -> Endpoint:
    """POST re-reads files and config server; answers the list of changed keys.

    What cannot be used changes nothing: 500 with the reason, which is logged as well.
    """

    def refresh(_: Call) -> list[str] | Answer:
        try:
            return list(env.refresh())
        except ConfigError as error:
            _LOG.warning("the configuration in use is kept, the new one cannot be used: %s", error)
            content = {"status": 500, "error": "Internal Server Error", "message": str(error)}
            return Answer(content, status=500)

    return Endpoint("refresh", write=refresh)


def shutdown_endpoint(request_stop: Callable[[], None]) -> Endpoint:
    """POST asks for the ordered stop after answering; without access unless granted."""

    def shutdown(_: Call) -> dict[str, Any]:
        timer = threading.Timer(_ANSWER_FIRST_S, request_stop)
        timer.daemon = True
        timer.start()
        return {"message": "Shutting down, bye..."}

    return Endpoint("shutdown", write=shutdown, default_access="none")
