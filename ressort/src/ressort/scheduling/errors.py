"""What can be wrong with a schedule."""

from __future__ import annotations

from ressort.errors import RessortError


class CronError(RessortError):
    """A cron expression cannot be understood; the message names the field and what is allowed there."""

    def __init__(self, expression: str, reason: str) -> None:
        super().__init__(f"cron expression '{expression}': {reason}")
        self.expression = expression
        self.reason = reason


class ZoneError(RessortError):
    """A time zone is not in the IANA database."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"unknown time zone '{zone}': an IANA name such as Europe/Paris is needed")
        self.zone = zone


class UnknownTaskError(RessortError):
    """No scheduled task has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no scheduled task named '{name}'")
        self.name = name
