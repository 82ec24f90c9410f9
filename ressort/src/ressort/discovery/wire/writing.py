"""Instances, applications and whole registries to bytes, from fragments that are made once per change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import orjson

from ressort.discovery.wire._xml import EMPTY_MAP, escape, render
from ressort.discovery.wire.instance_info import DataCenter, InstanceInfo, Lease, Port
from ressort.discovery.wire.registry_hash import hashcode

_CLASSES = {"Amazon": "com.netflix.appinfo.AmazonInfo"}
_OWN_CLASS = "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"
_COMPACT_AMAZON = ("instance-id", "public-ipv4", "public-hostname", "local-ipv4", "availability-zone")


class Form(Enum):
    """The four shapes of every answer."""

    JSON = ("json", False)
    XML = ("xml", False)
    JSON_COMPACT = ("json", True)
    XML_COMPACT = ("xml", True)

    @property
    def is_json(self) -> bool:
        """JSON or XML."""
        return self.value[0] == "json"

    @property
    def compact(self) -> bool:
        """Whether leases, metadata and addresses of pages are left out."""
        return self.value[1]

    @property
    def content_type(self) -> str:
        """The media type of such an answer."""
        return "application/json" if self.is_json else "application/xml"


def write_instance(info: InstanceInfo, form: Form, root: bool = True) -> bytes:
    """One instance; with `root=False` the fragment that `write_application` joins."""
    value = _compact(info) if form.compact else _full(info)
    if form.is_json:
        return orjson.dumps({"instance": value} if root else value)
    return render("instance", value).encode()


def write_application(name: str, fragments: Iterable[bytes], form: Form, root: bool = True) -> bytes:
    """One application of instance fragments; with `root=False` the fragment for `write_applications`."""
    if form.is_json:
        inner = b'{"name":%s,"instance":[%s]}' % (orjson.dumps(name), b",".join(fragments))
        return b'{"application":%s}' % inner if root else inner
    return b"<application><name>%s</name>%s</application>" % (escape(name).encode(), b"".join(fragments))


def write_applications(version: str, registry_hash: str, applications: Iterable[bytes], form: Form) -> bytes:
    """A registry (or a delta, or a selection) of application fragments."""
    if form.is_json:
        return b'{"applications":{"versions__delta":"%s","apps__hashcode":"%s","application":[%s]}}' % (
            version.encode(),
            registry_hash.encode(),
            b",".join(applications),
        )
    return (
        b"<applications><versions__delta>%s</versions__delta><apps__hashcode>%s</apps__hashcode>"
        b"%s</applications>" % (version.encode(), registry_hash.encode(), b"".join(applications))
    )


def write_registry(instances: Iterable[InstanceInfo], form: Form = Form.JSON) -> bytes:
    """A whole registry, applications and instances sorted, under the version full answers always have."""
    by_app: dict[str, list[InstanceInfo]] = {}
    for info in sorted(instances, key=lambda info: (info.app, info.id)):
        by_app.setdefault(info.app, []).append(info)
    applications = [
        write_application(app, [write_instance(i, form, root=False) for i in infos], form, root=False)
        for app, infos in by_app.items()
    ]
    statuses = hashcode(info.status for infos in by_app.values() for info in infos)
    return write_applications("1", statuses, applications, form)


def _full(info: InstanceInfo) -> dict[str, Any]:
    value: dict[str, Any] = {
        "instanceId": info.instance_id or None,
        "hostName": info.host_name,
        "app": info.app,
        "appGroupName": info.app_group,
        "ipAddr": info.ip_addr,
        "sid": info.sid,
        "status": info.status,
        "overriddenStatus": info.overridden_status,
        "port": _port(info.port),
        "securePort": _port(info.secure_port),
        "countryId": info.country_id,
        "dataCenterInfo": _data_center(info.data_center, None),
        "leaseInfo": _lease(info.lease),
        "metadata": dict(info.metadata) or {"@class": EMPTY_MAP},
        "homePageUrl": info.home_page_url,
        "statusPageUrl": info.status_page_url,
        "healthCheckUrl": info.health_check_url,
        "secureHealthCheckUrl": info.secure_health_check_url,
        "vipAddress": info.vip,
        "secureVipAddress": info.secure_vip,
        "isCoordinatingDiscoveryServer": "true" if info.is_coordinating else "false",
        "lastUpdatedTimestamp": str(info.last_updated_ms),
        "lastDirtyTimestamp": str(info.last_dirty_ms),
        "asgName": info.asg,
        "actionType": info.action,
    }
    return {key: item for key, item in value.items() if item is not None}


def _compact(info: InstanceInfo) -> dict[str, Any]:
    value: dict[str, Any] = {
        "instanceId": info.instance_id or None,
        "hostName": info.host_name,
        "app": info.app,
        "appGroupName": info.app_group,
        "ipAddr": info.ip_addr,
        "status": info.status,
        "port": _port(info.port),
        "securePort": _port(info.secure_port),
        "dataCenterInfo": _data_center(info.data_center, _COMPACT_AMAZON),
        "vipAddress": info.vip,
        "secureVipAddress": info.secure_vip,
        "lastUpdatedTimestamp": info.last_updated_ms,
        "asgName": info.asg,
        "actionType": info.action,
    }
    return {key: item for key, item in value.items() if item is not None}


def _port(port: Port) -> dict[str, Any]:
    return {"$": port.number, "@enabled": "true" if port.enabled else "false"}


def _data_center(center: DataCenter | None, kept: Iterable[str] | None) -> dict[str, Any]:
    center = center or DataCenter()
    value: dict[str, Any] = {"@class": _CLASSES.get(center.name, _OWN_CLASS), "name": center.name}
    if center.name == "Amazon":
        entries: Mapping[str, str] = center.metadata
        value["metadata"] = {k: v for k, v in entries.items() if kept is None or k in kept}
    return value


def _lease(lease: Lease) -> dict[str, int]:
    return {
        "renewalIntervalInSecs": lease.renewal_interval_s,
        "durationInSecs": lease.duration_s,
        "registrationTimestamp": lease.registered_ms,
        "lastRenewalTimestamp": lease.renewed_ms,
        "evictionTimestamp": lease.evicted_ms,
        "serviceUpTimestamp": lease.up_since_ms,
    }
