"""Living with peers that fail: circuit breakers and retries with Resilience4j's settings and names."""

from ressort.resilience.breaker import CircuitBreaker
from ressort.resilience.errors import CircuitOpenError
from ressort.resilience.options import CircuitBreakerOptions, RetryOptions
from ressort.resilience.registry import BreakerRegistry, health_of
from ressort.resilience.retry import Retry
from ressort.resilience.states import Figures, Listener, Permit, State

__all__ = [
    "BreakerRegistry",
    "CircuitBreaker",
    "CircuitBreakerOptions",
    "CircuitOpenError",
    "Figures",
    "Listener",
    "Permit",
    "Retry",
    "RetryOptions",
    "State",
    "health_of",
]
