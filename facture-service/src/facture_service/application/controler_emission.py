"""GET /factures/{id}/verification: what an issue would say, and what it would do, without doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from facture_service.application.ports import ClientApi, Clock, Lectures, VendeurSource
from facture_service.domain.controles import Controle, Niveau, controler, controler_sans_client
from facture_service.domain.emission import Projet
from facture_service.domain.erreurs import ClientInconnuError, ClientServiceIndisponibleError, FactureError
from facture_service.domain.facture import Facture
from facture_service.domain.mentions import choisir_mentions
from facture_service.domain.parties import Client, TypeClient
from facture_service.domain.series import EtatSerie, ReglesSerie


@dataclass(frozen=True)
class Effets:
    """What the issue would freeze, and whom a mailing would reach (None without an address)."""

    date_echeance: date
    mentions: Sequence[str]
    destinataire: Client | None


@dataclass(frozen=True)
class EmissionControlee:
    """The outcome. `effets` is None while nothing is known of the client.

    `client_ignore`: client-service did not answer, so that the client is the one last seen, if any.
    """

    facture: Facture
    date_emission: date
    serie: str
    controles: Sequence[Controle]
    effets: Effets | None
    client_ignore: bool = False

    @property
    def emissible(self) -> bool:
        return all(controle.niveau is not Niveau.ERREUR for controle in self.controles)


@dataclass(frozen=True)
class ControlerEmission:
    """Applies the rules of `EmettreFacture` to a draft; raises FactureIntrouvableError and FactureEmiseError."""

    lectures: Lectures
    clients: ClientApi
    vendeur: VendeurSource
    clock: Clock
    regles: ReglesSerie

    def __call__(self, facture_id: str, date_emission: date | None = None) -> EmissionControlee:
        facture = self.lectures.facture(facture_id)
        facture.exiger_brouillon()
        aujourd_hui = self.clock.today()
        jour = date_emission or aujourd_hui
        serie = self._serie(jour)
        client, refus = self._client(facture)
        echecs = [Controle(code, "/client_id", Niveau.ERREUR, str(erreur)) for code, erreur in refus]
        ignore = any(isinstance(erreur, ClientServiceIndisponibleError) for _, erreur in refus)
        projet = Projet(facture, client or _inconnu(facture), self.vendeur(), jour, aujourd_hui, serie)
        controles = echecs + (controler(projet) if client else controler_sans_client(projet))
        effets = _effets(projet) if client else None
        return EmissionControlee(facture, jour, serie.nom, controles, effets, ignore)

    def _serie(self, jour: date) -> EtatSerie:
        nom, premier = self.regles.serie(avoir=False, date_emission=jour), self.regles.premier_rang
        return self.lectures.serie(nom) or EtatSerie(nom, premier, premier - 1)

    def _client(self, facture: Facture) -> tuple[Client | None, list[tuple[str, FactureError]]]:
        """The client as client-service tells it now, else as last seen, with what an issue would meet."""
        try:
            return self.clients.client(facture.contenu.client_id), []
        except ClientInconnuError as erreur:
            return None, [("client-inconnu", erreur)]
        except ClientServiceIndisponibleError as erreur:
            return facture.client, [("client-service-indisponible", erreur)]


def _inconnu(facture: Facture) -> Client:
    """Stands where rules that do not look at the client want one."""
    return Client(facture.contenu.client_id, TypeClient.ENTREPRISE, facture.contenu.client_id)


def _effets(projet: Projet) -> Effets:
    client = projet.client
    return Effets(projet.date_echeance, choisir_mentions(projet.contexte), client if client.email else None)
