"""Choosing one instance of a service, and remembering which ones just failed."""

from ressort.loadbalancer.balancer import LoadBalancer
from ressort.loadbalancer.errors import NoInstanceError

__all__ = ["LoadBalancer", "NoInstanceError"]
