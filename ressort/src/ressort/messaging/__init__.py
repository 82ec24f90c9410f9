"""Messages between services: destinations and groups as in Spring Cloud Stream, outbox, inbox, dead letters."""

from ._local import LocalBinder
from ._memory import MemoryBinder
from .binder import Binder, Binding, DeadLetter, Handler, Subscription
from .dead_letters import DeadLetters, UnknownGroupError
from .errors import (
    BinderConfigurationError,
    BinderUnavailableError,
    MessagingError,
    PublishError,
    RetryLaterError,
    UnreadableMessageError,
)
from .facade import Messaging, create
from .inbox import Inbox
from .message import Message
from .options import OutboxOptions, StreamOptions
from .outbox import Outbox
from .relay import OutboxRelay

__all__ = [
    "Binder",
    "BinderConfigurationError",
    "BinderUnavailableError",
    "Binding",
    "DeadLetter",
    "DeadLetters",
    "Handler",
    "Inbox",
    "LocalBinder",
    "MemoryBinder",
    "Message",
    "Messaging",
    "MessagingError",
    "Outbox",
    "OutboxOptions",
    "OutboxRelay",
    "PublishError",
    "RetryLaterError",
    "StreamOptions",
    "Subscription",
    "UnknownGroupError",
    "UnreadableMessageError",
    "create",
]
