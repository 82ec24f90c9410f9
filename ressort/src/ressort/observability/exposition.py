"""Prometheus text from meters, named as Micrometer's Prometheus registry names them.

Source: Prometheus exposition format 0.0.4, OpenMetrics 1.0.0, Micrometer's PrometheusNamingConvention.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ressort.observability.meters import Distribution, Meter

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
CONTENT_TYPE_OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"

_INVALID = re.compile(r"[^a-zA-Z0-9_]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass
class _Family:
    name: str
    kind: str
    help: str
    samples: list[tuple[str, str, float]] = field(default_factory=list)


def prometheus_text(
    meters: Iterable[Meter], *, openmetrics: bool = False, names: Collection[str] = ()
) -> str:
    """All families of the meters as text; `names` (sample names) limits it to families having one of them."""
    families: dict[str, _Family] = {}
    for meter in meters:
        _collect(families, meter)
    lines: list[str] = []
    for family in sorted(families.values(), key=lambda f: f.name):
        if not names or any(name in names for name, _, _ in family.samples):
            lines += _family_lines(family, openmetrics)
    if openmetrics:
        lines.append("# EOF")
    return "\n".join(lines) + "\n"


def family_name(meter: Meter) -> str:
    """The family's snake_case name with unit: `http.server.requests` -> `http_server_requests_seconds`."""
    name = _snake(meter.id.name)
    unit = _snake(meter.base_unit) if meter.base_unit else ""
    if unit and not name.endswith("_" + unit):
        name = f"{name}_{unit}"
    return name.removesuffix("_total") if meter.kind == "counter" else name


def _collect(families: dict[str, _Family], meter: Meter) -> None:
    name, labels = family_name(meter), _labels(meter.id.tags)
    if isinstance(meter, Distribution):
        kind = "histogram" if meter.buckets else "summary"
        family = families.setdefault(name, _Family(name, kind, meter.description))
        if meter.buckets:
            family.samples += [
                (f"{name}_bucket", _join(labels, f'le="{_number(bound)}"'), float(n))
                for bound, n in meter.cumulative()
            ]
        family.samples += [
            (f"{name}_count", labels, float(meter.count)),
            (f"{name}_sum", labels, meter.total),
        ]
        highest = families.setdefault(f"{name}_max", _Family(f"{name}_max", "gauge", meter.description))
        highest.samples.append((f"{name}_max", labels, meter.max))
        return
    family = families.setdefault(name, _Family(name, meter.kind, meter.description))
    suffix = "_total" if meter.kind == "counter" else ""
    family.samples.append((name + suffix, labels, meter.measure()[0].value))


def _family_lines(family: _Family, openmetrics: bool) -> list[str]:
    shown = family.name if openmetrics or family.kind != "counter" else f"{family.name}_total"
    text = family.help.replace("\\", "\\\\").replace("\n", "\\n")
    lines = [f"# HELP {shown} {text}".rstrip(), f"# TYPE {shown} {family.kind}"]
    lines += [
        f"{name}{{{labels}}} {_number(v)}" if labels else f"{name} {_number(v)}"
        for name, labels, v in family.samples
    ]
    return lines


def _labels(tags: Iterable[tuple[str, str]]) -> str:
    return ",".join(f'{_snake(key)}="{_escape(value)}"' for key, value in tags)


def _join(labels: str, last: str) -> str:
    return f"{labels},{last}" if labels else last


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _snake(name: str) -> str:
    snake = _INVALID.sub("_", _CAMEL.sub("_", name)).lower()
    return f"m_{snake}" if snake[:1].isdigit() else snake


def _number(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return "NaN" if math.isnan(value) else repr(float(value))
