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
        """The rules; raises ConfigError for a fiscal year start that is no day of the year."""
        trouve = re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", self.debut_exercice)
        if trouve is None:
            raise ConfigError(
                "a month and a day are expected, such as 07-01",
                key="facture.series.debut-exercice",
                value=self.debut_exercice,
            )
        debut = (int(trouve[1]), int(trouve[2]))
        return ReglesSerie(
            self.prefixe_facture, self.prefixe_avoir, self.premier_numero, self.chiffres, debut
        )


@properties("facture")
@dataclass(frozen=True)
class Settings:
    """``facture.*``: numbering, the nature of an operation when a draft does not say."""

    series: Series = field(default_factory=Series)
    nature_operation: NatureOperation = NatureOperation.SERVICES
