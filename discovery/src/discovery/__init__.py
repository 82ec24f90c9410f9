"""Service registry: Netflix Eureka wire format and dashboard."""
