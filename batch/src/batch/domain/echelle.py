"""The ladder: which reminder each late invoice of a client is due, or why none.

Levels are climbed one at a time. One reminder per client and currency and run, listing every late invoice that
is not disputed; those not due a level are listed for information, without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from batch.domain.dossier import Client, Dossier, EtatRelance, FactureEnRetard, Historique
from batch.domain.interets import Interets, Semestre, TableDesTaux, interets
from batch.domain.politique import Envoi, Politique, Politiques


class Motif(StrEnum):
    """Why a late invoice gets no reminder (api.md 6, closed list, and the clients a person leaves out)."""

    LITIGE = "litige"
    CLIENT_SUSPENDU = "client-suspendu"
    DELAI_NON_ATTEINT = "delai-non-atteint"
    CONTACT_RECENT = "contact-recent"
    MONTANT_MINIMUM = "montant-minimum"
    NIVEAU_DEJA_DEMANDE = "niveau-deja-demande"
    ECHELLE_TERMINEE = "echelle-terminee"
    CREDIT_COUVRANT = "credit-couvrant"
    PAIEMENT_EN_ATTENTE = "paiement-en-attente"
    POLITIQUE_INCONNUE = "politique-inconnue"
    EXCLU = "exclu"


@dataclass(frozen=True)
class Ecartee:
    """A late invoice left out, with the reason a person can check."""

    facture: FactureEnRetard
    motif: Motif
    detail: str


@dataclass(frozen=True)
class LigneRelance:
    """An invoice on a reminder; `niveau` is None when it is there for information."""

    facture: FactureEnRetard
    cycle: int
    niveau: int | None
    jours_retard: int
    interets: Interets
    indemnite_centimes: int


@dataclass(frozen=True)
class RelanceDecidee:
    """One message for one client and currency. Interest and indemnity are shown, never part of the sum due."""

    client: Client
    devise: str
    niveau: int
    envoi: Envoi
    politique: str
    version_politique: int
    lignes: tuple[LigneRelance, ...]
    credits_centimes: int
    total_du_centimes: int

    @property
    def semestres_manquants(self) -> tuple[Semestre, ...]:
        """Half-years whose rate the table lacks."""
        return tuple(sorted({s for ligne in self.lignes for s in ligne.interets.semestres_manquants}))


@dataclass(frozen=True)
class Decision:
    """The outcome for one client."""

    relances: tuple[RelanceDecidee, ...] = ()
    ecartees: tuple[Ecartee, ...] = ()


def decider(
    dossier: Dossier, historique: Historique, au: date, politiques: Politiques, taux: TableDesTaux
) -> Decision:
    """Decide for one client at the reference date `au`."""
    client = dossier.client
    if client is None:
        return _toutes(dossier.factures, Motif.POLITIQUE_INCONNUE, "Client introuvable dans client-service.")
    saines = [facture for facture in dossier.factures if facture.litige is None]
    ecartees = [_en_litige(facture) for facture in dossier.factures if facture.litige is not None]
    if client.suspension is not None and client.suspension.vaut_au(au):
        jusqu = f" jusqu'au {client.suspension.jusqu_au}" if client.suspension.jusqu_au else ""
        decision = _toutes(
            saines, Motif.CLIENT_SUSPENDU, f"Relances suspendues{jusqu} : {client.suspension.motif}"
        )
        return Decision((), (*ecartees, *decision.ecartees))
    politique = politiques.trouver(client.politique)
    if politique is None:
        decision = _toutes(
            saines, Motif.POLITIQUE_INCONNUE, f"Aucune politique ne s'appelle « {client.politique} »."
        )
        return Decision((), (*ecartees, *decision.ecartees))
    relances = []
    for devise in sorted({facture.devise for facture in saines}):
        en_devise = sorted(
            (f for f in saines if f.devise == devise), key=lambda f: (f.date_echeance, f.numero, f.facture_id)
        )
        regle = _Regle(client, politique, historique, au, taux)
        relance, laissees = regle.pour_la_devise(devise, en_devise, dossier)
        relances += [relance] if relance else []
        ecartees += laissees
    return Decision(tuple(relances), tuple(ecartees))


def exclure(dossier: Dossier, motif: str | None = None) -> Decision:
    """The decision for a client whom a person leaves out, with that person's reason where there is one."""
    detail = "Client laissé de côté pour ce passage."
    return _toutes(dossier.factures, Motif.EXCLU, f"{detail[:-1]} : {motif}" if motif else detail)


