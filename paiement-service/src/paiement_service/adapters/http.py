"""The REST API of paiement-service (api.md, section 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import flask

from paiement_service.adapters.http_lectures import CasLectures, routes_de_lecture
from paiement_service.adapters.schemas import (
    PaiementDeLotJson,
    PaiementEntrantJson,
    PaiementJson,
    PartJson,
    RecuJson,
    RejetJson,
    RemboursementJson,
)
from paiement_service.adapters.vues import vue_paiement
from paiement_service.application.affecter_credit import AffecterCredit
from paiement_service.application.annuler_paiement import AnnulerPaiement
from paiement_service.application.ports import Clock, Ecriture, Lectures
from paiement_service.application.recevoir_lot import RecevoirLot, Recu
from paiement_service.application.recevoir_paiement import NouveauPaiement, RecevoirPaiement
from paiement_service.domain.erreurs import (
    ClientServiceIndisponibleError,
    CreditInsuffisantError,
    FactureServiceIndisponibleError,
    PaiementIntrouvableError,
    PaiementInvalideError,
    PaiementNonAffectableError,
    PaiementNonRemboursableError,
    RejetImpossibleError,
    RemboursementExcessifError,
)
from paiement_service.domain.imputation import Part
from paiement_service.domain.paiement import Moyen, Paiement, Source
from ressort.flask import etag, idempotency
from ressort.flask.api import (
    Answer,
    Api,
    Body,
    FieldError,
    InvalidBody,
    Items,
    Problem,
    answer,
    created,
    idempotent,
    problems,
)


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call."""

    recevoir: RecevoirPaiement
    lot: RecevoirLot
    affecter: AffecterCredit
    annuler: AnnulerPaiement
    lire: CasLectures
    clock: Clock

    @property
    def lectures(self) -> Lectures:
        """The last committed state."""
        return self.lire.lectures


def paiement_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Paiements", description="L'argent reçu et les factures qu'il règle.")
    api.problems(
        problems(
            {
                PaiementIntrouvableError: (
                    404,
                    "paiement-introuvable",
                    "Paiement introuvable",
                    ("paiement_id",),
                ),
                PaiementInvalideError: _invalide,
                CreditInsuffisantError: (
                    409,
                    "non-affecte-insuffisant",
                    "Crédit insuffisant",
                    ("non_affecte_centimes",),
                ),
                RemboursementExcessifError: (
                    409,
                    "remboursement-excessif",
                    "Remboursement excessif",
                    ("remboursable_centimes",),
                ),
                PaiementNonRemboursableError: (409, "paiement-non-remboursable", "Paiement non remboursable"),
                PaiementNonAffectableError: (409, "paiement-non-affectable", "Paiement non affectable"),
                RejetImpossibleError: (409, "rejet-impossible", "Rejet impossible"),
                FactureServiceIndisponibleError: _indisponible("facture-service"),
                ClientServiceIndisponibleError: _indisponible("client-service"),
            }
        )
    )
    routes_de_lecture(api, cas.lire)
    _routes_d_encaissement(api, cas)
    _routes_d_annulation(api, cas)
    return api


def _routes_d_encaissement(api: Api, cas: CasUsage) -> None:
    @api.post("/paiements", status=201, response=PaiementJson, problems=[(422, "facture-inconnue")])
    @idempotent(required=True, deferred=False, lease_s=90)
    def recevoir(entrant: PaiementEntrantJson) -> flask.Response:
        """Enregistrer un paiement et l'affecter.

        202 `EN_ATTENTE`, avec `X-Degraded: facture-service`, quand facture-service ne répond pas : le paiement
        est gardé et sera affecté une seule fois, à son retour.
        """
        _, reponse = cas.recevoir(_nouveau(entrant, Source.SAISIE, _cle()), _gardee(cas.clock, _creation))
        return _reponse(reponse)

    @api.post("/paiements/{id}/affectations", response=PaiementJson, if_match="optional", etag=True)
    @idempotent(deferred=False, lease_s=90)
    def affecter(id: str, corps: Body[list[PartJson]]) -> flask.Response:
        """Affecter ce qui reste d'un paiement."""
        paiement = cas.lectures.paiement(id)
        etag.check_match(paiement.version, cas.clock.today())
        parts = corps.valid()
        if not parts:
            raise InvalidBody([FieldError("", "vide", "Au moins une affectation est attendue.")])
        _, reponse = cas.affecter(paiement, _parts(parts), _gardee(cas.clock, _changement))
        return _reponse(reponse)

    @api.post("/paiements/lots", response=list[RecuJson], internal=True)
    @idempotent(deferred=False, lease_s=120)
    def lot(paiements: Items[PaiementDeLotJson]) -> list[dict[str, Any]]:
        """Reprendre des paiements, 500 au plus ; (source, référence externe) en est l'identité."""
        lus = list(paiements)
        bons = [_nouveau_de_lot(lu.value) for lu in lus if lu.value is not None]
        recus = iter(cas.lot(bons))
        return [_refuse(lu.raw, lu.errors_json()) if lu.value is None else _recu(next(recus)) for lu in lus]


