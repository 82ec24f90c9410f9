"""Imported once in a parent, run in its forked child: how the launcher starts every member."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, os, signal, sys, threading, urllib.request
from pathlib import Path
import ressort.flask, ressort.data, ressort.messaging, ressort.http, ressort.discovery, ressort.scheduling
from flask import Flask

threads = threading.active_count()
files = sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if int(fd) > 2
               and os.path.exists(f"/proc/self/fd/{fd}"))
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(reader)
    os.environ["RESSORT_READY_FD"] = str(writer)
    app = Flask("forked")

    def start(starter):
        starter.database()
        starter.messaging().listen("things", "forked", lambda message: None)
        return app

    arguments = ["--server.port=0", "--eureka.client.enabled=false", "--spring.datasource.url=sqlite:///var/x.db"]
    code = ressort.flask.main("forked", start, arguments)
    sys.stdout.flush()
    os._exit(code)
os.close(writer)
ready = json.loads(os.fdopen(reader).readline())
health = json.load(urllib.request.urlopen(f"http://127.0.0.1:{ready['port']}/actuator/health"))
os.kill(pid, signal.SIGTERM)
_, status = os.waitpid(pid, 0)
print(json.dumps({"threads": threads, "files": [f for f in files if not f.startswith("/proc")],
                  "ready": ready, "pid": pid, "health": health["status"],
                  "code": os.waitstatus_to_exitcode(status), "parent_threads": threading.active_count()}))
"""


def test_a_member_runs_in_a_child_forked_after_the_imports(tmp_path: Path) -> None:
    """Importing starts no thread and opens no file; the child serves, stops in order, ends with 0."""
    (tmp_path / "parent.py").write_text(PROGRAM, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "parent.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert (told["threads"], told["parent_threads"], told["files"]) == (1, 1, [])
    assert told["ready"]["pid"] == told["pid"]
    assert (told["health"], told["code"]) == ("UP", 0)
