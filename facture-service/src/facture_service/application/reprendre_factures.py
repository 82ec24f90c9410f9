"""POST /factures/reprises: invoices issued by another system, taken over under their own numbers, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from facture_service.application.journal import Journal
from facture_service.application.ports import ClientApi, DocumentConnu, Ecriture, Magasin, VendeurSource
from facture_service.domain.document import ecrire_ligne
from facture_service.domain.empreinte import calculer_empreinte
from facture_service.domain.erreurs import ChampInvalideError, NumeroPrisError
from facture_service.domain.facture import Contenu, Emission, Facture, Soldes
from facture_service.domain.lignes import Totaux
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement, TypeEvenement
from facture_service.domain.parties import Client, Vendeur
from facture_service.domain.series import NUMERO_ADMIS, ReglesSerie


class EtatReprise(StrEnum):
    """What became of one item."""

    CREEE = "CREEE"
    DEJA_CONNUE = "DEJA_CONNUE"
    REFUSEE = "REFUSEE"


@dataclass(frozen=True)
class LitigeRepris:
    """A dispute already open on the invoice; it is not compared when the invoice comes again."""

    motif: str
    depuis: date


@dataclass(frozen=True)
class FactureReprise:
    """One invoice of another system. `contenu.lignes` may be empty: before-tax and VAT are then unknown."""

    reference: str
    contenu: Contenu
    date_emission: date
    date_echeance: date
    total_ttc_centimes: int
    litige: LitigeRepris | None = None

    def totaux(self) -> Totaux:
        """Totals of the lines, which must be those announced; raises ChampInvalideError otherwise."""
        if not self.contenu.lignes:
            return Totaux(None, None, self.total_ttc_centimes)
        totaux = self.contenu.totaux()
        if totaux.total_ttc_centimes != self.total_ttc_centimes:
            raise ChampInvalideError(
                "/total_ttc_centimes",
                "total-different",
                f"Le total annoncé ne correspond pas aux lignes ({totaux.total_ttc_centimes} centimes).",
            )
        return totaux

    def empreinte(self) -> str:
        """Hash of what was announced: the same item sent again has the same."""
        c = self.contenu
        return calculer_empreinte(
            {
                "reference": self.reference,
                "client_id": c.client_id,
                "date_emission": self.date_emission.isoformat(),
                "date_echeance": self.date_echeance.isoformat(),
                "date_livraison": c.date_livraison and c.date_livraison.isoformat(),
                "devise": c.devise,
                "total_ttc_centimes": self.total_ttc_centimes,
                "nature_operation": c.nature_operation.value,
                "reference_externe": c.reference_externe,
                "numero_commande": c.numero_commande,
                "lignes": [ecrire_ligne(ligne) for ligne in c.lignes],
            }
        )


@dataclass(frozen=True)
class ErreurReprise:
    """Why an item was refused."""

    pointeur: str
    code: str
    detail: str


@dataclass(frozen=True)
class ResultatReprise:
    """The fate of one item; `id` is the invoice's, new or known."""

    reference: str
    etat: EtatReprise
    id: str | None = None
    erreurs: Sequence[ErreurReprise] = ()


@dataclass(frozen=True)
class _Lot:
    """What the whole lot shares."""

    clients: Mapping[str, Client]
    vendeur: Vendeur | None
    le: datetime


