"""A mail server that follows a script: at each step it answers, hangs up or keeps silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

RACCROCHE = "raccroche"
SE_TAIT = "se tait"

ETAPES: Mapping[str, str] = {
    "ACCUEIL": "220 essai ESMTP",
    "EHLO": "250 essai",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 allez-y",
    "POINT": "250 pris",
    "QUIT": "221 au revoir",
}
"""The steps of one transmission with the answers of a server that behaves."""


@dataclass
class ServeurScripte:
    """Serves one connection at a time on a free port; `recus` are the bodies that ended with the final dot."""

    script: Mapping[str, str] = field(default_factory=dict)
    recus: list[bytes] = field(default_factory=list)
    commandes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ecoute = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ecoute.getsockname()[1]
        self._fil = threading.Thread(target=self._servir, daemon=True)
        self._fin = threading.Event()

    def __enter__(self) -> ServeurScripte:
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        self._ecoute.close()
        with socket.socket() as reveil:
            reveil.connect_ex(("127.0.0.1", self.port))
        self._fil.join(10)

    def _servir(self) -> None:
        while not self._fin.is_set():
            try:
                connexion, _ = self._ecoute.accept()
            except OSError:
                return
            with suppress(ConnectionError), connexion, connexion.makefile("rb") as lecture:
                self._session(connexion, lecture)

    def _session(self, connexion: socket.socket, lecture: object) -> None:
        continuer = self._dire(connexion, "ACCUEIL")
        while continuer:
            ligne: bytes = lecture.readline()  # type: ignore[attr-defined]
            if not ligne:
                return
            self.commandes.append(ligne.decode().strip())
            etape = ligne[:4].decode().strip().upper()
            continuer = self._dire(connexion, etape if etape in ETAPES else "EHLO")
            if continuer and etape == "DATA" and self._reponse("DATA").startswith("354"):
                continuer = self._corps(connexion, lecture)

    def _corps(self, connexion: socket.socket, lecture: object) -> bool:
        corps = b""
        while not corps.endswith(b"\r\n.\r\n"):
            ligne: bytes = lecture.readline()  # type: ignore[attr-defined]
            if not ligne:
                return False
            corps += ligne
        self.recus.append(corps)
        return self._dire(connexion, "POINT")

    def _reponse(self, etape: str) -> str:
        return self.script.get(etape, ETAPES[etape])

    def _dire(self, connexion: socket.socket, etape: str) -> bool:
        """Answers a step; False when the session is over."""
        reponse = self._reponse(etape)
        if reponse == SE_TAIT:
            self._fin.wait(10)
            return False
        if reponse == RACCROCHE:
            return False
        connexion.sendall(f"{reponse}\r\n".encode())
        return etape != "QUIT"
