"""From properties to what this process registers."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

from ressort.config import Environment
from ressort.discovery.instance import Registration
from ressort.discovery.options import EurekaInstanceOptions

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    ip: str
    machine: str


def registration_of(env: Environment, port: int | None = None) -> Registration:
    """The registration of this process; `port` is the one really bound (else `server.port`).

    The host registered is `eureka.instance.hostname`, or the address bound when that is a particular
    one (127.0.0.1 by default), or the machine's name; its address with `prefer-ip-address`. The
    instance id defaults to `host:application:port`, the machine's name standing for the host.
    """
    options = env.bind(EurekaInstanceOptions)
    name = options.appname or env.get("spring.application.name", "unknown")
    number = port or options.non_secure_port or env.get("server.port", 8080, int)
    address = _address(options, env.get("server.address", LOOPBACK))
    base = _management_base(env, options, address, number)
    own = str(env.get("spring.application.instance-id", "")) or str(number)
    context = env.get("management.endpoints.web.base-path", "/actuator")
    return Registration(
        service_id=name,
        instance_id=options.instance_id or f"{address.machine}:{name}:{own}",
        host=address.host,
        port=number,
        ip=address.ip,
        secure=options.secure_port_enabled,
        secure_port=options.secure_port,
        status=options.initial_status.upper(),
        metadata={"management.port": base.rsplit(":", 1)[1], **options.metadata_map},
        vip=options.virtual_host_name or name,
        secure_vip=options.secure_virtual_host_name or name,
        app_group=options.app_group_name or None,
        asg=options.a_s_g_name or None,
        home_page_url=options.home_page_url
        or f"http://{_bracketed(address.host)}:{number}{options.home_page_url_path}",
        status_page_url=options.status_page_url or base + _below(context, options.status_page_url_path),
        health_check_url=options.health_check_url or base + _below(context, options.health_check_url_path),
        secure_health_check_url=options.secure_health_check_url or None,
        renewal_interval_s=options.lease_renewal_interval_in_seconds,
        lease_duration_s=options.lease_expiration_duration_in_seconds,
    )


def _address(options: EurekaInstanceOptions, bound: str) -> _Address:
    machine = options.hostname or socket.gethostname()
    particular = _particular(bound)
    ip = options.ip_address or particular or _outgoing_address()
    host = ip if options.prefer_ip_address else options.hostname or particular or machine
    return _Address(host, ip, machine)


def _particular(bound: str) -> str:
    """The bound address when it is one others can call as it stands, else an empty text."""
    try:
        address = ipaddress.ip_address(bound)
    except ValueError:
        return LOOPBACK if bound == "localhost" else ""
    return "" if address.is_unspecified else bound


def _outgoing_address() -> str:
    """The address this machine would use towards others; no packet is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return LOOPBACK


def _management_base(env: Environment, options: EurekaInstanceOptions, address: _Address, port: int) -> str:
    management = env.get("management.server.port", 0, int)
    return f"http://{_bracketed(address.host)}:{management if management > 0 else port}"


def _below(context: str, path: str) -> str:
    """Spring's default paths follow a moved actuator; a path of one's own is kept."""
    return context.rstrip("/") + path.removeprefix("/actuator") if path.startswith("/actuator/") else path


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
