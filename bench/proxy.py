"""The gateway against nginx as a proxy, one core each, the same upstream, access log off on both.

Run by `bench/gateway/run.py` (nginx's configuration is `bench/gateway/nginx.conf`): core 0 holds the proxy under
test, core 1 wrk with 64 connections and the upstream, an nginx that answers 892 bytes from memory. Rounds are
interleaved. The gateway routes, strips the prefix, balances, counts and adds the forwarding headers; nginx takes the
prefix off and adds the same headers. `busy` near 1 shows that the proxy set the rate. The row is of Debian 12's own
interpreter; one built without profile-guided optimisation (pyenv's default) gave 0.45 to 0.54 on the same machine the
same evening, and the code before these trims (ab19569) 0.34.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import wrk
from bench.facts import ROOT
from bench.options import Options
from bench.results import Result, Target, median

TITLE = "The gateway as a proxy"
TARGET = Target(">=", 0.5, "of nginx")
SCRIPT = Path(__file__).parent / "gateway" / "run.py"
RAW = Path(__file__).parent / "gateway" / "results" / "c64-plain.json"


def measure(options: Options) -> Result:
    """Run the comparison and take over what it kept. Raises LoadError when it kept nothing new."""
    wrk.require_tools()
    before = RAW.stat().st_mtime_ns if RAW.exists() else 0
    words = [f"--rounds={options.rounds}", f"--seconds={options.seconds}"]
    subprocess.run([sys.executable, str(SCRIPT), *words], cwd=ROOT, check=True)
    if not RAW.exists() or RAW.stat().st_mtime_ns == before:
        raise wrk.LoadError("bench/gateway/run.py kept no result: is nginx installed?")
    raw = json.loads(RAW.read_text(encoding="utf-8"))
    rows = [_row(number, row) for number, row in enumerate(raw["rows"])]
    figures = {
        "ratio": raw["ratio"],
        **{f"{name}_per_second": median(rows, "per_second", server=name) for name in ("nginx", "gateway")},
        "cpu_ratio": round(
            median(rows, "cpu_s_per_10000", server="nginx")
            / median(rows, "cpu_s_per_10000", server="gateway"),
            3,
        ),
    }
    return Result("gateway", raw["ratio"], figures, rows, options.command("gateway"))


def _row(number: int, raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "round": number // 2 + 1,
        "server": raw["proxy"],
        "per_second": round(raw["per_second"]),
        "p50_ms": round(raw["p50_ms"], 2),
        "p99_ms": round(raw["p99_ms"], 2),
        "cpu_s_per_10000": round(raw["cpu_s"], 3),
        "busy": round(raw["per_second"] * raw["cpu_s"] / 10_000, 2),
    }
