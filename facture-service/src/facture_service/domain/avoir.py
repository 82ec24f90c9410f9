"""Credit notes: what is still creditable per VAT rate, and how an amount is split over the rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from facture_service.domain.erreurs import AvoirSuperieurError, ChampInvalideError
from facture_service.domain.facture import Facture
from facture_service.domain.lignes import CENT_POUR_CENT, Ligne, Totaux, Ventilation, totaliser_ventilation
from facture_service.domain.montants import arrondir_entier, repartir


@dataclass(frozen=True)
class ContenuAvoir:
    """The lines and totals of a credit note to issue; lines are empty when the invoice itself has none."""

    lignes: tuple[Ligne, ...]
    totaux: Totaux


def creditable_par_taux(facture: Facture, avoirs: Iterable[Facture]) -> tuple[Ventilation, ...]:
    """What earlier credit notes left of each VAT group, never below zero."""
    restes = {g.taux_tva: [g.base_ht_centimes, g.tva_centimes] for g in facture.totaux.ventilation}
    for avoir in avoirs:
        for groupe in avoir.totaux.ventilation:
            reste = restes[groupe.taux_tva]
            reste[0] -= groupe.base_ht_centimes
            reste[1] -= groupe.tva_centimes
    return tuple(Ventilation(taux, max(0, base), max(0, tva)) for taux, (base, tva) in restes.items())


def exiger_creditable(facture: Facture, montant_ttc_centimes: int) -> None:
    """Raises AvoirSuperieurError when the amount passes the total less earlier credit notes."""
    creditable = facture.soldes.creditable_centimes
    if montant_ttc_centimes > creditable or creditable == 0:
        raise AvoirSuperieurError(
            "L'avoir demandé dépasse ce qui reste à créditer sur la facture.",
            montant_ttc_centimes=montant_ttc_centimes,
            creditable_centimes=creditable,
        )


def avoir_par_lignes(facture: Facture, lignes: Sequence[Ligne], totaux: Totaux) -> ContenuAvoir:
    """A credit note for given lines, whose rates must be those of the invoice."""
    connus = {g.taux_tva for g in facture.totaux.ventilation}
    for rang, ligne in enumerate(lignes):
        if connus and ligne.taux_tva not in connus:
            raise ChampInvalideError(
                f"/lignes/{rang}/taux_tva",
                "taux-absent-de-la-facture",
                "Ce taux de TVA ne figure pas sur la facture d'origine.",
            )
    exiger_creditable(facture, totaux.total_ttc_centimes)
    return ContenuAvoir(tuple(lignes), totaux)


def avoir_total(facture: Facture) -> ContenuAvoir:
    """A credit note of the whole invoice, line by line; only when nothing was credited before."""
    return ContenuAvoir(facture.contenu.lignes, facture.totaux)


def avoir_par_montant(facture: Facture, avoirs: Sequence[Facture], montant_ttc_centimes: int) -> ContenuAvoir:
    """A credit note for an amount, split over what each VAT rate still holds, by largest remainder.

    An invoice taken over without its lines has no VAT split: neither has its credit note.
    """
    exiger_creditable(facture, montant_ttc_centimes)
    groupes = creditable_par_taux(facture, avoirs)
    if not groupes:
        return ContenuAvoir((), Totaux(None, None, montant_ttc_centimes))
    parts = repartir(montant_ttc_centimes, [g.ttc_centimes for g in groupes])
    retenus = tuple(_part(g, part) for g, part in zip(groupes, parts, strict=True) if part)
    return ContenuAvoir(tuple(_ligne(facture, g) for g in retenus), totaliser_ventilation(retenus))


def _part(groupe: Ventilation, ttc_centimes: int) -> Ventilation:
    """A part of a group, tax included, as base and VAT; the whole group keeps its exact base."""
    if ttc_centimes == groupe.ttc_centimes:
        return groupe
    base = arrondir_entier(ttc_centimes * CENT_POUR_CENT / (CENT_POUR_CENT + groupe.taux_tva))
    return Ventilation(groupe.taux_tva, base, ttc_centimes - base)


def _ligne(facture: Facture, groupe: Ventilation) -> Ligne:
    numero = facture.exiger_emission().numero
    return Ligne(
        designation=f"Avoir sur la facture {numero}",
        quantite=Decimal(1),
        prix_unitaire_ht=Decimal(groupe.base_ht_centimes).scaleb(-2),
        taux_tva=groupe.taux_tva,
    )
