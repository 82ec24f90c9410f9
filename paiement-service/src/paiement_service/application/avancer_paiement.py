"""What facture-service still owes a payment: asked now, written down, confirmed once.

Calls are made outside of any transaction, under identities that make asking twice the same as asking once; what
they answer is applied to the payment as it then is, under its lock, where it is still awaited.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from paiement_service.application.confirmation import message_de_confirmation
from paiement_service.application.ports import (
    ClientApi,
    Clock,
    Demande,
    Destinataire,
    Ecriture,
    FactureApi,
    FactureVue,
    Identifiants,
    Lectures,
    Magasin,
    Reglee,
)
from paiement_service.domain.annulation import annulation_faite
from paiement_service.domain.erreurs import (
    ClientServiceIndisponibleError,
    FactureInconnueError,
    FactureServiceIndisponibleError,
    ReglementRefuseError,
)
from paiement_service.domain.imputation import imputer
from paiement_service.domain.paiement import (
    AUTRE_CLIENT,
    DEVISE_DIFFERENTE,
    FACTURE_INCONNUE,
    FACTURE_NON_EMISE,
    FACTURE_SOLDEE,
    Affectation,
    EtatAffectation,
    EtatPaiement,
    Imputation,
    Paiement,
)

logger = logging.getLogger(__name__)

TOURS = 3
"""How often allocations that arrived meanwhile are followed before the answer is given."""

Reponse = Callable[[Paiement], Paiement]
"""How an answer changes the payment it finds; leaves it alone where it is no longer awaited."""

Ensemble = Callable[[Ecriture, Sequence[Paiement]], Any]
"""Run in the last transaction with the payments as they now are; its result is handed back."""


class AvancerPaiement:
    """Brings payments as far as facture-service allows."""

    def __init__(
        self,
        magasin: Magasin,
        lectures: Lectures,
        factures: FactureApi,
        clients: ClientApi,
        identifiants: Identifiants,
        clock: Clock,
    ) -> None:
        self._magasin = magasin
        self._lectures = lectures
        self._factures = factures
        self._clients = clients
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, paiement: Paiement, ensemble: Ensemble | None = None) -> tuple[Paiement, Any]:
        """The payment as far as it came, and what `ensemble` made of it."""
        (apres,), resultat = self.tous([paiement], ensemble)
        return apres, resultat

    def tous(
        self, paiements: Sequence[Paiement], ensemble: Ensemble | None = None
    ) -> tuple[list[Paiement], Any]:
        """Several payments: their settlements travel together, their ends are one transaction.

        Allocations that someone else added meanwhile are asked for too, so that what is answered still waits
        only when facture-service gave no answer.
        """
        for tour in range(1, TOURS + 1):
            reponses: dict[str, list[Reponse]] = {paiement.id: [] for paiement in paiements}
            repondu = self._tout_demander(paiements, reponses)
            noms = self._destinataires(paiements, reponses)
            with self._magasin.transaction() as ecriture:
                ecriture.verrouiller([paiement.id for paiement in paiements])
                apres = [self._appliquer(ecriture, p.id, reponses[p.id], noms) for p in paiements]
                if tour == TOURS or not repondu or not any(p.en_suspens for p in apres):
                    return apres, ensemble(ecriture, apres) if ensemble else None
            paiements = apres
        raise AssertionError("the last turn returns")

    # -- asking

    def _tout_demander(self, paiements: Sequence[Paiement], reponses: dict[str, list[Reponse]]) -> bool:
        """Whether everything was answered; what was answered before an outage counts, the rest waits."""
        try:
            self._demander(paiements, reponses)
        except FactureServiceIndisponibleError:
            return False
        return True

    def _demander(self, paiements: Sequence[Paiement], reponses: dict[str, list[Reponse]]) -> None:
        imputes = [self._impute(paiement) for paiement in paiements]
        for paiement in imputes:
            for affectation in paiement.affectations:
                if affectation.a_annuler_centimes and self._annuler(affectation):
                    reponses[paiement.id].append(_annulee(affectation))
        demandes, vues = self._a_regler(imputes, reponses)
        if not demandes:
            return
        for (paiement_id, affectation), recue in zip(demandes, self._factures.regler(demandes), strict=True):
            vue = vues.get(affectation.facture_id)
            reponses[paiement_id].append(_reponse_a(affectation, recue, vue))

    def _annuler(self, affectation: Affectation) -> bool:
        """Whether the reversal is behind us; one that is refused waits for a person and is told in the log."""
        try:
            self._factures.annuler(affectation)
        except FactureInconnueError:
            return True
        except ReglementRefuseError as refusee:
            logger.error("the reversal of allocation %s is refused: %s", affectation.affectation_id, refusee)
            return False
        return True

    def _a_regler(
        self, paiements: Sequence[Paiement], reponses: dict[str, list[Reponse]]
    ) -> tuple[list[Demande], dict[str, FactureVue]]:
        """What is to be asked, once the invoices not seen before have been looked at."""
        demandes: list[Demande] = []
        vues: dict[str, FactureVue] = {}
        for paiement in paiements:
            for affectation in paiement.affectations:
                if affectation.etat is not EtatAffectation.EN_ATTENTE or affectation.a_annuler_centimes:
                    continue
                refusee = None if affectation.verifiee else self._verifier(paiement, affectation, vues)
                if refusee is not None:
                    reponses[paiement.id].append(refusee)
                    continue
                vue = vues.get(affectation.facture_id)
                if vue is not None and vue.date_emission:
                    affectation = replace(affectation, date=max(affectation.date, vue.date_emission))
                demandes.append((paiement.id, affectation))
        return demandes, vues

    def _verifier(
        self, paiement: Paiement, affectation: Affectation, vues: dict[str, FactureVue]
    ) -> Reponse | None:
        try:
            vue = self._factures.facture(affectation.facture_id)
        except FactureInconnueError:
            return _refusee(affectation, FACTURE_INCONNUE)
        motif = refus(vue, paiement.client_id, paiement.devise)
        if motif:
            return _refusee(affectation, motif, vue)
        vues[vue.id] = vue
        return None

    def _impute(self, paiement: Paiement) -> Paiement:
        """The payment with its legal order fixed before the first settlement, so that asking again asks the same."""
        if paiement.imputation is not Imputation.LEGALE_A_FAIRE:
            return paiement
        affectations = self._legales(paiement)
        with self._magasin.transaction() as ecriture:
            actuel = ecriture.paiement(paiement.id)
            if actuel.imputation is not Imputation.LEGALE_A_FAIRE:
                return actuel
            impute = replace(actuel, imputation=Imputation.LEGALE, affectations=affectations)
            return ecriture.remplacer(impute.dans_son_etat())

    def _legales(self, paiement: Paiement) -> tuple[Affectation, ...]:
        aujourdhui = self._clock.today()
        ouvertes = self._factures.ouvertes(paiement.client_id or "", paiement.devise, aujourdhui)
        par_id = {facture.id: facture for facture in ouvertes}
        return tuple(
            Affectation(
                affectation_id=self._identifiants(),
                facture_id=part.facture_id,
                montant_centimes=part.montant_centimes,
                date=max(paiement.date_paiement, par_id[part.facture_id].date_emission),
                numero=par_id[part.facture_id].numero,
                verifiee=True,
            )
            for part in imputer(paiement.montant_centimes, ouvertes, paiement.date_paiement)
        )

    # -- writing down

    def _appliquer(
        self,
        ecriture: Ecriture,
        paiement_id: str,
        reponses: Iterable[Reponse],
        noms: dict[str, Destinataire | None],
    ) -> Paiement:
        actuel = ecriture.paiement(paiement_id)
        nouveau = actuel
        for reponse in reponses:
            nouveau = reponse(nouveau)
        nouveau = nouveau.dans_son_etat()
        if nouveau.etat is EtatPaiement.CONFIRME and not nouveau.confirme:
            nouveau = replace(nouveau, confirme=True)
            destinataire = noms.get(nouveau.client_id or "")
            ecriture.publier("paiement-topic", message_de_confirmation(nouveau, destinataire))
        if nouveau == actuel:
            return actuel
        return ecriture.remplacer(replace(nouveau, modifie_le=self._clock.now()))

    def _destinataires(
        self, paiements: Sequence[Paiement], reponses: Mapping[str, Sequence[Reponse]]
    ) -> dict[str, Destinataire | None]:
        """Names and addresses for the messages that are about to be sent; asked once per client."""
        noms: dict[str, Destinataire | None] = {}
        for paiement in paiements:
            futur = paiement
            for reponse in reponses[paiement.id]:
                futur = reponse(futur)
            client_id = futur.client_id
            if client_id and futur.notifier and not futur.confirme and client_id not in noms:
                noms[client_id] = self._destinataire(client_id)
        return noms

    def _destinataire(self, client_id: str) -> Destinataire | None:
        try:
            return self._clients.destinataire(client_id)
        except ClientServiceIndisponibleError:
            return None


def refus(facture: FactureVue, client_id: str | None, devise: str) -> str | None:
    """Why an invoice cannot take this client's money, None when it can."""
    if not facture.emise or facture.avoir:
        return FACTURE_NON_EMISE
    if facture.devise != devise:
        return DEVISE_DIFFERENTE
    if client_id is not None and facture.client_id != client_id:
        return AUTRE_CLIENT
    return None


