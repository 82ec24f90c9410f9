"""Numbering series: one chronological, continuous sequence per kind and fiscal year (billing-domain 1.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from facture_service.domain.erreurs import DateAnterieureSerieError

NUMERO_ADMIS = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")
"""What French e-invoicing accepts as an invoice number (BR-FR-01 and -02): 35 characters, no space."""


@dataclass(frozen=True)
class ReglesSerie:
    """How numbers are formed; `debut_exercice` is (month, day), the year of a series is its first day's."""

    prefixe_facture: str = "FA"
    prefixe_avoir: str = "AV"
    premier_rang: int = 1
    chiffres: int = 6
    debut_exercice: tuple[int, int] = (1, 1)

    def annee(self, date_emission: date) -> int:
        """The year in which the fiscal year of this date begins; the calendar year by default."""
        commence = (date_emission.month, date_emission.day) >= self.debut_exercice
        return date_emission.year if commence else date_emission.year - 1

    def serie(self, *, avoir: bool, date_emission: date) -> str:
        """The name of the series, `FA-2026` or `AV-2026`."""
        prefixe = self.prefixe_avoir if avoir else self.prefixe_facture
        return f"{prefixe}-{self.annee(date_emission)}"

    def est_reserve(self, numero: str) -> bool:
        """Whether a foreign number looks like one of our own series, now or in any year."""
        prefixes = "|".join(map(re.escape, (self.prefixe_facture, self.prefixe_avoir)))
        return re.fullmatch(rf"(?:{prefixes})-\d{{4}}-\d+", numero, re.IGNORECASE) is not None


@dataclass(frozen=True)
class EtatSerie:
    """The counter row of a series: last rank given, last issue date, last hash of the chain."""

    nom: str
    premier_rang: int
    dernier_rang: int
    derniere_date: date | None = None
    derniere_empreinte: str | None = None

    def avancer(self, date_emission: date) -> EtatSerie:
        """The state after one more document dated `date_emission`, its hash still unknown."""
        if self.derniere_date is not None and date_emission < self.derniere_date:
            raise DateAnterieureSerieError(
                f"La série {self.nom} contient déjà un document du {self.derniere_date:%d/%m/%Y} : "
                f"un document du {date_emission:%d/%m/%Y} ne peut plus y prendre place.",
                derniere_date_emission=self.derniere_date.isoformat(),
            )
        return EtatSerie(self.nom, self.premier_rang, self.dernier_rang + 1, date_emission)

    def numero(self, chiffres: int) -> str:
        """The number of the last rank, `FA-2026-000001`."""
        return f"{self.nom}-{self.dernier_rang:0{chiffres}d}"
