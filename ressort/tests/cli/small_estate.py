"""An estate of two small members, to run ``ressort`` on: real processes, real ports."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

MEMBER = """
import http.server, json, os, signal, sys, threading, time

def main(argv=None):
    options = dict(a.removeprefix("--").split("=", 1) for a in (argv if argv is not None else sys.argv[1:]))
    port = int(options["server.port"])
    refusal, delay = (f"{options['name']}.{what}" for what in ("refusal", "delay"))
    if os.path.exists(refusal):
        print(open(refusal).read(), file=sys.stderr)
        return 78
    if os.path.exists(delay):
        time.sleep(float(open(delay).read()))
    class Hello(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"total": 0, "pid": os.getpid(), "statut": "COMPLETED",
                               "etapes": [{"nom": "clients", "ecrits": 3}]}).encode()
            self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
            self.wfile.write(body)
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            with open("posted.json", "wb") as f: f.write(self.rfile.read(size))
            self.send_response(202); self.send_header("Location", "/executions/1")
            self.send_header("Content-Length", "0"); self.end_headers()
        def log_message(self, *a): print("asked", flush=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Hello)
    def stop(*_):
        with open("stopped.log", "a") as f: f.write(options["name"] + "\\n")
        threading.Thread(target=server.shutdown).start()
    signal.signal(signal.SIGTERM, stop)
    with os.fdopen(int(os.environ["RESSORT_READY_FD"]), "w") as ready:
        ready.write(json.dumps({"name": options["name"], "port": port, "pid": os.getpid(), "ms": 1}) + "\\n")
    print("serving", options["name"], flush=True)
    server.serve_forever()
    return 0

if __name__ == "__main__":
    sys.exit(main())
"""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Estate:
    """A folder with two members and the means to run ``ressort`` in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"first": free_port(), "second": free_port()}
        (folder / "small_member.py").write_text(MEMBER)
        self.write()

    def write(self, extra: str = "") -> None:
        """Write ``ressort.yml``, with ``extra`` keys at its end."""
        first, second = self.ports.values()
        text = f"""
            ressort:
              stop-timeout: 5s
              members:
                - {{name: first, module: small_member, port: {first}, stage: 1, args: ["--name=first", "--server.port={first}"]}}
                - {{name: second, module: small_member, port: {second}, stage: 2, args: ["--name=second", "--server.port={second}"]}}
              addresses:
                - {{url: "http://localhost:{first}", label: hello}}
        """
        (self.folder / "ressort.yml").write_text(
            textwrap.dedent(text) + textwrap.indent(textwrap.dedent(extra), "  ")
        )

    def refuse(self, name: str, words: str) -> None:
        """Have the member's next processes say ``words`` and end with 78 before they are ready."""
        (self.folder / f"{name}.refusal").write_text(words)

    def delay(self, name: str, seconds: float) -> None:
        """Have the member's next processes take this long until they are ready."""
        (self.folder / f"{name}.delay").write_text(str(seconds))

    def start(self, *words: str) -> subprocess.Popen[str]:
        """``ressort <words>`` in the estate's folder."""
        environ = {**os.environ, "PYTHONPATH": str(self.folder)}
        command = [sys.executable, "-m", "ressort.cli", *words]
        return subprocess.Popen(
            command, cwd=self.folder, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *words: str) -> tuple[int, str]:
        """The exit code and all output of ``ressort <words>``."""
        process = self.start(*words)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output

    def get(self, name: str) -> dict[str, object]:
        """What a member answers; OSError when it is not there."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/", timeout=5) as answer:
            return dict(json.loads(answer.read()))


def until_up(process: subprocess.Popen[str]) -> list[str]:
    """The launcher's lines up to its welcome."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return lines
    raise AssertionError("".join(lines))


def eventually(truth: Callable[[], bool], timeout_s: float = 15.0) -> None:
    """Wait until ``truth`` holds."""
    deadline = time.monotonic() + timeout_s
    while not truth():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.05)


def answers(estate: Estate, name: str) -> bool:
    """Whether the member is there."""
    try:
        return bool(estate.get(name))
    except OSError:
        return False


def gone(pid: int) -> bool:
    """Whether the process has ended."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
