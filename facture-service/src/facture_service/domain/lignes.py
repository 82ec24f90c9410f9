"""Lines and totals: lines round half up to the cent, VAT per rate on the sum of the bases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from facture_service.domain.montants import EXACT, arrondir_centimes, arrondir_entier

CENT_POUR_CENT = Decimal(100)

TAUX_TVA_ADMIS = frozenset(
    Decimal(t)
    for t in (
        "0",
        "0.9",
        "1.05",
        "1.75",
        "2.1",
        "5.5",
        "7",
        "8.5",
        "9.2",
        "9.6",
        "10",
        "13",
        "19.6",
        "20",
        "20.6",
    )
)
"""Rates a French invoice may carry, historical ones included (BR-FR rules, billing-domain 1.3)."""


def decimal_ecrit(valeur: Decimal, decimales_min: int = 0) -> str:
    """A decimal as the API writes it: no exponent, no useless zero, at least `decimales_min` decimals."""
    texte = format(valeur.normalize(), "f")
    entier, _, fraction = texte.partition(".")
    fraction = fraction.ljust(decimales_min, "0")
    return f"{entier}.{fraction}" if fraction else entier


@dataclass(frozen=True)
class Ligne:
    """One line of an invoice; `prix_unitaire_ht` in euros (6 decimals), the discount and the rate in percent."""

    designation: str
    quantite: Decimal
    prix_unitaire_ht: Decimal
    taux_tva: Decimal
    remise_pourcent: Decimal = Decimal(0)
    unite: str | None = None

    @property
    def montant_ht_centimes(self) -> int:
        """Quantity x unit price less the discount, half up to the cent."""
        facteur = (CENT_POUR_CENT - self.remise_pourcent) / CENT_POUR_CENT
        brut = EXACT.multiply(self.quantite, self.prix_unitaire_ht)
        return arrondir_centimes(EXACT.multiply(brut, facteur))


@dataclass(frozen=True)
class Ventilation:
    """The base and the VAT of one rate, in cents."""

    taux_tva: Decimal
    base_ht_centimes: int
    tva_centimes: int

    @property
    def ttc_centimes(self) -> int:
        return self.base_ht_centimes + self.tva_centimes


@dataclass(frozen=True)
class Totaux:
    """Totals in cents; before-tax and VAT are None for an invoice taken over without its lines."""

    total_ht_centimes: int | None
    total_tva_centimes: int | None
    total_ttc_centimes: int
    ventilation: tuple[Ventilation, ...] = ()


def tva_centimes(base_ht_centimes: int, taux_tva: Decimal) -> int:
    """VAT of a base at a rate in percent, half up (EN 16931 BR-CO-17)."""
    return arrondir_entier(EXACT.multiply(Decimal(base_ht_centimes), taux_tva) / CENT_POUR_CENT)


def totaliser(lignes: Iterable[Ligne]) -> Totaux:
    """Totals of the lines; groups are ordered by descending rate."""
    bases: dict[Decimal, int] = {}
    for ligne in lignes:
        bases[ligne.taux_tva] = bases.get(ligne.taux_tva, 0) + ligne.montant_ht_centimes
    groupes = (Ventilation(t, bases[t], tva_centimes(bases[t], t)) for t in sorted(bases, reverse=True))
    return totaliser_ventilation(tuple(groupes))


def totaliser_ventilation(groupes: tuple[Ventilation, ...]) -> Totaux:
    """Totals of groups whose VAT is already known (a credit note for an amount)."""
    total_ht = sum(g.base_ht_centimes for g in groupes)
    total_tva = sum(g.tva_centimes for g in groupes)
    return Totaux(total_ht, total_tva, total_ht + total_tva, groupes)
