"""What a running process tells about itself: metrics, health, traces and logs, in Spring's own terms."""

from ressort.observability.health import Health, HealthRegistry
from ressort.observability.metrics import MeterRegistry
from ressort.observability.tracing import TraceContext

__all__ = ["Health", "HealthRegistry", "MeterRegistry", "TraceContext"]