def _en_litige(facture: FactureEnRetard) -> Ecartee:
    return Ecartee(facture, Motif.LITIGE, f"Facture contestée : {facture.litige}")


def _toutes(factures: Sequence[FactureEnRetard], motif: Motif, detail: str) -> Decision:
    return Decision((), tuple(Ecartee(facture, motif, detail) for facture in factures))


@dataclass(frozen=True)
class _Regle:
    """The rules for one client under one policy at one date."""

    client: Client
    politique: Politique
    historique: Historique
    au: date
    taux: TableDesTaux

    def pour_la_devise(
        self, devise: str, factures: Sequence[FactureEnRetard], dossier: Dossier
    ) -> tuple[RelanceDecidee | None, list[Ecartee]]:
        """The reminder in one currency, and the invoices that get none."""
        dues: dict[str, int] = {}
        ecartees: list[Ecartee] = []
        for facture in factures:
            verdict = self._verdict(facture)
            if isinstance(verdict, int):
                dues[facture.facture_id] = verdict
            else:
                ecartees.append(verdict)
        solde = dossier.solde(devise)
        if dues:
            refus = self._refus_du_total(factures, solde.non_affecte_centimes, solde.en_attente_centimes)
            if refus is not None:
                ecartees += _retenues(factures, dues, *refus)
                dues = {}
        if not dues:
            return None, ecartees
        niveau = max(dues.values())
        regle = self.politique.niveau(niveau)
        if regle is not None and regle.envoi is Envoi.MANUEL:
            return self._mise_en_demeure(devise, factures, dues, niveau, ecartees, dossier)
        lignes = tuple(self._ligne(facture, dues.get(facture.facture_id)) for facture in factures)
        return self._relance(devise, niveau, Envoi.AUTOMATIQUE, lignes, solde.total_centimes), ecartees

    def _verdict(self, facture: FactureEnRetard) -> int | Ecartee:
        """The level an invoice is due, or why it is due none."""
        demande = self.historique.demandes.get(facture.facture_id)
        atteint = demande.niveau if demande else 0
        if demande is not None and demande.etat is not EtatRelance.ENVOYEE:
            detail = f"Le niveau {atteint} demandé pour le {demande.date_reference} est {demande.etat}."
            return Ecartee(facture, Motif.NIVEAU_DEJA_DEMANDE, detail)
        suivant = self.politique.niveau(atteint + 1)
        if suivant is None:
            return Ecartee(facture, Motif.ECHELLE_TERMINEE, f"Le dernier niveau ({atteint}) a été envoyé.")
        jours = facture.jours_retard(self.au)
        if jours < suivant.delai_jours:
            detail = f"{jours} jours de retard, le niveau {suivant.niveau} commence à {suivant.delai_jours}."
            return Ecartee(facture, Motif.DELAI_NON_ATTEINT, detail)
        contact = self.historique.contacts.get(self.client.client_id)
        if contact is not None and (self.au - contact).days < self.politique.intervalle_min_jours:
            pause = self.politique.intervalle_min_jours
            detail = f"Client contacté pour le {contact} : {pause} jours entre deux contacts."
            return Ecartee(facture, Motif.CONTACT_RECENT, detail)
        return suivant.niveau

    def _refus_du_total(
        self, factures: Sequence[FactureEnRetard], credit: int, en_attente: int
    ) -> tuple[Motif, str] | None:
        """Why the client owes too little to be written to, if so."""
        total = sum(facture.reste_centimes for facture in factures)
        if credit and credit >= total:
            return Motif.CREDIT_COUVRANT, f"Un crédit de {_montant(credit)} couvre les {_montant(total)} dus."
        if en_attente and credit + en_attente >= total:
            return (
                Motif.PAIEMENT_EN_ATTENTE,
                f"Des paiements en attente ({_montant(en_attente)}) couvrent le dû.",
            )
        minimum = self.politique.minimum_centimes
        if total - credit - en_attente < minimum:
            net = total - credit - en_attente
            return Motif.MONTANT_MINIMUM, f"{_montant(net)} dus, le minimum est de {_montant(minimum)}."
        return None

    def _mise_en_demeure(
        self,
        devise: str,
        factures: Sequence[FactureEnRetard],
        dues: dict[str, int],
        niveau: int,
        ecartees: list[Ecartee],
        dossier: Dossier,
    ) -> tuple[RelanceDecidee | None, list[Ecartee]]:
        """A level that a person confirms: its invoices alone; the other levels wait for another run."""
        visees = [facture for facture in factures if dues.get(facture.facture_id) == niveau]
        autres = {facture_id: n for facture_id, n in dues.items() if n != niveau}
        ecartees += _retenues(
            factures,
            autres,
            Motif.CONTACT_RECENT,
            f"Un courrier de niveau {niveau} est préparé pour ce client.",
        )
        solde = dossier.solde(devise)
        refus = self._refus_du_total(visees, solde.non_affecte_centimes, solde.en_attente_centimes)
        if refus is not None:
            return None, ecartees + _retenues(visees, dues, *refus)
        lignes = tuple(self._ligne(facture, niveau) for facture in visees)
        return self._relance(devise, niveau, Envoi.MANUEL, lignes, solde.total_centimes), ecartees

    def _ligne(self, facture: FactureEnRetard, niveau: int | None) -> LigneRelance:
        demande = self.historique.demandes.get(facture.facture_id)
        atteint = self.politique.niveau(niveau or (demande.niveau if demande else 0))
        penalites = atteint is not None and atteint.penalites and self.client.type.penalisable
        return LigneRelance(
            facture=facture,
            cycle=self.historique.cycle(facture.facture_id),
            niveau=niveau,
            jours_retard=facture.jours_retard(self.au),
            interets=self._interets(facture) if penalites else Interets(0),
            indemnite_centimes=self.politique.indemnite_centimes if penalites else 0,
        )

    def _interets(self, facture: FactureEnRetard) -> Interets:
        return interets(
            facture.reste_centimes,
            facture.date_echeance,
            self.au,
            self.client.type,
            self.taux,
            facture.mouvements,
        )

    def _relance(
        self, devise: str, niveau: int, envoi: Envoi, lignes: tuple[LigneRelance, ...], credits_centimes: int
    ) -> RelanceDecidee:
        return RelanceDecidee(
            client=self.client,
            devise=devise,
            niveau=niveau,
            envoi=envoi,
            politique=self.politique.nom,
            version_politique=self.politique.version,
            lignes=lignes,
            credits_centimes=credits_centimes,
            total_du_centimes=sum(ligne.facture.reste_centimes for ligne in lignes) - credits_centimes,
        )


def _retenues(
    factures: Sequence[FactureEnRetard], dues: dict[str, int], motif: Motif, detail: str
) -> list[Ecartee]:
    return [Ecartee(facture, motif, detail) for facture in factures if facture.facture_id in dues]


def _montant(centimes: int) -> str:
    """`12,30`; the currency is the reminder's own."""
    signe = "-" if centimes < 0 else ""
    return f"{signe}{abs(centimes) // 100},{abs(centimes) % 100:02d}"
