"""Which form an answer takes, from what the client says it accepts."""

from __future__ import annotations

from ressort.discovery.wire import Form

_JSON_TYPES = ("application/json", "application/*+json", "text/json")
_XML_TYPES = ("application/xml", "text/xml", "application/*+xml")


def form_of(accept: str | None, eureka_accept: str | None) -> Form | None:
    """The form for an `Accept` header, None when it allows neither JSON nor XML.

    Without a header, or with `*/*` alone, XML: clients that say nothing read only that. JSON wins when
    it is named and XML is not preferred to it.
    """
    compact = (eureka_accept or "").strip().lower() == "compact"
    json, xml = Form.JSON_COMPACT if compact else Form.JSON, Form.XML_COMPACT if compact else Form.XML
    if not accept or not accept.strip():
        return xml
    weights = _weights(accept)
    any_weight = weights.get("application/*", weights.get("*/*", 0.0))
    named_json = max((weights[name] for name in _JSON_TYPES if name in weights), default=None)
    named_xml = max((weights[name] for name in _XML_TYPES if name in weights), default=None)
    json_weight = any_weight if named_json is None else named_json
    xml_weight = any_weight if named_xml is None else named_xml
    if named_json is not None and json_weight > 0 and json_weight >= xml_weight:
        return json
    if xml_weight > 0:
        return xml
    return json if json_weight > 0 else None


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether gzip is offered with a weight above zero."""
    weights = _weights(accept_encoding or "")
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weights(header: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            weights[name] = max(weights.get(name, 0.0), _quality(parameters))
    return weights


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
