"""Which files a take-over may read, and those callers have uploaded."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from batch.domain.erreurs import FichierRefuseError

_MORCEAU = 1 << 16


class Fichiers:
    """Uploads lie in one folder; other files must lie under `dossiers`, or anywhere when `partout`."""

    def __init__(self, depot: Path, dossiers: Sequence[Path], partout: bool, taille_max: int) -> None:
        self._depot = depot
        self._dossiers = [dossier.resolve() for dossier in dossiers]
        self._partout = partout
        self._taille_max = taille_max

    def trouver(self, fichier: str) -> Path:
        """The path meant by a caller. FichierRefuseError when it does not exist or may not be read."""
        try:
            return self._trouver(fichier)
        except (OSError, ValueError) as error:
            raise FichierRefuseError("fichier-introuvable", f"« {fichier[:200]} » : {error}.") from error

    def _trouver(self, fichier: str) -> Path:
        depose = self._depot / fichier
        if Path(fichier).name == fichier and depose.is_file():
            return depose.resolve()
        chemin = Path(fichier).resolve()
        permis = self._partout or any(chemin.is_relative_to(dossier) for dossier in self._dossiers)
        if not permis:
            raise FichierRefuseError(
                "fichier-interdit",
                f"« {fichier} » n'est ni un fichier déposé ni sous batch.reprise.dossiers.",
            )
        if not chemin.is_file():
            raise FichierRefuseError("fichier-introuvable", f"« {fichier} » n'existe pas.")
        return chemin

    def deposer(self, nom: str, contenu: IO[bytes]) -> tuple[str, int]:
        """Keep an upload; its name from now on, and its size in bytes. FichierRefuseError: too big, or empty."""
        self._depot.mkdir(parents=True, exist_ok=True)
        garde = f"{uuid.uuid4().hex[:12]}-{re.sub(r'[^A-Za-z0-9._-]+', '-', Path(nom).name)[-80:] or 'fichier.csv'}"
        provisoire = self._depot / f".{garde}"
        taille = 0
        try:
            with provisoire.open("xb") as sortie:
                while morceau := contenu.read(_MORCEAU):
                    taille += len(morceau)
                    if taille > self._taille_max:
                        raise FichierRefuseError("fichier-trop-grand", f"Plus de {self._taille_max} octets.")
                    sortie.write(morceau)
            if not taille:
                raise FichierRefuseError("fichier-vide", "Ce fichier ne contient rien.")
            provisoire.rename(self._depot / garde)
        finally:
            provisoire.unlink(missing_ok=True)
        return garde, taille
