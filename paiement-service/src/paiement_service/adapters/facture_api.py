"""facture-service, called by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, Protocol

from paiement_service.application.ports import Demande, FactureVue, Reglee, Reponse
from paiement_service.domain.erreurs import (
    FactureInconnueError,
    FactureServiceIndisponibleError,
    ReglementRefuseError,
)
from paiement_service.domain.imputation import FactureOuverte
from paiement_service.domain.paiement import Affectation
from ressort.http import Body, Header, RemoteError, UnavailableError, feign_client, get, post
from ressort.resilience import CircuitOpenError

_INTROUVABLE = "facture-introuvable"
_INSUFFISANT = "reste-insuffisant"
_LOT = 500


@feign_client("facture-service")
class FactureService(Protocol):
    """The routes this service uses."""

    @get("/factures/{id}")
    def facture(self, id: str) -> dict[str, Any]: ...

    @get("/factures")
    def factures(
        self,
        client_id: str,
        devise: str,
        type: str,
        ouverte_au: str,
        tri: str,
        limit: int,
        curseur: str | None,
    ) -> dict[str, Any]: ...

    @post("/factures/{id}/reglements", retryable=True)
    def regler(self, id: str, reglement: Body[dict[str, Any]]) -> dict[str, Any]: ...

    @post("/factures/reglements/lots", retryable=True, read_timeout_s=30)
    def regler_lot(self, reglements: Body[list[dict[str, Any]]]) -> list[dict[str, Any]]: ...

    @post("/factures/{id}/reglements/{affectation_id}/annulation", retryable=True)
    def annuler(
        self,
        id: str,
        affectation_id: str,
        annulation: Body[dict[str, Any]],
        cle: Annotated[str, Header("Idempotency-Key")],
    ) -> dict[str, Any]: ...


class FactureApiHttp:
    """The port on the wire: what is no answer becomes FactureServiceIndisponibleError."""

    def __init__(self, service: FactureService) -> None:
        self._service = service

    def facture(self, facture_id: str) -> FactureVue:
        with _traduites(facture_id):
            return _vue(self._service.facture(facture_id))

    def ouvertes(self, client_id: str, devise: str, le: date) -> list[FactureOuverte]:
        ouvertes: list[FactureOuverte] = []
        curseur: str | None = None
        while True:
            with _traduites(client_id):
                page = self._service.factures(
                    client_id, devise, "FACTURE", le.isoformat(), "date_echeance", 200, curseur
                )
            ouvertes += [_ouverte(element) for element in page["elements"]]
            curseur = page["suivant"]
            if curseur is None:
                return ouvertes

    def regler(self, demandes: Sequence[Demande]) -> list[Reponse]:
        if len(demandes) == 1:
            return [self._un(*demandes[0])]
        return [
            reponse
            for debut in range(0, len(demandes), _LOT)
            for reponse in self._lot(demandes[debut : debut + _LOT])
        ]

    def annuler(self, affectation: Affectation) -> None:
        entiere = affectation.a_annuler_centimes == affectation.montant_centimes
        corps = {
            "date": affectation.annulation_le,
            "motif": affectation.annulation_motif,
            **({} if entiere else {"montant_centimes": affectation.a_annuler_centimes}),
        }
        cle = f"{affectation.affectation_id}/{affectation.annulation_cle}"
        with _traduites(affectation.facture_id):
            self._service.annuler(affectation.facture_id, affectation.affectation_id, corps, cle)

    def _un(self, paiement_id: str, affectation: Affectation) -> Reponse:
        try:
            with _traduites(affectation.facture_id):
                reponse = self._service.regler(affectation.facture_id, _reglement(paiement_id, affectation))
        except (FactureInconnueError, ReglementRefuseError) as refus:
            return refus
        except _SoldeeError as soldee:
            return Reglee(0, soldee.reste_centimes, None)
        return _reglee(reponse)

    def _lot(self, demandes: Sequence[Demande]) -> list[Reponse]:
        corps = [
            {"facture_id": affectation.facture_id, **_reglement(paiement_id, affectation)}
            for paiement_id, affectation in demandes
        ]
        with _traduites("lot"):
            reponses = self._service.regler_lot(corps)
        return [_du_lot(reponse, demande) for reponse, demande in zip(reponses, demandes, strict=True)]


class _SoldeeError(Exception):
    """The invoice owes nothing that could be taken."""

    def __init__(self, reste_centimes: int) -> None:
        super().__init__(reste_centimes)
        self.reste_centimes = reste_centimes


@contextmanager
def _traduites(facture_id: str) -> Iterator[None]:
    """The library's errors as those of the port."""
    try:
        yield
    except (UnavailableError, CircuitOpenError) as error:
        raise FactureServiceIndisponibleError(str(error)) from error
    except RemoteError as error:
        raise _refus(error, facture_id) from error


def _refus(error: RemoteError, facture_id: str) -> Exception:
    if error.code == _INSUFFISANT:
        return _SoldeeError(int((error.problem or {}).get("reste_centimes", 0)))
    if error.status == 404 and error.code == _INTROUVABLE:
        return FactureInconnueError(facture_id)
    if error.status in (409, 422) and error.code is not None and not error.code.startswith("idempotency-"):
        return ReglementRefuseError(facture_id, error.code, str((error.problem or {}).get("detail", error)))
    return FactureServiceIndisponibleError(str(error))


def _du_lot(reponse: dict[str, Any], demande: Demande) -> Reponse:
    facture_id = demande[1].facture_id
    if reponse["reglement"] is not None:
        return _reglee(reponse["reglement"])
    if reponse["code"] == _INSUFFISANT:
        return Reglee(0, int(reponse["reste_centimes"] or 0), None)
    if reponse["code"] == _INTROUVABLE:
        return FactureInconnueError(facture_id)
    return ReglementRefuseError(facture_id, str(reponse["code"]), str(reponse["errors"]))


def _reglement(paiement_id: str, affectation: Affectation) -> dict[str, Any]:
    return {
        "affectation_id": affectation.affectation_id,
        "paiement_id": paiement_id,
        "montant_centimes": affectation.montant_centimes,
        "date_reglement": affectation.date,
        "plafonner": True,
    }


def _reglee(reponse: dict[str, Any]) -> Reglee:
    return Reglee(reponse["montant_affecte_centimes"], reponse["reste_centimes"], reponse["numero"])


def _vue(facture: dict[str, Any]) -> FactureVue:
    emission, echeance = facture["date_emission"], facture["date_echeance"]
    return FactureVue(
        id=facture["id"],
        numero=facture["numero"],
        client_id=facture["client_id"],
        devise=facture["devise"],
        emise=facture["statut_document"] != "BROUILLON",
        avoir=facture["type"] == "AVOIR",
        date_emission=date.fromisoformat(emission) if emission else None,
        date_echeance=date.fromisoformat(echeance) if echeance else None,
    )


def _ouverte(facture: dict[str, Any]) -> FactureOuverte:
    return FactureOuverte(
        id=facture["id"],
        numero=facture["numero"],
        date_emission=date.fromisoformat(facture["date_emission"]),
        date_echeance=date.fromisoformat(facture["date_echeance"]),
        reste_centimes=facture["reste_centimes"],
        total_ttc_centimes=facture["total_ttc_centimes"],
        en_litige=facture["litige"] is not None,
    )
