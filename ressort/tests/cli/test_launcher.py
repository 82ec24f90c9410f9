"""The launcher on small members of its own: real processes, real ports, real signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

MEMBER = """
import http.server, json, os, signal, sys, threading, time

def main(argv=None):
    options = dict(a.removeprefix("--").split("=", 1) for a in (argv if argv is not None else sys.argv[1:]))
    port = int(options["server.port"])
    if "boom" in options:
        print("server.prot is not a known key: did you mean server.port?", file=sys.stderr)
        return 78
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

    def write(self, extra: str = "", second_args: str = "") -> None:
        first, second = self.ports.values()
        text = f'''
            ressort:
              stop-timeout: 5s
              members:
                - {{name: first, module: small_member, port: {first}, stage: 1, args: ["--name=first", "--server.port={first}"]}}
                - {{name: second, module: small_member, port: {second}, stage: 2, args: ["--name=second", "--server.port={second}"{second_args}]}}
              addresses:
                - {{url: "http://localhost:{first}", label: hello}}
        '''
        (self.folder / "ressort.yml").write_text(
            textwrap.dedent(text) + textwrap.indent(textwrap.dedent(extra), "  ")
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        environ = {**os.environ, "PYTHONPATH": str(self.folder)}
        command = [sys.executable, "-m", "ressort.cli", *words]
        return subprocess.Popen(
            command, cwd=self.folder, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def run(self, *words: str) -> tuple[int, str]:
        process = self.start(*words)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output

    def get(self, name: str) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/", timeout=5) as answer:
            return dict(json.loads(answer.read()))


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[Estate]:
    """A fresh estate, taken down afterwards."""
    built = Estate(tmp_path)
    yield built
    built.run("down")


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


def gone(pid: int) -> bool:
    """Whether the process has ended."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("how", [[], ["--spawn"]], ids=["forked", "spawned"])
def test_up_starts_by_stage_and_ctrl_c_stops_in_reverse(estate: Estate, how: list[str]) -> None:
    """Every member answers, its line names port and pid, and Ctrl-C ends the later stage first, with no orphan."""
    launcher = estate.start("up", *how)
    lines = until_up(launcher)
    pids = [int(str(estate.get(name)["pid"])) for name in ("first", "second")]
    assert f":{estate.ports['first']}" in lines[0]
    assert f"pid {pids[0]}" in lines[0]
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(10) == 0
    assert (estate.folder / "stopped.log").read_text().split() == ["second", "first"]
    assert all(gone(pid) for pid in pids)


def test_children_die_with_a_killed_launcher(estate: Estate) -> None:
    """kill -9 of the launcher leaves no member behind."""
    launcher = estate.start("up")
    until_up(launcher)
    pids = [int(str(estate.get(name)["pid"])) for name in ("first", "second")]
    launcher.kill()
    eventually(lambda: all(gone(pid) for pid in pids))


def test_a_crashed_member_comes_back(estate: Estate) -> None:
    """kill -9 of a member: another process takes its place."""
    launcher = estate.start("up")
    until_up(launcher)
    before = int(str(estate.get("second")["pid"]))
    os.kill(before, signal.SIGKILL)

    def back() -> bool:
        try:
            return estate.get("second")["pid"] != before
        except OSError:
            return False

    eventually(back)
    _, status = estate.run("status")
    assert "1" in status.splitlines()[2].split()


def test_restart_changes_one_member_only(estate: Estate) -> None:
    """``ressort restart second`` gives it a new pid and leaves the first alone."""
    estate.run("up", "-d")
    first, second = (estate.get(name)["pid"] for name in ("first", "second"))
    code, output = estate.run("restart", "second")
    assert code == 0, output
    assert estate.get("first")["pid"] == first
    assert estate.get("second")["pid"] != second


def test_up_of_one_member_then_of_the_other(estate: Estate) -> None:
    """``ressort up first`` starts it alone; ``ressort up second`` adds to the running estate."""
    assert estate.run("up", "-d", "first")[0] == 0
    with pytest.raises(OSError):
        estate.get("second")
    assert estate.run("up", "second")[0] == 0
    assert estate.get("second")["total"] == 0


def test_logs_show_each_member_with_its_name(estate: Estate) -> None:
    """What a member printed is found again by ``ressort logs``."""
    estate.run("up", "-d")
    code, output = estate.run("logs", "second")
    assert code == 0
    assert "second | serving second" in output


def test_a_taken_port_names_its_holder(estate: Estate) -> None:
    """The start stops before anything runs and names port, member and pid."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", estate.ports["second"]))
        taken.listen()
        code, output = estate.run("up")
    assert code == 1
    assert f"port {estate.ports['second']} (second)" in output
    assert f"pid {os.getpid()}" in output


def test_a_member_that_cannot_start_stops_the_start(estate: Estate) -> None:
    """Its own last words are the message, and what had started is stopped again."""
    estate.write(second_args=', "--boom=1"')
    code, output = estate.run("up")
    assert code == 1
    assert "second did not start" in output
    assert "did you mean server.port?" in output
    with pytest.raises(OSError):
        estate.get("first")


def test_a_broken_estate_file_names_line_and_key(estate: Estate) -> None:
    """A typo in ressort.yml is answered with file:line, the key and the nearest known one."""
    path = estate.folder / "ressort.yml"
    path.write_text(path.read_text().replace("stage: 2", "stagge: 2"))
    code, output = estate.run("up")
    assert code == 1
    assert "ressort.yml:6: ressort.members[1].stagge is not a known key: did you mean 'stage'?" in output


def test_state_that_cannot_be_written_names_the_path(estate: Estate) -> None:
    """A file where the state folder should be: the path and the reason."""
    (estate.folder / "var").write_text("in the way")
    code, output = estate.run("up")
    assert code == 1
    assert f"{estate.folder}/var" in output
    (estate.folder / "var").unlink()


def test_a_second_launcher_is_refused(estate: Estate) -> None:
    """Two launchers on one estate: the second says who runs it."""
    estate.run("up", "-d")
    code, output = estate.run("up")
    assert code == 1
    assert "already runs under launcher pid" in output


def test_the_demo_is_posted_to_an_empty_estate(estate: Estate) -> None:
    """``--demo`` posts the declared body once the estate is up and shows how it went."""
    first = estate.ports["first"]
    estate.write(
        extra=f"""
        demo:
          label: filling
          unless: [{{get: "http://127.0.0.1:{first}/", field: total}}]
          post: "http://127.0.0.1:{first}/jobs"
          body: {{answer: 42}}
          progress: {{state: statut, running: [STARTED], done: [COMPLETED], steps: etapes, step-name: nom, step-count: ecrits}}
        """
    )
    launcher = estate.start("up", "--demo")
    until_up(launcher)
    assert launcher.stdout is not None
    eventually((estate.folder / "posted.json").exists)
    lines = [launcher.stdout.readline() for _ in range(3)]
    assert "filling: clients 3\n" in lines
    assert json.loads((estate.folder / "posted.json").read_text()) == {"answer": 42}
    launcher.send_signal(signal.SIGTERM)
    assert launcher.wait(10) == 0


def test_a_detached_start_is_refused_in_words_too(estate: Estate) -> None:
    """``up -d`` with a file where the state folder should be: the path, no traceback."""
    (estate.folder / "var").write_text("in the way")
    code, output = estate.run("up", "-d")
    assert code == 1
    assert f"{estate.folder}/var" in output
    assert "Traceback" not in output
    (estate.folder / "var").unlink()
