"""POST /factures/{id}/avoirs: an issued credit note that cites its invoice and takes off its balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from facture_service.application.journal import Journal
from facture_service.application.numerotation import numeroter, preparer
from facture_service.application.ports import Ecriture, Magasin, VendeurSource
from facture_service.application.verification import Verification, accepter
from facture_service.domain.avoir import (
    ContenuAvoir,
    avoir_par_lignes,
    avoir_par_montant,
    avoir_total,
    exiger_creditable,
)
from facture_service.domain.facture import (
    Emission,
    Facture,
    Origine,
    Poste,
    Soldes,
    TypeDocument,
    exiger_vendeur_complet,
)
from facture_service.domain.lignes import Ligne, totaliser
from facture_service.domain.mentions import Contexte, choisir_mentions
from facture_service.domain.mouvements import TypeEvenement
from facture_service.domain.parties import Vendeur
from facture_service.domain.series import ReglesSerie


@dataclass(frozen=True)
class DemandeAvoir:
    """What to credit: lines, or an amount tax included, or (neither) all that is left."""

    motif: str
    lignes: tuple[Ligne, ...] | None = None
    montant_ttc_centimes: int | None = None


@dataclass(frozen=True)
class CreerAvoir:
    """Issues a credit note, capped at the creditable; what exceeds the balance stays on it as credit."""

    magasin: Magasin
    vendeur: VendeurSource
    journal: Journal
    regles: ReglesSerie

    def __call__(self, facture_id: str, demande: DemandeAvoir, verifier: Verification = accepter) -> Facture:
        vendeur = self.vendeur()
        preparer(self.magasin, TypeDocument.AVOIR, self.journal.clock.today(), self.regles)
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            facture.exiger_facture_emise()
            contenu = _contenu(facture, tx.avoirs_de(facture_id), demande)
            exiger_vendeur_complet(vendeur)
            avoir = numeroter(tx, *self._avoir(facture, contenu, demande.motif, vendeur), self.regles)
            tx.ajouter([avoir])
            self._imputer(tx, facture, avoir)
        return avoir

    def _avoir(
        self, facture: Facture, contenu: ContenuAvoir, motif: str, vendeur: Vendeur
    ) -> tuple[Facture, Emission]:
        le, jour = self.journal.clock.now(), self.journal.clock.today()
        origine = facture.exiger_emission()
        total = contenu.totaux.total_ttc_centimes
        impute = min(total, facture.soldes.reste_centimes)
        avoir = Facture(
            id=self.journal.identifiants(),
            type=TypeDocument.AVOIR,
            contenu=replace(facture.contenu, lignes=contenu.lignes, date_livraison=None),
            client=facture.client,
            totaux=contenu.totaux,
            soldes=Soldes(total, avoirs_centimes=impute),
            origine=Origine(facture.id, origine.numero, origine.date_emission),
            motif=motif,
            cree_le=le,
            modifie_le=le,
        )
        mentions = _mentions(avoir, vendeur, self.journal)
        return avoir, Emission("", jour, None, le, vendeur, mentions)

    def _imputer(self, tx: Ecriture, facture: Facture, avoir: Facture) -> None:
        """Takes the credit note off its invoice and writes the history of both."""
        emission = avoir.exiger_emission()
        total, impute = avoir.soldes.total_ttc_centimes, avoir.soldes.avoirs_centimes
        tx.imputer(facture.id, {Poste.AVOIRS: impute, Poste.CREDITES: total}, self.journal.clock.now())
        details = {"avoir_id": avoir.id, "numero": emission.numero, "motif": avoir.motif}
        ev, jour = self.journal.evenement, emission.date_emission
        tx.journaliser(
            [
                ev(facture.id, TypeEvenement.AVOIR, jour, Poste.AVOIRS, impute, **details),
                ev(facture.id, TypeEvenement.AVOIR, jour, Poste.CREDITES, total, **details),
                ev(
                    avoir.id,
                    TypeEvenement.EMISSION,
                    jour,
                    Poste.AVOIRS,
                    impute,
                    numero=emission.numero,
                    empreinte=emission.empreinte,
                ),
            ]
        )


def _contenu(facture: Facture, avoirs: Sequence[Facture], demande: DemandeAvoir) -> ContenuAvoir:
    if demande.lignes is not None:
        return avoir_par_lignes(facture, demande.lignes, totaliser(demande.lignes))
    if demande.montant_ttc_centimes is not None:
        return avoir_par_montant(facture, avoirs, demande.montant_ttc_centimes)
    if not avoirs:
        exiger_creditable(facture, facture.soldes.creditable_centimes)
        return avoir_total(facture)
    return avoir_par_montant(facture, avoirs, facture.soldes.creditable_centimes)


def _mentions(avoir: Facture, vendeur: Vendeur, journal: Journal) -> tuple[str, ...]:
    """The mentions of the credit note, which never claims late fees: nobody owes it."""
    if avoir.client is None:
        return ()
    contexte = Contexte(
        vendeur=vendeur,
        client=avoir.client,
        date_emission=journal.clock.today(),
        nature_operation=avoir.contenu.nature_operation.value,
        taux_tva=[ligne.taux_tva for ligne in avoir.contenu.lignes],
    )
    return choisir_mentions(contexte, avoir=True)
