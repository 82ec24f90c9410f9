"""What facture-service still owes a payment: asked now, written down, confirmed once.

Calls are made outside of any transaction, under identities that make asking twice the same as asking once; what
they answer is applied to the payment as it then is, under its lock, where it is still awaited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

from paiement_service.application.confirmation import message_de_confirmation
from paiement_service.application.ports import (
    ClientApi,
    Clock,
    Destinataire,
    Ecriture,
    FactureApi,
    FactureVue,
    Identifiants,
    Lectures,
    Magasin,
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

Reponse = Callable[[Paiement], Paiement]
"""How an answer changes the payment it finds; leaves it alone where it is no longer awaited."""

Ensemble = Callable[[Ecriture, Sequence[Paiement]], Any]
"""Run in the last transaction with the payments as they now are; its result is handed back."""

PARALLELE = 4


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
        """Several payments, a few at a time towards facture-service, in one last transaction."""
        if len(paiements) > 1:
            with ThreadPoolExecutor(PARALLELE) as ouvriers:
                reponses = list(ouvriers.map(self._reponses, paiements))
        else:
            reponses = [self._reponses(paiement) for paiement in paiements]
        noms = self._destinataires(paiements, reponses)
        with self._magasin.transaction() as ecriture:
            apres = [
                self._appliquer(ecriture, paiement.id, recues, noms)
                for paiement, recues in zip(paiements, reponses, strict=True)
            ]
            return apres, ensemble(ecriture, apres) if ensemble else None

    # -- asking

    def _reponses(self, paiement: Paiement) -> list[Reponse]:
        reponses: list[Reponse] = []
        # What was answered before an outage counts; the rest is asked again later.
        with suppress(FactureServiceIndisponibleError):
            self._demander(paiement, reponses)
        return reponses

    def _demander(self, paiement: Paiement, reponses: list[Reponse]) -> None:
        if paiement.imputation is Imputation.LEGALE_A_FAIRE:
            imputation = self._imputer(paiement)
            reponses.append(imputation)
            paiement = self._enregistrer(paiement, imputation)
        for affectation in paiement.affectations:
            if affectation.a_annuler_centimes:
                self._factures.annuler(affectation)
                reponses.append(_annulee(affectation))
            elif affectation.etat is EtatAffectation.EN_ATTENTE:
                reponses.append(self._regler(paiement, affectation))

    def _imputer(self, paiement: Paiement) -> Reponse:
        """The legal order, fixed before the first settlement is asked, so that asking again asks the same."""
        ouvertes = self._factures.ouvertes(paiement.client_id or "", paiement.devise)
        numeros = {facture.id: facture for facture in ouvertes}
        affectations = tuple(
            Affectation(
                affectation_id=self._identifiants(),
                facture_id=part.facture_id,
                montant_centimes=part.montant_centimes,
                date=max(paiement.date_paiement, numeros[part.facture_id].date_emission),
                numero=numeros[part.facture_id].numero,
                verifiee=True,
            )
            for part in imputer(paiement.montant_centimes, ouvertes, paiement.date_paiement)
        )

        def appliquer(actuel: Paiement) -> Paiement:
            if actuel.imputation is not Imputation.LEGALE_A_FAIRE:
                return actuel
            return replace(actuel, imputation=Imputation.LEGALE, affectations=affectations)

        return appliquer

    def _enregistrer(self, paiement: Paiement, reponse: Reponse) -> Paiement:
        with self._magasin.transaction() as ecriture:
            actuel = ecriture.paiement(paiement.id)
            nouveau = reponse(actuel)
            return nouveau if nouveau is actuel else ecriture.remplacer(nouveau.dans_son_etat())

    def _regler(self, paiement: Paiement, affectation: Affectation) -> Reponse:
        facture: FactureVue | None = None
        try:
            if not affectation.verifiee:
                facture = self._factures.facture(affectation.facture_id)
                motif = refus(facture, paiement.client_id, paiement.devise)
                if motif:
                    return _refusee(affectation, motif, facture)
                if facture.date_emission:
                    affectation = replace(affectation, date=max(affectation.date, facture.date_emission))
            reglee = self._factures.regler(paiement.id, affectation)
        except FactureInconnueError:
            return _refusee(affectation, FACTURE_INCONNUE)
        except ReglementRefuseError as error:
            return _refusee(affectation, error.code, facture)
        return _reglee(affectation, reglee.montant_centimes, reglee.reste_centimes, reglee.numero, facture)

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
        self, paiements: Sequence[Paiement], reponses: Sequence[Sequence[Reponse]]
    ) -> dict[str, Destinataire | None]:
        """Names and addresses for the messages that are about to be sent; asked once per client."""
        noms: dict[str, Destinataire | None] = {}
        for paiement, recues in zip(paiements, reponses, strict=True):
            futur = paiement
            for reponse in recues:
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


def _reglee(
    demandee: Affectation, montant: int, reste: int, numero: str | None, facture: FactureVue | None
) -> Reponse:
    def appliquer(paiement: Paiement) -> Paiement:
        actuelle = _attendue(paiement, demandee.affectation_id)
        if actuelle is None:
            return paiement
        nouvelle = replace(
            actuelle,
            etat=EtatAffectation.AFFECTEE if montant else EtatAffectation.REFUSEE,
            motif=None if montant else FACTURE_SOLDEE,
            montant_centimes=montant,
            date=demandee.date,
            reste_facture_centimes=reste,
            numero=numero or (facture.numero if facture else actuelle.numero),
            verifiee=True,
        )
        return _du_client(paiement.avec_affectation(nouvelle), facture)

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
