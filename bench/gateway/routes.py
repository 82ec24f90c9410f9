"""The cost of finding a route, by the number of routes: first, last, absent. The curve has to be flat.

.venv/bin/python bench/gateway/routes.py
"""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

from gateway.filters.built_in import built_in_filters
from gateway.filters.services import FilterServices
from gateway.routes.compiler import RouteCompiler
from gateway.routes.definitions import read_routes
from gateway.routes.predicates import built_in_predicates
from gateway.routes.table import Table
from gateway.settings import ProxyOptions
from ressort.resilience import BreakerRegistry

SIZES = (1, 50, 1_000, 10_000)
LOOPS = 20_000


def table_of(size: int) -> Table:
    routes = [
        {"id": f"r{n}", "uri": "http://h", "predicates": [f"Path=/api/service-{n}/**"]} for n in range(size)
    ]
    services = FilterServices(time.monotonic, lambda delay_s, callback: None, BreakerRegistry())
    compiler = RouteCompiler(built_in_predicates(), built_in_filters(), services, ProxyOptions())
    return compiler.table(read_routes(routes, "routes"))


def microseconds(table: Table, path: bytes) -> float:
    """The best of five loops, per look-up."""
    exchange = SimpleNamespace(method=b"GET", host=b"a", headers=[], path=path)
    forward = SimpleNamespace(exchange=exchange, path=path, query=None, variables=None)
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(LOOPS):
            table.match(forward, path)  # type: ignore[arg-type]
        best = min(best, time.perf_counter() - began)
    return best / LOOPS * 1e6


def main() -> int:
    print(f"{'routes':>8} {'first':>8} {'last':>8} {'absent':>8}   microseconds a look-up")
    for size in SIZES:
        table = table_of(size)
        first, last = b"/api/service-0/a/1", b"/api/service-%d/a/1" % (size - 1)
        figures = [microseconds(table, path) for path in (first, last, b"/api/none/a/1")]
        print(f"{size:8} " + " ".join(f"{figure:8.2f}" for figure in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
