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


class ServiceIndisponibleError(NotificationError):
    """Another service gave no answer: the notification waits."""


class TransportIndisponibleError(NotificationError):
    """The carrier provably did not take it: it is tried again later."""


class TransportRefuseError(NotificationError):
    """The carrier refuses it for good."""


class TransportInconnuError(NotificationError):
    """The carrier may or may not have taken it."""
