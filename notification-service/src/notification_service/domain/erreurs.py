"""What can go wrong with notifications, told with the values needed to act on it."""

from __future__ import annotations


class NotificationError(Exception):
    """Base of every error of this service."""


class NotificationIntrouvableError(NotificationError):
    """No notification has this id."""

    def __init__(self, notification_id: str) -> None:
        super().__init__(f"Aucune notification n'a l'identifiant {notification_id}.")
        self.notification_id = notification_id


class RenvoiImpossibleError(NotificationError):
    """It is in the queue already: nothing to send again."""

    def __init__(self, notification_id: str) -> None:
        super().__init__("Cette notification est déjà en file.")
        self.notification_id = notification_id


class RienAPosterError(NotificationError):
    """It is on its way, was sent, or was dropped: no letter waits to be posted."""

    def __init__(self) -> None:
        super().__init__("Seule une notification à traiter ou en échec se poste.")


class LettreAbsenteError(NotificationError):
    """Nothing is written yet that could have been printed."""

    def __init__(self) -> None:
        super().__init__(
            "Le texte de cette notification n'est pas encore rédigé : il n'y a pas de lettre à poster."
        )


class JourImpossibleError(NotificationError):
    """A letter is not posted before it was asked for, nor after today; `code` says which."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class ServiceIndisponibleError(NotificationError):
    """Another service gave no answer: the notification waits."""


class TransportIndisponibleError(NotificationError):
    """The carrier provably did not take it: it is tried again later."""


class TransportRefuseError(NotificationError):
    """The carrier refuses it for good."""


class TransportInconnuError(NotificationError):
    """The carrier may or may not have taken it."""
