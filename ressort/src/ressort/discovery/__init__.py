"""Who is running where: the registry client of a process, and the wire it shares with the registry."""

from ressort.discovery._eureka import EurekaDiscoveryClient
from ressort.discovery._memory import MemoryDiscoveryClient, MemoryRegistry
from ressort.discovery._simple import SimpleDiscoveryClient, StaticInstance, StaticInstanceError
from ressort.discovery.catalog import Catalog
from ressort.discovery.client import DiscoveryClient, Listener
from ressort.discovery.factory import create
from ressort.discovery.instance import Registration, ServiceInstance
from ressort.discovery.options import EurekaClientOptions, EurekaInstanceOptions, FollowingOptions
from ressort.discovery.registration import registration_of

__all__ = [
    "Catalog",
    "DiscoveryClient",
    "EurekaClientOptions",
    "EurekaDiscoveryClient",
    "EurekaInstanceOptions",
    "FollowingOptions",
    "Listener",
    "MemoryDiscoveryClient",
    "MemoryRegistry",
    "Registration",
    "ServiceInstance",
    "SimpleDiscoveryClient",
    "StaticInstance",
    "StaticInstanceError",
    "create",
    "registration_of",
]
