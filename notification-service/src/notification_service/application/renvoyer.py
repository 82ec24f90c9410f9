"""A person decides that a notification is sent again, or confirms a letter; one, or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from notification_service.application.ports import Clock, Ecriture, Magasin
from notification_service.domain.erreurs import NotificationIntrouvableError, RenvoiImpossibleError
from notification_service.domain.notification import Adresses, Etat, Notification

Garde = Callable[[Notification], None]
"""Given the notification as it is stored and locked; refuses by raising."""


class EtatRenvoi(StrEnum):
    """What became of one notification of a bulk request."""

    FAIT = "FAIT"
    REFUSE = "REFUSE"


@dataclass(frozen=True, slots=True)
class IssueRenvoi:
    """The outcome for one notification; `code` and `detail` say why it was refused.

    `deja_envoyee_le`: when it was delivered before, if it was.
    """

    id: str
    etat: EtatRenvoi
    code: str | None = None
    detail: str | None = None
    deja_envoyee_le: datetime | None = None


class Renvoyer:
    """Puts it back in the queue; what was delivered before stays told."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(
        self,
        notification_id: str,
        motif: str,
        adresses: Adresses | None = None,
        garde: Garde = lambda _: None,
    ) -> Notification:
        """The notification in the queue, for `adresses` where they are given.

        Raises NotificationIntrouvableError, RenvoiImpossibleError, and what `garde` raises.
        """
        with self._magasin.transaction() as ecriture:
            actuelle = ecriture.notification(notification_id)
            garde(actuelle)
            return self._remettre_en_file(ecriture, actuelle, motif, adresses)

    def par_lot(self, ids: Sequence[str], motif: str) -> list[IssueRenvoi]:
        """One outcome per identifier, in the order given; all in one transaction.

        Rows are locked in one order whatever the order given, so that two requests never wait for each other.
        """
        with self._magasin.transaction() as ecriture:
            issues = {un: self._un(ecriture, un, motif) for un in sorted(set(ids))}
        return [issues[un] for un in ids]

    def _un(self, ecriture: Ecriture, notification_id: str, motif: str) -> IssueRenvoi:
        try:
            actuelle = ecriture.notification(notification_id)
            renvoyee = self._remettre_en_file(ecriture, actuelle, motif)
        except NotificationIntrouvableError as error:
            return IssueRenvoi(notification_id, EtatRenvoi.REFUSE, "notification-introuvable", str(error))
        except RenvoiImpossibleError as error:
            return IssueRenvoi(notification_id, EtatRenvoi.REFUSE, "deja-en-file", str(error))
        return IssueRenvoi(notification_id, EtatRenvoi.FAIT, deja_envoyee_le=renvoyee.envoyee_le)

    def _remettre_en_file(
        self, ecriture: Ecriture, actuelle: Notification, motif: str, adresses: Adresses | None = None
    ) -> Notification:
        if actuelle.etat is Etat.EN_FILE:
            raise RenvoiImpossibleError(actuelle.id)
        return ecriture.remplacer(actuelle.renvoyee(self._clock.now(), motif, adresses))
