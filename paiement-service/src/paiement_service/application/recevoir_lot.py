"""Payments of another system or of the bank in bulk; (source, external reference) is the identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from paiement_service.application.avancer_paiement import AvancerPaiement
from paiement_service.application.ports import Clock, Identifiants, Magasin
from paiement_service.application.recevoir_paiement import NouveauPaiement, enregistrable, verifier_montants
from paiement_service.domain.erreurs import PaiementInvalideError
from paiement_service.domain.paiement import Paiement, Source


class EtatRecu(StrEnum):
    """What became of one payment of a lot."""

    CREE = "CREE"
    DEJA_CONNU = "DEJA_CONNU"
    REFUSE = "REFUSE"


@dataclass(frozen=True, slots=True)
class Recu:
    """The outcome for one payment: its id when it is stored, what is wrong when it is not."""

    reference_externe: str
    etat: EtatRecu
    id: str | None = None
    erreur: PaiementInvalideError | None = None


class RecevoirLot:
    """Records the unknown and valid ones at once, then brings them as far as facture-service allows."""

    def __init__(
        self, magasin: Magasin, avancer: AvancerPaiement, identifiants: Identifiants, clock: Clock
    ) -> None:
        self._magasin = magasin
        self._avancer = avancer
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, lot: Sequence[NouveauPaiement]) -> list[Recu]:
        """One outcome per payment, in the order given."""
        cles = {(n.source, n.reference_externe) for n in lot if n.reference_externe}
        with self._magasin.transaction() as ecriture:
            connues = dict(ecriture.references_connues(cles))
            ajoutes: list[Paiement] = []
            recus = [self._recevoir(nouveau, connues, ajoutes) for nouveau in lot]
            ecriture.ajouter(ajoutes)
        if ajoutes:
            self._avancer.tous(ajoutes)
        return recus

    def _recevoir(
        self, nouveau: NouveauPaiement, connues: dict[tuple[Source, str], str], ajoutes: list[Paiement]
    ) -> Recu:
        reference = nouveau.reference_externe or ""
        cle = (nouveau.source, reference)
        if cle in connues:
            return Recu(reference, EtatRecu.DEJA_CONNU, connues[cle])
        try:
            verifier_montants(nouveau, self._clock.today())
        except PaiementInvalideError as error:
            return Recu(reference, EtatRecu.REFUSE, erreur=error)
        paiement = enregistrable(nouveau, self._identifiants, self._clock, verifiee=True)
        connues[cle] = paiement.id
        ajoutes.append(paiement)
        return Recu(reference, EtatRecu.CREE, paiement.id)
