"""Who is running where: the registry client of a process, and the wire it shares with the registry."""

from ressort.discovery._memory import MemoryDiscoveryClient, MemoryRegistry
from ressort.discovery.catalog import Catalog
from ressort.discovery.client import DiscoveryClient, Listener
from ressort.discovery.factory import create
from ressort.discovery.instance import Registration, ServiceInstance
from ressort.discovery.registration import registration_of

__all__ = [
    "Catalog",
    "DiscoveryClient",
    "Listener",
    "MemoryDiscoveryClient",
    "MemoryRegistry",
    "Registration",
    "ServiceInstance",
    "create",
    "registration_of",
]
