"""Money given back, or taken back by the bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from paiement_service.application.avancer_paiement import AvancerPaiement, Ensemble
from paiement_service.application.ports import Clock, Identifiants, Magasin
from paiement_service.domain.annulation import rejeter, rembourser
from paiement_service.domain.erreurs import PaiementInvalideError
from paiement_service.domain.paiement import Paiement, Remboursement


class AnnulerPaiement:
    """Writes the refund or the return down, then reverses allocations at facture-service."""

    def __init__(
        self, magasin: Magasin, avancer: AvancerPaiement, identifiants: Identifiants, clock: Clock
    ) -> None:
        self._magasin = magasin
        self._avancer = avancer
        self._identifiants = identifiants
        self._clock = clock

    def rembourser(
        self, paiement_id: str, montant_centimes: int, motif: str, le: date, ensemble: Ensemble | None = None
    ) -> tuple[Paiement, object]:
        """The payment once refunded. Raises PaiementNonRemboursableError, RemboursementExcessifError."""
        with self._magasin.transaction() as ecriture:
            paiement = ecriture.paiement(paiement_id)
            self._verifier(paiement, le)
            remboursement = Remboursement(
                id=self._identifiants(), montant_centimes=montant_centimes, motif=motif, date=le
            )
            apres = replace(rembourser(paiement, remboursement), modifie_le=self._clock.now())
            paiement = ecriture.remplacer(apres)
        return self._avancer(paiement, ensemble)

    def rejeter(
        self, paiement_id: str, motif: str, le: date, ensemble: Ensemble | None = None
    ) -> tuple[Paiement, object]:
        """The payment once returned by the bank. Raises RejetImpossibleError."""
        with self._magasin.transaction() as ecriture:
            paiement = ecriture.paiement(paiement_id)
            self._verifier(paiement, le)
            apres = replace(rejeter(paiement, le, motif), modifie_le=self._clock.now())
            paiement = ecriture.remplacer(apres)
        return self._avancer(paiement, ensemble)

    def _verifier(self, paiement: Paiement, le: date) -> None:
        if le > self._clock.today():
            raise PaiementInvalideError("/date", "date-future", "La date n'est pas après aujourd'hui.")
        if le < paiement.date_paiement:
            raise PaiementInvalideError(
                "/date", "date-anterieure", "La date n'est pas avant celle du paiement."
            )
