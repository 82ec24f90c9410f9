"""The other services, called by their ids through the registry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, Protocol, TypeVar

from batch.application.ports import FactureReprise, Repris
from batch.domain.dossier import Client, FactureEnRetard, Solde, Suspension
from batch.domain.interets import Mouvement, TypeClient
from ressort.http import Body, RemoteError, feign_client, get, post

_PAGE = 200
_LOT_S = 60.0
_POSTES_DU_SOLDE = ("AVOIRS", "REGLE", "ECARTS")
"""Movements that close a balance; CREDITES counts credit notes beside it."""
K = TypeVar("K")


@feign_client("client-service")
class ClientApi(Protocol):
    """Routes of client-service that jobs use."""

    @get("/clients")
    def clients(self, ids: str, limit: int = _PAGE) -> dict[str, Any]: ...

    @post("/clients/reprises", retryable=True, read_timeout_s=_LOT_S)
    def reprendre(self, fiches: Body[list[Mapping[str, Any]]]) -> list[dict[str, Any]]: ...


@feign_client("facture-service")
class FactureApi(Protocol):
    """Routes of facture-service that jobs use."""

    @get("/factures", read_timeout_s=_LOT_S)
    def factures(
        self,
        ouverte_au: date,
        type: str,
        tri: str,
        echue_avant: date | None = None,
        curseur: str | None = None,
        limit: int = _PAGE,
    ) -> dict[str, Any]: ...

    @get("/factures/{id}")
    def facture(self, id: str) -> dict[str, Any]: ...

    @get("/factures/{id}/evenements")
    def evenements(self, id: str, curseur: str | None = None, limit: int = _PAGE) -> dict[str, Any]: ...

    @post("/factures/reprises", retryable=True, read_timeout_s=_LOT_S)
    def reprendre(self, factures: Body[list[Mapping[str, Any]]]) -> list[dict[str, Any]]: ...


@feign_client("paiement-service")
class PaiementApi(Protocol):
    """Routes of paiement-service that jobs use."""

    @get("/paiements/soldes")
    def soldes(self, client_ids: str, au: date) -> list[dict[str, Any]]: ...

    @get("/paiements")
    def paiements(
        self, etat: str, tri: str, curseur: str | None = None, limit: int = _PAGE
    ) -> dict[str, Any]: ...

    @post("/paiements/lots", retryable=True, read_timeout_s=_LOT_S)
    def recevoir(self, paiements: Body[list[Mapping[str, Any]]]) -> list[dict[str, Any]]: ...


class EncoursHttp:
    """Fits `Encours`; what the clients raise goes through: without an answer there is no reminder."""

    def __init__(self, clients: ClientApi, factures: FactureApi, paiements: PaiementApi) -> None:
        self._clients = clients
        self._factures = factures
        self._paiements = paiements

    def factures_en_retard(self, au: date) -> list[FactureEnRetard]:
        def page(curseur: str | None) -> dict[str, Any]:
            return self._factures.factures(
                ouverte_au=au, type="FACTURE", tri="client_id", echue_avant=au, curseur=curseur
            )

        return [_facture(element) for element in _elements(page)]

    def facture_existe(self, facture_id: str) -> bool:
        try:
            self._factures.facture(facture_id)
        except RemoteError as error:
            if error.status == 404:
                return False
            raise
        return True

    def mouvements(self, facture_id: str) -> Sequence[Mouvement]:
        def page(curseur: str | None) -> dict[str, Any]:
            return self._factures.evenements(id=facture_id, curseur=curseur)

        return [
            Mouvement(date.fromisoformat(element["date_effet"]), element["montant_centimes"])
            for element in _elements(page)
            if element["poste"] in _POSTES_DU_SOLDE
        ]

    def clients(self, ids: Collection[str]) -> Mapping[str, Client]:
        trouves: dict[str, Client] = {}
        for lot in _lots(ids):
            elements = self._clients.clients(ids=",".join(lot))["elements"]
            trouves |= {element["id"]: _client(element) for element in elements}
        return trouves

    def soldes(self, ids: Collection[str], au: date) -> Mapping[str, Mapping[str, Solde]]:
        trouves: dict[str, dict[str, Solde]] = {}
        for lot in _lots(ids):
            for element in self._paiements.soldes(client_ids=",".join(lot), au=au):
                par_devise = trouves.setdefault(element["client_id"], {})
                par_devise[element["devise"]] = Solde(
                    element["non_affecte_centimes"], element["en_attente_centimes"]
                )
        return trouves

    def avoirs_a_affecter(self, au: date) -> Mapping[str, Mapping[str, int]]:
        def page(curseur: str | None) -> dict[str, Any]:
            return self._factures.factures(ouverte_au=au, type="AVOIR", tri="client_id", curseur=curseur)

        trouves: dict[str, dict[str, int]] = {}
        for avoir in _elements(page):
            par_devise = trouves.setdefault(avoir["client_id"], {})
            devise = avoir["devise"]
            par_devise[devise] = par_devise.get(devise, 0) + avoir["a_affecter_centimes"]
        return trouves


class DestinationsHttp:
    """Fits `Destinations`."""

    def __init__(self, clients: ClientApi, factures: FactureApi, paiements: PaiementApi) -> None:
        self._clients = clients
        self._factures = factures
        self._paiements = paiements

    def reprendre_clients(self, fiches: Sequence[Mapping[str, Any]]) -> list[Repris]:
        return [_repris(un, "reference_externe") for un in self._clients.reprendre(list(fiches))]

    def reprendre_factures(self, factures: Sequence[Mapping[str, Any]]) -> list[Repris]:
        return [_repris(un, "reference") for un in self._factures.reprendre(list(factures))]

    def reprendre_paiements(self, paiements: Sequence[Mapping[str, Any]]) -> list[Repris]:
        return [_repris(un, "reference_externe") for un in self._paiements.recevoir(list(paiements))]

    def factures_ouvertes(self, au: date) -> Iterator[FactureReprise]:
        def page(curseur: str | None) -> dict[str, Any]:
            return self._factures.factures(ouverte_au=au, type="FACTURE", tri="numero", curseur=curseur)

        for element in _elements(page):
            yield FactureReprise(element["numero"], element["reste_centimes"], element["devise"])

    def paiements_en_attente(self) -> Iterator[str]:
        def page(curseur: str | None) -> dict[str, Any]:
            return self._paiements.paiements(etat="EN_ATTENTE", tri="date_paiement", curseur=curseur)

        for element in _elements(page):
            if element["source"] == "REPRISE" and element["reference_externe"]:
                yield element["reference_externe"]


def _elements(page: Callable[[str | None], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every element of a list, page after page."""
    curseur: str | None = None
    while True:
        reponse = page(curseur)
        yield from reponse["elements"]
        curseur = reponse["suivant"]
        if curseur is None:
            return


