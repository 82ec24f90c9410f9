"""What every message broker must do for us, in Spring Cloud Stream's words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ressort.observability.health import Health

from .message import Message

Handler = Callable[[Message], None]
"""Returning means handled; raising means again, and after the last attempt the dead letters."""


@dataclass(frozen=True)
class Binding:
    """A consumer of a destination: members of one group compete, every group gets every message.

    `max_attempts` includes the first try (Spring's default 3); pauses between attempts grow from
    `back_off_initial_s` by `back_off_multiplier` up to `back_off_max_s` and hold back no other message.
    """

    destination: str
    group: str
    max_attempts: int = 3
    back_off_initial_s: float = 1.0
    back_off_multiplier: float = 2.0
    back_off_max_s: float = 10.0
    concurrency: int = 1

    def pause_s(self, failures: int) -> float:
        """The pause after that many failed attempts (at least 1)."""
        return float(
            min(self.back_off_max_s, self.back_off_initial_s * self.back_off_multiplier ** (failures - 1))
        )


@dataclass(frozen=True)
class DeadLetter:
    """A message a group has given up on, with the last error."""

    id: str
    destination: str
    group: str
    message: Message
    error: str
    stacktrace: str
    attempts: int
    died_at: datetime | None


class Subscription(Protocol):
    """A bound consumer. Its group exists from `Binder.start()` on, so it misses nothing before `start`."""

    binding: Binding

    def start(self) -> None:
        """Begins to handle messages; a broker out of reach is tried again in the background."""
        ...

    def stop(self, timeout_s: float) -> bool:
        """Takes no new message and waits for the running ones; False when some had to be left."""
        ...


class Binder(Protocol):
    """A broker. All methods may be called from any thread."""

    kind: str

    def start(self) -> None:
        """Prepares groups and connections; does not fail because the broker is out of reach."""
        ...

    def stop(self, timeout_s: float) -> None:
        """Stops subscriptions still running and closes connections."""
        ...

    def declare(self, destination: str, groups: Collection[str]) -> None:
        """Makes sure these groups exist, so that messages published from now on wait for them."""
        ...

    def publish(self, destination: str, messages: Sequence[Message]) -> None:
        """Returns once the broker has them all, durably; otherwise raises PublishError saying which not.

        A destination without any group has nowhere to keep a message: that is a failure too.
        """
        ...

    def subscribe(self, binding: Binding, handler: Handler) -> Subscription:
        """A consumer, not started yet."""
        ...

    def dead_letters(self, destination: str, group: str, limit: int = 100) -> list[DeadLetter]:
        """The oldest dead letters of a group."""
        ...

    def replay(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        """Gives these dead letters (all: None) back to their own group, attempts anew; how many."""
        ...

    def discard(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        """Deletes these dead letters (all: None); how many."""
        ...

    def backlog(self, destination: str, group: str) -> int:
        """How many messages wait for the group, retries included, dead letters not."""
        ...

    def health(self) -> Health:
        """UP when the broker answers."""
        ...
