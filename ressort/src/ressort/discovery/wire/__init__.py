"""Netflix Eureka's wire, read tolerantly and written exactly; shared by our client and our registry.

Written shapes follow Spring Cloud Netflix 2025.1 (docs/discovery.md). Traps kept here: 204 and empty
bodies are the server's business, but arrays always, string `@enabled`, no field of our own, `:` escaped
in XML names, and the hash of the whole registry.
"""

from ressort.discovery.wire.instance_info import (
    DataCenter,
    InstanceInfo,
    Lease,
    Port,
    status_of,
)
from ressort.discovery.wire.reading import (
    Applications,
    WireError,
    read_applications,
    read_instance,
)
from ressort.discovery.wire.registry_hash import hashcode
from ressort.discovery.wire.writing import (
    Form,
    write_application,
    write_applications,
    write_instance,
    write_registry,
)
from ressort.discovery.wire.xml_names import decode_name, encode_name

__all__ = [
    "Applications",
    "DataCenter",
    "Form",
    "InstanceInfo",
    "Lease",
    "Port",
    "WireError",
    "decode_name",
    "encode_name",
    "hashcode",
    "read_applications",
    "read_instance",
    "status_of",
    "write_application",
    "write_applications",
    "write_instance",
    "write_registry",
]
