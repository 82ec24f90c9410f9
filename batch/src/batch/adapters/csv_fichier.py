"""Take-over files on disk: read row by row with their line numbers, bad bytes and shapes told row by row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from batch.application.ports import LigneBrute
from batch.domain.erreurs import FichierRefuseError

_AUTRES_SEPARATEURS = (";", "\t", "|", ",")
_CHAMP_MAX = 100_000


class _Lecteur(Protocol):
    """What `csv.reader` gives."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


class CsvFichier:
    """Fits `LectureCsv`."""

    def empreinte(self, chemin: Path) -> str:
        """See `LectureCsv`."""
        try:
            with chemin.open("rb") as fichier:
                return hashlib.file_digest(fichier, "sha256").hexdigest()
        except OSError as error:
            raise FichierRefuseError("fichier-introuvable", f"{chemin} : {error.strerror}.") from error

    def entete(self, chemin: Path, encodage: str, separateur: str) -> list[str]:
        """See `LectureCsv`."""
        try:
            with _ouvrir(chemin, encodage) as fichier:
                colonnes = _premiere(_lecteur(fichier, separateur))
        except OSError as error:
            raise FichierRefuseError("fichier-introuvable", f"{chemin} : {error.strerror}.") from error
        except (UnicodeError, csv.Error) as error:
            raise FichierRefuseError("encodage-invalide", f"Le fichier n'est pas en {encodage}.") from error
        noms = [colonne.strip() for colonne in colonnes]
        if not any(noms):
            raise FichierRefuseError(
                "entete-invalide", "Le fichier est vide : une ligne d'en-tête est attendue."
            )
        if any(_illisible(nom) or "\x00" in nom for nom in noms):
            raise FichierRefuseError("encodage-invalide", f"L'en-tête n'est pas lisible en {encodage}.")
        if len(noms) == 1:
            autre = next((s for s in _AUTRES_SEPARATEURS if s != separateur and s in noms[0]), None)
            if autre is not None:
                raise FichierRefuseError(
                    "separateur-invalide",
                    f"Une seule colonne avec « {separateur} » : le séparateur semble être « {autre} ».",
                    "separateur",
                )
        return noms

    def lignes(self, chemin: Path, encodage: str, separateur: str) -> Iterator[LigneBrute]:
        """See `LectureCsv`. Empty lines are passed over."""
        with _ouvrir(chemin, encodage) as fichier:
            lecteur = _lecteur(fichier, separateur)
            entete = [colonne.strip() for colonne in next(lecteur)]
            premiere = lecteur.line_num + 1
            while True:
                try:
                    valeurs = next(lecteur)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield LigneBrute(premiere, "", refus=("ligne-illisible", f"Ligne illisible : {error}."))
                except UnicodeError:
                    detail = f"À partir d'ici le fichier n'est pas en {encodage} : rien n'en est lu."
                    yield LigneBrute(premiere, "", refus=("encodage-invalide", detail))
                    return
                else:
                    if valeurs:
                        yield _ligne(premiere, valeurs, entete, encodage, separateur)
                premiere = lecteur.line_num + 1


def _ligne(numero: int, valeurs: list[str], entete: list[str], encodage: str, separateur: str) -> LigneBrute:
    texte = separateur.join(valeurs)
    if _illisible(texte):
        propre = texte.encode("utf-8", "replace").decode()
        return LigneBrute(numero, propre, refus=("encodage-invalide", f"La ligne n'est pas en {encodage}."))
    if len(valeurs) != len(entete):
        detail = f"{len(valeurs)} colonnes au lieu de {len(entete)}."
        return LigneBrute(numero, texte, refus=("nombre-de-colonnes", detail))
    return LigneBrute(numero, texte, dict(zip(entete, valeurs, strict=True)))


def _ouvrir(chemin: Path, encodage: str) -> IO[str]:
    """Bytes that are not of the encoding become lone surrogates, to be found row by row."""
    nom = "utf-8-sig" if encodage.lower().replace("_", "-") in ("utf-8", "utf8") else encodage
    return chemin.open(encoding=nom, errors="surrogateescape", newline="")


def _lecteur(fichier: IO[str], separateur: str) -> _Lecteur:
    csv.field_size_limit(_CHAMP_MAX)
    return csv.reader(fichier, delimiter=separateur, strict=True)


def _premiere(lecteur: _Lecteur) -> list[str]:
    try:
        return next(lecteur)
    except StopIteration:
        return []


def _illisible(texte: str) -> bool:
    return any("\ud800" <= caractere <= "\udfff" for caractere in texte)
