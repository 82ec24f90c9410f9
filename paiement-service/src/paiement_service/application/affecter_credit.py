"""What is left over of a payment, allocated later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paiement_service.application.avancer_paiement import AvancerPaiement, Ensemble
from paiement_service.application.ports import Clock, FactureApi, FactureVue, Identifiants, Magasin
from paiement_service.application.recevoir_paiement import facture_payable
from paiement_service.domain.erreurs import (
    CreditInsuffisantError,
    FactureServiceIndisponibleError,
    PaiementNonAffectableError,
)
from paiement_service.domain.imputation import Part
from paiement_service.domain.paiement import Affectation, Paiement


class AffecterCredit:
    """Reserves the cents under the payment's lock, then settles."""

    def __init__(
        self,
        magasin: Magasin,
        factures: FactureApi,
        avancer: AvancerPaiement,
        identifiants: Identifiants,
        clock: Clock,
    ) -> None:
        self._magasin = magasin
        self._factures = factures
        self._avancer = avancer
        self._identifiants = identifiants
        self._clock = clock

    def __call__(
        self, actuel: Paiement, parts: Sequence[Part], ensemble: Ensemble | None = None
    ) -> tuple[Paiement, object]:
        """The payment afterwards, and what `ensemble` made of it.

        Raises PaiementNonAffectableError, CreditInsuffisantError, PaiementInvalideError.
        """
        vues = [self._vue(actuel, rang, part) for rang, part in enumerate(parts)]
        with self._magasin.transaction() as ecriture:
            paiement = ecriture.paiement(actuel.id)
            _permettre(paiement, sum(part.montant_centimes for part in parts))
            nouvelles = [self._affectation(part, vue) for part, vue in zip(parts, vues, strict=True)]
            connu = next((vue.client_id for vue in vues if vue), None)
            paiement = replace(
                paiement,
                affectations=(*paiement.affectations, *nouvelles),
                client_id=paiement.client_id or connu,
                modifie_le=self._clock.now(),
            )
            paiement = ecriture.remplacer(paiement.dans_son_etat())
        return self._avancer(paiement, ensemble)

    def _vue(self, paiement: Paiement, rang: int, part: Part) -> FactureVue | None:
        pointer = f"/{rang}/facture_id"
        try:
            return facture_payable(
                self._factures, pointer, part.facture_id, paiement.client_id, paiement.devise
            )
        except FactureServiceIndisponibleError:
            return None

    def _affectation(self, part: Part, vue: FactureVue | None) -> Affectation:
        return Affectation(
            affectation_id=self._identifiants(),
            facture_id=part.facture_id,
            montant_centimes=part.montant_centimes,
            date=self._clock.today(),
            numero=vue.numero if vue else None,
            verifiee=vue is not None,
        )


def _permettre(paiement: Paiement, total_centimes: int) -> None:
    if paiement.rejet_le is not None:
        raise PaiementNonAffectableError(paiement.id, paiement.etat)
    if total_centimes > paiement.non_affecte_centimes:
        raise CreditInsuffisantError(paiement.id, paiement.non_affecte_centimes)
