"""Members that do not come up again when asked to, and a launcher that keeps silent: one clear answer, no wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from small_estate import Estate, eventually, until_up

import ressort.cli
from ressort.cli import control

REFUSAL = "Cannot start second: relance.cron = '0 99 zz' (batch.yml:25): six fields are needed, 3 found."


def state_of(estate: Estate, name: str) -> str:
    """What the launcher says of the member."""
    rows = control.ask(estate.folder / "var", "status")["members"]
    return str(next(row["state"] for row in rows if row["name"] == name))


def test_a_restart_that_fails_says_why_at_once(estate: Estate) -> None:
    """The member's own words, that it is down and will be tried again, exit 1; the others go on."""
    estate.run("up", "-d")
    first = estate.get("first")["pid"]
    estate.refuse("second", REFUSAL)
    began = time.monotonic()
    code, output = estate.run("restart", "second")
    assert time.monotonic() - began < 10
    assert code == 1
    assert output.startswith("ressort: second did not start (exit 78) and is down now:\n")
    assert output.splitlines()[1] == REFUSAL
    assert "It is backing off: the next try is in 0.2 s" in output
    assert "Traceback" not in output
    assert estate.get("first")["pid"] == first


def test_a_failed_restart_is_tried_again_until_it_succeeds(estate: Estate) -> None:
    """Once the cause is gone the launcher brings the member up without being asked."""
    estate.run("up", "-d")
    estate.refuse("second", REFUSAL)
    estate.run("restart", "second")
    (estate.folder / "second.refusal").unlink()
    eventually(lambda: state_of(estate, "second") == "up")
    assert "did not start (exit 78), next try in 0.2 s" in (estate.folder / "var/launcher.log").read_text()


def test_up_of_a_member_that_cannot_start_says_why(estate: Estate) -> None:
    """``ressort up second`` beside a running estate answers like ``restart``."""
    estate.run("up", "-d", "first")
    estate.refuse("second", REFUSAL)
    code, output = estate.run("up", "second")
    assert code == 1
    assert REFUSAL in output
    assert "down now" in output


def test_a_member_without_a_word_is_sent_to_its_log(estate: Estate) -> None:
    """A process that wrote nothing: the answer says so and names the command that shows more."""
    estate.run("up", "-d")
    estate.refuse("second", "")
    code, output = estate.run("restart", "second")
    assert code == 1
    assert "it wrote nothing; `ressort logs second`" in output


def test_up_waits_for_a_member_that_is_starting(estate: Estate) -> None:
    """Asked while the process starts, it answers once the member is ready, not before."""
    estate.run("up", "-d", "first")
    estate.delay("second", 1.5)
    starting = estate.start("up", "second")
    eventually(lambda: "second" in estate.run("status")[1])
    code, output = estate.run("up", "second")
    assert code == 0, output
    assert estate.get("second")["total"] == 0
    assert starting.communicate(timeout=10)[0] == output


def test_a_start_that_takes_too_long_is_answered(estate: Estate) -> None:
    """Not ready within the limit: the asker hears it, the start goes on and ends well."""
    text = (
        "import sys, ressort.cli.post as post; post.READY_TIMEOUT_S = 0.5; import ressort.cli as c; c.main()"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", text, "up"], cwd=estate.folder, text=True, stdout=subprocess.PIPE
    )
    until_up(launcher)
    estate.delay("second", 4)
    code, output = estate.run("restart", "second")
    assert code == 1
    assert "second is not ready after 0.5 s and still starting; see `ressort logs second`" in output
    eventually(lambda: state_of(estate, "second") == "up")


def test_a_stop_answers_those_who_wait(estate: Estate) -> None:
    """``down`` while a member starts: the one who asked for it hears that it will not come."""
    estate.run("up", "-d", "first")
    estate.delay("second", 30)
    asker = estate.start("up", "second")
    eventually(lambda: "second" in estate.run("status")[1])
    assert estate.run("down")[0] == 0
    assert asker.communicate(timeout=10)[0] == "ressort: the estate was stopped before second was up\n"
    assert asker.returncode == 1


def test_a_suspended_launcher_is_named_in_one_line(
    estate: Estate, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer in time: one line with pid, command and what to do, exit 1."""
    launcher = estate.start("up")
    until_up(launcher)
    file = estate.folder / "ressort.yml"
    file.write_text(file.read_text().replace("stop-timeout: 5s", "stop-timeout: 0s"))
    monkeypatch.setattr(ressort.cli, "_ANSWER_WAIT_S", 0.5)
    os.kill(launcher.pid, signal.SIGSTOP)
    try:
        code = ressort.cli.main(["--file", str(file), "status"])
    finally:
        os.kill(launcher.pid, signal.SIGCONT)
    printed = capsys.readouterr()
    assert code == 1
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert f"the launcher (pid {launcher.pid}) did not answer `status` within 0.5 s" in printed.err
    assert f"kill -CONT {launcher.pid}" in printed.err


def test_a_launcher_that_goes_away_is_said_in_one_line(tmp_path: Path) -> None:
    """Killed between question and answer, or within the answer: no JSON error, no trace."""
    (tmp_path / "run").mkdir()
    server = control.listen(tmp_path)
    server.setblocking(True)

    def hang_up() -> None:
        client, _ = server.accept()
        client.recv(100)
        client.sendall(json.dumps({"ok": True}).encode()[:5])
        client.close()

    threading.Thread(target=hang_up).start()
    with pytest.raises(control.NoAnswerError, match="went away before it answered `status`"):
        control.ask(tmp_path, "status")
    server.close()
    with pytest.raises(control.NotRunningError):
        control.ask(tmp_path, "status")
