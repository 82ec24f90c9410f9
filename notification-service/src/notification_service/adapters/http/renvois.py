"""What a person asks: one notification sent again, or many."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from notification_service.adapters.http.cas_usage import CasUsage, vue_entiere
from notification_service.adapters.schemas import (
    AdressesJson,
    IssueRenvoiJson,
    LotRenvoiJson,
    RenvoiAccepteJson,
    RenvoiJson,
)
from notification_service.domain.erreurs import RenvoiImpossibleError
from notification_service.domain.notification import Adresses, Etat
from ressort.flask.api import Answer, Api, Body, answer, idempotent


def routes_de_renvoi(api: Api, cas: CasUsage) -> None:
    """Acts of a person; each says what was delivered before."""
    _renvoi(api, cas)
    _lot(api, cas)


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


def _adresses(donnees: AdressesJson | None) -> Adresses | None:
    return None if donnees is None else Adresses(donnees.email, donnees.telephone)
