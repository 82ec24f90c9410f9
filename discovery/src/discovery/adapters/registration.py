"""From the body of a registration to an instance, with Eureka's own words for what is missing."""

from __future__ import annotations

import zlib

from discovery.adapters.exchange import Request
from ressort.discovery.wire import InstanceInfo, WireError, read_instance
from ressort.errors import RessortError

LARGEST_BODY = 1_000_000
UNPARSABLE = "cannot parse request body"


class UnsupportedBodyError(RessortError):
    """The body is neither JSON nor XML."""


class InvalidInstanceError(RessortError):
    """The instance lacks something without which it cannot be registered."""


def instance_of(request: Request, app: str) -> InstanceInfo:
    """The instance to register under `app` (upper-case).

    Raises UnsupportedBodyError, WireError when it cannot be parsed, InvalidInstanceError.
    """
    is_json = _is_json(request)
    info = read_instance(_plain_body(request), is_json)
    _require_complete(info, app)
    return info


def _is_json(request: Request) -> bool:
    content_type = (request.header("content-type") or "").lower()
    if "json" in content_type:
        return True
    if "xml" in content_type:
        return False
    if content_type:
        raise UnsupportedBodyError(f"a body of type {content_type} cannot be registered")
    return not request.body.lstrip().startswith(b"<")


def _plain_body(request: Request) -> bytes:
    if "gzip" not in (request.header("content-encoding") or "").lower():
        return request.body
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(request.body, LARGEST_BODY)
    except zlib.error as error:
        raise WireError(f"not a gzip body: {error}") from error
    if inflater.unconsumed_tail:
        raise WireError(f"the inflated body exceeds {LARGEST_BODY} bytes")
    return plain


def _require_complete(info: InstanceInfo, app: str) -> None:
    if not info.host_name.strip():
        raise InvalidInstanceError("Missing hostname")
    if not info.ip_addr.strip():
        raise InvalidInstanceError("Missing ip address")
    if not info.app.strip():
        raise InvalidInstanceError("Missing appName")
    if info.app != app:
        raise InvalidInstanceError(f"Mismatched appName, expecting {app} but was {info.app}")
    if info.data_center is None:
        raise InvalidInstanceError("Missing dataCenterInfo")
    if not info.data_center.name:
        raise InvalidInstanceError("Missing dataCenterInfo Name")
    if not info.id.strip():
        raise InvalidInstanceError("Missing instanceId")
