"""client-, facture- and paiement-service, called by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any, Protocol, TypeVar

from notification_service.application.ports import ClientDuJour, Clock
from notification_service.domain.erreurs import ServiceIndisponibleError
from notification_service.domain.notification import Destinataire
from notification_service.domain.relance import FactureDuJour
from ressort.http import Header, RemoteError, UnavailableError, feign_client, get
from ressort.resilience import CircuitOpenError

T = TypeVar("T")


@feign_client("facture-service")
class FactureService(Protocol):
    @get("/factures/{id}")
    def facture(self, id: str) -> dict[str, Any]: ...

    @get("/factures/{id}")
    def facture_au(self, id: str, au: date) -> dict[str, Any]: ...

    @get("/factures/{id}")
    def page(self, id: str, accept: Annotated[str, Header("Accept")]) -> bytes: ...

    @get("/factures")
    def liste(self, client_id: str, type: str, ouverte_au: date, limit: int = 1) -> dict[str, Any]: ...


@feign_client("client-service")
class ClientService(Protocol):
    @get("/clients/{id}")
    def client(self, id: str) -> dict[str, Any]: ...


@feign_client("paiement-service")
class PaiementService(Protocol):
    @get("/paiements/soldes")
    def soldes(self, client_ids: str) -> list[dict[str, Any]]: ...


class ServicesHttp:
    """The port on the wire: what is no answer becomes ServiceIndisponibleError."""

    def __init__(
        self, factures: FactureService, clients: ClientService, paiements: PaiementService, clock: Clock
    ) -> None:
        self._factures = factures
        self._clients = clients
        self._paiements = paiements
        self._clock = clock

    def factures(self, facture_ids: Collection[str]) -> Mapping[str, FactureDuJour]:
        lues = {
            facture_id: _demander(partial(self._factures.facture, facture_id)) for facture_id in facture_ids
        }
        return {facture_id: _du_jour(lue) for facture_id, lue in lues.items() if lue is not None}

    def reste_au(self, facture_id: str, jour: date) -> int | None:
        facture = _demander(lambda: self._factures.facture_au(facture_id, jour))
        return None if facture is None else int(facture["reste_centimes"])

    def page_facture(self, facture_id: str) -> str | None:
        reponse = _demander(lambda: self._factures.page(facture_id, "text/html"))
        return None if reponse is None else reponse.decode("utf-8")

    def client(self, client_id: str) -> ClientDuJour | None:
        client = _demander(lambda: self._clients.client(client_id))
        if client is None:
            return None
        destinataire = Destinataire(
            client["nom_affiche"], client["email"], client["telephone"], client["langue"]
        )
        return ClientDuJour(destinataire, _suspendu(client["suspension"], self._clock.today()))

    def credits_centimes(self, client_id: str, devise: str) -> int:
        soldes = _demander(lambda: self._paiements.soldes(client_id)) or []
        paiements: int = sum(
            solde["non_affecte_centimes"] + solde["en_attente_centimes"]
            for solde in soldes
            if solde["devise"] == devise
        )
        return paiements + self._avoirs_centimes(client_id, devise)

    def _avoirs_centimes(self, client_id: str, devise: str) -> int:
        """Credit notes not given to any invoice; facture-service sums them as negative."""
        aujourdhui = self._clock.today()
        liste = _demander(
            lambda: self._factures.liste(client_id=client_id, type="AVOIR", ouverte_au=aujourdhui)
        )
        restes: list[int] = [
            total["reste_centimes"]
            for total in (liste["totaux"] if liste else [])
            if total["devise"] == devise
        ]
        return -sum(restes)


def _demander(appel: Callable[[], T]) -> T | None:
    """The answer, None for what does not exist."""
    try:
        return appel()
    except RemoteError as error:
        if error.status == 404:
            return None
        raise ServiceIndisponibleError(str(error)) from error
    except (UnavailableError, CircuitOpenError) as error:
        raise ServiceIndisponibleError(str(error)) from error


def _du_jour(facture: Mapping[str, Any]) -> FactureDuJour:
    return FactureDuJour(facture["reste_centimes"], facture["litige"] is not None, facture["jours_retard"])


def _suspendu(suspension: Mapping[str, Any] | None, aujourdhui: date) -> bool:
    if suspension is None:
        return False
    jusqu_au = suspension["jusqu_au"]
    return jusqu_au is None or date.fromisoformat(jusqu_au) >= aujourdhui
