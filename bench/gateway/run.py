"""The gateway against nginx as a proxy: one core each, the same upstream, access log off on both, A-B-A-B.

    .venv/bin/python bench/gateway/run.py [--rounds 5] [--seconds 8] [--connections 64] [--browser]

Core 0 runs the proxy under test, core 1 the load generator (wrk) and the upstream. Every round measures nginx then
the gateway; the ratio of medians is printed and all rows are kept in ``bench/gateway/results/``. ``CPU s`` is user
and system time of the proxy per 10,000 requests: with req/s x CPU s / 10,000 near 1 the proxy was the limit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BODY = json.dumps(
    {"id": "0190a1b2", "raison_sociale": "Société d'essai".replace("'", " "), "remplissage": "x" * 810}
)
BROWSER = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36",
    "Accept: application/json, text/plain, */*",
    "Accept-Language: fr-FR,fr;q=0.9,en;q=0.8",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Referer: http://localhost:4200/clients",
    "Sec-Fetch-Dest: empty",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Site: same-origin",
]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int, path: str) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=1) as answer:
                if answer.status == 200 and answer.read().decode() == BODY:
                    return
        except OSError:
            pass
        if time.monotonic() > end:
            raise SystemExit(f"nothing good answers on port {port}{path}")
        time.sleep(0.05)


def start(command: list[str], core: int, log: Path, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(
            ["taskset", "-c", str(core), *command], stdout=out, stderr=out, cwd=cwd, start_new_session=True
        )


def filled(name: str, folder: Path, **values: object) -> Path:
    text = (HERE / name).read_text()
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    target = folder / name
    target.write_text(text.replace("@DIR@", str(folder)))
    return target


def cpu_seconds(pid: int) -> float:
    """User and system seconds of a process and its children now."""
    total = 0.0
    for each in [pid, *children(pid)]:
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = [int(each) for each in listed]
    return found + [below for each in found for below in children(each)]


def load(url: str, seconds: int, connections: int, headers: list[str]) -> dict[str, float]:
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    out = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    errors = re.search(r"Socket errors: (.*)", out)
    if bad or errors:
        print(f"  !! {bad.group(0) if bad else ''} {errors.group(0) if errors else ''}", file=sys.stderr)
    return {
        "requests": float(re.search(r"(\d+) requests in", out).group(1)),  # type: ignore[union-attr]
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),  # type: ignore[union-attr]
        "p50_ms": milliseconds(re.search(r"^\s+50%\s+(\S+)", out, re.M).group(1)),  # type: ignore[union-attr]
        "p99_ms": milliseconds(re.search(r"^\s+99%\s+(\S+)", out, re.M).group(1)),  # type: ignore[union-attr]
    }


def milliseconds(text: str) -> float:
    found = re.fullmatch(r"([\d.]+)(us|ms|s)", text)
    assert found is not None
    return float(found.group(1)) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found.group(2)]


def measure(name: str, port: int, pid: int, options: Any) -> dict[str, Any]:
    headers = BROWSER if options.browser else []
    before = cpu_seconds(pid)
    row = load(f"http://127.0.0.1:{port}/api/clients/1", options.seconds, options.connections, headers)
    used = cpu_seconds(pid) - before
    row["cpu_s"] = used / row["requests"] * 10_000
    print(
        f"  {name:8} {row['per_second']:9.0f} req/s  p50 {row['p50_ms']:6.2f} ms  p99 {row['p99_ms']:7.2f} ms"
        f"  CPU {row['cpu_s']:.3f} s  busy {row['per_second'] * row['cpu_s'] / 10_000:.2f}",
        flush=True,
    )
    return {"proxy": name, **row}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--browser", action="store_true", help="send the headers a browser sends")
    options = parser.parse_args()
    missing = [each for each in ("nginx", "wrk", "taskset") if shutil.which(each) is None]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-gateway-") as name:
        return run(Path(name), options)


def run(folder: Path, options: Any) -> int:
    upstream, nginx, gateway = free_port(), free_port(), free_port()
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    started = [
        start(
            ["nginx", "-c", str(filled("upstream.conf", folder, PORT=upstream, BODY=BODY))],
            1,
            folder / "u.out",
        ),
        start(
            ["nginx", "-c", str(filled("nginx.conf", folder, PORT=nginx, UPSTREAM=upstream))],
            0,
            folder / "n.out",
        ),
        start(
            [
                sys.executable,
                "-m",
                "gateway",
                f"--server.port={gateway}",
                f"--bench.upstream={upstream}",
                f"--ressort.home={folder}",
                "--spring.cloud.config.enabled=false",
            ],
            0,
            folder / "g.out",
            cwd=HERE / "gateway-config",
        ),
    ]
    try:
        wait_for(upstream, "/clients/1")
        wait_for(nginx, "/api/clients/1")
        wait_for(gateway, "/api/clients/1")
        return compare(nginx, gateway, started, options)
    finally:
        print((folder / "g.out").read_text()[-2000:] if started[2].poll() is not None else "", end="")
        for each in started:
            each.send_signal(signal.SIGTERM)
        for each in started:
            each.wait(15)


def compare(nginx: int, gateway: int, started: list[subprocess.Popen[bytes]], options: Any) -> int:
    pids = {"nginx": started[1].pid, "gateway": started[2].pid}
    ports = {"nginx": nginx, "gateway": gateway}
    warm = argparse.Namespace(**{**vars(options), "seconds": 2})
    print("warm-up")
    for name in ports:
        measure(name, ports[name], pids[name], warm)
    rows: list[dict[str, Any]] = []
    for number in range(options.rounds):
        print(f"round {number + 1}")
        rows += [measure(name, ports[name], pids[name], options) for name in ports]
    report(rows, options)
    return 0


def report(rows: list[dict[str, Any]], options: Any) -> None:
    rates = {
        name: [row["per_second"] for row in rows if row["proxy"] == name] for name in ("nginx", "gateway")
    }
    medians = {name: statistics.median(values) for name, values in rates.items()}
    ratio = medians["gateway"] / medians["nginx"]
    for name, values in rates.items():
        print(f"{name:8} median {medians[name]:9.0f} req/s  (min {min(values):.0f}, max {max(values):.0f})")
    print(f"gateway / nginx = {ratio:.2f}   (to reach: 0.50)")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    kind = "browser" if options.browser else "plain"
    document = {
        "command": " ".join(sys.argv),
        "commit": commit.stdout.strip(),
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "ratio": round(ratio, 3),
        "rows": rows,
    }
    (results / f"c{options.connections}-{kind}.json").write_text(json.dumps(document, indent=1) + "\n")


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"


if __name__ == "__main__":
    sys.exit(main())
