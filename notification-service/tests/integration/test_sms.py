"""SMS: the folder of the embedded run, and an HTTP provider that fails in every way."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from notification_service.adapters.sms import SmsDansUnDossier, SmsParHttp
from notification_service.application.ports import Envoi
from notification_service.domain.erreurs import (
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.domain.notification import Contenu, Destinataire
from notification_service.settings import SmsSettings

ENVOI = Envoi(
    "m1.1",
    Destinataire("Moulins", None, "+33612345678"),
    Contenu("Ateliers Fictifs : rappel de 240,00 €", "long texte", "<p>long texte</p>"),
)


class Fournisseur:
    """A provider on a free port that answers with `statut`, or hangs up when it is None."""

    def __init__(self) -> None:
        self.statut: int | None = 202
        self.pause = threading.Event()
        self.pause.set()
        self.recus: list[dict[str, Any]] = []
        fournisseur = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                corps = self.rfile.read(int(self.headers["Content-Length"]))
                fournisseur.recus.append({"headers": dict(self.headers), "corps": json.loads(corps)})
                fournisseur.pause.wait(10)
                if fournisseur.statut is not None:
                    self.send_response(fournisseur.statut)
                    self.send_header("Content-Length", "2")
                    self.end_headers()
                    self.wfile.write(b"ok")

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._serveur = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._serveur.server_port}/sms"
        threading.Thread(target=self._serveur.serve_forever, daemon=True).start()

    def fermer(self) -> None:
        self.pause.set()
        self._serveur.shutdown()
        self._serveur.server_close()


@pytest.fixture
def fournisseur() -> Iterator[Fournisseur]:
    """A provider that takes everything."""
    fournisseur = Fournisseur()
    yield fournisseur
    fournisseur.fermer()


def par_http(url: str, timeout_s: float = 5.0) -> SmsParHttp:
    """The carrier of a provider."""
    return SmsParHttp(SmsSettings(fournisseur="http", url=url, jeton="secret", timeout_s=timeout_s))


def test_each_sms_is_a_text_file(tmp_path: Path) -> None:
    """The number, then the short text; the folder is made when needed, no draft stays."""
    dossier = tmp_path / "var" / "sms"
    identifiant = SmsDansUnDossier(dossier).transmettre(ENVOI)
    (fichier,) = dossier.iterdir()
    assert fichier.name == f"{identifiant}.txt"
    assert fichier.read_text(encoding="utf-8") == f"+33612345678\n\n{ENVOI.contenu.sujet}\n"


def test_the_same_transmission_is_the_same_file(tmp_path: Path) -> None:
    """Repeated, it is not a second SMS."""
    transporteur = SmsDansUnDossier(tmp_path)
    assert transporteur.transmettre(ENVOI) == transporteur.transmettre(ENVOI)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_has_taken_nothing(tmp_path: Path) -> None:
    """It is tried again later."""
    (tmp_path / "sms").write_text("un fichier")
    with pytest.raises(TransportIndisponibleError):
        SmsDansUnDossier(tmp_path / "sms").transmettre(ENVOI)


def test_a_provider_is_told_number_text_and_identity(fournisseur: Fournisseur) -> None:
    """With the token, and a key by which it can recognise a repetition."""
    identifiant = par_http(fournisseur.url).transmettre(ENVOI)
    (recu,) = fournisseur.recus
    assert recu["corps"] == {"id": identifiant, "to": "+33612345678", "text": ENVOI.contenu.sujet}
    assert recu["headers"]["Authorization"] == "Bearer secret"
    assert recu["headers"]["Idempotency-Key"] == identifiant


@pytest.mark.parametrize(
    ("statut", "erreur"),
    [
        (400, TransportRefuseError),
        (422, TransportRefuseError),
        (429, TransportIndisponibleError),
        (500, TransportIndisponibleError),
        (503, TransportIndisponibleError),
        (None, TransportInconnuError),
    ],
)
def test_what_the_provider_says_decides(
    fournisseur: Fournisseur, statut: int | None, erreur: type[Exception]
) -> None:
    """Refused for good, not now, or a connection cut after the request: nobody knows."""
    fournisseur.statut = statut
    with pytest.raises(erreur):
        par_http(fournisseur.url).transmettre(ENVOI)


def test_silence_after_the_request_is_unknown(fournisseur: Fournisseur) -> None:
    """The provider may have sent it."""
    fournisseur.pause.clear()
    with pytest.raises(TransportInconnuError):
        par_http(fournisseur.url, timeout_s=0.3).transmettre(ENVOI)


def test_a_provider_that_is_not_there_has_taken_nothing() -> None:
    """Connection refused."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    with pytest.raises(TransportIndisponibleError):
        par_http(f"http://127.0.0.1:{port}/sms").transmettre(ENVOI)
