"""What a person asks: one notification sent again, or many."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from notification_service.adapters.http.cas_usage import CasUsage, vue_entiere
from notification_service.adapters.schemas import (
    AdressesJson,
    EnvoiPostalJson,
    IssueRenvoiJson,
    LotRenvoiJson,
    NotificationEntiereJson,
    RenvoiAccepteJson,
    RenvoiJson,
)
from notification_service.domain.erreurs import JourImpossibleError, RenvoiImpossibleError
from notification_service.domain.notification import Adresses, Etat
from ressort.flask.api import Answer, Api, Body, FieldError, InvalidBody, answer, idempotent


def routes_de_renvoi(api: Api, cas: CasUsage) -> None:
    """Acts of a person; each says what was delivered before."""
    _renvoi(api, cas)
    _lot(api, cas)
    _postal(api, cas)


def _renvoi(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/notifications/{id}/renvoi",
        status=202,
        response=RenvoiAccepteJson,
        if_match="optional",
        problems=[(404, "notification-introuvable"), (409, "deja-en-file")],
    )
    @idempotent()
    def renvoyer(id: str, corps: Body[RenvoiJson]) -> Answer:
        """Renvoyer une notification, ou confirmer l'envoi d'une mise en demeure.

        `destinataire` l'envoie à cette adresse au lieu de celle que l'on connaît, pour cette notification
        seulement : la fiche du client n'en est pas changée. `deja_envoyee_le` dit quand elle était déjà partie.
        """
        actuelle = cas.lectures.notification(id)
        cas.verifier_if_match(actuelle)
        if actuelle.etat is Etat.EN_FILE:
            raise RenvoiImpossibleError(id)
        lu = corps.valid()
        renvoyee = cas.renvoyer(id, lu.motif, _adresses(lu.destinataire), cas.verifier_if_match)
        cas.reveiller()
        return answer({**vue_entiere(renvoyee), "deja_envoyee_le": renvoyee.envoyee_le}, status=202)


def _lot(api: Api, cas: CasUsage) -> None:
    @api.post("/notifications/lots/renvoi", status=202, response=list[IssueRenvoiJson])
    @idempotent()
    def renvoyer(lot: LotRenvoiJson) -> list[dict[str, Any]]:
        """Renvoyer des notifications, 200 au plus, chacune jugée pour elle-même."""
        issues = cas.renvoyer.par_lot(lot.ids, lot.motif)
        cas.reveiller()
        return [asdict(issue) for issue in issues]


def _postal(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/notifications/{id}/envoi-postal",
        response=NotificationEntiereJson,
        etag=True,
        if_match="optional",
        problems=[
            (404, "notification-introuvable"),
            (409, "rien-a-poster"),
            (409, "message-pas-encore-redige"),
        ],
    )
    @idempotent()
    def poster(id: str, corps: Body[EnvoiPostalJson]) -> Answer:
        """Noter qu'une lettre a été postée : à qui n'a pas d'adresse, une mise en demeure, un envoi en échec.

        Rien d'autre ne part. Une relance postée compte comme envoyée : l'échelle reprend. La lettre à imprimer est
        cette notification lue avec `Accept: text/html`.
        """
        cas.verifier_if_match(cas.lectures.notification(id))
        lu = corps.valid()
        try:
            postee = cas.poster(id, lu.postee_le, lu.note, cas.verifier_if_match)
        except JourImpossibleError as error:
            raise InvalidBody([FieldError("/postee_le", error.code, str(error))]) from None
        return answer(vue_entiere(postee), etag=cas.etiquette(postee))


def _adresses(donnees: AdressesJson | None) -> Adresses | None:
    return None if donnees is None else Adresses(donnees.email, donnees.telephone)
