"""Which WSGI server for the Flask services: rates, tail, memory, and what a SIGTERM under load loses.

    uv run --no-project --with flask --with waitress --with gunicorn --with granian \
        --with-editable 'ressort[flask,server]' python bench/server_engines.py --seconds 5 --rounds 3

Needs `wrk`. Servers run on core 0, the load on core 1, one after the other in each round (A-B-A-B).
Prints a Markdown table of medians; raw rows go to standard error.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

APP = """
import os, sqlite3, sys, threading, time
from flask import Flask
app = Flask(__name__)
local = threading.local()

@app.get("/json")
def small():
    return {"numero": "F2013-00042", "montant_ttc": 12000, "statut": "EMISE"}

@app.get("/row/<int:id>")
def row(id):
    connection = getattr(local, "connection", None)
    if connection is None:
        connection = local.connection = sqlite3.connect(os.environ["ROWS"], isolation_level=None)
    found = connection.execute("select id, a, b from t where id = ?", (id % 1000,)).fetchone()
    return {"id": found[0], "a": found[1], "b": found[2]}

@app.get("/wait")
def wait():
    time.sleep(0.02)
    return {"waited": True}

@app.get("/long")
def long():
    time.sleep(2)
    return {"long": True}
"""
ENGINE = """
import signal, sys, threading
from ressort.lifecycle import Lifecycle, Phase
from ressort.server.engine import create_engine
from ressort.server.options import ServerOptions
from app import app
engine = create_engine(sys.argv[1], app, ServerOptions(port=int(sys.argv[2]), threads=16))
lifecycle = Lifecycle(phase_timeout_s=10, pre_stop_delay_s=float(sys.argv[3]))
lifecycle.add("server", Phase.SERVER, lambda: engine.start() and None, lambda timeout_s: engine.drain(timeout_s))
lifecycle.on_state(lambda state: engine.shed() if lifecycle.stopping and hasattr(engine, "shed") else None)
sys.exit(lifecycle.run())
"""
PATHS = ("/json", "/row/7", "/wait")


def commands(port: int) -> dict[str, list[str]]:
    """How each candidate is started: one process, 16 threads."""
    python, bind = sys.executable, f"127.0.0.1:{port}"
    return {
        "waitress in our lifecycle": [python, "engine.py", "waitress", str(port), "0"],
        "ressort core + WSGI bridge": [python, "engine.py", "ressort", str(port), "0"],
        "waitress-serve": [python, "-m", "waitress", f"--listen={bind}", "--threads=16", "app:app"],
        "gunicorn gthread 1x16": [
            *[python, "-m", "gunicorn", "-k", "gthread", "-w", "1", "--threads", "16"],
            *["-b", bind, "--no-control-socket", "--log-level", "error", "app:app"],
        ],
        "granian wsgi 1x16": [
            *[python, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "16"],
            *["--host", "127.0.0.1", "--port", str(port), "--no-log", "app:app"],
        ],
    }


class Server:
    """A started candidate, pinned to one core."""

    def __init__(self, name: str, folder: Path, core: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            ["taskset", "-c", core, *commands(self.port)[name]],
            cwd=folder,
            env={**os.environ, "ROWS": str(folder / "rows.db"), "PYTHONPATH": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            if status(self.port, "/json") == 200:
                return
            time.sleep(0.05)
        raise SystemExit(f"{name} did not start")

    def pss_mb(self) -> float:
        """Proportional memory of the process and its children."""
        pids, found = [self.process.pid], 0.0
        while pids:
            pid = pids.pop()
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            pids += [int(child) for child in children]
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            found += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024  # type: ignore[index]
        return found

    def stop(self) -> None:
        """Terminate, and kill what does not go."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def status(port: int, path: str) -> int:
    """The status of one request on a connection of its own; 0 when it got none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def load(port: int, path: str, seconds: int) -> tuple[float, float]:
    """Requests per second and p99 in ms at 32 connections."""
    text = subprocess.run(
        [
            "taskset",
            "-c",
            "1",
            "wrk",
            "-t1",
            "-c32",
            f"-d{seconds}s",
            "--latency",
            f"http://127.0.0.1:{port}{path}",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])  # type: ignore[index]
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return rate, float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def lost_on_term(name: str, folder: Path) -> str:
    """SIGTERM during eight two-second requests: how many got no answer, and the exit code."""
    server, answers = Server(name, folder, "0"), []
    callers = [
        threading.Thread(target=lambda: answers.append(status(server.port, "/long"))) for _ in range(8)
    ]
    for caller in callers:
        caller.start()
    time.sleep(0.7)
    server.process.send_signal(signal.SIGTERM)
    for caller in callers:
        caller.join()
    server.stop()
    return f"{answers.count(0)} of 8, exit {server.process.returncode}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is needed (apt install wrk)")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "app.py").write_text(APP)
        (folder / "engine.py").write_text(ENGINE)
        rows = sqlite3.connect(folder / "rows.db")
        rows.execute("create table t(id integer primary key, a, b)")
        rows.executemany("insert into t values(?, ?, ?)", [(n, "x" * 20, n * 7) for n in range(1000)])
        rows.commit()
        names = list(commands(0))
        rates: dict[tuple[str, str], list[tuple[float, float]]] = {}
        memory: dict[str, list[float]] = {}
        for _ in range(options.rounds):
            for name in names:
                server = Server(name, folder, "0")
                load(server.port, "/json", 1)
                for path in PATHS:
                    found = load(server.port, path, options.seconds)
                    rates.setdefault((name, path), []).append(found)
                    print(name, path, *found, file=sys.stderr)
                memory.setdefault(name, []).append(server.pss_mb())
                server.stop()
        print("| Server | JSON req/s (p99 ms) | SQLite row | 20 ms wait | PSS MB | lost on SIGTERM |")
        print("|---|---|---|---|---|---|")
        for name in names:
            cells = []
            for path in PATHS:
                runs = rates[name, path]
                rate, tail = (statistics.median(column) for column in zip(*runs, strict=True))
                cells.append(f"{rate:,.0f} ({tail:.1f})")
            lost = lost_on_term(name, folder)
            print(f"| {name} | {' | '.join(cells)} | {statistics.median(memory[name]):.0f} | {lost} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