def _routes_d_annulation(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/paiements/{id}/remboursements", status=201, response=PaiementJson, if_match="optional", etag=True
    )
    @idempotent(required=True, deferred=False, lease_s=90)
    def rembourser(id: str, corps: Body[RemboursementJson]) -> flask.Response:
        """Rembourser : d'abord ce qui n'est pas affecté, puis les dernières affectations."""
        etag.check_match(cas.lectures.paiement(id).version, cas.clock.today())
        demande = corps.valid()
        _, reponse = cas.annuler.rembourser(
            id, demande.montant_centimes, demande.motif, demande.date, _gardee(cas.clock, _creation)
        )
        return _reponse(reponse)

    @api.post("/paiements/{id}/rejet", response=PaiementJson, if_match="optional", etag=True)
    @idempotent(required=True, deferred=False, lease_s=90)
    def rejeter(id: str, corps: Body[RejetJson]) -> flask.Response:
        """Enregistrer le rejet d'un paiement par la banque."""
        etag.check_match(cas.lectures.paiement(id).version, cas.clock.today())
        demande = corps.valid()
        _, reponse = cas.annuler.rejeter(id, demande.motif, demande.date, _gardee(cas.clock, _changement))
        return _reponse(reponse)


def _gardee(clock: Clock, forme: Callable[[Paiement, Clock], Answer]) -> Callable[..., flask.Response]:
    """Keeps the answer for the Idempotency-Key in the transaction that decides it."""

    def garder(ecriture: Ecriture, paiements: Any) -> flask.Response:
        (paiement,) = paiements
        return idempotency.keep(ecriture.connection, forme(paiement, clock))

    return garder


def _creation(paiement: Paiement, clock: Clock) -> Answer:
    tag = etag.etag(paiement.version, clock.today())
    made = created(vue_paiement(paiement), f"/paiements/{paiement.id}", etag=tag)
    return _degradee(made, paiement)


def _changement(paiement: Paiement, clock: Clock) -> Answer:
    return _degradee(_vue(paiement, clock), paiement)


def _degradee(faite: Answer, paiement: Paiement) -> Answer:
    """202 while facture-service owes an answer."""
    if not paiement.en_suspens:
        return faite
    headers = {**faite.headers, "X-Degraded": "facture-service"}
    return answer(faite.body, status=202, etag=faite.etag, headers=headers)


def _reponse(reponse: object) -> flask.Response:
    if not isinstance(reponse, flask.Response):
        raise TypeError(f"a response was expected, not {type(reponse).__name__}")
    return reponse


def _vue(paiement: Paiement, clock: Clock) -> Answer:
    return answer(vue_paiement(paiement), etag=etag.etag(paiement.version, clock.today()))


def _cle() -> str:
    """The identity of this request for the payment's row: a retry after a crash finds what was recorded."""
    cle = flask.request.headers[idempotency.HEADER]
    return sha256(f"{cle}\n{idempotency.fingerprint()}".encode()).hexdigest()


def _nouveau(entrant: PaiementEntrantJson, source: Source, cle: str | None) -> NouveauPaiement:
    return NouveauPaiement(
        montant_centimes=entrant.montant_centimes,
        devise=entrant.devise,
        date_paiement=entrant.date_paiement,
        moyen=Moyen(entrant.moyen),
        client_id=entrant.client_id,
        facture_id=entrant.facture_id,
        parts=None if entrant.affectations is None else _parts(entrant.affectations),
        source=source,
        reference=entrant.reference,
        notifier=entrant.notifier,
        reference_externe=getattr(entrant, "reference_externe", None),
        cle=cle,
    )


def _nouveau_de_lot(entrant: PaiementDeLotJson) -> NouveauPaiement:
    return _nouveau(entrant, Source(entrant.source), None)


def _parts(parts: list[PartJson]) -> tuple[Part, ...]:
    return tuple(Part(part.facture_id, part.montant_centimes) for part in parts)


def _invalide(error: PaiementInvalideError) -> Problem:
    return InvalidBody([FieldError(error.pointer, error.code, error.detail)])


def _indisponible(service: str) -> Callable[[Exception], Problem]:
    """503 for a question that nobody else can answer."""

    def problem(error: Exception) -> Problem:
        headers = {"X-Degraded": service}
        return Problem(503, "service-indisponible", headers=headers, values={"service": service})

    return problem


def _recu(recu: Recu) -> dict[str, Any]:
    erreur = recu.erreur
    errors = [{"pointer": erreur.pointer, "code": erreur.code, "detail": erreur.detail}] if erreur else []
    return {"reference_externe": recu.reference_externe, "etat": recu.etat, "id": recu.id, "errors": errors}


def _refuse(brut: Any, erreurs: list[dict[str, str]]) -> dict[str, Any]:
    reference = brut.get("reference_externe") if isinstance(brut, dict) else None
    return {"reference_externe": reference, "etat": "REFUSE", "id": None, "errors": erreurs}
