"""`spring.cloud.stream.*` and `ressort.outbox.*`: which broker, which destinations, how often again."""

from __future__ import annotations

from dataclasses import dataclass, field

from ressort.config import duration, properties, value

from .binder import Binding


@dataclass(frozen=True)
class ConsumerOptions:
    """`spring.cloud.stream.bindings.<b>.consumer.*`; bare numbers are milliseconds, as in Spring."""

    concurrency: int = value(1, minimum=1)
    max_attempts: int = value(3, minimum=1)
    back_off_initial_interval_s: float = duration(1.0)
    back_off_multiplier: float = 2.0
    back_off_max_interval_s: float = duration(10.0)


@dataclass(frozen=True)
class ProducerOptions:
    """`spring.cloud.stream.bindings.<b>.producer.*`: groups that exist before their consumers first start."""

    required_groups: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BindingOptions:
    """`spring.cloud.stream.bindings.<b>.*`; the destination is the binding's name unless said."""

    destination: str | None = None
    group: str | None = None
    content_type: str = "application/json"
    binder: str | None = None
    consumer: ConsumerOptions = field(default_factory=ConsumerOptions)
    producer: ProducerOptions = field(default_factory=ProducerOptions)


@dataclass(frozen=True)
class BinderOptions:
    """`spring.cloud.stream.binders.<n>.type`: a name of one's own for a kind of broker."""

    type: str


@properties("spring.cloud.stream")
@dataclass(frozen=True)
class StreamOptions:
    """The whole. `default_binder`: `local`, `rabbit` or `memory`, or a name from `binders`."""

    default_binder: str = "local"
    binders: dict[str, BinderOptions] = field(default_factory=dict)
    bindings: dict[str, BindingOptions] = field(default_factory=dict)

    @property
    def binder_kind(self) -> str:
        """The kind of broker behind the default binder's name."""
        named = self.binders.get(self.default_binder)
        return named.type if named is not None else self.default_binder

    def consumer(self, destination: str, group: str) -> Binding:
        """How a group consumes a destination: the binding configured for both, or for the destination."""
        fitting = [
            found for name, found in self.bindings.items() if (found.destination or name) == destination
        ]
        chosen = next((found for found in fitting if found.group == group), None)
        chosen = chosen or next((found for found in fitting if found.group is None), None)
        options = chosen.consumer if chosen is not None else ConsumerOptions()
        return Binding(
            destination,
            group,
            max_attempts=options.max_attempts,
            back_off_initial_s=options.back_off_initial_interval_s,
            back_off_multiplier=options.back_off_multiplier,
            back_off_max_s=options.back_off_max_interval_s,
            concurrency=options.concurrency,
        )

    def required_groups(self) -> dict[str, list[str]]:
        """Destination -> groups that must exist before anything is published there."""
        required: dict[str, list[str]] = {}
        for name, binding in self.bindings.items():
            if binding.producer.required_groups:
                required.setdefault(binding.destination or name, []).extend(binding.producer.required_groups)
        return required


@properties("ressort.outbox")
@dataclass(frozen=True)
class OutboxOptions:
    """The relay: how often it looks without being woken, how much at once, how long published rows stay."""

    poll_interval_s: float = duration(1.0)
    batch_size: int = value(500, minimum=1, maximum=5000)
    retry_max_interval_s: float = duration(5.0)
    retention_s: float = duration(7 * 86400.0, unit="d")
    inbox_retention_s: float = duration(30 * 86400.0, unit="d")
