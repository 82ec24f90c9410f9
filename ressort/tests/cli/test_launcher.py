"""The launcher on small members of its own: real processes, real ports, real signals."""

from __future__ import annotations

import json
import os
import signal
import socket

import pytest
from small_estate import Estate, answers, eventually, gone, until_up


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
    eventually(lambda: answers(estate, "second") and estate.get("second")["pid"] != before)
    _, status = estate.run("status")
    assert "1" in status.splitlines()[2].split()


def test_a_member_lost_while_the_next_stage_starts_comes_back(estate: Estate) -> None:
    """kill -9 of an early member before the estate is up: it is started again, and the start goes on."""
    estate.delay("second", 2)
    launcher = estate.start("up")
    assert launcher.stdout is not None
    assert launcher.stdout.readline().startswith("first")
    os.kill(int(str(estate.get("first")["pid"])), signal.SIGKILL)
    assert any("died (signal SIGKILL), next try in 0.2 s" in line for line in until_up(launcher))
    eventually(lambda: answers(estate, "first"))


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
    estate.refuse("second", "server.prot is not a known key: did you mean server.port?")
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
