"""The one table from refusals of the domain to problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

from facture_service.domain import erreurs as e
from ressort.flask.api import FieldError, InvalidBody, Problem, ProblemTable, problems
from ressort.flask.problem import Mapped

REESSAYER_DANS_S = 5

TABLE: Mapping[type[e.FactureError], tuple[int, str, str]] = {
    e.FactureIntrouvableError: (404, "facture-introuvable", "Facture introuvable"),
    e.PasEncoreEmiseError: (404, "facture-pas-encore-emise", "Facture pas encore émise à cette date"),
    e.FactureEmiseError: (409, "facture-emise", "Facture déjà émise"),
    e.FactureNonEmiseError: (409, "facture-non-emise", "Facture non émise"),
    e.FactureSansLigneError: (409, "facture-sans-ligne", "Facture sans ligne"),
    e.OperationSurAvoirError: (409, "operation-sur-avoir", "Opération impossible sur un avoir"),
    e.FactureModifieeError: (409, "facture-modifiee", "Facture modifiée entre-temps"),
    e.NumeroPrisError: (409, "numero-pris", "Numéro déjà pris"),
    e.ClientInconnuError: (409, "client-inconnu", "Client inconnu"),
    e.ClientArchiveError: (409, "client-archive", "Client archivé"),
    e.ClientIncompletError: (409, "client-incomplet", "Client incomplet"),
    e.VendeurIncompletError: (409, "vendeur-incomplet", "Vendeur incomplet"),
    e.DateAnterieureSerieError: (409, "date-anterieure-a-la-serie", "Date antérieure à la série"),
    e.AvoirSuperieurError: (409, "avoir-superieur-au-creditable", "Avoir supérieur au créditable"),
    e.EcartSuperieurError: (409, "ecart-superieur-au-reste", "Écart supérieur au reste à payer"),
    e.ResteInsuffisantError: (409, "reste-insuffisant", "Reste à payer insuffisant"),
    e.ReglementDifferentError: (409, "reglement-different", "Règlement déjà connu, différent"),
    e.ReglementAnnuleError: (409, "reglement-annule", "Règlement annulé"),
    e.ReglementIntrouvableError: (404, "reglement-introuvable", "Règlement introuvable"),
    e.AnnulationSuperieureError: (409, "annulation-superieure", "Annulation supérieure au règlement"),
    e.LitigeOuvertError: (409, "litige-deja-ouvert", "Litige déjà ouvert"),
    e.LitigeAbsentError: (409, "litige-absent", "Pas de litige en cours"),
}


def probleme(erreur: e.FactureError) -> Problem:
    """The problem document of a refusal, its figures as extra members."""
    if isinstance(erreur, e.ChampInvalideError):
        return InvalidBody([FieldError(erreur.pointeur, erreur.regle, str(erreur))])
    if isinstance(erreur, e.ClientServiceIndisponibleError):
        return Problem(
            503,
            "client-service-indisponible",
            "Service des clients indisponible",
            str(erreur),
            headers={"Retry-After": str(REESSAYER_DANS_S)},
        )
    statut, code, titre = TABLE[type(erreur)]
    return Problem(statut, code, titre, str(erreur), extra=erreur.faits)


def _table() -> ProblemTable:
    lignes: dict[type[BaseException], Mapped] = {e.FactureError: probleme}
    return problems(lignes)


PROBLEMES = _table()
