"""The mail catcher as a process."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from ressort.testing.parts import free_port
from ressort.testing.parts_smtp import SmtpServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SmtpServer]:
    server = SmtpServer.start(tmp_path)
    yield server
    server.stop()


def send(server: SmtpServer, subject: str = "Reçu", to: str = "a@clients.example") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "moi@x.example", to, subject, "<same@x>"
    mail.set_content("Bonjour\n.\nune ligne d'un point\n")
    with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
        client.send_message(mail)


def test_an_accepted_mail_is_a_file(server: SmtpServer) -> None:
    """Subject, text and envelope can be read back."""
    send(server)
    (mail,) = server.mails()
    assert mail["Subject"] == "Reçu"
    assert mail["X-Envelope-To"] == "a@clients.example"
    assert mail["X-Envelope-From"] == "moi@x.example"
    assert mail.get_content().splitlines() == ["Bonjour", ".", "une ligne d'un point"]


def test_the_same_mail_twice_is_two_files(server: SmtpServer) -> None:
    """Nothing is deduplicated: a double sending must show."""
    send(server)
    send(server)
    assert len(server.mails()) == 2


def test_a_server_told_to_be_down_refuses_and_comes_back(server: SmtpServer) -> None:
    """The flag file stands for an outage of the mail server."""
    server.refuse()
    with pytest.raises(smtplib.SMTPException):
        send(server)
    server.accept()
    send(server, "après")
    assert [mail["Subject"] for mail in server.mails()] == ["après"]


def test_the_launcher_is_told_when_it_is_ready(tmp_path: Path) -> None:
    """One JSON line on the inherited descriptor, then SIGTERM ends it with code 0."""
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "ressort.testing.smtp_catcher", f"--server.port={free_port()}"]
    process = subprocess.Popen(
        command, cwd=tmp_path, pass_fds=[writer], env={**os.environ, "RESSORT_READY_FD": str(writer)}
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = json.loads(pipe.readline())
    assert told["name"] == "courriel"
    assert told["pid"] == process.pid
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_a_taken_port_is_one_clear_line(server: SmtpServer, tmp_path: Path) -> None:
    """The message names the port and who holds it."""
    command = [sys.executable, "-m", "ressort.testing.smtp_catcher", f"--server.port={server.port}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert str(server.port) in done.stderr
    assert str(server.pid) in done.stderr
    assert "Traceback" not in done.stderr
