"""What the page and its JSON show: the registry, its figures, and why it does what it does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from discovery.domain.history import Event
from discovery.domain.readings import Figures
from discovery.domain.registry import Registry
from discovery.domain.self_preservation import ProtectionState
from discovery.settings import Settings
from ressort.discovery.wire import InstanceInfo

SHOWN_EVENTS = 30


def overview(registry: Registry, settings: Settings, now_ms: int, uptime_s: float) -> dict[str, Any]:
    """A plain dictionary of JSON values; instants in ISO 8601 UTC, durations in seconds."""
    figures = registry.figures()
    applications: dict[str, list[dict[str, Any]]] = {}
    for info, left_s in registry.leases():
        applications.setdefault(info.app, []).append(_instance(info, left_s, now_ms))
    view = registry.view()
    return {
        "at": _instant(now_ms),
        "environment": settings.environment,
        "datacenter": settings.datacenter,
        "uptime_s": round(uptime_s),
        "version": view.version,
        "hash": view.registry_hash,
        "instances": sum(len(instances) for instances in applications.values()),
        "applications": [{"name": name, "instances": instances} for name, instances in applications.items()],
        "renewals": _renewals(figures),
        "self_preservation": _protection(figures.protection),
        "arrivals": [_event(event) for event in registry.last_registered()[:SHOWN_EVENTS]],
        "departures": [_event(event) for event in registry.last_gone()[:SHOWN_EVENTS]],
        "acts": acts(registry),
    }


def acts(registry: Registry) -> list[dict[str, Any]]:
    """What operators did since the start, newest first, at most 30; `status` is the one imposed, else null."""
    return [_event(event) | {"status": event.status or None} for event in registry.last_acts()[:SHOWN_EVENTS]]


def _instance(info: InstanceInfo, left_s: float, now_ms: int) -> dict[str, Any]:
    port = info.secure_port if info.secure_port.enabled else info.port
    return {
        "id": info.id,
        "status": info.status,
        "overridden_status": info.overridden_status,
        "host": info.host_name,
        "ip": info.ip_addr,
        "port": port.number,
        "secure": info.secure_port.enabled,
        "zone": info.zone,
        "last_beat_s": max(0, round((now_ms - info.lease.renewed_ms) / 1000)),
        "lease_left_s": round(left_s),
        "lease_s": info.lease.duration_s,
        "beat_every_s": info.lease.renewal_interval_s,
        "registered_at": _instant(info.lease.registered_ms),
        "registered_s": max(0, round((now_ms - info.lease.registered_ms) / 1000)),
        "links": {
            "home": _link(info.home_page_url),
            "info": _link(info.status_page_url),
            "health": _link(info.health_check_url),
        },
        "metadata": dict(sorted(info.metadata.items())),
    }


def _renewals(figures: Figures) -> dict[str, float]:
    return {
        "last_minute": figures.renewals_last_minute,
        "expected_per_minute": round(figures.renewals_expected_per_minute, 1),
    }


def _protection(state: ProtectionState) -> dict[str, Any]:
    return {
        "state": _protection_word(state),
        "late": state.late,
        "recently_evicted": state.recently_evicted,
        "tolerated_percent": round((1 - state.threshold) * 100),
        "minimum_instances": state.minimum_instances,
        "active_for_s": round(state.active_for_s),
    }


def _protection_word(state: ProtectionState) -> str:
    if not state.enabled:
        return "off"
    if state.active:
        return "active"
    return "small" if state.instances < state.minimum_instances else "watching"


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": _instant(event.at_ms),
        "app": event.app,
        "instance": event.instance_id,
        "kind": event.kind,
        "reason": event.reason,
    }


def _link(url: str | None) -> str | None:
    """A link a page may follow; anything but http and https is shown nowhere."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
