"""Clients of another system taken over in bulk, each judged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from client_service.application.ports import Clock, Ecriture, Identifiants, Magasin
from client_service.domain.anomalies import Anomalie
from client_service.domain.client import Client, FicheClient
from client_service.domain.erreurs import ClientDejaConnuError, ClientInvalideError
from client_service.domain.fiche import accepter


class EtatReprise(StrEnum):
    """What became of one client of a take-over."""

    CREE = "CREE"
    DEJA_CONNU = "DEJA_CONNU"
    REFUSE = "REFUSE"


@dataclass(frozen=True, slots=True)
class Repris:
    """The outcome for one client: its id when it is stored, its anomalies when it is not."""

    reference_externe: str | None
    etat: EtatReprise
    id: str | None = None
    anomalies: tuple[Anomalie, ...] = ()


class ReprendreClients:
    """Stores the unknown and valid ones in one transaction; the external reference is the identity."""

    def __init__(self, magasin: Magasin, identifiants: Identifiants, clock: Clock) -> None:
        self._magasin = magasin
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, fiches: Sequence[FicheClient]) -> list[Repris]:
        """One outcome per record, in the order given."""
        references = {fiche.reference_externe for fiche in fiches if fiche.reference_externe}
        with self._magasin.transaction() as ecriture:
            connues = dict(ecriture.references_connues(references))
            return [self._reprendre(ecriture, fiche, connues) for fiche in fiches]

    def _reprendre(self, ecriture: Ecriture, fiche: FicheClient, connues: dict[str, str]) -> Repris:
        reference = fiche.reference_externe
        if not reference:
            manque = Anomalie(
                "/reference_externe", "obligatoire", "Une reprise demande une référence externe."
            )
            return Repris(None, EtatReprise.REFUSE, anomalies=(manque,))
        if reference in connues:
            return Repris(reference, EtatReprise.DEJA_CONNU, connues[reference])
        maintenant = self._clock.now()
        try:
            acceptee = accepter(fiche)
            client = Client(
                id=self._identifiants(), fiche=acceptee, cree_le=maintenant, modifie_le=maintenant
            )
            ecriture.ajouter(client)
        except ClientInvalideError as error:
            return Repris(reference, EtatReprise.REFUSE, anomalies=error.anomalies)
        except ClientDejaConnuError as error:
            doublon = Anomalie(f"/{error.champ}", f"{error.champ}-deja-connu", str(error))
            return Repris(reference, EtatReprise.REFUSE, anomalies=(doublon,))
        connues[reference] = client.id
        return Repris(reference, EtatReprise.CREE, client.id)
