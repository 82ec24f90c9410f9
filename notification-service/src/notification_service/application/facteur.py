"""The thread that sends what is due, woken when something arrives."""

from __future__ import annotations

import logging
import threading

from notification_service.application.expedier import Expedier

logger = logging.getLogger(__name__)


class Facteur:
    """Looks every `intervalle_s` for notifications that are due, and at once when `reveiller` is called."""

    def __init__(self, expedier: Expedier, intervalle_s: float) -> None:
        self._expedier = expedier
        self._intervalle_s = intervalle_s
        self._reveil = threading.Event()
        self._arret = False
        self._fil: threading.Thread | None = None

    def start(self) -> None:
        """Starts the thread."""
        self._arret = False
        self._fil = threading.Thread(target=self._tourner, name="facteur", daemon=True)
        self._fil.start()

    def stop(self, timeout_s: float) -> None:
        """Lets the transmissions under way end, at most `timeout_s`."""
        self._arret = True
        self._reveil.set()
        if self._fil is not None:
            self._fil.join(timeout_s)

    def reveiller(self) -> None:
        """Something has arrived."""
        self._reveil.set()

    def _tourner(self) -> None:
        while not self._arret:
            try:
                if self._expedier():
                    continue
            except Exception:
                logger.exception("what is due could not be sent; trying again")
            self._reveil.wait(self._intervalle_s)
            self._reveil.clear()
