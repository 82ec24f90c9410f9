"""What can go wrong between a program and its message broker."""

from __future__ import annotations

from collections.abc import Mapping

from ressort.errors import RessortError


class MessagingError(RessortError):
    """Base of the errors raised by ressort.messaging."""


class PublishError(MessagingError):
    """Some messages of a batch were not taken by the broker; the others were.

    `failures` maps the index of each such message to the reason: no queue bound to the destination, refused,
    or unknown because the connection was lost (the broker may then have it: publish again, consumers dedupe).
    """

    def __init__(self, destination: str, failures: Mapping[int, str]) -> None:
        reasons = "; ".join(sorted(set(failures.values())))
        super().__init__(f"{len(failures)} message(s) to {destination} not published: {reasons}")
        self.destination = destination
        self.failures = dict(failures)


class BinderUnavailableError(MessagingError):
    """The broker cannot be reached now; the binder keeps trying by itself."""


class BinderConfigurationError(MessagingError):
    """The broker refuses what the configuration asks for: credentials, permissions or unlike declarations."""


class UnreadableMessageError(MessagingError):
    """Raised by a handler for a message no retry can help: it goes to the dead letters at once."""


class RetryLaterError(MessagingError):
    """Raised by a handler that cannot work now (a peer is out): delivered again later, no attempt counted."""

    def __init__(self, reason: str, after_s: float = 5.0) -> None:
        super().__init__(f"{reason}; again in {after_s:g} s")
        self.after_s = after_s
