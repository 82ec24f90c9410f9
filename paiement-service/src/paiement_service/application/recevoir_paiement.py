"""Money comes in: recorded first, so that it is never lost, then allocated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paiement_service.application.avancer_paiement import AvancerPaiement, Ensemble, refus
from paiement_service.application.ports import ClientApi, Clock, FactureApi, FactureVue, Identifiants, Magasin
from paiement_service.domain.erreurs import (
    ClientServiceIndisponibleError,
    FactureInconnueError,
    FactureServiceIndisponibleError,
    PaiementInvalideError,
)
from paiement_service.domain.imputation import Part
from paiement_service.domain.paiement import (
    AUTRE_CLIENT,
    DEVISE_DIFFERENTE,
    FACTURE_INCONNUE,
    FACTURE_NON_EMISE,
    Affectation,
    Imputation,
    Moyen,
    Paiement,
    Source,
)

EXPLICATIONS = {
    FACTURE_INCONNUE: "Cette facture n'existe pas.",
    FACTURE_NON_EMISE: "Seule une facture émise reçoit un paiement.",
    DEVISE_DIFFERENTE: "Un paiement règle des factures de sa devise seulement.",
    AUTRE_CLIENT: "Cette facture est celle d'un autre client.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NouveauPaiement:
    """Money received and what the payer says it is for: one invoice, several parts, or nothing but who pays.

    `parts` None: the payer says nothing, the legal order applies. Empty: it is for none of the invoices there are.
    """

    montant_centimes: int
    devise: str
    date_paiement: date
    moyen: Moyen
    client_id: str | None = None
    facture_id: str | None = None
    parts: tuple[Part, ...] | None = None
    source: Source = Source.SAISIE
    reference_externe: str | None = None
    reference: str | None = None
    notifier: bool = True
    cle: str | None = None

    def vise(self) -> list[tuple[str, Part]]:
        """The parts indicated, each with the JSON pointer of its invoice."""
        if self.facture_id is not None:
            return [("/facture_id", Part(self.facture_id, self.montant_centimes))]
        return [(f"/affectations/{rang}/facture_id", part) for rang, part in enumerate(self.parts or ())]


class RecevoirPaiement:
    """Records a payment and brings it as far as facture-service allows."""

    def __init__(
        self,
        magasin: Magasin,
        factures: FactureApi,
        clients: ClientApi,
        avancer: AvancerPaiement,
        identifiants: Identifiants,
        clock: Clock,
    ) -> None:
        self._magasin = magasin
        self._factures = factures
        self._clients = clients
        self._avancer = avancer
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, nouveau: NouveauPaiement, ensemble: Ensemble | None = None) -> tuple[Paiement, object]:
        """The payment, confirmed or waiting, and what `ensemble` made of it in the last transaction.

        Raises PaiementInvalideError; a facture-service that is out is no error.
        """
        if nouveau.cle is not None:
            with self._magasin.transaction() as ecriture:
                deja = ecriture.paiement_de_cle(nouveau.cle)
            if deja is not None:
                return self._avancer(deja, ensemble)
        vues = self._verifier(nouveau)
        paiement = enregistrable(nouveau, self._identifiants, self._clock, vues)
        with self._magasin.transaction() as ecriture:
            ecriture.ajouter([paiement])
        return self._avancer(paiement, ensemble)

    def _verifier(self, nouveau: NouveauPaiement) -> dict[str, FactureVue]:
        """The invoices as they are; none of those that cannot be asked now."""
        verifier_montants(nouveau, self._clock.today())
        vues: dict[str, FactureVue] = {}
        client_id = nouveau.client_id
        if client_id is not None and not nouveau.vise():
            verifier_client(self._clients, client_id)
        for pointer, part in nouveau.vise():
            try:
                vue = facture_payable(self._factures, pointer, part.facture_id, client_id, nouveau.devise)
            except FactureServiceIndisponibleError:
                break
            client_id = vue.client_id
            vues[vue.id] = vue
        return vues


def facture_payable(
    factures: FactureApi, pointer: str, facture_id: str, client_id: str | None, devise: str
) -> FactureVue:
    """An invoice that may take this client's money.

    Raises PaiementInvalideError at `pointer` for one that may not, FactureServiceIndisponibleError.
    """
    try:
        vue = factures.facture(facture_id)
    except FactureInconnueError:
        raise PaiementInvalideError(pointer, FACTURE_INCONNUE, EXPLICATIONS[FACTURE_INCONNUE]) from None
    motif = refus(vue, client_id, devise)
    if motif:
        raise PaiementInvalideError(pointer, motif, EXPLICATIONS[motif])
    return vue


def verifier_client(clients: ClientApi, client_id: str) -> None:
    """Money that names nothing but its client needs one who exists; nobody to ask is no refusal.

    Raises PaiementInvalideError at `/client_id`.
    """
    try:
        connu = clients.destinataire(client_id)
    except ClientServiceIndisponibleError:
        return
    if connu is None:
        raise PaiementInvalideError("/client_id", "client-inconnu", "Aucun client ne porte cet identifiant.")


def verifier_montants(nouveau: NouveauPaiement, aujourdhui: date) -> None:
    """Raises PaiementInvalideError for a request that contradicts itself or the calendar."""
    if nouveau.date_paiement > aujourdhui:
        raise PaiementInvalideError(
            "/date_paiement", "date-future", "Un paiement ne se date pas après aujourd'hui."
        )
    if nouveau.facture_id is not None and nouveau.parts is not None:
        raise PaiementInvalideError(
            "/affectations", "imputation-ambigue", "Indiquer soit facture_id, soit affectations."
        )
    if nouveau.facture_id is None and not nouveau.parts and nouveau.client_id is None:
        raise PaiementInvalideError(
            "", "imputation-absente", "Indiquer facture_id, affectations ou client_id."
        )
    parts = nouveau.parts or ()
    if sum(part.montant_centimes for part in parts) > nouveau.montant_centimes:
        raise PaiementInvalideError(
            "/affectations",
            "affectations-superieures-au-montant",
            "Les affectations dépassent le montant reçu.",
        )
    if len({part.facture_id for part in parts}) < len(parts):
        raise PaiementInvalideError("/affectations", "facture-repetee", "Une facture ne figure qu'une fois.")


def enregistrable(
    nouveau: NouveauPaiement,
    identifiants: Identifiants,
    clock: Clock,
    vues: dict[str, FactureVue] | None = None,
    *,
    verifiee: bool = False,
) -> Paiement:
    """The payment to store, its allocations waiting; `verifiee` trusts the caller about the invoices."""
    vues = vues or {}
    maintenant = clock.now()
    affectations = []
    for _, part in nouveau.vise():
        vue = vues.get(part.facture_id)
        emission = vue.date_emission if vue else None
        affectations.append(
            Affectation(
                affectation_id=identifiants(),
                facture_id=part.facture_id,
                montant_centimes=part.montant_centimes,
                date=max(nouveau.date_paiement, emission) if emission else nouveau.date_paiement,
                numero=vue.numero if vue else None,
                verifiee=verifiee or vue is not None,
            )
        )
    connu = next((vue.client_id for vue in vues.values()), None)
    indiquee = bool(affectations) or nouveau.parts is not None
    return Paiement(
        id=identifiants(),
        client_id=nouveau.client_id or connu,
        montant_centimes=nouveau.montant_centimes,
        devise=nouveau.devise,
        date_paiement=nouveau.date_paiement,
        source=nouveau.source,
        moyen=nouveau.moyen,
        reference_externe=nouveau.reference_externe,
        reference=nouveau.reference,
        notifier=nouveau.notifier,
        cle=nouveau.cle,
        imputation=Imputation.INDIQUEE if indiquee else Imputation.LEGALE_A_FAIRE,
        affectations=tuple(affectations),
        cree_le=maintenant,
        modifie_le=maintenant,
    ).dans_son_etat()
