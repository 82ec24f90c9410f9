"""The ``ressort`` command: the estate described by ``ressort.yml``, by hand."""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ressort.cli import config_command, control, logs, secret_command
from ressort.cli.demo import run_demo
from ressort.cli.estate import Estate
from ressort.cli.estate_file import load_estate
from ressort.cli.post import READY_TIMEOUT_S
from ressort.cli.supervisor import Supervisor, ensure_state
from ressort.errors import RessortError

_DETACHED_WAIT_S = 90.0
_ANSWER_WAIT_S = 10.0
"""How long the launcher may take to answer, beside what it may have to wait for itself."""
_WITHOUT_ESTATE = (config_command.lint_folder, secret_command.encrypt, secret_command.decrypt)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``ressort <command>``; the process exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    arguments = _parser().parse_args(argv)
    try:
        if arguments.run in _WITHOUT_ESTATE:
            return int(arguments.run(arguments))
        return int(arguments.run(load_estate(Path(arguments.file)), arguments))
    except RessortError as error:
        print(f"ressort: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ressort", description="Runs the estate described by ressort.yml.")
    parser.add_argument("--file", default="ressort.yml", help="the estate file (default: ./ressort.yml)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    up = commands.add_parser("up", help="start the estate, or the members named, and stay in the foreground")
    up.add_argument("member", nargs="*")
    up.add_argument(
        "--demo", action="store_true", help="fill empty databases with the demo data once it is up"
    )
    up.add_argument("-d", "--detach", action="store_true", help="return once everything is up")
    up.add_argument(
        "--spawn", action="store_true", help="a cold interpreter per member instead of preloaded forks"
    )
    up.set_defaults(run=_up)

    down = commands.add_parser("down", help="drain and stop everything in order")
    down.set_defaults(run=_down)

    status = commands.add_parser("status", help="what runs, where, since when, with how much memory")
    status.set_defaults(run=_status)

    show = commands.add_parser("logs", help="the end of the logs")
    show.add_argument("member", nargs="*")
    show.add_argument("-f", "--follow", action="store_true")
    show.add_argument("-n", "--lines", type=int, default=20)
    show.set_defaults(run=_logs)

    restart = commands.add_parser("restart", help="drain, stop and start one member")
    restart.add_argument("member")
    restart.set_defaults(run=_restart)
    config_command.add_to(commands)
    secret_command.add_to(commands)
    return parser


def _say(line: str) -> None:
    print(line, flush=True)


def _up(estate: Estate, arguments: argparse.Namespace) -> int:
    members = [estate.member(name) for name in arguments.member] or list(estate.members)
    with contextlib.suppress(control.NotRunningError):
        return _up_in_running(estate, arguments.member)
    if arguments.detach:
        return _detach(estate, arguments)
    if not arguments.spawn:
        _preload(estate)
    demo = estate.demo if arguments.demo else None
    once_up = None if demo is None else (lambda: run_demo(demo, _say))
    return Supervisor(estate, _say, fork=not arguments.spawn).run(members, once_up)


def _up_in_running(estate: Estate, names: Sequence[str]) -> int:
    running = _ask(estate, "status")
    if not names:
        raise RessortError(
            f"this estate already runs under launcher pid {running['pid']}: see `ressort status`"
        )
    for name in names:
        answer = _ask(estate, "up", READY_TIMEOUT_S, member=name)
        _say(f"{name}: up, pid {answer['pid']}")
    return 0


def _detach(estate: Estate, arguments: argparse.Namespace) -> int:
    words = [sys.executable, "-m", "ressort.cli", "--file", arguments.file, "up", *arguments.member]
    words += ["--demo"] * arguments.demo + ["--spawn"] * arguments.spawn
    ensure_state(estate)
    output = estate.state / "launcher.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    deadline = time.monotonic() + _DETACHED_WAIT_S
    while time.monotonic() < deadline:
        text = output.read_text(encoding="utf-8")
        if "\nup in " in text:
            _say(text.rstrip())
            return 0
        if process.poll() is not None:
            print(text, file=sys.stderr, end="")
            return process.returncode or 1
        time.sleep(0.05)
    raise RessortError(f"not up after {_DETACHED_WAIT_S:.0f} s; see {output}")


def _preload(estate: Estate) -> None:
    """Import what the members share and set it aside from the garbage collector before any fork."""
    sys.path.insert(0, str(estate.directory))
    for name in estate.preload:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            _say(f"ressort.preload names {name}, which is not installed: skipped")
    gc.collect()
    gc.freeze()


def _down(estate: Estate, _arguments: argparse.Namespace) -> int:
    _ask(estate, "down", estate.stop_timeout_s)
    _say("stopped")
    return 0


def _restart(estate: Estate, arguments: argparse.Namespace) -> int:
    estate.member(arguments.member)
    answer = _ask(estate, "restart", READY_TIMEOUT_S, member=arguments.member)
    _say(f"{arguments.member}: restarted, pid {answer['pid']}")
    return 0


def _logs(estate: Estate, arguments: argparse.Namespace) -> int:
    members = [estate.member(name) for name in arguments.member] or list(estate.members)
    logs.show(estate.state / "logs", members, _say, lines=arguments.lines, follow=arguments.follow)
    return 0


def _status(estate: Estate, _arguments: argparse.Namespace) -> int:
    rows = _ask(estate, "status")["members"]
    _say(f"{'member':<22} {'state':<12} {'ports':<12} {'pid':<8} {'up':>8} {'restarts':>8} {'PSS':>8}")
    for row in rows:
        listening = ",".join(str(port) for port in row["ports"])
        uptime = "" if row["uptime_s"] is None else f"{row['uptime_s']:.0f} s"
        pss = _pss_mb(row["pid"])
        _say(
            f"{row['name']:<22} {row['state']:<12} {listening:<12} {row['pid'] or '':<8} {uptime:>8} "
            f"{row['restarts']:>8} {pss:>8}"
        )
    return 0 if all(row["state"] == "up" for row in rows) else 1


def _pss_mb(pid: int | None) -> str:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return ""
    kilobytes = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return f"{kilobytes / 1024:.0f} MB"


def _ask(estate: Estate, command: str, takes_s: float = 0.0, **arguments: Any) -> dict[str, Any]:
    """The launcher's answer to what takes it up to ``takes_s``, once it has stopped the member it may be stopping."""
    timeout_s = takes_s + estate.stop_timeout_s + _ANSWER_WAIT_S
    answer = control.ask(estate.state, command, timeout_s, **arguments)
    if not answer.get("ok"):
        raise RessortError(str(answer.get("error")))
    return answer
