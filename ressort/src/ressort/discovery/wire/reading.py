"""Bytes of any Eureka client or server to values: lenient in form, never in safety."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from ressort.discovery.instance import UNKNOWN, UP
from ressort.discovery.wire import _xml
from ressort.discovery.wire.instance_info import (
    DEFAULT_DURATION_S,
    DEFAULT_RENEWAL_S,
    DataCenter,
    InstanceInfo,
    Lease,
    Port,
    status_of,
)
from ressort.errors import RessortError

_LARGEST = 2**53
_AMAZON_CLASS = "com.netflix.appinfo.AmazonInfo"


class WireError(RessortError):
    """A body that is no Eureka document; the text says why, without quoting the body."""


@dataclass(frozen=True, slots=True)
class Applications:
    """A full registry or a delta: version (an integer as text), hash, and instances with their action."""

    version: str
    registry_hash: str
    instances: tuple[InstanceInfo, ...]


def read_instance(body: bytes, is_json: bool) -> InstanceInfo:
    """One instance, wrapped in `instance` or bare. Raises WireError for anything that is none."""
    document = _document(body, is_json, "instance")
    value = document.get("instance", document)
    if not isinstance(value, dict):
        raise WireError("the body holds no instance object")
    if not value:
        raise WireError("the instance is empty")
    return _instance(value)


def read_applications(body: bytes, is_json: bool = True) -> Applications:
    """A registry answer. Raises WireError. Single applications or instances without array are accepted."""
    document = _document(body, is_json, "applications")
    value = document.get("applications", document)
    if not isinstance(value, dict):
        raise WireError("the body holds no applications object")
    instances = tuple(
        _instance(instance)
        for application in _objects(value.get("application"))
        for instance in _objects(application.get("instance"))
    )
    return Applications(
        str(value.get("versions__delta", "")), str(value.get("apps__hashcode") or ""), instances
    )


def _document(body: bytes, is_json: bool, root: str) -> dict[str, Any]:
    try:
        if is_json:
            document = orjson.loads(body)
        else:
            element = _xml.parse(body)
            document = {element.name: _xml.as_dictionary(element)}
    except ValueError as error:
        raise WireError(f"cannot parse the body: {error}") from error
    if not isinstance(document, dict) or (not is_json and root not in document):
        raise WireError(f"the body's root is not '{root}'")
    return document


def _objects(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def _instance(value: Mapping[str, Any]) -> InstanceInfo:
    metadata = _texts(value.get("metadata"))
    host = _text(value.get("hostName")) or ""
    stamps = {"last_updated_ms": "lastUpdatedTimestamp", "last_dirty_ms": "lastDirtyTimestamp"}
    sid = _text(value.get("sid"))
    return InstanceInfo(
        app=sys.intern((_text(value.get("app")) or "").upper()),
        host_name=host,
        ip_addr=_text(value.get("ipAddr")) or "",
        instance_id=_instance_id(value, metadata, host),
        status=status_of(value.get("status") or UP),
        overridden_status=status_of(
            value.get("overriddenStatus") or value.get("overriddenstatus") or UNKNOWN
        ),
        port=_port(value.get("port"), Port(7001, True)),
        secure_port=_port(value.get("securePort"), Port(7002, False)),
        country_id=_integer(value.get("countryId"), 1),
        data_center=_data_center(value.get("dataCenterInfo")),
        lease=_lease(value.get("leaseInfo")),
        metadata=metadata,
        app_group=_text(value.get("appGroupName")),
        sid=None if sid in ("na", "unknown") else sid,
        asg=_text(value.get("asgName")),
        home_page_url=_text(value.get("homePageUrl")),
        status_page_url=_text(value.get("statusPageUrl")),
        health_check_url=_text(value.get("healthCheckUrl")),
        secure_health_check_url=_text(value.get("secureHealthCheckUrl")),
        vip=_text(value.get("vipAddress")),
        secure_vip=_text(value.get("secureVipAddress")),
        is_coordinating=_true(value.get("isCoordinatingDiscoveryServer")),
        action=_text(value.get("actionType")),
        **{field: _integer(value.get(key), 0) for field, key in stamps.items()},
    )


def _instance_id(value: Mapping[str, Any], metadata: Mapping[str, str], host: str) -> str:
    """The id given, or that of a Spring Cloud 'Angel' client, which hid it in its metadata."""
    given = _text(value.get("instanceId"))
    if given:
        return given
    hidden = metadata.get("instanceId", "")
    return hidden if not hidden or hidden.startswith(host) else f"{host}:{hidden}"


def _port(value: Any, default: Port) -> Port:
    if value is None:
        return default
    if isinstance(value, dict):
        enabled = value.get("@enabled", default.enabled)
        return Port(_integer(value.get("$"), 0), _true(enabled))
    return Port(_integer(value, 0), default.enabled)


def _data_center(value: Any) -> DataCenter | None:
    if not isinstance(value, dict):
        return None
    name = _text(value.get("name")) or ""
    if not name and value.get("@class") == _AMAZON_CLASS:
        name = "Amazon"
    return DataCenter(name, _texts(value.get("metadata")))


def _lease(value: Any) -> Lease:
    if not isinstance(value, dict):
        return Lease()
    interval = _integer(value.get("renewalIntervalInSecs"), 0)
    duration = _integer(value.get("durationInSecs"), 0)
    return Lease(
        interval if interval > 0 else DEFAULT_RENEWAL_S,
        duration if duration > 0 else DEFAULT_DURATION_S,
        _integer(value.get("registrationTimestamp"), 0),
        _integer(value.get("lastRenewalTimestamp"), 0),
        _integer(value.get("evictionTimestamp"), 0),
        _integer(value.get("serviceUpTimestamp"), 0),
    )


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {
        sys.intern(key): text
        for key, item in value.items()
        if key != "@class" and (text := _text(item)) is not None
    }


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return orjson.dumps(value).decode()
    except TypeError as error:
        raise WireError(f"a value is nested too deeply: {error}") from error


def _true(value: Any) -> bool:
    return str(value).strip().lower() == "true"


def _integer(value: Any, default: int) -> int:
    if value is None or isinstance(value, bool):
        return default
    try:
        number = int(value)
    except (ValueError, TypeError, OverflowError):
        return default
    return number if abs(number) <= _LARGEST else default
