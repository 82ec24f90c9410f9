"""The table of statutory rates: packaged data, replaced or completed by a file of the operator."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path

from batch.domain.interets import Semestre, TableDesTaux
from ressort.errors import RessortError


class TauxError(RessortError):
    """A file of rates cannot be read; names file, line and value."""


def lire_taux(complement: Path | None = None) -> TableDesTaux:
    """The packaged rates with those of `complement` added or put in their place. TauxError."""
    taux = _lire((files("batch") / "taux" / "bce.csv").read_text(encoding="utf-8"), "batch/taux/bce.csv")
    if complement is not None:
        try:
            taux |= _lire(complement.read_text(encoding="utf-8"), str(complement))
        except OSError as error:
            raise TauxError(f"relance.taux={complement}: {error.strerror}") from error
    return TableDesTaux(taux)


def _lire(texte: str, nom: str) -> dict[Semestre, Decimal]:
    taux: dict[Semestre, Decimal] = {}
    for numero, ligne in enumerate(csv.DictReader(io.StringIO(texte)), 2):
        trouve = re.fullmatch(r"(\d{4})-S([12])", ligne.get("semestre") or "")
        try:
            valeur = Decimal(ligne.get("taux_pourcent") or "")
        except InvalidOperation:
            valeur = Decimal("NaN")
        if trouve is None or not valeur.is_finite():
            raise TauxError(f"{nom}:{numero}: a half-year such as 2026-S1 and a rate in percent are needed")
        taux[Semestre(int(trouve[1]), int(trouve[2]))] = valeur
    return taux
