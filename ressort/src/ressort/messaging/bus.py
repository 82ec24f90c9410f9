"""Spring Cloud Bus: instances tell one another to refresh, or to change a property, over the broker."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ressort.clock import Clock
from ressort.config import ConfigError, properties

from ._bus_addresses import addressed, destination_of
from .errors import UnreadableMessageError
from .facade import Messaging
from .message import JSON, Message

_LOG = logging.getLogger("ressort.bus")
_PACKAGE = "org.springframework.cloud.bus.event."
REFRESH = "RefreshRemoteApplicationEvent"
CHANGE = "EnvironmentChangeRemoteApplicationEvent"
ACK = "AckRemoteApplicationEvent"


@dataclass(frozen=True)
class Switch:
    """One kind of event."""

    enabled: bool = True


@dataclass(frozen=True)
class AckOptions:
    """Whether events received are acknowledged, and to whom; empty is everybody."""

    enabled: bool = True
    destination_service: str = ""


@dataclass(frozen=True)
class Off:
    """What is not there and may not be asked for."""

    enabled: bool = False


@properties("spring.cloud.bus")
@dataclass(frozen=True)
class BusOptions:
    """Spring's names. Off unless switched on: there is no class path to be found on."""

    enabled: bool = False
    id: str = ""
    destination: str = "springCloudBus"
    content_type: str = JSON
    refresh: Switch = Switch()
    env: Switch = Switch()
    ack: AckOptions = AckOptions()
    trace: Off = Off()
    shutdown: Off = Off()

    def check(self) -> None:
        """Raises ConfigError for what cannot be done."""
        refused = {"trace.enabled": self.trace.enabled, "shutdown.enabled": self.shutdown.enabled}
        for name, asked in refused.items():
            if asked:
                remedy = "Take it out: this bus neither keeps traces nor stops processes."
                raise ConfigError(
                    "it is not supported", key=f"spring.cloud.bus.{name}", value="true", remedy=remedy
                )
        if self.content_type != JSON:
            raise ConfigError(
                f"only {JSON} is supported",
                key="spring.cloud.bus.content-type",
                value=self.content_type,
                remedy="Take it out.",
            )


class Bus:
    """One instance on the bus. `refresh` re-reads the configuration, `change` sets properties; both may raise
    ConfigError, which is logged. ``service_id`` is asked when needed: a port is known late."""

    def __init__(
        self,
        messaging: Messaging,
        options: BusOptions,
        service_id: Callable[[], str],
        refresh: Callable[[], object],
        change: Callable[[Mapping[str, str]], object],
        clock: Clock,
        names: Sequence[str] = (),
    ) -> None:
        self._messaging = messaging
        self._options = options
        self._service_id = service_id
        self._refresh = refresh
        self._change = change
        self._clock = clock
        self._names = tuple(names)
        messaging.listen(options.destination, None, self.receive)

    def refresh(self, destination: str | None = None) -> None:
        """Tell those addressed to refresh, this instance too when it is one. Raises BinderUnavailableError."""
        self._originate(REFRESH, destination, {})

    def change(self, name: str, value: str, destination: str | None = None) -> None:
        """Tell those addressed to set a property, this instance too when it is one. Raises BinderUnavailableError."""
        self._originate(CHANGE, destination, {"values": {name: value}})

    def receive(self, message: Message) -> None:
        """Handle an event of any instance, Java's included. What cannot be read or used is logged, never retried."""
        try:
            event = message.json()
        except UnreadableMessageError as error:
            _LOG.warning("an event on the bus cannot be read: %s", error)
            return
        if not isinstance(event, dict) or event.get("type") == ACK or not self._is_for_me(event):
            return
        if event.get("originService") != self._service_id():
            self._apply(event)
        if self._options.ack.enabled:
            self._acknowledge(event)

    def _originate(self, kind: str, destination: str | None, more: Mapping[str, Any]) -> None:
        event = self._event(kind, destination_of(destination), more)
        self._send(event)
        if self._is_for_me(event):
            self._apply(event)

    def _is_for_me(self, event: Mapping[str, Any]) -> bool:
        return addressed(event.get("destinationService"), self._service_id(), self._names)

    def _apply(self, event: Mapping[str, Any]) -> None:
        kind, values = event.get("type"), event.get("values")
        try:
            if kind == REFRESH and self._options.refresh.enabled:
                _LOG.info("refresh asked for by %s", event.get("originService"))
                self._refresh()
            elif kind == CHANGE and self._options.env.enabled and isinstance(values, dict):
                self._change({str(name): str(value) for name, value in values.items()})
        except ConfigError as error:
            _LOG.warning("the configuration in use is kept, the new one cannot be used: %s", error)

    def _acknowledge(self, event: Mapping[str, Any]) -> None:
        more = {
            "ackId": event.get("id"),
            "ackDestinationService": event.get("destinationService"),
            "event": f"{_PACKAGE}{event.get('type')}",
        }
        self._send(self._event(ACK, destination_of(self._options.ack.destination_service), more))

    def _event(self, kind: str, destination: str, more: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": kind,
            "timestamp": int(self._clock.now().timestamp() * 1000),
            "originService": self._service_id(),
            "destinationService": destination,
            "id": str(uuid.uuid4()),
            **more,
        }

    def _send(self, event: Mapping[str, Any]) -> None:
        message = Message.json_of(
            type=event["type"],
            source=event["originService"],
            payload=event,
            clock=self._clock,
            id=event["id"],
        )
        kept = {name: message.headers[name] for name in ("id", "time", "contentType")}
        self._messaging.send(self._options.destination, [Message(message.payload, kept)])