@dataclass(frozen=True)
class ReprendreFactures:
    """Takes over a lot in one transaction and a handful of statements; bad items are refused one by one."""

    magasin: Magasin
    clients: ClientApi
    vendeur: VendeurSource
    journal: Journal
    regles: ReglesSerie

    def __call__(self, items: Sequence[FactureReprise]) -> list[ResultatReprise]:
        clients = self.clients.clients({item.contenu.client_id for item in items})
        vendeur = self.vendeur()
        lot = _Lot(clients, None if vendeur.champs_manquants else vendeur, self.journal.clock.now())
        try:
            return self._reprendre(items, lot)
        except NumeroPrisError:
            return self._reprendre(items, lot)

    def _reprendre(self, items: Sequence[FactureReprise], lot: _Lot) -> list[ResultatReprise]:
        """Done again once when another lot took the same numbers meanwhile: they are known then."""
        with self.magasin.transaction() as tx:
            connus = dict(tx.numeros_connus({item.reference for item in items}))
            nouvelles: list[tuple[FactureReprise, Facture]] = []
            resultats = [self._trier(item, lot, connus, nouvelles) for item in items]
            self._stocker(tx, nouvelles)
        return resultats

    def _trier(
        self,
        item: FactureReprise,
        lot: _Lot,
        connus: dict[str, DocumentConnu],
        nouvelles: list[tuple[FactureReprise, Facture]],
    ) -> ResultatReprise:
        erreurs = list(self._erreurs(item, lot))
        if erreurs:
            return ResultatReprise(item.reference, EtatReprise.REFUSEE, None, erreurs)
        connu = connus.get(item.reference)
        if connu is not None:
            return _deja_connue(item, connu)
        facture = self._facture(item, lot)
        connus[item.reference] = DocumentConnu(facture.id, item.empreinte())
        nouvelles.append((item, facture))
        return ResultatReprise(item.reference, EtatReprise.CREEE, facture.id)

    def _erreurs(self, item: FactureReprise, lot: _Lot) -> Iterable[ErreurReprise]:
        if not NUMERO_ADMIS.fullmatch(item.reference):
            yield ErreurReprise(
                "/reference",
                "numero-invalide",
                "Un numéro de facture compte au plus 35 caractères parmi A-Z a-z 0-9 + - _ /.",
            )
        if self.regles.est_reserve(item.reference):
            yield ErreurReprise(
                "/reference", "numero-reserve", "Ce numéro appartient à une série de ce système."
            )
        if item.date_emission > self.journal.clock.today():
            yield ErreurReprise("/date_emission", "date-future", "Cette date est postérieure à aujourd'hui.")
        if item.date_echeance < item.date_emission:
            yield ErreurReprise(
                "/date_echeance", "date-avant-emission", "L'échéance précède la date d'émission."
            )
        if item.contenu.client_id not in lot.clients:
            yield ErreurReprise("/client_id", "client-inconnu", "Aucun client ne porte cet identifiant.")
        try:
            item.totaux()
        except ChampInvalideError as erreur:
            yield ErreurReprise(erreur.pointeur, erreur.regle, str(erreur))
        if item.litige and not item.date_emission <= item.litige.depuis <= self.journal.clock.today():
            yield ErreurReprise(
                "/litige/depuis",
                "date-invalide",
                "Un litige commence entre la date d'émission et aujourd'hui.",
            )

    def _facture(self, item: FactureReprise, lot: _Lot) -> Facture:
        return Facture(
            id=self.journal.identifiants(),
            contenu=item.contenu,
            client=lot.clients[item.contenu.client_id],
            totaux=item.totaux(),
            soldes=Soldes(item.total_ttc_centimes),
            emission=Emission(
                numero=item.reference,
                date_emission=item.date_emission,
                date_echeance=item.date_echeance,
                emise_le=lot.le,
                vendeur=lot.vendeur,
                mentions=(),
                empreinte=item.empreinte(),
            ),
            reprise=True,
            cree_le=lot.le,
            modifie_le=lot.le,
        )

    def _stocker(self, tx: Ecriture, nouvelles: Sequence[tuple[FactureReprise, Facture]]) -> None:
        tx.ajouter([facture for _, facture in nouvelles])
        evenements: list[Evenement] = []
        for item, facture in nouvelles:
            ev = self.journal.evenement
            evenements.append(
                ev(facture.id, TypeEvenement.REPRISE, item.date_emission, numero=item.reference)
            )
            if item.litige is not None:
                motif, depuis = item.litige.motif, item.litige.depuis
                evenements.append(ev(facture.id, TypeEvenement.LITIGE_OUVERT, depuis, motif=motif))
        tx.ajouter_litiges(
            [
                Litige(self.journal.identifiants(), f.id, i.litige.motif, i.litige.depuis, f.cree_le)
                for i, f in nouvelles
                if i.litige is not None
            ]
        )
        tx.journaliser(evenements)


def _deja_connue(item: FactureReprise, connu: DocumentConnu) -> ResultatReprise:
    if connu.empreinte == item.empreinte():
        return ResultatReprise(item.reference, EtatReprise.DEJA_CONNUE, connu.id)
    difference = ErreurReprise(
        "/reference",
        "reference-connue-differente",
        "Ce numéro est déjà connu avec un autre contenu.",
    )
    return ResultatReprise(item.reference, EtatReprise.REFUSEE, connu.id, (difference,))
