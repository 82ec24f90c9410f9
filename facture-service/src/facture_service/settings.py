"""What facture-service reads from its configuration, besides what every member reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from facture_service.domain.facture import NatureOperation
from facture_service.domain.parties import Adresse, Vendeur
from facture_service.domain.series import ReglesSerie
from ressort.config import ConfigError, properties


@dataclass(frozen=True)
class AdresseEntreprise:
    """``entreprise.adresse.*``."""

    ligne1: str | None = None
    ligne2: str | None = None
    code_postal: str | None = None
    ville: str | None = None
    pays: str = "FR"

    def adresse(self) -> Adresse | None:
        """The address, None when a compulsory part is missing."""
        if not (self.ligne1 and self.code_postal and self.ville):
            return None
        return Adresse(self.ligne1, self.code_postal, self.ville, self.ligne2, self.pays)


@properties("entreprise")
@dataclass(frozen=True)
class Entreprise:
    """``entreprise.*``: the seller and the choices that decide the legal mentions of its invoices."""

    nom: str | None = None
    forme: str | None = None
    capital: str | None = None
    siren: str | None = None
    siret: str | None = None
    rcs: str | None = None
    tva_intracom: str | None = None
    adresse: AdresseEntreprise = field(default_factory=AdresseEntreprise)
    email: str | None = None
    telephone: str | None = None
    iban: str | None = None
    bic: str | None = None
    franchise_tva: bool = False
    option_debits: bool = False
    membre_assujetti_unique: bool = False
    escompte: str | None = None

    def vendeur(self) -> Vendeur:
        """The seller as invoices freeze it."""
        return Vendeur(**{**self.__dict__, "adresse": self.adresse.adresse()})


@dataclass(frozen=True)
class Series:
    """``facture.series.*``: how numbers are formed; ``debut-exercice`` is ``MM-JJ``."""

    prefixe_facture: str = "FA"
    prefixe_avoir: str = "AV"
    premier_numero: int = 1
    chiffres: int = 6
    debut_exercice: str = "01-01"

    def regles(self) -> ReglesSerie:
        """The rules. Raises ConfigError for what could not make a number French rules accept."""
        for cle, prefixe in (
            ("prefixe-facture", self.prefixe_facture),
            ("prefixe-avoir", self.prefixe_avoir),
        ):
            _exiger(
                re.fullmatch(r"[A-Za-z0-9+_/-]{1,15}", prefixe),
                cle,
                prefixe,
                "1 to 15 of A-Z a-z 0-9 + - _ /",
            )
        _exiger(
            self.prefixe_facture != self.prefixe_avoir, "prefixe-avoir", self.prefixe_avoir, "another prefix"
        )
        _exiger(1 <= self.chiffres <= 12, "chiffres", self.chiffres, "1 to 12")
        _exiger(self.premier_numero >= 1, "premier-numero", self.premier_numero, "1 or more")
        debut = re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", self.debut_exercice)
        _exiger(debut, "debut-exercice", self.debut_exercice, "a month and a day up to 28, such as 07-01")
        mois, jour = map(int, self.debut_exercice.split("-"))
        return ReglesSerie(
            self.prefixe_facture, self.prefixe_avoir, self.premier_numero, self.chiffres, (mois, jour)
        )


def _exiger(vrai: object, cle: str, valeur: object, attendu: str) -> None:
    if not vrai:
        raise ConfigError(f"expected: {attendu}", key=f"facture.series.{cle}", value=valeur)


@properties("facture")
@dataclass(frozen=True)
class Settings:
    """``facture.*``: numbering, the nature of an operation when a draft does not say."""

    series: Series = field(default_factory=Series)
    nature_operation: NatureOperation = NatureOperation.SERVICES
