"""One thing changed in a client's record, or the same thing in many; what is not touched is not judged again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from client_service.application.modifier_client import Garde
from client_service.application.ports import Clock, Ecriture, Magasin
from client_service.domain.client import Client, FicheClient
from client_service.domain.erreurs import ClientIntrouvableError

Retouche = Callable[[FicheClient], FicheClient]
"""The record with one thing changed."""


class EtatRetouche(StrEnum):
    """What became of one client of a bulk change; done already is done."""

    FAIT = "FAIT"
    REFUSE = "REFUSE"


@dataclass(frozen=True, slots=True)
class Issue:
    """The outcome for one client; `code` and `detail` say why it was refused."""

    id: str
    etat: EtatRetouche
    code: str | None = None
    detail: str | None = None


class RetoucherClient:
    """Changes one thing of a record; where nothing differs, nothing is written and the version stays."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(self, client_id: str, retouche: Retouche, garde: Garde) -> Client:
        """The client after the change. Raises ClientIntrouvableError, and what `garde` and `retouche` raise."""
        with self._magasin.transaction() as ecriture:
            actuel = ecriture.client(client_id)
            garde(actuel)
            return self._retoucher(ecriture, actuel, retouche)

    def par_lot(self, ids: Sequence[str], retouche: Retouche) -> list[Issue]:
        """One outcome per identifier, in the order given; all in one transaction.

        Rows are locked in one order whatever the order given, so that two bulk changes never wait for each other.
        """
        with self._magasin.transaction() as ecriture:
            issues = {client_id: self._un(ecriture, client_id, retouche) for client_id in sorted(set(ids))}
        return [issues[client_id] for client_id in ids]

    def _un(self, ecriture: Ecriture, client_id: str, retouche: Retouche) -> Issue:
        try:
            actuel = ecriture.client(client_id)
        except ClientIntrouvableError as error:
            return Issue(client_id, EtatRetouche.REFUSE, "client-introuvable", str(error))
        self._retoucher(ecriture, actuel, retouche)
        return Issue(client_id, EtatRetouche.FAIT)

    def _retoucher(self, ecriture: Ecriture, actuel: Client, retouche: Retouche) -> Client:
        fiche = retouche(actuel.fiche)
        if fiche == actuel.fiche:
            return actuel
        nouveau = replace(actuel, fiche=fiche, modifie_le=self._clock.now(), version=actuel.version + 1)
        ecriture.remplacer(nouveau)
        return nouveau
