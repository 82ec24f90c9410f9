"""Events of a run as a browser reads them: from a process of its own, over a socket, until it is stopped."""

from __future__ import annotations

import http.client
import importlib.util
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from ressort.flask.events import EVENT_STREAM


def _processus() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "processus_ici", Path(__file__).parent / "test_processus.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_PROCESSUS = _processus()
services = _PROCESSUS.services
demarrer = _PROCESSUS.demarrer


class Lecteur:
    """A stream of a run's events."""

    def __init__(self, port: int, execution_id: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        chemin = f"/jobs/executions/{execution_id}/evenements"
        self._connection.request("GET", chemin, headers={"Accept": EVENT_STREAM})
        self.reponse = self._connection.getresponse()

    def evenement(self) -> str | None:
        """The name of the next event, None when the stream has ended."""
        while ligne := self.reponse.readline():
            if ligne.startswith(b"event: "):
                return ligne.decode().split()[1]
        return None

    def fermer(self) -> None:
        self.reponse.close()
        self._connection.close()


def _retenir(services: Any) -> tuple[threading.Event, threading.Event]:
    """The run waits at its balances until told; (reached, free)."""
    atteinte, libre = threading.Event(), threading.Event()

    def avant(route: str) -> None:
        if route == "/paiements/soldes":
            atteinte.set()
            libre.wait(30)

    services.avant = avant
    return atteinte, libre


def test_events_arrive_while_the_run_goes_on(demarrer: Any, services: Any) -> None:
    """The present state at once, the last one when it ends, then the stream's end; other calls are answered beside."""
    _PROCESSUS.retards(services, 60)
    atteinte, libre = _retenir(services)
    batch = demarrer()
    execution_id = batch.appeler("POST", "/jobs/relanceJob/executions", {})["id"]
    assert atteinte.wait(20)
    lecteur = Lecteur(batch.port, execution_id)
    assert lecteur.reponse.status == 200
    assert lecteur.evenement() == "progression"
    assert batch.statut(execution_id) == "STARTED"
    libre.set()
    while (nom := lecteur.evenement()) == "progression":
        pass
    assert (nom, lecteur.evenement()) == ("fin", None)
    lecteur.fermer()


def test_a_stop_does_not_wait_for_readers(demarrer: Any, services: Any) -> None:
    """SIGTERM ends the stream, and the process, although the run it watches hangs."""
    _PROCESSUS.retards(services, 1)
    atteinte, libre = _retenir(services)
    batch = demarrer("--spring.lifecycle.timeout-per-shutdown-phase=2s")
    execution_id = batch.appeler("POST", "/jobs/relanceJob/executions", {})["id"]
    assert atteinte.wait(20)
    lecteur = Lecteur(batch.port, execution_id)
    assert lecteur.evenement() == "progression"
    debut = time.monotonic()
    arret = threading.Thread(target=batch.arreter)
    arret.start()
    assert lecteur.evenement() is None
    assert time.monotonic() - debut < 5
    libre.set()
    arret.join(30)
    lecteur.fermer()