def _attendue(paiement: Paiement, affectation_id: str) -> Affectation | None:
    for affectation in paiement.affectations:
        if affectation.affectation_id == affectation_id and affectation.etat is EtatAffectation.EN_ATTENTE:
            return None if affectation.a_annuler_centimes else affectation
    return None


def _reponse_a(demandee: Affectation, recue: Reglee | Exception, vue: FactureVue | None) -> Reponse:
    if isinstance(recue, Reglee):
        return _reglee(demandee, recue, vue)
    code = recue.code if isinstance(recue, ReglementRefuseError) else FACTURE_INCONNUE
    return _refusee(demandee, code, vue)


def _reglee(demandee: Affectation, recue: Reglee, vue: FactureVue | None) -> Reponse:
    def appliquer(paiement: Paiement) -> Paiement:
        actuelle = _attendue(paiement, demandee.affectation_id)
        if actuelle is None:
            return paiement
        prise = recue.montant_centimes > 0
        nouvelle = replace(
            actuelle,
            etat=EtatAffectation.AFFECTEE if prise else EtatAffectation.REFUSEE,
            motif=None if prise else FACTURE_SOLDEE,
            montant_centimes=recue.montant_centimes,
            date=demandee.date,
            reste_facture_centimes=recue.reste_centimes,
            numero=recue.numero or (vue.numero if vue else actuelle.numero),
            verifiee=True,
        )
        return _du_client(paiement.avec_affectation(nouvelle), vue)

    return appliquer


def _refusee(demandee: Affectation, motif: str, facture: FactureVue | None = None) -> Reponse:
    def appliquer(paiement: Paiement) -> Paiement:
        actuelle = _attendue(paiement, demandee.affectation_id)
        if actuelle is None:
            return paiement
        refusee = replace(actuelle, etat=EtatAffectation.REFUSEE, motif=motif)
        return _du_client(paiement.avec_affectation(refusee), facture)

    return appliquer


def _annulee(demandee: Affectation) -> Reponse:
    def appliquer(paiement: Paiement) -> Paiement:
        for affectation in paiement.affectations:
            if (affectation.affectation_id, affectation.annulation_cle) == (
                demandee.affectation_id,
                demandee.annulation_cle,
            ) and affectation.a_annuler_centimes:
                return paiement.avec_affectation(annulation_faite(affectation))
        return paiement

    return appliquer


def _du_client(paiement: Paiement, facture: FactureVue | None) -> Paiement:
    """A payment whose client was not known learns it from its first invoice."""
    if facture is None or paiement.client_id is not None:
        return paiement
    return replace(paiement, client_id=facture.client_id)
