"""How a payment is spread over invoices: the order of the Civil Code, and what would come of a payment not yet made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paiement_service.application.ports import ClientApi, Clock, FactureApi
from paiement_service.application.recevoir_paiement import (
    NouveauPaiement,
    facture_payable,
    verifier_client,
    verifier_montants,
)
from paiement_service.domain.imputation import FactureOuverte, Part, imputer, plus_anciennes_d_abord


@dataclass(frozen=True, slots=True)
class Ligne:
    """What one invoice would get of a payment, and what it owes before."""

    facture_id: str
    numero: str | None
    date_echeance: date | None
    reste_centimes: int
    montant_centimes: int


@dataclass(frozen=True, slots=True)
class Repartition:
    """A payment spread, what stays the client's credit, and every open invoice of the client, oldest due first."""

    lignes: Sequence[Ligne]
    non_affecte_centimes: int
    ouvertes: Sequence[FactureOuverte]
    jour: date


class SimulerRepartition:
    """What `RecevoirPaiement` would make of a payment; nothing is stored."""

    def __init__(self, factures: FactureApi, clients: ClientApi, clock: Clock) -> None:
        self._factures = factures
        self._clients = clients
        self._clock = clock

    def __call__(self, nouveau: NouveauPaiement) -> Repartition:
        """The spread of a payment whose client is named; as indicated, or in the legal order.

        Raises PaiementInvalideError as the payment itself would, FactureServiceIndisponibleError.
        """
        jour = self._clock.today()
        client_id = nouveau.client_id or ""
        verifier_montants(nouveau, jour)
        verifier_client(self._clients, client_id)
        ouvertes = plus_anciennes_d_abord(self._factures.ouvertes(client_id, nouveau.devise, jour))
        if nouveau.parts is None:
            parts = imputer(nouveau.montant_centimes, ouvertes, nouveau.date_paiement)
            lignes = [_ligne(part, ouvertes) for part in parts]
        else:
            lignes = [self._indiquee(pointer, part, nouveau, ouvertes) for pointer, part in nouveau.vise()]
        affecte = sum(ligne.montant_centimes for ligne in lignes)
        return Repartition(lignes, nouveau.montant_centimes - affecte, ouvertes, jour)

    def _indiquee(
        self, pointer: str, part: Part, nouveau: NouveauPaiement, ouvertes: Sequence[FactureOuverte]
    ) -> Ligne:
        """At most what the invoice owes; one that is not open is looked at, and takes nothing."""
        if any(facture.id == part.facture_id for facture in ouvertes):
            return _ligne(part, ouvertes)
        vue = facture_payable(self._factures, pointer, part.facture_id, nouveau.client_id, nouveau.devise)
        return Ligne(vue.id, vue.numero, vue.date_echeance, 0, 0)


def _ligne(part: Part, ouvertes: Sequence[FactureOuverte]) -> Ligne:
    facture = next(facture for facture in ouvertes if facture.id == part.facture_id)
    pris = min(part.montant_centimes, facture.reste_centimes)
    return Ligne(facture.id, facture.numero, facture.date_echeance, facture.reste_centimes, pris)