def _lots(ids: Collection[str]) -> Iterator[list[str]]:
    restants = iter(sorted(set(ids)))
    while lot := list(islice(restants, _PAGE)):
        yield lot


def _facture(element: Mapping[str, Any]) -> FactureEnRetard:
    litige = element["litige"]
    return FactureEnRetard(
        facture_id=element["id"],
        numero=element["numero"],
        client_id=element["client_id"],
        devise=element["devise"],
        date_emission=date.fromisoformat(element["date_emission"]),
        date_echeance=date.fromisoformat(element["date_echeance"]),
        total_ttc_centimes=element["total_ttc_centimes"],
        reste_centimes=element["reste_centimes"],
        litige=None if litige is None else litige["motif"],
        # Settled in part, or settled and taken back: whatever moves a balance changes modifie_le.
        mouvementee=(
            element["reste_centimes"] != element["total_ttc_centimes"]
            or element["modifie_le"] != element["emise_le"]
        ),
    )


def _client(element: Mapping[str, Any]) -> Client:
    suspension = element["suspension"]
    return Client(
        client_id=element["id"],
        nom=element["nom_affiche"],
        type=TypeClient(element["type"]),
        politique=element["politique_relance"],
        suspension=None if suspension is None else _suspension(suspension),
        email=element["email"],
        telephone=element["telephone"],
        langue=element["langue"],
    )


def _suspension(element: Mapping[str, Any]) -> Suspension:
    jusqu_au = element["jusqu_au"]
    return Suspension(element["motif"], None if jusqu_au is None else date.fromisoformat(jusqu_au))


def _repris(element: Mapping[str, Any], cle: str) -> Repris:
    reference = element.get(cle) or ""
    if element["id"] is not None and not element["etat"].startswith("REFUSE"):
        return Repris(reference, element["id"])
    erreurs = element.get("errors") or []
    code = erreurs[0]["code"] if erreurs else "refuse"
    detail = " ; ".join(f"{erreur['pointer']} {erreur['detail']}".strip() for erreur in erreurs) or "Refusé."
    return Repris(reference, None, (code, detail))
