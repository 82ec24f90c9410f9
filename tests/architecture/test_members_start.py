"""Every Python member starts as `python -m <module>`, alone, and stops when it is told to."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = {
    member["name"]: member["module"]
    for member in yaml.safe_load((ROOT / "ressort.yml").read_text())["ressort"]["members"]
}
ALONE = ["--server.port=0", "--eureka.client.enabled=false", "--spring.cloud.config.enabled=false"]
READY_S, STOP_S = 60, 30


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_starts_alone_and_stops(name: str, tmp_path: Path) -> None:
    """Ready on a free port without its peers, UP on its actuator where it has one, gone with status 0."""
    shutil.copytree(ROOT / "config-repo", tmp_path / "config-repo")
    arguments = [*ALONE, "--gateway.front.port=0"] if name == "gateway" else ALONE
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", MEMBERS[name], *arguments],
        cwd=tmp_path,
        pass_fds=[writing],
        env={**os.environ, "RESSORT_READY_FD": str(writing)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            line = pipe.readline()
        assert line, process.communicate(timeout=READY_S)[1][-2000:]
        if name != "courriel":
            assert _health(json.loads(line)["port"])["status"] == "UP"
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_S) == 0
    finally:
        process.kill()
        process.wait()


def _health(port: int) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/actuator/health/liveness", timeout=10) as answer:
        found: dict[str, object] = json.load(answer)
        return found
