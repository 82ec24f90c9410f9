"""The filters the gateway ships, entered in one registry."""

from __future__ import annotations

from gateway.filters import answers, breaker, headers, limiter, paths, retry
from gateway.filters.model import FilterRegistry


def built_in_filters() -> FilterRegistry:
    """A registry with every shipped factory; a site may add its own."""
    registry = FilterRegistry()
    for module in (headers, paths, answers, limiter, breaker, retry):
        module.register(registry)
    return registry
