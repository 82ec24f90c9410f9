"""`spring.rabbitmq.*` and `spring.cloud.stream.rabbit.*`."""

from __future__ import annotations

import ssl as tls
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pika

from ressort.config import ConfigError, duration, properties, value

_PORT, _TLS_PORT = 5672, 5671


@dataclass(frozen=True)
class SslOptions:
    """`spring.rabbitmq.ssl.*`: TLS with the system's authorities."""

    enabled: bool = False
    validate_server_certificate: bool = True


@properties("spring.rabbitmq")
@dataclass(frozen=True)
class RabbitOptions:
    """Where the broker is. `addresses` (comma separated) override host and port and are tried in turn."""

    host: str = "localhost"
    port: int | None = None
    username: str = "guest"
    password: str = "guest"  # noqa: S105 - RabbitMQ's own default, valid on the loopback only
    virtual_host: str = "/"
    addresses: list[str] = field(default_factory=list)
    requested_heartbeat_s: float = duration(30.0, unit="s")
    connection_timeout_s: float = duration(5.0)
    ssl: SslOptions = field(default_factory=SslOptions)

    def parameters(self, name: str) -> list[pika.ConnectionParameters]:
        """One set of connection parameters per address; `name` is shown by the broker's tools."""
        addresses = self.addresses or [f"{self.host}:{self.port}" if self.port else self.host]
        return [self._one(address.strip(), name) for address in addresses if address.strip()]

    def _one(self, address: str, name: str) -> pika.ConnectionParameters:
        parts = urlsplit(address if "://" in address else f"amqp://{address}")
        try:
            port = parts.port
        except ValueError as error:
            raise ConfigError(str(error), key="spring.rabbitmq.addresses", value=address) from error
        secure = self.ssl.enabled or parts.scheme == "amqps"
        path = unquote(parts.path[1:]) if len(parts.path) > 1 else ""
        return pika.ConnectionParameters(
            host=parts.hostname or "localhost",
            port=port or (_TLS_PORT if secure else _PORT),
            virtual_host=path or self.virtual_host,
            credentials=pika.PlainCredentials(
                unquote(parts.username) if parts.username else self.username,
                unquote(parts.password) if parts.password else self.password,
            ),
            heartbeat=int(self.requested_heartbeat_s),
            socket_timeout=self.connection_timeout_s,
            stack_timeout=self.connection_timeout_s * 2,
            blocked_connection_timeout=60,
            connection_attempts=1,
            ssl_options=pika.SSLOptions(self._context(), parts.hostname) if secure else None,
            client_properties={"connection_name": name},
        )

    def _context(self) -> tls.SSLContext:
        context = tls.create_default_context()
        if not self.ssl.validate_server_certificate:
            context.check_hostname = False
            context.verify_mode = tls.CERT_NONE
        return context


@dataclass(frozen=True)
class RabbitConsumerOptions:
    """`spring.cloud.stream.rabbit.default.consumer.*`, and per binding below `rabbit.bindings.<b>.consumer`.

    Unlike Spring's default, `auto_bind_dlq` is on: a message that keeps failing is kept, not dropped.
    """

    auto_bind_dlq: bool = True
    republish_to_dlq: bool = True
    prefix: str = ""
    prefetch: int = value(1, minimum=1)


@dataclass(frozen=True)
class RabbitBindingOptions:
    """One level of the property tree."""

    consumer: RabbitConsumerOptions = field(default_factory=RabbitConsumerOptions)


@properties("spring.cloud.stream.rabbit")
@dataclass(frozen=True)
class RabbitStreamOptions:
    """The broker's own settings of bindings; a binding's own replace the default's as a whole."""

    default: RabbitBindingOptions = field(default_factory=RabbitBindingOptions)
    bindings: dict[str, RabbitBindingOptions] = field(default_factory=dict)

    def consumer(self, binding: str | None) -> RabbitConsumerOptions:
        """The settings of a binding by its name."""
        own = self.bindings.get(binding) if binding else None
        return (own or self.default).consumer
