"""`GET /factures/{id}` over 1,000 ids against a bare Flask view over one SQLite row of the same size.

Both run on waitress with the same options (16 threads, one process), each held to core 0; wrk with 64 connections
runs on core 1 and goes through the ids in turn. Rounds are interleaved: bare, facture-service, bare, and so on. The
1,000 invoices of three lines were drafted and issued through the API. facture-service runs as the estate runs it:
metrics, trace context, problem documents, validation of the query, derived fields of the day and ETag on. `bare` is
`bench/bare_row.py`: a row looked up by key and `jsonify`, its answer exactly as long. `busy` is the share of its
core a server used: near 1, it was the server that set the rate.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import bare_row, wrk
from bench.estate import free_ports
from bench.facts import ROOT
from bench.options import Options
from bench.pinned import pinned_server
from bench.product import Product, client_body, draft_body
from bench.results import Result, Target, median

TITLE = "Reading an invoice"
TARGET = Target(">=", 0.45, "of bare Flask + SQLite")
INVOICES = 1000
PRICES = ("800.00", "19.99", "120.50")
WARM_UP_S = 2
_LUA = Path(__file__).with_name("ids.lua")


def measure(options: Options) -> Result:
    """`options.rounds` of both servers, one after the other in each round."""
    wrk.require_tools()
    with TemporaryDirectory(prefix="ressort-bench-") as name:
        folder = Path(name)
        ports = dict(zip(("client", "facture", "bare"), free_ports(3), strict=True))
        with _client_service(folder, ports), _facture_service(folder, ports) as facture:
            size = _prepare(folder, ports["facture"])
            with _bare(folder, ports["bare"]) as bare:
                servers = {
                    "bare": (ports["bare"], bare_row.PREFIX, bare.pid),
                    "facture-service": (ports["facture"], "/factures/", facture.pid),
                }
                rows = _rounds(servers, folder / "ids", options)
    return _result(rows, size, options)


def _rounds(servers: dict[str, tuple[int, str, int]], ids: Path, options: Options) -> list[dict[str, Any]]:
    def once(name: str, seconds: int) -> wrk.Load:
        port, prefix, pid = servers[name]
        url = f"http://127.0.0.1:{port}"
        return wrk.load(url, pid, seconds, script=_LUA, words=(str(ids), prefix))

    for name in servers:
        once(name, WARM_UP_S)
    rows = []
    for number in range(options.rounds):
        for name in servers:
            seen = once(name, options.seconds)
            rows.append(
                {
                    "round": number + 1,
                    "server": name,
                    "per_second": round(seen.per_second),
                    "p50_ms": round(seen.p50_ms, 2),
                    "p99_ms": round(seen.p99_ms, 2),
                    "cpu_s_per_10000": round(seen.cpu_s, 3),
                    "busy": round(seen.busy, 2),
                }
            )
            print(f"  {rows[-1]}", flush=True)
    return rows


def _result(rows: list[dict[str, Any]], size: int, options: Options) -> Result:
    bare, ours = {"server": "bare"}, {"server": "facture-service"}
    ratio = median(rows, "per_second", **ours) / median(rows, "per_second", **bare)
    figures = {
        "ratio": round(ratio, 3),
        "bare_per_second": median(rows, "per_second", **bare),
        "facture_per_second": median(rows, "per_second", **ours),
        "cpu_ratio": round(
            median(rows, "cpu_s_per_10000", **bare) / median(rows, "cpu_s_per_10000", **ours), 3
        ),
        "answer_bytes": size,
    }
    print(f"  ratio {ratio:.2f} (by CPU time {figures['cpu_ratio']:.2f}), answers of {size} bytes")
    return Result("facture", round(ratio, 3), figures, rows, options.command("facture"))


# -- what is measured


def _prepare(folder: Path, port: int) -> int:
    """Issue the invoices, list their ids, make the rows of the peer; the bytes of an answer."""
    product = Product(f"http://127.0.0.1:{port}")
    client = (folder / "client-id").read_text()

    def issue(_: int) -> str:
        draft = product.post("/factures", draft_body(client, PRICES))
        return str(product.post(f"/factures/{draft['id']}/emission", {}, status=200)["id"])

    with ThreadPoolExecutor(2) as pool:
        ids = list(pool.map(issue, range(INVOICES)))
    (folder / "ids").write_text("".join(f"{id}\n" for id in ids))
    answer = product.ask("GET", f"/factures/{ids[0]}")
    if "ETag" not in answer.headers or answer.json()["id"] != ids[0]:
        raise wrk.LoadError(f"not the invoice: {answer.status_code} {answer.headers} {answer.text[:200]}")
    bare_row.create(folder / "bare.db", len(answer.content), ids)
    return len(answer.content)


@contextmanager
def _client_service(folder: Path, ports: dict[str, int]) -> Iterator[None]:
    with _server("client_service", folder / "client", ports["client"], "/clients?limit=1"):
        made = Product(f"http://127.0.0.1:{ports['client']}").post("/clients", client_body())
        (folder / "client-id").write_text(made["id"])
        yield


@contextmanager
def _facture_service(folder: Path, ports: dict[str, int]) -> Iterator[subprocess.Popen[bytes]]:
    home = folder / "facture"
    (home / "config").mkdir(parents=True)
    shutil.copy(ROOT / "config-repo" / "application.yml", home / "config" / "application.yml")
    instances = "spring.cloud.discovery.client.simple.instances.client-service[0].uri"
    with _server(
        "facture_service",
        home,
        ports["facture"],
        "/factures?limit=1",
        f"--{instances}=http://127.0.0.1:{ports['client']}",
    ) as process:
        yield process


@contextmanager
def _server(module: str, home: Path, port: int, path: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A member by itself: no registry, no config server, its state in `home`, held to the server core."""
    home.mkdir(exist_ok=True)
    alone = ["--eureka.client.enabled=false", "--spring.config.import="]
    command = [sys.executable, "-m", module, f"--server.port={port}", *alone, *words]
    with pinned_server(command, home, port, path) as process:
        yield process


@contextmanager
def _bare(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    path = bare_row.PREFIX + (folder / "ids").read_text().split()[0]
    command = [sys.executable, "-m", "bench.bare_row", str(folder / "bare.db"), str(port)]
    with pinned_server(command, ROOT, port, path, folder / "bare.log") as process:
        yield process
