"""`/actuator/metrics` with drill-down by tag, and `/actuator/prometheus`."""

from __future__ import annotations

import math
from typing import Any

from ressort.actuator.endpoint import Answer, BadCallError, Call, Endpoint
from ressort.observability.exposition import CONTENT_TYPE, CONTENT_TYPE_OPENMETRICS
from ressort.observability.metrics import Meter, MeterRegistry


def metrics_endpoint(registry: MeterRegistry) -> Endpoint:
    """Names of all meters; below, one meter merged over its tags."""

    def names(_: Call) -> dict[str, Any]:
        return {"names": sorted({meter.id.name for meter in registry.meters()})}

    def one(call: Call) -> dict[str, Any] | None:
        wanted = dict(_tag(text) for text in call.query.get("tag", ()))
        meters = [m for m in registry.meters() if m.id.name == "/".join(call.path)]
        return _merged([m for m in meters if wanted.items() <= dict(m.id.tags).items()], wanted)

    return Endpoint("metrics", read=names, read_selected=one, selector="requiredMetricName")


def prometheus_endpoint(registry: MeterRegistry) -> Endpoint:
    """The scrape; OpenMetrics when asked for by Accept, `includedNames=a,b` to filter."""

    def scrape(call: Call) -> Answer:
        names = [name for text in call.query.get("includedNames", ()) for name in text.split(",") if name]
        openmetrics = call.accept == CONTENT_TYPE_OPENMETRICS
        text = registry.scrape(openmetrics, names)
        return Answer(text.encode(), content_type=call.accept or CONTENT_TYPE)

    return Endpoint("prometheus", read=scrape, produces=(CONTENT_TYPE, CONTENT_TYPE_OPENMETRICS))


def _tag(text: str) -> tuple[str, str]:
    key, colon, value = text.partition(":")
    if not colon:
        raise BadCallError(f"tag '{text}' must be written key:value")
    return key, value


def _merged(meters: list[Meter], wanted: dict[str, str]) -> dict[str, Any] | None:
    if not meters:
        return None
    figures: dict[str, float] = {}
    values: dict[str, set[str]] = {}
    for meter in meters:
        for measurement in meter.measure():
            figures[measurement.statistic] = _joined(measurement.statistic, figures, measurement.value)
        for key, value in meter.id.tags:
            if key not in wanted:
                values.setdefault(key, set()).add(value)
    first = meters[0]
    return {
        "name": first.id.name,
        **({"description": first.description} if first.description else {}),
        **({"baseUnit": first.base_unit} if first.base_unit else {}),
        "measurements": [{"statistic": s, "value": v} for s, v in figures.items()],
        "availableTags": [{"tag": k, "values": sorted(v)} for k, v in sorted(values.items())],
    }


def _joined(statistic: str, figures: dict[str, float], value: float) -> float:
    if statistic not in figures or math.isnan(figures[statistic]):
        return value
    return max(figures[statistic], value) if statistic == "MAX" else figures[statistic] + value
